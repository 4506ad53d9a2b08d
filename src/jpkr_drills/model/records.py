"""The records: one Pydantic model a table, the one definition of every column.

Everything else is generated from here: the JSON Schemas, the Table Schemas, the descriptor's
resources, ``data/codes.csv``, the shape of ``data/dataset.json`` and the field tables of the codebook.
A model has a field for each column, in the column's order; an optional column is nullable and never
left out.
"""

# Not `from __future__ import annotations`: pydantic would compile every annotation once more, from text,
# which took half of the time that building the models takes.

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from jpkr_drills.model import columns as c
from jpkr_drills.model import edtf
from jpkr_drills.model import vocabularies as v
from jpkr_drills.rules import RULES, Rule, define


def _column(description: str, example: str | int | float, title: str | None = None) -> Any:
    """What every column has: a description a non-programmer understands, a tested example and a title."""
    return Field(title=title, description=description, examples=[example])


def _title(name: str, _: object) -> str:
    """A column's title, where its name in plain words will do."""
    return name.removesuffix("_id").replace("_", " ").capitalize()


# --- rules within one record -----------------------------------------------------------------


define(
    "pydantic",
    """
end-after-start | A span ends after it starts. | fix start or end
segment-id-parts | A segment's id is made of its paragraph and sentence. | make id, paragraph and sentence agree
party-own-parent | A party isn't its own parent. | name another parent, or leave the cell empty
coordinates-in-pairs | Latitude and longitude are both given or both empty. | give both, or empty both
coordinates-have-basis | Coordinates have a basis, and a basis has coordinates. | set coordinate_basis to not_given where there are no coordinates, and to their basis where there are
date-fits-basis | A date is given exactly where its basis is calendar. | empty the date, or set date_basis to calendar if the article gives a calendar expression
date-expression-fits-basis | The article's phrase is given exactly where there is a basis. | empty date_expression where date_basis is not_stated, fill it elsewhere
date-interval-order | An interval's end isn't before its start, nor the same. | swap the ends, or give the one date
event-related-to-itself | An event isn't related to itself. | name another event
claim-id-segment | A claim's id starts with its segment's id. | make claim_id and segment_id agree
claim-related-to-itself | A claim isn't related to itself. | name another claim
tension-has-note | A tension between claims has a note. | say in the note what the tension is
mention-id-segment | A mention's id starts with its segment's id. | make mention_id and segment_id agree
surface-fits-span | A mention's surface is as long as its span. | write surface as the article has it, or fix start and end
mention-of-one | A mention refers to one party or one place. | fill exactly one of party_id and place_id
""",
)


class RowRule(NamedTuple):
    """A rule across the cells of one record, told at ``field``.

    ``schema`` is the same rule in JSON Schema, for the rules that language can say; Table Schema
    has no way to say any of them.
    """

    rule: Rule
    field: str
    holds: Callable[[Any], bool]
    schema: Mapping[str, Any] | None = None


def _across(name: str, field: str, holds: Callable[[Any], bool], schema: Mapping[str, Any] | None = None) -> RowRule:
    return RowRule(RULES[name], field, holds, schema)


def _is(name: str, code: str) -> dict[str, Any]:
    return {"properties": {name: {"const": code}}}


def _null(*names: str) -> dict[str, Any]:
    return {"properties": {name: {"type": "null"} for name in names}}


def _filled(*names: str) -> dict[str, Any]:
    return {"properties": {name: {"not": {"type": "null"}} for name in names}}


def _if(condition: object, then: object, otherwise: object) -> dict[str, Any]:
    return {"if": condition, "then": then, "else": otherwise}


class TableSpec(NamedTuple):
    """What a table is beyond its columns: its name, keys and the rules within a record."""

    name: str
    title: str
    key: tuple[str, ...]
    foreign_keys: Mapping[str, str] = MappingProxyType({})
    unique: tuple[str, ...] = ()
    rules: tuple[RowRule, ...] = ()

    @property
    def path(self) -> str:
        """Where the table's CSV file is in every package."""
        return f"data/{self.name}.csv"


_JOINED = {
    "event_id": "events",
    "related_event_id": "events",
    "claim_id": "claims",
    "related_claim_id": "claims",
    "party_id": "parties",
    "place_id": "places",
}
"""Column of a link table to the table that it points to."""


def _link(name: str, title: str, key: tuple[str, ...], rules: tuple[RowRule, ...] = ()) -> TableSpec:
    """A table that joins others: its key is their ids, and how they are joined."""
    foreign_keys = {column: _JOINED[column] for column in key if column in _JOINED}
    return TableSpec(name, title, key, foreign_keys, rules=rules)


class Record(BaseModel):
    """A row of a table: immutable, every column present, an empty cell is ``None``.

    Raises ``pydantic.ValidationError`` when a value breaks a column's rule or a rule of the record.
    """

    # Not built at the first use (defer_build), which threads can't share: pydantic's issue 11849.
    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, field_title_generator=_title
    )
    TABLE: ClassVar[TableSpec]

    @classmethod
    def about(cls) -> str:
        """What the table's records are, in a sentence or two."""
        return " ".join((cls.__doc__ or "").split())

    def key(self) -> str:
        """The primary key as one string, its parts joined by ``/``."""
        return "/".join([getattr(self, name) for name in self.TABLE.key])

    def _repr_html_(self) -> str:
        """Columns and values, for a notebook."""
        from jpkr_drills.frames import as_html

        return as_html([("column", self.TABLE.name), *self], len(type(self).model_fields))


class RuledRecord(Record):
    """A record with rules across its cells."""

    @model_validator(mode="after")
    def _check_row_rules(self) -> Self:
        broken = [rule.rule.name for rule in self.TABLE.rules if not rule.holds(self)]
        if broken:
            raise PydanticCustomError("row_rules", "{rules}", {"rules": ", ".join(broken)})
        return self


_END_AFTER_START = _across("end-after-start", "end", lambda row: row.end > row.start)


# --- the tables ------------------------------------------------------------------------------


class Segment(RuledRecord):
    """A sentence of the article, as a position in its text; the text itself is not shipped."""

    TABLE = TableSpec(
        "segments",
        "Sentences of the article",
        key=("segment_id",),
        unique=("start",),
        rules=(
            _across("segment-id-parts", "segment_id", lambda row: row.segment_id == f"p{row.paragraph}s{row.sentence}"),
            _END_AFTER_START,
        ),
    )
    segment_id: c.SegmentId = _column(
        "The sentence's id: p, the paragraph's number, s, the number of the sentence in it; the headline is p0s1.",
        "p3s2",
    )
    paragraph: c.Paragraph = _column("Number of the paragraph; 0 is the headline.", 3)
    sentence: c.Ordinal = _column("Number of the sentence in its paragraph, from 1.", 2)
    start: c.Position = _column(
        "Where the sentence starts: how many characters (Unicode code points) of the article come before it.", 1303
    )
    end: c.Position = _column(
        "Where the sentence ends: the position just behind its last character, counted like start.", 1500
    )
    sha256: c.Sha256 = _column(
        "SHA-256 of the sentence's text in UTF-8, in lower-case hexadecimal, to check a copy of the article against.",
        "9c6f81515da8968f14cc2518546bc14064d7b14398f7d28aeff4c9dc610a565f",
        title="SHA-256",
    )


class Party(RuledRecord):
    """Somebody who acts, speaks or is spoken about in the article."""

    TABLE = TableSpec(
        "parties",
        "Parties",
        key=("party_id",),
        foreign_keys={"parent_party_id": "parties"},
        unique=("name",),
        rules=(_across("party-own-parent", "parent_party_id", lambda row: row.parent_party_id != row.party_id),),
    )
    party_id: c.Slug = _column("The party's id: lower-case words joined by hyphens.", "north-korea")
    name: c.Name = _column(
        "What to call the party: its name in the article, or a short description where it has none.", "North Korea"
    )
    party_type: Annotated[str, v.LISTS["party_type"]] = _column("What kind of party it is.", "state")
    parent_party_id: c.Slug | None = _column(
        "The party this one belongs to, by the article's words; empty where the article names none.", "south-korea"
    )
    country: c.Country | None = _column(
        "ISO 3166-1 alpha-3 code of the country the party is or belongs to; added by the coders.", "PRK"
    )
    title: c.Name | None = _column("The office the article gives a person; empty for other parties.", "President")
    wikidata: c.Wikidata | None = _column(
        "The party's item in Wikidata, added by the coders where it was verified.", "Q423", title="Wikidata item"
    )
    description: c.Sentence = _column(
        "How the article presents the party, in a sentence of our own.",
        "The state whose missiles and nuclear arsenal the article presents as a security challenge.",
    )


class Place(RuledRecord):
    """A place that the article names, with coordinates only where they have a stated basis."""

    TABLE = TableSpec(
        "places",
        "Places",
        key=("place_id",),
        unique=("name",),
        rules=(
            _across(
                "coordinates-in-pairs",
                "longitude",
                lambda row: (row.latitude is None) == (row.longitude is None),
                {"anyOf": [_null("latitude", "longitude"), _filled("latitude", "longitude")]},
            ),
            _across(
                "coordinates-have-basis",
                "coordinate_basis",
                lambda row: (row.latitude is None) == (row.coordinate_basis == "not_given"),
                _if(_is("coordinate_basis", "not_given"), _null("latitude"), _filled("latitude")),
            ),
        ),
    )
    place_id: c.Slug = _column("The place's id: lower-case words joined by hyphens.", "east-china-sea")
    name: c.Name = _column("What to call the place.", "East China Sea")
    place_type: Annotated[str, v.LISTS["place_type"]] = _column("What kind of place it is.", "sea")
    latitude: c.Latitude | None = _column(
        "Degrees north of the equator (WGS 84, negative is south); empty without a stated basis.", 30.0
    )
    longitude: c.Longitude | None = _column(
        "Degrees east of Greenwich (WGS 84, negative is west); empty without a stated basis.", 125.0
    )
    coordinate_basis: Annotated[str, v.LISTS["coordinate_basis"]] = _column(
        "What the coordinates stand for; not_given where there are none.", "centroid"
    )
    wikidata: c.Wikidata | None = _column(
        "The place's item in Wikidata, added by the coders where it was verified.", "Q45341", title="Wikidata item"
    )


class Event(RuledRecord):
    """An act, a process or a happening, past, to come, called for or only alleged, that some claim is about."""

    TABLE = TableSpec(
        "events",
        "Events",
        key=("event_id",),
        unique=("title",),
        rules=(
            _across(
                "date-fits-basis",
                "date",
                lambda row: (row.date is not None) == (row.date_basis == "calendar"),
                _if(_is("date_basis", "calendar"), _filled("date"), _null("date")),
            ),
            _across(
                "date-expression-fits-basis",
                "date_expression",
                lambda row: (row.date_expression is None) == (row.date_basis == "not_stated"),
                _if(_is("date_basis", "not_stated"), _null("date_expression"), _filled("date_expression")),
            ),
            _across("date-interval-order", "date", lambda row: edtf.runs_forward(row.date or "")),
        ),
    )
    event_id: c.Slug = _column("The event's id: lower-case words joined by hyphens.", "camp-david-summit")
    title: c.Title = _column("A short name for the event, in our own words.", "Summit at Camp David")
    event_type: Annotated[str, v.LISTS["event_type"]] = _column("What kind of act or process it is.", "meeting")
    status: Annotated[str, v.LISTS["status"]] = _column(
        "How far it has come, as the article tells it: agreed or planned is not the same as held.", "occurred"
    )
    extent: Annotated[str, v.LISTS["extent"]] = _column(
        "Whether it is one act, several, or something that goes on.", "single"
    )
    date: c.Edtf | None = _column(
        "When, in EDTF (ISO 8601-2), only from a calendar expression in the article; 2022/.. means since 2022.", "2023"
    )
    date_expression: c.Phrase | None = _column("The article's short phrase for when, as written.", "in 2023")
    date_basis: Annotated[str, v.LISTS["date_basis"]] = _column(
        "Where the date comes from: a calendar expression, a phrase relative to the undated article, or nothing.",
        "calendar",
    )
    cameo: c.Cameo | None = _column(
        "CAMEO event code (a text: leading zeros count); empty where CAMEO codes no such thing.",
        "042",
        title="CAMEO code",
    )
    plover: Annotated[str, v.LISTS["plover"]] | None = _column(
        "PLOVER event type; empty where PLOVER codes no such thing.", "CONSULT", title="PLOVER type"
    )
    description: c.Sentence = _column(
        "What the article says of the event, in a sentence of our own.",
        "The summit of the United States, Japan and South Korea in which the reinvigoration culminated.",
    )


class EventParty(Record):
    """A party's part in an event."""

    TABLE = _link("event_parties", "Parties of events", ("event_id", "party_id", "role"))
    event_id: c.Slug = _column("The event.", "camp-david-summit")
    party_id: c.Slug = _column("The party.", "japan")
    role: Annotated[str, v.LISTS["event_parties.role"]] = _column(
        "What part the party has in the event.", "participant"
    )


class EventPlace(Record):
    """Where an event is, by the article's words."""

    TABLE = _link("event_places", "Places of events", ("event_id", "place_id", "relation"))
    event_id: c.Slug = _column("The event.", "camp-david-summit")
    place_id: c.Slug = _column("The place.", "camp-david")
    relation: Annotated[str, v.LISTS["event_places.relation"]] = _column("How the event lies to the place.", "at")


class EventRelation(RuledRecord):
    """How one event bears on another, read from the first to the second."""

    TABLE = _link(
        "event_relations",
        "Relations between events",
        ("event_id", "relation", "related_event_id"),
        (_across("event-related-to-itself", "related_event_id", lambda row: row.event_id != row.related_event_id),),
    )
    event_id: c.Slug = _column("The event the relation starts from.", "drills-suspension")
    relation: Annotated[str, v.LISTS["event_relations.relation"]] = _column(
        "The relation, read as: event, relation, related event.", "halts"
    )
    related_event_id: c.Slug = _column("The event the relation leads to.", "past-joint-drills")


class Claim(RuledRecord):
    """One proposition that the article puts forward, with who says so and how firmly."""

    TABLE = TableSpec(
        "claims",
        "Claims",
        key=("claim_id",),
        foreign_keys={"segment_id": "segments", "proposition_id": "claims"},
        rules=(
            _across("claim-id-segment", "claim_id", lambda row: row.claim_id.rpartition("-")[0] == row.segment_id),
            _END_AFTER_START,
        ),
    )
    claim_id: c.ClaimId = _column(
        "The claim's id: its sentence's id, a hyphen and a number from 1; never used again.", "p2s1-2"
    )
    segment_id: c.SegmentId = _column("The sentence that makes the claim.", "p2s1")
    start: c.Position = _column(
        "Where the words that carry the claim start, in characters from the article's beginning.", 706
    )
    end: c.Position = _column("The position just behind those words.", 762)
    sha256: c.Sha256 = _column(
        "SHA-256 of those words in UTF-8, in lower-case hexadecimal.",
        "de127d01b18029fee9f058f65cad99f08591fc6d8f56dd40bec7a993da2355bf",
        title="SHA-256",
    )
    statement: c.Sentence = _column(
        "The proposition in one plain sentence of our own that stands alone; speaker and hedges are in "
        "the other columns.",
        "Japan and South Korea will hold joint drills again.",
    )
    proposition_id: c.ClaimId = _column(
        "The claim that first makes the same proposition; its own id where this one does.", "p1s1-1"
    )
    claim_type: Annotated[str, v.LISTS["claim_type"]] = _column("What kind of proposition it is.", "plan")
    voice: Annotated[str, v.LISTS["voice"]] = _column(
        "Whether the article says it itself or gives a source.", "attributed"
    )
    certainty: Annotated[str, v.LISTS["certainty"]] = _column(
        "How firmly whoever makes the claim commits to it, from the wording alone.", "certain"
    )
    polarity: Annotated[str, v.LISTS["polarity"]] = _column("Whether the claim affirms or denies.", "positive")
    explicitness: Annotated[str, v.LISTS["explicitness"]] = _column(
        "Whether the words say it, take it for granted, or plainly imply it.", "asserted"
    )
    salience: Annotated[str, v.LISTS["salience"]] = _column(
        "How much the article's account rests on it, from the article alone.", "core"
    )


class ClaimParty(Record):
    """A party's part in a claim: its speaker, its relay or its subject."""

    TABLE = _link("claim_parties", "Parties of claims", ("claim_id", "party_id", "role"))
    claim_id: c.ClaimId = _column("The claim.", "p2s1-2")
    party_id: c.Slug = _column("The party.", "japan-defense-ministry")
    role: Annotated[str, v.LISTS["claim_parties.role"]] = _column("What part the party has in the claim.", "speaker")


class ClaimEvent(Record):
    """An event that a claim speaks about."""

    TABLE = _link("claim_events", "Events of claims", ("claim_id", "event_id"))
    claim_id: c.ClaimId = _column("The claim.", "p2s1-2")
    event_id: c.Slug = _column("The event it speaks about.", "resumed-drills")


class ClaimPlace(Record):
    """A place that a claim speaks about."""

    TABLE = _link("claim_places", "Places of claims", ("claim_id", "place_id"))
    claim_id: c.ClaimId = _column("The claim.", "p5s2-4")
    place_id: c.Slug = _column("The place it speaks about.", "pacific-ocean")


class ClaimRelation(RuledRecord):
    """How one claim bears on another, read from the first to the second."""

    TABLE = _link(
        "claim_relations",
        "Relations between claims",
        ("claim_id", "relation", "related_claim_id"),
        (
            _across("claim-related-to-itself", "related_claim_id", lambda row: row.claim_id != row.related_claim_id),
            _across(
                "tension-has-note",
                "note",
                lambda row: row.relation != "in_tension_with" or row.note is not None,
                {"if": _is("relation", "in_tension_with"), "then": _filled("note")},
            ),
        ),
    )
    claim_id: c.ClaimId = _column("The claim the relation starts from.", "p1s1-2")
    relation: Annotated[str, v.LISTS["claim_relations.relation"]] = _column(
        "The relation, read as: claim, relation, related claim.", "in_tension_with"
    )
    related_claim_id: c.ClaimId = _column("The claim the relation leads to.", "p8s2-4")
    note: c.Sentence | None = _column(
        "Why the two are related; needed where they are in tension.",
        "Nearly ten years after a halt in 2016 and a past year that culminated in 2023"
        " put the undated article at different times.",
    )


class Mention(RuledRecord):
    """A place in the text where a party or place is named, described or pointed at."""

    TABLE = TableSpec(
        "mentions",
        "Mentions",
        key=("mention_id",),
        foreign_keys={"segment_id": "segments", "party_id": "parties", "place_id": "places"},
        rules=(
            _across(
                "mention-id-segment", "mention_id", lambda row: row.mention_id.rpartition("-")[0] == row.segment_id
            ),
            _END_AFTER_START,
            _across("surface-fits-span", "surface", lambda row: len(row.surface) == row.end - row.start),
            _across(
                "mention-of-one",
                "party_id",
                lambda row: (row.party_id is None) != (row.place_id is None),
                _if(_null("party_id"), _filled("place_id"), _null("place_id")),
            ),
        ),
    )
    mention_id: c.MentionId = _column(
        "The mention's id: its sentence's id, -m and a number from 1; never used again.", "p5s2-m1"
    )
    segment_id: c.SegmentId = _column("The sentence the mention is in.", "p5s2")
    start: c.Position = _column("Where the mention starts, in characters from the article's beginning.", 2114)
    end: c.Position = _column("The position just behind it.", 2123)
    surface: c.Phrase = _column("The name or short phrase as written.", "Pyongyang")
    form: Annotated[str, v.LISTS["form"]] = _column("How it refers.", "capital")
    party_id: c.Slug | None = _column("The party referred to; empty for a place.", "north-korea")
    place_id: c.Slug | None = _column("The place referred to; empty for a party.", "camp-david")


class CodeEntry(Record):
    """The meaning of one code of one enumerated column."""

    TABLE = TableSpec("codes", "Codes", key=("codelist", "code"))
    codelist: c.ListName = _column(
        "The column the code belongs to; with its table's name in front where tables share the column's name.",
        "event_parties.role",
    )
    code: c.Code = _column("The code as it stands in that column.", "participant")
    title: c.Title = _column("The code in plain words.", "Participant")
    definition: c.Sentence = _column(
        "What the code means and how to tell it from its neighbours.", "Takes part on equal terms with others."
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
    ClaimPlace,
    ClaimRelation,
    Mention,
    CodeEntry,
)
"""Every record, in the order of the tables."""

TABLES: Mapping[str, type[Record]] = {record.TABLE.name: record for record in RECORDS}
"""Table name to record."""


class Column(NamedTuple):
    """A column: what every description of it is made from."""

    name: str
    title: str
    description: str
    example: str | int | float
    kind: c.Kind
    nullable: bool
    codelist: v.Codelist | None
    article_words: bool
    """Whether it holds the article's own words, as the article writes them."""


@cache
def columns(table: str) -> Mapping[str, Column]:
    """Column name to column, in the column order of ``table``; ``KeyError`` for another name."""
    return {name: _described(name, info) for name, info in TABLES[table].model_fields.items()}


def _described(name: str, info: FieldInfo) -> Column:
    parts = [info, *info.metadata, *_parts(info.annotation)]
    extras = [one.json_schema_extra for one in parts if isinstance(one, FieldInfo)]
    return Column(
        name,
        info.title or name,
        info.description or "",
        (info.examples or [""])[0],
        next(kind for kind in (int, float, str) if kind in parts),
        type(None) in parts,
        next((one for one in parts if isinstance(one, v.Codelist)), None),
        any(c.ARTICLE_WORDS in extra for extra in extras if isinstance(extra, dict)),
    )


def _parts(annotation: object) -> Iterator[object]:
    """A type, and all that it is made of and annotated with."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


@cache
def codelists() -> Mapping[str, tuple[str, str]]:
    """Name of each codelist to the table and column that it is for, in the order of the tables."""
    return {
        column.codelist.name: (table, column.name)
        for table in TABLES
        for column in columns(table).values()
        if column.codelist
    }
