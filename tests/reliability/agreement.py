"""How far two codings of the article agree: recomputed from the files beside this one.

``python tests/reliability/agreement.py`` prints the table that stands in the codebook; with ``--write``
it puts it there. Claims and events are matched by hand in ``matches.csv`` (the same proposition in the
same sentence; the same act or process), mentions by their span and referent.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import krippendorff

HERE = Path(__file__).resolve().parent
CODEBOOK = HERE.parents[1] / "data" / "CODEBOOK.md"
BLOCK = re.compile(r"(<!-- computed: reliability -->\n).*?(<!-- end -->)", re.S)

FIELDS = {
    "claims": (*("claim_type", "voice", "certainty", "polarity", "explicitness", "speakers", "about"),),
    "events": ("event_type", "status", "extent", "date", "date_basis", "cameo", "plover"),
    "mentions": ("form",),
}

Row = dict[str, str]
Coding = dict[str, Row]


class Disagreement(NamedTuple):
    """A field of two matched units that differs, or a unit that only one coding has."""

    kind: str
    first: str
    second: str
    field: str
    first_value: str
    second_value: str


class Figure(NamedTuple):
    """Agreement in one field: nominal Krippendorff's alpha over the matched units."""

    kind: str
    field: str
    units: int
    agreed: int
    alpha: float | None
    """``None`` where one value is all there is: alpha isn't defined then."""


def _rows(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def coding(which: str, kind: str) -> Coding:
    """Unit to row, of the ``first`` or ``second`` coding."""
    return {row["unit"]: row for row in _rows(f"{which}_{kind}.csv")}


def matches(kind: str) -> list[tuple[str, str]]:
    """The units that the two codings share."""
    if kind != "mentions":
        return [(row["first"], row["second"]) for row in _rows("matches.csv") if row["kind"] == kind]

    def what(row: Row) -> tuple[str, str, str]:
        return row["start"], row["end"], row["referent"]

    second = {what(row): unit for unit, row in coding("second", kind).items()}
    first = coding("first", kind).items()
    return [(unit, second[what(row)]) for unit, row in first if what(row) in second]


def disagreements() -> Iterator[Disagreement]:
    """Every field that differs and every unit that only one coding has."""
    for kind, fields in FIELDS.items():
        first, second = coding("first", kind), coding("second", kind)
        pairs = matches(kind)
        for one, other in pairs:
            for field in fields:
                values = first[one][field], second[other][field]
                if values[0] != values[1]:
                    yield Disagreement(kind, one, other, field, *values)
        for unit in first.keys() - {one for one, _ in pairs}:
            yield Disagreement(kind, unit, "", "unit", "coded", "not coded")
        for unit in second.keys() - {other for _, other in pairs}:
            yield Disagreement(kind, "", unit, "unit", "not coded", "coded")


def figures() -> Iterator[Figure]:
    """Agreement in every field."""
    for kind, fields in FIELDS.items():
        first, second = coding("first", kind), coding("second", kind)
        pairs = matches(kind)
        for field in fields:
            data = [
                [first[one][field] for one, _ in pairs],
                [second[other][field] for _, other in pairs],
            ]
            agreed = sum(one == other for one, other in zip(*data, strict=True))
            values = sorted({value for row in data for value in row})
            alpha = None
            if len(values) > 1:
                coded = [[values.index(value) for value in row] for row in data]
                alpha = float(krippendorff.alpha(coded, level_of_measurement="nominal"))
            yield Figure(kind, field, len(pairs), agreed, alpha)


def table() -> str:
    """The figures as Markdown."""
    lines = [
        "| units | first coding | second coding | in both | F1 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in FIELDS:
        one, other = len(coding("first", kind)), len(coding("second", kind))
        both = len(matches(kind))
        lines.append(f"| {kind} | {one} | {other} | {both} | {2 * both / (one + other):.2f} |")
    lines += ["", "| field | units in both | same | Krippendorff's α |", "| --- | --- | --- | --- |"]
    for figure in figures():
        alpha = "not defined: one value" if figure.alpha is None else f"{figure.alpha:.2f}"
        lines.append(
            f"| `{figure.kind}.{figure.field}` | {figure.units} | "
            f"{figure.agreed} ({figure.agreed / figure.units:.0%}) | {alpha} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or write it into the codebook."""
    if sys.argv[1:] != ["--write"]:
        print(table(), end="")
        return
    text = CODEBOOK.read_text(encoding="utf-8")
    CODEBOOK.write_text(BLOCK.sub(rf"\1\n{table()}\n\2", text), encoding="utf-8")


if __name__ == "__main__":
    main()
