"""Package: an opened package, each of its files read once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jpkr_drills import csvfile, files, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.descriptor import DATASET
from jpkr_drills.files import DESCRIPTOR, FILE_LIMIT, FURTHER_LIMIT, FileProblem, Files
from jpkr_drills.models import TABLES, Record
from jpkr_drills.records import RecordFault, record_of, typed

FAULTS_LIMIT = 5_000
"""Faults of one table's records after which its further rows are left unread."""


def bundled() -> Path:
    """Where the package that travels with this code is: in the installed package or the checkout.

    Raises ``FileNotFoundError`` where neither has it.
    """
    here = Path(__file__).resolve().parent
    installed = here / "_data"
    if (installed / DESCRIPTOR).is_file():
        return installed
    checkout = here.parents[1]
    if (checkout / DESCRIPTOR).is_file() and (checkout / "pyproject.toml").is_file():
        return checkout
    raise FileNotFoundError(f"{DESCRIPTOR} is neither in the installed package nor in a checkout")


@dataclass(slots=True)
class TableFile:
    """A table's CSV file, read: its rows, the record of each that could be built, and the faults."""

    table: str
    reading: csvfile.Reading | None
    problem: FileProblem | None = None
    records: list[Record | None] = field(default_factory=list)
    faults: list[tuple[int, RecordFault]] = field(default_factory=list)
    """Index of the row and its fault."""

    @property
    def path(self) -> str:
        return table_path(self.table)

    @property
    def rows(self) -> list[csvfile.Row]:
        return self.reading.rows if self.reading else []

    @property
    def whole(self) -> bool:
        """Whether every line was read as a row."""
        return self.reading is not None and self.reading.whole

    @property
    def keys_sound(self) -> bool:
        """Whether every row was read and every key has its form, so that a missing id is missing."""
        key = TABLES[self.table].TABLE.key
        return self.whole and not any(fault.field in key for _, fault in self.faults)

    def key(self, index: int) -> str:
        """Primary key of a row, as its cells spell it."""
        names = list(columns(self.table))
        cells = self.rows[index].cells
        return "/".join(cells[names.index(name)] for name in TABLES[self.table].TABLE.key)


def table_path(table: str) -> str:
    """Where a table's CSV file is in every package."""
    return f"data/{table}.csv"


@dataclass(slots=True)
class Package:
    """The files of a package and what they say; a part that can't be read is ``None``."""

    files: Files
    descriptor: Mapping[str, Any] | None = None
    descriptor_problem: FileProblem | None = None
    """Why there is no descriptor: the rule that it breaks, in words."""
    tables: dict[str, TableFile] = field(default_factory=dict)
    _digests: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The package's path, as it was given."""
        return self.files.name

    def digest(self, name: str) -> tuple[str, int]:
        """SHA-256 and size of a further file. Raises ``FileProblem``."""
        if name not in self._digests:  # however many resources name the file
            content = files.read(self.files, name, FILE_LIMIT if name == DATASET else FURTHER_LIMIT)
            self._digests[name] = hashlib.sha256(content).hexdigest(), len(content)
        return self._digests[name]


def coded_source(descriptor: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The source that a descriptor names as the coded article, or ``None``."""
    return next((one for one in listed_sources(descriptor) if one.get("relation") == "coded"), None)


def listed_sources(descriptor: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The sources of a descriptor, as far as they are objects."""
    found = (descriptor or {}).get("sources")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


@contextmanager
def open_package(path: str | os.PathLike[str] | None = None) -> Generator[Package]:
    """The package at ``path``, a directory or zip archive; without one, the bundled package.

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        FileProblem: a zip archive that can't be read or isn't safe.
    """
    opened = files.open_files(bundled() if path is None else path)
    try:
        package = Package(opened)
        _read_descriptor(package)
        room = csvfile.Room()
        for table in TABLES:
            package.tables[table] = _read_table(opened, table, room)
        yield package
    finally:
        opened.close()


def _read_descriptor(package: Package) -> None:
    try:
        content = files.read(package.files, DESCRIPTOR, files.DESCRIPTOR_LIMIT)
        descriptor = jsonfile.parse(content)
        if not isinstance(descriptor, dict):
            raise jsonfile.JsonProblem("is not a JSON object")
        package.descriptor = descriptor
    except FileProblem as problem:
        rule = "descriptor-missing" if problem.rule == "file-missing" else problem.rule
        package.descriptor_problem = FileProblem(rule, str(problem), DESCRIPTOR)
    except jsonfile.JsonProblem as problem:
        package.descriptor_problem = FileProblem("descriptor-not-json", str(problem), DESCRIPTOR)


def _read_table(opened: Files, table: str, room: csvfile.Room) -> TableFile:
    try:
        with opened.open(table_path(table)) as stream:
            reading = csvfile.read(stream, tuple(columns(table)), room)
    except FileProblem as problem:
        return TableFile(table, None, problem)
    except files.UNREADABLE as error:
        unreadable = FileProblem("file-unreadable", f"can't be read: {error}", table_path(table))
        return TableFile(table, None, unreadable)
    file = TableFile(table, reading)
    for index, row in enumerate(reading.rows):
        built = record_of(table, typed(table, row.cells))
        if isinstance(built, list):
            file.records.append(None)
            file.faults.extend((index, fault) for fault in built)
            if len(file.faults) > FAULTS_LIMIT:
                # Enough is known to be wrong; what follows is not judged, to bound time and memory.
                reading.whole = False
                del reading.rows[index + 1 :]
                break
        else:
            file.records.append(built)
    return file
