"""Cells: the text of a CSV cell to its typed value, and back, one spelling for each value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import get_args

from jpkr_drills.models import TABLES

Value = str | int | float | None

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,5})[.](?:0|[0-9]{0,8}[1-9])\Z")


@cache
def columns(table: str) -> Mapping[str, type[str] | type[int] | type[float]]:
    """Column name to the type of its values, in the column order of ``table``."""
    return {name: _kind(info.annotation) for name, info in TABLES[table].model_fields.items()}


def _kind(annotation: object) -> type[str] | type[int] | type[float]:
    """The type inside an annotation, be it nullable or ``Annotated``."""
    if annotation is int:
        return int
    if annotation is float:
        return float
    return next((kind for part in get_args(annotation) if (kind := _kind(part)) is not str), str)


def to_value(cell: str, kind: type[str] | type[int] | type[float]) -> Value:
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
        if not _NUMBER.match(cell) or cell == "-0.0":
            raise ValueError("is not a plain decimal number")
        return float(cell)
    return cell


def to_cell(value: Value) -> str:
    """The one spelling of ``value``; ``None`` is the empty cell."""
    if isinstance(value, float):
        digits = format(Decimal(str(value)), "f")  # never with an exponent
        return digits if "." in digits else f"{digits}.0"
    return "" if value is None else str(value)
