"""How far two blind codings of an article agree, in two rounds: recomputed from the files beside this one.

``python tests/reliability/agreement.py`` prints the tables that stand in the annex; with ``--write`` it puts
them there. Each round has a codebook and two coders of its own for each article. Files: ``claims.csv``,
``events.csv`` and ``mentions.csv`` have both coders' rows (words are given by position; the ids of the first
coder's parties, places and events are replaced by the second's for the same one); ``matches.csv`` pairs the
claims that are the same proposition, ``alone`` says whether they are so also where each statement is read
without its sentence; ``adjudication.csv`` rules each difference in context of the first round.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Literal, NamedTuple

import krippendorff

HERE = Path(__file__).resolve().parent
ANNEX = HERE.parents[1] / "data" / "ANNEX.md"
CODEBOOK = ANNEX.with_name("CODEBOOK.md")
BLOCK = re.compile(r"(<!-- computed: reliability -->\n).*?(<!-- end -->)", re.S)

# The start of the SHA-256 of the codebook that a round was coded from.
ROUNDS = {"1": "32a42394d3af", "2": "f0e689d2b9e1"}
CODES = ("claim_type", "voice", "certainty", "polarity", "explicitness", "salience")
SETS = ("speakers", "about", "places")
EVENT_CODES = ("event_type", "status", "extent", "date", "date_basis")
ORDERED = {"salience": ["core", "supporting", "background"]}

Row = dict[str, str]
Unit = tuple[str, ...]
Pairs = list[tuple[Row, Row]]
Lines = list[tuple[str, Callable[["Double"], str]]]


class Double(NamedTuple):
    """An article that two coders coded in a round."""

    article: str
    round: str


CODED = (
    Double("drills", "1"),
    Double("recall", "1"),
    Double("recall", "2"),
    Double("theatre", "1"),
    Double("theatre", "2"),
    Double("wahl", "1"),
)


@cache
def rows(name: str) -> list[Row]:
    """The rows of a file beside this one."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def of(double: Double, kind: str) -> list[Row]:
    """The rows of a double coding."""
    return [row for row in rows(kind) if (row["article"], row["round"]) == double]


def coding(kind: str, double: Double, coder: str) -> dict[Unit, Row]:
    """What one coder has of one article, by the claim's id, the event's id, or the mention's position."""
    key = {"claims": ("claim_id",), "events": ("event_id",), "mentions": ("start", "end")}[kind]
    return {tuple(row[name] for name in key): row for row in of(double, kind) if row["coder"] == coder}


def pairs(kind: str, double: Double, *, alone: bool = False) -> Pairs:
    """The units that both have: claims as matched, events of one id, mentions of one position."""
    first, second = coding(kind, double, "first"), coding(kind, double, "second")
    if kind != "claims":
        return [(row, second[key]) for key, row in first.items() if key in second]
    matched = [row for row in of(double, "matches") if not (alone and row["alone"] == "no")]
    return [(first[(row["first"],)], second[(row["second"],)]) for row in matched]


def alpha(units: Sequence[tuple[str, str]], order: Sequence[str] | None = None) -> float | None:
    """Krippendorff's alpha, ordinal where an order is given; ``None`` where one value is all there is."""
    values = list(order or sorted({value for unit in units for value in unit}))
    if len({value for unit in units for value in unit}) < 2:
        return None
    data = [[values.index(unit[coder]) for unit in units] for coder in (0, 1)]
    level: Literal["ordinal", "nominal"] = "ordinal" if order else "nominal"
    return float(krippendorff.alpha(data, level_of_measurement=level, value_domain=list(range(len(values)))))


class Difference(NamedTuple):
    """A field of two matched claims that differs, or a claim that only one coder has."""

    article: str
    first: str
    second: str
    field: str
    first_value: str
    second_value: str


def differences() -> Iterator[Difference]:
    """Every difference between the claims of two coders of the first round, matched in context."""
    for double in CODED:
        article, coded_in = double
        if coded_in != "1":
            continue
        matched = pairs("claims", double)
        for one, other in matched:
            for field in (*CODES, "speakers", "about"):
                if one[field] != other[field]:
                    yield Difference(article, one["claim_id"], other["claim_id"], field, one[field], other[field])
        for (unit,) in coding("claims", double, "first").keys() - {(one["claim_id"],) for one, _ in matched}:
            yield Difference(article, unit, "", "claim", "coded", "")
        for (unit,) in coding("claims", double, "second").keys() - {(other["claim_id"],) for _, other in matched}:
            yield Difference(article, "", unit, "claim", "", "coded")


def one_proposition(matched: Pairs, coder: int) -> set[tuple[int, int]]:
    """The pairs of matched claims that a coder has put into one proposition."""
    ids = [pair[coder]["proposition_id"] for pair in matched]
    return {(i, j) for i, j in combinations(range(len(ids)), 2) if ids[i] == ids[j]}


def _f1(kind: str, double: Double, *, alone: bool = False) -> str:
    sizes = [len(coding(kind, double, coder)) for coder in ("first", "second")]
    both = len(pairs(kind, double, alone=alone))
    return f"{2 * both / sum(sizes):.2f} ({both} of {sizes[0]} and {sizes[1]})"


def _alpha(kind: str, double: Double, *, field: str, alone: bool = False) -> str:
    units = [(one[field], other[field]) for one, other in pairs(kind, double, alone=alone)]
    value = alpha(units, ORDERED.get(field))
    differing = sum(one != other for one, other in units)
    return "one value" if value is None else f"{value:.2f}{f' ({differing} differ)' if differing else ''}"


def _same(kind: str, double: Double, *, field: str) -> str:
    units = [(one[field], other[field]) for one, other in pairs(kind, double)]
    units = [unit for unit in units if any(unit)]
    return f"{sum(one == other for one, other in units)} of {len(units)}" if units else "none"


def _spans(double: Double) -> str:
    found = [all(one[end] == other[end] for end in ("start", "end")) for one, other in pairs("claims", double)]
    return f"{sum(found)} of {len(found)}"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join([f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines)] + [""])


def _figures(head: str, lines: Lines) -> str:
    """A table of a column for each double coding, without the lines in which every α is 1."""
    body = [[name, *map(figure, CODED)] for name, figure in lines]
    return _table([head, *map(" ".join, CODED)], [line for line in body if set(line[1:]) != {"1.00"}])


def _codebooks() -> str:
    shipped = hashlib.sha256(CODEBOOK.read_text(encoding="utf-8").encode()).hexdigest()
    lines = []
    for name, digest in ROUNDS.items():
        state = "as it stands" if shipped.startswith(digest) else "an earlier state"
        lines.append(
            (name, f"{state}, SHA-256 `{digest}…`", ", ".join(one.article for one in CODED if one.round == name))
        )
    return _table(("round", "codebook", "articles"), lines)


def _propositions() -> str:
    lines = []
    for double in CODED:
        for alone in (False, True):
            matched = pairs("claims", double, alone=alone)
            first, second = one_proposition(matched, 0), one_proposition(matched, 1)
            if first | second:
                sizes = [len(first), len(second), len(first & second)]
                lines.append((" ".join(double), "alone" if alone else "in context", *map(str, sizes)))
    return _table(("pairs of matched claims in one proposition", "matched", "first", "second", "both"), lines)


def tables() -> str:
    """The figures as Markdown."""

    def coded(*, alone: bool) -> Lines:
        return [
            (
                f"`{field}`{' (ordinal)' if field in ORDERED else ''}",
                partial(_alpha, "claims", field=field, alone=alone),
            )
            for field in CODES
        ]

    found: Lines = [
        ("claims, in context", partial(_f1, "claims")),
        ("claims, each statement alone", partial(_f1, "claims", alone=True)),
        ("events", partial(_f1, "events")),
        ("mentions, by position", partial(_f1, "mentions")),
    ]
    shared: Lines = [
        *((f"{field}: the same set", partial(_same, "claims", field=field)) for field in SETS),
        ("span: the same", _spans),
        ("mentions: the same form", partial(_same, "mentions", field="form")),
        ("mentions: the same referents", partial(_same, "mentions", field="referents")),
    ]
    events: Lines = [(f"`{field}`", partial(_alpha, "events", field=field)) for field in EVENT_CODES]
    return "\n".join(
        [
            _codebooks(),
            _figures("F1 (units of both)", found),
            _figures("Krippendorff's α, claims matched in context", coded(alone=False)),
            _figures("α, claims whose statements match alone", coded(alone=True)),
            _figures("of the pairs where either coder has one", shared),
            _figures("α, events of both", events),
            _propositions(),
        ]
    )


def main() -> None:
    """Print the tables, or write them into the annex."""
    if sys.argv[1:] != ["--write"]:
        print(tables(), end="")
        return
    text = ANNEX.read_text(encoding="utf-8")
    ANNEX.write_text(BLOCK.sub(lambda block: f"{block[1]}\n{tables()}\n{block[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
