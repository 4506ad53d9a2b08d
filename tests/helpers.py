"""What several test modules share."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from jpkr_drills import csvfile
from jpkr_drills.cells import columns
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import Issue
from jpkr_drills.package import TableFile
from jpkr_drills.records import record_of, typed

ROOT = Path(__file__).resolve().parents[1]


def rules(issues: Iterable[Issue]) -> set[str]:
    """The rules that the issues name."""
    return {issue.rule for issue in issues}


def contents(root: Path) -> dict[str, bytes]:
    """Path below ``root`` to content, for every file."""
    return {
        place.relative_to(root).as_posix(): place.read_bytes()
        for place in sorted(root.rglob("*"))
        if place.is_file()
    }


def rows(table: str, root: Path = ROOT) -> list[dict[str, str]]:
    """The rows of a table, read by the standard library alone."""
    with (root / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(root: Path, table: str, changed: Iterable[Mapping[str, str]]) -> None:
    """Write a table's rows in canonical form."""
    kept = list(changed)
    with (root / f"data/{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


class Memory:
    """Files of a package that are only in memory, and what keeps others from being read."""

    name = "memory"

    def __init__(self, files: Mapping[str, bytes | FileProblem]) -> None:
        self._files = files

    def names(self) -> list[str]:
        return sorted(self._files)

    def open(self, name: str) -> IO[bytes]:
        if name not in self._files:
            raise FileProblem("file-missing", "is missing", name)
        found = self._files[name]
        if isinstance(found, FileProblem):
            raise found
        return io.BytesIO(found)

    def close(self) -> None:
        pass


def table_file(table: str, cells: Iterable[tuple[str, ...]], *, whole: bool = True) -> TableFile:
    """A table's file as a package's reader makes it of these rows, without a file."""
    header = tuple(columns(table))
    file = TableFile(table, csvfile.read(io.BytesIO(csvfile.write(header, cells)), header))
    assert file.reading is not None
    file.reading.whole = file.reading.whole and whole
    for index, row in enumerate(file.rows):
        built = record_of(table, typed(table, row.cells))
        file.faults.extend((index, fault) for fault in (built if isinstance(built, list) else []))
        file.records.append(None if isinstance(built, list) else built)
    return file


def replace(place: Path, old: str, new: str) -> None:
    """Replace the first ``old`` in a file; it must be there."""
    text = place.read_bytes().decode("utf-8")
    assert old in text
    place.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def descriptor(root: Path = ROOT) -> dict[str, Any]:
    """The package's descriptor."""
    value = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def write_json(place: Path, value: object) -> None:
    """Write JSON as ``build`` lays it out."""
    place.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def zipped(place: Path, files: Mapping[str, bytes]) -> Path:
    """A zip archive of ``files``."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return place


def python(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter; what it prints is decoded as UTF-8."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def unmeasured() -> dict[str, str]:
    """The environment without what makes coverage follow a child process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
