"""JSON read strictly and written one way."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import to_json

DEPTH_LIMIT = 100
"""Levels of nesting that a document may have."""
MARKS_LIMIT = 3_000_000
"""Commas and opening brackets that a document may have: each can make a value of a hundred bytes."""


class DuplicateKey(ValueError):
    """An object has a key twice."""


def parse(content: bytes) -> Any:
    """The value that ``content`` says, read as RFC 8259 and I-JSON (RFC 7493) ask.

    Raises ``ValueError`` that says where and why for what ``json.loads`` lets pass or dies of: a
    byte-order mark, duplicate keys (``DuplicateKey``), NaN and infinities, lone surrogates, numbers and
    nesting beyond the interpreter's bounds.
    """
    if sum(map(content.count, (b",", b"[", b"{"))) > MARKS_LIMIT:
        raise ValueError(f"holds more than {MARKS_LIMIT} values")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8: byte {error.start} can't be read") from error
    if text.startswith("\ufeff"):
        raise ValueError("starts with a byte-order mark")
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_finite, parse_float=_finite)
    except json.JSONDecodeError as error:
        message = f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise ValueError(message) from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if _depth(value) > DEPTH_LIMIT:
        raise ValueError("is nested too deeply")
    if "\\u" in text:  # only an escape can make a lone surrogate
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise ValueError("holds half of a surrogate pair") from error
    return value


def _depth(value: Any) -> int:
    """How deeply arrays and objects are nested, found without recursion."""
    depth, level = 0, [value]
    while level := [one for one in level if type(one) in (dict, list)]:
        depth += 1
        level = [inner for one in level for inner in (one.values() if type(one) is dict else one)]
    return depth


def render(value: Any) -> bytes:
    """``value`` as the bytes that ``build`` writes: UTF-8, two spaces of indent, final newline."""
    return to_json(value, indent=2) + b"\n"


def strings(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and text of every string in a document."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from strings(one, (*path, step))


def same(one: Any, other: Any) -> bool:
    """Equality as JSON text has it: 1, 1.0 and true differ; objects may have their keys in any order."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def first_difference(one: Any, other: Any, path: str = "") -> str | None:
    """Where two documents first differ, as keys and indexes joined by dots, or ``None``.

    >>> first_difference({"a": [1, 2]}, {"a": [1, 3]})
    'a.1'
    """
    if same(one, other):
        return None
    if isinstance(one, dict) and isinstance(other, dict):
        steps: Iterable[Any] = dict.fromkeys([*one, *other])
    elif isinstance(one, list) and isinstance(other, list):
        steps = range(max(len(one), len(other)))
    else:
        return path
    for step in steps:
        place = f"{path}.{step}" if path else str(step)
        try:
            pair = one[step], other[step]
        except (KeyError, IndexError):
            return place
        if (found := first_difference(*pair, place)) is not None:
            return found
    return None


def at(document: Any, steps: Iterable[str]) -> Any:
    """What stands at the keys in ``steps``, one below the other; ``None`` where there is nothing."""
    for step in steps:
        document = document.get(step) if isinstance(document, dict) else None
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DuplicateKey(f"has the key {twice!r} twice in one object")
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"holds {number[:20]}, which is no finite number")
    return value
