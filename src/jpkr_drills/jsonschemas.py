"""JSON Schema validation, as the standard means it: formats checked, ``$`` only at the end.

Stricter in one thing: 1.0 is no integer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from jpkr_drills.frames import need

UNKNOWN_LIMIT = 100
"""Unknown properties of one object that are listed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A keyword of a schema that a value fails: where in the document, and why."""

    keyword: str
    path: tuple[str | int, ...]
    message: str
    value: object
    said: object
    """The keyword's value in the schema."""
    clause: int | None = None
    """Which clause of the record's ``allOf`` failed; ``None`` outside of it."""


@cache
def _validator_class() -> Any:
    jsonschema = need("jsonschema", "validate")

    def pattern(validator: Any, regex: str, instance: object, schema: object) -> Iterator[Any]:
        # Python's ``$`` also matches before a final newline; ECMA-262's, which JSON Schema names,
        # doesn't. The schemas' patterns are anchored, so a full match is the same thing.
        if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", regex), instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {regex!r}")

    # The standard takes 1.0 for an integer; here a number is written one way (see ``jsonfile``).
    standard = jsonschema.Draft202012Validator
    integer = standard.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    return jsonschema.validators.extend(standard, {"pattern": pattern}, type_checker=integer)


def findings(schema: Mapping[str, Any], document: object) -> Iterator[Finding]:
    """Where ``document`` fails ``schema``.

    Raises ``MissingExtra`` without the library jsonschema.
    """
    cls = _validator_class()
    validator = cls(schema, format_checker=cls.FORMAT_CHECKER)
    for error in validator.iter_errors(document):
        yield from _leaves(error)


def _leaves(error: Any) -> Iterator[Finding]:
    path = tuple(error.absolute_path)
    where = list(error.absolute_schema_path)
    if "allOf" in where:
        clause = where[where.index("allOf") + 1]
        yield Finding("allOf", path, str(error.message), error.instance, None, clause)
    elif error.validator == "anyOf" and any(e.validator == "type" for e in error.context):
        # A nullable value: what the branch that isn't null says is what was meant.
        for inner in error.context:
            if inner.validator_value != "null":
                yield from _leaves(inner)
    elif error.validator == "required":
        missing = next(n for n in error.validator_value if error.message.startswith(repr(n)))
        yield Finding("required", (*path, missing), f"{missing} is missing", None, missing)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in islice((name for name in error.instance if name not in known), UNKNOWN_LIMIT):
            yield Finding("additionalProperties", (*path, name), f"{name} is not known here", name, None)
    else:
        message = str(error.message)
        yield Finding(str(error.validator), path, message, error.instance, error.validator_value)
