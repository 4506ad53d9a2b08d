"""JSON read strictly and written one way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills import jsonfile
from jpkr_drills.jsonfile import DEPTH_LIMIT, DuplicateKey, first_difference, parse, render, same, strings


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff", "not UTF-8"),
        (b"\xef\xbb\xbf{}", "byte-order mark"),
        (b"{", "line 1, column 2"),
        (b"", "line 1, column 1"),
        (b"{}\n{}", "line 2"),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e999]", "1e999, which is no finite number"),
        (b"[" + b"9" * 5000 + b"]", "digits"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (rb'["\ud800"]', "surrogate"),
        (rb'{"\udc00": 1}', "surrogate"),
        (b"{'a': 1}", "line 1"),
        (b"[1,]", "line 1"),
    ],
)
def test_what_is_not_json_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        parse(content)
    assert not isinstance(caught.value, DuplicateKey)


@pytest.mark.parametrize(
    "content", [b'{"b": 2, "a": 1, "a": 1}', b'[{"x": {"a": 1, "a": 2}}]', b'{"a": 1, "\\u0061": 1}']
)
def test_a_duplicate_key_is_refused_and_named(content: bytes) -> None:
    with pytest.raises(DuplicateKey, match="'a' twice"):
        parse(content)


def test_strings_are_found_with_their_places() -> None:
    said = {"a": ["x", 1, {"b": "y"}], "c": None, "d": "z"}
    assert list(strings(said)) == [(("a", 0), "x"), (("a", 2, "b"), "y"), (("d",), "z")]


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_a_document_may_be_nested_so_deeply_and_no_deeper(opened: str, closed: str) -> None:
    def document(depth: int) -> bytes:
        return (opened * depth + ("" if opened == "[" else "0") + closed * depth).encode()

    assert parse(document(DEPTH_LIMIT))
    with pytest.raises(ValueError, match="nested too deeply"):
        parse(document(DEPTH_LIMIT + 1))


def test_rendering_has_indent_final_newline_and_plain_unicode() -> None:
    assert render({"a": ["é", None, 1.5, True]}) == (
        '{\n  "a": [\n    "é",\n    null,\n    1.5,\n    true\n  ]\n}\n'.encode()
    )


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)  # fmt: skip


@given(_JSON)
def test_what_was_rendered_is_read_back(value: Any) -> None:
    assert parse(render(value)) == value
    assert same(parse(render(value)), value)


@given(st.binary(max_size=300) | st.text(alphabet='{}[]",:\\0e-u ', max_size=99).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        value = parse(content)
    except ValueError:
        return
    assert parse(render(value)) == value


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (0, False), (1, True), (1, "1"), (None, ""), ([1, 2], [2, 1])])
def test_values_that_python_may_take_for_equal_are_not_the_same(one: object, other: object) -> None:
    assert not same(one, other)
    assert same({"a": one, "b": other}, {"b": other, "a": one})


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ({"a": 1}, {"a": 1}, None),
        ({"a": 1}, {"a": True}, "a"),
        ({"a": 1}, {"a": 1, "b": 2}, "b"),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, "a.1.b"),
        ([1, 2], [1], "1"),
        ({"a": {}}, {"a": []}, "a"),
    ],
)
def test_the_first_difference_is_found(one: object, other: object, place: str | None) -> None:
    assert first_difference(one, other) == place


def test_what_has_too_many_values_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfile, "MARKS_LIMIT", 5)
    assert parse(b"[[],{},0]") == [[], {}, 0]
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(ValueError, match="more than 5 values"):
        parse(b"[[],[],[]]")
