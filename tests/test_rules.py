"""Rules: each has a stable name, an engine, a level, what it asks and how to fix it."""

from __future__ import annotations

import re

import pytest

from jpkr_drills.rules import ENGINES, every_rule

RULES = every_rule()


def test_the_engines_are_those_of_the_contract() -> None:
    assert ENGINES == (
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


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_kebab_case_name_and_says_what_it_asks_and_how_to_fix_it(name: str) -> None:
    rule = RULES[name]
    assert rule.name == name
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)
    assert rule.engine in ENGINES
    assert rule.level in ("error", "advice")
    assert re.fullmatch(r"(?:[A-Z`]|frictionless).+[.]", rule.asks)
    assert rule.fix
    assert not rule.fix.endswith(".")
    assert not re.search(r"\bmend", f"{rule.asks} {rule.fix}")


def test_every_engine_owns_a_rule_and_they_stand_in_its_order() -> None:
    engines = [rule.engine for rule in RULES.values()]
    assert set(engines) == set(ENGINES)
    assert engines == sorted(engines, key=ENGINES.index)


def test_what_is_certain_whatever_the_article_is_an_error() -> None:
    errors = (
        "csv-bom enum pattern type duplicate-key foreign-key hash-mismatch schema-differs csv-json-value article-differs "
        "segment-hash claim-hash mention-surface segments-in-order segments-numbered claim-inside-segment party-supported "
        "place-supported event-supported attributed-has-speaker relay-has-speaker id-of-one-table relation-has-no-cycle "
        "symmetric-once parent-has-no-cycle proposition-names-itself proposition-comes-first proposition-same-polarity"
    )
    assert {RULES[name].level for name in errors.split()} == {"error"}


def test_what_reads_prose_or_compares_choices_is_advice() -> None:
    advice = (
        "statement-stands-alone polarity-fits-statement will-is-to-come missing-is-empty text-hidden-character text-formula "
        "file-undeclared names-told-apart mention-missing copied-words cameo-known cameo-fits-plover country-known "
        "status-fits-claims relation-fits-events title-of-person claims-present accepted-unused descriptor-other-property"
    )
    assert {RULES[name].level for name in advice.split()} == {"advice"}
