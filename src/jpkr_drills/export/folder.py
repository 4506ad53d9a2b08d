"""Folder: a file for each table and view, the descriptor, and a card as Hugging Face shows it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.export import CARD, MARK, Rows, Source, authors
from jpkr_drills.frames import Frame
from jpkr_drills.model.records import TABLES
from jpkr_drills.views import VIEWS

_DESCRIPTOR = "descriptor.json"
"""The package's descriptor without its resources."""


def write(source: Source, ending: str, content: Callable[[Frame], bytes]) -> dict[str, bytes]:
    """The folder whose files have ``ending`` and ``content``."""
    found = {f"{frame.name}{ending}": content(frame) for frame in source.frames}
    return {**found, _DESCRIPTOR: jsonfile.render(source.about), CARD: _card(source, ending)}


def read(place: Path, ending: str, rows: Callable[[Path], list[dict[str, Any]]]) -> tuple[Rows, Any]:
    """Table name to the ``rows`` of its file, and the descriptor."""
    tables = {table: rows(place / f"{table}{ending}") for table in TABLES}
    return tables, jsonfile.parse((place / _DESCRIPTOR).read_bytes())


def bibtex(about: Mapping[str, Any]) -> str:
    """How to cite a package, from its descriptor."""
    said = {
        "title": about.get("title"),
        "author": " and ".join(f"{{{name}}}" for name in authors(about)) or "{}",
        "version": about.get("version"),
        "year": str(about.get("created", ""))[:4],
        "note": "Data set",
    }
    return f"@misc{{{about.get('name')},\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in said.items()) + "}"


def _card(source: Source, ending: str) -> bytes:
    """The card, with a configuration a table; the view of claims is what is shown first."""
    about = source.about
    licence: dict[str, Any] = next(iter(about.get("licenses", [])), {})
    first = VIEWS["claims"].title
    head = ["---", f"pretty_name: {json.dumps(source.dataset.title, ensure_ascii=False)}"]
    head += [f"license: {str(licence['name']).lower()}"] if licence.get("name") else []
    head += [f"language: [{json.dumps(source.coded['language'])}]"] if source.coded.get("language") else []
    head += [f"tags: {json.dumps(about['keywords'], ensure_ascii=False)}"] if about.get("keywords") else []
    head += ["configs:"]
    for frame in sorted(source.frames, key=lambda frame: frame.name != first):
        head += [f"- config_name: {frame.name}", f"  data_files: {frame.name}{ending}"]
        head += ["  default: true"] * (frame.name == first)
    head += ["---"]
    rows = [
        f"| [`{frame.name}`]({frame.name}{ending}) | {len(frame)} | {frame.description} |" for frame in source.frames
    ]
    cited = [
        f"- {one.get('title')} ({one.get('publisher', 'no publisher stated')})" for one in about.get("sources", [])
    ]
    parts = [
        "\n".join(head),
        f"# {source.dataset.title}",
        f"{about.get('description', '')}",
        f"Version {source.dataset.version}. {MARK}.",
        "\n".join(["| table | rows | a row is |", "| --- | --- | --- |", *rows]),
        "\n".join(["Sources:", "", *cited]),
        f"To cite it:\n\n```bibtex\n{bibtex(about)}\n```",
        f"Licence: [{licence.get('title', licence.get('name', 'not stated'))}]({licence.get('path', '')})",
    ]
    return ("\n\n".join(parts) + "\n").encode()
