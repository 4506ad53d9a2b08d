"""What several test modules share."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jpkr_drills.issues import Issue
from jpkr_drills.model.records import TABLES

ROOT = Path(__file__).resolve().parents[1]


def table_path(table: str) -> str:
    """Where a table's file is in every package."""
    return TABLES[table].TABLE.path


def rules(issues: Iterable[Issue]) -> set[str]:
    """The rules that the issues name."""
    return {issue.rule for issue in issues}


def contents(root: Path) -> dict[str, bytes]:
    """Path below ``root`` to content, for every file."""
    return {
        place.relative_to(root).as_posix(): place.read_bytes() for place in sorted(root.rglob("*")) if place.is_file()
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


def python(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
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


COMMAND = shutil.which("jpkr-drills", path=Path(sys.executable).parent) or "jpkr-drills"


def command(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command ``jpkr-drills``."""
    return subprocess.run(
        [COMMAND, *arguments],
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
