"""Validation: nine engines over fourteen tables, errors and advice, a pure function of a path."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from helpers import descriptor, python, replace, rows, rules, write_json
from jpkr_drills import Issue, load, validate
from jpkr_drills.model.records import TABLES
from jpkr_drills.package.files import Limits
from jpkr_drills.rules import ENGINES
from jpkr_drills.validator import OWN_ENGINES, report

ADVICE = ("data/parties.csv", ",,NOR,,Q20,", ",,NOR,King,Q20,", "title-of-person")


def edit(package: Path, *changes: tuple[str, str, str]) -> None:
    """Change the tables, and everything that is generated from them."""
    from jpkr_drills.build import build

    for file, old, new in changes:
        replace(package / file, old, new)
    assert build(package)[1] == []


FAST = [engine for engine in OWN_ENGINES if engine != "article"]
"""Enough where it doesn't matter what the witnesses confirm."""


@pytest.fixture
def broken(package: Path) -> Path:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    return package


@pytest.fixture
def advised(package: Path) -> Path:
    """A package that is advised against one cell of it."""
    edit(package, ADVICE[:3])
    return package


def test_the_bundled_package_is_valid() -> None:
    assert validate(strict=True) == []


def test_a_report_names_nine_engines_and_fourteen_tables(package: Path) -> None:
    found = report(package)
    assert found.valid
    assert not found.partial
    assert list(found.engines) == list(ENGINES)
    assert found.tables == {table: len(rows(table, package)) for table in TABLES}
    assert (len(found.engines), len(found.tables)) == (9, 14)
    assert found.not_run == {"article": "no article was given"}
    assert (found.package, found.title) == (str(package), descriptor(package)["title"])
    assert report(only=["descriptor"]).package == "the bundled package"


# --- errors and advice -------------------------------------------------------------------------------


def test_advice_makes_nothing_invalid_and_strict_lists_it(advised: Path) -> None:
    assert validate(advised, only=FAST) == []
    found = report(advised, only=FAST)
    assert found.valid
    assert [(one.rule, one.level, one.record) for one in found.advice] == [("title-of-person", "advice", "norway")]
    assert validate(advised, only=FAST, strict=True) == found.advice
    assert set(found.engines.values()) == {0}


def test_strict_lists_errors_and_advice_by_place(advised: Path) -> None:
    replace(advised / "data/events.csv", ",occurred,", ",occured,")
    found = validate(advised, only=FAST, strict=True)
    assert {one.level for one in found} == {"error", "advice"}
    assert [one for one in found if one.level == "error"] == validate(advised, only=FAST)


def test_advice_that_is_ignored_is_not_given(advised: Path) -> None:
    assert validate(advised, strict=True, ignore=["title-of-person"], only=FAST) == []
    assert rules(validate(advised, strict=True, ignore=["claim-once"], only=FAST)) == {"title-of-person"}


@pytest.mark.parametrize(("name", "said"), [("enum", "a rule of errors"), ("nonsense", "no rule")])
def test_only_advice_can_be_ignored(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is {said}"):
        validate(ignore=[name])


def accept(package: Path, *entries: tuple[str, str]) -> None:
    said = descriptor(package)
    said["accepted"] = [{"rule": rule, "record": record, "reason": "It is so."} for rule, record in entries]
    write_json(package / "datapackage.json", said)


@pytest.mark.parametrize("fast", [True, False])
def test_advice_that_is_accepted_is_not_given_again(advised: Path, fast: bool) -> None:
    accept(advised, ("title-of-person", "norway"))
    found = report(advised, only=FAST if fast else ())
    assert (found.issues, found.advice) == ([], [])


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(
    "entry", [("title-of-person", "engineers"), ("claim-once", "norway"), ("nonsense", "norway"), ("enum", "x")]
)
def test_an_entry_that_fits_no_advice_is_advice_itself(advised: Path, entry: tuple[str, str], fast: bool) -> None:
    accept(advised, ("title-of-person", "norway"), entry)
    found = report(advised, only=FAST if fast else ())
    assert found.valid
    assert [(one.rule, one.field) for one in found.advice] == [("accepted-unused", "accepted.1")]


def test_an_entry_is_not_unused_where_its_rule_could_not_be_asked(advised: Path, article: Path) -> None:
    accept(advised, ("title-of-person", "norway"), ("mention-missing", "p1s1"))
    assert report(advised, only=FAST).advice == []
    assert [one.rule for one in report(advised, article=article, only=OWN_ENGINES).advice] == ["accepted-unused"]
    assert report(advised, only=["integrity"]).advice == []
    assert report(advised, ignore=["title-of-person"], only=FAST).advice == []


def test_advice_about_a_file_is_accepted_by_its_path(package: Path) -> None:
    (package / "data/.DS_Store").touch()
    accept(package, ("file-undeclared", "data/.DS_Store"))
    assert report(package, only=FAST).advice == []


# --- only --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", [one for one in ENGINES if one != "article"])
def test_only_the_engine_asked_for_runs(package: Path, engine: str) -> None:
    found = report(package, only=[engine])
    assert found.valid
    assert found.partial
    assert {name: why for name, why in found.not_run.items() if name != "article"} == dict.fromkeys(
        set(ENGINES) - {engine, "article"}, "not asked for"
    )


def test_an_engine_that_does_not_run_finds_nothing(broken: Path) -> None:
    assert rules(validate(broken, only=["references"])) == set()
    assert rules(validate(broken, only={"references", "pydantic"})) == {"enum"}
    assert rules(validate(broken, only=("integrity",))) == {"hash-mismatch"}


@pytest.mark.parametrize("engine", ["frictionless", "jsonschema"])
def test_a_witness_asked_alone_tells_what_it_refuses(broken: Path, engine: str) -> None:
    edited = broken / "data/dataset.json"
    replace(edited, '"status": "occurred"', '"status": "occured"')
    found = validate(broken, only=[engine])
    assert [(one.rule, one.file, one.line, one.field) for one in found] == [(engine, "data/events.csv", 2, "status")]


@pytest.mark.parametrize("only", [["nonsense"], ["pydantic", "nonsense"], "nonsense"])
def test_an_unknown_engine_is_an_error(only: list[str]) -> None:
    with pytest.raises(ValueError, match="the engines are descriptor, integrity"):
        validate(only=only)


def test_the_article_engine_needs_the_article() -> None:
    with pytest.raises(ValueError, match="needs the article's file"):
        validate(only=["article"])
    assert report(only=["article", "references"]).not_run["article"] == "no article was given"


# --- what isn't there --------------------------------------------------------------------------------


def test_without_a_descriptor_one_issue_says_so(package: Path, tmp_path: Path) -> None:
    (package / "datapackage.json").unlink()
    (package / "data/events.csv").unlink()
    found = report(package)
    assert (rules(found.issues), found.advice) == ({"descriptor-missing"}, [])
    assert found.not_run == dict.fromkeys(ENGINES[1:], "there is no datapackage.json")
    (tmp_path / "empty").mkdir()
    assert rules(validate(tmp_path / "empty")) == {"descriptor-missing"}


# --- issues ------------------------------------------------------------------------------------------


def test_one_broken_cell_is_one_issue_of_all_engines(broken: Path) -> None:
    (issue,) = (one for one in validate(broken) if one.field == "status")
    assert (issue.rule, issue.line) == ("enum", 2)
    assert set(issue.found_by) >= {"frictionless", "pydantic"}


def test_a_number_beyond_all_bounds_is_one_issue(package: Path) -> None:
    replace(package / "data/segments.csv", "p0s1,0,1,0,", f"p0s1,0,1,{2**70},")
    (issue,) = (one for one in validate(package) if one.field == "start")
    assert issue.rule == "type"


@pytest.mark.parametrize(("limit", "told"), [(3, ["the same in 2 more places"]), (5, [])])
def test_of_very_many_issues_the_number_is_told(package: Path, limit: int, told: list[str]) -> None:
    write_json(package / "datapackage.json", {**descriptor(package), "keywords": [1, 2, 3, 4, 5]})
    found = validate(package, only=["descriptor"], limits=Limits(issues=limit))
    assert [one.message for one in found if one.field is None] == told
    assert len(found) == limit + len(told)


def test_limits_are_one_value_that_a_caller_can_pass(package: Path) -> None:
    assert "file-too-large" in rules(validate(package, limits=Limits(rows=100), only=FAST))
    assert "file-too-large" in rules(validate(package, limits=Limits(file_bytes=1_000), only=FAST))
    assert validate(package, limits=Limits(rows=1_000), only=FAST) == []


# --- many at once ------------------------------------------------------------------------------------


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


@pytest.mark.slow
def test_threads_that_start_at_once_in_a_new_process_do_not_disturb_each_other(broken: Path) -> None:
    """Nothing is imported, built or cached yet when they meet."""
    done = python("-c", COLD, str(broken))
    assert done.stderr == ""
    assert done.stdout.split() == [str(len(load().claims)), str(len(validate(broken)))] * 3


@pytest.mark.slow
def test_processes_return_the_same(broken: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(validate, [broken, None])) == [validate(broken), []]
        assert [list(one.claims) for one in pool.map(load, [None])] == [list(load().claims)]


def test_a_report_pickles_and_cannot_be_changed(broken: Path) -> None:
    found = report(broken, only=["pydantic", "integrity"])
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert all(isinstance(one, Issue) for one in found.issues)
    with pytest.raises(AttributeError):
        found.issues = []  # type: ignore[misc]
