"""Records from rows: typed, checked against their model, with every fault named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from jpkr_drills.cells import Value, columns, to_value
from jpkr_drills.models import TABLES, Record, RowRule
from jpkr_drills.rules import RULES
from jpkr_drills.standards import CAMEO

SHORT = 100
"""Characters up to which a text is compared with codes or names, to find the one meant: for longer ones
it takes long, and nobody misspells a code by that much."""
_RULE_OF_ERROR = {
    "string_pattern_mismatch": "pattern",
    "string_too_long": "max-length",
    "literal_error": "enum",
    "greater_than_equal": "minimum",
    "less_than_equal": "maximum",
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
}


@dataclass(frozen=True, slots=True)
class RecordFault:
    """A rule of the model that a record breaks."""

    rule: str
    field: str
    message: str
    value: object
    hint: str | None = None


def typed(table: str, cells: tuple[str, ...]) -> dict[str, Value]:
    """Column name to value; a number that can't be read stays text, for the model to refuse."""
    row: dict[str, Value] = {}
    for (name, kind), cell in zip(columns(table).items(), cells, strict=True):
        try:
            row[name] = to_value(cell, kind)
        except ValueError:
            row[name] = cell
    return row


def key_of(table: str, row: Mapping[str, Any]) -> str:
    """Primary key of a row that may lack parts of it, its parts joined by ``/``."""
    return "/".join(str(row.get(name)) for name in TABLES[table].TABLE.key)


def record_of(table: str, row: Mapping[str, Any]) -> Record | list[RecordFault]:
    """The record of ``row``, or every fault that keeps it from being one."""
    try:
        return TABLES[table].model_validate(row)
    except ValidationError as error:
        return list(_faults(TABLES[table], error, row))


def _faults(
    record: type[Record], error: ValidationError, row: Mapping[str, Any]
) -> Iterator[RecordFault]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "row_rules":
            broken = detail.get("ctx", {})["rules"].split(", ")
            yield from (row_fault(rule, row) for rule in record.TABLE.rules if rule.name in broken)
            continue
        field, value = str(detail["loc"][0]), detail["input"]
        yield cell_fault(_rule(detail["type"], value), field, value, detail.get("ctx", {}))


def _rule(error_type: str, value: object) -> str:
    if value is None:
        return "required"
    return _RULE_OF_ERROR.get(error_type, "type")


def row_fault(rule: RowRule, row: Mapping[str, Any]) -> RecordFault:
    """The fault of a row that breaks a rule across its cells."""
    return RecordFault(rule.name, rule.field, _asks(rule.name), row[rule.field])


def cell_fault(rule: str, field: str, value: object, said: Mapping[str, Any]) -> RecordFault:
    """The fault of a value that breaks a rule of its column; ``said`` is what the rule's message
    quotes: the codes expected, the bound, the pattern."""
    if rule == "required":
        return RecordFault(rule, field, "must not be empty", value)
    if rule == "enum":
        return _enum_fault(field, value, str(said["expected"]))
    if rule == "pattern" and field == "cameo" and f"0{value}" in CAMEO:
        hint = f"did you mean 0{value}? A spreadsheet drops leading zeros: give it the column as text"
        return RecordFault(rule, field, "has lost its leading zero", value, hint)
    if rule == "type" and re.fullmatch(r"-?[0-9]+,[0-9]+", str(value)[:SHORT]):
        hint = "write a decimal point, not a comma, and no separator of thousands, such as 39.648"
        return RecordFault(rule, field, _asks(rule), value, hint)
    if rule == "pattern":
        return RecordFault(
            rule,
            field,
            "doesn't have the form that the column asks for",
            value,
            f"write a value that matches {said['pattern']}"
            if len(said["pattern"]) < 100
            else "write one line of visible text: no space at the ends, no leading "
            "= + - @, a full stop at the end of a sentence",
        )
    if rule == "minimum":
        return RecordFault(rule, field, f"is below {said['ge']}", value)
    if rule == "maximum":
        return RecordFault(rule, field, f"is above {said['le']}", value)
    if rule == "max-length":
        return RecordFault(rule, field, f"is longer than {said['max_length']} characters", value)
    return RecordFault(rule, field, _asks(rule), value)


def _enum_fault(field: str, value: object, expected: str) -> RecordFault:
    codes = expected.replace(" or ", ", ").replace("'", "").split(", ")
    close = difflib.get_close_matches(str(value), codes, n=1) if len(str(value)) <= SHORT else []
    hint = f"did you mean {close[0]}? " if close else ""
    return RecordFault(
        "enum", field, "is not one of the column's codes", value, f"{hint}use one of: {', '.join(codes)}"
    )


def _asks(rule: str) -> str:
    asks = RULES[rule].asks.rstrip(".")
    return f"breaks the rule: {asks[0].lower()}{asks[1:]}"
