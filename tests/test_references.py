"""References: keys and links of a few rows in memory."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from helpers import Memory, table_file
from jpkr_drills.checks import references
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package

Rows = Sequence[tuple[str, ...]]


def place(name: str, title: str = "") -> tuple[str, ...]:
    return (name, title or name.title(), "facility", "", "", "none", "")


def found(*, lost: str = "", **tables: Rows) -> list[Issue]:
    files = {table: table_file(table, tables.get(table, []), whole=table != lost) for table in TABLES}
    return list(references.check(Package(Memory({}), tables=files)))


def test_each_further_row_of_a_key_is_told_with_the_first_line() -> None:
    issues = found(places=[place("a"), place("b"), place("a"), place("a")])
    assert [(one.rule, one.line, one.record, one.field, one.value) for one in issues] == [
        ("duplicate-key", 4, "a", "place_id", "a"),
        ("duplicate-key", 5, "a", "place_id", "a"),
    ]
    assert all("line 2" in one.message for one in issues)
    assert {one.file for one in issues} == {"data/places.csv"}


def test_a_key_of_several_columns_names_them_all() -> None:
    link = ("e", "p", "at")
    issues = found(places=[place("p")], event_places=[link, link], lost="events")
    assert [(one.record, one.field) for one in issues] == [("e/p/at", "event_id, place_id, relation")]


def test_a_value_given_again_is_told_with_the_first_line() -> None:
    issues = found(places=[place("a", "X"), place("b", "Y"), place("c", "X"), place("d", "X")])
    assert [(one.rule, one.line, one.record, one.field, one.value) for one in issues] == [
        ("duplicate-value", 4, "c", "name", "X"),
        ("duplicate-value", 5, "d", "name", "X"),
    ]
    assert all("line 2" in one.message for one in issues)


def test_a_row_given_twice_does_not_hide_a_value_given_again() -> None:
    issues = found(places=[place("a", "X"), place("a", "X"), place("b", "Y"), place("c", "Y")])
    assert [(one.rule, one.line, one.record) for one in issues] == [
        ("duplicate-key", 3, "a"),
        ("duplicate-value", 5, "c"),
    ]


@pytest.mark.parametrize("spoilt", ["", "x" * 200])
def test_a_value_that_is_empty_or_without_its_form_is_not_compared(spoilt: str) -> None:
    rows = [(name, spoilt, *place(name)[2:]) for name in ("a", "b")]
    assert found(places=rows) == []


def test_a_value_without_its_form_does_not_hide_the_next() -> None:
    rows = [place("a", "x" * 200), place("b", "Y"), place("c", "Y")]
    assert [one.record for one in found(places=rows)] == ["c"]


def test_a_link_that_leads_nowhere_names_table_and_near_ids() -> None:
    issues = found(
        events=[("camp-davis", *[""] * 10)],
        places=[place("camp-david"), place("camp-dawid"), place("camp-davit"), place("camp-davib")],
        event_places=[("camp-davis", "camp-davis", "at")],
    )
    (issue,) = (one for one in issues if one.rule == "foreign-key")
    assert (issue.file, issue.line, issue.record) == (
        "data/event_places.csv",
        2,
        "camp-davis/camp-davis/at",
    )
    assert (issue.field, issue.value) == ("place_id", "camp-davis")
    assert "place_id in data/places.csv" in issue.message
    assert issue.hint.startswith("did you mean camp-dav")
    assert issue.hint.count(" or camp-da") == 2


def test_an_id_that_is_nowhere_is_told_once_for_all_its_rows() -> None:
    places = [place("dock"), place("dune"), place("dome")]
    links = [("e", "docks", "at"), ("e", "dune", "at")]
    (issue,) = found(places=places, event_places=links, lost="events")
    assert issue.message == "there is no such place_id in data/places.csv"
    assert issue.hint.startswith("did you mean dock?")
    (issue,) = found(places=places, event_places=[*links, ("f", "docks", "at")], lost="events")
    assert issue.line == 2
    assert issue.message.endswith("data/places.csv, nor for 1 more row")
    assert issue.hint.startswith("data/places.csv:2 has dock, which no row points to")
    links += [("f", "docks", "at"), ("g", "docks", "at")]
    (issue,) = found(places=places, event_places=links, lost="events")
    assert issue.message.endswith("data/places.csv, nor for 2 more rows")


def test_of_several_ids_that_no_row_points_to_the_nearest_is_named() -> None:
    places = [place("dome-abcde"), place("dome-abcd")]
    links = [("e", "dome-abc", "at"), ("f", "dome-abc", "at")]
    (issue,) = found(places=places, event_places=links, lost="events")
    assert issue.hint.startswith("data/places.csv:3 has dome-abcd,")


def test_an_id_like_no_other_has_no_suggestion() -> None:
    (issue,) = found(places=[place("dock")], event_places=[("e", "zzz", "at")], lost="events")
    assert issue.hint.startswith("use an id of data/places.csv")


def test_suggestions_end_after_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "SUGGESTIONS", 2)
    links = [("e", f"dock-{i}", "at") for i in range(4)]
    issues = found(places=[place("dock")], event_places=links, lost="events")
    assert ["did you mean" in one.hint for one in issues] == [True, True, False, False]


@pytest.mark.parametrize(("searched", "suggested"), [(2, True), (1, False)])
def test_of_very_many_ids_none_is_suggested(
    monkeypatch: pytest.MonkeyPatch, searched: int, suggested: bool
) -> None:
    monkeypatch.setattr(references, "SEARCHED", searched)
    places = [place("dock"), place("dune")]
    (issue,) = found(places=places, event_places=[("e", "docks", "at")], lost="events")
    assert ("did you mean" in issue.hint) is suggested


@pytest.mark.parametrize("target", [[], [place("A B")]])
def test_links_into_a_table_that_is_not_sound_are_not_judged(target: Rows) -> None:
    link = [("e", "dock", "at")]
    assert found(places=target, event_places=link, lost="" if target else "places")[1:] == []
    assert all(one.field == "event_id" for one in found(places=target, event_places=link, lost="places"))


def test_a_link_without_its_form_is_left_to_the_record_engines() -> None:
    assert found(places=[place("a")], event_places=[("e", "A B", "at")], lost="events") == []


def test_a_link_may_be_empty() -> None:
    party = ("alba", "Alba", "state", "", "", "", "", "A town.")
    assert found(parties=[party]) == []
    child = ("bert", "Bert", "person", "nobody", "", "", "", "A man.")
    assert [one.field for one in found(parties=[party, child])] == ["parent_party_id"]
