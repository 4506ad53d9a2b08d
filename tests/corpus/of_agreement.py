"""Disagreement of the CSV, ``data/dataset.json`` and the codebook, and tampering, with hashes kept right or not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from corpus.draft import Draft, Json
from corpus.registry import Spoil, defect, register, register_all, unsealed
from helpers import table_path
from jpkr_drills.package.files import CODEBOOK
from tables import both, gone, new, put

# --- data/dataset.json says something else, with the right hash ------------------------------------

_KEYS = {
    "places": ("place_id", "cafe-moewe"),
    "segments": ("segment_id", "p0s1"),
    "parties": ("party_id", "norway"),
    "events": ("event_id", "council-meeting"),
    "claims": ("claim_id", "p0s1-1"),
    "event_places": ("place_id", "cafe-moewe"),
}


def _said(draft: Draft, table: str, changed: Json) -> None:
    """A record of the JSON says something else."""
    field, key = _KEYS[table]
    document = draft.dataset()
    next(record for record in document[table] if record[field] == key).update(changed)
    draft.write_dataset(document)


_SAID: dict[str, tuple[str, Json]] = {
    "json-text-differs": ("places", {"name": "Café Mowe"}),
    "json-text-differs-by-case": ("places", {"name": "café Möwe"}),
    "json-text-decomposed": ("places", {"name": "Cafe\u0301 Möwe"}),
    "json-number-differs": ("segments", {"end": 52}),
    "json-code-differs": ("places", {"place_type": "locality"}),
    "json-filled-for-empty": ("places", {"wikidata": "Q1"}),
    "json-null-for-text": ("parties", {"wikidata": None}),
    "json-null-for-required": ("places", {"name": None}),
    "json-text-as-list": ("places", {"name": ["Café Möwe"]}),
    "json-text-as-object": ("places", {"name": {"en": "Café Möwe"}}),
    "json-text-as-number": ("events", {"cameo": 42}),
    "json-empty-text-for-null": ("places", {"wikidata": ""}),
    "json-number-as-text": ("segments", {"start": "0"}),
    "json-number-as-false": ("segments", {"start": False}),
    "json-whole-number-as-decimal": ("segments", {"start": 0.0}),
    "json-decimal-as-whole-number": ("places", {"latitude": 30}),
    "json-trailing-newline": ("places", {"name": "Café Möwe\n"}),
    "json-id-trailing-newline": ("claims", {"segment_id": "p0s1\n"}),
    "json-extra-field": ("places", {"note": "wooded"}),
    "json-id-malformed": ("places", {"place_id": "Café Möwe"}),
    "json-id-null": ("places", {"place_id": None}),
    "json-part-of-id-malformed": ("event_places", {"place_id": "Café Möwe"}),
}
for _name, (_table, _changed) in _SAID.items():
    register(_name, partial(_said, table=_table, changed=_changed))


def _document(draft: Draft, change: Callable[[Any], object]) -> None:
    """The tables or records of the JSON are not those of the CSV; ``change`` gets them in a list."""
    document: list[Any] = [draft.dataset()]
    draft.mark_line(3)
    change(document)
    draft.write_dataset(document[0])


def _parties(change: Callable[[list[Any]], object]) -> Callable[[Any], object]:
    return lambda document: change(document[0]["parties"])


def _whole(change: Callable[[dict[str, Any]], Any]) -> Callable[[Any], object]:
    return lambda document: document.append(change(document.pop()))


_LOST = {
    "table-missing": _whole(lambda said: {name: rows for name, rows in said.items() if name != "places"}),
    "table-extra": _whole(lambda said: {**said, "sources": []}),
    "table-null": _whole(lambda said: {**said, "places": None}),
    "tables-swapped": _whole(lambda said: dict(reversed(said.items()))),
    "is-array": _whole(lambda said: [said]),
}
_CHANGES = {
    "record-missing": _parties(lambda records: records.pop(1)),
    "record-extra": _parties(lambda records: records.append({**records[-1], "party_id": "zeta", "name": "Zeta"})),
    "record-twice": _parties(lambda records: records.append(records[-1])),
    "records-swapped": _parties(lambda records: records.insert(0, records.pop(1))),
    "fields-swapped": _parties(lambda records: records.append(dict(reversed(records.pop().items())))),
    "fields-sorted": _parties(
        lambda records: records.__setitem__(slice(None), [dict(sorted(one.items())) for one in records])
    ),
    "field-missing": _parties(lambda records: records[0].pop("name")),
    "record-null": _parties(lambda records: records.__setitem__(1, None)),
    "table-misspelt": _whole(lambda said: {{"places": "place"}.get(name, name): rows for name, rows in said.items()}),
    "table-as-object": _whole(lambda said: {**said, "places": {one["place_id"]: one for one in said["places"]}}),
    "is-null": _whole(lambda said: None),
}
for _name, _change in (_CHANGES | _LOST).items():
    register(f"json-{_name}", partial(_document, change=_change))
for _name, _change in _LOST.items():  # and nobody brought the hash up to date
    register(f"tampered-json-{_name}", partial(_document, change=_change), sealed=False)

# --- the CSV says something else, with the right hash ------------------------------------------------


@defect
def csv_cell_changed_with_hash(draft: Draft) -> None:
    draft.replace(table_path("places"), "Café Möwe".encode(), "Café Mowe".encode())
    draft.mark("places", "cafe-moewe")


@defect
def csv_row_removed_with_hash(draft: Draft) -> None:
    lines = draft.read(table_path("event_relations")).splitlines(keepends=True)
    draft.write(table_path("event_relations"), b"".join([lines[0], *lines[2:]]))


@defect
def csv_row_added_with_hash(draft: Draft) -> None:
    line = b"reopening-agreement,prompts,mayor-remarks\n"
    draft.write(table_path("event_relations"), draft.read(table_path("event_relations")) + line)
    draft.mark_line(len(draft.rows("event_relations")) + 2)


# --- tampering that leaves the hashes as they were -----------------------------------------------------

_renamed = put("places", "cafe-moewe", name="Café Mowe")
_ADDED = {"event_id": "reopening-agreement", "relation": "prompts", "related_event_id": "mayor-remarks"}


def _both(draft: Draft) -> None:
    _renamed(draft)
    _said(draft, "places", {"name": "Café Mowe"})


def _forgotten(draft: Draft) -> None:
    """Cell, JSON and the CSV's hash agree; the JSON's hash was forgotten."""
    _both(draft)
    changed = draft.read(table_path("places")).replace("Café Möwe".encode(), "Café Mowe".encode())
    draft.resource("places").update(bytes=len(changed), hash=f"sha256:{hashlib.sha256(changed).hexdigest()}")


register_all(
    {
        "tampered-csv": _renamed,
        "tampered-explicitness": put("claims", "p1s2-3", explicitness="asserted"),
        "tampered-csv-appended-row": new("event_relations", **_ADDED),
        "tampered-csv-removed-row": gone("event_relations", "bridge-closure/precedes/reopening-agreement"),
        "tampered-json": lambda draft: _said(draft, "places", {"name": "Café Mowe"}),
        "tampered-csv-and-json": _both,
        "tampered-codebook": lambda draft: draft.write(CODEBOOK, draft.read(CODEBOOK) + b"Anything goes.\n"),
        "tampered-hash-of-changed-file-only": _forgotten,
        "tampered-many-cells": both(
            *(put("claims", f"p2s2-{number}", statement=f"Number {number}.") for number in (1, 2, 3)),
            put("claims", "p3s1-1", statement="Number 4."),
        ),
    },
    sealed=False,
)


@unsealed
def tampered_files_exchanged(draft: Draft) -> None:
    one, other = table_path("claim_parties"), table_path("event_parties")
    first, second = draft.read(one), draft.read(other)
    draft.write(one, second)
    draft.write(other, first)


@unsealed
def tampered_line_order_with_size(draft: Draft) -> None:
    """The same bytes in another order: the size can't tell."""
    path = table_path("event_places")
    header, one, other = draft.read(path).splitlines(keepends=True)
    draft.write(path, header + other + one)
    draft.mark_line(3)


# --- the codes and the codebook say something else, with the right hash --------------------------------


def _codebook(old: bytes, new: bytes) -> Spoil:
    return lambda draft: draft.replace(CODEBOOK, old, new)


def _without_list(draft: Draft) -> None:
    for row in [row for row in draft.rows("codes") if row["codelist"] == "polarity"]:
        draft.drop("codes", row)


_DEFINED = {"title": "Calm", "definition": "Nothing stirs at all."}
register_all(
    {
        "codebook-block-changed": _codebook(b"| Certain |", b"| Made up |"),
        "codebook-marker-misspelt": _codebook(b"<!-- generated: codes ", b"<!-- generated: cods "),
        "codebook-marker-without-end": _codebook(b"<!-- end -->", b""),
        "codelist-unknown": new("codes", codelist="mood", code="calm", **_DEFINED),
        "codelist-without-table": new("codes", codelist="role", code="actor", **_DEFINED),
        "code-unknown": new("codes", codelist="status", code="calm", **_DEFINED),
        "code-undefined": gone("codes", "status/planned"),
        "codelist-undefined": _without_list,
        "code-title-changed": put("codes", "status/planned", title="Intended"),
        "code-definition-changed": put("codes", "status/planned", definition="It is meant to be."),
        "code-title-decomposed": put("codes", "status/planned", title="Planne\u0301"),
    }
)
