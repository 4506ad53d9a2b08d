"""The page: the dataset as one HTML file that a person reads, from disk and without a network."""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections.abc import Mapping
from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import Source, drawing
from jpkr_drills.export.account import VIEWS, filled
from jpkr_drills.model import records as m

_RESERVED = ("top", "filters", "count", "drop", "told", *VIEWS)
_OWN_ANCHORS = ("claims", "segments", "events", "parties", "places")
"""The tables whose records can be linked to; where two have the same id, the first has it as its anchor."""


def contents(source: Source) -> dict[str, bytes]:
    """The page as the one file of this export."""
    return {source.name: render(source.dataset, source.coded).encode()}


def render(dataset: Dataset, source: Mapping[str, Any] | None = None) -> str:
    """The page of a dataset: HTML with its style, script and diagrams in it.

    ``source`` is the object of the descriptor's ``sources`` that describes the coded article; without it
    the page says nothing about the article, and takes no copy of it. The same input gives the same page.
    Raises ``MissingExtra`` without jinja2.

    >>> from jpkr_drills import load
    >>> '<li class="claim" id="p3s2-1"' in render(load())
    True
    """
    connected, alone = drawing.strands(dataset)
    return filled(
        "page.html",
        dataset,
        source,
        anchor=anchors(dataset),
        connected=connected,
        alone=alone,
        lanes=drawing.lanes,
        longest=max((segment.end - segment.start for segment in dataset.segments), default=1),
        style=_file("page.css"),
        script=_file("page.js"),
        hash=_hash,
    )


def anchors(dataset: Dataset) -> dict[m.Record, str]:
    """Record to its anchor in the page: its id, or with its table in front where the id is taken."""
    taken = set(_RESERVED)
    found: dict[m.Record, str] = {}
    for table in _OWN_ANCHORS:
        for record in dataset.tables[table]:
            name = record.key()
            while name in taken:
                name = f"{table}-{name}"
            taken.add(name)
            found[record] = name
    return found


def _file(name: str) -> str:
    return (pkgutil.get_data(__package__ or "", f"templates/{name}") or b"").decode()


def _hash(text: str) -> str:
    """What a Content-Security-Policy allows an inline text by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
