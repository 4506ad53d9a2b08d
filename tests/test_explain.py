"""explain: every rule, table, column and code is explained from the models."""

from __future__ import annotations

import pytest

from jpkr_drills.cli import main
from jpkr_drills.explain import NotKnown, explain
from jpkr_drills.model.records import TABLES, codelists, columns
from jpkr_drills.rules import every_rule
from test_corpus import WITHOUT_FIXTURE


@pytest.mark.parametrize("name", every_rule())
def test_a_rule_has_what_it_asks_and_how_to_fix_it(name: str) -> None:
    rule = every_rule()[name]
    text = explain(name)
    assert text.startswith(f"{name} — a rule of the engine {rule.engine}")
    assert rule.asks in text
    assert f"fix: {rule.fix}" in text
    assert ("accept: " in text) is (rule.level == "advice")
    assert ("example: " in text) is (name not in WITHOUT_FIXTURE)


@pytest.mark.parametrize("table", TABLES)
def test_a_column_has_its_description_form_example_and_codes(table: str) -> None:
    for column in columns(table).values():
        text = explain(f"{table}.{column.name}")
        assert column.description in text
        assert f"example: {column.example}" in text
        assert "form: " in text
        assert all(f"    {code} " in text for code in (column.codelist.codes if column.codelist else ()))


@pytest.mark.parametrize("codelist", codelists())
def test_a_code_has_its_definition_an_example_and_its_neighbours(codelist: str) -> None:
    table, name = codelists()[codelist]
    known = columns(table)[name].codelist
    assert known is not None
    for code, (title, definition) in known.codes.items():
        text = explain(f"{codelist}:{code}")
        assert text.startswith(f"{codelist}:{code} — {title}\n  {definition}\n")
        assert "  example: " in text
        assert all(f"    {other} " in text for other in known.codes if other != code)


def test_a_name_alone_finds_all_that_have_it() -> None:
    assert {line.split(" — ")[0] for line in explain("other").splitlines() if " — " in line} >= {
        "party_type:other",
        "place_type:other",
        "event_type:other",
    }
    assert explain("voice") == explain("claims.voice")


def test_without_a_name_all_are_listed() -> None:
    assert all(f"  {name}" in explain() for name in every_rule())


def test_an_unknown_name_is_2_and_the_closest_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotKnown, match="did you mean voice"):
        explain("voise")
    assert main(["explain", "voice:unclr"]) == 2
    assert "voice:unclear" in capsys.readouterr().err
