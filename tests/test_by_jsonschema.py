"""The schema's findings in the words of the models, told where they can be mended."""

from __future__ import annotations

from typing import Any

import pytest

from helpers import Memory, table_file
from jpkr_drills import jsonfile
from jpkr_drills.checks import by_jsonschema
from jpkr_drills.descriptor import DATASET
from jpkr_drills.issues import Issue, printable
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package

PLACE: dict[str, Any] = {
    "place_id": "dock",
    "name": "Dock",
    "place_type": "facility",
    "latitude": 1.5,
    "longitude": 2.5,
    "coordinate_basis": "point",
    "wikidata": None,
}
CELLS = ("dock", "Dock", "facility", "1.5", "2.5", "point", "")


def found(*places: object, csv: tuple[tuple[str, ...], ...] = ()) -> list[Issue]:
    document: dict[str, Any] = {table: [] for table in TABLES} | {"places": list(places)}
    return checked(jsonfile.render(document), csv)


def checked(content: bytes, csv: tuple[tuple[str, ...], ...] = ()) -> list[Issue]:
    tables = {table: table_file(table, csv if table == "places" else ()) for table in TABLES}
    return list(by_jsonschema.check(Package(Memory({DATASET: content}), tables=tables)))


def test_a_sound_record_is_no_issue() -> None:
    assert found(PLACE) == []


@pytest.mark.parametrize("content", [b"{", b"\xff"])
def test_a_document_that_cannot_be_read_is_left_to_another_engine(content: bytes) -> None:
    assert checked(content) == []


@pytest.mark.parametrize(
    ("change", "rule", "field", "told"),
    [
        ({"place_type": "facilty"}, "enum", "place_type", "did you mean facility? "),
        ({"place_id": "A B"}, "pattern", "place_id", "[a-z0-9]+"),
        ({"name": "a\n"}, "pattern", "name", "one line"),
        ({"latitude": -90.5}, "minimum", "latitude", "below -90"),
        ({"latitude": 90.5}, "maximum", "latitude", "above 90"),
        ({"name": "x" * 121}, "max-length", "name", "120 characters"),
        ({"name": None}, "required", "name", "empty"),
        ({"place_type": None}, "required", "place_type", "empty"),
        ({"name": 5}, "type", "name", ""),
        ({"latitude": "1.5"}, "type", "latitude", ""),
        ({"more": 1}, "unknown-field", "more", "more"),
        ({"longitude": None}, "coordinates-in-pairs", "longitude", "longitude"),
        ({"coordinate_basis": "none"}, "coordinates-have-basis", "coordinate_basis", "basis"),
    ],
)
def test_a_finding_has_rule_field_and_what_to_do(
    change: dict[str, object], rule: str, field: str, told: str
) -> None:
    issues = found(PLACE | change)
    assert {(one.rule, one.field, one.found_by) for one in issues} == {(rule, field, ("jsonschema",))}
    assert any(told in f"{one.message} {one.hint}" for one in issues)
    value = (PLACE | change)[field]
    if rule != "unknown-field":
        assert {one.value for one in issues} == {None if value is None else printable(value)}


def test_a_field_that_is_missing_is_named() -> None:
    (issue,) = found({name: value for name, value in PLACE.items() if name != "name"})
    assert (issue.rule, issue.field, issue.value) == ("missing-field", "name", None)
    assert "name" in issue.message


def test_a_record_without_its_key_is_told_so() -> None:
    (issue,) = found({name: value for name, value in PLACE.items() if name != "place_id"})
    assert (issue.rule, issue.record) == ("missing-field", "None")


def test_rules_across_cells_wait_until_each_cell_is_right() -> None:
    issues = found(PLACE | {"longitude": None, "name": None})
    assert [one.rule for one in issues] == ["required"]


def test_both_rules_across_cells_are_told() -> None:
    issues = found(PLACE | {"latitude": None, "wikidata": "Q1"})
    assert {one.rule for one in issues} == {"coordinates-in-pairs", "coordinates-have-basis"}


def test_a_record_that_the_csv_has_alike_is_told_there() -> None:
    spoilt = PLACE | {"name": None}
    cells = (CELLS[0], "", *CELLS[2:])
    (issue,) = found(PLACE, spoilt, csv=(CELLS, cells))
    assert (issue.file, issue.line, issue.record) == ("data/places.csv", 3, "dock")
    (issue,) = found(PLACE, spoilt, csv=(cells, CELLS))
    assert (issue.file, issue.line) == (DATASET, None)
    (issue,) = found(PLACE, spoilt, csv=(cells,))
    assert (issue.file, issue.line) == (DATASET, None)
    (issue,) = found(PLACE, PLACE, spoilt, csv=(cells,))
    assert (issue.file, issue.line) == (DATASET, None)


@pytest.mark.parametrize(
    ("document", "rule", "field"),
    [
        ([], "csv-json-table", None),
        ({table: [] for table in TABLES} | {"places": {}}, "csv-json-table", "places"),
        ({table: [] for table in TABLES} | {"more": []}, "csv-json-table", "more"),
        ({table: [] for table in TABLES if table != "places"}, "csv-json-table", "places"),
        ({table: [] for table in TABLES} | {"places": [5]}, "type", "places"),
    ],
)
def test_a_document_of_another_shape_is_told_once(
    document: object, rule: str, field: str | None
) -> None:
    (issue,) = checked(jsonfile.render(document))
    assert (issue.rule, issue.file, issue.field) == (rule, DATASET, field)
    assert issue.found_by == ("jsonschema",)
