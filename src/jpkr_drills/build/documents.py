"""Documents: the generated tables inside Markdown files, between markers.

A block starts with ``<!-- generated: NAME ARGUMENT -->`` and ends with ``<!-- end -->``; ``build``
writes what is between, the rest is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from jpkr_drills.model import columns as c
from jpkr_drills.model import edtf
from jpkr_drills.model.records import TABLES, CodeEntry, Record, codelists, columns
from jpkr_drills.model.schemas import table_schema
from jpkr_drills.rules import every_rule
from jpkr_drills.views import VIEWS, view_columns

Records = Mapping[str, Sequence[Record]]

# What is between holds no other marker: of a start without its end no end is looked for behind the next.
_BLOCK = re.compile(r"(<!-- generated: ([a-z]+)(?: ([a-z_.]+))? -->\n)[^<]*(?:<(?!!-- )[^<]*)*(<!-- end -->)")


def in_package(names: Iterable[str]) -> list[str]:
    """Those of a package's files that may hold generated blocks: Markdown in ``data/``."""
    return [name for name in names if name.startswith("data/") and name.endswith(".md")]


class BadBlock(ValueError):
    """A marker of a generated block is misspelt, lacks its counterpart or names no block."""


def filled(text: str, records: Records) -> str:
    """``text`` with LF at the end of lines and every generated block written anew. Raises ``BadBlock``."""
    text = text.replace("\r\n", "\n")
    if text.count("<!-- generated:") != sum(1 for _ in _BLOCK.finditer(text)):
        raise BadBlock("a marker of a generated block is misspelt, or lacks its `<!-- end -->`")

    def write(match: re.Match[str]) -> str:
        start, name, argument, end = match.groups()
        try:
            block = _WRITERS[name](records, argument or "")
        except KeyError as error:
            raise BadBlock(f"no generated block {name} {argument or ''}".rstrip()) from error
        return f"{start}\n{block}\n{end}"

    return _BLOCK.sub(write, text)


def outdated(text: str, records: Records) -> list[str]:
    """The blocks that ``filled`` would change. Raises ``BadBlock``."""
    pairs = zip(_BLOCK.finditer(text.replace("\r\n", "\n")), _BLOCK.finditer(filled(text, records)), strict=True)
    return [" ".join(filter(None, old.group(2, 3))) for old, new in pairs if old[0] != new[0]]


@cache
def code_entries() -> tuple[CodeEntry, ...]:
    """The rows of ``data/codes.csv``, in the order of their keys."""
    return tuple(
        CodeEntry(codelist=name, code=code, title=title, definition=definition)
        for name in sorted(codelists())
        for code, (title, definition) in sorted(_codes_of(name).items())
    )


def _codes_of(codelist: str) -> Mapping[str, tuple[str, str]]:
    """Code to title and definition."""
    table, column = codelists()[codelist]
    known = columns(table)[column].codelist
    return known.codes if known else {}


_BAR = r"\|"


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', _BAR) for cell in row)} |\n" for row in lines)


def _fields(records: Records, table: str) -> str:
    spec = TABLES[table].TABLE
    rows: list[Sequence[str]] = [("column", "meaning", "form", "example")]
    for column, field in zip(columns(table).values(), table_schema(table)["fields"], strict=True):
        mark = "*" if column.name in spec.key else "?" if column.nullable else ""
        meaning = column.description
        if column.name in spec.foreign_keys:
            meaning += f" An id of `{spec.foreign_keys[column.name]}`."
        if column.name in spec.unique:
            meaning += " Unique."
        shown = form(field, article_words=column.article_words)
        rows.append((f"`{column.name}`{mark}", meaning, shown, f"`{column.example}`"))
    return _table(rows)


def form(field: Mapping[str, Any], *, article_words: bool) -> str:
    """The form of a column, in words; ``field`` is its field in the Table Schema."""
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        return "one of its codes"
    if "minimum" in constraints:
        return f"{field['type']}, {constraints['minimum']} to {constraints['maximum']}"
    longest = f"at most {constraints.get('maxLength')} characters"
    if constraints["pattern"] == c.TEXT:
        return f"{'the words of the article' if article_words else 'text'}, {longest}"
    return "EDTF" if constraints["pattern"] == edtf.PATTERN else f"`{constraints['pattern']}`"


def _codes(records: Records, codelist: str) -> str:
    rows = [(f"`{code}`", title, definition) for code, (title, definition) in _codes_of(codelist).items()]
    return _table([("code", "title", "definition"), *rows])


def _rules(records: Records, engine: str) -> str:
    known = [rule for rule in every_rule().values() if rule.engine == engine]
    if not known:
        raise KeyError(engine)
    rows = ((f"`{rule.name}`", rule.level, rule.asks) for rule in known)
    return _table([("rule", "level", "what it asks"), *rows])


def _tables(records: Records, argument: str) -> str:
    rows: list[Sequence[str]] = [("table", "rows", "a row is", "links to")]
    for name, record in TABLES.items():
        targets = dict.fromkeys(record.TABLE.foreign_keys.values())
        links = ", ".join(f"`{target}`" for target in targets) or "—"
        what = " ".join((record.__doc__ or "").split())
        rows.append((f"[`{name}`](data/{name}.csv)", str(len(records[name])), what, links))
    return _table(rows)


def _views(records: Records, argument: str) -> str:
    """The columns that each flat view adds to its table, or picks of it."""
    rows: list[Sequence[str]] = [("view", "column", "meaning")]
    for view in VIEWS.values():
        own = columns(view.table)
        added = [column for column in view_columns(view).values() if column.name not in own or len(view.own) < len(own)]
        rows += [(f"`{view.name}`", f"`{column.name}`", column.description) for column in added]
    return _table(rows)


def _diagram(records: Records, argument: str) -> str:
    """The tables as a flow chart: a link table is the arrow between the tables that it links, or
    stands in the box of the table that it links to itself."""
    arrows: list[str] = []
    boxes: dict[str, list[str]] = {}
    for name, record in TABLES.items():
        spec = record.TABLE
        linking = len(spec.key) > 1 and bool(spec.foreign_keys)
        if linking:
            source, target = spec.foreign_keys.values()
            links = [(source, target, name)]
        else:
            links = [(name, target, column) for column, target in spec.foreign_keys.items()]
        for source, target, label in links:
            boxes.setdefault(source, [])
            boxes.setdefault(target, [])
            if source == target:
                boxes[source].append(f"{label} ⟲")
            else:
                shown = f'"<b>{label}</b>"' if linking else label
                arrows.append(f"    {source} -- {shown} --> {target}")
    lines = [f'    {name}["{"<br>".join([f"<b>{name}</b>", *own])}"]' for name, own in boxes.items()]
    return "\n".join(["```mermaid", "flowchart LR", *lines, *arrows, "```", ""])


_WRITERS: Mapping[str, Callable[[Records, str], str]] = {
    "fields": _fields,
    "codes": _codes,
    "rules": _rules,
    "tables": _tables,
    "views": _views,
    "diagram": _diagram,
}
