"""Vocabularies: closed lists, each code defined once, and the same in ``data/codes.csv``."""

from __future__ import annotations

import re

import pytest

from helpers import rows
from jpkr_drills.model.records import TABLES, codelists, columns

CODES = {(row["codelist"], row["code"]): (row["title"], row["definition"]) for row in rows("codes")}
LISTS = {
    column.codelist.name: column.codelist for table in TABLES for column in columns(table).values() if column.codelist
}


def test_the_codes_of_the_data_are_those_of_the_model() -> None:
    assert {(name, code): said for name, known in LISTS.items() for code, said in known.codes.items()} == CODES


@pytest.mark.parametrize("name", LISTS)
def test_a_codelist_is_named_after_its_column_and_its_codes_are_told_apart(name: str) -> None:
    table, column = codelists()[name]
    assert name in (column, f"{table}.{column}")
    codes = LISTS[name].codes
    assert {row[column] for row in rows(table)} - {""} <= set(codes)
    for at in (0, 1):
        assert len({said[at].casefold() for said in codes.values()}) == len(codes)
    assert all(re.fullmatch("[A-Z]+" if name == "plover" else "[a-z]+(?:_[a-z]+)*", code) for code in codes)
    assert all(re.fullmatch(r"[A-Z].*[.]", definition) for _, definition in codes.values())


def test_no_code_is_a_word_that_readers_take_for_an_empty_cell() -> None:
    taken = {"none", "na", "n/a", "nan", "null", "nil", ""}
    assert not {code.casefold() for known in LISTS.values() for code in known.codes} & taken


@pytest.mark.parametrize("name", ["party_type", "place_type", "event_type"])
def test_where_nothing_fits_there_is_other(name: str) -> None:
    assert list(LISTS[name].codes)[-1] == "other"
