"""Views: one row with all that people join, the same in Python as in SQL; the order of events."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from helpers import rows
from jpkr_drills import Dataset, load
from jpkr_drills.build.documents import filled
from jpkr_drills.export import export
from jpkr_drills.views import VIEWS


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("databases")
    for ending in ("sqlite", "duckdb"):
        assert export(None, folder / f"a.{ending}") == []
    return folder


def test_a_claim_has_those_who_say_it_and_what_it_is_about(dataset: Dataset) -> None:
    for row in dataset.view("claims"):
        links = [link for link in rows("claim_parties") if link["claim_id"] == row["claim_id"]]
        for role, name in (("speaker", "speaker"), ("relayed_by", "relay"), ("about", "about")):
            ids = [link["party_id"] for link in links if link["role"] == role]
            assert row[f"{name}_ids"] == ids
            assert row[f"{name}_names"] == [dataset.parties[one].name for one in ids]
        assert row["event_titles"] == [dataset.events[one].title for one in row["event_ids"]]
        assert row["place_names"] == [dataset.places[one].name for one in row["place_ids"]]


def test_an_event_has_its_parties_by_role_its_places_and_claims(dataset: Dataset) -> None:
    for row in dataset.view("events"):
        event = row["event_id"]
        assert row["party_ids"] == [party.party_id for party in dataset.parties_of(event)]
        assert row["actor_ids"] == [party.party_id for party in dataset.parties_of(event, "actor")]
        assert row["place_ids"] == [place.place_id for place in dataset.places_of(event)]
        assert row["claim_ids"] == [claim.claim_id for claim in dataset.claims_about(event)]


def test_a_mention_has_the_name_of_whom_it_stands_for(dataset: Dataset) -> None:
    for row in dataset.view("mentions"):
        assert row["party_name"] == (dataset.parties[row["party_id"]].name if row["party_id"] else None)
        assert row["place_name"] == (dataset.places[row["place_id"]].name if row["place_id"] else None)


def test_a_proposition_is_there_once_with_every_claim_that_makes_it(dataset: Dataset) -> None:
    view = dataset.view("propositions")
    assert [row["proposition_id"] for row in view] == dataset.propositions().ids()
    assert sorted(one for row in view for one in row["claim_ids"]) == sorted(dataset.claims.ids())
    assert any(len(row["claim_ids"]) > 1 for row in view)
    for row in view:
        made = [dataset.claims[one] for one in row["claim_ids"]]
        assert {claim.proposition_id for claim in made} == {row["proposition_id"]}
        assert row["certainties"] == [claim.certainty for claim in made]
        assert set(row["speaker_ids"]) == {party.party_id for claim in made for party in dataset.speakers_of(claim)}


@pytest.mark.parametrize("view", VIEWS)
def test_sqlite_shows_the_same_view(dataset: Dataset, databases: Path, view: str) -> None:
    frame = dataset.view(view)
    cursor = sqlite3.connect(databases / "a.sqlite").execute(f"SELECT * FROM view_{view}")  # noqa: S608
    names = [part[0] for part in cursor.description]
    found = [{n: json.loads(v) if n in frame.lists else v for n, v in zip(names, row, strict=True)} for row in cursor]
    assert found == list(frame)


@pytest.mark.parametrize("view", VIEWS)
def test_duckdb_shows_the_same_view(dataset: Dataset, databases: Path, view: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(databases / "a.duckdb"), read_only=True) as base:
        cursor = base.execute(f"SELECT * FROM view_{view}")  # noqa: S608
        names = [part[0] for part in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    key = next(iter(dataset.view(view).columns))
    assert sorted(found, key=lambda row: row[key]) == sorted(dataset.view(view), key=lambda row: row[key])


def test_another_view_names_those_there_are(dataset: Dataset) -> None:
    with pytest.raises(KeyError, match="no view 'claim'; the views are claims, events, mentions, propositions"):
        dataset.view("claim")


def test_the_codebook_can_list_the_columns_of_the_views() -> None:
    block = filled("<!-- generated: views -->\n<!-- end -->", {})
    assert "| `claims` | `speaker_names` | Speaker: Says or holds the claim" in block
    assert "`claims` | `sha256`" not in block


# --- the order of events ---------------------------------------------------------------------


def test_the_timeline_has_every_event_behind_all_that_are_earlier(dataset: Dataset) -> None:
    timeline = dataset.timeline()
    seen: set[str] = set()
    for row in timeline:
        assert seen.issuperset(row["earlier_ids"])
        assert row["event_id"] not in row["undecided_ids"]
        assert not set(row["earlier_ids"]) & set(row["undecided_ids"])
        seen.add(row["event_id"])
    assert sorted(seen) == sorted(dataset.events.ids())


def test_dates_and_relations_decide(dataset: Dataset) -> None:
    earlier = {row["event_id"]: row["earlier_ids"] for row in dataset.timeline()}
    assert "drills-suspension" in earlier["camp-david-summit"]  # 2016 and 2023
    assert "yoon-presidency" in earlier["camp-david-summit"]  # since 2022
    assert "colonial-rule" in earlier["resumed-drills"]  # precedes, and precedes again


def test_undecided_reads_both_ways(dataset: Dataset) -> None:
    undecided = {row["event_id"]: row["undecided_ids"] for row in dataset.timeline()}
    assert undecided["us-emphasis"]
    assert all(one in undecided[other] for one, others in undecided.items() for other in others)


def test_events_that_precede_each_other_are_undecided(package: Path) -> None:
    with (package / "data/event_relations.csv").open("a") as stream:
        stream.write("bridge-reopening,precedes,bridge-closure\n")
    found: dict[str, Any] = {row["event_id"]: row for row in load(package).timeline()}
    assert "bridge-reopening" in found["bridge-closure"]["undecided_ids"]
    assert "reopening-agreement" in found["bridge-closure"]["undecided_ids"]
