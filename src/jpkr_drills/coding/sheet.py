"""Sheet: a table of a package as a coder's editor or spreadsheet leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jpkr_drills.model.records import TABLES
from jpkr_drills.package import csvfile
from jpkr_drills.package.files import Unreadable
from jpkr_drills.text import natural_key

Row = dict[str, str]


class BadSheet(ValueError):
    """A sheet that can't be read, or rows of it that can't be filled; ``problems`` has a line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def read(root: Path, table: str) -> tuple[list[str], list[Row]]:
    """Header and rows of a table, in whatever form it is, without spaces at the edges of cells."""
    path = TABLES[table].TABLE.path
    try:
        header, rows = csvfile.read_loosely(path, (root / path).read_bytes(), ragged=True)
    except Unreadable as reason:
        raise BadSheet([str(reason.issue)]) from reason
    header = [name.strip() for name in header]
    return header, [dict(zip(header, map(str.strip, cells), strict=True)) for cells in rows]


def content(table: str, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The bytes of a sheet in canonical form, its rows in the order of the primary key."""
    key = TABLES[table].TABLE.key
    ordered = sorted(rows, key=lambda row: natural_key(row.get(name, "") for name in key))
    return csvfile.write(header, ([row.get(name, "") for name in header] for row in ordered))
