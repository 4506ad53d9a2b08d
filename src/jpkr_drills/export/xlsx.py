"""Excel: one workbook, a sheet a table and a view, with frozen heads, filters and notes on the columns."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from jpkr_drills.export import MARK, Rows, Source
from jpkr_drills.export.archive import zipped
from jpkr_drills.frames import need, text
from jpkr_drills.model.records import TABLES

_ABOUT = "about"
_CORE = "docProps/core.xml"
_WIDEST = 60
_LONGEST = 32_767
"""Characters that a cell takes; openpyxl cuts off what is more without a word."""


def contents(source: Source) -> dict[str, bytes]:
    """The workbook: the views first, then the tables, then a sheet with title and descriptor."""
    excel = need("openpyxl", "xlsx")
    book = excel.Workbook(write_only=False)
    book.remove(book.active)
    book.properties.creator, book.properties.created = MARK, datetime(1980, 1, 1)
    for frame in sorted(source.frames, key=lambda frame: frame.name in TABLES):
        sheet = _sheet(book, frame.name, [frame.columns, *(row.values() for row in frame)])
        for column, cells in zip(frame.columns.values(), sheet.columns, strict=True):
            head = cells[0]
            head.font = excel.styles.Font(bold=True)
            head.comment = excel.comments.Comment(f"{column.title}: {column.description}", "jpkr-drills", 160, 320)
            width = max(len(text(cell.value)) for cell in cells)
            sheet.column_dimensions[head.column_letter].width = min(width + 3, _WIDEST)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
    descriptor = json.dumps(source.about)
    parts = [("descriptor", descriptor[at : at + _LONGEST]) for at in range(0, len(descriptor), _LONGEST)]
    about = {"title": source.dataset.title, "version": source.dataset.version, "written by": MARK}
    _sheet(book, _ABOUT, [*about.items(), *parts])
    out = BytesIO()
    book.save(out)
    return {source.name: _without_time(out)}


def _sheet(book: Any, name: str, rows: Iterable[Iterable[Any]]) -> Any:
    """A new sheet with these rows."""
    sheet = book.create_sheet(name)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            if isinstance(value, int | float) or value is None:
                cell.value = value
            else:
                # Explicitly a text: no formula, whatever it starts with, and no number, so that zeros stay.
                words = text(value)
                cell.value = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
                cell.data_type = "s"
                cell.number_format = "@"
    return sheet


def _without_time(out: BytesIO) -> bytes:
    """The workbook without the time of its making; the mark stands in a part that isn't compressed."""
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", parts[_CORE])
    return zipped(parts, stored=[_CORE])


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    book = need("openpyxl", "xlsx").load_workbook(place, read_only=True, data_only=True)
    found: Rows = {}
    for table in TABLES:
        head, *rows = book[table].iter_rows(values_only=True)
        found[table] = [dict(zip(head, row, strict=True)) for row in rows if any(cell is not None for cell in row)]
    descriptor = "".join(value for name, value in book[_ABOUT].iter_rows(values_only=True) if name == "descriptor")
    book.close()
    return found, json.loads(descriptor)
