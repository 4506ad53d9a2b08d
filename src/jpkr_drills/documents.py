"""Documents: the generated tables inside Markdown files, between markers.

A block starts with ``<!-- generated: NAME ARGUMENT -->`` and ends with ``<!-- end -->``; ``build``
writes what is between, the rest is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from jpkr_drills.models import TABLES, CodeEntry, Record
from jpkr_drills.rules import RULES
from jpkr_drills.schemas import table_schema

PATHS = ("data/CODEBOOK.md", "README.md")
"""The documents that may hold generated blocks."""

Records = Mapping[str, Sequence[Record]]

_BLOCK = re.compile(r"(<!-- generated: ([a-z]+)(?: ([a-z_.]+))? -->\n).*?(<!-- end -->)", re.S)


class UnknownBlock(ValueError):
    """A marker names a block that doesn't exist."""


def filled(text: str, records: Records) -> str:
    """``text`` with every generated block written anew. Raises ``UnknownBlock``."""

    def write(match: re.Match[str]) -> str:
        start, name, argument, end = match.groups()
        try:
            lines = _WRITERS[name](records, argument or "")
        except KeyError as error:
            raise UnknownBlock(f"no generated block {name} {argument or ''}".rstrip()) from error
        return f"{start}\n{_table(lines)}\n{end}"

    return _BLOCK.sub(write, text)


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * (len(head.replace(r"\|", "").split("|")) - 2)
    return "\n".join([head, rule, *body]) + "\n"


def _fields(records: Records, table: str) -> list[Sequence[str]]:
    spec = TABLES[table].TABLE
    rows: list[Sequence[str]] = [("column", "meaning", "form", "example")]
    for field in table_schema(table)["fields"]:
        name = field["name"]
        mark = "*" if name in spec.key else "" if "required" in field.get("constraints", {}) else "?"
        meaning = field["description"]
        if name in spec.foreign_keys:
            meaning += f" An id of `{spec.foreign_keys[name]}`."
        if name in spec.unique:
            meaning += " Unique."
        rows.append((f"`{name}`{mark}", meaning, _form(field), f"`{field['example']}`"))
    return rows


def _form(field: Mapping[str, object]) -> str:
    said = field.get("constraints")
    constraints: Mapping[str, object] = said if isinstance(said, dict) else {}
    if "enum" in constraints:
        return "one of the codes below"
    if "minimum" in constraints:
        return f"{field['type']}, {constraints['minimum']} to {constraints['maximum']}"
    pattern = str(constraints.get("pattern", ""))
    longest = f"at most {constraints.get('maxLength')} characters"
    if len(pattern) > 80:
        what = "EDTF" if "..]" in pattern or "[?~%]" in pattern else "text"
        return f"{'sentence' if pattern.endswith('[.])$') else what}, {longest}"
    return f"`{pattern}`"


def _codes(records: Records, codelist: str) -> list[Sequence[str]]:
    entries = [e for e in records["codes"] if isinstance(e, CodeEntry) and e.codelist == codelist]
    if not entries:
        raise KeyError(codelist)
    return [("code", "title", "definition"), *((f"`{e.code}`", e.title, e.definition) for e in entries)]


def _rules(records: Records, engine: str) -> list[Sequence[str]]:
    known = [rule for rule in RULES.values() if rule.engine == engine]
    if not known:
        raise KeyError(engine)
    return [("rule", "what it asks"), *((f"`{rule.name}`", rule.asks) for rule in known)]


def _tables(records: Records, argument: str) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [("table", "rows", "a row is", "links to")]
    for name, record in TABLES.items():
        targets = dict.fromkeys(record.TABLE.foreign_keys.values())
        links = ", ".join(f"`{target}`" for target in targets) or "—"
        what = " ".join((record.__doc__ or "").split())
        rows.append((f"[`{name}`](data/{name}.csv)", str(len(records[name])), what, links))
    return rows


_WRITERS: Mapping[str, Callable[[Records, str], list[Sequence[str]]]] = {
    "fields": _fields,
    "codes": _codes,
    "rules": _rules,
    "tables": _tables,
}
