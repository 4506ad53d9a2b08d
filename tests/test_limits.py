"""What is as large as the limits allow is judged, in bounded memory and without a hang."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import synthetic
from helpers import contents, unmeasured, zipped
from jpkr_drills.cells import columns
from jpkr_drills.csvfile import LINE_LIMIT
from jpkr_drills.files import DESCRIPTOR_LIMIT, FILE_LIMIT, FURTHER_LIMIT

MEMORY = 2**30
"""Bytes of address space that the command may take: libraries take a third of it, the rest is ours."""
SECONDS = 300
"""After which it counts as hung: many times what it takes."""


def _rows(table: str, row: bytes, count: int) -> bytes:
    return ",".join(columns(table)).encode() + b"\n" + row * count


def _more_csv(root: Path) -> None:
    content = b"a," * (FURTHER_LIMIT // 2)
    (root / "data/more.csv").write_bytes(content)
    said = json.loads((root / "datapackage.json").read_bytes())
    more = {"name": "more", "path": "data/more.csv", "format": "csv", "bytes": len(content)}
    said["resources"].append(more)
    (root / "datapackage.json").write_text(json.dumps(said))


def _descriptor(root: Path) -> None:
    said = json.loads((root / "datapackage.json").read_bytes())
    said["keywords"] = [f"keyword {number}" for number in range(DESCRIPTOR_LIMIT // 20)]
    (root / "datapackage.json").write_text(json.dumps(said))
    assert (root / "datapackage.json").stat().st_size < DESCRIPTOR_LIMIT


LARGE: dict[str, Callable[[Path], object]] = {
    "one-line": lambda root: (root / "data/claims.csv").write_bytes(b"x" * FILE_LIMIT),
    "long-cells": lambda root: (root / "data/claims.csv").write_bytes(
        _rows("claims", b"x" * (LINE_LIMIT - 1) + b"\n", 500)
    ),
    "empty-cells": lambda root: (root / "data/claims.csv").write_bytes(
        _rows("claims", b"," * (len(columns("claims")) - 1) + b"\n", 190_000)
    ),
    "links-to-nothing": lambda root: (root / "data/claim_events.csv").write_bytes(
        _rows("claim_events", b"p1s1-1,event\n", 60_000)
    ),
    "records-in-json": lambda root: (root / "data/dataset.json").write_bytes(
        b'{"claims":[' + b"{}," * 1_400_000 + b"{}]}"
    ),
    "text-in-json": lambda root: (root / "data/dataset.json").write_bytes(
        b'{"claims":["' + b"x" * (FILE_LIMIT - 100) + b'"]}'
    ),
    "further-csv": _more_csv,
    "descriptor": _descriptor,
}


def _with_little_memory(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def _judged(place: Path, article: Path) -> list[str]:
    """The rules that the command names; it must come to its end."""
    command = ("-m", "jpkr_drills", "validate", place, "--article", article, "--format", "json")
    done = _with_little_memory(*command)
    assert (done.returncode, done.stderr) == (1, "")
    return [one["rule"] for one in json.loads(done.stdout)["issues"]]


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_judged(name: str, tmp_path: Path) -> None:
    root, article = synthetic.make(tmp_path)
    LARGE[name](root)
    assert _judged(root, article)


def test_what_unpacks_to_much_is_judged(tmp_path: Path) -> None:
    root, article = synthetic.make(tmp_path)
    files = {
        **contents(root),
        "data/claims.csv": b"\0" * FILE_LIMIT,
        "data/dataset.json": b" " * FILE_LIMIT,
    }
    place = zipped(tmp_path / "a.zip", files)
    assert place.stat().st_size < FILE_LIMIT // 100
    assert {"csv-line-too-long", "json-not-json"} <= set(_judged(place, article))


def test_there_is_no_more_memory_than_that() -> None:
    assert "MemoryError" in _with_little_memory("-c", f"bytes({MEMORY})").stderr
