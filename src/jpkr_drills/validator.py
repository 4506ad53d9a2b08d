"""Validation: run the engines on a package and bring together what they find."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from jpkr_drills.checks import agreement, article, descriptor, integrity, meaning, references
from jpkr_drills.checks.witnesses import Stopped, Testimony, alone, by_frictionless, by_jsonschema
from jpkr_drills.issues import Issue, by_place, merge
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import DESCRIPTOR_MISSING, Package, listed, open_package
from jpkr_drills.package.files import DESCRIPTOR, Limits, Unreadable, article_to_read
from jpkr_drills.report import Report
from jpkr_drills.rules import ENGINES, RULES, define

PathLike = str | os.PathLike[str]

(ACCEPTED_UNUSED,) = define(
    "descriptor",
    "accepted-unused | Every entry of the descriptor's `accepted` fits a piece of advice. | remove the entry, or fix its rule and record",
    level="advice",
)
WITNESSES: dict[str, Callable[[Package], Testimony]] = {"jsonschema": by_jsonschema, "frictionless": by_frictionless}
"""The engines of other libraries, which confirm."""
OWN_ENGINES = tuple(engine for engine in ENGINES if engine not in WITNESSES)
"""What ``fast`` runs: without the witnesses no defect is missed that we know of."""


def validate(
    path: PathLike | None = None,
    *,
    article: PathLike | None = None,
    strict: bool = False,
    ignore: Collection[str] = (),
    only: Collection[str] = (),
    limits: Limits | None = None,
) -> list[Issue]:
    """The errors of the package at ``path``; an empty list is a valid package.

    ``path`` is a directory or a zip archive; without it, the package bundled with this library.
    ``article`` is the coded article's text file, to verify every span against. With ``strict`` the
    list has advice too. ``ignore`` names rules of advice not to run, ``only`` the engines to run (see
    ``jpkr_drills.rules.ENGINES``); without it all run. ``limits`` bounds what a package may have.
    Nothing is fetched, and nothing is written.

    >>> from jpkr_drills import validate
    >>> validate()
    []

    Raises:
        FileNotFoundError: there is nothing at ``path`` or ``article``.
        MissingExtra: an engine's library is not installed (the extra ``validate``).
        ValueError: ``only`` names an engine, or ``ignore`` a rule of advice, that doesn't exist.
    """
    found = report(path, article=article, ignore=ignore, only=only, limits=limits)
    return sorted([*found.issues, *found.advice], key=by_place) if strict else found.issues


def report(
    path: PathLike | None = None,
    *,
    article: PathLike | None = None,
    ignore: Collection[str] = (),
    only: Collection[str] = (),
    limits: Limits | None = None,
) -> Report:
    """Like ``validate``, with the advice and the counts of tables and engines beside the errors."""
    only, ignore = ([given] if isinstance(given, str) else given for given in (only, ignore))
    refuse_unknown(only, ignore, article=article is not None)
    limits = limits or Limits()
    text = None if article is None else _article(article, limits)
    name = "the bundled package" if path is None else os.fspath(path)
    try:
        with open_package(path, limits) as package:
            return judge(name, package, text, frozenset(only) or frozenset(ENGINES), ignore)
    except Unreadable as reason:
        why = {str(engine): "the package can't be opened" for engine in ENGINES if engine != "integrity"}
        return Report(name, [reason.issue], [], dict.fromkeys(TABLES, 0), why)


def _article(article: PathLike, limits: Limits) -> tuple[bytes, str]:
    place = article_to_read(article)
    with place.open("rb") as stream:
        return stream.read(limits.file_bytes), place.name


def refuse_unknown(only: Collection[str], ignore: Collection[str], *, article: bool = False) -> None:
    """Raise ``ValueError`` for an engine or a rule of advice that doesn't exist, or can't run without the article."""
    if unknown := sorted(set(only) - set(ENGINES)):
        raise ValueError(f"no engine {', '.join(map(repr, unknown))}; the engines are {', '.join(ENGINES)}")
    if not article and set(only) == {"article"}:
        raise ValueError("the engine article needs the article's file")
    for name in ignore:
        if name not in RULES or RULES[name].level != "advice":
            what = "a rule of errors, which can't be ignored" if name in RULES else "no rule"
            raise ValueError(f"{name} is {what}; `jpkr-drills explain` lists the rules")


def judge(
    name: str, package: Package, text: tuple[bytes, str] | None, only: frozenset[str], ignore: Collection[str]
) -> Report:
    """The report on an opened package; ``text`` is the article's content and name, ``only`` the engines to run."""
    rows = {table: len(file.rows) for table, file in package.tables.items()}
    if any(issue.rule == DESCRIPTOR_MISSING.name for issue in package.descriptor_issues):
        # Without a descriptor this is no package: one issue says more than a hundred.
        why: dict[str, str] = dict.fromkeys(ENGINES[1:], f"there is no {DESCRIPTOR}")
        return Report(name, package.descriptor_issues, [], rows, why)
    not_run = {engine: "not asked for" for engine in ENGINES if engine not in only}
    if text is None:
        not_run.setdefault("article", "no article was given")
    keys = list(references.check(package)) if only & {"references", "meaning"} else []
    checks: dict[str, Callable[[], Iterable[Issue]]] = {
        "descriptor": lambda: descriptor.check(package),
        "integrity": lambda: integrity.check(package),
        "pydantic": lambda: integrity.noted(package, "pydantic"),
        "references": lambda: references.told(keys),
        "meaning": lambda: meaning.check(package, keys, ignore),
        "agreement": lambda: agreement.check(package, _faulty(issues)),
        "article": lambda: article.check(package, *text, ignore) if text else (),
    }
    issues: list[Issue] = []
    for engine, check in checks.items():
        if engine not in not_run:
            issues += [issue for issue in check() if issue.rule not in ignore]
    faulty = _faulty(issues)
    issues = [issue for issue in issues if issue.rule not in FOLLOWING or issue.file not in faulty]
    if "integrity" in not_run and only - {"descriptor", "article"}:  # then nobody else says which files aren't there
        issues += [table.file.problem for table in package.tables.values() if table.file.problem]
    testimony: dict[str, Testimony] = {}
    for engine, ask in WITNESSES.items():
        if engine not in not_run:
            try:
                testimony[engine] = ask(package)
            except Stopped as stopped:
                not_run[engine] = str(stopped)
    lone = [one for engine, said in testimony.items() for one in alone(engine, said, issues)]
    places = {engine: [place for place, _ in said] for engine, said in testimony.items()}
    merged = merge(_limited([*issues, *lone], package.limits), places, ENGINES)
    errors = [issue for issue in merged if issue.level == "error"]
    shown = list(_not_accepted(package, merged, not_run, ignore))
    title = (package.descriptor or {}).get("title")
    return Report(name, errors, shown, rows, not_run, title if isinstance(title, str) else "")


FOLLOWING = (integrity.HASH.name, integrity.SIZE.name)
"""Rules that whatever is wrong inside a file breaks too: beside such an issue they say nothing new."""


def _faulty(issues: Iterable[Issue]) -> set[str]:
    """The files with an error of their own, not only another content than what was made of them."""
    errors = (issue for issue in issues if issue.level == "error" and issue.rule not in FOLLOWING)
    own = agreement.CODES.name  # not a difference from what was made of the file
    return {issue.file for issue in errors if issue.found_by != ("agreement",) or issue.rule == own}


def _limited(issues: Iterable[Issue], limits: Limits) -> Iterator[Issue]:
    """The issues, of those of one rule in one file only as many as are listed, and how many more."""
    counts = Counter[tuple[str, str]]()
    for issue in issues:
        counts[issue.rule, issue.file] += 1
        if counts[issue.rule, issue.file] <= limits.issues:
            yield issue
    for (name, file), count in counts.items():
        if count > limits.issues:
            yield RULES[name].issue(file, f"the same in {count - limits.issues} more places")


def _not_accepted(
    package: Package, issues: list[Issue], not_run: Collection[str], ignore: Collection[str]
) -> Iterable[Issue]:
    """The advice that the descriptor doesn't accept, and entries there that fit none.

    An entry for a rule that wasn't asked, because its engine didn't run or it is ignored, may fit another time.
    """
    advice = [(issue, (issue.rule, issue.record or issue.file)) for issue in issues if issue.level == "advice"]
    entries = listed(package.descriptor, "accepted")
    accepted = [(str(one.get("rule")), str(one.get("record", "no record or file"))) for one in entries]
    stood_by = set(accepted)
    yield from (issue for issue, key in advice if key not in stood_by)
    given = {key for _, key in advice}
    for index, (name, record) in enumerate(accepted):
        asked = name not in RULES or (RULES[name].engine not in not_run and name not in ignore)
        if asked and (name, record) not in given and ACCEPTED_UNUSED.name not in ignore:
            message = f"no advice {name} is given about {record}"
            yield ACCEPTED_UNUSED.issue(DESCRIPTOR, message, field=f"accepted.{index}")
