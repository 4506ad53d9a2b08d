"""Rows: from cells to records, every fault named in words that say how to fix it."""

from __future__ import annotations

import pytest

import synthetic
from helpers import rows
from jpkr_drills.issues import Issue
from jpkr_drills.model.records import TABLES, Record, columns
from jpkr_drills.package.csvfile import Log, Row
from jpkr_drills.package.rows import key_of, record_of, typed

GOOD = {table: tuple(synthetic.coding().rows(table)[0].values()) for table in TABLES}


def judged(table: str, **change: str) -> tuple[Record | None, list[Issue]]:
    """The record of a good row with cells changed, and its issues."""
    names = list(columns(table))
    changed = list(GOOD[table])
    for name, cell in change.items():
        changed[names.index(name)] = cell
    log = Log(f"data/{table}.csv")
    record = record_of(table, Row(7, tuple(changed)), log)
    return record, list(log.issues())


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_the_data_is_a_record(table: str) -> None:
    log = Log(f"data/{table}.csv")
    for row in rows(table):
        assert record_of(table, Row(0, tuple(row.values())), log)
    assert list(log.issues()) == []


def test_cells_become_numbers_text_or_nothing() -> None:
    cells = ("camp-david", "Camp David", "facility", "39.648", "", "point", "")
    assert list(typed("places", cells).values()) == [
        "camp-david",
        "Camp David",
        "facility",
        39.648,
        None,
        "point",
        None,
    ]
    assert typed("segments", ("p0s1", "00", "1", "0", "5", ""))["paragraph"] == "00"


@pytest.mark.parametrize(
    ("table", "change", "rule", "said"),
    [
        ("events", {"title": ""}, "required", "must not be empty"),
        ("events", {"title": "x" * 201}, "max-length", "longer than 200 characters"),
        ("events", {"title": " x"}, "pattern", "starts or ends with a space"),
        ("events", {"title": "a\u2028b"}, "pattern", "U+2028, a line break or control character"),
        ("events", {"status": "occured"}, "enum", "did you mean occurred? use one of: occurred, ongoing"),
        ("events", {"status": "zzz"}, "enum", "use one of: occurred, ongoing"),
        ("events", {"event_id": "Camp David"}, "pattern", "lower-case letters and digits, words joined by single hyphens"),
        ("events", {"cameo": "42"}, "pattern", "was read as a number: the column is text, and leading zeros are lost in it"),
        ("events", {"cameo": "42"}, "pattern", "did you mean 042? run `jpkr-drills fmt`; the column is text"),
        ("events", {"cameo": "30.0"}, "pattern", "did you mean 030?"),
        ("events", {"cameo": "190.0"}, "pattern", "did you mean 190?"),
        ("events", {"cameo": "4"}, "pattern", "three or four digits"),
        ("events", {"cameo": "4x2"}, "pattern", "three or four digits"),
        ("events", {"date": "2023-02-30"}, "pattern", "an EDTF date such as"),
        ("events", {"date": "Mar-11"}, "pattern", "looks like a date that a spreadsheet wrote"),
        ("events", {"date": "3/11/2011"}, "pattern", "looks like a date that a spreadsheet wrote"),
        ("events", {"date": "2011.0"}, "pattern", "was read as a number"),
        ("events", {"date": ""}, "date-fits-basis", "breaks the rule: a date is given exactly where"),
        ("events", {"date": "2012/2011"}, "date-interval-order", "swap the ends"),
        ("segments", {"start": "-1"}, "minimum", "is below 0"),
        ("segments", {"start": "1000000000"}, "maximum", "is above 999999999"),
        ("segments", {"start": "007"}, "type", "needless zeros or signs run `jpkr-drills fmt`, or write 7"),
        ("segments", {"start": "0.0"}, "type", "the column holds whole numbers run `jpkr-drills fmt`, or write 0"),
        ("segments", {"start": str(2**70)}, "type", "not a whole number"),
        ("segments", {"sha256": "A" * 64}, "pattern", "64 hexadecimal digits in lower case"),
        ("places", {"latitude": "39,648"}, "type", "decimal comma"),
        ("places", {"latitude": "39"}, "type", "write 39.0"),
        ("places", {"latitude": "NaN"}, "type", "stands in for a missing value"),
        ("parties", {"description": "A cafe\u0301."}, "text-not-nfc", "normalization form C"),
        ("claims", {"salience": "high"}, "enum", "core, supporting, background"),
        ("claims", {"proposition_id": "p1"}, "pattern", "a value such as p1s1-1"),
    ],
)  # fmt: skip
def test_a_fault_is_named_once_and_says_how_to_fix_it(table: str, change: dict[str, str], rule: str, said: str) -> None:
    _, issues = judged(table, **change)
    first = issues[0]
    assert (first.rule, first.line, first.file) == (rule, 7, f"data/{table}.csv")
    assert first.field == next(iter(change))
    assert said in f"{first.message} {first.hint}"
    if change != {"latitude": "NaN"} and table != "places":
        assert len(issues) == 1


@pytest.mark.parametrize(
    ("table", "column"),
    [("parties", "name"), ("places", "name"), ("events", "date_expression"), ("parties", "title")],
)
@pytest.mark.parametrize(
    "words",
    [
        "a  b",
        "A\u00a0b",
        "Wri\u00adght",
        "Ine\u0302s",
        "=1+1",
        "@x",
        "+1",
        "\u202ea",
        "٢٠١٦",
        "Jаpan",
        "x" * 300,
        "\u200ba",
    ],
)
def test_the_articles_own_words_are_taken_as_they_are(table: str, column: str, words: str) -> None:
    record, issues = judged(table, **{column: words})
    assert issues == []
    assert getattr(record, column) == words


@pytest.mark.parametrize("character", "\n\r\t\0\x1b\x7f\x85\u2028\u2029")
def test_no_cell_holds_a_line_break_or_control_character(character: str) -> None:
    assert [one.rule for one in judged("parties", name=f"a{character}b")[1]] == ["pattern"]


def test_rows_with_one_cause_are_one_issue() -> None:
    log = Log("data/event_parties.csv")
    names = list(columns("event_parties"))
    for line in range(2, 12):
        cells = dict(zip(names, GOOD["event_parties"], strict=True)) | {"role": "guest"}
        record_of("event_parties", Row(line, tuple(cells.values())), log)
    (issue,) = log.issues()
    assert issue.line == 2
    assert issue.message.endswith("; 10 times, also on lines 3, 4, 5, 6, 7 and more")


def test_a_key_of_several_parts_is_joined_by_slashes() -> None:
    assert key_of("event_parties", {"event_id": "e", "party_id": "p", "role": "actor"}) == "e/p/actor"
    assert key_of("event_parties", {"event_id": "e", "role": None}) == "e//"
