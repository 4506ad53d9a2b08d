"""Bad packages: each has one defect, and exactly the issues that ``corpus/expected.csv`` gives it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

import synthetic
from corpus.draft import Draft
from corpus.mutations import HOMES, MUTATIONS
from helpers import ROOT, command, table_path
from jpkr_drills import InvalidPackage, Issue, load, validate
from jpkr_drills.issues import lines
from jpkr_drills.model.records import TABLES
from jpkr_drills.model.schemas import table_schema
from jpkr_drills.report import Report
from jpkr_drills.rules import ENGINES, every_rule
from jpkr_drills.validator import OWN_ENGINES, report

HERE = Path(__file__).resolve().parent
CATEGORIES = {
    *("descriptor", "files", "bytes", "cells", "keys", "meaning", "advice", "agreement", "article"),
}
WITHOUT_FIXTURE = {
    "frictionless": "frictionless sees nothing in these packages that no other engine sees",
    "jsonschema": "the JSON Schema validator sees nothing in these packages that no other engine sees",
    "package-not-checked": "it takes a process that dies while it checks one of many packages",
    "package-twice": "it takes two packages",
}
"""Rules that no defect can show while every engine runs, and why."""

THROUGH_THE_COMMAND = (
    *("descriptor-missing", "descriptor-misspelt-licences", "table-links-outside", "zip-entry-parent"),
    *("csv-unclosed-quote", "text-escape", "json-nested-too-deeply", "places-latitude-nan", "claim-span-backwards"),
    *("parties-row-twice", "planned-said-to-have-happened", "json-text-differs", "tampered-csv"),
    "mention-look-alike-surface",
)


class Place(NamedTuple):
    """Where an issue is, and how much it counts."""

    level: str
    rule: str
    file: str
    line: int | None
    field: str | None


@dataclass(frozen=True)
class Expected:
    """A row of ``corpus/expected.csv``: an issue that a defect must lead to.

    ``line`` is empty, a number or a mark that the mutation sets (``@row``, ``@row2``, ...), ``file``
    is ``@package`` where the issue is about the archive as a whole, and ``found_by`` are the engines
    that must see it.
    """

    name: str
    category: str
    level: str
    rule: str
    file: str
    line: str
    field: str
    found_by: str


def _expected() -> list[Expected]:
    with (HERE / "corpus" / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return [Expected(**row) for row in csv.DictReader(stream)]


EXPECTED = _expected()
BY_NAME: dict[str, list[Expected]] = defaultdict(list)
for _row in EXPECTED:
    BY_NAME[_row.name].append(_row)
SAMPLE = sorted({row.category: row.name for row in EXPECTED}.values())
"""Defects that the witnesses look for too, each time: one of each category."""


ILLUSTRATED = {row.rule: row.name for row in sorted(EXPECTED, key=lambda row: -len(BY_NAME[row.name]))}
"""Each rule to the defect that ``explain`` shows: one that breaks no other rule, where there is such."""
EXAMPLES = ROOT / "src/jpkr_drills/examples.csv"
WRITING = "JPKR_DRILLS_WRITE" in os.environ


class Good(NamedTuple):
    """The good package and its article."""

    package: Path
    article: Path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    return Good(*synthetic.make(tmp_path_factory.mktemp("good")))


@pytest.fixture
def draft(name: str, good: Good) -> Iterator[Draft]:
    """A copy of the good package, with the defect ``name``; removed after the test."""
    root = good.package.parent / f"draft-{name}"
    root.mkdir()
    yield MUTATIONS[name].apply(good.package, root / "package", good.article)
    shutil.rmtree(root)


def _places(name: str, draft: Draft) -> list[tuple[Place, set[str]]]:
    """Every expected issue, and the engines that must see it."""
    return [
        (
            Place(
                row.level,
                row.rule,
                str(draft.target) if row.file == "@package" else row.file,
                draft.line(row.line),
                row.field or None,
            ),
            set(row.found_by.split()),
        )
        for row in BY_NAME[name]
    ]


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=str)


def _place(issue: Issue) -> Place:
    return Place(issue.level, issue.rule, issue.file, issue.line, issue.field)


@pytest.fixture(scope="module")
def examples() -> Iterator[dict[str, str]]:
    """What ``explain`` shows of each rule; with ``JPKR_DRILLS_WRITE`` set it is learnt anew (in one process)."""
    with EXAMPLES.open(encoding="utf-8", newline="") as stream:
        known = {row["rule"]: row["issue"] for row in csv.DictReader(stream)}
    if not WRITING:
        yield known
        return
    learnt: dict[str, str] = {}
    yield learnt
    with EXAMPLES.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("rule", "issue"), *sorted(learnt.items())])


def test_every_rule_has_an_example_but_those_that_no_defect_shows(examples: dict[str, str]) -> None:
    assert examples.keys() <= ILLUSTRATED.keys() == every_rule().keys() - WITHOUT_FIXTURE.keys()


def _own(draft: Draft) -> tuple[str, ...]:
    """Our engines, those that can run."""
    return tuple(engine for engine in OWN_ENGINES if engine != "article" or draft.article)


def _check(name: str, draft: Draft, found: Report, engines: tuple[str, ...]) -> None:
    issues = [*found.issues, *found.advice]
    expected = _places(name, draft)
    assert _sorted(map(_place, issues)) == _sorted(place for place, _ in expected)
    for place, seen in expected:
        needed = seen & set(engines)
        assert any(_place(one) == place and needed <= set(one.found_by) for one in issues), f"not seen by {needed}"


@pytest.mark.parametrize("name", MUTATIONS)
def test_defect_leads_to_its_issues_and_no_other(name: str, draft: Draft, examples: dict[str, str]) -> None:
    found = report(draft.target, article=draft.article, only=_own(draft))
    _check(name, draft, found, _own(draft))
    first = {issue.rule: lines([issue])[0] for issue in reversed([*found.issues, *found.advice])}
    for rule in (rule for rule, shown in ILLUSTRATED.items() if shown == name):
        said = first[rule].removeprefix("advice: ").replace(f" [{rule}]", "").replace(f"{draft.root.parent}/", "")
        if WRITING:
            examples[rule] = said
        assert examples[rule] == said


@pytest.mark.parametrize("name", SAMPLE)
def test_witnesses_confirm_and_add_nothing(name: str, draft: Draft) -> None:
    _check(name, draft, report(draft.target, article=draft.article), ENGINES)
    with suppress(InvalidPackage):
        load(draft.target)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MUTATIONS if name not in SAMPLE])
def test_witnesses_confirm_and_add_nothing_anywhere(name: str, draft: Draft) -> None:
    _check(name, draft, report(draft.target, article=draft.article), ENGINES)
    with suppress(InvalidPackage):
        load(draft.target)


@pytest.mark.slow
@pytest.mark.parametrize("name", THROUGH_THE_COMMAND)
def test_command_reports_the_same(name: str, draft: Draft) -> None:
    more = [] if draft.article is None else ["--article", str(draft.article)]
    done = command("validate", str(draft.target), "--format", "json", *more)
    said = json.loads(done.stdout)
    assert done.returncode == (1 if said["issues"] else 0), done.stderr
    assert said["valid"] is not bool(said["issues"])
    found = [Place(*(one[name] for name in Place._fields)) for one in (*said["issues"], *said["advice"])]
    assert _sorted(found) == _sorted(place for place, _ in _places(name, draft))


@pytest.mark.slow
def test_no_two_defects_are_the_same(good: Good, tmp_path: Path) -> None:
    """A package that is another one too hasn't the defect that its name says."""
    same = defaultdict(list)
    for name, mutation in MUTATIONS.items():
        made = mutation.apply(good.package, tmp_path / "package", good.article)
        same[frozenset(_entries(tmp_path)), mutation.article].append(name)
        assert made.target.exists()
        for place in tmp_path.iterdir():
            shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert [names for names in same.values() if len(names) > 1] == []


def _entries(root: Path) -> Iterator[tuple[Path, str | bytes | int]]:
    """Everything below a folder, with what tells it from others."""
    for place in root.rglob("*"):
        if place.is_symlink():
            yield place, str(place.readlink())
        elif place.is_file():
            yield place, hashlib.sha256(place.read_bytes()).digest()
        else:
            yield place, place.stat().st_mode


def test_good_package_has_no_issue(good: Good) -> None:
    assert validate(good.package, strict=True) == []
    assert validate(good.package, article=good.article, strict=True) == []


def test_package_of_another_article_loads(good: Good) -> None:
    dataset = load(good.package)
    assert dataset.events["council-meeting"].date == "2024-03"
    assert [claim.claim_id for claim in dataset.claims if claim.voice == "unclear"] == ["p2s2-3", "p3s2-1"]


def test_draft_without_defect_is_sealed(good: Good, tmp_path: Path) -> None:
    """Writing and sealing again adds nothing: what is found afterwards is the defect alone."""
    draft = Draft(good.package, tmp_path / "package")
    draft.add_resource()
    for table in TABLES:
        draft.set(table, draft.rows(table)[0])
    draft.finish(sealed=True)
    assert validate(draft.target, strict=True) == []


# --- no orphans --------------------------------------------------------------------------------------


def test_every_defect_is_expected_and_every_expectation_has_its_defect() -> None:
    assert set(BY_NAME) == MUTATIONS.keys()
    assert {Path(str(home.__file__)).name for home in HOMES} == {
        place.name for place in (HERE / "corpus").glob("of_*.py")
    }


def test_every_rule_has_a_defect() -> None:
    known = every_rule()
    shown = {row.rule for row in EXPECTED}
    assert shown <= known.keys()
    assert known.keys() - shown == WITHOUT_FIXTURE.keys()
    assert {(row.rule, row.level) for row in EXPECTED} == {(name, known[name].level) for name in shown}


def test_expectations_name_known_engines_and_categories() -> None:
    categories = defaultdict(set)
    for row in EXPECTED:
        engines = row.found_by.split()
        assert engines == sorted(engines, key=ENGINES.index) != [], row
        categories[row.name].add(row.category)
    assert {row.category for row in EXPECTED} == CATEGORIES
    assert [name for name, given in categories.items() if len(given) > 1] == []


def test_every_engine_sees_a_defect() -> None:
    assert {engine for row in EXPECTED for engine in row.found_by.split()} == set(ENGINES)


_RULE_OF_CONSTRAINT = {
    "required": "required",
    "pattern": "pattern",
    "enum": "enum",
    "minimum": "minimum",
    "maximum": "maximum",
    "maxLength": "max-length",
}


def test_every_constraint_of_every_column_is_broken() -> None:
    fields = [(table_path(table), field) for table in TABLES for field in table_schema(table)["fields"]]
    asked = {
        (_RULE_OF_CONSTRAINT[constraint], path, field["name"])
        for path, field in fields
        for constraint in field.get("constraints", {})
    } | {("type", path, field["name"]) for path, field in fields if field["type"] != "string"}
    assert asked - {(row.rule, row.file, row.field) for row in EXPECTED} == set()


def test_every_key_is_broken() -> None:
    broken = {(row.rule, row.file, row.field) for row in EXPECTED} | {
        (row.rule, row.file, "") for row in EXPECTED if row.rule == "duplicate-key"
    }
    for table, record in TABLES.items():
        path = table_path(table)
        assert ("duplicate-key", path, "") in broken
        assert {("duplicate-value", path, column) for column in record.TABLE.unique} <= broken
        assert {("foreign-key", path, column) for column in record.TABLE.foreign_keys} <= broken
