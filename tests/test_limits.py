"""What is as large as the limits allow is judged, in bounded memory and without a hang."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import contents, unmeasured, zipped
from jpkr_drills.model.records import columns
from jpkr_drills.package.files import Limits

pytestmark = pytest.mark.slow

FILE_LIMIT = Limits().file_bytes
MEMORY = 2**30
"""Bytes of address space that the command may take: libraries take a third of it, the rest is ours."""
SECONDS = 300
"""After which it counts as hung: many times what it takes."""


def _rows(table: str, row: bytes, count: int) -> bytes:
    return ",".join(columns(table)).encode() + b"\n" + row * count


LARGE: dict[str, Callable[[Path], object]] = {
    "one-line": lambda root: (root / "data/claims.csv").write_bytes(b"x" * FILE_LIMIT),
    "empty-cells": lambda root: (root / "data/claims.csv").write_bytes(
        _rows("claims", b"," * (len(columns("claims")) - 1) + b"\n", 190_000)
    ),
    "no-records": lambda root: (root / "data/claims.csv").write_bytes(
        _rows("claims", b"x" + b"," * (len(columns("claims")) - 1) + b"\n", 190_000)
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
def test_what_is_large_is_judged(name: str, package: Path, article: Path) -> None:
    LARGE[name](package)
    assert _judged(package, article)


def test_what_unpacks_to_much_is_judged(package: Path, article: Path, tmp_path: Path) -> None:
    files = {
        **contents(package),
        "data/claims.csv": b"\0" * FILE_LIMIT,
        "data/dataset.json": b" " * FILE_LIMIT,
    }
    place = zipped(tmp_path / "a.zip", files)
    assert place.stat().st_size < FILE_LIMIT // 100
    assert {"csv-header", "json-not-json"} <= set(_judged(place, article))


def test_there_is_no_more_memory_than_that() -> None:
    assert "MemoryError" in _with_little_memory("-c", f"bytes({MEMORY})").stderr
