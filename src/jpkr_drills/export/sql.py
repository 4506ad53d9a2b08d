"""SQL: the tables with keys and checks, and the views, as SQLite and DuckDB both read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jpkr_drills.export import Rows, Source
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.model.schemas import table_schema
from jpkr_drills.views import VIEWS, Lists, View

ABOUT = "about_package"
"""The table whose one row is the package's descriptor, without its resources."""


def name(word: str) -> str:
    """A name in SQL."""
    return f'"{word}"'


def quoted(words: str) -> str:
    """A text in SQL."""
    return "'" + words.replace("'", "''") + "'"


def write(execute: Any, source: Source, types: Mapping[type, str], gather: str, *, sqlite: bool) -> None:
    """Make and fill the tables, and make the views; ``execute`` takes a statement and, if any, its values.

    ``types`` are those of the columns, and ``gather`` makes a list of the column ``value``, ordered by ``n``.
    In ``sqlite`` tables are strict, and keys deferred, so that rows of a table may point to each other.
    """
    for statement in _tables(types, sqlite=sqlite):
        execute(statement)
    execute(f"INSERT INTO {ABOUT} VALUES (?)", [json.dumps(source.about, ensure_ascii=False)])
    for table in source.dataset.tables.values():
        marks = f"({', '.join('?' * len(columns(table.name)))})"
        step = 500 // len(columns(table.name))  # SQLite takes 999 values at a time
        for at in range(0, len(table), step):
            rows = table[at : at + step]
            values = [value for row in rows for _, value in row]
            execute(f"INSERT INTO {name(table.name)} VALUES {', '.join([marks] * len(rows))}", values)
    for view in VIEWS.values():
        execute(_view(view, gather))


def _tables(types: Mapping[type, str], *, sqlite: bool) -> Iterator[str]:
    """The statements that make the tables, those that others point to first."""
    options, reference = (" STRICT", " DEFERRABLE INITIALLY DEFERRED") if sqlite else ("", "")
    yield f"CREATE TABLE {ABOUT} (descriptor {types[str]} NOT NULL){options}"
    for table, record in TABLES.items():
        spec = record.TABLE
        parts: list[str] = []
        for column, field in zip(columns(table).values(), table_schema(table)["fields"], strict=True):
            words = [name(column.name), types[column.kind], *["NOT NULL"] * (not column.nullable)]
            words += ["UNIQUE"] * (column.name in spec.unique)
            words += [f"CHECK ({check})" for check in _checks(column.name, field.get("constraints", {}))]
            target = spec.foreign_keys.get(column.name)
            if target and (sqlite or target != table):
                words.append(f"REFERENCES {name(target)} ({name(TABLES[target].TABLE.key[0])}){reference}")
            parts.append(" ".join(words))
        parts.append(f"PRIMARY KEY ({', '.join(map(name, spec.key))})")
        body = ",\n  ".join(parts)
        yield f"CREATE TABLE {name(table)} (\n  {body}\n){options}"


def _checks(column: str, constraints: Mapping[str, Any]) -> Iterator[str]:
    """The constraints that SQL can say; a pattern isn't one."""
    if "enum" in constraints:
        yield f"{name(column)} IN ({', '.join(map(quoted, constraints['enum']))})"
    elif "minimum" in constraints:
        yield f"{name(column)} BETWEEN {constraints['minimum']} AND {constraints['maximum']}"
    elif "maxLength" in constraints:
        yield f"length({name(column)}) BETWEEN 1 AND {constraints['maxLength']}"


def _view(view: View, gather: str) -> str:
    """The statement that makes a view."""
    shown = [f"b.{name(column)}" for column in view.own]
    for new, path in view.texts.items():
        joined, value = _joined(view.table, path, "b")
        shown.append(f"(SELECT {value} FROM (SELECT 1) {joined}) AS {name(new)}")
    for lists in view.lists:
        for new, path in lists.columns.items():
            shown.append(f"(SELECT {gather} FROM ({_listed(view, lists, path)})) AS {name(new)}")
    key = name(TABLES[view.table].TABLE.key[0])
    only = f" WHERE b.{key} = b.{name(view.grouped)}" if view.grouped else ""
    body = ",\n  ".join(shown)
    return f"CREATE VIEW {name(view.title)} AS SELECT\n  {body}\nFROM {name(view.table)} b{only}"


def _joined(table: str, path: str, alias: str) -> tuple[str, str]:
    """The join, if any, and the expression for a path such as ``party_id.name``."""
    column, _, further = path.partition(".")
    if not further:
        return "", f"{alias}.{name(column)}"
    target = TABLES[table].TABLE.foreign_keys[column]
    key = name(TABLES[target].TABLE.key[0])
    return f"JOIN {name(target)} t ON t.{key} = {alias}.{name(column)}", f"t.{name(further)}"


def _listed(view: View, lists: Lists, path: str) -> str:
    joined, value = _joined(lists.link, path, "l")
    key = name(TABLES[view.table].TABLE.key[0])
    where = f"l.{name(lists.on)} = b.{key}"
    if view.grouped and lists.on != view.grouped:
        where = f"l.{name(lists.on)} IN (SELECT {key} FROM {name(view.table)} g WHERE g.{name(view.grouped)} = b.{key})"
    if lists.role is not None:
        where += f" AND l.{name(lists.role_column)} = {quoted(lists.role)}"
    once = next(iter(lists.columns.values()))
    return (
        f"SELECT min({value}) AS value, min(l.rowid) AS n FROM {name(lists.link)} l {joined} "
        f"WHERE {where} GROUP BY l.{name(once)} ORDER BY n"
    )


def read(execute: Any) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor, of a database that ``write`` made."""
    found: Rows = {}
    for table in TABLES:
        cursor = execute(f"SELECT * FROM {name(table)} ORDER BY rowid")
        names = [part[0] for part in cursor.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found, json.loads(execute(f"SELECT descriptor FROM {ABOUT}").fetchone()[0])
