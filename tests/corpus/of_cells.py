"""Defects of single cells and records: what each constraint and each rule within a record refuses."""

from __future__ import annotations

from functools import partial

from corpus.draft import Draft
from corpus.registry import register, register_all
from jpkr_drills.model.records import TABLES
from tables import Row, both, new, put


def _cells(said: str) -> dict[str, str]:
    """What is wrong to the cell that says it: ``empty=|too-long=aaa``."""
    return {name: cell for name, _, cell in (one.partition("=") for one in said.split("|"))}


_SLUG = _cells(f"empty=|upper-case=South-Korea|too-long={'a' * 65}")
_LINK = _cells(f"empty=|malformed=South Korea|too-long={'a' * 65}")
_OPEN_LINK = _cells(f"malformed=South Korea|too-long={'a' * 65}")
_CLAIM_LINK = _cells("empty=|malformed=p1-s1-1|too-long=p1111s1111-11111")
_SEGMENT_LINK = _cells("empty=|malformed=1.1|too-long=p11111s1111")
_CODE = _cells("empty=|unknown=something-else")
_NUMBER = _cells("empty=|not-number=many|negative=-1")
_POSITION = _NUMBER | _cells("too-large=1000000000")
_HASH = _cells(f"empty=|upper-case={'A' * 64}|too-long={'a' * 65}")
_NAME = _cells(f"empty=|trailing-space=Japan |too-long={'a' * 301}")
_TITLE = _cells(f"empty=|trailing-space=Japan |too-long={'a' * 201}")
_SENTENCE = _cells(f"empty=|leading-space= It rains.|too-long={'a' * 600}.")
_WIKIDATA = _cells(f"malformed=P17|too-long=Q{'1' * 13}")

# One spelling for each number: what an easy-going reader would take for one.
_SPELLINGS = _cells(
    "as-decimal=1.0|with-underscore=1_000|with-comma=1,000|leading-space= 1|leading-zero=01|plus=+1|minus-zero=-0"
    f"|arabic-digit=\u0662|exponent=1e2|hexadecimal=0x1F|nan=NaN|true=true|excel-error=#REF!|beyond-64-bits={2**70}"
)
_FLOAT_SPELLINGS = _cells(
    "whole=39|trailing-zero=39.50|no-leading-digit=.5|comma=39,5|minus-zero=-0.0|exponent=3.9e1|nan=nan"
    "|infinity=Infinity|degrees=39.5°"
)
_DATES = _cells(
    "day-that-is-not=2016-02-30|leap-day-that-is-not=2015-02-29|day-31-of-april=2016-04-31|day-zero=2016-04-00"
    "|month-13=2016-13|one-digit-month=2016-4|two-digit-year=16|five-digit-year=12016|year-with-plus=+2016"
    "|season-of-level-2=2016-25|week=2016-W05|basic-format=20160401|time-without-seconds=2016-04-01T10:00"
    "|in-words=in 2016|arabic-digits=\u0662\u0660\u0661\u0666|unspecified-digit-inside=2X16|open-both-ways=../.."
    "|two-dots=2016..2017|set-of-dates={2016,2017}|leading-space= 2016|long-year-of-four-digits=Y2016"
    f"|spreadsheet=Mar-11|too-long=2016-04-01?/2016-04-02{'x' * 20}"
)

CELLS: dict[str, dict[str, dict[str, str]]] = {
    "segments": {
        "segment_id": _cells(
            "empty=|malformed=s1p1|leading-zero=p01s1|sentence-zero=p1s0|unicode-digit=p\u0663s1|too-long=p11111s1111"
        ),
        "paragraph": _NUMBER | _cells("too-large=10000"),
        "sentence": _NUMBER | _cells("zero=0|too-large=10000"),
        "start": _POSITION | _SPELLINGS,
        "end": _POSITION,
        "sha256": _HASH,
    },
    "parties": {
        "party_id": _SLUG
        | _cells(f"double-hyphen=south--korea|edge-hyphen=-south-korea|accent=s\u00fcd-korea|5000-digits={'9' * 5000}"),
        "name": _NAME,
        "party_type": _CODE | _cells("upper-case=State"),
        "parent_party_id": _OPEN_LINK,
        "country": _cells("two-letters=JP|lower-case=jpn|too-long=JAPAN"),
        "title": _cells(f"trailing-space=Prime Minister |too-long={'a' * 301}"),
        "wikidata": _WIKIDATA,
        "description": _SENTENCE,
    },
    "places": {
        "place_id": _SLUG,
        "name": _NAME,
        "place_type": _CODE,
        "latitude": _FLOAT_SPELLINGS | _cells("too-far-north=90.5|too-far-south=-90.5"),
        "longitude": _cells("not-number=east|too-far-east=180.5|too-far-west=-180.5"),
        "coordinate_basis": _CODE | _cells("none=none"),
        "wikidata": _WIKIDATA,
    },
    "events": {
        "event_id": _SLUG,
        "title": _TITLE,
        **dict.fromkeys(("event_type", "status", "extent"), _CODE),
        "date": _DATES,
        "date_expression": _cells(f"trailing-space=in 2011 |too-long={'a' * 301}"),
        "date_basis": _CODE,
        "cameo": _cells("root-only=04|root-zero=001|root-21=210|number=42|read-as-number=42.0|too-long=04201"),
        "plover": _cells("unknown=TALK|lower-case=consult"),
        "description": _SENTENCE,
    },
    "event_parties": {"event_id": _LINK, "party_id": _LINK, "role": _CODE},
    "event_places": {"event_id": _LINK, "place_id": _LINK, "relation": _CODE},
    "event_relations": {"event_id": _LINK, "relation": _CODE, "related_event_id": _LINK},
    "claims": {
        "claim_id": _cells(
            "empty=|malformed=p1s1.1|ordinal-zero=p1s1-0|unicode-digit=p1s1-\u0661|too-long=p1111s1111-11111"
        ),
        "segment_id": _SEGMENT_LINK,
        "start": _POSITION,
        "end": _POSITION,
        "sha256": _HASH,
        "statement": _SENTENCE,
        "proposition_id": _CLAIM_LINK,
        **dict.fromkeys(("claim_type", "voice", "polarity", "explicitness"), _CODE),
        "certainty": _CODE | _cells("percentage=95%"),
        "salience": _CODE | _cells("number=1"),
    },
    "claim_parties": {"claim_id": _CLAIM_LINK, "party_id": _LINK, "role": _CODE},
    "claim_events": {"claim_id": _CLAIM_LINK, "event_id": _LINK},
    "claim_places": {"claim_id": _CLAIM_LINK, "place_id": _LINK},
    "claim_relations": {
        "claim_id": _CLAIM_LINK,
        "relation": _CODE | _cells("restates=restates"),
        "related_claim_id": _CLAIM_LINK,
        "note": _cells(f"leading-space= They differ.|too-long={'a' * 600}."),
    },
    "mentions": {
        "mention_id": _cells("empty=|like-a-claim=p1s1-1|too-long=p1111s1111-m11111"),
        "segment_id": _SEGMENT_LINK,
        "start": _POSITION,
        "end": _POSITION,
        "surface": _cells(f"empty=|trailing-space=Japan |too-long={'a' * 301}"),
        "form": _CODE,
        "party_id": _OPEN_LINK,
        "place_id": _OPEN_LINK,
    },
    "codes": {
        "codelist": _cells(f"empty=|malformed=party-type|too-long={'a' * 65}"),
        "code": _cells(f"empty=|malformed=not-stated|too-long={'a' * 65}"),
        "title": _NAME,
        "definition": _SENTENCE,
    },
}
"""Table to column to what is wrong to the cell that says it."""


def _spoilt(draft: Draft, table: str, column: str, cell: str) -> None:
    row = draft.rows(table)[0]
    if TABLES[table].TABLE.key == (column,):
        # Other rows point to this one: spoil a new one, alike but for what must be unique.
        row = draft.add(table, row, **{name: _unlike(name, row) for name in TABLES[table].TABLE.unique})
    draft.set(table, row, **{column: cell})


def _unlike(column: str, row: Row) -> str:
    return str(int(row[column]) + 1) if column == "start" else f"Another {row[column]}"


for _table, _columns in CELLS.items():
    for _column, _wrong in _columns.items():
        for _what, _cell in _wrong.items():
            _name = f"{_table}-{_column}-{_what}".replace("_", "-")
            register(_name, partial(_spoilt, table=_table, column=_column, cell=_cell))

# --- rules within a record -----------------------------------------------------------------------

_BRIDGE, _CAFE = "old-ferry-bridge", "cafe-moewe"
register_all(
    {
        "segment-id-of-another-paragraph": put("segments", "p1s1", paragraph="98"),
        "segment-empty-span": lambda draft: draft.set("segments", "p1s1", end=draft.row("segments", "p1s1")["start"]),
        "claim-span-backwards": lambda draft: draft.set(
            "claims",
            "p1s1-2",
            start=draft.row("claims", "p1s1-2")["end"],
            end=draft.row("claims", "p1s1-2")["start"],
        ),
        "claim-id-of-another-segment": put("claims", "p0s1-1", segment_id="p3s2"),
        "mention-id-of-another-segment": put("mentions", "p0s1-m1", segment_id="p3s2"),
        "mention-surface-too-short": put("mentions", "p0s1-m1", surface="Aldermoo"),
        "mention-of-party-and-place": put("mentions", "p0s1-m1", place_id=_CAFE),
        "mention-of-nothing": put("mentions", "p0s1-m1", party_id=""),
        "place-latitude-alone": put("places", _BRIDGE, longitude=""),
        "place-longitude-alone": put("places", _CAFE, longitude="12.5"),
        "place-coordinates-without-basis": put("places", _BRIDGE, coordinate_basis="not_given"),
        "place-basis-without-coordinates": put("places", _CAFE, coordinate_basis="centroid"),
        "event-calendar-without-date": put("events", "bridge-closure", date=""),
        "event-date-not-stated": put("events", "ferry-service", date="2016"),
        "event-relative-with-date": put("events", "ferry-halt", date="2024"),
        "event-calendar-without-expression": put("events", "bridge-closure", date_expression=""),
        "event-expression-not-stated": put("events", "ferry-service", date_expression="lately"),
        "event-interval-backwards": put("events", "bridge-closure", date="2016/2015"),
        "event-interval-backwards-by-day": put("events", "bridge-closure", date="2016-04-02/2016-04-01"),
        "event-interval-backwards-mixed": put("events", "bridge-closure", date="2016-04/2016-03-31"),
        "event-interval-backwards-qualified": put("events", "bridge-closure", date="2016~/2015?"),
        "event-interval-backwards-before-christ": put("events", "bridge-closure", date="-0044/-0100"),
        "date-of-a-year-to-itself": put("events", "bridge-closure", date="2011/2011"),
        "tension-without-note": put("claim_relations", "p3s2-1/in_tension_with/p3s2-2", note=""),
        "party-is-its-own-parent": put("parties", "norway", parent_party_id="norway"),
        "event-related-to-itself": put(
            "event_relations", "post-report/reports/ferry-halt", related_event_id="post-report"
        ),
        "claim-related-to-itself": put("claim_relations", "p1s1-1/elaborates/p0s1-1", related_claim_id="p1s1-1"),
        "two-faults-in-one-row": both(
            put("places", _CAFE, place_type="tavern"), put("places", _CAFE, coordinate_basis="guess")
        ),
        "one-fault-in-many-rows": both(
            *(
                new("claim_parties", claim_id=f"p0s1-{number}", party_id="norway", role="witness")
                for number in range(2, 10)
            )
        ),
    }
)
