"""Validation: run the engines on a package and bring their findings together."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jpkr_drills.checks import (
    agreement,
    article,
    by_frictionless,
    by_jsonschema,
    by_pydantic,
    descriptor,
    integrity,
    meaning,
    references,
)
from jpkr_drills.files import DESCRIPTOR, FILE_LIMIT, FileProblem
from jpkr_drills.issues import Issue, issue, limited, merge
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, open_package
from jpkr_drills.rules import ENGINES

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found.

    Attributes:
        package: path of the package, as given; of the bundled package, its name.
        issues: every defect, sorted by place; empty for a valid package.
        tables: table name to number of rows.
        engines: engine to number of issues that it saw, for all nine engines.
        not_run: engine to the reason why it didn't run.
        title: title of the package, empty where the descriptor gives none.
    """

    package: str
    issues: list[Issue]
    tables: dict[str, int] = field(default_factory=dict)
    engines: dict[str, int] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def valid(self) -> bool:
        """Whether no engine found anything."""
        return not self.issues


def validate(
    path: PathLike | None = None,
    *,
    article: PathLike | None = None,
    only: Collection[str] = (),
) -> list[Issue]:
    """The defects of the package at ``path``; an empty list is a valid package.

    ``path`` is a directory or a zip archive; without it, the package bundled with this library.
    ``article`` is the coded article's text file, to verify every span against. ``only`` names the
    engines to run (see ``jpkr_drills.rules.ENGINES``); without it all run. Nothing is fetched, and
    nothing is written.

    >>> from jpkr_drills import validate
    >>> validate()
    []

    Raises:
        FileNotFoundError: there is nothing at ``path`` or ``article``.
        MissingExtra: an engine's library is not installed (``pip install 'jpkr-drills[validate]'``).
        ValueError: ``only`` names an engine that doesn't exist.
    """
    return report(path, article=article, only=only).issues


def report(
    path: PathLike | None = None,
    *,
    article: PathLike | None = None,
    only: Collection[str] = (),
) -> Report:
    """Like ``validate``, with the counts of tables and engines beside the issues."""
    unknown = sorted(set(only) - set(ENGINES))
    if unknown:
        raise ValueError(f"no engine {', '.join(unknown)}; the engines are {', '.join(ENGINES)}")
    if article is None and set(only) == {"article"}:
        raise ValueError("the engine article needs the article's file")
    text = None if article is None else _article_bytes(article)
    name = "the bundled package" if path is None else os.fspath(path)
    try:
        with open_package(path) as package:
            return _run(name, package, text, frozenset(only) or frozenset(ENGINES))
    except FileProblem as problem:
        found = [issue(problem.rule, name, str(problem))]
        reason = {engine: "the package can't be opened" for engine in ENGINES if engine != "integrity"}
        return Report(name, found, dict.fromkeys(TABLES, 0), _counts(found), reason)


def _article_bytes(article: PathLike) -> tuple[bytes, str]:
    place = Path(article)
    if not place.is_file():
        raise FileNotFoundError(f"no article at {article}")
    with place.open("rb") as stream:
        return stream.read(FILE_LIMIT), place.name


def _run(name: str, package: Package, text: tuple[bytes, str] | None, only: frozenset[str]) -> Report:
    if package.descriptor_problem and package.descriptor_problem.rule == "descriptor-missing":
        # Without a descriptor this is no package: one issue says more than a hundred.
        found = list(descriptor.check(package))
        reason: dict[str, str] = dict.fromkeys(ENGINES[1:], f"there is no {DESCRIPTOR}")
        return Report(name, found, _rows(package), _counts(found), reason)
    keys = list(limited(references.check(package))) if only & {"references", "meaning"} else []
    # In this order: the first engine to name a place keeps its words (see merge).
    checks: dict[str, Callable[[], Iterable[Issue]]] = {
        "descriptor": lambda: descriptor.check(package),
        "integrity": lambda: integrity.check(package),
        "pydantic": lambda: by_pydantic.check(package),
        "references": lambda: keys,
        "meaning": lambda: meaning.check(package, keys),
        "article": lambda: article.check(package, *text) if text else (),
        "jsonschema": lambda: by_jsonschema.check(package),
        "frictionless": lambda: by_frictionless.check(package),
        "agreement": lambda: agreement.check(package),
    }
    found = []
    not_run = {engine: "not asked for" for engine in ENGINES if engine not in only}
    if text is None:
        not_run.setdefault("article", "no article was given")
    for engine in (engine for engine in checks if engine not in not_run):
        try:
            # What several files run into at one place, such as a linked folder, is one issue.
            found.extend(dict.fromkeys(limited(checks[engine]())))
        except by_frictionless.Stopped as stopped:
            not_run[engine] = str(stopped)
            if not found:  # then nobody else has said what is wrong
                found.append(issue("frictionless", DESCRIPTOR, str(stopped)))
    issues = merge(found)
    title = (package.descriptor or {}).get("title")
    return Report(
        name,
        issues,
        _rows(package),
        _counts(issues),
        not_run,
        title if isinstance(title, str) else "",
    )


def _rows(package: Package) -> dict[str, int]:
    return {name: len(table.rows) for name, table in package.tables.items()}


def _counts(issues: list[Issue]) -> dict[str, int]:
    return {engine: sum(engine in found.found_by for found in issues) for engine in ENGINES}
