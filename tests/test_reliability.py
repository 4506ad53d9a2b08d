"""The figures of the codebook are those of the two codings, and every disagreement has its ruling."""

from __future__ import annotations

import csv
from pathlib import Path

from reliability import agreement

HERE = Path(__file__).parent / "reliability"


def test_codebook_has_the_figures_of_the_two_codings() -> None:
    block = agreement.BLOCK.search(agreement.CODEBOOK.read_text("utf-8"))
    assert block is not None
    assert block[0] == f"{block[1]}\n{agreement.table()}\n{block[2]}", (
        "run `python tests/reliability/agreement.py --write`, then `jpkr-drills build`"
    )


def test_every_disagreement_is_adjudicated_and_nothing_else() -> None:
    with (HERE / "adjudication.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    ruled = [tuple(row.values())[:6] for row in rows]
    assert sorted(ruled) == sorted(tuple(found) for found in agreement.disagreements())
    assert {row["ruling"] for row in rows} <= {"first", "second", "both", "neither"}
    assert all(row["reason"].endswith(".") for row in rows)


def test_matches_pair_units_that_exist_once() -> None:
    for kind in agreement.FIELDS:
        pairs = agreement.matches(kind)
        first, second = zip(*pairs, strict=True)
        assert len(set(first)) == len(first)
        assert len(set(second)) == len(second)
        assert set(first) <= agreement.coding("first", kind).keys()
        assert set(second) <= agreement.coding("second", kind).keys()


def test_matched_claims_stand_in_the_same_sentence() -> None:
    first, second = agreement.coding("first", "claims"), agreement.coding("second", "claims")
    for one, other in agreement.matches("claims"):
        assert first[one]["segment_id"] == second[other]["segment_id"]


def test_alpha_notices_a_difference() -> None:
    by_field = {(figure.kind, figure.field): figure for figure in agreement.figures()}
    assert by_field["claims", "voice"].alpha == 1.0
    differing = by_field["claims", "claim_type"]
    assert differing.alpha is not None
    assert differing.alpha < 1.0
    assert differing.agreed < differing.units
