"""Engine ``references``: keys are unique, and every id that points somewhere finds its row."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from jpkr_drills.cells import columns
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, TableFile

SUGGESTIONS = 50
SEARCHED = 2_000


def check(package: Package) -> Iterator[Issue]:
    """Keys that are used twice, and ids that point nowhere.

    A cell whose own form is wrong is left to the record engines, and so is every id that points to
    a table some of whose rows or keys couldn't be read.
    """
    for table in package.tables.values():
        yield from _duplicate_keys(table)
        for column in TABLES[table.table].TABLE.unique:
            yield from _duplicate_values(table, column)
    for table in package.tables.values():
        for column, target in TABLES[table.table].TABLE.foreign_keys.items():
            yield from _dangling(table, column, package.tables[target])


def _duplicate_keys(table: TableFile) -> Iterator[Issue]:
    lines: dict[str, int] = {}
    for index, row in enumerate(table.rows):
        key = table.key(index)
        if key in lines:
            yield issue(
                "duplicate-key",
                table.path,
                f"the primary key stands on line {lines[key]} already",
                line=row.line,
                record=key,
                field=", ".join(TABLES[table.table].TABLE.key),
                value=key,
            )
        lines.setdefault(key, row.line)


def _cells(table: TableFile, column: str) -> Iterator[tuple[int, str]]:
    """Index and cell of every row whose cell in ``column`` is filled and well formed."""
    at = list(columns(table.table)).index(column)
    broken = {index for index, fault in table.faults if fault.field == column}
    for index, row in enumerate(table.rows):
        if row.cells[at] and index not in broken:
            yield index, row.cells[at]


def _duplicate_values(table: TableFile, column: str) -> Iterator[Issue]:
    first: dict[str, int] = {}
    keys = {table.key(index): index for index in reversed(range(len(table.rows)))}
    for index, cell in _cells(table, column):
        if keys[table.key(index)] != index:
            continue  # a row given twice is one defect
        if cell in first:
            yield issue(
                "duplicate-value",
                table.path,
                f"the same value stands on line {table.rows[first[cell]].line}",
                line=table.rows[index].line,
                record=table.key(index),
                field=column,
                value=cell,
            )
        first.setdefault(cell, index)


def _dangling(table: TableFile, column: str, target: TableFile) -> Iterator[Issue]:
    if not target.keys_sound:
        return
    (key,) = TABLES[target.table].TABLE.key
    ids = {cell: index for index, cell in _cells(target, key)}
    missing: dict[str, list[int]] = {}
    used = set()
    for index, cell in _cells(table, column):
        used.add(cell)
        if cell not in ids:
            missing.setdefault(cell, []).append(index)
    # A wrong id is one defect, however many rows have it: the first of them is named.
    for number, (cell, (index, *more)) in enumerate(missing.items()):
        # To look for close ids costs as much as there are ids: a few suggestions are enough.
        search = number < SUGGESTIONS and len(ids) <= SEARCHED
        close = difflib.get_close_matches(cell, ids, n=3) if search else []
        unused = [one for one in close if one not in used]
        hint = f"use an id of {target.path}, or add the row there"
        if unused and more:  # then it is rather the row's own id that is mistyped
            line = target.rows[ids[unused[0]]].line
            hint = f"{target.path}:{line} has {unused[0]}, which no row points to: mend one or the other"
        elif close:
            hint = f"did you mean {' or '.join(close)}? {hint}"
        also = f", nor for {len(more)} more row{'s' * (len(more) != 1)}" if more else ""
        yield issue(
            "foreign-key",
            table.path,
            f"there is no such {key} in {target.path}{also}",
            line=table.rows[index].line,
            record=table.key(index),
            field=column,
            value=cell,
            hint=hint,
        )
