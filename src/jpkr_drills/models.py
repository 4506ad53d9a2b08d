"""The records: one Pydantic model a table, the one definition of every column.

Everything else is generated from here: the JSON Schemas, the Table Schemas, the descriptor's
resources, the shape of ``data/dataset.json`` and the field tables of the codebook. A model has a
field for each column, in the column's order; an optional column is nullable and never left out.

Patterns are written in the subset that Rust's, Python's and ECMA-262's regular expressions read
alike: anchored as ``^(?:...)$``, ASCII classes, no look-around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from jpkr_drills import vocabularies as v

# --- types of cell ---------------------------------------------------------------------------

# No text cell holds a control, a space other than single U+0020 between words, a soft hyphen, a
# zero-width or bidirectional mark, a line separator or a byte-order mark. (The integrity engine
# knows all of Unicode's invisible characters; this is what a pattern can list and still be read.)
_UNSEEN = r"\u0000-\u0020\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
# A leading = + - or @, full-width ones included, would run as a formula in a spreadsheet.
_WORDS = rf"[^{_UNSEEN}=+\-@\uff0b\uff0d\uff1d\uff20][^{_UNSEEN}]*(?: [^{_UNSEEN}]+)*"
TEXT = rf"^(?:{_WORDS})$"
SENTENCE = rf"^(?:{_WORDS}[.])$"
SLUG = r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*)$"
SEGMENT_ID = r"^(?:p(?:0|[1-9][0-9]{0,3})s[1-9][0-9]{0,3})$"
CLAIM_ID = r"^(?:p(?:0|[1-9][0-9]{0,3})s[1-9][0-9]{0,3}-[1-9][0-9]{0,3})$"
MENTION_ID = r"^(?:p(?:0|[1-9][0-9]{0,3})s[1-9][0-9]{0,3}-m[1-9][0-9]{0,3})$"
SHA256 = r"^(?:[0-9a-f]{64})$"
WIKIDATA = r"^(?:Q[1-9][0-9]{0,11})$"
COUNTRY = r"^(?:[A-Z]{3})$"
CAMEO = r"^(?:(?:0[1-9]|1[0-9]|20)[0-9]{1,2})$"
CODELIST = r"^(?:[a-z]+(?:_[a-z]+)*(?:[.][a-z]+(?:_[a-z]+)*)?)$"
CODE = r"^(?:[A-Za-z]+(?:_[A-Za-z]+)*)$"

# EDTF (ISO 8601-2:2019): level 0 dates and intervals, and of level 1 the open interval and the
# qualifiers. The pattern knows the days of each month, so no description language needs a calendar.
_LEAP_DAY = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_DAY = (
    r"[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DATE = rf"(?:{_LEAP_DAY}|{_DAY}|[0-9]{{4}}-(?:0[1-9]|1[0-2])|[0-9]{{4}})[?~%]?"
EDTF = rf"^(?:{_DATE}(?:/(?:{_DATE}|[.][.]))?|[.][.]/{_DATE})$"

# Python's ``$`` also matches before a final newline, ECMA-262's does not; JSON Schema validators
# written in Python need to be told.
_ONE_LINE: dict[str, Any] = {"not": {"type": "string", "pattern": "\n"}}

POSITION_MAX = 999_999_999


def _string(pattern: str, longest: int) -> Any:
    return Field(pattern=pattern, max_length=longest, json_schema_extra=_ONE_LINE)


Slug = Annotated[str, _string(SLUG, 64)]
SegmentId = Annotated[str, _string(SEGMENT_ID, 10)]
ClaimId = Annotated[str, _string(CLAIM_ID, 15)]
MentionId = Annotated[str, _string(MENTION_ID, 16)]
Sha256 = Annotated[str, _string(SHA256, 64)]
Wikidata = Annotated[str, _string(WIKIDATA, 13)]
Country = Annotated[str, _string(COUNTRY, 3)]
Cameo = Annotated[str, _string(CAMEO, 4)]
Edtf = Annotated[str, _string(EDTF, 23)]
Codelist = Annotated[str, _string(CODELIST, 64)]
Code = Annotated[str, _string(CODE, 32)]
Name = Annotated[str, _string(TEXT, 120)]
Phrase = Annotated[str, _string(TEXT, 60)]
Sentence = Annotated[str, _string(SENTENCE, 600)]
Position = Annotated[int, Field(ge=0, le=POSITION_MAX)]
Ordinal = Annotated[int, Field(ge=1, le=9999)]


def _column(description: str, example: str | int | float) -> Any:
    """What every column has: a description a non-programmer understands, and a tested example."""
    return Field(description=description, examples=[example])


# --- rules within one record -----------------------------------------------------------------


@dataclass(frozen=True)
class RowRule:
    """A rule across the cells of one record.

    ``schema`` is the same rule in JSON Schema, for the rules that language can say; Table Schema
    has no way to say any of them.
    """

    name: str
    field: str
    holds: Callable[[Any], bool]
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class TableSpec:
    """What a table is beyond its columns: its name, keys and the rules within a record."""

    name: str
    title: str
    key: tuple[str, ...]
    foreign_keys: Mapping[str, str] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    rules: tuple[RowRule, ...] = ()


class Record(BaseModel):
    """A row of a table: immutable, every column present, an empty cell is ``None``.

    Raises ``pydantic.ValidationError`` when a value breaks a column's rule or a rule of the record.
    """

    # Not built at the first use (defer_build), which threads can't share: pydantic's issue 11849.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)
    TABLE: ClassVar[TableSpec]

    @model_validator(mode="after")
    def _check_row_rules(self) -> Self:
        broken = [rule.name for rule in self.TABLE.rules if not rule.holds(self)]
        if broken:
            raise PydanticCustomError("row_rules", "{rules}", {"rules": ", ".join(broken)})
        return self

    def key(self) -> str:
        """The primary key as one string, its parts joined by ``/``."""
        return "/".join(str(getattr(self, name)) for name in self.TABLE.key)


def _null(*names: str) -> dict[str, Any]:
    return {"properties": {name: {"type": "null"} for name in names}}


def _filled(*names: str) -> dict[str, Any]:
    return {"properties": {name: {"not": {"type": "null"}} for name in names}}


_END_AFTER_START = RowRule("end-after-start", "end", lambda row: row.end > row.start)


def _interval_runs_forward(event: Event) -> bool:
    """True unless both ends of an interval are given, and are the same or the first is later (compared
    as precisely as both state)."""
    first, slash, last = (event.date or "").partition("/")
    if not slash or ".." in (first, last):
        return True
    first, last = first.rstrip("?~%"), last.rstrip("?~%")
    shared = min(len(first), len(last))
    return first != last and first[:shared] <= last[:shared]


# --- the tables ------------------------------------------------------------------------------


class Segment(Record):
    """A sentence of the article, as a position in its text; the text itself is not shipped."""

    TABLE = TableSpec(
        "segments",
        "Sentences of the article",
        key=("segment_id",),
        unique=("start",),
        rules=(
            RowRule(
                "segment-id-parts",
                "segment_id",
                lambda row: row.segment_id == f"p{row.paragraph}s{row.sentence}",
            ),
            _END_AFTER_START,
        ),
    )
    segment_id: SegmentId = _column(
        "The sentence's id: p, the paragraph's number, s, the number of the sentence in it; "
        "the headline is p0s1.",
        "p3s2",
    )
    paragraph: Annotated[int, Field(ge=0, le=9999)] = _column(
        "Number of the paragraph; 0 is the headline.", 3
    )
    sentence: Ordinal = _column("Number of the sentence in its paragraph, from 1.", 2)
    start: Position = _column(
        "Where the sentence starts: how many characters (Unicode code points) of the article come "
        "before it.",
        1303,
    )
    end: Position = _column(
        "Where the sentence ends: the position just behind its last character, counted like start.",
        1500,
    )
    sha256: Sha256 = _column(
        "SHA-256 of the sentence's text in UTF-8, in lower-case hexadecimal, to check a copy of the "
        "article against.",
        "9c6f81515da8968f14cc2518546bc14064d7b14398f7d28aeff4c9dc610a565f",
    )


class Party(Record):
    """Somebody who acts, speaks or is spoken about in the article."""

    TABLE = TableSpec(
        "parties",
        "Parties",
        key=("party_id",),
        foreign_keys={"parent_party_id": "parties"},
        unique=("name",),
        rules=(
            RowRule(
                "party-own-parent", "parent_party_id", lambda row: row.parent_party_id != row.party_id
            ),
        ),
    )
    party_id: Slug = _column("The party's id: lower-case words joined by hyphens.", "north-korea")
    name: Name = _column(
        "What to call the party: its name in the article, or a short description where it has none.",
        "North Korea",
    )
    party_type: v.PartyType = _column("What kind of party it is.", "state")
    parent_party_id: Slug | None = _column(
        "The party this one belongs to, by the article's words; empty where the article names none.",
        "south-korea",
    )
    country: Country | None = _column(
        "ISO 3166-1 alpha-3 code of the country the party is or belongs to; added by the coders.",
        "PRK",
    )
    title: Name | None = _column(
        "The office the article gives a person; empty for other parties.", "President"
    )
    wikidata: Wikidata | None = _column(
        "The party's item in Wikidata, added by the coders where it was verified.", "Q423"
    )
    description: Sentence = _column(
        "How the article presents the party, in a sentence of our own.",
        "The state whose missiles and nuclear arsenal the article presents as a security challenge.",
    )


class Place(Record):
    """A place that the article names, with coordinates only where they have a stated basis."""

    TABLE = TableSpec(
        "places",
        "Places",
        key=("place_id",),
        unique=("name",),
        rules=(
            RowRule(
                "coordinates-in-pairs",
                "longitude",
                lambda row: (row.latitude is None) == (row.longitude is None),
                {"anyOf": [_null("latitude", "longitude"), _filled("latitude", "longitude")]},
            ),
            RowRule(
                "coordinates-have-basis",
                "coordinate_basis",
                lambda row: (row.latitude is None) == (row.coordinate_basis == "none"),
                {
                    "if": {"properties": {"coordinate_basis": {"const": "none"}}},
                    "then": _null("latitude"),
                    "else": _filled("latitude"),
                },
            ),
        ),
    )
    place_id: Slug = _column("The place's id: lower-case words joined by hyphens.", "east-china-sea")
    name: Name = _column("What to call the place.", "East China Sea")
    place_type: v.PlaceType = _column("What kind of place it is.", "sea")
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = _column(
        "Degrees north of the equator (WGS 84, negative is south); empty without a stated basis.", 30.0
    )
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = _column(
        "Degrees east of Greenwich (WGS 84, negative is west); empty without a stated basis.", 125.0
    )
    coordinate_basis: v.CoordinateBasis = _column(
        "What the coordinates stand for; none where there are none.", "centroid"
    )
    wikidata: Wikidata | None = _column(
        "The place's item in Wikidata, added by the coders where it was verified.", "Q45341"
    )


class Event(Record):
    """An act or process, past, ongoing or planned, that the article speaks about."""

    TABLE = TableSpec(
        "events",
        "Events",
        key=("event_id",),
        unique=("title",),
        rules=(
            RowRule(
                "date-fits-basis",
                "date",
                lambda row: (row.date is not None) == (row.date_basis == "calendar"),
                {
                    "if": {"properties": {"date_basis": {"const": "calendar"}}},
                    "then": _filled("date"),
                    "else": _null("date"),
                },
            ),
            RowRule(
                "date-expression-fits-basis",
                "date_expression",
                lambda row: (row.date_expression is None) == (row.date_basis == "not_stated"),
                {
                    "if": {"properties": {"date_basis": {"const": "not_stated"}}},
                    "then": _null("date_expression"),
                    "else": _filled("date_expression"),
                },
            ),
            RowRule("date-interval-order", "date", _interval_runs_forward),
        ),
    )
    event_id: Slug = _column("The event's id: lower-case words joined by hyphens.", "camp-david-summit")
    title: Name = _column("A short name for the event, in our own words.", "Summit at Camp David")
    event_type: v.EventType = _column("What kind of act or process it is.", "meeting")
    status: v.Status = _column(
        "How far it has come, as the article tells it: agreed or planned is not the same as held.",
        "occurred",
    )
    extent: v.Extent = _column("Whether it is one act, several, or something that goes on.", "single")
    date: Edtf | None = _column(
        "When, in EDTF (ISO 8601-2), only from a calendar expression in the article; 2022/.. means "
        "since 2022.",
        "2023",
    )
    date_expression: Phrase | None = _column(
        "The article's short phrase for when, as written.", "in 2023"
    )
    date_basis: v.DateBasis = _column(
        "Where the date comes from: a calendar expression, a phrase relative to the undated article, "
        "or nothing.",
        "calendar",
    )
    cameo: Cameo | None = _column(
        "CAMEO event code (a text: leading zeros count); empty where CAMEO codes no such thing.", "042"
    )
    plover: v.Plover | None = _column(
        "PLOVER event type; empty where PLOVER codes no such thing.", "CONSULT"
    )
    description: Sentence = _column(
        "What the article says of the event, in a sentence of our own.",
        "The summit of the United States, Japan and South Korea in which the reinvigoration culminated.",
    )


class EventParty(Record):
    """A party's part in an event."""

    TABLE = TableSpec(
        "event_parties",
        "Parties of events",
        key=("event_id", "party_id", "role"),
        foreign_keys={"event_id": "events", "party_id": "parties"},
    )
    event_id: Slug = _column("The event.", "camp-david-summit")
    party_id: Slug = _column("The party.", "japan")
    role: v.EventPartyRole = _column("What part the party has in the event.", "participant")


class EventPlace(Record):
    """Where an event is, by the article's words."""

    TABLE = TableSpec(
        "event_places",
        "Places of events",
        key=("event_id", "place_id", "relation"),
        foreign_keys={"event_id": "events", "place_id": "places"},
    )
    event_id: Slug = _column("The event.", "camp-david-summit")
    place_id: Slug = _column("The place.", "camp-david")
    relation: v.EventPlaceRelation = _column("How the event lies to the place.", "at")


class EventRelation(Record):
    """How one event bears on another, read from the first to the second."""

    TABLE = TableSpec(
        "event_relations",
        "Relations between events",
        key=("event_id", "relation", "related_event_id"),
        foreign_keys={"event_id": "events", "related_event_id": "events"},
        rules=(
            RowRule(
                "event-related-to-itself",
                "related_event_id",
                lambda row: row.event_id != row.related_event_id,
            ),
        ),
    )
    event_id: Slug = _column("The event the relation starts from.", "drills-suspension")
    relation: v.EventRelationType = _column(
        "The relation, read as: event, relation, related event.", "halts"
    )
    related_event_id: Slug = _column("The event the relation leads to.", "past-joint-drills")


class Claim(Record):
    """One proposition that the article puts forward, with who says so and how firmly."""

    TABLE = TableSpec(
        "claims",
        "Claims",
        key=("claim_id",),
        foreign_keys={"segment_id": "segments"},
        rules=(
            RowRule(
                "claim-id-segment",
                "claim_id",
                lambda row: row.claim_id.rpartition("-")[0] == row.segment_id,
            ),
            _END_AFTER_START,
        ),
    )
    claim_id: ClaimId = _column(
        "The claim's id: its sentence's id, a hyphen and a number from 1; never used again.", "p2s1-2"
    )
    segment_id: SegmentId = _column("The sentence that makes the claim.", "p2s1")
    start: Position = _column(
        "Where the words that carry the claim start, in characters from the article's beginning.", 706
    )
    end: Position = _column("The position just behind those words.", 762)
    sha256: Sha256 = _column(
        "SHA-256 of those words in UTF-8, in lower-case hexadecimal.",
        "de127d01b18029fee9f058f65cad99f08591fc6d8f56dd40bec7a993da2355bf",
    )
    statement: Sentence = _column(
        "The proposition in one plain sentence of our own that stands alone; speaker and hedges are in "
        "the other columns.",
        "Japan and South Korea will hold joint drills again.",
    )
    claim_type: v.ClaimType = _column("What kind of proposition it is.", "plan")
    voice: v.Voice = _column("Whether the article says it itself or gives a source.", "attributed")
    certainty: v.Certainty = _column(
        "How firmly whoever makes the claim commits to it, from the wording alone.", "certain"
    )
    polarity: v.Polarity = _column("Whether the claim affirms or denies.", "positive")
    explicitness: v.Explicitness = _column(
        "Whether the words say it, take it for granted, or plainly imply it.", "asserted"
    )


class ClaimParty(Record):
    """A party's part in a claim: its speaker, its relay or its subject."""

    TABLE = TableSpec(
        "claim_parties",
        "Parties of claims",
        key=("claim_id", "party_id", "role"),
        foreign_keys={"claim_id": "claims", "party_id": "parties"},
    )
    claim_id: ClaimId = _column("The claim.", "p2s1-2")
    party_id: Slug = _column("The party.", "japan-defense-ministry")
    role: v.ClaimPartyRole = _column("What part the party has in the claim.", "speaker")


class ClaimEvent(Record):
    """An event that a claim speaks about."""

    TABLE = TableSpec(
        "claim_events",
        "Events of claims",
        key=("claim_id", "event_id"),
        foreign_keys={"claim_id": "claims", "event_id": "events"},
    )
    claim_id: ClaimId = _column("The claim.", "p2s1-2")
    event_id: Slug = _column("The event it speaks about.", "resumed-drills")


class ClaimRelation(Record):
    """How one claim bears on another, read from the first to the second."""

    TABLE = TableSpec(
        "claim_relations",
        "Relations between claims",
        key=("claim_id", "relation", "related_claim_id"),
        foreign_keys={"claim_id": "claims", "related_claim_id": "claims"},
        rules=(
            RowRule(
                "claim-related-to-itself",
                "related_claim_id",
                lambda row: row.claim_id != row.related_claim_id,
            ),
            RowRule(
                "tension-has-note",
                "note",
                lambda row: row.relation != "in_tension_with" or row.note is not None,
                {
                    "if": {"properties": {"relation": {"const": "in_tension_with"}}},
                    "then": _filled("note"),
                },
            ),
        ),
    )
    claim_id: ClaimId = _column("The claim the relation starts from.", "p1s1-2")
    relation: v.ClaimRelationType = _column(
        "The relation, read as: claim, relation, related claim.", "in_tension_with"
    )
    related_claim_id: ClaimId = _column("The claim the relation leads to.", "p8s2-4")
    note: Sentence | None = _column(
        "Why the two are related; needed where they are in tension.",
        "Nearly ten years after a halt in 2016 and a past year that culminated in 2023"
        " put the undated article at different times.",
    )


class Mention(Record):
    """A place in the text where a party or place is named, described or pointed at."""

    TABLE = TableSpec(
        "mentions",
        "Mentions",
        key=("mention_id",),
        foreign_keys={"segment_id": "segments", "party_id": "parties", "place_id": "places"},
        rules=(
            RowRule(
                "mention-id-segment",
                "mention_id",
                lambda row: row.mention_id.rpartition("-")[0] == row.segment_id,
            ),
            _END_AFTER_START,
            RowRule("surface-fits-span", "surface", lambda row: len(row.surface) == row.end - row.start),
            RowRule(
                "mention-of-one",
                "party_id",
                lambda row: (row.party_id is None) != (row.place_id is None),
                {
                    "if": {"properties": {"party_id": {"type": "null"}}},
                    "then": _filled("place_id"),
                    "else": _null("place_id"),
                },
            ),
        ),
    )
    mention_id: MentionId = _column(
        "The mention's id: its sentence's id, -m and a number from 1; never used again.", "p5s2-m1"
    )
    segment_id: SegmentId = _column("The sentence the mention is in.", "p5s2")
    start: Position = _column(
        "Where the mention starts, in characters from the article's beginning.", 2114
    )
    end: Position = _column("The position just behind it.", 2123)
    surface: Phrase = _column("The name or short phrase as written.", "Pyongyang")
    form: v.Form = _column("How it refers.", "capital")
    party_id: Slug | None = _column("The party referred to; empty for a place.", "north-korea")
    place_id: Slug | None = _column("The place referred to; empty for a party.", "camp-david")


class CodeEntry(Record):
    """The meaning of one code of one enumerated column."""

    TABLE = TableSpec(
        "codes",
        "Codes",
        key=("codelist", "code"),
    )
    codelist: Codelist = _column(
        "The column the code belongs to; with its table's name in front where tables share the "
        "column's name.",
        "event_parties.role",
    )
    code: Code = _column("The code as it stands in that column.", "participant")
    title: Name = _column("The code in plain words.", "Participant")
    definition: Sentence = _column(
        "What the code means and how to tell it from its neighbours.",
        "Takes part on equal terms with others.",
    )


RECORDS: tuple[type[Record], ...] = (
    Segment,
    Party,
    Place,
    Event,
    EventParty,
    EventPlace,
    EventRelation,
    Claim,
    ClaimParty,
    ClaimEvent,
    ClaimRelation,
    Mention,
    CodeEntry,
)
"""Every record, in the order of the tables."""

TABLES: Mapping[str, type[Record]] = {record.TABLE.name: record for record in RECORDS}
"""Table name to record."""


class CodedColumn(NamedTuple):
    """An enumerated column and its codes."""

    table: str
    column: str
    codes: tuple[str, ...]


@cache
def codelists() -> Mapping[str, CodedColumn]:
    """Codelist to its column: its name is the column's, with the table's in front where tables share
    it (``event_parties.role``)."""
    coded = [
        CodedColumn(record.TABLE.name, name, codes)
        for record in RECORDS
        for name, info in record.model_fields.items()
        if (codes := _literal(info.annotation))
    ]
    shared = Counter(column.column for column in coded)
    return {
        f"{column.table}.{column.column}" if shared[column.column] > 1 else column.column: column
        for column in coded
    }


def _literal(annotation: object) -> tuple[str, ...]:
    """The codes of a ``Literal``, be it nullable; none for another annotation."""
    parts = get_args(annotation)
    if parts and all(isinstance(part, str) for part in parts):
        return parts
    return next((codes for part in parts if (codes := _literal(part))), ())
