"""Rules: what ``validate`` can report. Each is defined once, in the module that applies it.

Rule names and levels are part of the interface: they change only with a line in the changelog.
"""

from __future__ import annotations

import importlib
from typing import NamedTuple

from jpkr_drills.issues import Issue, Level, printable

ENGINES = (
    "descriptor",
    "integrity",
    "frictionless",
    "pydantic",
    "jsonschema",
    "references",
    "meaning",
    "agreement",
    "article",
)
"""The engines, in the order of the report."""

BUILD = "run `jpkr-drills build` to write the generated files again"
FMT = "run `jpkr-drills fmt`"
"""What the hint of a defect of form starts with."""


class Rule(NamedTuple):
    """A rule: ``asks`` says what must hold, ``fix`` what to do where it doesn't."""

    name: str
    engine: str
    asks: str
    fix: str
    level: Level = "error"

    def issue(
        self,
        file: str,
        message: str | None = None,
        *,
        line: int | None = None,
        record: str | None = None,
        field: str | None = None,
        value: object = None,
        hint: str | None = None,
        engine: str | None = None,
    ) -> Issue:
        """An issue of this rule; without ``message`` it says what the rule asks."""
        asks = self.asks.rstrip(".")
        return Issue(
            file=printable(file, 300),
            line=line,
            record=None if record is None else printable(record, 200),
            field=None if field is None else printable(field),
            rule=self.name,
            level=self.level,
            message=printable(message or f"breaks the rule: {asks[0].lower()}{asks[1:]}", 500),
            value=None if value is None else printable(value),
            hint=printable(hint or self.fix, 500),
            found_by=(engine or self.engine,),
        )


RULES: dict[str, Rule] = {}
"""Rule name to rule, for every rule whose module is imported; ``every_rule`` imports all."""


def rule(engine: str, name: str, asks: str, fix: str, level: Level = "error") -> Rule:
    """Define a rule."""
    RULES[name] = Rule(name, engine, asks, fix, level)
    return RULES[name]


def define(engine: str, table: str, level: Level = "error") -> list[Rule]:
    """Define the rules of a table, a line each: ``name | what it asks | how to fix it``."""
    rows = (line.split(" | ") for line in table.strip().splitlines())
    return [rule(engine, name, asks, fix, level) for name, asks, fix in rows]


def every_rule() -> dict[str, Rule]:
    """Rule name to rule, in the order of the engines."""
    importlib.import_module("jpkr_drills.validator")  # its engines define them
    return dict(sorted(RULES.items(), key=lambda item: ENGINES.index(item[1].engine)))
