"""JSON read strictly and written one way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

DEPTH_LIMIT = 100
"""Levels of nesting that a document may have."""
MARKS_LIMIT = 3_000_000
"""Commas and opening brackets that a document may have: each can make a value of a hundred bytes. The
records of 200,000 rows have 2.4 million at most, beside those in their texts."""


class JsonProblem(ValueError):
    """Text that isn't the JSON this package accepts; ``duplicate``: it has a key twice in one object."""

    def __init__(self, message: str, *, duplicate: bool = False) -> None:
        super().__init__(message)
        self.duplicate = duplicate


def parse(content: bytes) -> Any:
    """The value that ``content`` says, read as RFC 8259 and I-JSON (RFC 7493) ask.

    Raises ``JsonProblem`` for what ``json.loads`` lets pass or dies of: a byte-order mark, duplicate
    keys, NaN and infinities, lone surrogates, numbers and nesting beyond the interpreter's bounds.
    """
    if sum(map(content.count, (b",", b"[", b"{"))) > MARKS_LIMIT:
        raise JsonProblem(f"holds more than {MARKS_LIMIT} values")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonProblem(f"is not UTF-8: byte {error.start} can't be read") from error
    if text.startswith("\ufeff"):
        raise JsonProblem("starts with a byte-order mark")
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_constant, parse_float=_finite
        )
    except JsonProblem:
        raise
    except json.JSONDecodeError as error:
        raise JsonProblem(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise JsonProblem("is nested too deeply") from error
    except ValueError as error:
        raise JsonProblem(f"holds a number that is too long: {error}") from error
    if _depth(value) > DEPTH_LIMIT:
        raise JsonProblem("is nested too deeply")
    if "\\u" in text:  # only an escape can make a lone surrogate
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError as error:
            raise JsonProblem("holds half of a surrogate pair") from error
    return value


def _depth(value: Any) -> int:
    """How deeply arrays and objects are nested, found without recursion."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return depth


def render(value: Any) -> bytes:
    """``value`` as the bytes that ``build`` writes: UTF-8, two spaces of indent, final newline."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


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


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise JsonProblem(f"has the key {twice!r} twice in one object", duplicate=True)
    return found


def _constant(name: str) -> NoReturn:
    raise JsonProblem(f"holds {name}, which is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise JsonProblem(f"holds a number that is too large: {digits[:20]}")
    return number
