"""Packages of other articles, and the bundled one: they validate, load, and their advice is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jpkr_drills import load, validate
from jpkr_drills.build import build

ARTICLES = Path(__file__).resolve().parent / "articles"
NAMES = ("recall", "theatre", "wahl")


@pytest.mark.parametrize("name", NAMES)
def test_a_package_of_another_article_is_valid_and_its_advice_accepted(name: str) -> None:
    folder = ARTICLES / name
    assert validate(folder, article=folder / "article.txt", strict=True) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_build_writes_it(name: str, tmp_path: Path) -> None:
    shutil.copytree(ARTICLES / name, tmp_path / name)
    assert build(tmp_path / name, check=True) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_and_its_words_are_the_article_s(name: str) -> None:
    dataset = load(ARTICLES / name)
    text = (ARTICLES / name / "article.txt").read_bytes().decode("utf-8")
    assert all(text[one.start : one.end] == one.surface for one in dataset.mentions)
    assert all(one.statement.endswith(".") for one in dataset.claims)
    firsts = {one.claim_id for one in dataset.claims if one.claim_id == one.proposition_id}
    assert {one.proposition_id for one in dataset.claims} == firsts


def test_they_are_unlike_each_other() -> None:
    datasets = [load(ARTICLES / name) for name in NAMES]
    types = [{one.party_type for one in dataset.parties} for dataset in datasets]
    assert "company" in types[0]
    assert "court" in types[0]
    assert "political_party" in types[2]
    assert len(set().union(*({one.event_type for one in dataset.events} for dataset in datasets))) >= 15
