"""JSON Lines: a folder with a file for each table and view, an object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jpkr_drills.export import Rows, Source, folder
from jpkr_drills.frames import Frame


def contents(source: Source) -> dict[str, bytes]:
    """The files, the descriptor and the card."""
    return folder.write(source, ".jsonl", _lines)


def read(place: Path) -> tuple[Rows, Any]:
    """Table name to rows, and the descriptor."""
    return folder.read(place, ".jsonl", lambda file: [json.loads(line) for line in file.read_bytes().splitlines()])


def _lines(frame: Frame) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in frame).encode()
