"""JSON Schema validation: findings name the place, and patterns mean what the standard means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jpkr_drills import frames
from jpkr_drills.jsonschemas import UNKNOWN_LIMIT, Finding, _validator_class, findings

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": "^(?:[a-z]+)$"},
        "size": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
    },
    "allOf": [{}, {"if": {"required": ["id"]}, "then": {"properties": {"id": {"pattern": "^(?!bad)"}}}}],
}


def one(document: object) -> Finding:
    (found,) = findings(SCHEMA, document)
    return found


def test_a_document_that_fits_has_no_findings() -> None:
    assert list(findings(SCHEMA, {"id": "abc", "size": None})) == []


def test_a_pattern_ends_where_the_text_ends() -> None:
    assert one({"id": "abc\n"}).keyword == "pattern"


def test_a_missing_property_is_named_in_the_path() -> None:
    assert (one({}).keyword, one({}).path) == ("required", ("id",))


def test_each_unknown_property_is_a_finding() -> None:
    found = list(findings(SCHEMA, {"id": "a", "x": 1, "y": 2}))
    assert [(one.keyword, one.path) for one in found] == [
        ("additionalProperties", ("x",)),
        ("additionalProperties", ("y",)),
    ]


def test_of_very_many_unknown_properties_some_are_listed() -> None:
    document = {"id": "a", **dict.fromkeys(map(str, range(10_000)))}
    assert len(list(findings(SCHEMA, document))) == UNKNOWN_LIMIT


def test_a_decimal_and_a_truth_value_are_no_integers() -> None:
    assert one({"id": "a", "size": 1.0}).keyword == "type"
    assert one({"id": "a", "size": True}).keyword == "type"


def test_of_a_nullable_value_the_branch_that_is_not_null_speaks() -> None:
    found = one({"id": "a", "size": 0})
    assert (found.keyword, found.path, found.value, found.said) == ("minimum", ("size",), 0, 1)
    assert one({"id": "a", "size": "x"}).keyword == "type"


def test_a_rule_across_cells_is_named_by_its_clause() -> None:
    assert one({"id": "bad"}).clause == 1
    assert one({"id": "A"}).clause is None


def test_booleans_are_no_numbers() -> None:
    assert one({"id": "a", "size": True}).keyword == "type"


def test_formats_are_checked() -> None:
    assert [found.keyword for found in findings({"format": "date"}, "2023-02-30")] == ["format"]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    _validator_class.cache_clear()
    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(frames.MissingExtra, match=r"jpkr-drills\[validate\]"):
        list(findings({}, {}))
