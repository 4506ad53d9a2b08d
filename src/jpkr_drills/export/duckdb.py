"""DuckDB: one database file, readable from DuckDB 1.2 on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from jpkr_drills.export import MARK, Rows, Source, sql
from jpkr_drills.frames import need
from jpkr_drills.model.records import TABLES


def contents(source: Source) -> dict[str, bytes]:
    """The database; the same content may give other bytes, for DuckDB numbers its blocks anew."""
    duckdb = need("duckdb", "duckdb")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "package.duckdb"
        with duckdb.connect() as base:
            # What DuckDB 2 writes unless it is told, DuckDB 1 can't open.
            base.execute(f"ATTACH {sql.quoted(str(place))} AS package (STORAGE_VERSION 'v1.0.0', BLOCK_SIZE 16384)")
            base.execute("USE package")
            types = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}
            sql.write(base.execute, source, types, "coalesce(list(value ORDER BY n), [])", sqlite=False)
            base.execute(f"COMMENT ON TABLE {sql.ABOUT} IS {sql.quoted(MARK)}")
            for frame in source.frames:
                kind = "TABLE" if frame.name in TABLES else "VIEW"
                base.execute(f"COMMENT ON {kind} {sql.name(frame.name)} IS {sql.quoted(frame.description)}")
                for column in frame.columns.values():
                    where = f"{sql.name(frame.name)}.{sql.name(column.name)}"
                    base.execute(f"COMMENT ON COLUMN {where} IS {sql.quoted(column.description)}")
            base.execute("USE memory")
            base.execute("DETACH package")
        return {source.name: place.read_bytes()}


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    with need("duckdb", "duckdb").connect(str(place), read_only=True) as base:
        return sql.read(base.execute)
