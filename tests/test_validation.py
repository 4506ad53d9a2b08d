"""Validation: nine engines over thirteen tables, a pure function of a path."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import contents, descriptor, python, replace, rows, rules, write_json
from jpkr_drills import Issue, issues, load, validate
from jpkr_drills.checks import (
    agreement,
    by_frictionless,
    by_jsonschema,
    by_pydantic,
    integrity,
    meaning,
    references,
)
from jpkr_drills.checks import descriptor as descriptor_engine
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import issue
from jpkr_drills.models import TABLES
from jpkr_drills.rules import ENGINES
from jpkr_drills.validation import report


def test_the_bundled_package_is_valid() -> None:
    assert validate() == []


def test_a_report_names_nine_engines_and_thirteen_tables(package: Path) -> None:
    found = report(package)
    assert found.valid
    assert list(found.engines) == list(ENGINES)
    assert len(found.engines) == 9
    assert found.tables == {table: len(rows(table)) for table in TABLES}
    assert len(found.tables) == 13
    assert found.not_run == {"article": "no article was given"}
    assert found.package == str(package)
    assert found.title == descriptor()["title"]


def test_the_bundled_package_is_named_so() -> None:
    assert report(only=["descriptor"]).package == "the bundled package"


# --- only ------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", [one for one in ENGINES if one != "article"])
def test_only_the_engine_asked_for_runs(package: Path, engine: str) -> None:
    found = report(package, only=[engine])
    assert found.valid
    assert set(found.not_run) == set(ENGINES) - {engine}
    assert set(found.not_run.values()) == {"not asked for"}


def test_an_engine_that_does_not_run_finds_nothing(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    assert rules(validate(package, only=["references"])) == set()
    assert rules(validate(package, only={"references", "pydantic"})) == {"enum"}
    assert rules(validate(package, only=("integrity",))) == {"hash-mismatch"}


def test_what_one_engine_needs_of_another_is_not_told_for_it(package: Path, tmp_path: Path) -> None:
    replace(package / "data/event_places.csv", ",camp-david,", ",camp-davie,")
    assert "foreign-key" not in rules(validate(package, only=["meaning"]))
    (tmp_path / "other.txt").write_text("Another text.")
    assert validate(package, article=tmp_path / "other.txt", only=["pydantic"]) == []


MODULES = {
    "descriptor": descriptor_engine,
    "integrity": integrity,
    "frictionless": by_frictionless,
    "pydantic": by_pydantic,
    "jsonschema": by_jsonschema,
    "references": references,
    "meaning": meaning,
    "agreement": agreement,
}


@pytest.mark.parametrize("engine", MODULES)
def test_what_an_engine_says_is_heard_where_it_is_asked_and_nowhere_else(
    package: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    said = issue("foreign-key", "data/events.csv", "is said", engine=engine)
    monkeypatch.setattr(MODULES[engine], "check", lambda *_: [said])
    assert validate(package, only=[engine]) == [said]
    others = [one for one in MODULES if one not in (engine, "frictionless")]
    assert validate(package, only=others) == []


@pytest.mark.parametrize(("title", "shown"), [("A title", "A title"), (5, ""), (None, "")])
def test_only_a_text_is_the_title(package: Path, title: object, shown: str) -> None:
    write_json(package / "datapackage.json", descriptor() | {"title": title})
    assert report(package, only=["references"]).title == shown


@pytest.mark.parametrize("only", [["nonsense"], ["pydantic", "nonsense"], "pydantic"])
def test_an_unknown_engine_is_an_error(only: list[str]) -> None:
    with pytest.raises(ValueError, match="the engines are descriptor, integrity"):
        validate(only=only)


@pytest.mark.parametrize(
    "only",
    [
        ["article"],
        {"article"},
        ["article"] * 2,
    ],
)
def test_the_article_engine_needs_the_article(only: list[str]) -> None:
    with pytest.raises(ValueError, match="needs the article's file"):
        validate(only=only)


def test_without_an_article_the_other_engines_run() -> None:
    assert report(only=["article", "references"]).not_run["article"] == "no article was given"


def test_keys_are_looked_at_only_for_those_who_ask(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "check", None)
    assert validate(package, only=["pydantic", "descriptor"]) == []
    with pytest.raises(TypeError):
        validate(package, only=["meaning"])


# --- what isn't there ------------------------------------------------------------------------


def test_nothing_at_the_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no package at"):
        validate(tmp_path / "none")


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_an_article_that_is_no_file_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError, match="no article at"):
        validate(article=tmp_path / name)


def test_without_a_descriptor_one_issue_says_so(package: Path) -> None:
    (package / "datapackage.json").unlink()
    (package / "data/events.csv").unlink()
    found = report(package)
    assert rules(found.issues) == {"descriptor-missing"}
    assert found.not_run == dict.fromkeys(ENGINES[1:], "there is no datapackage.json")


def test_an_empty_folder_is_an_invalid_package(tmp_path: Path) -> None:
    assert rules(validate(tmp_path)) == {"descriptor-missing"}


def test_what_is_no_zip_is_an_invalid_package(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"bad")
    found = report(tmp_path / "bad.zip")
    assert rules(found.issues) == {"zip-unreadable"}
    assert set(found.not_run) == set(ENGINES) - {"integrity"}
    assert found.tables == dict.fromkeys(TABLES, 0)
    assert found.engines["integrity"] == 1


# --- issues ----------------------------------------------------------------------------------


def test_all_problems_are_collected(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    replace(package / "data/claims.csv", ",certain,", ",sure,")
    replace(package / "data/event_places.csv", "camp-david,at", "camp-davie,at")
    (package / "schemas/table/places.json").unlink()
    (package / "data/more.txt").touch()
    found = report(package)
    assert rules(found.issues) >= {"enum", "foreign-key", "schema-missing", "file-undeclared"}
    assert {one.file for one in found.issues if one.rule == "enum"} == {
        "data/events.csv",
        "data/claims.csv",
    }
    assert not found.valid


def test_one_defect_that_several_engines_see_is_one_issue(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    found = report(package)
    (issue,) = (one for one in found.issues if one.field == "status")
    assert issue.found_by == ("frictionless", "pydantic", "agreement")
    assert issue.line is not None
    assert found.engines["pydantic"] == found.engines["frictionless"] == 1


def test_of_very_many_issues_the_number_is_told(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issues, "ISSUES_LIMIT", 3)
    place = package / "data/event_parties.csv"
    place.write_text(place.read_text().replace(",participant\n", ",guest\n"))
    found = [one for one in validate(package, only=["pydantic"]) if one.rule == "enum"]
    count = sum(row["role"] == "participant" for row in rows("event_parties"))
    assert len(found) == 4
    monkeypatch.setattr(issues, "ISSUES_LIMIT", count)
    assert len(validate(package, only=["pydantic"])) == count
    assert f"{count - 3} more places" in found[-1].message


def test_nothing_is_written(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    before = contents(package)
    validate(package)
    assert contents(package) == before


# --- frictionless that gives no answer -------------------------------------------------------


def test_a_frictionless_that_dies_is_reported_and_is_not_valid(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise TypeError("bug")

    monkeypatch.setattr(by_frictionless, "_report", die)
    found = report(package)
    assert found.not_run["frictionless"] == "frictionless failed: TypeError"
    assert rules(found.issues) == {"frictionless"}


def test_a_frictionless_that_dies_adds_nothing_to_what_others_found(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")

    def die(*_: object) -> None:
        raise TypeError("bug")

    monkeypatch.setattr(by_frictionless, "_report", die)
    found = report(package, only=["pydantic", "frictionless"])
    assert found.not_run["frictionless"] == "frictionless failed: TypeError"
    assert rules(found.issues) == {"enum"}


def test_a_table_that_goes_away_stops_frictionless(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise FileProblem("file-missing", "is missing", "data/events.csv")

    monkeypatch.setattr(by_frictionless, "_report", gone)
    found = report(package, only=["frictionless"])
    assert found.not_run["frictionless"] == "data/events.csv is missing"


def _reported(names: list[str], errors: list[str]) -> Callable[..., SimpleNamespace]:
    tasks = [SimpleNamespace(name=name, errors=[]) for name in names]
    said = SimpleNamespace(tasks=tasks, errors=[SimpleNamespace(message=one) for one in errors])
    return lambda *_: said


def test_what_frictionless_says_of_the_whole_is_told(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_frictionless, "_report", _reported([], ["cannot do it"]))
    (issue,) = validate(package, only=["frictionless"])
    assert (issue.rule, issue.file, issue.message) == (
        "frictionless",
        "datapackage.json",
        "cannot do it",
    )


def test_tables_that_frictionless_left_out_are_told(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_frictionless, "_report", _reported(["segments", "parties"], []))
    (issue,) = validate(package, only=["frictionless"])
    assert "only segments, parties" in issue.message
    monkeypatch.setattr(by_frictionless, "_report", _reported(list(TABLES), []))
    assert validate(package, only=["frictionless"]) == []


# --- many at once ----------------------------------------------------------------------------


@pytest.fixture
def broken(package: Path) -> Path:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    replace(package / "data/places.csv", "\n", "\r\n")
    return package


def test_threads_do_not_disturb_each_other(broken: Path) -> None:
    expected = validate(broken)
    assert expected
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(validate, [broken, None] * 2))
    assert found == [expected, []] * 2


COLD = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from jpkr_drills import load, validate

start = threading.Barrier(6)

def run(job):
    start.wait()
    return job()

jobs = [lambda: len(load().claims), lambda: len(validate(sys.argv[1]))] * 3
with ThreadPoolExecutor(6) as pool:
    print(*pool.map(run, jobs))
"""


def test_threads_that_start_at_once_in_a_new_process_do_not_disturb_each_other(broken: Path) -> None:
    """Nothing is imported, built or cached yet when they meet."""
    done = python("-c", COLD, str(broken))
    assert done.stderr == ""
    assert done.stdout.split() == [str(len(load().claims)), str(len(validate(broken)))] * 3


def test_processes_return_the_same(broken: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(validate, [broken, None]))
        loaded = list(pool.map(load, [None, None]))
    assert found == [validate(broken), []]
    assert [list(one.claims) for one in loaded] == [list(load().claims)] * 2


def test_a_report_cannot_be_changed() -> None:
    found = report(only=["descriptor"])
    with pytest.raises(AttributeError):
        found.issues = []  # type: ignore[misc]


def test_a_report_pickles(broken: Path) -> None:
    found = report(broken, only=["pydantic", "integrity"])
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert all(isinstance(one, Issue) for one in found.issues)
