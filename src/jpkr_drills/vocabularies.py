"""The closed vocabularies: one ``Literal`` for each enumerated column.

The codes are fixed here; what each one means, and how it differs from its neighbours, is written in
``data/codes.csv``. The rule ``codes-complete`` holds the two equal, both ways.
"""

from typing import Literal

PartyType = Literal[
    "state",
    "government_body",
    "armed_forces",
    "person",
    "media",
    "officials",
    "experts",
    "public",
    "grouping",
]
PlaceType = Literal["facility", "locality", "region", "strait", "sea", "ocean"]
CoordinateBasis = Literal["point", "centroid", "bounding_box", "none"]

EventType = Literal[
    "agreement",
    "joint_exercise",
    "suspension",
    "meeting",
    "planning",
    "statement",
    "weapons_test",
    "weapons_development",
    "military_presence",
    "cooperation",
    "dispute",
    "rule",
    "office",
]
Status = Literal["occurred", "ongoing", "halted", "planned", "expected"]
Extent = Literal["single", "series", "process"]
DateBasis = Literal["calendar", "relative", "not_stated"]
# The sixteen event types of PLOVER as POLECAT uses them (Halterman et al. 2023).
Plover = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]

EventPartyRole = Literal["actor", "recipient", "participant", "facilitator", "affected", "issuer"]
EventPlaceRelation = Literal["at", "in", "around", "towards"]
EventRelationType = Literal[
    "agrees_to",
    "halts",
    "resumes",
    "part_of",
    "alongside",
    "culminates_in",
    "announces",
    "reports",
    "precedes",
    "prepares",
    "builds_on",
    "prompts",
]

ClaimType = Literal["event", "state", "plan", "cause", "purpose", "assessment", "position", "appeal"]
Voice = Literal["article", "attributed", "unclear"]
Certainty = Literal["certain", "probable", "possible", "uncommitted"]
Polarity = Literal["positive", "negative"]
Explicitness = Literal["asserted", "presupposed", "implied"]
ClaimPartyRole = Literal["speaker", "relayed_by", "about"]
ClaimRelationType = Literal["restates", "elaborates", "explains", "in_tension_with"]

Form = Literal["name", "capital", "demonym", "collective", "description", "pronoun"]
