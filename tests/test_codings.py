"""``agreement``: two codings of one article, compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from helpers import ROOT, replace, rows
from jpkr_drills import load
from jpkr_drills.cli import main
from jpkr_drills.coding.agreement import Agreement, agreement


def f1(found: Agreement) -> dict[str, float | None]:
    return {one.table: one.f1 for one in found.counts}


def test_coding_agrees_with_itself() -> None:
    found = agreement(ROOT, ROOT)
    assert set(f1(found).values()) == {1.0}
    assert found.claims == {name: name for name in load().claims.ids()}
    assert all(one.same == one.units and one.alpha in (None, 1.0) for one in found.figures)


def test_what_differs_is_counted(good: tuple[Path, Path], package: Path) -> None:
    dataset = load(good[0])
    replace(package / "data/claims.csv", ",certain,", ",possible,")
    replace(package / "data/parties.csv", "\nbrackwater-post,", "\nthe-post,")
    for table in ("claim_parties", "event_parties", "mentions", "parties"):
        place = package / f"data/{table}.csv"
        place.write_text(place.read_text(encoding="utf-8").replace(",brackwater-post,", ",the-post,"), encoding="utf-8")
    lines = (package / "data/claim_events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (package / "data/claim_events.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    found = agreement(good[0], package)
    events = len(dataset.claim_events)
    assert {table for table, value in f1(found).items() if value != 1} == {"claim_events"}
    assert f1(found)["claim_events"] == 2 * (events - 1) / (2 * events - 1)
    (figure,) = (one for one in found.figures if one.same != one.units)
    assert (figure.column, figure.same) == ("claims.certainty", len(dataset.claims) - 1)
    # Krippendorff's alpha by hand: of 2n values, two that differ, against what chance would give.
    said = Counter(row["certainty"] for path in (good[0], package) for row in rows("claims", path))
    number = said.total()
    by_chance = 1 - sum(count * (count - 1) for count in said.values()) / (number * (number - 1))
    assert figure.alpha == pytest.approx(1 - 2 / number / by_chance)


def test_matches_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "matches.csv"
    assert main(["agreement", str(ROOT), str(ROOT), "--write-matches", str(written)]) == 0
    assert "| claims.voice |" in capsys.readouterr().out
    written.write_text("first,second\np0s1-1,p0s1-1\np0s1-2,\n", encoding="utf-8")
    assert agreement(ROOT, ROOT, written).claims == {"p0s1-1": "p0s1-1"}


@pytest.mark.parametrize(
    "matches", ["first,second\np9s9-1,p0s1-1\n", "first,second\np0s1-1,p0s1-1\np0s1-2,p0s1-1\n", "a,b\n"]
)
def test_matches_that_match_nothing(matches: str, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(matches, encoding="utf-8")
    with pytest.raises(ValueError, match=r"m\.csv"):
        agreement(ROOT, ROOT, tmp_path / "m.csv")


def test_codings_of_two_articles_are_refused(package: Path) -> None:
    with pytest.raises(ValueError, match="different articles"):
        agreement(ROOT, package)
