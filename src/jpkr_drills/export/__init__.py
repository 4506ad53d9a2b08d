"""Exports: the package in other formats, one module a format, found by ending in ``FORMATS``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

# The command lists FORMATS in its help: what an export needs is imported when there is one.
if TYPE_CHECKING:
    from jpkr_drills.dataset import Dataset
    from jpkr_drills.frames import Frame
    from jpkr_drills.issues import Issue

PathLike = str | os.PathLike[str]
Rows = dict[str, list[dict[str, Any]]]
"""Table name to rows, each column name to value."""
MARK = "Written by jpkr-drills"
"""What every export has in it as it is, so that an export never replaces somebody else's file."""
CARD = "README.md"
"""The file of a folder that has the mark."""


@dataclass(frozen=True)
class Source:
    """What is exported.

    Attributes:
        dataset: the loaded package.
        descriptor: its ``datapackage.json``.
        files: path to content of its files, LICENSE and CITATION.cff too if it has them.
        name: name of the file or folder to write.
        article: text of the coded article, if it was given.
    """

    dataset: Dataset
    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]
    name: str
    article: str | None = None

    @property
    def about(self) -> dict[str, Any]:
        """The descriptor without its resources, which are files of the package."""
        return {name: value for name, value in self.descriptor.items() if name not in ("$schema", "resources")}

    @property
    def coded(self) -> Mapping[str, Any]:
        """The coded article, as the descriptor's ``sources`` have it."""
        from jpkr_drills.package import coded_source

        return coded_source(self.descriptor)

    @cached_property
    def frames(self) -> list[Frame]:
        """Every table, and behind them every view."""
        from jpkr_drills.views import VIEWS

        return [*(table.frame() for table in self.dataset.tables.values()), *map(self.dataset.view, VIEWS)]


class Format(NamedTuple):
    """A format: its module here, whose ``contents(source)`` gives path to bytes, and what it is for.

    A file's path is ``source.name``, or beside it; a folder's are inside it, ``CARD`` among them. The file
    ``source.name`` or ``CARD`` has ``MARK`` in it.
    """

    module: str
    what: str
    folder: bool = False


FORMATS: dict[str, Format] = {
    ".zip": Format("archive", "the package, with licence, citation, codebook and the flat views as CSV"),
    ".sqlite": Format("sqlite", "SQLite database with keys, checks, views and full-text search"),
    ".duckdb": Format("duckdb", "DuckDB database with keys, checks and views"),
    ".xlsx": Format("xlsx", "Excel workbook, a sheet a table and a view"),
    ".html": Format("page", "one page to read it by in a browser, without a network"),
    ".md": Format("markdown", "the same reading as Markdown"),
    ".json": Format("nested", "events with their parties, places and claims, claims with their speakers"),
    ".graphml": Format("graph", "parties, places, events and claims as a graph"),
    ".jsonld": Format("croissant", "Croissant metadata, with every record in it"),
    ".parquet": Format("parquet", "folder of Parquet files", folder=True),
    ".jsonl": Format("jsonl", "folder of JSON Lines files", folder=True),
    ".annotations": Format("annotations", "folder of W3C Web Annotations; with the article brat, too", folder=True),
}
"""Ending to format; ``--format`` takes the same without the dot."""


def authors(about: Mapping[str, Any]) -> list[str]:
    """Who made a package, by its descriptor: each contributor's title, or names, or organization."""
    people: list[dict[str, Any]] = about.get("contributors", [])
    names = ((one.get("givenName"), one.get("familyName")) for one in people)
    whole = (" ".join(filter(None, pair)) for pair in names)
    return [one.get("title") or name or one["organization"] for one, name in zip(people, whole, strict=True)]


def export(
    path: PathLike | None,
    target: PathLike,
    *,
    format: str | None = None,  # noqa: A002  (it is the option's name)
    article: PathLike | None = None,
    force: bool = False,
) -> list[Issue]:
    """Write the package at ``path`` (without one, the bundled package) to ``target``.

    ``format`` is an ending of ``FORMATS`` without its dot; without it, that of ``target`` decides.
    ``article`` is the coded article's file, for the formats that hold its text. Files appear whole or not
    at all. An invalid package is not exported: its issues are returned, and ``target`` is left as it was.

    Raises:
        ValueError: an ending or format that isn't known.
        FileExistsError: ``target`` wasn't written by an export, and ``force`` isn't set.
        FileNotFoundError: there is no package, or no article.
        MissingExtra: the format's library isn't installed.
        OSError: the target can't be written.
    """
    from jpkr_drills.build import writing
    from jpkr_drills.loader import dataset_of
    from jpkr_drills.model.schemas import schema_files
    from jpkr_drills.package import listed, open_package
    from jpkr_drills.package.files import DESCRIPTOR
    from jpkr_drills.validator import OWN_ENGINES, validate

    place = Path(target)
    ending = place.suffix if format is None else f".{format.removeprefix('.')}"
    if ending not in FORMATS:
        given = ending if format or ending else place.name
        raise ValueError(f"no format for {given!r}; the endings are {', '.join(FORMATS)}")
    only = [engine for engine in OWN_ENGINES if article is not None or engine != "article"]
    if issues := validate(path, article=article, only=only):
        return issues
    text = None if article is None else Path(article).read_bytes().decode("utf-8")
    kind = FORMATS[ending]
    with open_package(path) as package:
        declared = {DESCRIPTOR, *schema_files(), *(one.get("path") for one in listed(package.descriptor, "resources"))}
        names = [name for name in package.files.names() if name in declared]
        found = [package.file(name) for name in (*names, "LICENSE", "CITATION.cff")]
        files = {file.name: file.content for file in found if file.problem is None}
        source = Source(dataset_of(package), package.descriptor or {}, files, place.name, text)
    contents = import_module(f"{__name__}.{kind.module}").contents(source)
    root = place if kind.folder else place.parent
    if not force:
        _refuse_strangers(root, writing.outdated(root, contents), CARD if kind.folder else place.name)
    writing.replace(root, contents)
    return []


def _refuse_strangers(root: Path, changed: Iterable[str], main: str) -> None:
    """Raise ``FileExistsError`` for a file that would be replaced and isn't an export's."""

    def ours(name: str) -> bool:
        place = root / name
        return place.is_file() and not place.is_symlink() and MARK.encode() in place.read_bytes()

    if main == CARD and ours(main):
        return
    own = "; give another name, or --force to replace it"
    if main == CARD and root.is_dir() and any(root.iterdir()):
        raise FileExistsError(f"{root} has files that no export wrote{own}")
    if strangers := [name for name in changed if os.path.lexists(root / name) and not ours(name)]:
        raise FileExistsError(f"{root / strangers[0]} is there, and no export wrote it{own}")
