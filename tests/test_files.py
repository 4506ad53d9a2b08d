"""Files: a package in a directory or zip archive is read safely and never beyond it."""

from __future__ import annotations

import io
import os
import pickle
import stat
import struct
import subprocess
import threading
import warnings
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from helpers import zipped
from jpkr_drills import files
from jpkr_drills.files import FileProblem, open_files, read

FILES = {
    "datapackage.json": b"{}",
    "data/a.csv": b"a\n",
    "schemas/json/b.json": b"{}",
}
BELONGING = ["data/a.csv", "datapackage.json", "schemas/json/b.json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "folder"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "README.md").write_bytes(b"x")
    return root


def rule_of_opening(place: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        open_files(place)
    assert caught.value.file == ""  # it is the package itself
    return caught.value.rule


def rule_of_reading(root: Path, name: str, at: str | None = None) -> str:
    """The rule that a file breaks, or with ``at`` a folder that it lies in."""
    opened = open_files(root)
    with pytest.raises(FileProblem) as caught:
        read(opened, name)
    opened.close()
    assert caught.value.file == (at or name)
    return caught.value.rule


# --- directories -----------------------------------------------------------------------------


def test_a_directory_names_the_files_that_belong_to_the_package(folder: Path) -> None:
    assert open_files(folder).names() == BELONGING


def test_hidden_files_in_the_folders_are_named(folder: Path) -> None:
    (folder / "data/.hidden").touch()
    assert "data/.hidden" in open_files(folder).names()


def test_a_file_is_read(folder: Path) -> None:
    assert read(open_files(folder), "data/a.csv") == b"a\n"


def test_a_file_that_is_not_there_is_missing(folder: Path) -> None:
    assert rule_of_reading(folder, "data/none.csv") == "file-missing"
    assert rule_of_reading(folder, "data/a.csv/b") == "file-missing"


@pytest.mark.parametrize("target", ["../../outside.csv", "b.csv"])
def test_a_link_is_not_followed(folder: Path, target: str) -> None:
    (folder.parent / "outside.csv").write_bytes(b"secret")
    (folder / "data/b.csv").write_bytes(b"b")
    (folder / "data/link.csv").symlink_to(target)
    assert "data/link.csv" in open_files(folder).names()
    assert rule_of_reading(folder, "data/link.csv") == "file-outside"


def test_a_file_behind_a_linked_folder_is_not_read(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "x.csv").write_bytes(b"secret")
    (folder / "data/more").symlink_to(outside)
    assert "data/more" in open_files(folder).names()
    assert "data/more/x.csv" not in open_files(folder).names()
    assert rule_of_reading(folder, "data/more/x.csv", at="data/more") == "file-outside"


@pytest.mark.parametrize(
    ("linked", "inside", "names"),
    [
        ("data", "data/a.csv", ["data", "datapackage.json", "schemas/json/b.json"]),
        ("schemas", "schemas/json/b.json", ["data/a.csv", "datapackage.json", "schemas"]),
    ],
)
def test_a_linked_top_folder_is_not_walked(
    folder: Path, linked: str, inside: str, names: list[str]
) -> None:
    outside = folder.parent / "outside"
    (folder / linked).rename(outside)
    (folder / linked).symlink_to(outside)
    assert open_files(folder).names() == names
    assert rule_of_reading(folder, inside, at=linked) == "file-outside"


def test_folders_that_cannot_be_looked_into_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert open_files(folder).names() == ["data", "datapackage.json", "schemas"]


def test_links_that_run_in_a_circle_or_nowhere_are_not_followed(folder: Path) -> None:
    (folder / "data/one").symlink_to("two")
    (folder / "data/two").symlink_to("one")
    (folder / "data/three").symlink_to("none")
    assert rule_of_reading(folder, "data/one") == "file-outside"
    assert rule_of_reading(folder, "data/three") == "file-outside"


@pytest.mark.parametrize("name", ["../outside.csv", "data/../../outside.csv"])
def test_a_path_that_leads_out_is_not_read(folder: Path, name: str) -> None:
    (folder.parent / "outside.csv").write_bytes(b"secret")
    assert rule_of_reading(folder, name) == "file-outside"


def test_an_absolute_path_is_not_read(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    outside.write_bytes(b"secret")
    assert rule_of_reading(folder, str(outside)) == "file-outside"


def test_a_directory_and_a_pipe_are_no_files(folder: Path) -> None:
    os.mkfifo(folder / "data/pipe.csv")
    assert rule_of_reading(folder, "data/pipe.csv") == "file-unreadable"
    assert rule_of_reading(folder, "data/pipe.csv/a.csv") == "file-missing"
    assert rule_of_reading(folder, "data") == "file-unreadable"


@pytest.mark.parametrize(("name", "why"), [("data/a\0.csv", "null byte"), ("a" * 300, "too long")])
def test_a_name_that_no_file_can_have_is_unreadable(folder: Path, name: str, why: str) -> None:
    assert rule_of_reading(folder, name) == "file-unreadable"
    with pytest.raises(FileProblem, match=f"can't be read: .*{why}"):
        open_files(folder).open(name)


def test_an_archive_that_may_not_be_read_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(io, "FileIO", refuse)
    assert rule_of_opening(zipped(tmp_path / "a.zip", FILES)) == "zip-unreadable"


def test_a_file_over_the_limit_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILE_LIMIT", 2)
    open_files(folder).open("data/a.csv").close()
    monkeypatch.setattr(files, "FILE_LIMIT", 1)
    assert rule_of_reading(folder, "data/a.csv") == "file-too-large"


def test_a_link_to_a_package_may_be_given(folder: Path) -> None:
    (folder.parent / "link").symlink_to(folder)
    assert read(open_files(folder.parent / "link"), "data/a.csv") == b"a\n"


@pytest.mark.parametrize("exchanged", ["a.csv", "data"])
def test_a_file_exchanged_for_a_link_at_the_last_moment_is_not_followed(
    folder: Path, exchanged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = folder.parent / "outside"
    (folder / "data").rename(outside)
    (folder / "data").mkdir()
    (folder / "data/a.csv").touch()
    original = os.open

    def exchange(path: Any, flags: int, **options: Any) -> int:
        if path == exchanged:
            place = folder / ("data" if path == "data" else "data/a.csv")
            place.rename(folder.parent / "before")
            place.symlink_to(outside if path == "data" else outside / "a.csv")
        return original(path, flags, **options)

    monkeypatch.setattr(os, "open", exchange)
    at = "data" if exchanged == "data" else None
    assert rule_of_reading(folder, "data/a.csv", at=at) == "file-outside"


def test_where_folders_cannot_be_held_open_links_are_refused_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_STEPWISE", False)
    assert read(open_files(folder), "data/a.csv") == b"a\n"
    (folder / "schemas/link").symlink_to("../data")
    assert rule_of_reading(folder, "schemas/link/a.csv", at="schemas/link") == "file-outside"
    assert rule_of_reading(folder, "data/../data/a.csv") == "file-outside"


def test_handles_are_given_back(folder: Path) -> None:
    (folder / "data/link.csv").symlink_to("a.csv")
    opened = open_files(folder)
    free = os.dup(0)
    os.close(free)
    for name in ("data/a.csv", "data/link.csv", "data/none.csv", "data"):
        with suppress(FileProblem):
            opened.open(name).close()
    assert os.dup(0) == free
    os.close(free)


def test_folders_nested_a_thousand_deep_are_named_once(folder: Path) -> None:
    place = os.open(folder / "data", os.O_RDONLY)
    for _ in range(1500):  # deeper than a path can name at once
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)
    (deep,) = set(open_files(folder).names()) - set(BELONGING)
    assert deep == "data" + "/d" * files.DEPTH_LIMIT
    subprocess.run(["rm", "-r", str(folder / "data")], check=True)  # noqa: S607


def test_too_many_files_and_folders_are_not_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ENTRIES_LIMIT", 3)
    assert len(open_files(folder).names()) == 3
    (folder / "data/empty").mkdir()
    with pytest.raises(FileProblem, match="more than 3 files and folders") as caught:
        open_files(folder).names()
    assert (caught.value.rule, caught.value.file) == ("file-too-large", "data")


def test_a_problem_pickles() -> None:
    problem = FileProblem("file-missing", "is missing", "data/a.csv")
    again = pickle.loads(pickle.dumps(problem))  # noqa: S301
    assert (again.rule, str(again), again.file) == ("file-missing", "is missing", "data/a.csv")


# --- what is at the path ---------------------------------------------------------------------


def test_nothing_at_the_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no package at"):
        open_files(tmp_path / "none")


def test_a_device_is_no_package() -> None:
    with pytest.raises(FileNotFoundError, match="neither a directory nor"):
        open_files(os.devnull)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_what_is_no_zip_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.zip").write_bytes(content)
    assert rule_of_opening(tmp_path / "bad.zip") == "zip-unreadable"


# --- zip archives ----------------------------------------------------------------------------


@pytest.mark.parametrize("top", ["", "release-1/"])
def test_an_archive_has_the_package_at_its_top_or_in_its_only_folder(tmp_path: Path, top: str) -> None:
    place = zipped(tmp_path / "a.zip", {f"{top}{name}": content for name, content in FILES.items()})
    opened = open_files(place)
    assert opened.names() == BELONGING
    assert read(opened, "data/a.csv") == b"a\n"
    opened.close()


def test_folders_of_an_archive_are_no_files(tmp_path: Path) -> None:
    opened = open_files(zipped(tmp_path / "a.zip", {"data/": b"", "data/empty/": b"", **FILES}))
    assert opened.names() == BELONGING
    opened.close()


def test_an_archive_of_nothing_has_no_package(tmp_path: Path) -> None:
    with closing(open_files(zipped(tmp_path / "a.zip", {}))) as opened:
        assert opened.names() == []


def test_what_macos_puts_beside_a_folder_is_not_looked_at(tmp_path: Path) -> None:
    contents = {f"mine/{name}": content for name, content in FILES.items()}
    place = zipped(tmp_path / "a.zip", {**contents, "__MACOSX/mine/._data": b"x"})
    with closing(open_files(place)) as opened:
        assert opened.names() == BELONGING


def test_of_two_top_folders_none_is_the_package(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {"one/datapackage.json": b"{}", "two/datapackage.json": b"{}"})
    opened = open_files(place)
    assert opened.names() == []
    opened.close()


def test_a_file_that_is_not_in_the_archive_is_missing(tmp_path: Path) -> None:
    assert rule_of_reading(zipped(tmp_path / "a.zip", FILES), "data/none.csv") == "file-missing"


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../x", "data/../../x", "data\\x", "C:/x", "data/x\0.csv", "https://example.org/x"],
)
def test_an_entry_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = entry.orig_filename = name
        archive.writestr(entry, b"")
    with pytest.raises(FileProblem, match=r"leads elsewhere|read otherwise") as caught:
        open_files(place)
    assert caught.value.rule == "zip-unsafe"
    assert ("leads elsewhere" in str(caught.value)) == (name[0] == "/" or ".." in name)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Data/a.csv", b"", 0),
        ("data/A.csv", b"", 0),
        ("DataPackage.json", b"", 0),
        ("data./a.csv", b"", 0),
        ("data/a.csv ", b"", 0),
        ("data/a.csv/", b"", stat.S_IFDIR),
        ("data/a.csv/b.csv", b"", 0),
        ("data/evil/", b"/etc", stat.S_IFLNK),
        ("data/evil/", b"", stat.S_IFLNK),
        ("data/stuff/", b"x", stat.S_IFDIR),
        ("data/CON", b"", 0),
        ("data/\x1b[2J.csv", b"", 0),
        ("/".join(["data", *"abcdefghijklmnopqrstuvwxyz0123456789"]), b"", 0),
    ],
)
def test_what_would_unpack_to_something_else_is_refused(
    tmp_path: Path, name: str, content: bytes, kind: int
) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    entry = zipfile.ZipInfo(name)
    entry.external_attr = kind << 16
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(entry, content)
    assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize("top", ["", "jpkr-drills-main/"])
def test_an_archive_of_a_whole_repository_is_a_package(tmp_path: Path, top: str) -> None:
    """With a comment, as repositories give it; what is beside the package is not looked at."""
    contents = {**FILES, "README.md": b"", "src/a.py": b"", ".ci/run": b""}
    place = zipped(tmp_path / "a.zip", {f"{top}{name}": content for name, content in contents.items()})
    with zipfile.ZipFile(place, "a") as archive:
        archive.comment = b"8a3e63c"
    with closing(open_files(place)) as opened:
        assert opened.names() == BELONGING


def test_an_entry_in_another_unicode_form_is_the_same(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {**FILES, "data/caf\u00e9": b"", "data/cafe\u0301": b""})
    assert rule_of_opening(place) == "zip-unsafe"


def test_what_differs_from_a_folder_in_case_alone_is_named(folder: Path) -> None:
    (folder / "Data").mkdir()
    (folder / "DataPackage.json").touch()
    (folder / "database").mkdir()
    assert sorted(set(open_files(folder).names()) - set(BELONGING)) == ["Data", "DataPackage.json"]


def test_an_empty_path_is_no_package() -> None:
    with pytest.raises(FileNotFoundError, match="the path is empty"):
        open_files("")


def test_a_file_is_read_up_to_the_limit_asked_for(folder: Path) -> None:
    assert read(open_files(folder), "data/a.csv", 2) == b"a\n"
    with pytest.raises(FileProblem, match="larger than 1 bytes"):
        read(open_files(folder), "data/a.csv", 1)


@pytest.mark.parametrize("second", ["data/a.csv", "./data/a.csv", "data//a.csv"])
def test_two_entries_of_one_name_are_refused(tmp_path: Path, second: str) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("data/a.csv", b"1")
        archive.writestr(second, b"2")
    assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_an_entry_that_is_no_regular_file_is_refused(tmp_path: Path, kind: int) -> None:
    place = tmp_path / "a.zip"
    entry = zipfile.ZipInfo("data/a.csv")
    entry.external_attr = (kind | 0o644) << 16
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(entry, b"/etc/passwd")
    assert rule_of_opening(place) == "zip-unsafe"


def with_second_name(place: Path, name: str, second: bytes) -> Path:
    """An archive whose last entry has a Unicode Path Extra Field, between two others."""
    said = b"\x01" + struct.pack("<I", zlib.crc32(name.encode())) + second
    other = struct.pack("<HH", 0x5455, 1) + b"\x00"
    entry = zipfile.ZipInfo(name)
    entry.extra = other + struct.pack("<HH", 0x7075, len(said)) + said + other
    with zipfile.ZipFile(zipped(place, FILES), "a") as archive:
        archive.writestr(entry, b"x")
    return place


@pytest.mark.parametrize("second", [b"data/a.csv", b"NOTES.m\xff", b""])
def test_an_entry_with_a_second_name_is_refused(tmp_path: Path, second: bytes) -> None:
    place = with_second_name(tmp_path / "a.zip", "NOTES.md", second)
    with pytest.raises(FileProblem, match=r"has a second name: 'NOTES.md'"):
        open_files(place)


def test_an_entry_may_have_its_name_twice(tmp_path: Path) -> None:
    open_files(with_second_name(tmp_path / "a.zip", "Größe.md", "Größe.md".encode())).close()


def test_an_entry_with_another_name_before_its_content_is_refused(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {**FILES, "NOTES5.txt": b"x"})
    content = bytearray(place.read_bytes())
    at = content.index(b"NOTES5.txt")
    content[at : at + 10] = b"data/a.csv"
    place.write_bytes(content)
    with pytest.raises(
        FileProblem, match=r"another name in front of its content: 'NOTES5.txt'"
    ) as caught:
        open_files(place)
    assert caught.value.rule == "zip-unsafe"


@pytest.mark.parametrize(
    ("mode", "read"), [(0o100000, False), (0o100200, False), (0o100400, True), (0, True)]
)
def test_an_entry_that_nobody_may_read_is_refused(tmp_path: Path, mode: int, read: bool) -> None:
    entry = zipfile.ZipInfo("NOTES.md")
    entry.external_attr = mode << 16
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(entry, b"x")
        archive.filelist[0].external_attr = mode << 16  # of 0 zipfile makes its own
    if read:
        open_files(place).close()
    else:
        assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize("name", ["CONOUT$", "com¹.txt", "Lpt9.md", "a\u200cb", "a:b"])
def test_names_that_some_systems_cannot_have_are_known(name: str) -> None:
    assert files.unportable(name)
    assert not files.unportable("console.md")


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {"data/a.csv": b"1"})
    content = bytearray(place.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flags of the entry in the central directory
    place.write_bytes(content)
    assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("ENTRIES_LIMIT", len(FILES)),
        ("FILE_LIMIT", 2),
        ("DEPTH_LIMIT", 3),
        ("DIRECTORY_LIMIT", sum(46 + len(name) for name in FILES)),
    ],
)
def test_an_archive_over_a_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    monkeypatch.setattr(files, limit, value)
    open_files(place).close()
    monkeypatch.setattr(files, limit, value - 1)
    assert rule_of_opening(place) == "zip-unsafe"


@pytest.mark.parametrize("content", [b"", b"x" * 10_000])
def test_an_archive_has_a_limit_packed_and_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    place = zipped(tmp_path / "a.zip", {"data/a.csv": content})
    limit = max(place.stat().st_size, len(content))
    monkeypatch.setattr(files, "ARCHIVE_LIMIT", limit)
    open_files(place).close()
    monkeypatch.setattr(files, "ARCHIVE_LIMIT", limit - 1)
    assert rule_of_opening(place) == "zip-unsafe"


def test_an_archive_that_is_too_large_is_not_even_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    os.truncate(place, files.ARCHIVE_LIMIT + 1)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert rule_of_opening(place) == "zip-unsafe"


def test_an_archive_of_very_many_entries_is_refused_before_they_are_counted(tmp_path: Path) -> None:
    count = files.DIRECTORY_LIMIT // 47 + 1
    record = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *[0] * 9, 1, *[0] * 6) + b"x"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9, 9, count * 47, 0, 0)
    (tmp_path / "a.zip").write_bytes(record * count + end)
    with pytest.raises(FileProblem, match="has a directory of more than") as caught:
        open_files(tmp_path / "a.zip")
    assert caught.value.rule == "zip-unsafe"


def test_an_entry_whose_content_changed_is_unreadable(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("a.csv", b"original")
    place.write_bytes(place.read_bytes().replace(b"original", b"modified"))
    assert rule_of_reading(place, "a.csv") == "file-unreadable"


def test_an_unknown_compression_is_unreadable(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {"a.csv": b"1"})
    content = bytearray(place.read_bytes())
    content[content.index(b"PK\x01\x02") + 10] = 99
    place.write_bytes(content)
    assert rule_of_reading(place, "a.csv") == "file-unreadable"


def test_an_entry_that_cannot_be_unpacked_is_unreadable(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {"a.csv": b"a,b\n" * 100})
    content = bytearray(place.read_bytes())
    start = content.index(b"a.csv") + len(b"a.csv")
    content[start : start + 4] = b"\xff" * 4
    place.write_bytes(content)
    assert rule_of_reading(place, "a.csv") == "file-unreadable"


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "a.zip"
    entry = zipfile.ZipInfo("x")
    entry.filename = ""
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(entry, b"")
    assert rule_of_opening(place) == "zip-unsafe"


# --- further fields of an entry --------------------------------------------------------------


def _entry(extra: bytes) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("NOTES.md")
    entry.extra = extra
    return entry


@pytest.mark.parametrize("padding", [b"\0", b"\0\0", b"\0\0\0"])
def test_padding_behind_the_fields_of_an_entry_says_nothing(tmp_path: Path, padding: bytes) -> None:
    place = zipped(tmp_path / "a.zip", FILES)
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(_entry(struct.pack("<HH", 0x5455, 1) + b"\0" + padding), b"x")
    open_files(place).close()


def test_a_second_name_without_content_is_one() -> None:
    with pytest.raises(FileProblem, match="has a second name"):
        files._checked_entries([_entry(struct.pack("<HH", 0x7075, 0))])


def test_a_pipe_in_the_place_of_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    opened, told = files.Directory(tmp_path / "pipe"), []
    os.mkfifo(tmp_path / "pipe")

    def run() -> None:
        with pytest.raises(FileProblem) as caught:
            opened.open("data/a.csv")
        told.append(caught.value.rule)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    assert told == ["file-missing"]


def test_a_long_name_in_too_many_folders_is_cut(tmp_path: Path) -> None:
    place = zipped(tmp_path / "a.zip", {**FILES, "data/" + "a/" * 200 + "b": b""})
    with pytest.raises(FileProblem, match="more than 32 folders") as caught:
        open_files(place)
    assert len(str(caught.value)) < 200
