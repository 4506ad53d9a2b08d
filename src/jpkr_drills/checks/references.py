"""Engine ``references``: keys are unique, and every id that points somewhere finds its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter

from jpkr_drills.issues import Issue, together
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import Package, TableFile
from jpkr_drills.rules import define

SUGGESTIONS = 50
"""Wrong ids of a column for which close ones are looked up: each takes as long as there are ids."""
SEARCHED = 2_000
"""Ids up to which close ones are looked up."""

DUPLICATE_KEY, DUPLICATE_VALUE, FOREIGN_KEY = define(
    "references",
    """
duplicate-key | No two rows share a primary key. | remove one of the rows, or give it its own id
duplicate-value | No two rows share a value that must be unique. | make the values differ
foreign-key | An id that points to another table is there. | use an id of that table, or add the row there
""",
)


def check(package: Package) -> Iterator[Issue]:
    """Keys that are used twice, and ids that point nowhere.

    A cell whose own form is wrong is left to the record engines, and so is every id that points to
    a table some of whose rows or keys couldn't be read.
    """
    for table in package.tables.values():
        yield from _duplicate_keys(table)
        for column in TABLES[table.table].TABLE.unique:
            yield from _duplicate_values(table, column)
    pointing: dict[str, int] = {}
    for table in package.tables.values():
        for column, target in TABLES[table.table].TABLE.foreign_keys.items():
            if package.tables[target].keys_sound and not package.tables[target].rows:
                pointing[target] = pointing.get(target, 0) + sum(1 for _ in _cells(table, column))
            elif package.tables[target].keys_sound:
                yield from _dangling(table, column, package.tables[target])
    for target, count in pointing.items():  # that everything points nowhere has one cause
        if count:
            path = package.tables[target].path
            message = f"has no row, and {count} row{'s' * (count > 1)} of other tables point to it"
            yield FOREIGN_KEY.issue(path, message, hint=f"restore the rows of {path}")


def told(issues: Iterable[Issue]) -> Iterator[Issue]:
    """What was found as it is reported: the many of one rule in one column, which have one cause, once."""
    columns = defaultdict[tuple[str, ...], list[Issue]](list)
    for issue in issues:
        columns[issue.file, issue.rule, issue.field or ""].append(issue)
    for found in columns.values():
        yield from together(found, "values of the column likewise")


def _duplicate_keys(table: TableFile) -> Iterator[Issue]:
    lines: dict[str, int] = {}
    for row, key in zip(table.rows, table.keys, strict=True):
        if key in lines:
            yield DUPLICATE_KEY.issue(
                table.path,
                f"the primary key stands on line {lines[key]} already",
                line=row.line,
                record=key,
                field=", ".join(TABLES[table.table].TABLE.key),
                value=key,
            )
        lines.setdefault(key, row.line)


def _cells(table: TableFile, column: str) -> Iterator[tuple[int, str]]:
    """Index and cell of every row that is a record and whose cell in ``column`` is filled."""
    value = attrgetter(column)
    for index, record in enumerate(table.records):
        if record is not None and (cell := value(record)) is not None:
            yield index, cell


def _duplicate_values(table: TableFile, column: str) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for index, cell in _cells(table, column):
        if cell not in first:
            first[cell] = index
        elif table.key(index) != table.key(first[cell]):  # a row given twice is one defect
            yield DUPLICATE_VALUE.issue(
                table.path,
                f"the same value stands on line {table.rows[first[cell]].line}",
                line=table.rows[index].line,
                record=table.key(index),
                field=column,
                value=cell,
            )


def _close(cell: str, ids: Iterable[str]) -> list[str]:
    import difflib  # where something is wrong: loading needs it not

    return difflib.get_close_matches(cell, list(ids), n=3)


def _dangling(table: TableFile, column: str, target: TableFile) -> Iterator[Issue]:
    (key,) = TABLES[target.table].TABLE.key
    ids = target.places
    if {getattr(record, column, None) for record in table.records} <= ids.keys() | {None}:
        return
    missing: dict[str, list[int]] = {}
    used = set()
    for index, cell in _cells(table, column):
        used.add(cell)
        if cell not in ids:
            missing.setdefault(cell, []).append(index)
    # A wrong id is one defect, however many rows have it: the first of them is named.
    for number, (cell, (index, *more)) in enumerate(missing.items()):
        search = number < SUGGESTIONS and len(ids) <= SEARCHED
        close = _close(cell, ids) if search else []
        unused = [one for one in close if one not in used]
        hint = f"use an id of {target.path}, or add the row there"
        if unused and more:  # then it is rather the row's own id that is mistyped
            line = target.rows[ids[unused[0]]].line
            hint = f"{target.path}:{line} has {unused[0]}, which no row points to: fix one or the other"
        elif close:
            hint = f"did you mean {' or '.join(close)}? {hint}"
        also = f", nor for {len(more)} more row{'s' * (len(more) != 1)}" if more else ""
        yield FOREIGN_KEY.issue(
            table.path,
            f"there is no such {key} in {target.path}{also}",
            line=table.rows[index].line,
            record=table.key(index),
            field=column,
            value=cell,
            hint=hint,
        )
