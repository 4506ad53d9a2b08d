"""Formatting: the tables in their canonical form. Values stay as they are."""

from __future__ import annotations

import os
import unicodedata

from jpkr_drills.build import writing
from jpkr_drills.issues import Issue, printable
from jpkr_drills.model.records import TABLES, Column, columns
from jpkr_drills.package import csvfile
from jpkr_drills.package.files import Limits, Unreadable, folder_to_write, open_files
from jpkr_drills.package.rows import meant
from jpkr_drills.text import natural_key


def fmt(path: str | os.PathLike[str], *, check: bool = False) -> tuple[dict[str, str], list[Issue]]:
    """Write the tables of the package in the folder ``path`` in canonical form.

    Fixed are a byte-order mark, line ends, quotes, the delimiter, the order of columns and rows, blank
    lines, the final newline, Unicode's normalization form (but in the article's own words), and numbers
    that a program wrote another way: ``706.0`` for 706, ``42.0`` for the code ``042`` where no other code
    fits. No other value changes.

    Returns path to what was done, in words, for each table that changed (with ``check``: that would
    change, and nothing is written), and the issues that keep a table from being read; with issues
    nothing is written. Raises ``FileNotFoundError`` where there are no tables, ``OSError`` where a file
    can't be written; then none has changed.
    """
    root = folder_to_write(path)
    files = open_files(root, Limits())
    contents: dict[str, bytes] = {}
    said: dict[str, str] = {}
    issues: list[Issue] = []
    for table, record in TABLES.items():
        name = record.TABLE.path
        if not os.path.lexists(root / name):
            continue  # `validate` and `build` say so
        try:
            content = files.read(name)
            contents[name], done = _canonical(table, name, content)
            if contents[name] != content:
                said[name] = ", ".join(done) or "blank lines or empty columns"
        except Unreadable as reason:
            issues.append(reason.issue)
    if not contents and not issues:
        raise FileNotFoundError(f"no tables in {path}: give the folder that holds datapackage.json")
    if not issues and not check:
        writing.replace(root, contents)
    return said, issues


def _canonical(table: str, name: str, content: bytes) -> tuple[bytes, list[str]]:
    """The canonical bytes of a table, and what had to be done for them."""
    names = list(columns(table))
    header, found = csvfile.read_loosely(name, content)
    read = csvfile.arranged(name, header, found, names)
    rows = [tuple(map(_plain, columns(table).values(), row)) for row in read]
    key = [names.index(part) for part in TABLES[table].TABLE.key]
    ordered = sorted(rows, key=lambda row: natural_key(row[at] for at in key))
    result = csvfile.write(names, ordered)
    done = {
        "byte-order mark": content.startswith(csvfile.BOM),
        "line ends": b"\r" in content,
        "delimiter": csvfile.delimiter_of(content.splitlines()[0].decode()) != ",",
        "order of columns": header != names,
        "order of rows": ordered != rows,
        "quotes": content.count(b'"') != result.count(b'"'),
        "final newline": not content.endswith((b"\n", b"\r")),
    }
    said = [what for what, fixed in done.items() if fixed]
    for column, before, after in zip(names, zip(*read, strict=True), zip(*rows, strict=True), strict=False):
        changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        if changed:  # the first cell is told, and how many there are
            old, new = map(printable, changed[0])
            said.append(f"{column} {old} as {new}" + (f" and {len(changed) - 1} more" if changed[1:] else ""))
    return result, said


def _plain(column: Column, cell: str) -> str:
    """The cell, spelled the one plain way."""
    return meant(column, cell) or (cell if column.article_words else unicodedata.normalize("NFC", cell))
