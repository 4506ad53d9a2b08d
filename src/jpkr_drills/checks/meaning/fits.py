"""Advice on codes: what usually fits together, though a legitimate package may have its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jpkr_drills.checks.meaning.coding import Coding, Found, advice, circle, repeated
from jpkr_drills.checks.meaning.links import relations
from jpkr_drills.model import edtf
from jpkr_drills.model import records as m
from jpkr_drills.model.vocabularies import EARLIER, LATER, TO_COME
from jpkr_drills.standards import CAMEO, COUNTRIES, plover_of
from jpkr_drills.text import natural_key

OVER = frozenset({"occurred", "halted"})
AREAS = frozenset({"country", "region", "sea", "ocean"})

# --- claims ----------------------------------------------------------------------------------------


@advice("code the sentences; a byline, a question or a subheading may have no claim", m.Claim)
def claims_present(coding: Coding) -> Iterator[Found]:
    """The article makes at least one claim."""
    if coding.of(m.Segment) and not coding.of(m.Claim):  # a package that was just started
        yield Found(m.Claim, "", f"none of the {len(coding.of(m.Segment))} sentences has a claim yet")


@advice("link the party, event or place the claim speaks about", m.ClaimEvent, m.ClaimParty, m.ClaimPlace)
def claim_has_subject(coding: Coding) -> Iterator[Found]:
    """Every claim is about a party, an event or a place."""
    for claim in coding.of(m.Claim):
        about = any(link.role == "about" for link in coding.links(m.ClaimParty, claim))
        if not about and not coding.links(m.ClaimEvent, claim) and not coding.links(m.ClaimPlace, claim):
            yield Found(claim, "claim_id", "is about no party, event or place")


@advice("link the event in claim_events, or choose another claim_type", m.ClaimEvent)
def event_claim_has_event(coding: Coding) -> Iterator[Found]:
    """A claim that something happened, and not that it didn't, is linked to at least one event."""
    for claim in coding.of(m.Claim):
        if _says_it_happened(claim) and not coding.links(m.ClaimEvent, claim):
            yield Found(claim, "claim_type", "says that something happened, and is linked to no event")


def _says_it_happened(claim: m.Claim) -> bool:
    return claim.claim_type == "event" and claim.polarity == "positive"


@advice("set certainty to certain, or explicitness to asserted")
def presupposed_is_certain(coding: Coding) -> Iterator[Found]:
    """What the wording takes for granted is certain."""
    for claim in coding.of(m.Claim):
        if claim.explicitness == "presupposed" and claim.certainty != "certain":
            yield Found(claim, "certainty", f"is {claim.certainty}, of what the wording takes for granted")


@advice("fix the event's status or the claim's type", m.Event, m.ClaimEvent)
def status_fits_claims(coding: Coding) -> Iterator[Found]:
    """No claim says that something happened whose events are all still to come, and none is a plan whose
    events have all occurred."""
    for claim in coding.of(m.Claim):
        events = (coding.get(m.Event, link.event_id) for link in coding.links(m.ClaimEvent, claim))
        known = {event.status for event in events if event}
        if _says_it_happened(claim) and known and known <= TO_COME:
            yield Found(claim, "claim_type", "says that something happened that is still to come")
        elif claim.claim_type == "plan" and known == {"occurred"}:  # what was halted may be planned anew
            yield Found(claim, "claim_type", "is a plan, and all that it is about has occurred")


@advice("keep the relation that fits best")
def relation_once(coding: Coding) -> Iterator[Found]:
    """Two claims, or two events, are joined by one relation at most."""
    joined = (((type(one), frozenset((a, b))), one) for one, a, b in relations(coding))
    for one, first in repeated(joined):
        if one.relation != first.relation:  # the same one both ways is an error of its own
            yield Found(one, "relation", f"the two are joined by {first.relation} already")


@advice("swap the two ids")
def relation_refers_back(coding: Coding) -> Iterator[Found]:
    """What elaborates comes later in the text than what it elaborates."""
    for link in coding.of(m.ClaimRelation):
        ids = [one.rpartition("-")[0] for one in (link.claim_id, link.related_claim_id)]
        if link.relation == "elaborates" and natural_key((ids[0],)) < natural_key((ids[1],)):
            yield Found(link, "relation", f"{link.related_claim_id} comes later in the text")


@advice("use elaborates, or fix claim_type")
def explains_by_reason(coding: Coding) -> Iterator[Found]:
    """What explains is a cause or a purpose."""
    for link in coding.of(m.ClaimRelation):
        claim = coding.get(m.Claim, link.claim_id)
        if claim and link.relation == "explains" and claim.claim_type not in ("cause", "purpose"):
            yield Found(link, "relation", f"{claim.claim_id} is {claim.claim_type}, no cause or purpose")


# --- events ----------------------------------------------------------------------------------------

_YEAR = re.compile(r"\b[12][0-9]{3}\b", re.ASCII)
_ENDS_WITH_YEAR = re.compile(r"(?:[^0-9]* )?(?:1[5-9]|20)[0-9]{2}")


@advice("fix date, date_basis or date_expression")
def date_in_expression(coding: Coding) -> Iterator[Found]:
    """A date has a year that its phrase names, if the phrase names years; what ends with a year isn't relative."""
    if not coding.statements:
        return
    for event in coding.of(m.Event):
        phrase = event.date_expression or ""
        said, dated = set(_YEAR.findall(phrase)), set(_YEAR.findall(event.date or ""))
        if event.date_basis == "relative" and _ENDS_WITH_YEAR.fullmatch(phrase):
            yield Found(event, "date_basis", f"is relative, and the phrase names the year {phrase[-4:]}")
        elif not str(event.date).startswith("-") and said and dated and not said & dated:
            yield Found(event, "date", f"has no year of the phrase: {', '.join(sorted(said))}")


@advice("give the date its end, or fix status")
def date_fits_status(coding: Coding) -> Iterator[Found]:
    """An event without end is not over."""
    for event in coding.of(m.Event):
        if event.date and event.status in OVER and edtf.bounds(event.date)[1] is None and "/.." in event.date:
            yield Found(event, "date", f"has no end, and the event is {event.status}")


@advice("fix the code, or empty the cell")
def cameo_known(coding: Coding) -> Iterator[Found]:
    """A CAMEO code is one of the manual."""
    for event in coding.of(m.Event):
        if event.cameo is not None and event.cameo not in CAMEO:
            yield Found(event, "cameo", "is no event code of CAMEO")


@advice("fix cameo or plover, or give one of them alone")
def cameo_fits_plover(coding: Coding) -> Iterator[Found]:
    """Where both codes are given, PLOVER's is that of the PLOVER authors' table for CAMEO's."""
    for event in coding.of(m.Event):
        meant = plover_of(event.cameo or "")
        if event.plover and meant and meant != event.plover:
            yield Found(event, "plover", f"CAMEO {event.cameo} goes with {meant}")


@advice("fix the role, or event_type")
def role_fits_event(coding: Coding) -> Iterator[Found]:
    """Who makes a statement is its issuer; who holds an office is its actor."""
    for link in coding.of(m.EventParty):
        event = coding.get(m.Event, link.event_id)
        kind = event.event_type if event else ""
        if (kind == "statement" and link.role == "actor") or (kind == "office" and link.role != "actor"):
            yield Found(link, "role", f"is unusual in an event of type {kind}")


@advice("keep the role that the article gives")
def roles_agree(coding: Coding) -> Iterator[Found]:
    """Who does something is not also affected by it, its recipient or a participant on equal terms."""
    pairs = (((link.event_id, link.party_id), link) for link in coding.of(m.EventParty))
    for one, first in repeated(pairs):
        if "actor" in (one.role, first.role) and "facilitator" not in (one.role, first.role):
            yield Found(one, "role", f"{one.party_id} is {first.role} too")


@advice("add the counterpart, or fix the role", m.EventParty)
def role_has_counterpart(coding: Coding) -> Iterator[Found]:
    """A facilitator stands beside others who are helped."""
    for event in coding.of(m.Event):
        links = coding.links(m.EventParty, event)
        if links and all(link.role == "facilitator" for link in links):
            yield Found(links[0], "role", "helps nobody")


@advice("fix the relation, or the events")
def relation_fits_events(coding: Coding) -> Iterator[Found]:
    """A relation between events fits their types and status."""
    for link in coding.of(m.EventRelation):
        first, second = coding.get(m.Event, link.event_id), coding.get(m.Event, link.related_event_id)
        if first is None or second is None:
            continue
        types, statuses = _FIRST_TYPE.get(link.relation), _SECOND_STATUS.get(link.relation)
        if types and first.event_type not in types:
            yield Found(link, "relation", f"{first.event_id} is {first.event_type}")
        elif statuses and second.status not in statuses:
            yield Found(link, "relation", f"{second.event_id} is {second.status}")


# What the first event of a relation usually is, by type, and the second, by status.
_FIRST_TYPE = {
    "agrees_to": {"agreement"},
    "announces": {"statement", "agreement", "meeting"},
    "calls_for": {"statement", "protest"},
    "rejects": {"statement", "measure", "trial", "protest"},
    "reports": {"statement"},
    "prepares": {"planning", "meeting"},
}
_SECOND_STATUS = {
    "announces": TO_COME | {"ongoing", "cancelled"},
    "prepares": TO_COME | {"ongoing", "cancelled"},
    "resumes": {"halted", "ongoing"},
}


@advice("remove or turn one of the relations")
def order_has_no_cycle(coding: Coding) -> Iterator[Found]:
    """Relations of several kinds that put events in the order of time don't run in a circle."""
    timed = [one for one in relations(coding) if one[0].relation in EARLIER | LATER]
    inside, path = circle((one, a, b) if one.relation in EARLIER else (one, b, a) for one, a, b in timed)
    if len({one.relation for one in inside}) > 1:  # a circle of one kind alone is an error
        yield Found(inside[0], "relation", f"runs in a circle: {path}")


@advice("add the party to claim_parties of a claim about the event", m.ClaimEvent, m.ClaimParty)
def event_party_in_claim(coding: Coding) -> Iterator[Found]:
    """An event's parties are among those that its claims speak about."""
    for event in coding.of(m.Event):
        claims = coding.claims_about(event)
        spoken_of = {link.party_id for claim in claims for link in coding.links(m.ClaimParty, claim)}
        for link in coding.links(m.EventParty, event):
            if claims and link.party_id not in spoken_of:
                yield Found(link, "party_id", f"no claim about {event.event_id} speaks of this party")


@advice("fix the place, or the claim's events", m.Claim, m.ClaimEvent, m.Mention)
def event_place_mentioned(coding: Coding) -> Iterator[Found]:
    """An event's place is mentioned in a sentence with a claim about the event."""
    for event in coding.of(m.Event):
        home = coding.sentences_about(event)
        mentioned = {one.place_id for segment in home for one in coding.links(m.Mention, segment)}
        for link in coding.links(m.EventPlace, event):
            if home and link.place_id not in mentioned:
                yield Found(link, "place_id", f"no sentence with a claim about {event.event_id} mentions this place")


# --- parties and places ----------------------------------------------------------------------------


@advice("fix parent_party_id")
def parent_is_body(coding: Coding) -> Iterator[Found]:
    """A party belongs to a state or an organized body, not to a person or an unnamed group."""
    for party in coding.of(m.Party):
        parent = coding.get(m.Party, party.parent_party_id)
        if parent and parent.party_type in ("person", "officials", "experts", "public"):
            yield Found(party, "parent_party_id", f"{parent.party_id} is {parent.party_type}")


@advice("fix the code, or empty the cell")
def country_known(coding: Coding) -> Iterator[Found]:
    """A country code is one that ISO 3166-1 assigns."""
    for party in coding.of(m.Party):
        if party.country is not None and party.country not in COUNTRIES:
            yield Found(party, "country", "is no code of ISO 3166-1")


@advice("fix country or parent_party_id")
def country_fits_parent(coding: Coding) -> Iterator[Found]:
    """A party that belongs to a state has its country."""
    for party in coding.of(m.Party):
        parent = coding.get(m.Party, party.parent_party_id)
        if parent and parent.party_type == "state" and parent.country and party.country not in (None, parent.country):
            yield Found(party, "country", f"{parent.party_id} has {parent.country}")


@advice("fix country")
def country_of_one_state(coding: Coding) -> Iterator[Found]:
    """A country code belongs to one state."""
    states = [one for one in coding.of(m.Party) if one.party_type == "state" and one.country]
    for one, first in repeated((one.country, one) for one in states):
        yield Found(one, "country", f"{first.party_id} has this code too")


@advice("empty the title, or fix party_type")
def title_of_person(coding: Coding) -> Iterator[Found]:
    """Only a person has a title."""
    for party in coding.of(m.Party):
        if party.title and party.party_type != "person":
            yield Found(party, "title", f"is given to a party of type {party.party_type}")


@advice("set coordinate_basis to centroid or bounding_box, whichever the coordinates are")
def basis_fits_place(coding: Coding) -> Iterator[Found]:
    """An area of water or land is no point."""
    for place in coding.of(m.Place):
        if place.coordinate_basis == "point" and place.place_type in AREAS:
            yield Found(place, "coordinate_basis", f"a {place.place_type} is no point")


@advice("use in or around")
def relation_fits_place(coding: Coding) -> Iterator[Found]:
    """An event is at a site; it is in or around an area."""
    for link in coding.of(m.EventPlace):
        place = coding.get(m.Place, link.place_id)
        if link.relation == "at" and place and place.place_type in AREAS:
            yield Found(link, "relation", f"{place.place_id} is a {place.place_type}, and no site")


@advice("keep the relation that fits best")
def event_place_once(coding: Coding) -> Iterator[Found]:
    """An event and a place are joined by one relation at most."""
    pairs = (((link.event_id, link.place_id), link) for link in coding.of(m.EventPlace))
    for one, first in repeated(pairs):
        yield Found(one, "relation", f"the event is {first.relation} the place already")
