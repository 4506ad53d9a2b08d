"""frictionless on tables in memory: which links it follows, and how its errors are told."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from helpers import Memory, table_file
from jpkr_drills import csvfile
from jpkr_drills.cells import columns
from jpkr_drills.checks import by_frictionless
from jpkr_drills.frames import MissingExtra
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, table_path

Rows = list[tuple[str, ...]]
DOCK = ("dock", "Dock", "facility", "", "", "none", "")


def party(name: str, parent: str) -> tuple[str, ...]:
    return (name, name.title(), "public", parent, "", "", "", "Somebody.")


def found(**tables: Rows) -> list[Issue]:
    given = {table: tables.get(table, []) for table in TABLES}
    files = {table_path(name): csvfile.write(tuple(columns(name)), rows) for name, rows in given.items()}
    read = {name: table_file(name, rows) for name, rows in given.items()}
    return list(by_frictionless.check(Package(Memory(files), tables=read)))


def test_a_link_inside_one_table_is_followed() -> None:
    assert found(parties=[party("a", ""), party("b", "a")]) == []
    (issue,) = found(parties=[party("a", "c"), party("b", "a")])
    assert (issue.rule, issue.file, issue.line) == ("foreign-key", "data/parties.csv", 2)
    assert issue.field == "parent_party_id"


@pytest.mark.parametrize(("place", "seen"), [("quay", True), ("A B", False)])
def test_a_link_is_followed_only_into_keys_that_are_sound(place: str, seen: bool) -> None:
    target = (place, *DOCK[1:])
    issues = found(places=[target], claim_events=[], event_places=[("e", "dock", "at")])
    followed = {one.field for one in issues if one.rule == "foreign-key"}
    assert ("place_id" in followed) is seen
    assert "event_id" in followed


@pytest.mark.parametrize(
    ("cells", "rule", "field"),
    [
        ({1: ""}, "required", "name"),
        ({2: "facilty"}, "enum", "place_type"),
        ({0: "A B"}, "pattern", "place_id"),
        ({1: "x" * 121}, "max-length", "name"),
        ({3: "-90.5"}, "minimum", "latitude"),
        ({3: "90.5"}, "maximum", "latitude"),
        ({3: "north"}, "type", "latitude"),
        ({1: " Dock"}, "pattern", "name"),
    ],
)
def test_an_error_of_a_cell_has_rule_line_field_and_value(
    cells: dict[int, str], rule: str, field: str
) -> None:
    row = tuple(cells.get(at, cell) for at, cell in enumerate(DOCK))
    (issue,) = found(places=[("a", "A", *DOCK[2:]), row])
    assert (issue.rule, issue.file, issue.line, issue.field) == (rule, "data/places.csv", 3, field)
    (value,) = cells.values()
    assert (issue.value or "")[:80] == value[:80]
    assert issue.found_by == ("frictionless",)


def test_a_cell_that_is_wrong_in_two_rows_is_two_errors() -> None:
    issues = found(places=[(name, name.upper(), "facilty", *DOCK[3:]) for name in ("a", "b")])
    assert [(one.rule, one.line) for one in issues] == [("enum", 2), ("enum", 3)]


def test_a_key_given_twice_is_told() -> None:
    (issue,) = found(places=[DOCK, ("dock", "Other", *DOCK[2:])])
    assert (issue.rule, issue.line) == ("duplicate-key", 3)


def test_without_frictionless_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "frictionless", None)
    with pytest.raises(MissingExtra, match=r"frictionless .*\[validate\]"):
        found()


def test_a_table_that_frictionless_passes_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = by_frictionless._report

    def half(contents: Mapping[str, bytes], targets: Collection[str]) -> Any:
        return whole({"parties": contents["parties"]}, targets)

    monkeypatch.setattr(by_frictionless, "_report", half)
    (issue,) = found()
    assert (issue.rule, issue.file) == ("frictionless", "datapackage.json")
    assert issue.message == "it checked only parties"


def test_an_error_of_the_whole_is_told_of_the_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = SimpleNamespace(tasks=[], errors=[SimpleNamespace(message="It is odd.")])
    monkeypatch.setattr(by_frictionless, "_report", lambda contents, targets: odd)
    (issue,) = found()
    assert (issue.rule, issue.file, issue.message) == ("frictionless", "datapackage.json", "It is odd.")


def test_an_error_of_another_kind_is_told_in_its_own_words() -> None:
    said = {"rowNumber": 3, "fieldName": "name", "cell": "x", "note": "odd"}
    error = SimpleNamespace(type="odd-error", message="It is odd.", to_dict=lambda: said)
    issue = by_frictionless._issue("places", error)
    assert (issue.rule, issue.file, issue.line, issue.field) == (
        "frictionless",
        "data/places.csv",
        3,
        "name",
    )
    assert (issue.value, issue.message) == ("x", "It is odd.")
    error.type = "constraint-error"
    assert by_frictionless._issue("places", error).rule == "frictionless"


def test_marks_that_look_like_a_delimiter_are_text() -> None:
    said = "The bars are |'one'| and |'two'| there."
    assert found(parties=[(*party("a", "")[:7], said)]) == []


def test_a_space_behind_a_comma_is_kept() -> None:
    quoting = (*party("a", "")[:7], "He said, 'no', and left.")
    (issue,) = found(parties=[quoting, ("b", " B", *party("b", "")[2:])])
    assert (issue.rule, issue.field, issue.line) == ("pattern", "name", 3)


def test_of_very_many_errors_in_a_table_only_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_frictionless, "ERRORS_LIMIT", 2)
    wrong: Rows = [("a b", *DOCK[1:]), ("b c", *DOCK[1:]), ("c d", *DOCK[1:])]
    assert [one.line for one in found(places=wrong)] == [2, 3]
