"""Tables of cells that tests change, and changes of them that can be told in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.text import natural_key

Row = dict[str, str]


class Tables:
    """The rows of every table, as cells; a row is given itself, or by its key with ``/`` between its parts."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self._tables = tables

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, in order."""
        return self._tables[table]

    def row(self, table: str, key: str) -> Row:
        """The row with this key."""
        return next(row for row in self.rows(table) if self.key(table, row) == key)

    def key(self, table: str, row: Row) -> str:
        """The key of a row."""
        return "/".join(row[name] for name in TABLES[table].TABLE.key)

    def _found(self, table: str, row: Row | str) -> Row:
        return self.row(table, row) if isinstance(row, str) else row

    def set(self, table: str, row: Row | str, **cells: str) -> Row:
        """Set cells of a row."""
        found = self._found(table, row)
        assert cells.keys() <= found.keys(), f"{table} has no such columns: {list(cells)}"
        found.update(cells)
        self.touched(table, found)
        return found

    def add(self, table: str, like: Row | str | None = None, /, **cells: str) -> Row:
        """Add a row, empty or a copy of ``like`` where ``cells`` doesn't say."""
        row = dict(self._found(table, like)) if like else dict.fromkeys(columns(table), "")
        self._tables[table].append(row)
        return self.set(table, row, **cells)

    def drop(self, table: str, row: Row | str) -> None:
        """Remove a row."""
        found = self._found(table, row)
        self._tables[table] = [one for one in self._tables[table] if one is not found]
        self.touched(table)

    def empty(self, table: str) -> None:
        """Remove every row."""
        self._tables[table] = []
        self.touched(table)

    def sort(self, table: str) -> None:
        """Put the rows in the order of the key."""
        names = TABLES[table].TABLE.key
        self._tables[table].sort(key=lambda row: natural_key(tuple(row[name] for name in names)))

    def touched(self, table: str, row: Row | None = None) -> None:
        """Hear that a table, or one of its rows, was changed."""


Change = Callable[[Any], object]
"""A change of ``Tables``."""


def put(table: str, key: str, **cells: str) -> Change:
    """Set cells of the row with this key."""
    return lambda tables: tables.set(table, key, **cells)


def new(table: str, like: str = "", /, **cells: str) -> Change:
    """Add a row, like another one where that is given."""
    return lambda tables: tables.add(table, like or None, **cells)


def gone(table: str, *keys: str) -> Change:
    """Remove the rows with these keys."""
    return lambda tables: [tables.drop(table, key) for key in keys]


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""
    return lambda tables: [change(tables) for change in changes]


def related(one: str, relation: str, other: str, note: str = "") -> Change:
    """A new relation between two claims or two events."""
    if one.startswith("p") and one[1].isdigit():
        ids = {"claim_id": one, "related_claim_id": other, "note": note}
        return new("claim_relations", relation=relation, **ids)
    return new("event_relations", event_id=one, relation=relation, related_event_id=other)
