"""Exporting: the same content gives the same archive, and only a valid package is exported."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from helpers import contents, replace, rules
from jpkr_drills import load, validate
from jpkr_drills.exporting import export


def test_the_archive_holds_exactly_the_files_of_the_package(package: Path, tmp_path: Path) -> None:
    (package / "README.md").write_text("not of the package")
    expected = {name: text for name, text in contents(package).items() if name != "README.md"}
    assert export(package, tmp_path / "a.zip") == []
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == expected


def test_the_same_content_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    export(package, tmp_path / "a.zip")
    for place in package.rglob("*"):
        os.utime(place, (10**9, 10**9))
        if place.is_file():
            place.chmod(0o600)
    export(package, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_entries_have_no_date_and_plain_modes(package: Path, tmp_path: Path) -> None:
    export(package, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_an_archive_validates_loads_and_can_be_exported_again(package: Path, tmp_path: Path) -> None:
    export(package, tmp_path / "a.zip")
    assert validate(tmp_path / "a.zip") == []
    assert load(tmp_path / "a.zip").claims[:] == load(package).claims[:]
    assert export(tmp_path / "a.zip", tmp_path / "b.zip") == []
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_bundled_package_is_exported_without_a_path(tmp_path: Path) -> None:
    assert export(None, tmp_path / "a.zip") == []
    assert validate(tmp_path / "a.zip", only=["integrity"]) == []


def test_an_invalid_package_is_not_exported(package: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"old")
    replace(package / "data/events.csv", ",occurred,", ",planned,")
    assert rules(export(package, target)) >= {"hash-mismatch"}
    assert target.read_bytes() == b"old"
    assert sorted(place.name for place in tmp_path.iterdir()) == ["a.zip", "package"]


def test_a_folder_for_the_archive_is_made(package: Path, tmp_path: Path) -> None:
    assert export(package, tmp_path / "new/deep/a.zip") == []
    assert [place.name for place in (tmp_path / "new/deep").iterdir()] == ["a.zip"]
