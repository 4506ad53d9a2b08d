"""Records from rows: every fault is named, in words that say how to mend it."""

from __future__ import annotations

import difflib

import pytest

from helpers import rows
from jpkr_drills.cells import columns
from jpkr_drills.models import TABLES, Record
from jpkr_drills.records import RecordFault, cell_fault, key_of, record_of, typed
from jpkr_drills.rules import RULES

EVENT = tuple(next(row for row in rows("events") if row["event_id"] == "camp-david-summit").values())


def faults(table: str, cells: tuple[str, ...], **change: str) -> list[RecordFault]:
    names = list(columns(table))
    changed = list(cells)
    for name, cell in change.items():
        changed[names.index(name)] = cell
    built = record_of(table, typed(table, tuple(changed)))
    return built if isinstance(built, list) else []


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_the_data_is_a_record(table: str) -> None:
    for row in rows(table):
        assert isinstance(record_of(table, typed(table, tuple(row.values()))), Record)


def test_cells_become_numbers_text_or_nothing() -> None:
    cells = ("camp-david", "Camp David", "facility", "39.648", "", "point", "")
    assert typed("places", cells) == {
        "place_id": "camp-david",
        "name": "Camp David",
        "place_type": "facility",
        "latitude": 39.648,
        "longitude": None,
        "coordinate_basis": "point",
        "wikidata": None,
    }


def test_a_number_that_cannot_be_read_stays_text() -> None:
    assert typed("segments", ("p0s1", "00", "1", "0", "5", ""))["paragraph"] == "00"


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"title": ""}, "required", "title"),
        ({"status": ""}, "required", "status"),
        ({"status": "occured"}, "enum", "status"),
        ({"cameo": "42"}, "pattern", "cameo"),
        ({"event_id": "Camp David"}, "pattern", "event_id"),
        ({"title": "x" * 121}, "max-length", "title"),
        ({"description": "No full stop"}, "pattern", "description"),
        ({"date": "2023-02-30"}, "pattern", "date"),
        ({"date": ""}, "date-fits-basis", "date"),
        ({"date": "2023/2022"}, "date-interval-order", "date"),
    ],
)
def test_a_fault_has_its_rule_and_field(change: dict[str, str], rule: str, field: str) -> None:
    assert [(one.rule, one.field) for one in faults("events", EVENT, **change)] == [(rule, field)]


@pytest.mark.parametrize(
    ("cell", "rule"), [("-1", "minimum"), ("1000000000", "maximum"), ("007", "type"), ("", "required")]
)
def test_a_number_out_of_bounds_or_form_is_a_fault(cell: str, rule: str) -> None:
    cells = tuple(rows("segments")[0].values())
    (fault,) = faults("segments", cells, start=cell)
    assert (fault.rule, fault.field) == (rule, "start")


def test_all_faults_of_a_row_are_named() -> None:
    found = faults("events", EVENT, status="x", cameo="x", title="")
    assert {one.field for one in found} == {"status", "cameo", "title"}


def test_all_broken_rules_across_cells_are_named() -> None:
    cells = ("p0s1", "0", "2", "9", "5", "0" * 64)
    assert {one.rule for one in faults("segments", cells)} == {"segment-id-parts", "end-after-start"}


def test_a_code_that_is_nearly_right_is_suggested() -> None:
    (fault,) = faults("events", EVENT, status="occured")
    assert fault.hint is not None
    assert fault.hint.startswith("did you mean occurred?")
    assert "planned" in fault.hint


def test_a_form_that_can_be_read_is_named() -> None:
    (fault,) = faults("events", EVENT, cameo="4")
    assert fault.hint is not None
    assert "0[1-9]" in fault.hint


def test_a_code_that_lost_its_leading_zero_is_given_it_back() -> None:
    (fault,) = faults("events", EVENT, cameo="42")
    assert fault.hint is not None
    assert "did you mean 042?" in fault.hint


@pytest.mark.parametrize("cell", ["39,648", "1,000"])
def test_a_comma_in_a_number_is_named(cell: str) -> None:
    found = record_of("places", {**dict.fromkeys(columns("places")), "latitude": cell})
    assert isinstance(found, list)
    (hint,) = {one.hint for one in found if one.field == "latitude"}
    assert hint is not None
    assert "not a comma" in hint


def test_only_short_texts_are_compared_with_the_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difflib, "get_close_matches", None)
    (fault,) = faults("events", EVENT, status="x" * 101)
    assert fault.rule == "enum"


def test_a_record_without_or_with_more_fields_is_told_so() -> None:
    row = typed("events", EVENT)
    built = record_of("events", {**row, "more": 1})
    assert isinstance(built, list)
    assert [one.rule for one in built] == ["unknown-field"]
    del row["title"]
    built = record_of("events", row)
    assert isinstance(built, list)
    assert [(one.rule, one.field) for one in built] == [("missing-field", "title")]


def test_a_rule_across_cells_is_told_in_the_words_of_the_rule() -> None:
    (fault,) = faults("events", EVENT, date="")
    asked = RULES["date-fits-basis"].asks
    assert fault.message == f"breaks the rule: {asked[0].lower()}{asked[1:].rstrip('.')}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "empty"),
        ({"title": "x" * 121}, "120 characters"),
        ({"status": "occured"}, "codes"),
        ({"cameo": "42"}, "leading zero"),
        ({"cameo": "4x2"}, "form"),
    ],
)
def test_the_message_says_what_is_asked_for(change: dict[str, str], told: str) -> None:
    (fault,) = faults("events", EVENT, **change)
    assert told in fault.message
    assert fault.value == (next(iter(change.values())) or None)


@pytest.mark.parametrize(("cell", "told"), [("-1", "below 0"), ("1000000000", "above 999999999")])
def test_the_bound_of_a_number_is_told(cell: str, told: str) -> None:
    (fault,) = faults("segments", tuple(rows("segments")[0].values()), start=cell)
    assert told in fault.message


def test_a_code_like_no_other_has_no_suggestion() -> None:
    (fault,) = faults("events", EVENT, status="zzz")
    assert str(fault.hint).startswith("use one of: occurred, ongoing, halted, planned, expected")


def test_a_form_too_long_to_read_is_told_in_words() -> None:
    (fault,) = faults("events", EVENT, description="No full stop")
    assert "full stop" in str(fault.hint)
    assert "[^" not in str(fault.hint)


def test_a_key_of_several_parts_is_joined_by_slashes() -> None:
    row = {"event_id": "e", "party_id": "p", "role": "actor"}
    assert key_of("event_parties", row) == "e/p/actor"
    assert key_of("event_parties", {"event_id": "e"}) == "e/None/None"


def test_a_decimal_comma_is_told_where_the_value_is_no_number_and_nowhere_else() -> None:
    assert "decimal point" in (cell_fault("type", "latitude", "1,5", {}).hint or "")
    assert "decimal point" not in (cell_fault("pattern", "name", "1,5", {"pattern": "[a-z]"}).hint or "")


def test_an_empty_cell_is_told_so() -> None:
    assert cell_fault("required", "title", None, {}).message == "must not be empty"


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_finite_number_is_of_the_wrong_type(number: float) -> None:
    row = typed("places", ("a", "A", "sea", "1.5", "2.5", "centroid", "")) | {"latitude": number}
    found = record_of("places", row)
    assert isinstance(found, list)
    assert [(fault.rule, fault.field) for fault in found] == [("type", "latitude")]
