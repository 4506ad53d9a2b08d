"""Columns: one spelling for each value, and what a column is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import ROOT
from jpkr_drills.model.columns import to_cell, to_value
from jpkr_drills.model.records import TABLES, columns


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_header_of_the_file(table: str) -> None:
    header = (ROOT / f"data/{table}.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert ",".join(columns(table)) == header


def test_columns_know_their_kind_codes_and_whose_words_they_hold() -> None:
    assert columns("segments")["start"].kind is int
    assert columns("places")["latitude"].kind is float
    assert columns("events")["cameo"].kind is str
    assert columns("events")["cameo"].nullable
    assert not columns("events")["title"].nullable
    voice = columns("claims")["voice"].codelist
    assert voice is not None
    assert list(voice.codes) == ["article", "attributed", "unclear"]
    own = {(table, name) for table in TABLES for name, column in columns(table).items() if column.article_words}
    assert own >= {("mentions", "surface"), ("events", "date_expression"), ("parties", "name"), ("places", "name")}
    assert not own & {("claims", "statement"), ("events", "title"), ("parties", "description")}


@pytest.mark.parametrize("kind", [str, int, float])
def test_an_empty_cell_is_none_and_back(kind: type[str] | type[int] | type[float]) -> None:
    assert to_value("", kind) is None
    assert to_cell(None) == ""


@pytest.mark.parametrize(
    "cell",
    ["042", "+42", "4_2", " 42", "42 ", "4.0", "1e2", "-0", "٤٢", "４２", "--1", "0x1", "42\n", "9999999999999999"],
)
def test_a_whole_number_has_one_spelling(cell: str) -> None:
    with pytest.raises(ValueError, match="plain whole number"):
        to_value(cell, int)


@pytest.mark.parametrize(
    "cell", ["30", "4.20", "04.2", "+4.2", ".5", "5.", "1e2", "nan", "inf", "-0.0", "1_0.5", "٤.٢", "4.2\n", "4,2"]
)
def test_a_decimal_number_has_one_spelling(cell: str) -> None:
    with pytest.raises(ValueError, match="plain decimal number"):
        to_value(cell, float)


def test_text_is_kept_as_it_is() -> None:
    assert to_value(" 042 ", str) == " 042 "


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_come_back(number: int) -> None:
    assert to_value(to_cell(number), int) == number


@given(st.integers(-179_999_999, 179_999_999))
def test_decimal_numbers_come_back(millionths: int) -> None:
    number = millionths / 1_000_000
    assert to_value(to_cell(number), float) == number


@given(st.text(alphabet="0123456789.-+e_ ", max_size=8))
def test_no_two_spellings_are_one_number(cell: str) -> None:
    for kind in (int, float):
        try:
            value = to_value(cell, kind)
        except ValueError:
            continue
        assert to_cell(value) == cell
