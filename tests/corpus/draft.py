"""Draft: a copy of a good package, to make one defect in and to seal again around it."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jpkr_drills import csvfile, documents, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.descriptor import CODEBOOK, DATASET
from jpkr_drills.files import DESCRIPTOR, FOLDERS
from jpkr_drills.models import TABLES, Record
from jpkr_drills.package import table_path
from jpkr_drills.records import record_of, typed
from jpkr_drills.text import natural_key

Row = dict[str, str]
Json = dict[str, Any]

NOTES = "data/notes.md"


class Draft:
    """A package being spoilt.

    Tables are edited as rows of cells and files as bytes. A row or line that was touched is marked:
    ``@row`` in the table of expectations is the line of the first one, ``@row2`` of the second.
    ``finish`` writes what was changed and, to seal the package, brings ``data/dataset.json``, sizes
    and hashes up to date with it, so that only the defect remains.
    """

    def __init__(self, good: Path, root: Path, article: Path | None = None) -> None:
        self.root = root
        self.article = article
        self.target = root
        """What is to be validated: the directory, unless a defect makes an archive of it."""
        root.mkdir()
        for folder in FOLDERS:
            shutil.copytree(good / folder, root / folder)
        shutil.copyfile(good / DESCRIPTOR, root / DESCRIPTOR)
        self.descriptor: Json = json.loads(self.read(DESCRIPTOR))
        self._descriptor_as_read = copy.deepcopy(self.descriptor)
        self._tables = {table: self._read_table(table) for table in TABLES}
        self._edited: set[str] = set()
        self._written: set[str] = set()
        self._marks: list[int | tuple[str, Row]] = []

    # --- files as bytes ----------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def write(self, path: str, content: bytes) -> None:
        """Write a file; its resource's size and hash will follow where the package is sealed."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self._written.add(path)

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
        lines[number - 1] = change(lines[number - 1])
        self.write(table_path(table), b"".join(lines))
        self.mark_line(number)

    def swap_lines(self, table: str, one: int, other: int) -> None:
        """Let two lines of a table's file change places."""
        lines = self.read(table_path(table)).splitlines(keepends=True)
        lines[one - 1], lines[other - 1] = lines[other - 1], lines[one - 1]
        self.write(table_path(table), b"".join(lines))

    # --- tables as cells ---------------------------------------------------------------------

    def _read_table(self, table: str) -> list[Row]:
        with (self.root / table_path(table)).open("rb") as stream:
            rows = csvfile.read(stream, tuple(columns(table))).rows
        return [dict(zip(columns(table), row.cells, strict=True)) for row in rows]

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, in order."""
        return self._tables[table]

    def row(self, table: str, key: str) -> Row:
        """The row with this primary key, its parts joined by ``/``."""
        return next(row for row in self.rows(table) if self.key(table, row) == key)

    def find(self, table: str, **cells: str) -> Row:
        """The first row with these cells."""
        return next(row for row in self.rows(table) if cells.items() <= row.items())

    def key(self, table: str, row: Row) -> str:
        return "/".join(self._key(table, row))

    def _key(self, table: str, row: Row) -> tuple[str, ...]:
        return tuple(row[name] for name in TABLES[table].TABLE.key)

    def _place(self, table: str, row: Row) -> tuple[object, ...]:
        return natural_key(self._key(table, row))

    def set(self, table: str, row: Row | str, **cells: str) -> Row:
        """Set cells of a row, given itself or by its key; mark it."""
        found = self.row(table, row) if isinstance(row, str) else row
        assert cells.keys() <= found.keys(), f"{table} has no such columns: {list(cells)}"
        found.update(cells)
        self._edited.add(table)
        self.mark(table, found)
        return found

    def touch(self, table: str) -> None:
        """Write the table in the end, though no row of it is marked."""
        self._edited.add(table)

    def add(self, table: str, like: Row | None = None, /, **cells: str) -> Row:
        """Add a row, empty or a copy of ``like`` where ``cells`` doesn't say; mark it."""
        row = dict(like or dict.fromkeys(columns(table), ""))
        self._tables[table].append(row)
        return self.set(table, row, **cells)

    def drop(self, table: str, row: Row | str) -> None:
        """Remove a row, given itself or by its key."""
        found = self.row(table, row) if isinstance(row, str) else row
        self._tables[table] = [one for one in self._tables[table] if one is not found]
        self._edited.add(table)

    def empty(self, table: str) -> None:
        """Remove every row; the header stays."""
        self._tables[table] = []
        self._edited.add(table)

    # --- data/dataset.json -------------------------------------------------------------------

    def dataset(self) -> dict[str, list[Json]]:
        """What ``data/dataset.json`` says now."""
        document: dict[str, list[Json]] = json.loads(self.read(DATASET))
        return document

    def write_dataset(self, document: object) -> None:
        """Write ``data/dataset.json``, laid out as ``build`` does it."""
        self.write(DATASET, jsonfile.render(document))

    # --- the descriptor ----------------------------------------------------------------------

    def resource(self, name: str) -> Json:
        resources: list[Json] = self.descriptor["resources"]
        return next(resource for resource in resources if resource["name"] == name)

    def add_resource(self, text: str = "Notes on the coding.\n", /, **properties: object) -> Json:
        """Declare a file of its own, sound but for ``properties``, as the first of the resources."""
        content = text.encode()
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

    # --- marks -------------------------------------------------------------------------------

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
        return 2 + next(i for i, one in enumerate(self._tables[table]) if one is row)

    # --- the end -----------------------------------------------------------------------------

    def finish(self, *, sealed: bool) -> None:
        """Write the edited tables and the descriptor; to seal, also what follows from them."""
        for table in self._edited:
            # Unless their order is the defect (then the file's lines are edited), rows stay in it.
            self._tables[table].sort(key=partial(self._place, table))
            rows = (tuple(row.values()) for row in self.rows(table))
            self.write(table_path(table), csvfile.write(tuple(columns(table)), rows))
        if sealed:
            self._seal()
        if self.descriptor != self._descriptor_as_read:
            assert DESCRIPTOR not in self._written, "the descriptor was written as bytes already"
            self.write(DESCRIPTOR, jsonfile.render(self.descriptor))

    def _write_codebook(self) -> None:
        """Write the codebook's generated blocks anew, where every row is a record."""
        built = {
            name: [record_of(name, typed(name, tuple(row.values()))) for row in self.rows(name)]
            for name in TABLES
        }
        records = {
            name: [one for one in rows if isinstance(one, Record)] for name, rows in built.items()
        }
        if (self.root / CODEBOOK).is_file() and records == built and CODEBOOK not in self._written:
            with suppress(documents.UnknownBlock):  # a code has no row: nobody can write a codebook
                self.write(CODEBOOK, documents.filled(self.read(CODEBOOK).decode(), records).encode())

    def _seal(self) -> None:
        if self._edited:
            self.write_dataset(
                {name: [typed(name, tuple(row.values())) for row in self.rows(name)] for name in TABLES}
            )
            self._write_codebook()
        resources = self.descriptor["resources"] if self._written - {DESCRIPTOR} else ()
        for resource in (resource for resource in resources if isinstance(resource, dict)):
            path = str(resource.get("path"))
            if path in self._written and path != NOTES and (self.root / path).is_file():
                content = self.read(path)
                resource["bytes"] = len(content)
                resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
