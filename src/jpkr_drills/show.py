"""Showing: a dataset, a table or a record as text for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from jpkr_drills.dataset import Dataset, closest
from jpkr_drills.issues import printable
from jpkr_drills.model.records import TABLES, Record

TELLING: Mapping[str, str] = {
    "parties": "name",
    "places": "name",
    "events": "title",
    "claims": "statement",
    "mentions": "surface",
    "codes": "title",
}
"""Table to the column that tells its records in words; other records are told by what they link."""


def show(dataset: Dataset, what: str | None = None) -> str:
    """What ``what`` names: a table, a record by its id, or without a name the whole dataset.

    >>> from jpkr_drills import load
    >>> show(load(), "event_places").splitlines()[0]
    'Summit at Camp David (camp-david-summit) → at → Camp David (camp-david)'

    Raises ``LookupError`` that names the closest ids.
    """
    if what is None:
        lines = _overview(dataset)
    elif what in dataset.tables:
        lines = _table(dataset, what)
    elif records := [table[what] for table in dataset.tables.values() if what in table]:
        lines = chain.from_iterable(_record(dataset, record) for record in records)
    else:
        ids = [*dataset.tables, *(key for table in dataset.tables.values() for key in table.ids())]
        raise LookupError(f"no table and no record {what!r}{closest(what, ids)}")
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return "" if value is None else printable(value, 1_000)


def _name(dataset: Dataset, table: str, key: str) -> str:
    """A record in words, with its id."""
    record = dataset.tables[table][key]
    return f"{_cell(getattr(record, TELLING[table]))} ({key})" if table in TELLING else key


def _overview(dataset: Dataset) -> Iterator[str]:
    # Whoever made the package wrote these two, and loading doesn't look at them.
    yield f"{printable(dataset.title, 300)} ({printable(dataset.version)})\n"
    for name, table in dataset.tables.items():
        yield f"  {len(table):>4} {name:<17}{table.record.about()}"
    yield "\nWhat the article rests on, in its order:\n"
    yield from _claims(dataset, core=True)


def _claims(dataset: Dataset, *, core: bool = False) -> Iterator[str]:
    """Each claim in two lines: the statement, then who says it, how firmly and what it is about."""
    for row in dataset.view("claims"):
        repeated = row["proposition_id"] != row["claim_id"]
        if core and (repeated or row["salience"] != "core"):
            continue
        said = f"said by {' and '.join(row['speaker_names'])}" if row["speaker_names"] else f"voice {row['voice']}"
        said += f", relayed by {' and '.join(row['relay_names'])}" if row["relay_names"] else ""
        unusual = [code for code in (row["polarity"], row["explicitness"]) if code not in ("positive", "asserted")]
        same = [f"same proposition as {row['proposition_id']}"] * repeated
        about = dict.fromkeys([*row["about_names"], *row["event_titles"], *row["place_names"]])
        parts = [said, row["certainty"], row["claim_type"], row["salience"], *unusual, *same]
        parts += [f"about {', '.join(about)}"] * bool(about)
        yield f"{row['claim_id']:<9} {_cell(row['statement'])}"
        yield f"{'':<9} {printable(' · '.join(parts), 5_000)}"


def _links(dataset: Dataset, record: Record) -> Iterator[tuple[str, str, str]]:
    """What links to a record: the arrow's direction, the link in words, and the other record with its id."""
    here = record.TABLE.name
    for table in dataset.tables.values():
        spec = table.record.TABLE
        for column in (column for column, target in spec.foreign_keys.items() if target == here):
            for link in dataset.linked(table.name, column, record.key()):
                if len(spec.key) > 1:
                    (source, kind), (other, target) = spec.foreign_keys.items()
                    words = link_words(table.record, dict(link))
                    if column == source:
                        yield "→", words, _name(dataset, target, getattr(link, other)) + _note(link)
                    else:
                        role = f"{words} this" if kind == here else words
                        role = role if len(spec.key) > len(spec.foreign_keys) else _singular(kind)
                        yield "←", role, _name(dataset, kind, getattr(link, source)) + _note(link)
                elif link.key() != record.key():
                    by = f", by {column}" if column not in record.TABLE.key else ""
                    yield "←", f"{_singular(table.name)}{by}", _name(dataset, table.name, link.key())


def _singular(table: str) -> str:
    return TABLES[table].TABLE.key[0].removesuffix("_id")


def link_words(link: type[Record], row: Mapping[str, Any]) -> str:
    """What a row of a link table says of its two ends: the role or relation, or else what the second end is."""
    role = next((name for name in link.TABLE.key if name not in link.TABLE.foreign_keys), None)
    return str(row[role]).replace("_", " ") if role else _singular([*link.TABLE.foreign_keys.values()][1])


def _note(link: Any) -> str:
    return f" — {_cell(note)}" if (note := getattr(link, "note", None)) else ""


def _table(dataset: Dataset, name: str) -> Iterator[str]:
    table = dataset.tables[name]
    spec = table.record.TABLE
    if name == "claims":
        yield from _claims(dataset)
    elif len(spec.key) > 1 and spec.foreign_keys:
        for link in table:
            first, second = (_name(dataset, to, getattr(link, column)) for column, to in spec.foreign_keys.items())
            yield f"{first} → {link_words(table.record, dict(link))} → {second}{_note(link)}"
    else:
        hidden = ("description", "definition", "sha256")
        shown = [column for column in table.record.model_fields if column not in hidden]
        rows = [tuple(shown), *(tuple(_cell(getattr(record, column)) for column in shown) for record in table)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(shown))]
        for row in rows:
            yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _record(dataset: Dataset, record: Record) -> Iterator[str]:
    spec = record.TABLE
    yield f"{spec.name} {record.key()}"
    for name in type(record).model_fields:
        value = getattr(record, name)
        pointed = spec.foreign_keys.get(name)
        shown = _name(dataset, pointed, value) if pointed and value not in (None, record.key()) else _cell(value)
        yield f"  {name:<17}{shown or '(not stated)'}"
    for arrow, label, name in _links(dataset, record) if len(spec.key) == 1 else ():
        yield f"  {arrow} {label}: {name}"
