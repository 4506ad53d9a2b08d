"""Bad packages: each has one defect, and exactly the issues that ``corpus/expected.csv`` gives it."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import synthetic
from corpus.draft import Draft
from corpus.mutations import MUTATIONS
from jpkr_drills import InvalidPackage, load, validate
from jpkr_drills.checks import by_frictionless
from jpkr_drills.files import DESCRIPTOR, FOLDERS
from jpkr_drills.models import TABLES
from jpkr_drills.package import table_path
from jpkr_drills.rules import ENGINES, RULES
from jpkr_drills.schemas import table_schema
from watching import watching

HERE = Path(__file__).resolve().parent
CATEGORIES = {
    "descriptor",
    "files",
    "bytes",
    "cells",
    "records",
    "keys",
    "meaning",
    "agreement",
    "tampering",
    "article",
}
WITHOUT_FIXTURE = {
    "frictionless": "frictionless sees nothing in these packages that no other engine sees",
}
"""Rules that no defect can show while every engine runs, and why."""

COMMAND = shutil.which("jpkr-drills", path=Path(sys.executable).parent) or "jpkr-drills"
THROUGH_THE_COMMAND = (
    "descriptor-missing",
    "descriptor-misspelt-licences",
    "table-links-outside",
    "zip-entry-parent",
    "csv-unclosed-quote",
    "text-escape",
    "json-nested-too-deeply",
    "places-latitude-nan",
    "claim-span-backwards",
    "parties-row-twice",
    "planned-said-to-have-happened",
    "json-text-differs",
    "tampered-csv",
    "mention-look-alike-surface",
)


@dataclass(frozen=True)
class Expected:
    """A row of ``corpus/expected.csv``: an issue that a defect must lead to.

    ``line`` is empty, a number or a mark that the mutation sets (``@row``, ``@row2``, ...), ``file``
    is ``@package`` where the issue is about the archive as a whole, and ``found_by`` are the engines
    that must see it.
    """

    name: str
    category: str
    rule: str
    file: str
    line: str
    field: str
    found_by: str


def _expected() -> list[Expected]:
    with (HERE / "corpus" / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return [Expected(**row) for row in csv.DictReader(stream)]


EXPECTED = _expected()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The good packages, by name, and the article of the synthetic one."""
    root = tmp_path_factory.mktemp("good")
    bundled = root / "bundled"
    for folder in FOLDERS:
        shutil.copytree(HERE.parent / folder, bundled / folder)
    shutil.copyfile(HERE.parent / DESCRIPTOR, bundled / DESCRIPTOR)
    package, article = synthetic.make(root)
    return {"bundled": bundled, "synthetic": package, "article": article}


@pytest.fixture(scope="module", autouse=True)
def _frictionless_asked_once() -> Iterator[None]:
    """Ask frictionless, which takes most of the time, only about what it hasn't seen yet.

    Its answer about a table follows from that table and those that the table's keys lead to.
    """
    original = by_frictionless._report

    @lru_cache(maxsize=256)
    def task(table: str, contents: tuple[tuple[str, bytes], ...], targets: frozenset[str]) -> Any:
        report = original(dict(contents), targets)
        assert not report.errors
        return next(task for task in report.tasks if task.name == table)

    def remembered(contents: Mapping[str, bytes], targets: Collection[str]) -> Any:
        tasks = []
        for table in contents:
            keys = TABLES[table].TABLE.foreign_keys.values()
            followed = frozenset(keys) & frozenset(targets)
            needed = tuple(item for item in contents.items() if item[0] in followed | {table})
            tasks.append(task(table, needed, followed))
        return SimpleNamespace(tasks=tasks, errors=[])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_frictionless, "_report", remembered)
        yield


@pytest.fixture
def draft(name: str, good: Mapping[str, Path], tmp_path: Path) -> Iterator[Draft]:
    """A copy of the good package, with the defect ``name``; removed after the test."""
    mutation = MUTATIONS[name]
    yield mutation.apply(good[mutation.base], tmp_path / "package", good["article"])
    shutil.rmtree(tmp_path)


Place = tuple[str, str, int | None, str | None]


def _places(name: str, draft: Draft) -> list[tuple[Place, set[str]]]:
    """Rule, file, line and field of every expected issue, and the engines that must see it."""
    return [
        (
            (
                row.rule,
                str(draft.target) if row.file == "@package" else row.file,
                draft.line(row.line),
                row.field or None,
            ),
            set(row.found_by.split()),
        )
        for row in EXPECTED
        if row.name == name
    ]


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=str)


@pytest.mark.parametrize("name", MUTATIONS)
def test_defect_leads_to_its_issues_and_no_other(name: str, draft: Draft) -> None:
    expected = _places(name, draft)

    article = [draft.article] if draft.article else []
    with watching(draft.root.parent, *article) as strayed:
        issues = validate(draft.target, article=draft.article)
        with suppress(InvalidPackage):
            load(draft.target)
    assert strayed == []

    found = [((one.rule, one.file, one.line, one.field), set(one.found_by)) for one in issues]
    assert _sorted(place for place, _ in found) == _sorted(place for place, _ in expected)
    for place, engines in expected:
        unseen = [engines - seen for at, seen in found if at == place and not engines <= seen]
        assert not unseen, f"not seen by {unseen}"


@pytest.mark.parametrize("name", THROUGH_THE_COMMAND)
def test_command_exits_1_and_reports_the_same(name: str, draft: Draft) -> None:
    more = [] if draft.article is None else ["--article", str(draft.article)]

    done = subprocess.run(
        [COMMAND, "validate", str(draft.target), "--format", "json", *more],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=draft.root.parent,
    )

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["valid"] is False
    found = [(one["rule"], one["file"], one["line"], one["field"]) for one in report["issues"]]
    assert _sorted(found) == _sorted(place for place, _ in _places(name, draft))


def test_no_two_defects_are_the_same(good: Mapping[str, Path], tmp_path: Path) -> None:
    """A package that is another one too hasn't the defect that its name says."""
    same = defaultdict(list)
    for name, mutation in MUTATIONS.items():
        made = mutation.apply(good[mutation.base], tmp_path / "package", good["article"])
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


def test_good_packages_have_no_issue(good: Mapping[str, Path]) -> None:
    assert validate(good["bundled"]) == []
    assert validate(good["synthetic"]) == []
    assert validate(good["synthetic"], article=good["article"]) == []


def test_package_of_another_article_loads(good: Mapping[str, Path]) -> None:
    dataset = load(good["synthetic"])
    assert dataset.events["council-meeting"].date == "2024-03"
    assert [claim.claim_id for claim in dataset.claims if claim.voice == "attributed"] == ["p1s2-2"]


def test_draft_without_defect_is_sealed(good: Mapping[str, Path], tmp_path: Path) -> None:
    """Writing and sealing again adds nothing: what is found afterwards is the defect alone."""
    draft = Draft(good["bundled"], tmp_path / "package")
    draft.add_resource()
    for table in TABLES:
        draft.set(table, draft.rows(table)[0])
    draft.finish(sealed=True)
    assert validate(draft.target) == []


# --- no orphans ------------------------------------------------------------------------------


def test_at_least_200_defects() -> None:
    assert len(MUTATIONS) >= 200


def test_every_defect_is_expected_and_every_expectation_has_its_defect() -> None:
    assert {row.name for row in EXPECTED} == MUTATIONS.keys()


def test_every_rule_has_a_defect() -> None:
    shown = {row.rule for row in EXPECTED}
    assert shown <= RULES.keys()
    assert RULES.keys() - shown == WITHOUT_FIXTURE.keys()


def test_expectations_name_known_engines_and_categories() -> None:
    for row in EXPECTED:
        engines = row.found_by.split()
        assert engines, row
        assert engines == sorted(engines, key=ENGINES.index), row
    assert {row.category for row in EXPECTED} == CATEGORIES
    categories = defaultdict(set)
    for row in EXPECTED:
        categories[row.name].add(row.category)
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
    asked = {
        (_RULE_OF_CONSTRAINT[constraint], table_path(table), field["name"])
        for table in TABLES
        for field in table_schema(table)["fields"]
        for constraint in field.get("constraints", {})
    } | {
        ("type", table_path(table), field["name"])
        for table in TABLES
        for field in table_schema(table)["fields"]
        if field["type"] != "string"
    }
    broken = {(row.rule, row.file, row.field) for row in EXPECTED}
    assert asked - broken == set()


def test_every_key_is_broken() -> None:
    broken = {(row.rule, row.file, row.field) for row in EXPECTED}
    for table, record in TABLES.items():
        path = table_path(table)
        for column in record.TABLE.unique:
            assert ("duplicate-value", path, column) in broken
        for column in record.TABLE.foreign_keys:
            assert ("foreign-key", path, column) in broken
