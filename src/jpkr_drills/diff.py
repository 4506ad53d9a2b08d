"""Difference: what changed between two versions of a package, by record and column, for a person to review."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from jpkr_drills.issues import COMMAND, markdown, printable
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import bundled, csvfile
from jpkr_drills.package.files import FILE_MISSING, Files, Limits, Unreadable, open_files
from jpkr_drills.package.revision import PREFIX, Revision
from jpkr_drills.package.rows import key_of
from jpkr_drills.show import TELLING, link_words

Row = Mapping[str, str]
Rows = dict[str, Row]
Tables = Mapping[str, tuple[list[str], Rows]]


@dataclass
class TableDifference:
    """What changed in a table: columns, and records by primary key."""

    columns_added: list[str]
    columns_removed: list[str]
    added: Rows
    removed: Rows
    changed: dict[str, dict[str, dict[str, str]]]
    """Key to column to the ``old`` and the ``new`` cell."""
    words: dict[str, str]
    """Key to what the record says, in words; of a record that is gone, what it said."""

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(repr=False)
class Difference:
    """What changed from the package ``old`` to ``new``; only tables with a change are in ``tables``."""

    old: str
    new: str
    tables: dict[str, TableDifference]

    def __repr__(self) -> str:
        changed = ", ".join(f"{table}: {_counts(found)}" for table, found in self.tables.items())
        return f"<Difference from {self.old} to {self.new}: {changed or 'none'}>"


def diff(old: str | os.PathLike[str], new: str | os.PathLike[str] | None = None) -> Difference:
    """Compare two packages, each a folder, a zip archive or ``git:REVISION``; ``new`` may be the bundled one.

    A revision is looked up in the git repository of the other package's folder, or of the current one.
    The tables are read in whatever form they are: quotes and the order of rows or columns are no change.
    Neither package has to be valid.

    >>> from jpkr_drills.package import bundled
    >>> diff(bundled(), bundled()).tables
    {}

    Raises ``FileNotFoundError`` where there is no package, ``ValueError`` where a table can't be read or
    git knows no such revision.
    """
    before, after = str(old), str(bundled() if new is None else new)
    earlier, later = _tables(before, beside=after), _tables(after, beside=before)
    words = {
        (table, key): row.get(TELLING.get(table, ""), "")
        for tables in (earlier, later)
        for table, (_, rows) in tables.items()
        for key, row in rows.items()
    }
    found = {table: _compare(table, earlier, later, words) for table in TABLES}
    return Difference(before, after, {table: changes for table, changes in found.items() if changes})


def _tables(path: str, beside: str) -> Tables:
    """Table name to its columns and its rows by key."""
    found: dict[str, tuple[list[str], Rows]] = {}
    files: Files | Revision
    if path.startswith(PREFIX):
        files = Revision(Path(beside if Path(beside).is_dir() else os.curdir), path.removeprefix(PREFIX))
    else:
        files = open_files(path, Limits())
    with closing(files):
        for table, record in TABLES.items():
            name = record.TABLE.path
            try:
                header, rows = csvfile.read_loosely(name, files.read(name))
            except Unreadable as reason:
                if reason.issue.rule == FILE_MISSING.name:
                    continue
                raise ValueError(f"{path}: {reason}; `jpkr-drills validate` says how to fix it") from reason
            named = [dict(zip(header, row, strict=True)) for row in rows]
            found[table] = header, {key_of(table, row): row for row in named}
    if not found:
        raise FileNotFoundError(f"no tables of a package in {path}")
    return found


def _told(table: str, row: Row, words: Mapping[tuple[str, str], str]) -> str:
    """What a record says; ``words`` has it for those that have words, by table and key."""
    record = TABLES[table]
    if table in TELLING or len(record.TABLE.key) == 1:
        return row.get(TELLING.get(table, ""), "")
    cells = {column: row.get(column, "") for column in record.model_fields}
    ends = record.TABLE.foreign_keys.items()
    first, second = (words.get((target, cells[column]), cells[column]) for column, target in ends)
    return f"{first} → {link_words(record, cells)} → {second}"


def _compare(table: str, earlier: Tables, later: Tables, words: Mapping[tuple[str, str], str]) -> TableDifference:
    old_columns, old = earlier.get(table, ([], {}))
    new_columns, new = later.get(table, ([], {}))
    if not (old_columns and new_columns):  # a table that comes or goes does so by its records
        old_columns = new_columns = []
    added = {key: row for key, row in new.items() if key not in old}
    removed = {key: row for key, row in old.items() if key not in new}
    both = [column for column in new_columns if column in old_columns]
    changed: dict[str, dict[str, dict[str, str]]] = {}
    for key, row in new.items():
        was = old.get(key, row)
        if cells := {name: {"old": was[name], "new": row[name]} for name in both if was[name] != row[name]}:
            changed[key] = cells
    named = {**removed, **added, **{key: new[key] for key in changed}}
    told = {key: _told(table, row, words) for key, row in named.items()}
    columns_added = [column for column in new_columns if column not in both]
    columns_removed = [column for column in old_columns if column not in both]
    return TableDifference(columns_added, columns_removed, added, removed, changed, told)


def _counts(found: TableDifference) -> str:
    said = [f"{len(records)} {kind}" for kind in ("added", "removed", "changed") if (records := getattr(found, kind))]
    said += [f"new column {name}" for name in found.columns_added]
    said += [f"column {name} removed" for name in found.columns_removed]
    return ", ".join(said)


def _records(found: TableDifference) -> Iterator[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Sign, key and words of each record, and of a changed one the column, old and new cell of each change."""
    for sign, keys in (("+", found.added), ("-", found.removed), ("~", found.changed)):
        for key in keys:
            cells = found.changed[key].items() if sign == "~" else ()
            changes = [(name, _cell(pair["old"]), _cell(pair["new"])) for name, pair in cells]
            yield sign, printable(key, 200), printable(found.words[key], 1_000), changes


def _cell(cell: str) -> str:
    return printable(cell, 1_000) or "(empty)"


def as_text(difference: Difference) -> str:
    """A line for each record, with ``+``, ``-`` or ``~`` in front, and one for each cell that changed."""
    said = [f"from {printable(difference.old, 300)} to {printable(difference.new, 300)}"]
    for table, found in difference.tables.items():
        said += ["", f"{table}: {_counts(found)}"]
        for sign, key, words, changes in _records(found):
            said.append(f"  {sign} {key}  {words}".rstrip())
            said += [f"      {name}: {old} → {new}" for name, old, new in changes]
    if not difference.tables:
        said.append("no record differs")
    return "\n".join(said) + "\n"


def as_markdown(difference: Difference) -> str:
    """The same for the description of a pull request."""
    signs = {"+": "added", "-": "removed", "~": "changed"}
    ends_ = (markdown(printable(path, 300)) for path in (difference.old, difference.new))
    said = ["## What changed in the data", "", "From {} to {}".format(*ends_) + "."]
    for table, found in difference.tables.items():
        said += ["", f"### {table}: {markdown(_counts(found))}", ""]
        for sign, key, words, changes in _records(found):
            said.append(f"- **{signs[sign]}** `{key.replace('`', '')}` {markdown(words)}".rstrip())
            said += [f"  - {markdown(name)}: {markdown(old)} → **{markdown(new)}**" for name, old, new in changes]
    if not difference.tables:
        said += ["", "No record differs."]
    return "\n".join(said) + "\n"


def as_json(difference: Difference) -> str:
    """The difference as one object, with the names that it has here."""
    said = json.dumps(asdict(difference), ensure_ascii=True, indent=2)
    return COMMAND.sub(r"\\u0023", said) + "\n"


FORMATS: Mapping[str, Callable[[Difference], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}
"""Format name to renderer."""
