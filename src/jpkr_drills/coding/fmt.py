"""Formatting: the tables in their canonical form. Values stay as they are."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from jpkr_drills.build import writing
from jpkr_drills.issues import Issue, printable
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import csvfile
from jpkr_drills.package.files import Limits, Unreadable, folder_to_write, open_files
from jpkr_drills.package.rows import meant
from jpkr_drills.text import natural_key

Rows = list[tuple[str, ...]]


def fmt(path: str | os.PathLike[str], *, check: bool = False) -> tuple[dict[str, str], list[Issue]]:
    """Write the tables of the package in the folder ``path`` in canonical form.

    Fixed are a byte-order mark, line ends, quotes, the delimiter, the order of columns and rows, blank
    lines, the final newline, Unicode's normalization form (but in the article's own words), and numbers
    that a program wrote another way: ``706.0`` for 706, ``42.0`` for the code ``042`` where no other code
    fits. No other value changes.

    Returns path to the respelled values, in words, for each table that changed (with ``check``: that would
    change, and nothing is written), and the issues that keep a table from being read; with issues
    nothing is written. Raises ``FileNotFoundError`` where there are no tables, ``OSError`` where a file
    can't be written; then none has changed.
    """
    root = folder_to_write(path)
    files = open_files(root, Limits())
    # Of those that are missing `validate` and `build` speak.
    present = [table for table, record in TABLES.items() if os.path.lexists(root / record.TABLE.path)]
    if not present:
        raise FileNotFoundError(f"no tables in {path}: give the folder that holds datapackage.json")
    contents: dict[str, bytes] = {}
    said: dict[str, str] = {}
    issues: list[Issue] = []
    for table in present:
        name = TABLES[table].TABLE.path
        try:
            content = files.read(name)
            rows = csvfile.arranged(name, *csvfile.read_loosely(name, content), list(columns(table)))
        except Unreadable as reason:
            issues.append(reason.issue)
            continue
        plain = [_plain(table, row) for row in rows]
        contents[name] = csvfile.write(list(columns(table)), sorted(plain, key=_key(table)))
        if contents[name] != content:
            said[name] = ", ".join(_respelled(table, rows, plain))
    if not issues and not check:
        writing.replace(root, contents)
    return said, issues


def _key(table: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What rows are sorted by."""
    places = [list(columns(table)).index(part) for part in TABLES[table].TABLE.key]
    return lambda row: natural_key(row[at] for at in places)


def _plain(table: str, row: Sequence[str]) -> tuple[str, ...]:
    """The cells, each spelled the one plain way."""
    return tuple(
        meant(column, cell) or (cell if column.article_words else unicodedata.normalize("NFC", cell))
        for column, cell in zip(columns(table).values(), row, strict=True)
    )


def _respelled(table: str, before: Rows, after: Rows) -> Iterator[str]:
    """What was spelled another way: the first cell of each column, and how many there are."""
    for at, name in enumerate(columns(table)):
        cells = [(old[at], new[at]) for old, new in zip(before, after, strict=True) if old[at] != new[at]]
        if cells:
            old, new = map(printable, cells[0])
            more = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
            yield f"{name} {old} as {new}{more}"
