"""Rules: each has a stable name, an engine, what it asks and how to mend."""

from __future__ import annotations

import re

import pytest

from jpkr_drills.checks import meaning
from jpkr_drills.rules import ENGINES, RULES


def test_the_engines_are_those_of_the_contract() -> None:
    assert ENGINES == (
        "descriptor", "integrity", "frictionless", "pydantic", "jsonschema", "references", "meaning",
        "agreement", "article",
    )  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_kebab_case_name_and_says_what_it_asks_and_how_to_mend(name: str) -> None:
    rule = RULES[name]
    assert rule.name == name
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)
    assert rule.engine in ENGINES
    assert re.fullmatch(r"(?:[A-Z`]|frictionless).+[.]", rule.asks)
    assert rule.mend
    assert not rule.mend.endswith(".")


def test_every_engine_owns_a_rule_but_the_one_that_uses_the_models_rules() -> None:
    assert {rule.engine for rule in RULES.values()} == set(ENGINES) - {"jsonschema"}


def test_the_rules_of_meaning_are_exactly_those_with_a_check() -> None:
    assert set(meaning.names()) == {rule.name for rule in RULES.values() if rule.engine == "meaning"}
