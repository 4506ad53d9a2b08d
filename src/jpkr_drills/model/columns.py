"""Columns: the types that cells can have, as patterns and bounds, and the spelling of values in CSV.

Patterns are written in the subset that Rust's, Python's and ECMA-262's regular expressions read alike:
anchored as ``^(?:...)$``, ASCII classes, no look-around.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from jpkr_drills.model import edtf

# Line breaks and other control characters, by Unicode's names C0, C1, LS and PS. They are in no cell:
# a line of a table is a row.
_BREAKS = r"\u0000-\u001f\u007f-\u009f\u2028\u2029"
TEXT = rf"^(?:[^{_BREAKS} ](?:[^{_BREAKS}]*[^{_BREAKS} ])?)$"
SLUG = r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*)$"
_SENTENCE = "p(?:0|[1-9][0-9]{0,3})s[1-9][0-9]{0,3}"
_NUMBER = "[1-9][0-9]{0,3}"
SHA256 = r"^(?:[0-9a-f]{64})$"
CAMEO = r"^(?:(?:0[1-9]|1[0-9]|20)[0-9]{1,2})$"

# Python's ``$`` also matches before a final newline, ECMA-262's does not; JSON Schema validators
# written in Python need to be told.
_ONE_LINE: dict[str, Any] = {"not": {"type": "string", "pattern": "\n"}}


def _string(pattern: str, longest: int, **more: Any) -> Any:
    return Field(pattern=pattern, max_length=longest, json_schema_extra={**_ONE_LINE, **more})


ARTICLE_WORDS = "x-article-words"
"""Keyword of the JSON Schema of a column that holds the article's own words, as the article writes them."""
_OWN: dict[str, Any] = {ARTICLE_WORDS: True}

Slug = Annotated[str, _string(SLUG, 64)]
SegmentId = Annotated[str, _string(f"^(?:{_SENTENCE})$", 10)]
ClaimId = Annotated[str, _string(f"^(?:{_SENTENCE}-{_NUMBER})$", 15)]
MentionId = Annotated[str, _string(f"^(?:{_SENTENCE}-m{_NUMBER})$", 16)]
Sha256 = Annotated[str, _string(SHA256, 64)]
Wikidata = Annotated[str, _string("^(?:Q[1-9][0-9]{0,11})$", 13)]
Country = Annotated[str, _string("^(?:[A-Z]{3})$", 3)]
Cameo = Annotated[str, _string(CAMEO, 4)]
Edtf = Annotated[str, _string(edtf.PATTERN, edtf.LONGEST)]
ListName = Annotated[str, _string("^(?:[a-z]+(?:_[a-z]+)*(?:[.][a-z]+(?:_[a-z]+)*)?)$", 64)]
Code = Annotated[str, _string("^(?:[A-Za-z]+(?:_[A-Za-z]+)*)$", 64)]
Title = Annotated[str, _string(TEXT, 200)]
Name = Annotated[str, _string(TEXT, 300, **_OWN)]
Phrase = Annotated[str, _string(TEXT, 300, **_OWN)]
Sentence = Annotated[str, _string(TEXT, 600)]
Position = Annotated[int, Field(ge=0, le=999_999_999)]
Ordinal = Annotated[int, Field(ge=1, le=9999)]
Paragraph = Annotated[int, Field(ge=0, le=9999)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]

Value = str | int | float | None
Kind = type[str] | type[int] | type[float]

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,5})[.](?:0|[0-9]{0,8}[1-9])\Z")


def to_value(cell: str, kind: Kind) -> Value:
    """The value of a cell; an empty cell is ``None``.

    Raises ``ValueError`` for a number that isn't spelled the one plain way: ``42``, ``30.0``,
    ``-77.465``; not ``042``, ``+42``, ``4_2``, ``4.20``, ``1e2``.
    """
    if not cell:
        return None
    if kind is int:
        if not _INTEGER.match(cell):
            raise ValueError("is not a plain whole number")
        return int(cell)
    if kind is float:
        if not _FRACTION.match(cell) or cell == "-0.0":
            raise ValueError("is not a plain decimal number")
        return float(cell)
    return cell


def to_cell(value: Value) -> str:
    """The one spelling of ``value``; ``None`` is the empty cell."""
    if isinstance(value, float):
        digits = format(Decimal(str(value)), "f")  # never with an exponent
        return digits if "." in digits else f"{digits}.0"
    return "" if value is None else str(value)
