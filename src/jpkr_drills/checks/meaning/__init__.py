"""Engine ``meaning``: rules across records, about what a coding must say (errors) and usually says (advice).

Each module notes its rules in the register of ``coding``. A rule looks only at records that are
themselves valid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jpkr_drills.checks.meaning import fits, links, names, spans, words
from jpkr_drills.checks.meaning.coding import CHECKS, Coding, Found
from jpkr_drills.issues import Issue
from jpkr_drills.model import records as m
from jpkr_drills.package import Package, coded_source
from jpkr_drills.rules import Rule

RULE_MODULES = (spans, links, words, names, fits)
"""Imported for the rules that they note in the register."""


def check(package: Package, keys: Iterable[Issue], skip: Collection[str] = ()) -> Iterator[Issue]:
    """What breaks a rule of meaning; ``keys`` is what the references engine found, ``skip`` rules not to run."""
    coding = coding_of(package, list(keys))
    for rule, broken, needs in CHECKS:
        if needs <= coding.whole and rule.name not in skip:
            yield from (_issue(rule, coding, found) for found in broken(coding))


def _issue(rule: Rule, coding: Coding, found: Found) -> Issue:
    path = found.record.TABLE.path
    if isinstance(found.record, type):
        return rule.issue(path, found.message)
    return rule.issue(
        path,
        found.message,
        line=coding.lines[id(found.record)],
        record=found.record.key(),
        field=found.field,
        value=getattr(found.record, found.field),
    )


def coding_of(package: Package, keys: list[Issue]) -> Coding:
    """The valid records of a package; rows that a key makes meaningless are left out."""
    records: dict[type[m.Record], list[m.Record]] = {}
    lines: dict[int, int] = {}
    whole = set()
    broken_files = {found.file for found in keys}
    left_out = {(found.file, found.line) for found in keys if _unlinked(found)}
    for name, table in package.tables.items():
        kept = []
        for row, record in zip(table.rows, table.records, strict=True):
            if record is not None and (table.path, row.line) not in left_out:
                kept.append(record)
                lines[id(record)] = row.line
        records[m.TABLES[name]] = kept
        if table.path not in broken_files and table.sound:
            whole.add(m.TABLES[name])
    source = coded_source(package.descriptor)
    length, language = source.get("characters"), source.get("language")
    return Coding(
        records,
        lines,
        frozenset(whole),
        length if type(length) is int else None,
        language if isinstance(language, str) else "",
    )


def _unlinked(found: Issue) -> bool:
    """Whether the row of this issue is given twice, or points nowhere.

    Such a row says nothing of its own: rules would only repeat that it is wrong.
    """
    return found.rule in ("duplicate-key", "foreign-key")
