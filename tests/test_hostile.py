"""Hostile input: whatever lies at the path, ``validate`` gives issues and ``load`` a documented error.

The packages attacked are copies of the synthetic one, whose article is at hand. Each attack names
the rule that it must meet; the random ones below need only not to be met by any other exception.
``JPKR_DRILLS_EXAMPLES`` sets how many random examples are tried.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import socket
import stat
import struct
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import chdir, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import synthetic
from helpers import contents, python, rules, zipped
from jpkr_drills import InvalidPackage, csvfile, jsonfile, load
from jpkr_drills.cells import columns
from jpkr_drills.cli import main
from jpkr_drills.files import ENTRIES_LIMIT, FILE_LIMIT
from jpkr_drills.models import TABLES
from jpkr_drills.records import record_of, typed
from jpkr_drills.report import FORMATS
from jpkr_drills.validation import validate
from watching import watching

EXAMPLES = int(os.environ.get("JPKR_DRILLS_EXAMPLES", "300"))
CSV, DATASET, DESCRIPTOR = "data/claims.csv", "data/dataset.json", "datapackage.json"
SCHEMA = "schemas/table/claims.json"
READERS = ("descriptor", "integrity", "pydantic", "references", "meaning", "agreement", "article")
"""The engines that read what is attacked; the other two see only what these have read."""


@dataclass(frozen=True)
class Good:
    """A good package, and the article it codes."""

    root: Path
    article: Path
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    root, article = synthetic.make(tmp_path_factory.mktemp("good"))
    files = contents(root)
    kept = {name: files[name] for name in files if name.startswith((DESCRIPTOR, "data/", "schemas/"))}
    return Good(root, article, kept)


@pytest.fixture
def root(good: Good, tmp_path: Path) -> Path:
    """A copy of the good package, to attack."""
    return shutil.copytree(good.root, tmp_path / "attacked")


@pytest.fixture(scope="module")
def target(good: Good, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that random examples change and put right again."""
    return shutil.copytree(good.root, tmp_path_factory.mktemp("random") / "attacked")


def met(place: Path, article: Path | None = None, engines: Collection[str] = READERS) -> set[str]:
    """The rules that ``place`` breaks; only the documented exception may come from loading it."""
    with watching(Path(place).parent, *([article] if article else [])) as strayed:
        with suppress(InvalidPackage):
            load(place)
        found = rules(validate(place, article=article, only=engines))
    assert strayed == []
    return found


def test_the_good_package_is_good(good: Good) -> None:
    assert validate(good.root, article=good.article) == []


# --- archives --------------------------------------------------------------------------------


def archive(place: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in entries:
            opened.writestr(name, content)
    return place


def info(name: str, mode: int = stat.S_IFREG) -> zipfile.ZipInfo:
    """An entry whose name zipfile leaves as it is."""
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = name
    entry.external_attr = (mode | 0o644) << 16
    return entry


def directory_record(content: bytes, name: str) -> int:
    """Where an entry's record in the central directory starts."""
    return content.index(name.encode(), content.index(b"PK\x01\x02")) - 46


@pytest.mark.parametrize(
    "name",
    ["", "../x", "data/../../x", "/etc/x", "//host/x", "C:/x", "data\\x", "data/x\0.csv", "file:x"],
)
def test_an_entry_that_leads_elsewhere_is_unsafe(tmp_path: Path, good: Good, name: str) -> None:
    place = archive(tmp_path / "a.zip", *good.files.items(), (info(name), b"x"))
    assert met(place) == {"zip-unsafe"}


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_an_entry_that_is_no_file_is_unsafe(tmp_path: Path, mode: int) -> None:
    assert met(archive(tmp_path / "a.zip", (info("data/x", mode), b"/etc/passwd"))) == {"zip-unsafe"}


@pytest.mark.parametrize(
    "name",
    [
        "data/claims.csv.",
        "data/claims.csv ",
        "data/Claims.csv",
        "data/a\nb",
        "data/\x1b[2J",
        "data/\u202ex",
        "data",
    ],
)
def test_an_entry_that_takes_the_place_of_another_is_unsafe(
    tmp_path: Path, good: Good, name: str
) -> None:
    place = archive(tmp_path / "a.zip", *good.files.items(), (name, b"x"))
    assert met(place) == {"zip-unsafe"}


@pytest.mark.parametrize("name", ["data/x", "data/.hidden", "schemas/a/b.json"])
def test_an_entry_nobody_declared_is_named(tmp_path: Path, good: Good, name: str) -> None:
    place = archive(tmp_path / "a.zip", *good.files.items(), (name, b"x"))
    assert met(place) == {"file-undeclared"}


def test_a_name_of_a_thousand_folders_is_unsafe(tmp_path: Path, good: Good) -> None:
    place = archive(tmp_path / "a.zip", *good.files.items(), ("data/" + "a/" * 5000 + "b", b""))
    assert met(place) == {"zip-unsafe"}


@pytest.mark.parametrize("inner", [False, True])
def test_an_archive_without_a_package_has_no_descriptor(tmp_path: Path, good: Good, inner: bool) -> None:
    nested = zipped(tmp_path / "inner.zip", good.files).read_bytes()
    place = archive(tmp_path / "a.zip", *([("data/inner.zip", nested)] if inner else []))
    assert met(place) == {"descriptor-missing"}


@pytest.mark.parametrize("kept", [0, 1, 21, 500, -1, -22, -500])
def test_an_archive_cut_short_is_unreadable(tmp_path: Path, good: Good, kept: int) -> None:
    content = zipped(tmp_path / "a.zip", good.files).read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[:kept])
    assert met(tmp_path / "cut.zip") == {"zip-unreadable"}


@pytest.mark.parametrize(("before", "after"), [(b"#!/bin/sh\n", b""), (b"", b"garbage" * 9)])
def test_bytes_around_an_archive_change_nothing(
    tmp_path: Path, good: Good, before: bytes, after: bytes
) -> None:
    place = zipped(tmp_path / "a.zip", good.files)
    place.write_bytes(before + place.read_bytes() + after)
    assert met(place, good.article) == set()


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
@pytest.mark.parametrize("name", [CSV, DATASET, DESCRIPTOR, SCHEMA])
def test_a_damaged_entry_is_unreadable(tmp_path: Path, good: Good, method: int, name: str) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", method) as made:
        for path, content in good.files.items():
            made.writestr(path, content)
        start = made.getinfo(name).header_offset + 30 + len(name)
        end = start + made.getinfo(name).compress_size
    damaged = bytearray(place.read_bytes())
    damaged[start + 12 : end] = bytes(255 - byte for byte in damaged[start + 12 : end])
    place.write_bytes(damaged)
    assert met(place) == {"file-unreadable"}


def patched(place: Path, name: str, offset: int, value: bytes) -> Path:
    """Change an entry's record in the central directory."""
    content = bytearray(place.read_bytes())
    at = directory_record(bytes(content), name) + offset
    content[at : at + len(value)] = value
    place.write_bytes(content)
    return place


@pytest.mark.parametrize(
    ("offset", "value", "expected"),
    [
        (8, b"\x01\x00", {"zip-unsafe"}),  # encrypted
        (8, b"\x20\x00", {"file-unreadable"}),  # patched data
        (8, b"\x40\x00", {"file-unreadable"}),  # strong encryption
        (10, b"\x63\x00", {"file-unreadable"}),  # a method nobody knows
        (6, b"\xff\x00", {"zip-unreadable"}),  # a version nobody knows
        (16, b"\x00\x00\x00\x00", {"file-unreadable"}),  # checksum
        (24, b"\x05\x00\x00\x00", {"file-unreadable"}),  # says that it is smaller than it is
        (24, struct.pack("<I", FILE_LIMIT + 1), {"zip-unsafe"}),  # says that it is too large
        (42, b"\x00\x00\x00\x00", {"zip-unsafe"}),  # lies on top of another entry
        (42, b"\xff\xff\xff\x7f", {"file-unreadable"}),  # lies behind the end
    ],
)
def test_a_lie_in_the_directory_is_found(
    tmp_path: Path, good: Good, offset: int, value: bytes, expected: set[str]
) -> None:
    place = zipped(tmp_path / "a.zip", good.files)
    assert met(patched(place, CSV, offset, value)) == expected


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {f"data/{name}": b"" for name in "abcde"})
    for name in "abcde":  # each of them below the limit of a file
        patched(place, f"data/{name}", 24, struct.pack("<I", FILE_LIMIT - 1))
    assert met(place) == {"zip-unsafe"}


def test_ten_thousand_entries_are_refused(tmp_path: Path) -> None:
    place = archive(tmp_path / "a.zip", *((f"data/{i}", b"") for i in range(ENTRIES_LIMIT + 1)))
    assert met(place) == {"zip-unsafe"}


def test_an_entry_with_a_64_bit_size_is_read(tmp_path: Path, good: Good) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as made:
        for name, content in good.files.items():
            with made.open(name, "w", force_zip64=True) as entry:
                entry.write(content)
    assert met(place, good.article) == set()


# --- directories -----------------------------------------------------------------------------


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made, chdir(place.parent):
        made.bind(place.name)


KINDS: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "folder": Path.mkdir,
    "link-outside": lambda place: place.symlink_to("/etc/passwd"),
    "link-to-device": lambda place: place.symlink_to("/dev/zero"),
    "link-nowhere": lambda place: place.symlink_to("nowhere"),
    "link-to-itself": lambda place: place.symlink_to(place.name),
}
PLACES = (CSV, DATASET, DESCRIPTOR, SCHEMA, "data", "schemas", "data/unknown")


def _told_of(name: str, kind: str) -> set[str]:
    """The rules that a package breaks where ``name`` is such a thing."""
    if name == "data/unknown":  # a folder of no name that matters, and empty, is nothing
        return set() if kind == "folder" else {"file-undeclared"}
    if kind.startswith("link"):
        return {"file-outside"}
    if name in ("data", "schemas"):
        missing = {"file-missing" if name == "data" else "schema-missing"}
        return missing if kind == "folder" else missing | {"file-unreadable"}
    return {"file-unreadable"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_is_never_read(root: Path, name: str, kind: str) -> None:
    place = root / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    KINDS[kind](place)
    assert met(root) == _told_of(name, kind)


def test_a_link_to_a_package_is_a_package(root: Path, good: Good) -> None:
    (root.parent / "link").symlink_to(root)
    assert met(root.parent / "link", good.article) == set()


@pytest.mark.parametrize("name", [CSV, DATASET, DESCRIPTOR, SCHEMA])
def test_a_file_that_may_not_be_read_is_unreadable(
    root: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = os.open

    def refuse(path: Any, *arguments: Any, **options: Any) -> int:
        if path == Path(name).name:  # whoever asks: root may read everything
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return original(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    assert met(root) == {"file-unreadable"}


def test_folders_in_folders_are_walked(root: Path) -> None:
    deep = root.joinpath("data", *["a"] * 200)
    deep.mkdir(parents=True)
    (deep / "b").touch()
    assert met(root) == {"file-undeclared"}


def test_a_thousand_files_are_named(root: Path) -> None:
    for number in range(1000):
        (root / f"data/{number}").touch()
    assert len(validate(root, only=["integrity"])) == 1000


@pytest.mark.parametrize("content", [b"", b"\0" * 99, b"PK\x05\x06" + b"\0" * 17, b"PK\x03\x04"])
def test_a_file_that_is_no_archive_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert met(tmp_path / "a.zip") == {"zip-unreadable"}


# --- JSON ------------------------------------------------------------------------------------

NOT_JSON: dict[str, bytes] = {
    "empty": b"",
    "nul": b"\0\0",
    "bom": b"\xef\xbb\xbf{}",
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "latin-1": b'{"a": "\xe9"}',
    "nan": b'{"a": NaN}',
    "infinite": b'{"a": 1e999}',
    "long-integer": b'{"a": ' + b"1" * 5000 + b"}",
    "lone-surrogate": b'{"a": "\\ud800"}',
    "lone-surrogate-in-key": b'{"\\udfff": 1}',
    "deep-lists": b"[" * 100_000 + b"]" * 100_000,
    "deep-objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "comment": b"{} // no",
    "single-quotes": b"{'a': 1}",
    "two-values": b"{} {}",
    "line-break-in-text": b'{"a": "\n"}',
}


@pytest.mark.parametrize("name", NOT_JSON)
def test_json_that_is_none_is_refused(root: Path, name: str) -> None:
    (root / DATASET).write_bytes(NOT_JSON[name])
    assert "json-not-json" in met(root, engines=())
    (root / DESCRIPTOR).write_bytes(NOT_JSON[name])
    assert "descriptor-not-json" in met(root, engines=())


def test_a_key_given_twice_is_refused(root: Path) -> None:
    for name, expected in ((DATASET, "json-duplicate-key"), (DESCRIPTOR, "descriptor-not-json")):
        (root / name).write_bytes(b'{"a": {"b": 1, "\\u0062": 2}}')
        assert expected in met(root)


@pytest.mark.parametrize("value", [[], 1, None, True, "x", 1.5])
def test_a_document_that_is_no_object_is_refused(root: Path, value: object) -> None:
    (root / DATASET).write_text(json.dumps(value))
    assert rules(validate(root, only=["agreement"])) == {"csv-json-table"}
    (root / DESCRIPTOR).write_text(json.dumps(value))
    assert "descriptor-not-json" in met(root)


@pytest.mark.parametrize("value", [None, {}, [], 1, True, "x", [None], [[]], [{}], [{"path": []}]])
@pytest.mark.parametrize("name", ["resources", "sources", "keywords", "title", "$schema"])
def test_a_property_of_the_wrong_type_is_an_issue(
    root: Path, good: Good, name: str, value: object
) -> None:
    document = json.loads(good.files[DESCRIPTOR])
    (root / DESCRIPTOR).write_text(json.dumps({**document, name: value}))
    if (name, value) != ("title", "x"):
        assert met(root, good.article)


@pytest.mark.parametrize("name", ["sources", "resources", "keywords", "licenses", "contributors"])
@pytest.mark.parametrize("item", [None, 1, [], True])
def test_an_item_of_the_wrong_type_is_an_issue(root: Path, good: Good, name: str, item: object) -> None:
    document = json.loads(good.files[DESCRIPTOR])
    document[name] = [*document.get(name, []), item]
    (root / DESCRIPTOR).write_text(json.dumps(document))
    assert met(root, good.article) == {"descriptor-value"}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x",
        "data/../../x",
        "https://example.org/x",
        "data/",
        "data",
        "",
        "data\\x",
        "\0",
    ],
)
def test_a_path_that_leads_out_is_refused(root: Path, good: Good, path: str) -> None:
    document = json.loads(good.files[DESCRIPTOR])
    document["resources"].append({**document["resources"][-1], "name": "more", "path": path})
    (root / DESCRIPTOR).write_text(json.dumps(document))
    assert "resource-path" in met(root)


# --- CSV -------------------------------------------------------------------------------------

HEADER = ",".join(columns("claims")).encode()
BAD_CSV: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "csv-empty"),
    "one-newline": (b"\n", "csv-blank-line"),
    "nul": (HEADER + b"\n\0\n", "csv-row-width"),
    "nul-in-cell": (HEADER + b"\n" + b"\0," * 10 + b"\0\n", "csv-control-character"),
    "bom": (b"\xef\xbb\xbf" + HEADER + b"\n", "csv-bom"),
    "utf-16": ((HEADER + b"\n").decode().encode("utf-16"), "csv-encoding"),
    "overlong-utf-8": (HEADER + b"\n\xc0\xaf\n", "csv-encoding"),
    "surrogate-in-utf-8": (HEADER + b"\n\xed\xa0\x80\n", "csv-encoding"),
    "carriage-returns": (HEADER + b"\r\n", "csv-line-ending"),
    "old-line-ends": (HEADER + b"\r" * 99, "csv-line-ending"),
    "open-quote": (HEADER + b'\n"a,b\nc\n', "csv-quoting"),
    "stray-quote": (HEADER + b'\n"a"b,c\n', "csv-quoting"),
    "quotes": (HEADER + b"\n" + b'"' * 9999 + b"\n", "csv-quoting"),
    "columns": (b"," * 100_000 + b"\n", "csv-header"),
    "cells": (HEADER + b"\n" + b"," * 100_000 + b"\n", "csv-row-width"),
    "long-line": (HEADER + b"\n" + b"x" * 10_000_000 + b"\n", "csv-line-too-long"),
    "long-header": (b"x" * 10_000_000, "csv-line-too-long"),
    "no-newline": (HEADER, "csv-final-newline"),
    "separator-line": (b"sep=,\n" + HEADER + b"\n", "csv-header"),
    "zip": (b"PK\x03\x04" + bytes(range(256)), "csv-header"),
}


@pytest.mark.parametrize("name", BAD_CSV)
def test_bytes_that_are_no_table_are_refused(root: Path, name: str) -> None:
    content, expected = BAD_CSV[name]
    (root / CSV).write_bytes(content)
    assert expected in met(root, engines=())


def test_a_table_over_the_limit_is_refused(root: Path) -> None:
    with (root / CSV).open("wb") as stream:
        stream.truncate(FILE_LIMIT + 1)  # takes no room on the disk
    assert "file-too-large" in met(root)


# --- the article -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "article-differs"), (b"\xff\xfe\0", "article-encoding"), (b"x" * 10**7, "article-differs")],
)
def test_another_article_is_refused(root: Path, content: bytes, expected: str) -> None:
    (root.parent / "other.txt").write_bytes(content)
    assert met(root, root.parent / "other.txt") == {expected}


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "link-to-device", "link-nowhere"])
def test_an_article_that_is_no_file_is_an_error(root: Path, kind: str) -> None:
    KINDS[kind](root.parent / "article")
    with pytest.raises(FileNotFoundError):
        validate(root, article=root.parent / "article")


# --- what is printed -------------------------------------------------------------------------

EVIL = "\x1b]0;x\x07\n::error file=x::y\r\u202e\u2028[bold]=1+1"


@pytest.fixture
def evil(root: Path, good: Good) -> Path:
    """A package that would steer terminals, rich, GitHub and spreadsheets."""
    document = json.loads(good.files[DESCRIPTOR])
    document.update({"title": EVIL, EVIL: EVIL})
    (root / DESCRIPTOR).write_text(json.dumps(document))
    table = good.files[CSV].decode().replace("article", EVIL.replace("\n", "").replace("\r", ""))
    (root / CSV).write_bytes(table.encode())
    dataset = json.loads(good.files[DATASET])
    dataset["claims"][0][EVIL] = EVIL
    (root / DATASET).write_text(json.dumps(dataset))
    (root / "data" / EVIL.replace("/", "")).touch()
    (root / "data" / os.fsdecode(b"\xff\xfe")).touch()
    return root


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_printed_steers(
    evil: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(evil), "--format", form]) == 1
    said = capsys.readouterr().out
    assert all(line.isprintable() for line in said.split("\n"))
    commands = [line for line in said.split("\n") if line.startswith("::")]
    assert all(re.match(r"::error file=[^:,]+(,line=[0-9]+)?,title=[a-z-]+::", one) for one in commands)
    assert bool(commands) == (form == "github")
    if form == "json":
        assert json.loads(said)["valid"] is False


@pytest.mark.parametrize("form", FORMATS)
def test_a_narrow_output_gets_escapes(evil: Path, form: str) -> None:
    arguments = ("validate", str(evil), "--only", "integrity", "--format", form)
    run = python("-m", "jpkr_drills", *arguments, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.isascii()


@pytest.mark.parametrize("path", ["/dev/zero", "no\x1b[31m\n::error::such", "x\0y"])
def test_what_is_no_package_is_told_on_one_line(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", path]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.removesuffix("\n").isprintable()


# --- at random -------------------------------------------------------------------------------

many = settings(max_examples=EXAMPLES, deadline=None)
some = settings(max_examples=max(1, EXAMPLES // 3), deadline=None)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)


def _nodes(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    steps = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    )
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


def _attack(target: Path, good: Good, name: str, content: bytes) -> set[str]:
    """What is met with one file of the package changed."""
    try:
        (target / name).write_bytes(content)
        return met(target, good.article)
    finally:
        (target / name).write_bytes(good.files[name])


@many
@given(content=st.binary(max_size=300), table=st.sampled_from(list(TABLES)), headed=st.booleans())
def test_any_bytes_are_read_as_a_table(content: bytes, table: str, headed: bool) -> None:
    header = tuple(columns(table))
    start = csvfile.write(header, ()) if headed else b""
    reading = csvfile.read(io.BytesIO(start + content), header)
    assert reading.size == len(start + content)
    for row in reading.rows:
        record_of(table, typed(table, row.cells))
    if not reading.faults:
        assert csvfile.write(header, (row.cells for row in reading.rows)) == start + content


@many
@given(content=st.binary(max_size=300) | st.text(alphabet='{}[]",:\\0e-u ', max_size=99).map(str.encode))
def test_any_bytes_are_parsed_as_json(content: bytes) -> None:
    try:
        value = jsonfile.parse(content)
    except jsonfile.JsonProblem:
        return
    assert jsonfile.parse(jsonfile.render(value)) == value


@some
@given(content=st.binary(max_size=300), name=st.sampled_from((CSV, DATASET, DESCRIPTOR, SCHEMA)))
def test_any_bytes_may_stand_in_a_file(target: Path, good: Good, content: bytes, name: str) -> None:
    assert _attack(target, good, name, content)


@some
@given(content=st.binary(max_size=300))
def test_any_bytes_may_be_an_archive(target: Path, content: bytes) -> None:
    (target.parent / "a.zip").write_bytes(content)
    assert met(target.parent / "a.zip") == {"zip-unreadable"}


@some
@given(data=st.data(), value=JSON)
def test_any_value_may_stand_anywhere_in_the_descriptor(
    target: Path, good: Good, data: st.DataObject, value: object
) -> None:
    document = json.loads(good.files[DESCRIPTOR])
    changed = _replaced(document, data.draw(st.sampled_from(list(_nodes(document)))), value)
    _attack(target, good, DESCRIPTOR, json.dumps(changed).encode())


@some
@given(data=st.data(), value=JSON)
def test_any_value_may_stand_anywhere_in_the_dataset(
    target: Path, good: Good, data: st.DataObject, value: object
) -> None:
    document = json.loads(good.files[DATASET])
    changed = _replaced(document, data.draw(st.sampled_from(list(_nodes(document)))), value)
    try:
        (target / DATASET).write_text(json.dumps(changed), encoding="utf-8")
        validate(target, only=["integrity", "jsonschema", "agreement"])
    finally:
        (target / DATASET).write_bytes(good.files[DATASET])


@some
@given(data=st.data())
def test_a_mangled_table_is_found(target: Path, good: Good, data: st.DataObject) -> None:
    name = f"data/{data.draw(st.sampled_from(list(TABLES)))}.csv"
    content = _mangled(data, good.files[name])
    assert _attack(target, good, name, content) or content == good.files[name]


@some
@given(data=st.data())
def test_a_mangled_archive_is_no_surprise(target: Path, good: Good, data: st.DataObject) -> None:
    place = target.parent / "good.zip"
    if not place.exists():
        zipped(place, good.files)
    mangled = target.parent / "mangled.zip"
    mangled.write_bytes(_mangled(data, place.read_bytes()))
    met(mangled)
