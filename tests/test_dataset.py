"""Dataset: every link is followed as the rows of the files say."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable

import numpy as np
import pytest

from helpers import rows
from jpkr_drills import Dataset
from jpkr_drills.model.records import TABLES, Record


def ids(records: Iterable[Record]) -> list[str]:
    return [record.key() for record in records]


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_record_is_found_by_its_key(dataset: Dataset, table: str) -> None:
    records = dataset.tables[table]
    assert len(records) == len(rows(table))
    for record in records:
        parts = tuple(str(getattr(record, name)) for name in TABLES[table].TABLE.key)
        assert records[record.key()] is record
        assert records[parts] is record
        assert record.key() == record.key()
        assert records.get(parts) is record
    assert [records[i] for i in range(len(records))] == list(records)
    assert records.ids() == ids(records)
    assert records.name == table


def test_tables_are_sequences(dataset: Dataset) -> None:
    claims = dataset.claims
    assert claims[-1] in claims
    assert list(claims[1:3]) == [claims[1], claims[2]]
    assert claims[:3].where(voice="article").ids() == ["p0s1-1", "p0s1-2", "p1s1-1"]
    assert claims[np.int64(1)] is claims[1]
    assert next(reversed(claims)) is claims[-1]
    with pytest.raises(IndexError):
        claims[len(claims)]
    with pytest.raises(TypeError, match="float"):
        claims[1.5]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda d: d.parties_of("camp-david-summit", "participnt"), ValueError, "closest are participant"),
        (lambda d: d.parties_of(0), TypeError, "give a record or its id"),
        (lambda d: d.segments.where(start="0"), TypeError, "start holds numbers"),
        (lambda d: d.events.where(status=["planned"]), TypeError, "status holds texts"),
        (lambda d: d.join("claim"), KeyError, "closest are claims"),
        (lambda d: d.linked("claims", "voice", "x"), KeyError, "no foreign key"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    dataset: Dataset, ask: Callable[[Dataset], object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        ask(dataset)


def test_an_unknown_id_names_the_closest(dataset: Dataset) -> None:
    with pytest.raises(KeyError, match=r"no record 'camp-davd-summit' in events.*camp-david-summit"):
        dataset.events["camp-davd-summit"]
    with pytest.raises(KeyError, match="camp-david-summit/japan/participant"):
        dataset.event_parties["camp-david-summit", "japan", "participants"]


def test_an_id_that_is_like_no_other_has_no_suggestion(dataset: Dataset) -> None:
    with pytest.raises(KeyError) as caught:
        dataset.events["@@@@"]
    assert "closest" not in str(caught.value)


def test_get_gives_none_where_there_is_nothing(dataset: Dataset) -> None:
    assert dataset.events.get("none") is None
    assert dataset.event_parties.get(("camp-david-summit", "japan", "none")) is None


def test_where_filters_by_columns(dataset: Dataset) -> None:
    expected = [
        row["claim_id"] for row in rows("claims") if row["voice"] == "attributed" and row["polarity"] == "positive"
    ]
    assert expected
    assert ids(dataset.claims.where(voice="attributed", polarity="positive")) == expected
    assert dataset.events.where(date=None)
    assert dataset.claims.where(voice="attributed").to_polars()["voice"].unique().to_list() == ["attributed"]
    with pytest.raises(AttributeError, match="claims has no column 'voices'; the closest are voice"):
        dataset.claims.where(voices="attributed")
    with pytest.raises(ValueError, match="voice has no code 'atributed'; the closest are attributed"):
        dataset.claims.where(voice="atributed")


def test_what_is_shown_has_the_counts(dataset: Dataset) -> None:
    for name, table in dataset.tables.items():
        assert f"{len(rows(name))} {name}" in repr(dataset)
        assert repr(table) == f"<{name}: {len(rows(name))} records>"
    assert dataset.title in repr(dataset)
    assert dataset.version in repr(dataset)


def test_the_tables_are_the_attributes(dataset: Dataset) -> None:
    assert list(dataset.tables) == list(TABLES)
    assert all(getattr(dataset, name) is table for name, table in dataset.tables.items())


@pytest.mark.parametrize("copied", [pickle.dumps, copy.deepcopy])
def test_a_dataset_can_be_copied(dataset: Dataset, copied: object) -> None:
    again = (
        copy.deepcopy(dataset) if copied is copy.deepcopy else pickle.loads(pickle.dumps(dataset))  # noqa: S301
    )
    assert again.claims[:] == dataset.claims[:]


# --- links -----------------------------------------------------------------------------------


def test_parties_of_an_event_by_role(dataset: Dataset) -> None:
    links = rows("event_parties")
    for event in dataset.events.ids():
        mine = [link for link in links if link["event_id"] == event]
        assert ids(dataset.parties_of(event)) == list(dict.fromkeys(link["party_id"] for link in mine))
        for role in {link["role"] for link in links}:
            expected = [link["party_id"] for link in mine if link["role"] == role]
            assert ids(dataset.parties_of(event, role)) == expected


def test_events_of_a_party_by_role(dataset: Dataset) -> None:
    links = rows("event_parties")
    for party in dataset.parties.ids():
        mine = [link for link in links if link["party_id"] == party]
        assert ids(dataset.events_of(party)) == list(dict.fromkeys(link["event_id"] for link in mine))
        expected = [link["event_id"] for link in mine if link["role"] == "actor"]
        assert ids(dataset.events_of(party, "actor")) == expected


def test_places_of_an_event_by_relation(dataset: Dataset) -> None:
    links = rows("event_places")
    for event in dataset.events.ids():
        mine = [link for link in links if link["event_id"] == event]
        assert ids(dataset.places_of(event)) == list(dict.fromkeys(link["place_id"] for link in mine))
        expected = [link["place_id"] for link in mine if link["relation"] == "in"]
        assert ids(dataset.places_of(event, "in")) == expected


def test_claims_about_an_event(dataset: Dataset) -> None:
    links = rows("claim_events")
    for event in dataset.events.ids():
        expected = {link["claim_id"] for link in links if link["event_id"] == event}
        found = ids(dataset.claims_about(event))
        assert set(found) == expected
        assert found == [one for one in dataset.claims.ids() if one in expected]


def test_claims_about_and_by_a_party(dataset: Dataset) -> None:
    links = rows("claim_parties")
    for party in dataset.parties.ids():
        for role, follow in (("about", dataset.claims_about), ("speaker", dataset.claims_by)):
            expected = {link["claim_id"] for link in links if (link["party_id"], link["role"]) == (party, role)}
            found = ids(follow(party))
            assert set(found) == expected
            assert len(found) == len(expected)


def test_speakers_of_a_claim(dataset: Dataset) -> None:
    links = rows("claim_parties")
    for claim in dataset.claims:
        expected = [
            link["party_id"] for link in links if (link["claim_id"], link["role"]) == (claim.claim_id, "speaker")
        ]
        assert ids(dataset.speakers_of(claim.claim_id)) == expected
        assert bool(expected) == (claim.voice == "attributed")


def test_the_segment_of_a_claim(dataset: Dataset) -> None:
    for row in rows("claims"):
        assert dataset.segment_of(row["claim_id"]).segment_id == row["segment_id"]


def test_mentions_of_a_party_or_place(dataset: Dataset) -> None:
    for column, table in (("party_id", dataset.parties), ("place_id", dataset.places)):
        for one in table:
            expected = [row["mention_id"] for row in rows("mentions") if row[column] == one.key()]
            assert ids(dataset.mentions_of(one.key())) == expected


@pytest.mark.parametrize(
    ("method", "closest"),
    [
        ("parties_of", "camp-david-summit"), ("places_of", "camp-david-summit"),
        ("claims_about", "camp-david-summit"), ("events_of", "japan"), ("claims_by", "japan"),
        ("mentions_of", "japan"), ("speakers_of", "p0s1-1"), ("segment_of", "p0s1-1"),
    ],
)  # fmt: skip
def test_a_link_from_an_unknown_id_names_the_closest(dataset: Dataset, method: str, closest: str) -> None:
    with pytest.raises(KeyError, match=closest):
        getattr(dataset, method)(f"{closest}x")


def test_linked_records_of_any_foreign_key(dataset: Dataset) -> None:
    expected = [row["party_id"] for row in rows("parties") if row["parent_party_id"] == "japan"]
    assert ids(dataset.linked("parties", "parent_party_id", "japan")) == expected
    assert dataset.linked("parties", "parent_party_id", "none") == []
    with pytest.raises(KeyError):
        dataset.linked("parties", "name", "Japan")


@pytest.mark.parametrize(
    ("method", "table"),
    [
        ("parties_of", "events"), ("places_of", "events"), ("claims_about", "parties"), ("events_of", "parties"),
        ("claims_by", "parties"), ("mentions_of", "places"), ("speakers_of", "claims"), ("segment_of", "claims"),
    ],
)  # fmt: skip
def test_a_link_from_a_record_is_one_from_its_id(dataset: Dataset, method: str, table: str) -> None:
    for record in dataset.tables[table]:
        assert getattr(dataset, method)(record) == getattr(dataset, method)(record.key())


def test_an_id_of_another_table_is_said_to_be_one(dataset: Dataset) -> None:
    with pytest.raises(KeyError, match="'japan' is a record of parties, not of events"):
        dataset.parties_of("japan")


def test_claims_about_a_place(dataset: Dataset) -> None:
    links = rows("claim_places")
    for place in dataset.places.ids():
        expected = {link["claim_id"] for link in links if link["place_id"] == place}
        assert set(ids(dataset.claims_about(place))) == expected


def test_propositions_are_the_claims_that_make_them_first(dataset: Dataset) -> None:
    expected = [row["claim_id"] for row in rows("claims") if row["claim_id"] == row["proposition_id"]]
    assert dataset.propositions().ids() == expected


def test_datasets_are_equal_by_what_they_say(dataset: Dataset) -> None:
    assert copy.deepcopy(dataset) == dataset
    assert dataset.claims != dataset.claims.where(voice="attributed")
    assert dataset != "dataset"
    assert dataset.claims != "claims"


def test_a_notebook_shows_small_escaped_tables(dataset: Dataset) -> None:
    assert "<td>claims</td>" in dataset._repr_html_()
    assert f"10 of {len(dataset.claims)} rows" in dataset.claims._repr_html_()
    party = dataset.parties[0].model_copy(update={"name": "<script>"})
    assert "&lt;script&gt;" in party._repr_html_()
    assert "rows</p>" not in dataset.places._repr_html_()


# --- join ------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_join_keeps_the_rows_and_adds_every_column_once(dataset: Dataset, table: str) -> None:
    frame = dataset.join(table)
    spec = TABLES[table].TABLE
    width = len(TABLES[table].model_fields)
    width += sum(len(TABLES[target].model_fields) - 1 for target in spec.foreign_keys.values())
    assert len(frame.data) == len(frame.types) == width
    assert {len(column) for column in frame.data.values()} == {len(rows(table))}


def test_a_join_puts_the_record_pointed_to_beside_the_row(dataset: Dataset) -> None:
    data = dataset.join("event_parties").data
    assert list(data)[:5] == ["event_id", "party_id", "role", "event_title", "event_type"]
    for event, title, party, name in zip(
        data["event_id"], data["event_title"], data["party_id"], data["party_name"], strict=True
    ):
        assert dataset.events[event].title == title
        assert dataset.parties[party].name == name


def test_a_join_is_empty_where_the_key_is(dataset: Dataset) -> None:
    data = dataset.join("mentions").data
    for party, name in zip(data["party_id"], data["party_name"], strict=True):
        assert (party is None) == (name is None)


def test_there_is_no_join_of_another_table(dataset: Dataset) -> None:
    with pytest.raises(KeyError):
        dataset.join("none")
