"""Sheet: a table of a package as a coder's editor or spreadsheet leaves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jpkr_drills.model.records import TABLES
from jpkr_drills.package import csvfile
from jpkr_drills.text import natural_key

Row = dict[str, str]


class BadSheet(ValueError):
    """A sheet that can't be read, or rows of it that can't be filled; ``problems`` has a line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def read(root: Path, table: str) -> tuple[list[str], list[Row]]:
    """Header and rows of a table: commas, semicolons or tabs, with or without BOM, any line ends.

    A row that is empty is left out, and so are spaces at the edges of cells. ``BadSheet`` where a row
    has more cells than the header, or the file is not UTF-8.
    """
    path = TABLES[table].TABLE.path
    place = root / path
    try:
        text = place.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet([f"{path}: is not UTF-8: save it as “CSV UTF-8”"]) from error
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip() for cell in next(lines, [])]
    while header and not header[-1]:
        header.pop()
    rows: list[Row] = []
    for cells in lines:
        if any(cells[len(header) :]):
            said = f"has {len(cells)} cells, the header has {len(header)}: quote a cell that holds a comma"
            raise BadSheet([f"{path}:{lines.line_num}: {said}"])
        row = dict.fromkeys(header, "") | {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if any(row.values()):
            rows.append(row)
    return header, rows


def content(table: str, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The bytes of a sheet in canonical form, its rows in the order of the primary key."""
    key = TABLES[table].TABLE.key
    ordered = sorted(rows, key=lambda row: natural_key(tuple(row.get(name, "") for name in key)))
    return csvfile.write(header, ([row.get(name, "") for name in header] for row in ordered))
