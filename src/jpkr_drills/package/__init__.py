"""Package: an opened package, each of its files opened, hashed and parsed once, its defects with it."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.issues import Issue
from jpkr_drills.model.records import TABLES, Record, columns
from jpkr_drills.package import csvfile
from jpkr_drills.package.csvfile import Row
from jpkr_drills.package.files import (
    DATASET,
    DESCRIPTOR,
    FILE_MISSING,
    File,
    Files,
    Limits,
    Unreadable,
    open_files,
)
from jpkr_drills.package.rows import record_of, typed
from jpkr_drills.rules import BUILD, define

DESCRIPTOR_MISSING, DESCRIPTOR_NOT_JSON = define(
    "descriptor",
    """
descriptor-missing | The package has a `datapackage.json` at its top. | give the folder that holds datapackage.json, or start a package with `jpkr-drills new`
descriptor-not-json | The descriptor is one JSON object in UTF-8, without duplicate keys. | fix the JSON at the place named
""",
)
JSON_NOT_JSON, JSON_DUPLICATE_KEY, NOT_CHECKED, PACKAGE_TWICE = define(
    "integrity",
    f"""
json-not-json | `data/dataset.json` is JSON in UTF-8, with finite numbers, bounded depth and no lone surrogates. | {BUILD}
json-duplicate-key | No object of `data/dataset.json` has a key twice. | {BUILD}
package-not-checked | A package among many can be opened and checked to its end. | validate it alone to see more
package-twice | Of the packages that `collect` gathers no two share name and version. | give one of them another name or version in its descriptor
""",
)

GENERATED = (TABLES["codes"].TABLE.path, DATASET)
"""The files in ``data/`` that ``build`` writes whole."""


def bundled() -> Path:
    """Where the package that travels with this code is: in the installed package or the checkout.

    The library may itself be in a zip archive on ``sys.path``: then the path leads into the archive.
    Raises ``FileNotFoundError`` where neither has it.
    """
    here = Path(__file__).resolve().parents[1]
    installed = here / "_data"
    archive = getattr(__spec__.loader if __spec__ else None, "archive", None)
    if archive or (installed / DESCRIPTOR).is_file():
        return installed
    checkout = here.parents[1]
    if (checkout / DESCRIPTOR).is_file() and (checkout / "pyproject.toml").is_file():
        return checkout
    raise FileNotFoundError(f"{DESCRIPTOR} is neither in the installed package nor in a checkout")


@dataclass
class TableFile:
    """A table's CSV file, read: its rows, the record of each that is one, and the issues."""

    table: str
    file: File
    rows: list[Row] = field(default_factory=list)
    records: list[Record | None] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    whole: bool = True
    """Whether every line was read as a row."""

    @property
    def path(self) -> str:
        """Where the file is in the package."""
        return self.file.name

    @cached_property
    def sound(self) -> bool:
        """Whether every line was read and every row is a record."""
        return self.whole and all(one is not None for one in self.records)

    @property
    def keys_sound(self) -> bool:
        """Whether every row was read and every key has its form, so that a missing id is missing."""
        key = TABLES[self.table].TABLE.key
        return self.whole and not any(issue.field in key for issue in self.issues)

    @cached_property
    def keys(self) -> list[str]:
        """Primary key of each row, as its cells spell it."""
        names = list(columns(self.table))
        first, *more = (names.index(name) for name in TABLES[self.table].TABLE.key)
        if not more:
            return [row.cells[first] for row in self.rows]
        parts = itemgetter(first, *more)
        return ["/".join(parts(row.cells)) for row in self.rows]

    @cached_property
    def places(self) -> dict[str, int]:
        """Primary key to the index of its row, of the last where several have it."""
        return {key: index for index, key in enumerate(self.keys)}

    def key(self, index: int) -> str:
        """Primary key of a row, as its cells spell it."""
        return self.keys[index]

    def values(self, index: int) -> dict[str, Any]:
        """Column name to value of a row; what can't be read stays text."""
        record = self.records[index]
        return typed(self.table, self.rows[index].cells) if record is None else vars(record)


class Package:
    """The files of a package and what they say; each is read at most once."""

    def __init__(self, files: Files, limits: Limits) -> None:
        self.files = files
        self.limits = limits
        self._files: dict[str, File] = {}
        self.descriptor_issues: list[Issue] = []
        """Why there is no descriptor."""
        self.descriptor: Mapping[str, Any] | None = self._read_descriptor()
        self.tables: dict[str, TableFile] = {}
        """Table name to table, for every table of the model."""
        room = limits.rows
        for table in TABLES:
            self.tables[table] = self._read_table(table, room)
            room -= len(self.tables[table].rows)

    @property
    def name(self) -> str:
        """The package's path, as it was given."""
        return self.files.name

    def file(self, name: str) -> File:
        """A file of the package, or why it can't be read."""
        if name not in self._files:
            try:
                self._files[name] = File(name, self.files.read(name))
            except Unreadable as reason:
                missing = reason.issue.rule == FILE_MISSING.name
                hint = BUILD if missing and name in GENERATED else reason.issue.hint
                self._files[name] = File(name, problem=replace(reason.issue, hint=hint))
        return self._files[name]

    def _read_descriptor(self) -> Mapping[str, Any] | None:
        file = self.file(DESCRIPTOR)
        if file.missing:
            above = Path(self.name).resolve().parent
            hint = f"give the package's folder, {above}" if (above / DESCRIPTOR).is_file() else None
            self.descriptor_issues = [DESCRIPTOR_MISSING.issue(DESCRIPTOR, "is missing", hint=hint)]
            return None
        if file.problem is not None:
            self.descriptor_issues = [file.problem]
            return None
        try:
            descriptor = jsonfile.parse(file.content)
            if not isinstance(descriptor, dict):
                raise ValueError("is not a JSON object")
        except ValueError as reason:
            self.descriptor_issues = [DESCRIPTOR_NOT_JSON.issue(DESCRIPTOR, str(reason))]
            return None
        return descriptor

    def _read_table(self, table: str, room: int) -> TableFile:
        file = self.file(TABLES[table].TABLE.path)
        if file.problem is not None:
            return TableFile(table, file, issues=[file.problem], whole=False)
        reading = csvfile.read(file.name, file.content, tuple(columns(table)), self.limits, room)
        records = [record_of(table, row, reading) for row in reading.rows]
        return TableFile(table, file, reading.rows, records, list(reading.issues()), reading.whole)

    @property
    def records(self) -> dict[str, list[Record]]:
        """Table name to the records of its rows, those aside that are none."""
        return {name: [one for one in table.records if one is not None] for name, table in self.tables.items()}

    @cached_property
    def as_built(self) -> bool:
        """Whether ``data/dataset.json`` is, byte for byte, what ``build`` makes of the tables.

        Then nobody needs to read it: it is in its layout, and says what the tables say.
        """
        sound = all(table.sound for table in self.tables.values())
        return sound and self.file(DATASET).content == dataset_json(self.records)

    @cached_property
    def dataset(self) -> tuple[Any, Issue | None]:
        """What ``data/dataset.json`` says, or the issue that says why it can't be read."""
        file = self.file(DATASET)
        if file.problem is not None:
            return None, file.problem
        try:
            return jsonfile.parse(file.content), None
        except jsonfile.DuplicateKey as reason:
            return None, JSON_DUPLICATE_KEY.issue(DATASET, str(reason))
        except ValueError as reason:
            return None, JSON_NOT_JSON.issue(DATASET, str(reason))


def dataset_json(records: Mapping[str, Sequence[Record]]) -> bytes:
    """The content of ``data/dataset.json``."""
    return jsonfile.render({name: [vars(record) for record in rows] for name, rows in records.items()})


def listed(descriptor: Mapping[str, Any] | None, name: str) -> list[dict[str, Any]]:
    """The objects in a list of a descriptor that may have any shape, such as its ``resources``."""
    found = (descriptor or {}).get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def coded_source(descriptor: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The source that a descriptor names as the coded article; empty where it names none."""
    sources = listed(descriptor, "sources")
    return next((one for one in sources if one.get("relation") == "coded"), {})


@contextmanager
def open_package(path: str | os.PathLike[str] | None = None, limits: Limits | None = None) -> Generator[Package]:
    """The package at ``path``, a directory or zip archive; without one, the bundled package.

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        Unreadable: a zip archive that can't be read or isn't safe.
    """
    limits = limits or Limits()
    files = open_files(bundled() if path is None else path, limits)
    try:
        yield Package(files, limits)
    finally:
        files.close()
