"""Files: a package in a directory or zip archive is read safely and never beyond it."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from helpers import zipped
from jpkr_drills.package.files import Limits, Unreadable, folded, open_files, unportable

FILES = {"datapackage.json": b"{}", "data/a.csv": b"a\n", "schemas/json/b.json": b"{}"}
BELONGING = sorted(FILES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "folder"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "README.md").write_bytes(b"x")
    return root


def rule_of_opening(place: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        open_files(place, limits or Limits())
    assert caught.value.issue.file == str(place)  # it is the package itself
    return caught.value.issue.rule


def read(root: Path, name: str, limits: Limits | None = None) -> bytes:
    with closing(open_files(root, limits or Limits())) as opened:
        return opened.read(name)


def rule_of_reading(root: Path, name: str, at: str | None = None, limits: Limits | None = None) -> str:
    """The rule that a file breaks, or with ``at`` a folder that it lies in."""
    with pytest.raises(Unreadable) as caught:
        read(root, name, limits)
    assert caught.value.issue.file == (at or name)
    return caught.value.issue.rule


def names(root: Path) -> list[str]:
    with closing(open_files(root, Limits())) as opened:
        return opened.names()


# --- directories -------------------------------------------------------------------------------------


def test_a_directory_has_the_files_that_belong_to_the_package(folder: Path) -> None:
    assert names(folder) == BELONGING
    assert read(folder, "data/a.csv") == b"a\n"
    (folder / "data/.hidden").touch()
    assert "data/.hidden" in names(folder)


@pytest.mark.parametrize("name", ["data/none.csv", "data/a.csv/b"])
def test_a_file_that_is_not_there_is_missing(folder: Path, name: str) -> None:
    assert rule_of_reading(folder, name) == "file-missing"


@pytest.mark.parametrize("target", ["../../outside.csv", "b.csv", "none", "link.csv"])
def test_a_link_is_not_followed(folder: Path, target: str) -> None:
    (folder.parent / "outside.csv").write_bytes(b"secret")
    (folder / "data/b.csv").write_bytes(b"b")
    (folder / "data/link.csv").symlink_to(target)
    assert "data/link.csv" in names(folder)
    assert rule_of_reading(folder, "data/link.csv") == "file-outside"


@pytest.mark.parametrize("linked", ["data", "schemas", "schemas/json"])
def test_a_file_behind_a_linked_folder_is_neither_listed_nor_read(folder: Path, linked: str) -> None:
    inside = next(name for name in FILES if name.startswith(f"{linked}/"))
    (folder / linked).rename(folder.parent / "outside")
    (folder / linked).symlink_to(folder.parent / "outside")
    assert linked in names(folder)
    assert inside not in names(folder)
    assert rule_of_reading(folder, inside, at=linked) == "file-outside"


@pytest.mark.parametrize("name", ["../outside.csv", "data/../../outside.csv", "data/../data/a.csv", "data//a.csv"])
def test_a_path_that_leads_out_is_not_read(folder: Path, name: str) -> None:
    (folder.parent / "outside.csv").write_bytes(b"secret")
    assert rule_of_reading(folder, name) == "file-outside"


def test_a_directory_and_a_pipe_are_no_files(folder: Path) -> None:
    os.mkfifo(folder / "data/pipe.csv")
    assert rule_of_reading(folder, "data/pipe.csv") == "file-unreadable"
    assert rule_of_reading(folder, "data/pipe.csv/a.csv") == "file-missing"
    assert rule_of_reading(folder, "data") == "file-unreadable"


def test_a_file_over_the_limit_is_not_read(folder: Path) -> None:
    assert read(folder, "data/a.csv", Limits(file_bytes=2)) == b"a\n"
    assert rule_of_reading(folder, "data/a.csv", limits=Limits(file_bytes=1)) == "file-too-large"


def test_too_many_files_are_not_listed(folder: Path) -> None:
    assert len(open_files(folder, Limits(entries=3)).names()) == 3
    with pytest.raises(Unreadable, match="more than 2 files"):
        open_files(folder, Limits(entries=2)).names()


def test_no_handle_stays_open(folder: Path) -> None:
    (folder / "data/link.csv").symlink_to("a.csv")
    free = os.dup(0)
    os.close(free)
    read(folder, "data/a.csv")
    for name in ("data/link.csv", "data/none.csv", "data"):
        with pytest.raises(Unreadable):
            read(folder, name)
    assert os.dup(0) == free
    os.close(free)


# --- what is at the path -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"), [("none", "no package at"), (os.devnull, "neither a directory nor"), ("", "the path is empty")]
)
def test_nothing_at_the_path_is_an_error(path: str, said: str) -> None:
    with pytest.raises(FileNotFoundError, match=said):
        open_files(path, Limits())


@pytest.mark.parametrize("name", BELONGING)
def test_a_file_of_a_package_names_the_folder_to_give(folder: Path, name: str) -> None:
    place = folder / name
    with pytest.raises(FileNotFoundError, match="give the package's folder"):
        open_files(place, Limits())


# --- zip archives --------------------------------------------------------------------------------------


@pytest.mark.parametrize("top", ["", "release-1/"])
def test_an_archive_has_the_package_at_its_top_or_in_its_only_folder(tmp_path: Path, top: str) -> None:
    beside = {"README.md": b"", "src/a.py": b"", "data/": b""}
    place = zipped(tmp_path / "a.zip", {f"{top}{name}": content for name, content in {**FILES, **beside}.items()})
    assert names(place) == BELONGING
    assert read(place, "data/a.csv") == b"a\n"
    assert rule_of_reading(place, "data/none.csv") == "file-missing"


def test_a_folder_of_an_archive_may_be_given(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {f"one/two/{name}": content for name, content in FILES.items()})
    assert names(place / "one/two") == BELONGING


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ({}, []),
        ({"one/datapackage.json": b"{}", "two/datapackage.json": b"{}"}, []),
        ({"mine/datapackage.json": b"{}", "__MACOSX/mine/._data": b"x"}, ["datapackage.json"]),
        ({"mine/datapackage.json": b"{}", ".DS_Store": b"x", "README.md": b"x"}, ["datapackage.json"]),
        ({"./": b"", "./datapackage.json": b"{}"}, ["datapackage.json"]),
    ],
)
def test_where_the_package_is_in_an_archive(tmp_path: Path, entries: dict[str, bytes], found: list[str]) -> None:
    assert names(zipped(tmp_path / "a.zip", entries)) == found


def entry(name: str, mode: int = stat.S_IFREG) -> zipfile.ZipInfo:
    """An entry whose name zipfile leaves as it is."""
    made = zipfile.ZipInfo("x")
    made.filename = made.orig_filename = name
    made.external_attr = (mode | 0o644) << 16
    return made


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *((name, stat.S_IFREG) for name in ("", "../x", "data/../../x", "/etc/x", "//host/x", "C:/x", "data\\x", "file:x")),
        *((name, stat.S_IFREG) for name in ("data/x\0.csv", "data/a\nb", "data/CON", "data/nul.csv", "data/a.csv.", "data/a.csv ")),
        *((name, stat.S_IFREG) for name in ("data/A.csv", "Data/b.csv", "DataPackage.json", "data/a.csv")),
        *(("data/x", mode) for mode in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK)),
        ("data/evil/", stat.S_IFLNK),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_that_would_unpack_to_something_else_is_unsafe(tmp_path: Path, name: str, mode: int) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(entry(name, mode), b"")
    assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize(
    ("limits", "safe"), [(Limits(entries=3), True), (Limits(entries=2), False), (Limits(package_bytes=8), False)]
)
def test_an_archive_of_too_much_is_unsafe(tmp_path: Path, limits: Limits, safe: bool) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    if safe:
        open_files(place, limits).close()
    else:
        assert rule_of_opening(place, limits) == "zip-unsafe"


def test_what_unpacks_to_too_much_is_unsafe_however_small_the_archive(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {**FILES, "data/b.csv": b"\0" * 100_000})
    assert place.stat().st_size < 2_000
    assert rule_of_opening(place, Limits(package_bytes=50_000)) == "zip-unsafe"
    assert rule_of_reading(place, "data/b.csv", limits=Limits(file_bytes=50_000)) == "file-too-large"


def patched(place: Path, name: str, offset: int, value: bytes) -> Path:
    """Change an entry's record in the central directory."""
    content = bytearray(place.read_bytes())
    at = content.index(name.encode(), content.index(b"PK\x01\x02")) - 46 + offset
    content[at : at + len(value)] = value
    place.write_bytes(content)
    return place


@pytest.mark.parametrize(
    ("offset", "value", "rule"),
    [
        (8, b"\x01\x00", "zip-unsafe"),  # encrypted
        (8, b"\x20\x00", "file-unreadable"),  # patched data
        (10, b"\x63\x00", "file-unreadable"),  # a method nobody knows
        (6, b"\xff\x00", "zip-unreadable"),  # a version nobody knows
        (16, b"\x00\x00\x00\x00", "file-unreadable"),  # checksum
        (24, struct.pack("<I", 2**31), "zip-unsafe"),  # says that it is too large
        (42, b"\xff\xff\xff\x7f", "file-unreadable"),  # lies behind the end
    ],
)
def test_a_lie_in_the_directory_of_an_archive_is_found(tmp_path: Path, offset: int, value: bytes, rule: str) -> None:
    place = patched(zipped(tmp_path / "a.zip", FILES), "data/a.csv", offset, value)
    assert (rule_of_opening(place) if rule.startswith("zip") else rule_of_reading(place, "data/a.csv")) == rule


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_entry_is_unreadable(tmp_path: Path, method: int) -> None:
    place, name = tmp_path / "a.zip", "data/b.csv"
    with zipfile.ZipFile(place, "w", method) as made:
        made.writestr(name, "".join(f"{number * number},b\n" for number in range(200)))
        start = made.getinfo(name).header_offset + 30 + len(name)
        end = start + made.getinfo(name).compress_size
    damaged = bytearray(place.read_bytes())
    damaged[start + 12 : end] = bytes(255 - byte for byte in damaged[start + 12 : end])
    place.write_bytes(damaged)
    assert rule_of_reading(place, name) == "file-unreadable"


# --- names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["con", "NUL.csv", "com1", "LPT9.x", "CONIN$", "a.", "a ", "a:b", "a|b", "a?", "a\\b", "a\nb"]
)
def test_names_that_some_system_cannot_hold(name: str) -> None:
    assert unportable(name)


@pytest.mark.parametrize(
    "name", ["a", "a.csv", "console", "com", "com10", "nul-and-void", ".hidden", "a b", "é", "~$a.csv"]
)
def test_names_that_every_system_holds(name: str) -> None:
    assert not unportable(name)


def test_names_that_differ_in_case_or_form_alone_are_one() -> None:
    assert folded("Data/CAF\u00c9") == folded("data/cafe\u0301")
    assert folded("data/a") != folded("data/b")
