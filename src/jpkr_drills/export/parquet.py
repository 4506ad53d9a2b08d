"""Parquet: a folder with a file for each table and view, typed, coded columns as dictionaries."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from jpkr_drills.export import Rows, Source, folder
from jpkr_drills.frames import Frame, need


def contents(source: Source) -> dict[str, bytes]:
    """The files, the descriptor and the card."""
    writer = need("pyarrow.parquet", "arrow")

    def content(frame: Frame) -> bytes:
        about = {"title": source.dataset.title, "version": source.dataset.version, "description": frame.description}
        out = BytesIO()
        writer.write_table(frame.to_arrow().replace_schema_metadata(about), out)
        return out.getvalue()

    return folder.write(source, ".parquet", content)


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    reader = need("pyarrow.parquet", "arrow")
    return folder.read(place, ".parquet", lambda file: reader.read_table(file).to_pylist())
