"""Documents: the generated tables inside Markdown files, between markers.

A block starts with ``<!-- generated: NAME ARGUMENT -->`` and ends with ``<!-- end -->``; ``build``
writes what is between, the rest is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from jpkr_drills.models import TABLES, CodeEntry, Record, codelists
from jpkr_drills.rules import RULES
from jpkr_drills.schemas import table_schema

PATHS = ("data/CODEBOOK.md", "README.md")
"""The documents that may hold generated blocks."""

Records = Mapping[str, Sequence[Record]]

# What is between holds no other marker: of a start without its end no end is looked for behind the next.
_BLOCK = re.compile(
    r"(<!-- generated: ([a-z]+)(?: ([a-z_.]+))? -->\n)[^<]*(?:<(?!!-- )[^<]*)*(<!-- end -->)"
)


class UnknownBlock(ValueError):
    """A marker names a block that doesn't exist."""


class BrokenBlock(ValueError):
    """A marker isn't one, or lacks its counterpart: what is between is not known."""


def filled(text: str, records: Records) -> str:
    """``text`` with every generated block written anew. Raises ``UnknownBlock``, ``BrokenBlock``."""
    if text.count("<!-- generated:") != sum(1 for _ in _BLOCK.finditer(text)):
        raise BrokenBlock("a marker of a generated block is misspelt, or lacks its `<!-- end -->`")

    def write(match: re.Match[str]) -> str:
        start, name, argument, end = match.groups()
        try:
            block = _WRITERS[name](records, argument or "")
        except KeyError as error:
            raise UnknownBlock(f"no generated block {name} {argument or ''}".rstrip()) from error
        return f"{start}\n{block}\n{end}"

    return _BLOCK.sub(write, text)


def outdated(text: str, records: Records) -> list[str]:
    """The blocks that ``filled`` would change. Raises ``UnknownBlock``, ``BrokenBlock``."""
    pairs = zip(_BLOCK.finditer(text), _BLOCK.finditer(filled(text, records)), strict=True)
    return [" ".join(filter(None, old.group(2, 3))) for old, new in pairs if old[0] != new[0]]


def lacking(text: str) -> list[str]:
    """The blocks that ``text`` lacks though it has others of their kind: who explains one table,
    codelist or engine explains all."""
    there = [(match[2], match[3]) for match in _BLOCK.finditer(text)]
    explained: Mapping[str, Iterable[str]] = {
        "fields": TABLES,
        "codes": codelists(),
        "rules": dict.fromkeys(rule.engine for rule in RULES.values()),
    }
    return [
        f"{kind} {one}"
        for kind in dict.fromkeys(kind for kind, _ in there)
        for one in explained.get(kind, ())
        if (kind, one) not in there
    ]


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * (len(head.replace(r"\|", "").split("|")) - 2)
    return "\n".join([head, rule, *body]) + "\n"


def _fields(records: Records, table: str) -> str:
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
    return _table(rows)


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


def _codes(records: Records, codelist: str) -> str:
    column = codelists()[codelist]
    example: dict[str, str] = {}
    for record in records[column.table]:
        example.setdefault(str(getattr(record, column.column)), f"`{record.key()}`")
    entries = {
        entry.code: entry
        for entry in records["codes"]
        if isinstance(entry, CodeEntry) and entry.codelist == codelist
    }
    rows = [
        (f"`{code}`", entries[code].title, entries[code].definition, example.get(code, "unused"))
        for code in column.codes
    ]
    return _table([("code", "title", "definition", "first example"), *rows])


def _rules(records: Records, engine: str) -> str:
    known = [rule for rule in RULES.values() if rule.engine == engine]
    if not known:
        raise KeyError(engine)
    return _table([("rule", "what it asks"), *((f"`{rule.name}`", rule.asks) for rule in known)])


def _tables(records: Records, argument: str) -> str:
    rows: list[Sequence[str]] = [("table", "rows", "a row is", "links to")]
    for name, record in TABLES.items():
        targets = dict.fromkeys(record.TABLE.foreign_keys.values())
        links = ", ".join(f"`{target}`" for target in targets) or "—"
        what = " ".join((record.__doc__ or "").split())
        rows.append((f"[`{name}`](data/{name}.csv)", str(len(records[name])), what, links))
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
    "diagram": _diagram,
}
