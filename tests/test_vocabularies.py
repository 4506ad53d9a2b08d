"""Vocabularies: the codes of the models are the codes of ``data/codes.csv``, both ways."""

from __future__ import annotations

import re

import pytest

from helpers import rows
from jpkr_drills.models import codelists

CODES = [(row["codelist"], row["code"]) for row in rows("codes")]


def test_every_code_is_defined_and_every_definition_is_of_a_code() -> None:
    expected = {(name, code) for name, column in codelists().items() for code in column.codes}
    assert set(CODES) == expected
    assert len(CODES) == len(expected)


@pytest.mark.parametrize("codelist", codelists())
def test_a_codelist_is_named_after_its_column(codelist: str) -> None:
    column = codelists()[codelist]
    assert codelist in (column.column, f"{column.table}.{column.column}")
    used = {row[column.column] for row in rows(column.table)} - {""}
    assert used <= set(column.codes)


def test_codes_are_lower_case_words_or_those_of_a_manual() -> None:
    pattern = {name: "[A-Z]+" if name == "plover" else "[a-z]+(?:_[a-z]+)*" for name in codelists()}
    assert [(name, code) for name, code in CODES if not re.fullmatch(pattern[name], code)] == []


def test_no_codelist_repeats_a_code() -> None:
    for column in codelists().values():
        assert len(set(column.codes)) == len(column.codes)


def test_no_two_codes_of_a_list_share_a_title_or_definition() -> None:
    for said in ("title", "definition"):
        seen = [(row["codelist"], row[said].casefold()) for row in rows("codes")]
        assert len(set(seen)) == len(seen)
