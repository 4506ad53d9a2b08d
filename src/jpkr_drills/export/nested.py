"""Nested JSON: an event with its parties, places and claims, a claim with its speakers and relations."""

from __future__ import annotations

from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK, Source
from jpkr_drills.jsonfile import render
from jpkr_drills.model.records import Claim, Event

_FLAT = ("segments", "parties", "places", "mentions", "codes")


def contents(source: Source) -> dict[str, bytes]:
    """One object: ``package``, ``events`` and ``claims``, and the other records as they are."""
    dataset = source.dataset
    claims = {claim.claim_id: _claim(dataset, claim) for claim in dataset.claims}
    document = {
        "generator": MARK,
        "package": source.about,
        "events": [_event(dataset, event, claims) for event in dataset.events],
        "claims": list(claims.values()),
        **{name: [record.model_dump() for record in dataset.tables[name]] for name in _FLAT},
    }
    return {source.name: render(document)}


def _linked(dataset: Dataset, table: str, column: str, key: str, target: str, text: str) -> list[dict[str, Any]]:
    """The links of a record without its own id, each with a text of the record that it leads to."""
    found: list[dict[str, Any]] = []
    for link in dataset.linked(table, column, key):
        other = dataset.tables[link.TABLE.foreign_keys[target]][getattr(link, target)]
        said = {name: value for name, value in link if name != column and value is not None}
        found.append({**said, text: getattr(other, text)})
    return found


def _claim(dataset: Dataset, claim: Claim) -> dict[str, Any]:
    key = claim.claim_id
    parties = _linked(dataset, "claim_parties", "claim_id", key, "party_id", "name")

    def of(role: str) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in one.items() if name != "role"} for one in parties if one["role"] == role
        ]

    return {
        **claim.model_dump(),
        "speakers": of("speaker"),
        "relays": of("relayed_by"),
        "about": of("about"),
        "events": _linked(dataset, "claim_events", "claim_id", key, "event_id", "title"),
        "places": _linked(dataset, "claim_places", "claim_id", key, "place_id", "name"),
        "relations": _linked(dataset, "claim_relations", "claim_id", key, "related_claim_id", "statement"),
    }


def _event(dataset: Dataset, event: Event, claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
    key = event.event_id
    return {
        **event.model_dump(),
        "parties": _linked(dataset, "event_parties", "event_id", key, "party_id", "name"),
        "places": _linked(dataset, "event_places", "event_id", key, "place_id", "name"),
        "relations": _linked(dataset, "event_relations", "event_id", key, "related_event_id", "title"),
        "claims": [claims[link.claim_id] for link in dataset.linked("claim_events", "event_id", key)],
    }
