"""Reading: the exports that hold every table, read back as the package they were made of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.frames import MissingExtra
from jpkr_drills.model.columns import to_cell
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import csvfile
from jpkr_drills.package.files import DESCRIPTOR, FILE_MISSING, FILE_UNREADABLE, Unreadable


@dataclass
class Memory:
    """The files of a package that was read from another format."""

    name: str
    files: Mapping[str, bytes]

    def names(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        if name not in self.files:
            raise Unreadable(FILE_MISSING.issue(name, "is missing"))
        return self.files[name]

    def close(self) -> None:
        pass


def files_of(path: str | os.PathLike[str], reader: str) -> Memory:
    """The package at ``path`` as CSV files and a descriptor.

    Raises ``Unreadable`` for what isn't such an export, ``MissingExtra`` without the format's library.
    """
    try:
        tables, descriptor = import_module(f"jpkr_drills.export.{reader}").read(Path(path))
        files = {TABLES[table].TABLE.path: _csv(table, rows) for table, rows in tables.items()}
    except MissingExtra:
        raise
    except Exception as reason:  # each library has its own for a file that is damaged or lacks a table
        why = f"can't be read as an export: {reason}"
        raise Unreadable(FILE_UNREADABLE.issue(os.fspath(path), why)) from reason
    return Memory(os.fspath(path), {**files, DESCRIPTOR: jsonfile.render(descriptor)})


def _csv(table: str, rows: list[dict[str, Any]]) -> bytes:
    known = columns(table)
    floats = {name for name, column in known.items() if column.kind is float}
    cells = (
        [to_cell(float(value) if name in floats and isinstance(value, int) else value) for name, value in row.items()]
        for row in rows
    )
    return csvfile.write(list(rows[0] if rows else known), cells)
