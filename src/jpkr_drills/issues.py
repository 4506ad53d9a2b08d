"""Issue: one defect found in a package."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jpkr_drills.rules import ENGINES, RULES

VALUE_SHOWN = 80
ISSUES_LIMIT = 1_000
"""Issues of one rule in one file that are listed; of further ones only the number is told."""
RULE_LIMIT = 5_000
"""Issues of one rule in all files that are listed."""
COMMAND = re.compile(r"#(?=#[a-z]*\[)", re.I)
"""Where an order to Azure Pipelines (``##vso[``) or the GitHub runner (``##[``) starts: they look for
it anywhere in a line."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One defect, at the place where it can be mended.

    Attributes:
        file: path inside the package, with forward slashes.
        line: line as an editor counts, from 1; ``None`` where lines mean nothing (JSON, whole files).
        record: primary key of the record, its parts joined by ``/``; ``None`` outside records.
        field: the column or property; ``None`` where the defect isn't in one.
        rule: stable kebab-case name of the rule, a key of ``jpkr_drills.rules.RULES``.
        message: what is wrong, in a sentence without its final stop.
        value: the offending value, shortened and made printable; ``None`` where there is none.
        hint: how to mend it.
        found_by: the engines that saw it, in the order of the report.
    """

    file: str
    line: int | None
    record: str | None
    field: str | None
    rule: str
    message: str
    value: str | None
    hint: str
    found_by: tuple[str, ...]

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        what = ": ".join(part for part in (self.record, self.field) if part)
        return ": ".join(part for part in (place, what, f"{self.message} [{self.rule}]") if part)


def printable(value: object, longest: int = VALUE_SHOWN) -> str:
    """``value`` as text that is safe to print anywhere, shortened to ``longest`` characters.

    Control, formatting and line-separating characters and lone surrogates become escapes, and orders
    to a CI runner are broken up, so that a value can't steer a terminal or a log, start a new line or
    hide.
    """
    text = str(value)
    cut = len(text) > longest
    text = text[:longest]
    if not text.isprintable():
        text = "".join(
            c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
            for c in text
        )
    safe = COMMAND.sub("# ", text) if "##" in text else text
    return safe + "…" if cut else safe


def limited(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues as they come, and at the end the number of those that were too many to list.

    What isn't listed isn't kept either: a package with a million defects takes no more memory.
    """
    listed: Counter[tuple[str, ...]] = Counter()
    more: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], str] = {}
    for found in issues:
        of_rule = (found.rule, *found.found_by)
        of_file = (*of_rule, found.file)
        full = (
            of_file
            if listed[of_file] >= ISSUES_LIMIT
            else of_rule
            if listed[of_rule] >= RULE_LIMIT
            else None
        )
        if full is not None:
            more[full] += 1
            first.setdefault(full, found.file)
            continue
        listed.update((of_rule, of_file))
        yield found
    for kind, count in more.items():
        message = f"the same in {count} more place{'s' * (count != 1)}"
        yield issue(kind[0], first[kind], message, engine=kind[1])


# These engines look at what an earlier one has judged already: what they find at the same place is
# the same defect. What only they see stands on its own.
_WITNESSES = frozenset({"frictionless", "jsonschema", "agreement"})


def merge(issues: Iterable[Issue]) -> list[Issue]:
    """Join what several engines saw of the same defect, and sort by place.

    ``issues`` come in the order of precedence, each found by one engine: the first to name a place
    keeps its rule and message, later ones only add their engine to it.
    """
    kept: list[Issue] = []
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for issue in issues:
        row = _row(issue)
        known = next((i for i in rows[row] if _same_defect(kept[i], issue)), None)
        if known is None:
            rows[row].append(len(kept))
            kept.append(issue)
        elif issue.found_by[0] not in kept[known].found_by:
            kept[known] = replace(kept[known], found_by=kept[known].found_by + issue.found_by)
    return sorted(
        (replace(issue, found_by=tuple(sorted(issue.found_by, key=ENGINES.index))) for issue in kept),
        key=_by_place,
    )


def _row(issue: Issue) -> tuple[object, ...]:
    return (issue.file, issue.line, issue.record if issue.line is None else None)


def _same_defect(known: Issue, new: Issue) -> bool:
    """Whether ``new``, in the same row as ``known``, is the same defect seen again."""
    engine = new.found_by[0]
    if new.rule == known.rule and new.field == known.field and engine not in known.found_by:
        return True
    if engine in _WITNESSES and (new.line, new.record) == (None, None):
        # What the bytes of a whole file show (its hash, its layout) says nothing of what is in it.
        return new.field == known.field and "integrity" not in known.found_by
    if engine in _WITNESSES:
        return new.field == known.field or None in (new.field, known.field)
    # What the bytes show (a hidden character, say) breaks the column's pattern too.
    return engine == "pydantic" and "integrity" in known.found_by and new.field == known.field


def _by_place(issue: Issue) -> tuple[object, ...]:
    # A whole file's issue (its hash, say) comes after those of its lines: it often follows from them.
    line = (1, 0) if issue.line is None else (0, issue.line)
    return (issue.file, line, issue.record or "", issue.field or "", issue.rule)


def issue(
    rule: str,
    file: str,
    message: str,
    *,
    line: int | None = None,
    record: str | None = None,
    field: str | None = None,
    value: object = None,
    hint: str | None = None,
    engine: str | None = None,
) -> Issue:
    """An issue of ``rule``, found by the engine that owns the rule unless ``engine`` names another."""
    known = RULES[rule]
    return Issue(
        file=printable(file, 300),
        line=line,
        record=None if record is None else printable(record, 200),
        field=None if field is None else printable(field),
        rule=rule,
        message=printable(message, 500),
        value=None if value is None else printable(value),
        hint=printable(hint or known.mend, 500),
        found_by=(engine or known.engine,),
    )
