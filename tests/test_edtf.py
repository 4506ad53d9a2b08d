"""EDTF: levels 0 and 1, and the days of the calendar."""

from __future__ import annotations

import re
import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import rows
from jpkr_drills.model.edtf import PATTERN, bounds, runs_forward


def _known(text: str) -> bool:
    """Whether the library edtf_validate takes it; it doesn't know the length of months."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it uses old names of pyparsing's
        from edtf_validate.valid_edtf import isLevel0, isLevel1  # which takes a second

        return bool(isLevel0(text) or isLevel1(text))


def matches(text: str) -> bool:
    return re.fullmatch(PATTERN, text) is not None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024, 2100, 2400])
def test_exactly_the_days_of_the_calendar_match(year: int) -> None:
    days = [f"{year}-{month:02}-{day:02}" for month in range(1, 13) for day in range(33)]
    assert [day for day in days if matches(day) != _is_day(day)] == []


def test_the_leap_day_exists_in_leap_years_alone() -> None:
    days = [f"{year:04}-02-29" for year in range(1, 10_000)]
    assert [day for day in days if matches(day) != _is_day(day)] == []


@pytest.mark.parametrize(
    "text",
    ["2016", "2016-05", "2016-05-31", "2016-05-31?", "2016~", "2016%", "2022/..", "../2022", "2022/", "/2022", "2016~/2017%", "2016/2016-05", "2016-21", "2016-24", "199X", "19XX", "2016-XX", "2016-05-XX", "2016-XX-XX", "XXXX-10-07", "XXXX-02-29", "XXXX-10", "XXXX", "-0044", "-0044-03-15", "0000", "0800", "Y20160", "Y-170000", "2016-05-01T10:00:00", "2016-05-01T10:00:00Z", "2016-05-01T10:00:00+09:00", "199X/200X", "2016-21/2016-23"],
)  # fmt: skip
def test_levels_0_and_1_are_taken(text: str) -> None:
    assert matches(text)


@pytest.mark.parametrize(
    "text",
    ["..", "../..", "/", "2022/../2023", "16", "20166", "2016-5", "2016-13", "2016-00", "2016-04-31", "2016-25", "2016-41", "201u", "Y2016", "2016-05-01T10:00", "2016 ", "٢٠١٦", "2016??", "2016?~", "unknown", "2X16", "X016", "20X6", "{2016,2017}", "[2016,2017]", "2016..2017", "2016-05-0X", "2016-0X", "Mar-16", "+2016", "XXXX-13"],
)  # fmt: skip
def test_what_is_neither_is_not(text: str) -> None:
    assert not matches(text)


_PART = st.integers(0, 24).map(lambda n: f"{n:02}")
_DATE = st.builds(
    lambda year, parts, mark: "-".join([year, *parts]) + mark,
    st.integers(1, 9999).map(lambda n: f"{n:04}"),
    st.lists(_PART, max_size=2),
    st.sampled_from(["", "?", "~", "%", "??", "?~"]),
)


@given(_DATE)
def test_a_date_matches_where_edtf_and_the_calendar_have_it(text: str) -> None:
    bare = text.rstrip("?~%")
    exists = len(bare) < 10 or _is_day(bare)
    if not re.match(r"....-2[1-4][?~%]$", text):  # a season in doubt, which the library doesn't know
        assert matches(text) == (_known(text) and exists)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", (2016, 1, 1), (2016, 12, 31)),
        ("2016-05", (2016, 5, 1), (2016, 5, 31)),
        ("2016-05-03?", (2016, 5, 3), (2016, 5, 3)),
        ("2016/2017-02", (2016, 1, 1), (2017, 2, 31)),
        ("../2016", None, (2016, 12, 31)),
        ("2016/", (2016, 1, 1), None),
        ("199X", (1990, 1, 1), (1999, 12, 31)),
        ("2016-22", (2016, 1, 1), (2016, 12, 31)),
        ("2016-05-XX", (2016, 5, 1), (2016, 5, 31)),
        ("-0044", (-44, 1, 1), (-44, 12, 31)),
        ("-01XX", (-199, 1, 1), (-100, 12, 31)),
        ("Y-17000", (-17000, 1, 1), (-17000, 12, 31)),
        ("XXXX-10-07", None, None),
        ("2016-05-01T10:00:00Z", (2016, 5, 1), (2016, 5, 1)),
    ],
)
def test_the_days_that_a_date_can_mean(text: str, first: object, last: object) -> None:
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "forward"),
    [
        *((text, True) for text in ("2016", "2016/2017", "2016/2016-05", "2016-05/2016", "2016/..", "../2016")),
        *((text, True) for text in ("-0100/-0044", "2016-21/2016-22", "199X/1995", "XXXX-01/XXXX-02")),
        *((text, False) for text in ("2017/2016", "2016/2016", "2016-06/2016-05", "2017/2016-05", "-0044/-0100")),
    ],
)
def test_an_interval_runs_forward(text: str, forward: bool) -> None:
    assert matches(text)
    assert runs_forward(text) is forward


def test_every_date_of_the_data_is_edtf() -> None:
    dates = [row["date"] for row in rows("events") if row["date"]]
    assert dates
    assert [
        text
        for text in dates
        if not (matches(text) and all(map(_known, re.split(r"/|\.\.", text) if "/" not in text else [text])))
    ] == []
