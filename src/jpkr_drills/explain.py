"""Explaining: what a rule, a table, a column or a code means, from the models alone.

``examples.csv`` beside this module has an issue of each rule, as the tests' bad packages lead to it.
"""

from __future__ import annotations

import csv
import difflib
import pkgutil
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from jpkr_drills.build.documents import form
from jpkr_drills.loader import load
from jpkr_drills.model.records import TABLES, codelists, columns
from jpkr_drills.model.schemas import table_schema
from jpkr_drills.model.vocabularies import LISTS, Codelist
from jpkr_drills.rules import Rule, every_rule
from jpkr_drills.show import TELLING


class NotKnown(LookupError):
    """Nothing has that name."""


def explain(what: str | None = None) -> str:
    """What ``what`` means: a rule (``enum``), a table (``claims``), a column (``claims.voice``, ``voice``) or a
    code (``voice:unclear``, ``unclear``); all that has that name. Without it, everything by name.

    >>> print(explain("voice:unclear").splitlines()[0])
    voice:unclear — Unclear

    Raises ``NotKnown`` with the closest names.
    """
    if what is None:
        return "\n".join(_all()) + "\n"
    known = list(_known())
    if not (found := [lines for names, lines in known if what in names]):
        close = difflib.get_close_matches(what, {name for names, _ in known for name in names}, n=3)
        near = f"; did you mean {' or '.join(close)}?" if close else ""
        raise NotKnown(f"no rule, table, column or code {what!r}{near} `jpkr-drills explain` lists them")
    return "\n\n".join(map("\n".join, found)) + "\n"


def _known() -> Iterator[tuple[set[str], Iterator[str]]]:
    """All that can be explained: what it is called, and the lines, which are made when they are read."""
    for rule in every_rule().values():
        yield {rule.name}, _rule(rule)
    for table in TABLES:
        yield {table}, _table(table)
        for column in columns(table):
            yield {f"{table}.{column}", column}, _column(table, column)
    for name in codelists():
        for code in LISTS[name].codes:
            yield {f"{name}:{code}", code}, _code(LISTS[name], code)


def _all() -> Iterator[str]:
    yield "tables: " + ", ".join(TABLES)
    yield "codelists: " + ", ".join(codelists())
    for engine, rules in groupby(every_rule().values(), lambda rule: rule.engine):
        yield f"\nrules of the engine {engine}:"
        for rule in rules:
            yield f"  {rule.name:<28}{'' if rule.level == 'error' else 'advice: '}{rule.asks}"


def _rule(rule: Rule) -> Iterator[str]:
    what = "an error: it makes a package invalid" if rule.level == "error" else "advice: it leaves a package valid"
    yield f"{rule.name} — a rule of the engine {rule.engine}; breaking it is {what}"
    yield f"  {rule.asks}"
    for table, record in TABLES.items():
        for across in record.TABLE.rules:
            if across.rule.name == rule.name:
                yield f"  looks at: {table}.{across.field}"
    content = pkgutil.get_data("jpkr_drills", "examples.csv") or b""
    for row in csv.DictReader(content.decode().splitlines()):
        if row["rule"] == rule.name:
            yield f"  example: {row['issue']}"
    yield f"  fix: {rule.fix}"
    if rule.level == "advice":
        entry = f'{{"rule": "{rule.name}", "record": "…", "reason": "…"}}'
        yield f"  accept: put {entry} into `accepted` in datapackage.json, or `--ignore {rule.name}`"


def _table(table: str) -> Iterator[str]:
    record = TABLES[table]
    yield f"{table} — {record.TABLE.title}"
    yield f"  {record.about()}"
    yield f"  key: {', '.join(record.TABLE.key)}"
    for column in columns(table).values():
        yield f"  {column.name:<18}{column.description}"


def _column(table: str, name: str) -> Iterator[str]:
    column, spec = columns(table)[name], TABLES[table].TABLE
    field = next(one for one in table_schema(table)["fields"] if one["name"] == name)
    yield f"{table}.{name} — {column.title}"
    yield f"  {column.description}"
    yield f"  form: {form(field, article_words=column.article_words)}{'; may be empty' if column.nullable else ''}"
    if name in spec.key:
        yield "  part of the primary key" if len(spec.key) > 1 else "  the primary key"
    if name in spec.unique:
        yield "  no two rows have the same value"
    if target := spec.foreign_keys.get(name):
        yield f"  an id of {target}"
    yield f"  example: {column.example}"
    for across in spec.rules:
        if across.field == name:
            yield f"  rule {across.rule.name}: {across.rule.asks} Fix: {across.rule.fix}"
    if column.codelist:
        yield "  codes:"
        yield from _codes(column.codelist)


def _codes(codelist: Codelist, but: str | None = None) -> Iterator[str]:
    width = max(map(len, codelist.codes)) + 2
    for code, (_, definition) in codelist.codes.items():
        if code != but:
            yield f"    {code:<{width}}{definition}"


def _code(codelist: Codelist, code: str) -> Iterator[str]:
    table, column = codelists()[codelist.name]
    title, definition = codelist.codes[code]
    yield f"{codelist.name}:{code} — {title}"
    yield f"  {definition}"
    yield f"  a code of {table}.{column}"
    record = next((one for one in _bundled().tables[table] if getattr(one, column) == code), None)
    words = getattr(record, TELLING[table], "") if table in TELLING else ""
    yield f"  example: {f'{record.key()} {words}'.rstrip() if record else 'none in the bundled package'}"
    yield "  not to be mistaken for:"
    yield from _codes(codelist, but=code)


_bundled = cache(load)
