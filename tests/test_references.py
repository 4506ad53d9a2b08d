"""References: keys and links of a few rows in memory."""

from __future__ import annotations

import pytest

import synthetic
from coding import Coding
from jpkr_drills.checks import references
from jpkr_drills.issues import Issue
from tables import both, new, put


@pytest.fixture
def coding() -> Coding:
    return synthetic.coding()


def found(coding: Coding) -> list[Issue]:
    return list(references.check(coding.package()))


def test_each_further_row_of_a_key_is_told_with_the_first_line(coding: Coding) -> None:
    for _ in range(2):
        coding.add("places", "cafe-moewe", name="Elsewhere")
    issues = [one for one in found(coding) if one.rule == "duplicate-key"]
    assert [(one.line, one.record, one.field, one.value) for one in issues] == [
        (3, "cafe-moewe", "place_id", "cafe-moewe"),
        (4, "cafe-moewe", "place_id", "cafe-moewe"),
    ]
    assert all("line 2" in one.message for one in issues)


def test_a_value_given_again_is_told_with_the_first_line(coding: Coding) -> None:
    put("places", "old-ferry-bridge", name="Café Möwe")(coding)
    (issue,) = found(coding)
    assert (issue.rule, issue.line, issue.record, issue.field, issue.value) == (
        *("duplicate-value", 4, "old-ferry-bridge", "name"),
        "Café Möwe",
    )
    assert "line 2" in issue.message


def test_a_value_of_a_row_that_is_no_record_is_not_compared(coding: Coding) -> None:
    both(put("places", "old-ferry-bridge", name="Café Möwe"), put("places", "cafe-moewe", place_type="tavern"))(coding)
    assert found(coding) == []


def test_a_link_that_leads_nowhere_names_table_and_near_ids(coding: Coding) -> None:
    coding.add("claim_events", claim_id="p0s1-1", event_id="council-meetings")
    (issue,) = found(coding)
    assert (issue.file, issue.line, issue.record) == ("data/claim_events.csv", 3, "p0s1-1/council-meetings")
    assert (issue.field, issue.value) == ("event_id", "council-meetings")
    assert "event_id in data/events.csv" in issue.message
    assert issue.hint.startswith("did you mean council-meeting?")


def test_an_id_that_is_nowhere_is_told_once_for_all_its_rows(coding: Coding) -> None:
    for claim in ("p0s1-1", "p1s1-1", "p1s2-1"):
        coding.add("claim_events", claim_id=claim, event_id="zzz")
    (issue,) = found(coding)
    assert issue.message.endswith("data/events.csv, nor for 2 more rows")
    assert issue.hint.startswith("use an id of data/events.csv")


def test_of_a_row_that_nothing_points_to_the_own_id_may_be_the_wrong_one(coding: Coding) -> None:
    put("parties", "ines-tarrow", party_id="ines-tarow")(coding)
    issue = next(one for one in found(coding) if one.file == "data/claim_parties.csv")
    assert "data/parties.csv:6 has ines-tarow, which no row points to: fix one or the other" in issue.hint


def test_that_everything_points_to_an_empty_table_is_one_fault(coding: Coding) -> None:
    coding.empty("places")
    (issue,) = found(coding)
    assert (issue.file, issue.line, issue.hint) == ("data/places.csv", None, "restore the rows of data/places.csv")
    assert "12 rows of other tables point to it" in issue.message


@pytest.mark.parametrize("spoilt", ["A B", ""])
def test_links_into_a_table_whose_keys_cannot_be_read_are_not_judged(coding: Coding, spoilt: str) -> None:
    both(new("places", "cafe-moewe", place_id=spoilt), new("claim_places", claim_id="p0s1-1", place_id="none"))(coding)
    assert [one.rule for one in found(coding)] == []
