"""Package: opened once, each file read once, what can't be read told apart."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from helpers import ROOT, contents, descriptor, python, rows
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import bundled, coded_source, files, listed, open_package
from jpkr_drills.package.files import Limits


def test_the_bundled_package_of_a_checkout_is_the_checkout() -> None:
    assert bundled() == ROOT


def test_every_row_becomes_a_record(package: Path) -> None:
    with open_package(package) as opened:
        for name, table in opened.tables.items():
            assert len(table.rows) == len(rows(name, package)) == len(table.records)
            assert table.sound
            assert table.keys_sound
            assert not table.issues
        assert list(opened.tables) == list(TABLES)
        assert opened.descriptor == descriptor(package)
        assert opened.name == str(package)
        assert (
            opened.file("data/dataset.json").sha256
            == hashlib.sha256((package / "data/dataset.json").read_bytes()).hexdigest()
        )


def test_each_file_is_read_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = files.Directory.read

    def counted(self: files.Directory, name: str) -> bytes:
        read.append(name)
        return original(self, name)

    monkeypatch.setattr(files.Directory, "read", counted)
    from jpkr_drills import validate

    assert validate(package, strict=True) == []
    assert len(read) == len(set(read))
    assert set(contents(package)) <= set(read)


def test_a_row_without_record_keeps_its_place(package: Path) -> None:
    place = package / "data/event_places.csv"
    place.write_text(place.read_text(encoding="utf-8").replace(",in\n", ",inn\n"), encoding="utf-8")
    with open_package(package) as opened:
        table = opened.tables["event_places"]
        assert [record is None for record in table.records] == [False, True]
        assert table.key(1) == "ferry-service/grey-sound/inn"
        assert table.values(1)["relation"] == "inn"
        assert (table.sound, table.keys_sound, table.whole) == (False, False, True)
        assert [(one.rule, one.line) for one in table.issues] == [("enum", 3)]
        assert len(opened.records["event_places"]) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "is missing"), (b"{", "line 1"), (b"[]", "is not a JSON object"), (b"\xff", "UTF-8")],
)
def test_a_descriptor_that_cannot_be_read_is_none(package: Path, content: bytes | None, problem: str) -> None:
    (package / "datapackage.json").unlink()
    if content is not None:
        (package / "datapackage.json").write_bytes(content)
    with open_package(package) as opened:
        assert opened.descriptor is None
        (issue,) = opened.descriptor_issues
        assert problem in issue.message


def test_all_tables_share_one_limit_of_rows(package: Path) -> None:
    total = sum(len(rows(name, package)) for name in TABLES)
    with open_package(package, Limits(rows=total)) as opened:
        assert all(table.whole for table in opened.tables.values())
    with open_package(package, Limits(rows=total - 1)) as opened:
        assert [name for name, table in opened.tables.items() if not table.whole] == list(TABLES)[-1:]


@pytest.mark.parametrize("value", [None, 1, "x", {}, [1, None, "x"]])
def test_a_descriptor_may_have_any_shape(value: object) -> None:
    assert listed({"sources": value}, "sources") == []
    assert coded_source({"sources": value}) == {}
    assert listed(None, "sources") == []


def test_the_library_in_an_archive_on_the_path_has_its_data(tmp_path: Path) -> None:
    """As tools that make one file of an application leave it."""
    place = tmp_path / "app.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name, content in contents(ROOT / "src/jpkr_drills").items():
            if "__pycache__" not in name:
                archive.writestr(f"jpkr_drills/{name}", content)
        for folder in ("data", "schemas"):
            for name, content in contents(ROOT / folder).items():
                archive.writestr(f"jpkr_drills/_data/{folder}/{name}", content)
        archive.write(ROOT / "datapackage.json", "jpkr_drills/_data/datapackage.json")
    code = (
        f"import sys; sys.path.insert(0, {str(place)!r})\n"
        "import jpkr_drills; assert 'app.zip' in jpkr_drills.__file__\n"
        "print(len(jpkr_drills.load().claims), jpkr_drills.validate())"
    )
    done = python("-c", code, cwd=tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert done.stderr == ""
    assert done.stdout.strip() == f"{len(rows('claims'))} []"
