"""Engine ``references``: keys are unique, and every id that points somewhere finds its row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter

from jpkr_drills.issues import Issue, together
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import Package, TableFile
from jpkr_drills.rules import Rule, define

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
    pointing = Counter[str]()
    for table in package.tables.values():
        spec = TABLES[table.table].TABLE
        for index, first in _repeated(enumerate(table.keys)):
            message = f"the primary key stands on line {table.rows[first].line} already"
            yield _at(table, index, DUPLICATE_KEY, message, ", ".join(spec.key), table.key(index))
        for column in spec.unique:
            for index, first in _repeated(_cells(table, column)):
                if table.key(index) != table.key(first):  # a row given twice is one defect
                    message = f"the same value stands on line {table.rows[first].line}"
                    yield _at(table, index, DUPLICATE_VALUE, message, column, getattr(table.records[index], column))
        for column, target in spec.foreign_keys.items():
            to = package.tables[target]
            if to.keys_sound and to.rows:
                yield from _dangling(table, column, to)
            elif to.keys_sound:
                pointing[to.path] += sum(1 for _ in _cells(table, column))
    for path, count in pointing.items():  # that everything points nowhere has one cause
        if count:
            message = f"has no row, and {count} row{'s' * (count > 1)} of other tables point to it"
            yield FOREIGN_KEY.issue(path, message, hint=f"restore the rows of {path}")


def told(issues: Iterable[Issue]) -> Iterator[Issue]:
    """What was found as it is reported: the many of one rule in one column, which have one cause, once."""
    columns = defaultdict[tuple[str, ...], list[Issue]](list)
    for issue in issues:
        columns[issue.file, issue.rule, issue.field or ""].append(issue)
    for found in columns.values():
        yield from together(found, "values of the column likewise")


def _at(
    table: TableFile, index: int, rule: Rule, message: str, field: str, value: str, hint: str | None = None
) -> Issue:
    line, record = table.rows[index].line, table.key(index)
    return rule.issue(table.path, message, line=line, record=record, field=field, value=value, hint=hint)


def _repeated(cells: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The index of each row whose cell an earlier row has too, with that of the first such row."""
    first: dict[str, int] = {}
    for index, cell in cells:
        if first.setdefault(cell, index) != index:
            yield index, first[cell]


def _cells(table: TableFile, column: str) -> Iterator[tuple[int, str]]:
    """Index and cell of every row that is a record and whose cell in ``column`` is filled."""
    value = attrgetter(column)
    for index, record in enumerate(table.records):
        if record is not None and (cell := value(record)) is not None:
            yield index, cell


def _dangling(table: TableFile, column: str, target: TableFile) -> Iterator[Issue]:
    (key,) = TABLES[target.table].TABLE.key
    ids = target.places
    used = {getattr(record, column, None) for record in table.records}
    if used <= ids.keys() | {None}:
        return
    from difflib import get_close_matches  # where something is wrong: loading needs it not

    missing = defaultdict[str, list[int]](list)
    for index, cell in _cells(table, column):
        if cell not in ids:
            missing[cell].append(index)
    # A wrong id is one defect, however many rows have it: the first of them is named.
    for number, (cell, (index, *more)) in enumerate(missing.items()):
        search = number < SUGGESTIONS and len(ids) <= SEARCHED
        close = get_close_matches(cell, list(ids), n=3) if search else []
        unused = [one for one in close if one not in used]
        hint = f"use an id of {target.path}, or add the row there"
        if unused and more:  # then it is rather the row's own id that is mistyped
            line = target.rows[ids[unused[0]]].line
            hint = f"{target.path}:{line} has {unused[0]}, which no row points to: fix one or the other"
        elif close:
            hint = f"did you mean {' or '.join(close)}? {hint}"
        also = f", nor for {len(more)} more row{'s' * (len(more) != 1)}" if more else ""
        yield _at(table, index, FOREIGN_KEY, f"there is no such {key} in {target.path}{also}", column, cell, hint)
