"""Engine ``meaning``: rules across records, about what a coding may and must say.

Each module holds the rules about one thing and notes them in the register of ``coding``. A rule looks
only at records that are themselves valid. One that says "there is at least one ..." waits until the
tables it counts in are whole: what is missing may be in the line that can't be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning import (
    claims,
    codes,
    dates,
    events,
    mentions,
    naming,
    parties,
    relations,
    roles,
    spans,
    support,
    wording,
)
from jpkr_drills.checks.meaning.coding import CHECKS, Coding, Found
from jpkr_drills.issues import Issue, issue
from jpkr_drills.package import Package, TableFile, coded_source, table_path

# Imported for the rules that they note in the register.
RULE_MODULES = (
    *(spans, mentions, naming, support, claims, wording, relations),
    *(events, dates, roles, parties, codes),
)


def names() -> Collection[str]:
    """The rules that have a check."""
    return CHECKS.keys()


def check(package: Package, keys: Iterable[Issue]) -> Iterator[Issue]:
    """What breaks a rule of meaning; ``keys`` is what the references engine found."""
    coding = _coding(package, list(keys))
    for name, (broken, needs) in CHECKS.items():
        if not needs <= coding.whole:
            continue
        yield from (_issue(name, coding, found) for found in broken(coding))


def _issue(name: str, coding: Coding, found: Found) -> Issue:
    path = table_path(found.record.TABLE.name)
    if isinstance(found.record, type):
        return issue(name, path, found.message)
    return issue(
        name,
        path,
        found.message,
        line=coding.lines[id(found.record)],
        record=found.record.key(),
        field=found.field,
        value=getattr(found.record, found.field),
    )


def _coding(package: Package, keys: list[Issue]) -> Coding:
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
        if table.path not in broken_files and _readable(table):
            whole.add(m.TABLES[name])
    source = coded_source(package.descriptor) or {}
    length = source.get("characters")
    return Coding(records, lines, frozenset(whole), length if type(length) is int else None)


def _readable(table: TableFile) -> bool:
    return table.whole and None not in table.records


def _unlinked(found: Issue) -> bool:
    """Whether the row of this issue is given twice, or is a link that leads nowhere.

    Such a row says nothing of its own: rules would only repeat that it is wrong.
    """
    key = m.TABLES[found.file.removeprefix("data/").removesuffix(".csv")].TABLE.key
    return found.rule == "duplicate-key" or (found.rule == "foreign-key" and found.field in key)
