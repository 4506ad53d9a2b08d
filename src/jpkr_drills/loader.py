"""Loading: from a package's files to a Dataset."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from jpkr_drills.checks import references
from jpkr_drills.dataset import Dataset
from jpkr_drills.issues import Issue, lines
from jpkr_drills.package import Package, open_package
from jpkr_drills.package.files import DESCRIPTOR, Limits, Unreadable

_SHOWN = 5


class InvalidPackage(ValueError):
    """A package that can't be loaded; ``issues`` says why."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = list(issues)
        shown = "\n".join(lines(self.issues[:_SHOWN]))
        more = len(self.issues) - _SHOWN
        rest = f"\n... and {more} more; see jpkr_drills.validate" if more > 0 else ""
        super().__init__(f"the package can't be loaded:\n{shown}{rest}")

    def __reduce__(self) -> tuple[type[InvalidPackage], tuple[list[Issue]]]:
        return type(self), (self.issues,)


def load(path: str | os.PathLike[str] | None = None, *, limits: Limits | None = None) -> Dataset:
    """The package at ``path``, a directory or zip archive; without it, the bundled package.

    What `jpkr-drills export` wrote is loaded too, where it holds every table: a .sqlite, .duckdb or .xlsx
    file, a folder of Parquet or JSON Lines.

    Every record is checked against its model and every link is followed; for the whole of the
    checks, hashes and rules of meaning included, see ``validate``.

    >>> from jpkr_drills import load
    >>> load().claims["p0s1-1"].voice
    'article'

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        InvalidPackage: a table is missing, malformed or has a record or link that isn't valid.
        MissingExtra: the library that reads the format isn't installed.
    """
    try:
        if path is not None and (reader := _reader_of(path)):
            from jpkr_drills.export.reading import files_of

            return dataset_of(Package(files_of(path, reader), limits or Limits()))
        with open_package(path, limits) as package:
            return dataset_of(package)
    except Unreadable as reason:
        raise InvalidPackage([reason.issue]) from reason


def dataset_of(package: Package) -> Dataset:
    """The tables of an opened package. Raises ``InvalidPackage``."""
    # What keeps several tables from being read, such as a linked folder, is told once.
    if found := package.descriptor_issues or list(dict.fromkeys(defects(package))):
        raise InvalidPackage(found)
    descriptor = package.descriptor or {}
    return Dataset(
        package.records,
        title=str(descriptor.get("title", "")),
        version=str(descriptor.get("version", "")),
        path=package.name,
    )


def _reader_of(path: str | os.PathLike[str]) -> str | None:
    """The module of ``export`` that reads what is at ``path``, if that is an export that holds every table."""
    place = Path(path)
    if place.is_file():
        return place.suffix[1:] if place.suffix in (".sqlite", ".duckdb", ".xlsx") else None
    if (place / DESCRIPTOR).exists():
        return None
    return next((kind for kind in ("parquet", "jsonl") if (place / f"claims.{kind}").is_file()), None)


def defects(package: Package) -> Iterator[Issue]:
    """What keeps the tables of a package from being read as records that are linked."""
    for table in package.tables.values():
        yield from table.issues
    yield from references.check(package)
