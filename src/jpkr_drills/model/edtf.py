"""EDTF, levels 0 and 1 (ISO 8601-2:2019; https://www.loc.gov/standards/datetime/).

Dates with and without time, intervals, years of more than four digits, seasons, qualifiers, unspecified
digits, open and unknown ends, years before 1. The pattern knows the days of each month, so that no
description language needs a calendar.
"""

from __future__ import annotations

import re

_YEAR = "-?[0-9]{4}"
_LEAP_DAY = r"-?(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DAY = f"(?:{_LEAP_DAY}|{_YEAR}-{_MONTH_DAY})"
_MONTH = "(?:0[1-9]|1[0-2])"
_TIME = "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
_UNSPECIFIED = (
    "-?(?:[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)"
    f"|XXXX-(?:{_MONTH_DAY}|02-29|{_MONTH}|2[1-4]|{_MONTH}-XX)"
    f"|{_YEAR}-(?:XX|{_MONTH}-XX|XX-XX)"
)
_DATE = f"(?:{_DAY}|{_YEAR}-(?:{_MONTH}|2[1-4])|{_YEAR}|{_UNSPECIFIED})[?~%]?"
_END = f"(?:{_DATE}|[.][.])?"
PATTERN = f"^(?:{_DAY}{_TIME}|Y-?[1-9][0-9]{{4,8}}|{_DATE}|{_DATE}/{_END}|(?:[.][.])?/{_DATE})$"
LONGEST = 40

Day = tuple[int, int, int]
"""Year, month and day."""

_PARTS = r"(-?)([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?"


def is_valid(date: str) -> bool:
    """Whether ``date`` is in EDTF."""
    return re.match(PATTERN, date) is not None  # compiled when it is needed: that takes long


def bounds(date: str) -> tuple[Day | None, Day | None]:
    """The first and the last day that ``date`` can mean, ``None`` for an end that is open or unknown.

    ``date`` matches ``PATTERN``. A season can be anywhere in its year: it depends on the hemisphere.

    >>> bounds("2022/..")
    ((2022, 1, 1), None)
    >>> bounds("199X")
    ((1990, 1, 1), (1999, 12, 31))
    """
    first, slash, last = date.partition("/")
    return _span(first)[0], _span(last if slash else first)[1]


def _span(date: str) -> tuple[Day | None, Day | None]:
    if date.startswith("Y"):
        year = int(date[1:])
        return (year, 1, 1), (year, 12, 31)
    found = re.match(_PARTS, date)
    if found is None or found[2] == "XXXX":
        return None, None
    sign, years, month, day = found.groups()
    low, high = (int(sign + years.replace("X", digit)) for digit in "09")
    months = (1, 12) if month is None or "X" in month or int(month) > 12 else (int(month),) * 2
    days = (1, 31) if day is None or "X" in day else (int(day),) * 2
    return (min(low, high), months[0], days[0]), (max(low, high), months[1], days[1])


def runs_forward(date: str) -> bool:
    """Whether an interval's ends differ, and the last can come after the first; true for a date.

    >>> runs_forward("2023/2021")
    False
    """
    first, slash, last = date.partition("/")
    if not slash:
        return True
    start, end = bounds(date)
    return first != last and (start is None or end is None or start <= end)
