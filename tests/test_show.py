"""show: claims with who says them and what they are about, names beside ids, arrows both ways."""

from __future__ import annotations

import pytest

from jpkr_drills import Dataset
from jpkr_drills.model.records import TABLES
from jpkr_drills.show import show


def test_the_overview_has_every_table_and_the_core_of_the_article_in_its_order(dataset: Dataset) -> None:
    text = show(dataset)
    assert text.startswith(f"{dataset.title} ({dataset.version})\n")
    assert all(f"{len(table):>6} {name} " in text for name, table in dataset.tables.items())
    core = [one.claim_id for one in dataset.claims if one.salience == "core" and one.proposition_id == one.claim_id]
    assert [line.split()[0] for line in text.splitlines() if line.startswith("p")] == core


def test_claims_have_speakers_certainty_and_what_they_are_about(dataset: Dataset) -> None:
    text = show(dataset, "claims")
    assert [line.split()[0] for line in text.splitlines()[::2]] == dataset.claims.ids()
    for claim in dataset.claims:
        line = text.splitlines()[2 * dataset.claims.ids().index(claim.claim_id) + 1]
        assert f" · {claim.certainty} · " in line
        assert all(party.name in line for party in dataset.speakers_of(claim.claim_id))


def test_a_claim_tells_its_relations_in_words_both_ways(dataset: Dataset) -> None:
    link = next(one for one in dataset.claim_relations if one.relation == "in_tension_with")
    here, there = dataset.claims[link.claim_id], dataset.claims[link.related_claim_id]
    assert f"  → in tension with: {there.statement} ({there.claim_id}) — {link.note}" in show(dataset, here.claim_id)
    assert f"  ← in tension with this: {here.statement} ({here.claim_id}) — {link.note}" in show(
        dataset, there.claim_id
    )


def test_names_stand_beside_ids(dataset: Dataset) -> None:
    text = show(dataset, "camp-david-summit")
    assert "  → participant: Japan (japan)\n" in text
    assert "  → at: Camp David (camp-david)\n" in text
    for claim in dataset.claims_about("camp-david-summit"):
        assert f"  ← claim: {claim.statement} ({claim.claim_id})\n" in text
    assert "  parent_party_id  Japan (japan)\n" in show(dataset, "japan-defense-ministry")
    assert show(dataset, "event_places").startswith("Summit at Camp David (camp-david-summit) → at → Camp David (")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_a_record_of_it_are_shown(dataset: Dataset, table: str) -> None:
    assert len(show(dataset, table).splitlines()) >= len(dataset.tables[table])
    key = dataset.tables[table].ids()[-1]
    text = show(dataset, key)
    assert all(f"\n  {name} " in text for name in TABLES[table].model_fields)


def test_an_unknown_name_names_the_closest(dataset: Dataset) -> None:
    with pytest.raises(LookupError, match=r"closest are .*camp-david-summit"):
        show(dataset, "camp-davd-summit")


def test_a_cell_can_steer_neither_terminal_nor_runner(dataset: Dataset) -> None:
    event = dataset.events["camp-david-summit"].model_copy(update={"title": "Summit \x1b[2J ##vso[task.complete]"})
    records = {name: list(table) for name, table in dataset.tables.items()}
    records["events"] = [event if one.event_id == event.event_id else one for one in dataset.events]
    spoilt = Dataset(records, title="\x1b[2J\nTitle", version="##vso[x]", path="")
    for what in (None, "events", "camp-david-summit", "camp-david", "event_places"):
        text = show(spoilt, what)
        assert "\x1b" not in text
        assert "##vso[" not in text
