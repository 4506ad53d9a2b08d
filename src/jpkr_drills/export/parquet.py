"""Parquet: a folder with a file for each table and view, typed, coded columns as dictionaries."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.export import CARD, Rows, Source, card
from jpkr_drills.frames import need
from jpkr_drills.model.records import TABLES

DESCRIPTOR = "descriptor.json"
"""The package's descriptor without its resources, in a folder of tables."""


def contents(source: Source) -> dict[str, bytes]:
    """The files, the descriptor and the card."""
    writer = need("pyarrow.parquet", "arrow")
    found: dict[str, bytes] = {}
    for frame in source.frames:
        out = BytesIO()
        about = {"title": source.dataset.title, "version": source.dataset.version, "description": frame.description}
        writer.write_table(frame.to_arrow().replace_schema_metadata(about), out)
        found[f"{frame.name}.parquet"] = out.getvalue()
    return {**found, DESCRIPTOR: jsonfile.render(source.about), CARD: card.write(source, ".parquet")}


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    reader = need("pyarrow.parquet", "arrow")
    rows = {table: reader.read_table(place / f"{table}.parquet").to_pylist() for table in TABLES}
    return rows, jsonfile.parse((place / DESCRIPTOR).read_bytes())
