"""Issue: joined across engines, sorted by place, and safe to print."""

from __future__ import annotations

import pickle
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills import issues as module
from jpkr_drills.issues import Issue, issue, limited, merge, printable
from jpkr_drills.rules import RULES

PATTERN = issue("pattern", "data/a.csv", "is wrong", line=2, record="r", field="f", engine="pydantic")


def seen_by(
    engine: str, *, field: str | None = "f", line: int | None = 2, rule: str = "pattern"
) -> Issue:
    return replace(
        PATTERN, found_by=(engine,), field=field, line=line, rule=rule, message=f"by {engine}"
    )


def test_an_issue_has_the_engine_and_the_hint_of_its_rule() -> None:
    found = issue("enum", "data/a.csv", "is wrong")
    assert found.found_by == ("pydantic",)
    assert found.hint == RULES["enum"].mend
    assert (found.line, found.record, found.field, found.value) == (None, None, None, None)


def test_an_issue_of_an_unknown_rule_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        issue("no-such-rule", "data/a.csv", "is wrong")


def test_text_names_place_record_field_message_and_rule() -> None:
    assert str(PATTERN) == "data/a.csv:2: r: f: is wrong [pattern]"
    assert str(replace(PATTERN, line=None, record=None, field=None)) == "data/a.csv: is wrong [pattern]"


def test_an_issue_pickles() -> None:
    assert pickle.loads(pickle.dumps(PATTERN)) == PATTERN  # noqa: S301


def test_an_issue_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PATTERN.line = 3  # type: ignore[misc]


# --- merge -----------------------------------------------------------------------------------


@pytest.mark.parametrize("witness", ["frictionless", "jsonschema", "agreement"])
def test_a_witness_of_a_known_defect_only_adds_its_name(witness: str) -> None:
    (merged,) = merge([PATTERN, seen_by(witness)])
    assert merged.message == PATTERN.message
    assert set(merged.found_by) == {"pydantic", witness}


def test_a_witness_that_names_no_field_saw_the_same_defect() -> None:
    (merged,) = merge([PATTERN, seen_by("frictionless", field=None)])
    assert merged.field == "f"
    assert merged.found_by == ("frictionless", "pydantic")


def test_what_only_a_witness_sees_stands_on_its_own() -> None:
    assert len(merge([PATTERN, seen_by("jsonschema", field="other")])) == 2
    assert len(merge([PATTERN, seen_by("jsonschema", line=3)])) == 2


@pytest.mark.parametrize("field", [None, "f"])
def test_a_witness_of_a_whole_file_is_not_told_by_its_hash(field: str | None) -> None:
    whole = replace(PATTERN, line=None, record=None)
    hashed = replace(whole, field=None, rule="hash-mismatch", found_by=("integrity",))
    seen = replace(whole, field=field, rule="csv-json-table", found_by=("jsonschema",))
    again = replace(seen, found_by=("agreement",))
    assert {one.rule: one.found_by for one in merge([hashed, seen, again])} == {
        "hash-mismatch": ("integrity",),
        "csv-json-table": ("jsonschema", "agreement"),
    }


def test_a_witness_of_a_whole_file_saw_what_is_told_of_the_same_field() -> None:
    told = replace(PATTERN, line=None, record=None)
    (merged,) = merge([told, replace(told, found_by=("jsonschema",), rule="csv-json-table")])
    assert merged.found_by == ("pydantic", "jsonschema")
    other = replace(told, field="g", found_by=("jsonschema",), rule="csv-json-table")
    assert len(merge([told, other])) == 2


def test_two_rules_of_judging_engines_at_one_place_are_two_defects() -> None:
    assert len(merge([PATTERN, seen_by("meaning", rule="code-known")])) == 2


@pytest.mark.parametrize("rule", ["code-known", "pattern-known"])
def test_rules_that_differ_are_two_defects_in_any_order(rule: str) -> None:
    assert len(merge([PATTERN, seen_by("meaning", rule=rule)])) == 2


def test_what_the_bytes_show_is_not_told_again_by_the_model() -> None:
    hidden = seen_by("integrity", rule="text-hidden-character")
    (merged,) = merge([hidden, PATTERN])
    assert merged.rule == "text-hidden-character"
    assert merged.found_by == ("integrity", "pydantic")


def test_the_model_on_another_field_is_another_defect() -> None:
    assert len(merge([seen_by("integrity", field="g"), PATTERN])) == 2


def test_an_engine_that_sees_a_defect_twice_is_named_once() -> None:
    (merged,) = merge([PATTERN, seen_by("jsonschema"), seen_by("jsonschema")])
    assert merged.found_by == ("pydantic", "jsonschema")


def test_without_lines_the_record_is_the_place() -> None:
    one = replace(PATTERN, line=None, record="one")
    assert len(merge([one, replace(one, record="two", found_by=("jsonschema",))])) == 2
    assert len(merge([one, replace(one, found_by=("jsonschema",))])) == 1


def test_engines_are_named_in_the_order_of_the_report() -> None:
    (merged,) = merge([PATTERN, seen_by("agreement"), seen_by("jsonschema"), seen_by("frictionless")])
    assert merged.found_by == ("frictionless", "pydantic", "jsonschema", "agreement")


def test_issues_are_sorted_by_place_and_those_of_a_whole_file_come_last() -> None:
    lines = [replace(PATTERN, line=line) for line in (10, None, 9)]
    other = replace(PATTERN, file="data/0.csv", line=99)
    assert [one.line for one in merge([*lines, other])] == [99, 9, 10, None]


def test_what_has_no_record_or_field_comes_first_on_its_line() -> None:
    fields = [replace(PATTERN, field=field) for field in ("A", None)]
    records = [replace(PATTERN, line=None, record=record) for record in ("A", None)]
    assert [one.field for one in merge(fields)] == [None, "A"]
    assert [one.record for one in merge(records)] == [None, "A"]


_ISSUE = st.builds(
    replace,
    st.just(PATTERN),
    line=st.sampled_from([None, 1, 2]),
    field=st.sampled_from([None, "f", "g"]),
    record=st.sampled_from([None, "r"]),
    found_by=st.sampled_from([("integrity",), ("pydantic",), ("jsonschema",), ("frictionless",)]),
)


@given(st.lists(_ISSUE, max_size=8))
def test_no_place_and_no_engine_is_lost(found: list[Issue]) -> None:
    merged = merge(found)
    assert {one.line for one in merged} == {one.line for one in found}
    assert {name for one in merged for name in one.found_by} == {one.found_by[0] for one in found}
    assert len(merged) <= len(found)


# --- printable -------------------------------------------------------------------------------


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
        (None, "None"),
    ],
)
def test_what_cannot_be_printed_becomes_an_escape(text: object, shown: str) -> None:
    assert printable(text) == shown


def test_a_long_value_is_shortened() -> None:
    assert printable("x" * 80) == "x" * 80
    assert printable("x" * 81) == "x" * 80 + "…"
    assert printable("abc", longest=2) == "ab…"


@given(st.text(st.characters(), max_size=100))
def test_what_is_shown_is_one_line_that_any_terminal_takes(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    shown.encode("utf-8")
    assert not any(unicodedata.category(c)[0] == "C" for c in shown)


def test_every_text_of_an_issue_is_made_printable() -> None:
    nasty = "\x1b[2J\n"
    found = issue("enum", nasty, nasty, record=nasty, field=nasty, value=nasty, hint=nasty)
    assert str(found).isprintable()
    assert found.hint.isprintable()
    assert str(found.value).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "##vso[task.setvariable variable=PATH]/evil",
        "a ##[add-mask]e",
        "###[error]x",
        "##VSO[task.complete]",
        "####vso[x]",
    ],
)
def test_no_text_is_an_order_to_a_runner(text: str) -> None:
    found = issue("enum", text, text, record=text, field=text, value=text, hint=text)
    for said in (printable(text), str(found), found.hint, found.value or ""):
        assert "##[" not in said
        assert "##vso[" not in said.casefold()


def test_what_is_no_order_is_shown_as_it_is() -> None:
    assert printable("## A heading [1] # [2] #[3]") == "## A heading [1] # [2] #[3]"


# --- limited ---------------------------------------------------------------------------------


def test_of_very_many_issues_only_the_first_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ISSUES_LIMIT", 2)
    found = list(limited(issue("enum", "data/a.csv", str(i)) for i in range(9)))
    assert [one.message for one in found] == ["0", "1", "the same in 7 more places"]
    assert found[-1].file == "data/a.csv"
    found = list(limited(issue("enum", "data/a.csv", str(i)) for i in range(3)))
    assert found[-1].message == "the same in 1 more place"


def test_of_very_many_files_only_the_first_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RULE_LIMIT", 3)
    found = list(limited(issue("file-missing", f"data/{i}", "is missing") for i in range(9)))
    assert [one.file for one in found] == ["data/0", "data/1", "data/2", "data/3"]
    assert found[-1].message == "the same in 6 more places"


def test_what_is_within_the_limits_is_told_as_it_is() -> None:
    given_ = [PATTERN, seen_by("jsonschema"), issue("enum", "data/a.csv", "x")]
    assert list(limited(given_)) == given_


def test_every_text_of_an_issue_is_cut() -> None:
    long = "x" * 600
    made = issue("enum", long, long, record=long, field=long, value=long, hint=long)
    texts = (made.file, made.record, made.field, made.message, made.value, made.hint)
    assert [text for text in texts if not str(text).endswith("x…")] == []
