"""Issue: joined across engines, sorted by place, and safe to print."""

from __future__ import annotations

import pickle
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills.issues import Issue, Place, lines, merge, printable
from jpkr_drills.rules import ENGINES, every_rule

RULES = every_rule()
PATTERN = RULES["pattern"].issue("data/a.csv", "is wrong", line=2, record="r", field="f")
ADVICE = RULES["claim-once"].issue("data/a.csv", "is said twice", line=2, record="r", field="f")


def merged(*issues: Issue, **witnesses: list[Place]) -> list[Issue]:
    return merge(issues, witnesses, ENGINES)


def test_an_issue_has_the_engine_the_level_and_the_hint_of_its_rule() -> None:
    found = RULES["enum"].issue("data/a.csv", "is wrong")
    assert (found.found_by, found.level, found.hint) == (("pydantic",), "error", RULES["enum"].fix)
    assert (found.line, found.record, found.field, found.value) == (None, None, None, None)
    assert ADVICE.level == "advice"
    assert RULES["claim-once"].issue("a").message.startswith("breaks the rule: no two claims of a sentence")


def test_text_names_place_record_field_message_and_rule() -> None:
    assert str(PATTERN) == "data/a.csv:2: r: f: is wrong [pattern]"
    assert str(ADVICE) == "advice: data/a.csv:2: r: f: is said twice [claim-once]"
    assert str(replace(PATTERN, line=None, record=None, field=None)) == "data/a.csv: is wrong [pattern]"
    assert lines([replace(PATTERN, value="x")]) == [f"{PATTERN} (value: x)", f"  fix: {PATTERN.hint}"]


def test_an_issue_pickles_and_cannot_be_changed() -> None:
    assert pickle.loads(pickle.dumps(PATTERN)) == PATTERN  # noqa: S301
    with pytest.raises(AttributeError):
        PATTERN.line = 3  # type: ignore[misc]


# --- merge -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "confirms"),
    [
        (("data/a.csv", 2, "r", "f"), True),
        (("data/a.csv", 2, None, None), True),  # a witness that names no field
        (("data/a.csv", 2, "r", "g"), False),
        (("data/a.csv", 3, "r", "f"), False),
        (("data/b.csv", 2, "r", "f"), False),
        (("data/a.csv", None, "r", "f"), False),
    ],
)
def test_a_witness_adds_its_name_to_errors_of_the_same_row(place: Place, confirms: bool) -> None:
    (found,) = merged(PATTERN, jsonschema=[place])
    assert found.found_by == (("pydantic", "jsonschema") if confirms else ("pydantic",))
    assert replace(found, found_by=("pydantic",)) == PATTERN


def test_a_witness_confirms_an_error_that_names_no_field() -> None:
    whole = replace(PATTERN, field=None)
    assert merged(whole, frictionless=[("data/a.csv", 2, "r", "g")])[0].found_by == ("frictionless", "pydantic")


def test_a_witness_says_nothing_of_advice() -> None:
    assert merged(ADVICE, jsonschema=[("data/a.csv", 2, "r", "f")]) == [ADVICE]


def test_without_lines_the_record_is_the_place() -> None:
    one = replace(PATTERN, line=None)
    assert merged(one, jsonschema=[("data/a.csv", None, "r", "f")])[0].found_by == ("pydantic", "jsonschema")
    assert merged(one, jsonschema=[("data/a.csv", None, "other", "f")])[0].found_by == ("pydantic",)


def test_what_two_engines_say_alike_is_one_issue() -> None:
    again = replace(PATTERN, found_by=("agreement",))
    assert [one.found_by for one in merged(PATTERN, again, PATTERN)] == [("pydantic", "agreement")]
    assert len(merged(PATTERN, replace(PATTERN, rule="enum"))) == 2
    assert len(merged(PATTERN, replace(PATTERN, message="is otherwise wrong"))) == 2


def test_issues_are_sorted_by_place_and_those_of_a_whole_file_come_last() -> None:
    issues = [replace(PATTERN, line=line) for line in (10, None, 9)]
    other = replace(PATTERN, file="data/0.csv", line=99)
    assert [one.line for one in merged(*issues, other)] == [99, 9, 10, None]
    assert [one.field for one in merged(PATTERN, replace(PATTERN, field=None))] == [None, "f"]


_ISSUE = st.builds(
    replace,
    st.just(PATTERN),
    line=st.sampled_from([None, 1, 2]),
    field=st.sampled_from([None, "f", "g"]),
    record=st.sampled_from([None, "r"]),
    found_by=st.sampled_from([("integrity",), ("pydantic",), ("agreement",)]),
)


# --- printable -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – é", "plain – é"),
        ("a\nb", r"a\nb"),
        ("a\rb", r"a\rb"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202eevil", r"\u202eevil"),
        ("\u2028", r"\u2028"),
        ("\ud800", r"\ud800"),
        ("\xa0", r"\xa0"),
        ("\U000e0001", r"\U000e0001"),
        (42, "42"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 80 + "…"),
        ("## A heading [1] # [2] #[3]", "## A heading [1] # [2] #[3]"),
    ],
)
def test_what_cannot_be_printed_becomes_an_escape(text: object, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(), max_size=100))
def test_what_is_shown_is_one_line_that_any_terminal_takes(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    shown.encode("utf-8")
    assert not any(unicodedata.category(c)[0] == "C" for c in shown)


@pytest.mark.parametrize(
    "text", ["\x1b[2J\n", "##vso[task.setvariable]", "a ##[add-mask]e", "###[error]x", "##VSO[x]", "####vso[x]"]
)
def test_no_text_of_an_issue_steers_a_terminal_or_a_runner(text: str) -> None:
    found = RULES["enum"].issue(text, text, record=text, field=text, value=text, hint=text)
    for said in (str(found), found.hint, found.value or "", printable(text)):
        assert said.isprintable()
        assert "##[" not in said
        assert "##vso[" not in said.casefold()
