"""Showing: the dataset, a table or a record as text."""

from __future__ import annotations

import pytest

from helpers import rows
from jpkr_drills import Dataset
from jpkr_drills.models import TABLES
from jpkr_drills.showing import NotInDatasetError, show


def test_the_overview_has_every_table_with_its_count_and_the_events(dataset: Dataset) -> None:
    lines = show(dataset).splitlines()
    assert lines[0] == f"{dataset.title} ({dataset.version})"
    for table, line in zip(TABLES, lines[1:14], strict=True):
        assert line.split()[:2] == [str(len(rows(table))), table]
    assert all(any(line.startswith(event) for line in lines) for event in dataset.events.ids())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_a_header_and_a_line_for_each_record(dataset: Dataset, table: str) -> None:
    lines = show(dataset, table).splitlines()
    assert len(lines) == len(rows(table)) + 1
    assert lines[0].split()[0] == next(iter(TABLES[table].model_fields))
    assert not any(line != line.rstrip() for line in lines)


def test_a_record_has_every_column_and_what_links_to_it(dataset: Dataset) -> None:
    text = show(dataset, "camp-david-summit")
    assert text.startswith("events camp-david-summit\n")
    for name in TABLES["events"].model_fields:
        assert f"\n  {name:<17}" in text
    assert "<- event_parties: party_id japan, role participant" in text
    assert "<- event_places: place_id camp-david, relation at" in text


def test_an_empty_cell_is_said_to_be_not_stated(dataset: Dataset) -> None:
    assert "date             (not stated)" in show(dataset, "joint-statement")


def test_a_zero_is_shown(dataset: Dataset) -> None:
    assert "start            0\n" in show(dataset, "p0s1")


def test_a_record_with_a_composite_key_is_shown(dataset: Dataset) -> None:
    key = dataset.event_places[0].key()
    assert show(dataset, key).startswith(f"event_places {key}\n")


def test_a_record_that_is_linked_by_id_is_named_by_its_own(dataset: Dataset) -> None:
    assert "<- claims: p0s1-1\n" in show(dataset, "p0s1")


def test_an_unknown_name_names_the_closest(dataset: Dataset) -> None:
    with pytest.raises(NotInDatasetError, match=r"closest are .*camp-david-summit"):
        show(dataset, "camp-davd-summit")
    with pytest.raises(NotInDatasetError, match=r"no table and no record '@@@@'\Z"):
        show(dataset, "@@@@")


def test_a_title_cannot_steer_the_terminal(dataset: Dataset) -> None:
    hostile = Dataset(dict(dataset.tables), title="\x1b[2J\nTitle", version="\x1b]0;x\x07", path="")
    assert show(hostile).splitlines()[0] == r"\x1b[2J\nTitle (\x1b]0;x\x07)"
    assert "\x1b" not in repr(hostile)


def test_a_cell_cannot_steer_a_runner(dataset: Dataset) -> None:
    event = dataset.events["camp-david-summit"]
    changed = event.model_copy(update={"title": "Summit ##vso[task.complete]"})
    records = {name: list(table) for name, table in dataset.tables.items()}
    spoilt = Dataset({**records, "events": [changed]}, title="", version="", path="")
    assert "##vso[" not in show(spoilt, "events") + show(spoilt, "camp-david-summit")
