"""Rows: from cells to records, each checked against its model, with every fault named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from jpkr_drills.model import columns as c
from jpkr_drills.model import edtf
from jpkr_drills.model.records import TABLES, Column, Record, TableSpec, columns
from jpkr_drills.package.csvfile import Log, Row
from jpkr_drills.rules import FMT, Rule, define, rule
from jpkr_drills.standards import CAMEO
from jpkr_drills.text import PLACEHOLDERS

SHORT = 100
"""Characters up to which a text is compared with codes or names, to find the one meant: nobody misspells
a code by more, and comparing takes long."""

REQUIRED, TYPE, ENUM, PATTERN, MINIMUM, MAXIMUM, MAX_LENGTH = define(
    "pydantic",
    """
required | A column that may not be empty has a value. | fill the cell
type | A number is written the one plain way: digits without leading zeros, signs or spaces. | write the number plainly, such as 42 or 30.0
enum | A coded column holds one of its codes. | use one of the codes named
pattern | A value has its column's form. | write the value in the form named
minimum | A number isn't below its column's bound. | use a number within the bounds
maximum | A number isn't above its column's bound. | use a number within the bounds
max-length | A text isn't longer than its column allows. | shorten the text
""",
)
NOT_NFC = rule(
    "integrity",
    "text-not-nfc",
    "Text of our own is in Unicode normalization form C; the article's own words stay as written.",
    f"{FMT}, which writes the text in its NFC form",
)


def typed(table: str, cells: tuple[str, ...]) -> dict[str, c.Value]:
    """Column name to value; a number that can't be read stays text, for the model to refuse."""
    names, numbers = _reading(table)
    row: dict[str, c.Value] = dict(zip(names, cells, strict=True))
    if "" in cells:
        row = {name: cell or None for name, cell in row.items()}
    for name, kind in numbers:
        try:
            row[name] = c.to_value(str(row[name] or ""), kind)
        except ValueError:
            continue
    return row


@cache
def _reading(table: str) -> tuple[tuple[str, ...], tuple[tuple[str, c.Kind], ...]]:
    """The names of a table's columns; name and kind of those that hold numbers."""
    known = columns(table)
    return tuple(known), tuple((name, column.kind) for name, column in known.items() if column.kind is not str)


def key_of(table: str, row: Mapping[str, Any]) -> str:
    """Primary key of a row that may lack parts of it, its parts joined by ``/``."""
    return "/".join(str(row.get(name) or "") for name in TABLES[table].TABLE.key)


def record_of(table: str, row: Row, log: Log) -> Record | None:
    """The record of ``row``; where it can't be one, ``log`` gets every fault, and the answer is ``None``."""
    record = TABLES[table]
    values = typed(table, row.cells)
    built: Record | None = None
    try:
        # What model_validate calls, without its options: once for every row.
        built = record.__pydantic_validator__.validate_python(values)
    except ValidationError as reason:
        _note(record.TABLE, reason, values, row.line, log)
    if not "".join(row.cells).isascii():
        for column, cell in zip(columns(table).values(), row.cells, strict=True):
            if not column.article_words and not unicodedata.is_normalized("NFC", cell):
                place: dict[str, Any] = {"line": row.line, "record": key_of(table, values), "field": column.name}
                log.add(NOT_NFC, "is not in Unicode normalization form C", value=cell, **place)
    return built


def _note(table: TableSpec, reason: ValidationError, values: Mapping[str, c.Value], line: int, log: Log) -> None:
    """Note the faults of a row that is no record, in the order of the columns."""
    at: dict[str, Any] = {"line": line, "record": key_of(table.name, values)}
    for detail in reason.errors(include_url=False):
        if detail["type"] == "row_rules":
            broken = detail.get("ctx", {}).get("rules", "").split(", ")
            for across in table.rules:
                if across.rule.name in broken:
                    log.add(across.rule, field=across.field, value=values[across.field], **at)
            continue
        field = str(detail["loc"][0])
        value = values[field]
        rule, message, hint = _judged(columns(table.name)[field], detail, value)
        cause = value if rule is ENUM else None
        log.add(rule, message, cause=cause, field=field, value=value, hint=hint, **at)


def _judged(column: Column, detail: Any, value: c.Value) -> tuple[Rule, str, str | None]:
    """Rule, message and hint of a value that its column refuses."""
    said = detail.get("ctx", {})
    if value is None:
        return REQUIRED, "must not be empty", None
    if column.nullable and str(value).casefold() in PLACEHOLDERS:
        rule = ENUM if column.codelist else PATTERN if column.kind is str else TYPE
        return rule, "stands in for a missing value", "leave the cell empty"
    if lost := _lost_zero(column, str(value)):
        return (PATTERN, *lost)
    match detail["type"]:
        case "string_too_long":
            return MAX_LENGTH, f"is longer than {said['max_length']} characters", None
        case "literal_error":
            return ENUM, "is not one of the column's codes", _closest(column, str(value))
        case "greater_than_equal":
            return MINIMUM, f"is below {said['ge']}", None
        case "less_than_equal":
            return MAXIMUM, f"is above {said['le']}", None
        case "string_pattern_mismatch":
            return (PATTERN, *_form(column, said["pattern"], str(value)))
        case _:
            return (TYPE, *_number(column, str(value)))


def _closest(column: Column, value: str) -> str:
    import difflib

    codes = list(column.codelist.codes) if column.codelist else []
    close = difflib.get_close_matches(value.casefold(), codes, n=1) if len(value) <= SHORT else []
    meant = f"did you mean {close[0]}? " if close else ""
    return f"{meant}use one of: {', '.join(codes)}"


# Patterns of what is rarely looked at stay text: compiling them at import takes as long as a table.
_READ_AS_NUMBER = r"([0-9]{1,4})(?:[.]0+)?"
_PLAIN = r"-?[0-9]{1,15}(?:[.][0-9]{1,15})?"
_NUMBER_LIKE: Mapping[str, Callable[[str], object]] = {
    "cameo": CAMEO.__contains__,
    "date": edtf.is_valid,
}
"""Columns of text that looks like numbers, and what tells their values."""


def meant(column: Column, cell: str) -> str | None:
    """What a cell was before a program read its column as numbers, or ``None``: where it is well, or where
    not exactly one value fits.

    >>> from jpkr_drills.model.records import columns
    >>> meant(columns("events")["cameo"], "42.0"), meant(columns("claims")["start"], "706.0")
    ('042', '706')
    """
    if column.kind is not str:
        # The value may not change: 30 is 30.0, and 706.0 is 706.
        fits = re.fullmatch(_PLAIN, cell) and (column.kind is float or not float(cell) % 1)
        plain = c.to_cell(column.kind(float(cell))) if fits else cell
        return plain if plain != cell else None
    accepts, found = _NUMBER_LIKE.get(column.name), re.fullmatch(_READ_AS_NUMBER, cell)
    if accepts is None or found is None or accepts(cell):
        return None
    values = {value for value in (found[1], f"0{found[1]}") if accepts(value)}
    return values.pop() if len(values) == 1 else None


def _lost_zero(column: Column, cell: str) -> tuple[str, str] | None:
    """Message and hint for a text that a program read as a number."""
    value = meant(column, cell)
    if column.name not in _NUMBER_LIKE or not (value or re.fullmatch("[0-9]{1,4}[.]0+", cell)):
        return None
    advice = "the column is text: format it as text before saving, or read it with dtype=str"
    return (
        "was read as a number: the column is text, and leading zeros are lost in it",
        f"did you mean {value}? {FMT}; {advice}" if value else advice,
    )


_SPREADSHEET_DATE = (
    r"[A-Za-z]{3,9}[-. ][0-9]{2,4}|[0-9]{1,2}[-. ][A-Za-z]{3,9}(?:[-. ][0-9]{2,4})?"
    r"|[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{1,4}|[0-9]{5}(?:[.]0)?|[0-9-]{10} 00:00:00"
)
_FORMS = {
    c.SLUG: "lower-case letters and digits, words joined by single hyphens",
    c.SHA256: "64 hexadecimal digits in lower case",
    c.CAMEO: "three or four digits that start with a root from 01 to 20, such as 042",
    edtf.PATTERN: "an EDTF date such as 2023, 2023-05, 2023-05-14, 2022/.. or 199X",
}


def _form(column: Column, pattern: str, value: str) -> tuple[str, str]:
    """Message and hint for a text that doesn't have its column's form."""
    if pattern == edtf.PATTERN and re.fullmatch(_SPREADSHEET_DATE, value):
        return (
            "looks like a date that a spreadsheet wrote",
            "write the date as the article gives it, in EDTF, such as 2016, 2016-03 or 2016-03-05, "
            "and format the column as text",
        )
    if pattern == c.TEXT:
        hidden = next((char for char in value if not re.match(c.TEXT, char) and char != " "), None)
        if hidden is None:
            return "starts or ends with a space", "remove the space"
        return f"holds U+{ord(hidden):04X}, a line break or control character", "remove the character"
    form = _FORMS.get(pattern, f"a value such as {column.example}")
    return "doesn't have the form of its column", f"write {form}"


def _number(column: Column, value: str) -> tuple[str, str | None]:
    """Message and hint for a text where a number is wanted."""
    if plain := meant(column, value):
        if column.kind is int:
            how = (
                "with a decimal point; the column holds whole numbers"
                if "." in value
                else "with needless zeros or signs"
            )
        else:
            how = "with more or fewer digits than needed" if "." in value else "without a decimal point"
        return f"is written {how}", f"{FMT}, or write {plain}"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", value[:SHORT]):
        return "has a decimal comma", "write a decimal point and no separator of thousands, as in 39.648"
    return f"is not {'a whole' if column.kind is int else 'a decimal'} number, written plainly", None
