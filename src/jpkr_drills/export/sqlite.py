"""SQLite: one database file, with what Datasette shows of it beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from jpkr_drills.export import MARK, Rows, Source, sql
from jpkr_drills.jsonfile import render
from jpkr_drills.model.records import TABLES
from jpkr_drills.show import TELLING


def contents(source: Source) -> dict[str, bytes]:
    """The database and, beside it, ``NAME.metadata.json`` for ``datasette DATABASE -m METADATA``."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        types = {str: "TEXT", int: "INTEGER", float: "REAL"}
        sql.write(base.execute, source, types, "json_group_array(value)", sqlite=True)
        for table, record in TABLES.items():
            for column in record.TABLE.foreign_keys:
                base.execute(f"CREATE INDEX {sql.name(f'{table}_{column}')} ON {sql.name(table)} ({sql.name(column)})")
        stems = "porter" if str(source.coded.get("language")).startswith("en") else "unicode61"
        base.execute(
            f"CREATE VIRTUAL TABLE claims_search USING fts5(statement, content=\"claims\", tokenize='{stems}')"
        )
        base.execute("INSERT INTO claims_search (claims_search) VALUES ('rebuild')")
        base.execute("CREATE TABLE descriptions (table_name TEXT, column_name TEXT, title TEXT, description TEXT)")
        base.executemany("INSERT INTO descriptions VALUES (?, ?, ?, ?)", _descriptions(source))
        base.commit()
        database = base.serialize()
    stem = Path(source.name).stem
    return {source.name: database, f"{stem}.metadata.json": render(_metadata(source, stem))}


def _descriptions(source: Source) -> Iterable[tuple[str, str | None, str | None, str]]:
    yield sql.ABOUT, None, None, f"The package's descriptor. {MARK}."
    for frame in source.frames:
        yield frame.name, None, None, frame.description
        for column in frame.columns.values():
            yield frame.name, column.name, column.title, column.description


def _metadata(source: Source, stem: str) -> dict[str, Any]:
    """Titles, descriptions, labels and facets, as Datasette reads them."""
    tables: dict[str, Any] = {}
    for frame in source.frames:
        coded = [name for name, column in frame.columns.items() if column.codelist]
        lists = [{"array": name} for name in frame.columns if name in frame.lists and name.endswith("_names")]
        label = TELLING.get(frame.name)
        tables[frame.name] = {
            "description": frame.description,
            "columns": {name: column.description for name, column in frame.columns.items()},
            "facets": [*coded, *lists],
            **({"label_column": label} if label else {}),
        }
    licence: dict[str, Any] = next(iter(source.about.get("licenses", [])), {})
    return {
        "title": source.dataset.title,
        "description": f"{source.about.get('description', '')} {MARK}.",
        "license": licence.get("title", licence.get("name")),
        "license_url": licence.get("path"),
        "databases": {stem: {"tables": tables}},
    }


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)) as base:
        return sql.read(base.execute)
