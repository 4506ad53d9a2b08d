"""Parquet: the tables of many packages as one folder of files a table, which grows run by run.

``claims/part-00000.parquet`` and so on hold the rows of some hundred packages each, sorted by ``package``
and ``version``; these two and ``article``, the article's SHA-256, stand in front of a table's columns, and
make its ids unique. The table ``packages`` has a row for each. ``manifest.json`` lists the files.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jpkr_drills import jsonfile
from jpkr_drills.build import writing
from jpkr_drills.corpus import pool
from jpkr_drills.corpus.checking import Checked, Finding, PathLike, Paths, check, checked, find, lost, modules
from jpkr_drills.frames import Frame, need
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import NOT_CHECKED, PACKAGE_TWICE, Package, coded_source, open_package
from jpkr_drills.package.files import DESCRIPTOR, Limits, open_files

if TYPE_CHECKING:
    from jpkr_drills.report import Report

MANIFEST = "manifest.json"
PER_PART = 500
"""Packages whose rows are in one file of a table, at most; of few packages there are smaller parts, for all cores."""


class Part(NamedTuple):
    """The packages of one part, and where to write it: all that a process needs to know."""

    number: int
    paths: tuple[str, ...]
    place: str
    only: tuple[str, ...]
    ignore: tuple[str, ...]


class Gathered(NamedTuple):
    """What became of a part: its packages, and the files that hold those that are valid."""

    checked: list[Checked]
    files: tuple[dict[str, Any], ...] = ()


def gather(part: Part) -> Gathered:
    """Check the packages of a part and write the tables of those that are valid."""
    from jpkr_drills.rules import ENGINES
    from jpkr_drills.validator import judge

    tables: dict[str, list[Any]] = defaultdict(list)

    def examine(path: str) -> Report:
        with open_package(path) as package:
            found = judge(path, package, None, frozenset(part.only or ENGINES), part.ignore)
            for name, table in _tables(package).items() if found.valid else ():
                tables[name].append(table)
        return found

    done = [checked(path, examine) for path in part.paths]
    return Gathered(done, tuple(_write(part, name, same) for name, same in tables.items()))


def _tables(package: Package) -> dict[str, Any]:
    """Table name to Arrow table, the package's key in front."""
    arrow = need("pyarrow", "arrow")
    about = package.descriptor or {}
    article = coded_source(about)
    key = {"package": about["name"], "version": about["version"], "article": article["sha256"]}

    source = {"title": about["title"], "language": article.get("language"), "publisher": article.get("publisher")}
    source["descriptor"] = package.file(DESCRIPTOR).sha256
    tables = {"packages": arrow.table({name: arrow.array([text], arrow.string()) for name, text in source.items()})}
    tables |= {name: Frame.of(TABLES[name], rows).to_arrow() for name, rows in package.records.items()}
    for at, (column, value) in enumerate(key.items()):
        field = arrow.field(column, arrow.string(), False)
        for name, table in tables.items():
            tables[name] = table.add_column(at, field, arrow.array([value] * len(table), arrow.string()))
    return tables


def _write(part: Part, name: str, tables: list[Any]) -> dict[str, Any]:
    """Write a table's rows of a part; returns what the manifest says of the file."""
    table = need("pyarrow", "arrow").concat_tables(tables)
    path = f"{name}/part-{part.number:05}.parquet"
    place = Path(part.place, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    need("pyarrow.parquet", "arrow").write_table(table, place, compression="zstd")
    content = place.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path, "rows": len(table), "bytes": len(content), "sha256": digest}


class Collecting(AbstractContextManager["Collecting"]):
    """A run of ``collect``: its ``parts`` are to be gathered anywhere, each result given to ``add``.

    As a context manager: files are written beside what is there, and moved in at the end if all went well.
    """

    def __init__(
        self,
        paths: Paths,
        out: PathLike,
        *,
        only: Collection[str] = (),
        ignore: Collection[str] = (),
        per_part: int | None = None,
    ) -> None:
        from jpkr_drills.validator import refuse_unknown

        refuse_unknown(only, ignore)
        self.out = Path(out)
        self.manifest = _manifest(self.out)
        self.refused: list[Checked] = []
        """Packages that aren't gathered, for another of their name and version is."""
        self.known = 0
        """Packages that are there already."""
        self.packages = 0
        """Packages that were added."""
        self._files: list[dict[str, Any]] = []
        self._scratch = self.out / f"{writing.SCRATCH}{secrets.token_hex(8)}"
        new = self._new(paths)
        size = per_part or min(max(len(new) // 16, 50), PER_PART)
        numbers = (int(Path(one["path"]).stem.removeprefix("part-")) for one in self.manifest["files"])
        self.parts = [
            Part(number, tuple(new[start : start + size]), str(self._scratch), tuple(only), tuple(ignore))
            for number, start in enumerate(range(0, len(new), size), max(numbers, default=-1) + 1)
        ]

    def _new(self, paths: Paths) -> list[str]:
        """The packages that are not there yet, by name and version; first those that can't be identified."""
        there: dict[tuple[str, str], str] = {}
        for file in self.manifest["files"]:
            if file["path"].startswith("packages/"):
                table = need("pyarrow.parquet", "arrow").read_table(self.out / file["path"])
                there |= {(row["package"], row["version"]): row["descriptor"] for row in table.to_pylist()}
        new: list[str] = []
        for (key, digest), path in sorted((_identity(path), path) for path in find(paths)):
            if not digest or key not in there:
                new.append(path)
                there[key] = digest
            elif there[key] == digest:
                self.known += 1
            else:
                message = f"another package {key[0]} {key[1]} is there, or among these"
                issue = PACKAGE_TWICE.issue(DESCRIPTOR, message, field="version", value=key[1])
                self.refused.append(Checked(path, 0, [Finding.of(path, issue)]))
        return new

    def add(self, gathered: Gathered) -> None:
        """Note what became of a part."""
        self.packages += sum(one.valid for one in gathered.checked)
        self._files += gathered.files

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is not None or not self._files:
                return
            for file in self._files:
                place = self.out / file["path"]
                place.parent.mkdir(parents=True, exist_ok=True)
                (self._scratch / file["path"]).replace(place)
            files = sorted([*self.manifest["files"], *self._files], key=lambda file: str(file["path"]))
            manifest = self.manifest | {"packages": self.manifest["packages"] + self.packages, "files": files}
            writing.replace(self.out, {MANIFEST: jsonfile.render(manifest)})
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)


def _manifest(out: Path) -> dict[str, Any]:
    """What the manifest of ``out`` says, or an empty one."""
    described = {name: list(columns(name)) for name in TABLES}
    if not (out / MANIFEST).is_file():
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise FileExistsError(f"{out} is there, and collect didn't write it: give another folder")
        return {"columns": described, "packages": 0, "files": []}
    manifest: dict[str, Any] = json.loads((out / MANIFEST).read_bytes())
    if manifest.get("columns") != described:
        raise ValueError(f"{out} was collected by a version with other columns: give another folder")
    return manifest


def _identity(path: str) -> tuple[tuple[str, str], str]:
    """Name and version of the package at ``path``, and the hash of its descriptor, which has its files' hashes."""
    try:
        with closing(open_files(path, Limits())) as files:
            content = files.read(DESCRIPTOR)
        about = jsonfile.parse(content)
        return (str(about["name"]), str(about["version"])), hashlib.sha256(content).hexdigest()
    except (OSError, ValueError, LookupError, TypeError):  # to be told when it is checked
        return ("", ""), ""


def collect(
    paths: Paths,
    out: PathLike,
    *,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
    jobs: int | None = None,
    per_part: int | None = None,
    told: Callable[[Checked], object] = lambda checked: None,
) -> Collecting:
    """Gather the valid packages at ``paths`` in the folder ``out``, which is made or added to.

    ``only``, ``ignore`` and ``jobs`` are as for ``validate``, ``per_part`` is ``PER_PART`` if not given; ``told``
    is called with each package as it is checked, invalid ones too. What is there already is left alone, so that a second run adds what is new. A
    run that fails or is interrupted leaves ``out`` as it was. Returns what was done: ``packages`` added,
    ``known`` before, ``refused``.

    Raises:
        FileExistsError: ``out`` has files that no ``collect`` wrote.
        ValueError: ``out`` was written by a version with other columns, or an engine or rule that doesn't exist.
        MissingExtra: pyarrow (the extra ``arrow``) or an engine's library isn't installed.
        OSError: ``out`` can't be written.
    """
    need("pyarrow.parquet", "arrow")
    with Collecting(paths, out, only=only, ignore=ignore, per_part=per_part) as collecting:
        for refused in collecting.refused:
            told(refused)
        imported = [*modules(only), "pyarrow.parquet"]
        for gathered in pool.run(gather, collecting.parts, _lost, jobs=jobs, modules=imported):
            collecting.add(gathered)
            for one in gathered.checked:
                told(one)
    return collecting


def _lost(part: Part, why: str) -> Gathered:
    """A part whose process ended: what it is without the packages at which a process ends."""
    one_by_one = partial(check, only=part.only, ignore=part.ignore)
    known = pool.run(one_by_one, part.paths, lost, modules=modules(part.only))
    dead = [one for one in known if any(finding.rule == NOT_CHECKED.name for finding in one.findings)]
    left = tuple(path for path in part.paths if path not in {one.package for one in dead})
    if len(left) in (0, len(part.paths)):  # each by itself is no burden, all together are
        return Gathered([lost(path, why) for path in part.paths])
    (gathered,) = pool.run(gather, [part._replace(paths=left)], _lost, jobs=2)
    return gathered._replace(checked=[*dead, *gathered.checked])
