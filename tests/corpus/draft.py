"""Draft: a copy of a good package, to make one defect in and to seal again around it."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from helpers import table_path
from jpkr_drills import jsonfile
from jpkr_drills.build import documents
from jpkr_drills.model.records import TABLES, Record, columns
from jpkr_drills.package import csvfile
from jpkr_drills.package.csvfile import Log
from jpkr_drills.package.csvfile import Row as CsvRow
from jpkr_drills.package.files import CODEBOOK, DATASET, DESCRIPTOR, FOLDERS, Limits
from jpkr_drills.package.rows import record_of, typed
from tables import Row, Tables

Json = dict[str, Any]

NOTES = "data/notes.md"


@cache
def _read(good: Path) -> bytes:
    """The descriptor and the tables of the good package, to be copied: unpickling is the fastest way."""
    tables = {}
    for table in TABLES:
        content = (good / table_path(table)).read_bytes()
        rows = csvfile.read(table_path(table), content, tuple(columns(table)), Limits(), 10_000).rows
        tables[table] = [dict(zip(columns(table), row.cells, strict=True)) for row in rows]
    return pickle.dumps((json.loads((good / DESCRIPTOR).read_bytes()), tables))


class Draft(Tables):
    """A package being spoilt.

    Tables are edited as rows of cells and files as bytes. A row or line that was touched is marked:
    ``@row`` in the table of expectations is the line of the first one, ``@row2`` of the second.
    ``finish`` writes what was changed and, to seal the package, brings ``data/dataset.json``, sizes
    and hashes up to date with it, so that only the defect remains. Files that nothing changes are
    links to those of the good package.
    """

    def __init__(self, good: Path, root: Path, article: Path | None = None) -> None:
        self.root = root
        self.article = article
        self.target = root
        """What is to be validated: the directory, unless a defect makes an archive of it."""
        root.mkdir()
        for folder in FOLDERS:
            shutil.copytree(good / folder, root / folder, copy_function=os.link)
        os.link(good / DESCRIPTOR, root / DESCRIPTOR)
        self.descriptor: Json
        self.descriptor, tables = pickle.loads(_read(good))  # noqa: S301 - our own bytes
        super().__init__(tables)
        self._good_descriptor = json.dumps(self.descriptor)
        self._edited: set[str] = set()
        self._written: set[str] = set()
        self._marks: list[int | tuple[str, Row]] = []

    # --- files as bytes ------------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def write(self, path: str, content: bytes) -> None:
        """Write a file; its resource's size and hash will follow where the package is sealed."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.write_bytes(content)
        self._written.add(path)

    def grow(self, path: str, size: int) -> None:
        """Let a file be as large as this, without any content."""
        self.remove(path).touch()
        os.truncate(self.root / path, size)

    def remove(self, path: str) -> Path:
        """Remove a file; returns where it was."""
        (self.root / path).unlink()
        return self.root / path

    def replace(self, path: str, old: bytes, new: bytes) -> None:
        """Replace the first occurrence of ``old`` in a file."""
        content = self.read(path)
        assert old in content, f"{path} doesn't hold {old!r}"
        self.write(path, content.replace(old, new, 1))

    def edit_line(self, table: str, number: int, change: Callable[[bytes], bytes]) -> None:
        """Change a line of a table's file, as bytes with its line end; mark it."""
        lines = self.read(table_path(table)).splitlines(keepends=True)
        before = lines[number - 1]
        lines[number - 1] = change(before)
        assert lines[number - 1] != before
        self.write(table_path(table), b"".join(lines))
        self.mark_line(number)

    def swap_lines(self, table: str, one: int, other: int) -> None:
        """Let two lines of a table's file, and its records in ``data/dataset.json``, change places."""
        lines = self.read(table_path(table)).splitlines(keepends=True)
        lines[one - 1], lines[other - 1] = lines[other - 1], lines[one - 1]
        self.write(table_path(table), b"".join(lines))
        document = self.dataset()
        records = document[table]
        records[one - 2], records[other - 2] = records[other - 2], records[one - 2]
        self.write_dataset(document)
        self.mark_line(max(one, other))

    # --- tables as cells -----------------------------------------------------------------------

    def touched(self, table: str, row: Row | None = None) -> None:
        self._edited.add(table)
        if row is not None:
            self.mark(table, row)

    # --- data/dataset.json -----------------------------------------------------------------------

    def dataset(self) -> dict[str, list[Json]]:
        """What ``data/dataset.json`` says now."""
        document: dict[str, list[Json]] = json.loads(self.read(DATASET))
        return document

    def write_dataset(self, document: object) -> None:
        """Write ``data/dataset.json``, laid out as ``build`` does it."""
        self.write(DATASET, jsonfile.render(document))

    # --- the descriptor ------------------------------------------------------------------------

    def resource(self, name: str) -> Json:
        resources: list[Json] = self.descriptor["resources"]
        return next(resource for resource in resources if resource["name"] == name)

    def source(self, relation: str) -> Json:
        sources: list[Json] = self.descriptor["sources"]
        return next(source for source in sources if source["relation"] == relation)

    def add_resource(self, content: bytes = b"Notes on the coding.\n", /, **properties: object) -> Json:
        """Declare a file of its own, sound but for ``properties``, as the first of the resources."""
        self.write(NOTES, content)
        resource: Json = {
            "name": "notes",
            "path": NOTES,
            "format": "md",
            "mediatype": "text/markdown",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        }
        self.descriptor["resources"].insert(0, {**resource, **properties})
        return resource

    # --- marks ---------------------------------------------------------------------------------

    def mark(self, table: str, row: Row | str) -> None:
        """Expect an issue in this row."""
        found = self.row(table, row) if isinstance(row, str) else row
        if not any(isinstance(mark, tuple) and mark[1] is found for mark in self._marks):
            self._marks.append((table, found))

    def mark_line(self, number: int) -> None:
        """Expect an issue in this line."""
        if number not in self._marks:
            self._marks.append(number)

    def line(self, said: str) -> int | None:
        """The line that the table of expectations means: none, a number or a mark."""
        if not said.startswith("@"):
            return int(said) if said else None
        mark = self._marks[int(said.removeprefix("@row") or 1) - 1]
        if isinstance(mark, int):
            return mark
        table, row = mark
        return 2 + next(i for i, one in enumerate(self.rows(table)) if one is row)

    # --- the end -------------------------------------------------------------------------------

    def seal(self) -> None:
        """Write the rows that were changed so far, and what follows from them, to go on with lines."""
        self._write_tables()
        self._seal()
        self._edited.clear()
        self._marks.clear()

    def finish(self, *, sealed: bool) -> None:
        """Write the edited tables and the descriptor; to seal, also what follows from them."""
        self._write_tables()
        if sealed:
            self._seal()
        if json.dumps(self.descriptor) != self._good_descriptor:
            assert DESCRIPTOR not in self._written, "the descriptor was written as bytes already"
            self.write(DESCRIPTOR, jsonfile.render(self.descriptor))

    def _write_tables(self) -> None:
        for table in self._edited:
            # Unless their order is the defect (then the file's lines are edited), rows stay in it.
            self.sort(table)
            rows = (tuple(row.values()) for row in self.rows(table))
            self.write(table_path(table), csvfile.write(tuple(columns(table)), rows))

    def _write_codebook(self) -> None:
        """Write the codebook's generated blocks anew, where every row is a record."""
        built = {
            name: [record_of(name, CsvRow(0, tuple(row.values())), Log(name)) for row in self.rows(name)]
            for name in TABLES
        }
        records = {name: [one for one in rows if isinstance(one, Record)] for name, rows in built.items()}
        if records == built and CODEBOOK not in self._written:
            self.write(CODEBOOK, documents.filled(self.read(CODEBOOK).decode(), records).encode())

    def _seal(self) -> None:
        if self._edited:
            self.write_dataset({name: [typed(name, tuple(row.values())) for row in self.rows(name)] for name in TABLES})
            self._write_codebook()
        resources = self.descriptor.get("resources") if self._written - {DESCRIPTOR} else None
        for resource in (one for one in resources or () if isinstance(one, dict)):
            path = str(resource.get("path"))
            if path in self._written and path != NOTES and (self.root / path).is_file():
                content = self.read(path)
                resource["bytes"] = len(content)
                resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
