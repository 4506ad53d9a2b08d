"""Package: opened once, every table read, what can't be read told apart."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from helpers import ROOT, descriptor, rows
from jpkr_drills import csvfile, files
from jpkr_drills import package as module
from jpkr_drills.files import FileProblem
from jpkr_drills.models import TABLES
from jpkr_drills.package import bundled, open_package, table_path


def test_the_bundled_package_of_a_checkout_is_the_checkout() -> None:
    assert bundled() == ROOT


def test_the_bundled_package_of_an_installation_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "src/name"
    (installed / "_data").mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(installed / "package.py"))
    (tmp_path / "datapackage.json").touch()
    with pytest.raises(FileNotFoundError, match="neither in the installed package nor in a checkout"):
        bundled()
    (tmp_path / "pyproject.toml").touch()
    assert bundled() == tmp_path
    (installed / "_data/datapackage.json").touch()
    assert bundled() == installed / "_data"


def test_every_row_becomes_a_record(package: Path) -> None:
    with open_package(package) as opened:
        for name, table in opened.tables.items():
            assert len(table.rows) == len(rows(name)) == len(table.records)
            assert None not in table.records
            assert table.whole
            assert table.keys_sound
            assert not table.faults
        assert list(opened.tables) == list(TABLES)
        assert opened.descriptor == descriptor(package)
        assert opened.name == str(package)


def test_a_row_without_record_keeps_its_place(package: Path) -> None:
    place = package / "data/event_places.csv"
    place.write_text(place.read_text().replace(",in\n", ",inn\n", 1))
    with open_package(package) as opened:
        table = opened.tables["event_places"]
        (index,) = (i for i, record in enumerate(table.records) if record is None)
        assert table.rows[index].cells[2] == "inn"
        assert [(at, fault.rule) for at, fault in table.faults] == [(index, "enum")]
        assert table.key(index).endswith("/inn")
        assert not table.keys_sound


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "is missing"), (b"{", "line 1"), (b"[]", "is not a JSON object"), (b"\xff", "UTF-8")],
)
def test_a_descriptor_that_cannot_be_read_is_none(
    package: Path, content: bytes | None, problem: str
) -> None:
    (package / "datapackage.json").unlink()
    if content is not None:
        (package / "datapackage.json").write_bytes(content)
    with open_package(package) as opened:
        assert opened.descriptor is None
        assert problem in str(opened.descriptor_problem)


def test_a_table_that_is_missing_has_a_problem_and_no_rows(package: Path) -> None:
    (package / "data/events.csv").unlink()
    with open_package(package) as opened:
        table = opened.tables["events"]
        assert table.problem is not None
        assert table.problem.rule == "file-missing"
        assert (table.rows, table.whole) == ([], False)


def test_the_digest_of_a_file_is_its_hash_and_size(package: Path) -> None:
    content = (package / "data/dataset.json").read_bytes()
    with open_package(package) as opened:
        assert opened.digest("data/dataset.json") == (hashlib.sha256(content).hexdigest(), len(content))
        with pytest.raises(FileProblem):
            opened.digest("data/none")


def test_a_file_that_many_resources_name_is_hashed_once(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_package(package) as opened:
        first = opened.digest("data/dataset.json")
        monkeypatch.setattr(files, "read", None)
        assert opened.digest("data/dataset.json") == first


def test_all_tables_share_one_limit_of_rows(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [len(rows(name)) for name in TABLES]
    monkeypatch.setattr(csvfile, "ROWS_LIMIT", sum(counts))
    with open_package(package) as opened:
        assert all(table.whole for table in opened.tables.values())
    monkeypatch.setattr(csvfile, "ROWS_LIMIT", sum(counts) - 1)
    with open_package(package) as opened:
        assert [name for name, table in opened.tables.items() if not table.whole] == list(TABLES)[-1:]


def test_all_tables_share_one_limit_of_bytes(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    total = sum((package / table_path(name)).stat().st_size for name in TABLES)
    monkeypatch.setattr(csvfile, "FILE_LIMIT", total - 1)
    with open_package(package) as opened:
        assert [name for name, table in opened.tables.items() if not table.whole] == list(TABLES)[-1:]


def test_a_further_file_has_a_limit_of_its_own(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FURTHER_LIMIT", 1_000)
    with open_package(package) as opened:
        assert opened.digest("data/dataset.json")[1] > 1_000
        with pytest.raises(FileProblem, match="larger than 1000 bytes"):
            opened.digest("data/CODEBOOK.md")


def test_after_very_many_faults_the_rest_of_a_table_is_left_unread(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = package / "data/event_parties.csv"
    header, *lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text(header + "x,Y,z\n" * 4 + "".join(lines), encoding="utf-8")
    monkeypatch.setattr(module, "FAULTS_LIMIT", 5)
    with open_package(package) as opened:
        table = opened.tables["event_parties"]
    assert len(table.rows) == len(table.records) == 3
    assert [index for index, _ in table.faults] == [0, 0, 1, 1, 2, 2]
    assert not table.whole


def test_just_so_many_faults_as_the_limit_leave_nothing_unread(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = package / "data/event_parties.csv"
    header, *lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text(header + "x,Y,z\n" * 2 + "".join(lines), encoding="utf-8")
    monkeypatch.setattr(module, "FAULTS_LIMIT", 4)
    with open_package(package) as opened:
        table = opened.tables["event_parties"]
    assert table.whole
    assert len(table.rows) == 2 + len(lines)
