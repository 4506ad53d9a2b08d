"""Showing: a dataset, a table or a record as text for a person."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from jpkr_drills.dataset import Dataset
from jpkr_drills.issues import printable
from jpkr_drills.models import Record


class NotInDatasetError(LookupError):
    """Neither a table nor a record has that name."""


def show(dataset: Dataset, what: str | None = None) -> str:
    """What ``what`` names: a table, a record by its id, or without a name the whole dataset.

    Raises ``NotInDatasetError`` with the closest ids.
    """
    if what is None:
        return "\n".join(_overview(dataset)) + "\n"
    if what in dataset.tables:
        return "\n".join(_table(dataset, what)) + "\n"
    records = [table[what] for table in dataset.tables.values() if table.get(what) is not None]
    if not records:
        ids = [*dataset.tables, *(key for table in dataset.tables.values() for key in table.ids())]
        close = difflib.get_close_matches(what, ids, n=3, cutoff=0.4)
        near = f"; the closest are {', '.join(close)}" if close else ""
        raise NotInDatasetError(f"no table and no record {what!r}{near}")
    return "\n".join(line for record in records for line in _record(dataset, record)) + "\n"


def _overview(dataset: Dataset) -> Iterator[str]:
    # Whoever made the package wrote these two, and loading doesn't look at them.
    yield f"{printable(dataset.title, 300)} ({printable(dataset.version)})"
    for name, table in dataset.tables.items():
        yield f"  {len(table):>4} {name:<17}{' '.join((table.record.__doc__ or '').split())}"
    yield ""
    yield from _table(dataset, "events")


# The columns that tell a row apart, for the tables with too many for a line.
_TELLING = {
    "segments": ("segment_id", "start", "end"),
    "parties": ("party_id", "party_type", "name"),
    "places": ("place_id", "place_type", "name"),
    "events": ("event_id", "event_type", "status", "date", "title"),
    "claims": ("claim_id", "claim_type", "voice", "certainty", "statement"),
    "mentions": ("mention_id", "form", "surface", "party_id", "place_id"),
    "codes": ("codelist", "code", "title"),
}


def _table(dataset: Dataset, name: str) -> Iterator[str]:
    table = dataset.tables[name]
    columns = _TELLING.get(name, tuple(table.record.model_fields))
    rows = [columns, *(tuple(_text(getattr(record, c)) for c in columns) for record in table)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(columns))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _text(value: object) -> str:
    return "" if value is None else printable(value, 1_000)


def _record(dataset: Dataset, record: Record) -> Iterator[str]:
    spec = record.TABLE
    yield f"{spec.name} {record.key()}"
    for name in type(record).model_fields:
        yield f"  {name:<17}{_text(getattr(record, name)) or '(not stated)'}"
    if len(spec.key) != 1:
        return
    for table in dataset.tables.values():
        for column, target in table.record.TABLE.foreign_keys.items():
            if target != spec.name:
                continue
            for link in dataset.linked(table.name, column, record.key()):
                others = (f"{k} {_text(v)}" for k, v in link if k != column and v is not None)
                shown = link.key() if len(table.record.TABLE.key) == 1 else ", ".join(others)
                yield f"  <- {table.name}: {shown}"
