"""Nested JSON: an event with its parties, places and claims, a claim with its speakers and relations."""

from __future__ import annotations

from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK, Source
from jpkr_drills.jsonfile import render
from jpkr_drills.model.records import TABLES, Claim, Event
from jpkr_drills.show import TELLING

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


def _claim(dataset: Dataset, claim: Claim) -> dict[str, Any]:
    return {
        **claim.model_dump(),
        "speakers": _linked(dataset, claim, "claim_parties", role="speaker"),
        "relays": _linked(dataset, claim, "claim_parties", role="relayed_by"),
        "about": _linked(dataset, claim, "claim_parties", role="about"),
        "events": _linked(dataset, claim, "claim_events"),
        "places": _linked(dataset, claim, "claim_places"),
        "relations": _linked(dataset, claim, "claim_relations"),
    }


def _event(dataset: Dataset, event: Event, claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        **event.model_dump(),
        "parties": _linked(dataset, event, "event_parties"),
        "places": _linked(dataset, event, "event_places"),
        "relations": _linked(dataset, event, "event_relations"),
        "claims": [claims[link.claim_id] for link in dataset.linked("claim_events", "event_id", event)],
    }


def _linked(dataset: Dataset, record: Claim | Event, table: str, role: str | None = None) -> list[dict[str, Any]]:
    """The links of a record without its own id, each with what tells the record that it leads to in words.

    With ``role``, those in that role, which they then don't say.
    """
    (own,) = record.TABLE.key
    ((far, target),) = (end for end in TABLES[table].TABLE.foreign_keys.items() if end[0] != own)
    found: list[dict[str, Any]] = []
    for link in dataset.linked(table, own, record):
        said = link.model_dump(exclude={own}, exclude_none=True)
        if role is None or said.pop("role") == role:
            found.append({**said, TELLING[target]: getattr(dataset.tables[target][said[far]], TELLING[target])})
    return found
