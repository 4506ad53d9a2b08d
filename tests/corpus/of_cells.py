"""Defects of single cells and records: what each constraint and each rule within a record refuses."""

from __future__ import annotations

from functools import partial

from corpus.draft import Draft, Row
from corpus.registry import defect, register
from jpkr_drills.models import TABLES

_SLUG = {
    "empty": "",
    "upper-case": "South-Korea",
    "too-long": "a" * 65,
}
_LINK = {"empty": "", "malformed": "South Korea", "too-long": "a" * 65}
_CLAIM_LINK = {"empty": "", "malformed": "p1-s1-1", "too-long": "p1111s1111-11111"}
_CODE = {"empty": "", "unknown": "something-else"}
_NUMBER = {"empty": "", "not-number": "many", "negative": "-1"}
_POSITION = {**_NUMBER, "too-large": "1000000000"}
_HASH = {"empty": "", "upper-case": "A" * 64, "too-long": "a" * 65}
_NAME = {"empty": "", "double-space": "Japan  and Korea", "too-long": "a" * 121}
_SENTENCE = {"empty": "", "no-full-stop": "It rains", "too-long": "a" * 600 + "."}
_WIKIDATA = {"malformed": "P17", "too-long": "Q" + "1" * 13}

# One spelling for each number: what an easy-going reader would take for one.
_SPELLINGS = {
    "as-decimal": "1.0",
    "with-underscore": "1_000",
    "with-comma": "1,000",
    "leading-space": " 1",
    "leading-zero": "01",
    "plus": "+1",
    "minus-zero": "-0",
    "arabic-digit": "\u0662",
    "exponent": "1e2",
    "hexadecimal": "0x1F",
    "nan": "NaN",
    "true": "true",
    "excel-error": "#REF!",
}
_FLOAT_SPELLINGS = {
    "whole": "39",
    "trailing-zero": "39.50",
    "no-leading-digit": ".5",
    "comma": "39,5",
    "minus-zero": "-0.0",
    "exponent": "3.9e1",
    "nan": "nan",
    "infinity": "Infinity",
    "degrees": "39.5°",
}
_DATES = {
    "day-that-is-not": "2016-02-30",
    "leap-day-that-is-not": "2015-02-29",
    "day-31-of-april": "2016-04-31",
    "day-zero": "2016-04-00",
    "month-13": "2016-13",
    "one-digit-month": "2016-4",
    "two-digit-year": "16",
    "five-digit-year": "12016",
    "year-with-plus": "+2016",
    "season": "2016-21",
    "week": "2016-W05",
    "basic-format": "20160401",
    "with-time": "2016-04-01T10:00",
    "in-words": "in 2016",
    "arabic-digits": "\u0662\u0660\u0661\u0666",
    "unspecified-digit": "201X",
    "unknown-end": "2016/",
    "open-both-ways": "../..",
    "two-dots": "2016..2017",
    "set-of-dates": "{2016,2017}",
    "leading-space": " 2016",
    "long-year": "Y20160",
    "too-long": "2016-04-01?/2016-04-02?x",
}

CELLS: dict[str, dict[str, dict[str, str]]] = {
    "segments": {
        "segment_id": {
            "empty": "",
            "malformed": "s1p1",
            "leading-zero": "p01s1",
            "sentence-zero": "p1s0",
            "unicode-digit": "p\u0663s1",
            "too-long": "p11111s1111",
        },
        "paragraph": {**_NUMBER, "too-large": "10000"},
        "sentence": {**_NUMBER, "zero": "0", "too-large": "10000"},
        "start": {**_POSITION, **_SPELLINGS},
        "end": _POSITION,
        "sha256": _HASH,
    },
    "parties": {
        "party_id": {
            **_SLUG,
            "double-hyphen": "south--korea",
            "edge-hyphen": "-south-korea",
            "accent": "s\u00fcd-korea",
            "5000-digits": "9" * 5000,
        },
        "name": _NAME,
        "party_type": {**_CODE, "upper-case": "State"},
        "parent_party_id": {"malformed": "South Korea", "too-long": "a" * 65},
        "country": {"two-letters": "JP", "lower-case": "jpn", "too-long": "JAPAN"},
        "title": {"double-space": "Prime  Minister", "too-long": "a" * 121},
        "wikidata": _WIKIDATA,
        "description": _SENTENCE,
    },
    "places": {
        "place_id": _SLUG,
        "name": _NAME,
        "place_type": _CODE,
        "latitude": {**_FLOAT_SPELLINGS, "too-far-north": "90.5", "too-far-south": "-90.5"},
        "longitude": {"not-number": "east", "too-far-east": "180.5", "too-far-west": "-180.5"},
        "coordinate_basis": _CODE,
        "wikidata": _WIKIDATA,
    },
    "events": {
        "event_id": _SLUG,
        "title": _NAME,
        "event_type": _CODE,
        "status": _CODE,
        "extent": _CODE,
        "date": _DATES,
        "date_expression": {"malformed": "=TODAY()", "too-long": "a" * 61},
        "date_basis": _CODE,
        "cameo": {
            "root-only": "04",
            "root-zero": "001",
            "root-21": "210",
            "number": "42",
            "too-long": "04201",
        },
        "plover": {"unknown": "TALK", "lower-case": "consult"},
        "description": _SENTENCE,
    },
    "event_parties": {"event_id": _LINK, "party_id": _LINK, "role": _CODE},
    "event_places": {"event_id": _LINK, "place_id": _LINK, "relation": _CODE},
    "event_relations": {"event_id": _LINK, "relation": _CODE, "related_event_id": _LINK},
    "claims": {
        "claim_id": {
            "empty": "",
            "malformed": "p1s1.1",
            "ordinal-zero": "p1s1-0",
            "unicode-digit": "p1s1-\u0661",
            "too-long": "p1111s1111-11111",
        },
        "segment_id": {"empty": "", "malformed": "1.1", "too-long": "p11111s1111"},
        "start": _POSITION,
        "end": _POSITION,
        "sha256": _HASH,
        "statement": {**_SENTENCE, "question": "Will the drills be held?"},
        "claim_type": _CODE,
        "voice": _CODE,
        "certainty": {**_CODE, "percentage": "95%"},
        "polarity": _CODE,
        "explicitness": _CODE,
    },
    "claim_parties": {"claim_id": _CLAIM_LINK, "party_id": _LINK, "role": _CODE},
    "claim_events": {"claim_id": _CLAIM_LINK, "event_id": _LINK},
    "claim_relations": {
        "claim_id": _CLAIM_LINK,
        "relation": _CODE,
        "related_claim_id": _CLAIM_LINK,
        "note": {"no-full-stop": "They differ", "too-long": "a" * 600 + "."},
    },
    "mentions": {
        "mention_id": {"empty": "", "like-a-claim": "p1s1-1", "too-long": "p1111s1111-m11111"},
        "segment_id": {"empty": "", "malformed": "1.1", "too-long": "p11111s1111"},
        "start": _POSITION,
        "end": _POSITION,
        "surface": {"empty": "", "double-space": "South  Korea", "too-long": "a" * 61},
        "form": _CODE,
        "party_id": {"malformed": "South Korea", "too-long": "a" * 65},
        "place_id": {"malformed": "South Korea", "too-long": "a" * 65},
    },
    "codes": {
        "codelist": {"empty": "", "malformed": "party-type", "too-long": "a" * 65},
        "code": {"empty": "", "malformed": "not-stated", "too-long": "a" * 33},
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
    for _column, _cells in _columns.items():
        for _what, _cell in _cells.items():
            _name = f"{_table}-{_column}-{_what}".replace("_", "-")
            _spoil = partial(_spoilt, table=_table, column=_column, cell=_cell)
            register(_name, _spoil, base="synthetic")

# --- rules within a record -------------------------------------------------------------------


@defect
def segment_id_of_another_paragraph(draft: Draft) -> None:
    draft.set("segments", draft.rows("segments")[1], paragraph="98")


@defect
def segment_empty_span(draft: Draft) -> None:
    row = draft.rows("segments")[1]
    draft.set("segments", row, end=row["start"])


@defect
def claim_span_backwards(draft: Draft) -> None:
    row = draft.rows("claims")[2]
    draft.set("claims", row, start=row["end"], end=row["start"])


@defect
def claim_id_of_another_segment(draft: Draft) -> None:
    draft.set("claims", draft.rows("claims")[0], segment_id=draft.rows("segments")[-1]["segment_id"])


@defect
def mention_id_of_another_segment(draft: Draft) -> None:
    draft.set("mentions", draft.rows("mentions")[0], segment_id=draft.rows("segments")[-1]["segment_id"])


@defect
def mention_surface_too_short(draft: Draft) -> None:
    row = draft.rows("mentions")[0]
    draft.set("mentions", row, surface=row["surface"][:-1])


@defect
def mention_of_party_and_place(draft: Draft) -> None:
    draft.set("mentions", draft.find("mentions", place_id=""), place_id="camp-david")


@defect
def mention_of_nothing(draft: Draft) -> None:
    draft.set("mentions", draft.find("mentions", place_id=""), party_id="")


@defect
def place_latitude_alone(draft: Draft) -> None:
    draft.set("places", draft.find("places", coordinate_basis="point"), longitude="")


@defect
def place_longitude_alone(draft: Draft) -> None:
    draft.set("places", draft.find("places", coordinate_basis="none"), longitude="12.5")


@defect
def place_coordinates_without_basis(draft: Draft) -> None:
    draft.set("places", draft.find("places", coordinate_basis="point"), coordinate_basis="none")


@defect
def place_basis_without_coordinates(draft: Draft) -> None:
    draft.set("places", draft.find("places", coordinate_basis="none"), coordinate_basis="centroid")


@defect
def event_calendar_without_date(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="calendar"), date="")


@defect
def event_date_not_stated(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="not_stated"), date="2016")


@defect
def event_relative_with_date(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="relative"), date="2024")


@defect
def event_calendar_without_expression(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="calendar"), date_expression="")


@defect
def event_expression_not_stated(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="not_stated"), date_expression="lately")


def _dated(name: str, date: str) -> None:
    register(
        name, lambda draft: draft.set("events", draft.find("events", date_basis="calendar"), date=date)
    )


_dated("event-interval-backwards", "2016/2015")
_dated("event-interval-backwards-by-day", "2016-04-02/2016-04-01")
_dated("event-interval-backwards-mixed", "2016-04/2016-03-31")
_dated("event-interval-backwards-qualified", "2016~/2015?")


@defect
def tension_without_note(draft: Draft) -> None:
    draft.set("claim_relations", draft.find("claim_relations", relation="in_tension_with"), note="")
