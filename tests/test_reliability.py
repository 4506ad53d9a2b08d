"""The figures of the annex are those of the double codings, and every difference of the first round has its ruling."""

from __future__ import annotations

import re

import pytest

from reliability import agreement


def test_annex_has_the_figures_of_the_codings() -> None:
    block = agreement.BLOCK.search(agreement.ANNEX.read_text("utf-8"))
    assert block is not None
    assert block[0] == f"{block[1]}\n{agreement.tables()}\n{block[2]}", (
        "run `python tests/reliability/agreement.py --write`, then `jpkr-drills build`"
    )


def test_every_difference_of_the_first_round_is_adjudicated_and_nothing_else() -> None:
    ruled = agreement.rows("adjudication")
    assert sorted(tuple(row.values())[:6] for row in ruled) == sorted(tuple(one) for one in agreement.differences())
    assert {row["ruling"] for row in ruled} <= {"first", "second", "neither"}
    assert all(re.search(r"\(\d.*\)\.$", row["reason"]) for row in ruled)


@pytest.mark.parametrize("double", agreement.CODED, ids=" ".join)
def test_matches_pair_claims_of_one_sentence_once(double: agreement.Double) -> None:
    matched = agreement.of(double, "matches")
    for coder in ("first", "second"):
        ids = [row[coder] for row in matched]
        assert len(set(ids)) == len(ids)
        assert {(one,) for one in ids} <= agreement.coding("claims", double, coder).keys()
    assert all(row["first"].partition("-")[0] == row["second"].partition("-")[0] for row in matched)


@pytest.mark.parametrize("kind", ["claims", "events", "mentions"])
def test_no_unit_is_coded_twice_by_one_coder(kind: str) -> None:
    coded = sum(len(agreement.coding(kind, one, who)) for one in agreement.CODED for who in ("first", "second"))
    assert coded == len(agreement.rows(kind))


@pytest.mark.parametrize(
    ("units", "order", "expected"),
    [
        ([("a", "a"), ("b", "b")], None, 1.0),
        ([("a", "a"), ("a", "a")], None, None),
        ([("a", "b"), ("b", "a")], None, -0.5),
        ([("core", "supporting"), ("background", "background")], agreement.ORDERED["salience"], 0.8),
    ],
)
def test_alpha(units: list[tuple[str, str]], order: list[str] | None, expected: float | None) -> None:
    found = agreement.alpha(units, order)
    assert found == (expected if expected is None else pytest.approx(expected, abs=0.15))


def test_a_coder_needs_at_most_six_thousand_words() -> None:
    text = re.sub(r"<!-- generated:.*?<!-- end -->", "", agreement.CODEBOOK.read_text("utf-8"), flags=re.S)
    assert sum(1 for word in text.split() if re.search(r"\w", word)) <= 6000
