"""Hostile input: whatever lies at the path, ``validate`` gives issues and ``load`` a documented error.

Each attack names the rule that it must meet; the random ones below need only not to be met by any other
exception. ``JPKR_DRILLS_EXAMPLES`` sets how many random examples are tried.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import chdir, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import contents, python, rules, zipped
from jpkr_drills import InvalidPackage, load, validate
from jpkr_drills.cli import main
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.report import FORMATS
from jpkr_drills.validator import OWN_ENGINES

CSV, DATASET, DESCRIPTOR = "data/claims.csv", "data/dataset.json", "datapackage.json"
SCHEMA = "schemas/table/claims.json"


def met(place: Path, article: Path | None = None, engines: Collection[str] = OWN_ENGINES) -> set[str]:
    """The rules that ``place`` breaks; only the documented exception may come from loading it."""
    with suppress(InvalidPackage):
        load(place)
    return rules(validate(place, article=article, only=engines, strict=True))


# --- archives ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0, 1, 21, 500, -1, -22, -500])
def test_an_archive_cut_short_is_unreadable(package: Path, tmp_path: Path, kept: int) -> None:
    content = zipped(tmp_path / "a.zip", contents(package)).read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[:kept])
    assert met(tmp_path / "cut.zip") == {"zip-unreadable"}


@pytest.mark.parametrize(("before", "after"), [(b"#!/bin/sh\n", b""), (b"", b"garbage" * 9)])
def test_bytes_around_an_archive_change_nothing(package: Path, tmp_path: Path, before: bytes, after: bytes) -> None:
    place = zipped(tmp_path / "a.zip", contents(package))
    place.write_bytes(before + place.read_bytes() + after)
    assert met(place) == set()


def test_a_name_of_a_thousand_folders_is_no_hang(package: Path, tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {**contents(package), "data/" + "a/" * 5000 + "b": b""})
    assert met(place) <= {"zip-unsafe", "file-undeclared"}


# --- directories -------------------------------------------------------------------------------------


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, chdir(place.parent):
        made.bind(place.name)


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "folder": Path.mkdir,
    "link-outside": lambda place: place.symlink_to("/etc/passwd"),
    "link-to-device": lambda place: place.symlink_to("/dev/zero"),
    "link-to-itself": lambda place: place.symlink_to(place.name),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [CSV, DATASET, DESCRIPTOR, SCHEMA, "data", "schemas", "data/unknown"])
def test_what_is_no_file_is_never_read(package: Path, name: str, kind: str) -> None:
    place = package / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    KINDS[kind](place)
    found = met(package)
    if name == "data/unknown":
        assert found == (set() if kind == "folder" else {"file-undeclared"})
    elif kind.startswith("link"):
        assert found == {"file-outside"}
    elif name in ("data", "schemas"):
        assert found <= {"file-missing", "schema-missing", "file-unreadable", "file-undeclared"}
        assert found & {"file-missing", "schema-missing"}
    else:
        assert found == {"file-unreadable"}


# --- JSON and CSV ------------------------------------------------------------------------------------

NOT_JSON: dict[str, bytes] = {
    "empty": b"",
    "nul": b"\0\0",
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "nan": b'{"a": NaN}',
    "long-integer": b'{"a": ' + b"1" * 5000 + b"}",
    "lone-surrogate-in-key": b'{"\\udfff": 1}',
    "deep-lists": b"[" * 100_000 + b"]" * 100_000,
    "deep-objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "two-values": b"{} {}",
}


HEADER = ",".join(columns("claims")).encode()
BAD_CSV: dict[str, tuple[bytes, str]] = {
    "nul": (HEADER + b"\n\0\n", "csv-row-width"),
    "nul-in-cell": (HEADER + b"\n" + b"\0," * 12 + b"\0\n", "pattern"),
    "quotes": (HEADER + b"\n" + b'"' * 9999 + b"\n", "csv-quoting"),
    "columns": (b"," * 100_000 + b"\n", "csv-header"),
    "cells": (HEADER + b"\n" + b"," * 100_000 + b"\n", "csv-row-width"),
    "long-line": (HEADER + b"\n" + b"x" * 10_000_000 + b"\n", "csv-row-width"),
    "long-header": (b"x" * 10_000_000, "csv-header"),
    "separator-line": (b"sep=,\n" + HEADER + b"\n", "csv-header"),
    "zip": (b"PK\x03\x04" + bytes(range(256)), "csv-header"),
    "old-line-ends": (HEADER + b"\r" * 99, "csv-line-ending"),
}


@pytest.mark.parametrize("name", BAD_CSV)
def test_bytes_that_are_no_table_are_refused(package: Path, name: str) -> None:
    content, expected = BAD_CSV[name]
    (package / CSV).write_bytes(content)
    found = validate(package, only=OWN_ENGINES)
    assert expected in rules(found)
    assert len(found) < 60


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "link-to-device", "link-to-itself"])
def test_an_article_that_is_no_file_is_an_error(package: Path, kind: str) -> None:
    KINDS[kind](package.parent / "article")
    with pytest.raises((FileNotFoundError, OSError)):
        validate(package, article=package.parent / "article")


# --- what is printed -----------------------------------------------------------------------------------

EVIL = "\x1b]0;x\x07\n::error file=x::y\r\u202e\u2028[bold]=1+1"


@pytest.fixture
def evil(package: Path) -> Path:
    """A package that would steer terminals, GitHub and spreadsheets."""
    document = json.loads((package / DESCRIPTOR).read_bytes())
    document.update({"title": EVIL, EVIL: EVIL})
    (package / DESCRIPTOR).write_text(json.dumps(document))
    table = (package / CSV).read_text(encoding="utf-8").replace("article", EVIL.replace("\n", "").replace("\r", ""))
    (package / CSV).write_bytes(table.encode())
    (package / "data" / EVIL.replace("/", "")).touch()
    (package / "data" / os.fsdecode(b"\xff\xfe")).touch()
    return package


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_printed_steers(evil: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(evil), "--format", form, "--fast"]) == 1
    said = capsys.readouterr().out
    assert all(line.isprintable() for line in said.split("\n"))
    commands = [line for line in said.split("\n") if line.startswith("::")]
    pattern = r"::(error|warning) file=[^:,]+(,line=[0-9]+)?,title=[a-z-]+::"
    assert all(re.match(pattern, one) for one in commands)
    assert bool(commands) == (form == "github")
    if form == "json":
        assert json.loads(said)["valid"] is False


def test_a_narrow_output_gets_escapes(evil: Path) -> None:
    run = python("-m", "jpkr_drills", "validate", str(evil), "--fast", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.isascii()


# --- at random ---------------------------------------------------------------------------------------

attacks = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


def _nodes(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    for step, inner in steps:
        yield from _nodes(inner, (*path, step))


def _replaced(document: Any, path: tuple[str | int, ...], value: object) -> Any:
    if not path:
        return value
    changed = node = deepcopy(document)
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return changed


def _mangled(data: st.DataObject, content: bytes) -> bytes:
    """``content`` with a few bytes changed, put in, taken out or cut off."""
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed)))
        match data.draw(st.sampled_from(("change", "insert", "delete", "cut"))):
            case "change":
                changed[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "insert":
                changed[at:at] = data.draw(st.binary(min_size=1, max_size=4))
            case "delete":
                del changed[at : at + data.draw(st.integers(1, 99))]
            case _:
                del changed[at:]
    return bytes(changed)


def _attack(package: Path, article: Path, name: str, content: bytes) -> set[str]:
    """What is met with one file of the package changed; it is put right again."""
    good = (package / name).read_bytes()
    try:
        (package / name).write_bytes(content)
        return met(package, article)
    finally:
        (package / name).write_bytes(good)


@attacks
@given(content=st.binary(max_size=300), name=st.sampled_from((CSV, DATASET, DESCRIPTOR, SCHEMA)))
def test_any_bytes_may_stand_in_a_file(package: Path, article: Path, content: bytes, name: str) -> None:
    assert _attack(package, article, name, content)


@attacks
@given(content=st.binary(max_size=300))
def test_any_bytes_may_be_an_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert met(tmp_path / "a.zip") == {"zip-unreadable"}


@attacks
@given(data=st.data(), value=JSON, name=st.sampled_from((DESCRIPTOR, DATASET)))
def test_any_value_may_stand_anywhere_in_json(
    package: Path, article: Path, data: st.DataObject, value: object, name: str
) -> None:
    document = json.loads((package / name).read_bytes())
    changed = _replaced(document, data.draw(st.sampled_from(list(_nodes(document)))), value)
    _attack(package, article, name, json.dumps(changed).encode())


@attacks
@given(data=st.data(), table=st.sampled_from(list(TABLES)))
def test_a_mangled_table_is_found(package: Path, article: Path, data: st.DataObject, table: str) -> None:
    name = f"data/{table}.csv"
    good = (package / name).read_bytes()
    content = _mangled(data, good)
    assert _attack(package, article, name, content) or content == good


@attacks
@given(data=st.data())
def test_a_mangled_archive_is_no_surprise(good: tuple[Path, Path], tmp_path: Path, data: st.DataObject) -> None:
    content = zipped(tmp_path / "good.zip", contents(good[0])).read_bytes()
    (tmp_path / "mangled.zip").write_bytes(_mangled(data, content))
    met(tmp_path / "mangled.zip")
