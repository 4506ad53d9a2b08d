"""Agreement: how far two codings of one article agree, by unit (F1) and by column (Krippendorff's α)."""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from jpkr_drills.dataset import Dataset, Table
from jpkr_drills.frames import need
from jpkr_drills.loader import dataset_of
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import coded_source, open_package

PathLike = str | os.PathLike[str]
Both = tuple[Any, Any]
"""A record of the first coding and the same one of the second."""
Pairs = dict[str, str]
"""Id in the first coding to id in the second."""


class Count(NamedTuple):
    """How many rows of a table each coding has, and how many are in both."""

    table: str
    first: int
    second: int
    both: int

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; ``None`` where neither coding has a row."""
        total = self.first + self.second
        return 2 * self.both / total if total else None


class Figure(NamedTuple):
    """Agreement in a coded column, over the rows that are in both codings."""

    column: str
    units: int
    same: int
    alpha: float | None
    """Krippendorff's α; ``None`` where all rows have one code, of which it says nothing."""


@dataclass(frozen=True)
class Agreement:
    """How far two codings agree."""

    counts: list[Count]
    figures: list[Figure]
    claims: Pairs
    """Claim of the first coding to claim of the second that is the same."""

    def markdown(self) -> str:
        """The figures as two tables."""

        def shown(number: float | None) -> str:
            return "—" if number is None else f"{number:.2f}"

        lines = ["| table | first | second | in both | F1 |", "| --- | --- | --- | --- | --- |"]
        lines += [f"| {one.table} | {one.first} | {one.second} | {one.both} | {shown(one.f1)} |" for one in self.counts]
        lines += ["", "| column | in both | same code | α |", "| --- | --- | --- | --- |"]
        lines += [f"| {one.column} | {one.units} | {one.same} | {shown(one.alpha)} |" for one in self.figures]
        return "\n".join(lines) + "\n"


def _read(path: PathLike) -> tuple[Dataset, str | None]:
    """The coding in a package, and the hash of the article that it codes."""
    with open_package(path) as package:
        return dataset_of(package), coded_source(package.descriptor).get("sha256")


def agreement(first: PathLike, second: PathLike, matches: PathLike | None = None) -> Agreement:
    """How far the packages ``first`` and ``second``, two codings of one article, agree.

    ``matches`` is a CSV file with the columns ``first`` and ``second``: the ids of claims that are the same.
    Without it claims are matched by their sentence, the overlap of their words and the likeness of their
    statements. Parties and places are matched by their mentions, events by their claims; a link is in
    both where all that it joins is. Needs the extra ``agreement``.

    Raises:
        InvalidPackage: a package whose records can't be read.
        ValueError: codings of different articles, or matches that name no claim or one twice.
    """
    (one, article), (other, same_article) = _read(first), _read(second)
    if article != same_article:
        raise ValueError("the two packages code different articles: their sources have different hashes")
    pairs = {"claims": _claims(one, other) if matches is None else _given(matches, one, other)}
    for table, key in (("parties", "party_id"), ("places", "place_id")):
        pairs[table] = _paired(_together(one, other, key))
    pairs["events"] = _paired(_linked(one, other, pairs["claims"]))
    counts: list[Count] = []
    figures: list[Figure] = []
    for table in (name for name in TABLES if name != "codes"):
        mine, theirs = one.tables[table], other.tables[table]
        both = list(_same(mine, theirs, pairs))
        counts.append(Count(table, len(mine), len(theirs), len(both)))
        figures += _figures(table, both)
    return Agreement(counts, figures, pairs["claims"])


# --- what is the same ------------------------------------------------------------------------------


def _paired(likeness: Mapping[tuple[str, str], float]) -> Pairs:
    """One to one, the most alike first."""
    pairs: Pairs = {}
    taken: set[str] = set()
    for (one, other), _ in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _claims(one: Dataset, other: Dataset) -> Pairs:
    likeness: dict[tuple[str, str], float] = {}
    for a, b in product(one.claims, other.claims):
        shared = min(a.end, b.end) - max(a.start, b.start)
        if shared > 0 and a.polarity == b.polarity:
            overlap = shared / (max(a.end, b.end) - min(a.start, b.start))
            alike = overlap + SequenceMatcher(None, a.statement, b.statement, autojunk=False).ratio()
            if alike >= 1:  # of 2, for the same words and the same statement
                likeness[a.claim_id, b.claim_id] = alike
    return _paired(likeness)


def _given(path: PathLike, one: Dataset, other: Dataset) -> Pairs:
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"first", "second"} <= set(reader.fieldnames or ()):
            raise ValueError(f"{path} must have the columns first and second")
        found = [(row["first"], row["second"]) for row in reader if row["first"] and row["second"]]
    for side, coding in enumerate((one, other)):
        ids = [pair[side] for pair in found]
        if wrong := [name for name in ids if name not in coding.claims or ids.count(name) > 1]:
            raise ValueError(f"{path}: {wrong[0]} is no claim of the {('first', 'second')[side]}, or stands twice")
    return dict(found)


def _together(one: Dataset, other: Dataset, key: str) -> Counter[tuple[str, str]]:
    """How often an id of the first and one of the second stand for the same words."""
    spans: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in one.mentions:
        spans[row.start, row.end].append(getattr(row, key))
    found = ((name, getattr(row, key)) for row in other.mentions for name in spans.get((row.start, row.end), ()))
    return Counter(pair for pair in found if all(pair))


def _linked(one: Dataset, other: Dataset, claims: Pairs) -> dict[tuple[str, str], float]:
    """How alike two events are: in the claims about them."""
    mine: dict[str, set[str]] = defaultdict(set)
    theirs: dict[str, set[str]] = defaultdict(set)
    for row in one.claim_events:
        if row.claim_id in claims:
            mine[row.event_id].add(claims[row.claim_id])
    for row in other.claim_events:
        theirs[row.event_id].add(row.claim_id)
    return {(a, b): len(x & y) / len(x | y) for a, x in mine.items() for b, y in theirs.items() if x & y}


def _same(first: Table[Any], second: Table[Any], pairs: Mapping[str, Pairs]) -> Iterator[Both]:
    """The records that are in both: of one key, or mentions of the same at one place."""
    spec = first.record.TABLE
    names = ("start", "end", "party_id", "place_id") if first.name == "mentions" else spec.key
    matched = [pairs.get(spec.foreign_keys.get(name, first.name)) for name in names]
    theirs = {tuple(getattr(row, name) for name in names): row for row in second}
    for row in first:
        values = (getattr(row, name) for name in names)
        key = tuple(value if ids is None else ids.get(value) for value, ids in zip(values, matched, strict=True))
        if key in theirs:
            yield row, theirs[key]


# --- figures ---------------------------------------------------------------------------------------


def _figures(table: str, both: Sequence[Both]) -> Iterator[Figure]:
    """The coded columns of a table; of a link table they are in its key, which is the same."""
    for name, column in columns(table).items():
        if column.codelist is None or not both or name in TABLES[table].TABLE.key:
            continue
        codes = ["", *column.codelist.codes]
        mine, theirs = ([codes.index(getattr(one, name) or "") for one in side] for side in zip(*both, strict=True))
        same = sum(a == b for a, b in zip(mine, theirs, strict=True))
        alpha = None
        if len({*mine, *theirs}) > 1:
            level = "ordinal" if name == "salience" else "nominal"  # whose codes are steps, in the codelist's order
            alpha = float(need("krippendorff", "agreement").alpha([mine, theirs], level_of_measurement=level))
        yield Figure(f"{table}.{name}", len(both), same, alpha)
