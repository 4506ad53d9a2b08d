"""Issue: one defect, or one piece of advice, about a package."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

VALUE_SHOWN = 80
FEW = 3
"""Issues of one kind in one place that are told one by one: more of them have one cause."""
COMMAND = re.compile(r"#(?=#[a-z]*\[)", re.I)
"""Where a command to Azure Pipelines (``##vso[``) or the GitHub runner (``##[``) starts: they look for
it anywhere in a line."""

Level = Literal["error", "advice"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One defect or piece of advice, at the place where it can be fixed.

    Attributes:
        file: path inside the package, with forward slashes.
        line: line as an editor counts, from 1; ``None`` where lines mean nothing (JSON, whole files).
        record: primary key of the record, its parts joined by ``/``; ``None`` outside records.
        field: the column or property; ``None`` where the issue isn't in one.
        rule: stable kebab-case name of the rule (``jpkr-drills explain RULE``).
        level: ``error`` makes a package invalid; ``advice`` doesn't, unless asked with ``strict``.
        message: what is wrong, in a sentence without its full stop.
        value: the offending value, shortened and made printable; ``None`` where there is none.
        hint: how to fix it.
        found_by: the engines that saw it, in the order of the report.
    """

    file: str
    line: int | None
    record: str | None
    field: str | None
    rule: str
    level: Level
    message: str
    value: str | None
    hint: str
    found_by: tuple[str, ...]

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        what = ": ".join(part for part in (self.record, self.field) if part)
        said = ": ".join(part for part in (place, what, f"{self.message} [{self.rule}]") if part)
        return said if self.level == "error" else f"advice: {said}"


def printable(value: object, longest: int = VALUE_SHOWN) -> str:
    """``value`` as text that is safe to print anywhere, shortened to ``longest`` characters.

    Control, formatting and line-separating characters and lone surrogates become escapes, and commands
    to a CI runner are broken up: a value can't steer a terminal or a log, start a line or hide.
    """
    text = str(value)
    cut = len(text) > longest
    text = text[:longest]
    if not text.isprintable():
        text = "".join(
            c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text
        )
    safe = COMMAND.sub("# ", text) if "##" in text else text
    return safe + "…" if cut else safe


def markdown(text: str) -> str:
    """``text``, which is printable, as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>|#~&!])", r"\\\1", text)


def lines(issues: Iterable[Issue]) -> list[str]:
    """The issues as text: a line that names place and fault, and one that says how to fix it."""
    said: list[str] = []
    for one in issues:
        said += [f"{one}" if one.value is None else f"{one} (value: {one.value})", f"  fix: {one.hint}"]
    return said


def together(issues: Iterable[Issue], more: str) -> list[Issue]:
    """The issues, which are of one kind; of many the first one, which says how many ``more`` there are."""
    found = list(issues)
    if len(found) <= FEW:
        return found
    return [replace(found[0], message=f"{found[0].message}, and {len(found) - 1} more {more}")]


Place = tuple[str, int | None, str | None, str | None]
"""File, line, record and field that a witness refuses; ``None`` where it doesn't say."""


def merge(issues: Iterable[Issue], witnesses: dict[str, list[Place]], order: tuple[str, ...]) -> list[Issue]:
    """The issues by place, each with every engine that saw it.

    ``issues`` come from engines that judge for themselves: two of one rule at one place are one.
    ``witnesses`` maps an engine that only confirms to the places it refuses. It is added to the errors
    of that row: those in the field it names, or all where it names none or they do. ``order`` is that
    of the engines.
    """
    kept: dict[tuple[object, ...], tuple[Issue, set[str]]] = {}
    rows = defaultdict[tuple[object, ...], list[tuple[Issue, set[str]]]](list)
    for issue in issues:
        place = (issue.file, issue.line, issue.record, issue.field, issue.rule, issue.message)
        if place not in kept:
            kept[place] = issue, set()
            if issue.level == "error":
                rows[issue.file, issue.line or issue.record].append(kept[place])
        kept[place][1].update(issue.found_by)
    for engine, places in witnesses.items():
        for file, line, record, field in places:
            for issue, seen_by in rows.get((file, line or record), ()):
                if None in (field, issue.field) or field == issue.field:
                    seen_by.add(engine)
    found = (replace(one, found_by=tuple(sorted(seen_by, key=order.index))) for one, seen_by in kept.values())
    return sorted(found, key=by_place)


def by_place(issue: Issue) -> tuple[object, ...]:
    """A sort key: by file, line, record, field and rule."""
    # A whole file's issue (its hash, say) comes after those of its lines: it often follows from them.
    line = (1, 0) if issue.line is None else (0, issue.line)
    return (issue.file, line, issue.record or "", issue.field or "", issue.rule)
