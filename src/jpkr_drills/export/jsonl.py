"""JSON Lines: a folder with a file for each table and view, an object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.export import CARD, Rows, Source, card
from jpkr_drills.export.parquet import DESCRIPTOR
from jpkr_drills.model.records import TABLES


def contents(source: Source) -> dict[str, bytes]:
    """The files, the descriptor and the card."""
    found = {
        f"{frame.name}.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in frame).encode()
        for frame in source.frames
    }
    return {**found, DESCRIPTOR: jsonfile.render(source.about), CARD: card.write(source, ".jsonl")}


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    rows = {
        table: [json.loads(line) for line in (place / f"{table}.jsonl").read_bytes().splitlines()] for table in TABLES
    }
    return rows, jsonfile.parse((place / DESCRIPTOR).read_bytes())
