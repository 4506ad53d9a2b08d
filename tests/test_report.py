"""Reports: text for people, JSON for programs, commands for GitHub."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jpkr_drills.issues import Issue
from jpkr_drills.model.records import TABLES
from jpkr_drills.report import FORMATS, Report, as_github, as_json, as_text
from jpkr_drills.rules import ENGINES, every_rule

RULES = every_rule()
STATUS = RULES["enum"].issue(
    "data/events.csv", "is no code", hint="use y", line=4, record="e", field="status", value="x"
)
WHOLE = RULES["hash-mismatch"].issue("data/events.csv", "is another", hint="build")
ADVICE = RULES["claim-once"].issue("data/claims.csv", "is said twice", hint="remove one", line=2, record="c")


def made(*issues: Issue, package: str = "dir", not_run: str = "") -> Report:
    errors = [one for one in issues if one.level == "error"]
    reasons = {"article": "no article was given", **dict.fromkeys(not_run.split(), "not asked for")}
    advice = [one for one in issues if one.level == "advice"]
    return Report(package, errors, advice, dict.fromkeys(TABLES, 2), reasons, "A title")


def test_the_formats_have_those_of_the_contract() -> None:
    assert {"text", "json", "github"} <= set(FORMATS)


# --- text --------------------------------------------------------------------------------------------


def test_text_has_one_line_for_an_issue_and_one_for_how_to_fix_it() -> None:
    lines = as_text(made(STATUS, WHOLE, ADVICE)).splitlines()
    assert lines[:7] == [
        "data/events.csv:4: e: status: is no code [enum] (value: x)",
        "  fix: use y",
        "data/events.csv: is another [hash-mismatch]",
        "  fix: build",
        "advice: data/claims.csv:2: c: is said twice [claim-once]",
        "  fix: remove one",
        "invalid: 2 errors, 1 piece of advice: dir — A title",
    ]


def test_text_of_a_valid_package_says_so_and_names_every_engine_and_table() -> None:
    text = as_text(made())
    assert text.startswith("valid: dir — A title\n")
    assert "  14 tables, 28 rows\n" in text
    assert "  8 of 9 engines ran\n" in text
    assert "article      not run: no article was given\n" in text
    assert text.count(" ok\n") == 8
    assert all(f"{table} 2" in text for table in TABLES)
    assert as_text(replace(made(), title="")).startswith("valid: dir\n")


def test_advice_alone_is_valid() -> None:
    assert "\nvalid, 1 piece of advice: dir — A title\n" in as_text(made(ADVICE))


@pytest.mark.parametrize(("not_run", "said"), [("jsonschema", "no errors in 7 of 9 engines"), ("", "valid")])
@pytest.mark.parametrize("form", ["text", "github"])
def test_a_run_of_part_of_the_engines_is_never_just_valid(form: str, not_run: str, said: str) -> None:
    assert FORMATS[form](made(not_run=not_run)).startswith(f"{said}: dir")


# --- JSON --------------------------------------------------------------------------------------------


def test_json_has_the_properties_of_the_contract() -> None:
    said = json.loads(as_json(made(STATUS, WHOLE, ADVICE)))
    assert list(said) == ["valid", "package", "issues", "advice", "tables", "engines", "not_run"]
    assert (said["valid"], said["package"], said["not_run"]) == (False, "dir", {"article": "no article was given"})
    assert list(said["engines"]) == list(ENGINES)
    assert said["issues"][0] == {
        "file": "data/events.csv",
        "line": 4,
        "record": "e",
        "field": "status",
        "rule": "enum",
        "level": "error",
        "message": "is no code",
        "value": "x",
        "hint": "use y",
        "found_by": ["pydantic"],
    }
    assert said["issues"][1]["line"] is said["issues"][1]["field"] is None
    assert [one["level"] for one in said["advice"]] == ["advice"]


def test_json_of_a_valid_package_is_ascii_and_says_the_path_as_it_is() -> None:
    said = json.loads(as_json(made(ADVICE)))
    assert (said["valid"], said["issues"]) == (True, [])
    assert as_json(made(package="ü\udcff")).isascii()
    assert json.loads(as_json(made(package="a/##vso[x]##[y]")))["package"] == "a/##vso[x]##[y]"


# --- GitHub ------------------------------------------------------------------------------------------


def test_github_has_a_command_for_each_issue_and_a_closing_line() -> None:
    assert as_github(made(STATUS, WHOLE, ADVICE)).splitlines() == [
        "::error file=data/events.csv,line=4,title=enum::e: status: is no code. To fix: use y",
        "::error file=data/events.csv,title=hash-mismatch::is another. To fix: build",
        "::warning file=data/claims.csv,line=2,title=claim-once::c: is said twice. To fix: remove one",
        "invalid: 2 errors: dir",
    ]
    assert as_github(made()) == "valid: dir\n"


@pytest.mark.parametrize(
    ("package", "here", "top", "file"),
    [
        ("more/dir", ".", None, "more/dir/data/events.csv"),
        ("{root}/more/dir", "more", None, "dir/data/events.csv"),
        (".", "more/dir", None, "data/events.csv"),
        (".", "more/dir", ".", "more/dir/data/events.csv"),
        ("../more/dir", "other", ".", "more/dir/data/events.csv"),
        ("../more/dir", "other", "more", "dir/data/events.csv"),
        ("{root}", "more", None, "data/events.csv"),
        ("{root}/a.zip", ".", None, "data/events.csv"),
        ("the bundled package", ".", None, "data/events.csv"),
    ],
)
def test_github_names_files_from_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, here: str, top: str | None, file: str
) -> None:
    for folder in ("more/dir", "other"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "a.zip").touch()
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    if top is not None:
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / top))
    monkeypatch.chdir(tmp_path / here)
    said = as_github(made(STATUS, package=package.format(root=tmp_path)))
    assert said.startswith(f"::error file={file},line=4,")


def test_github_escapes_what_would_end_a_property_or_a_command() -> None:
    nasty = Issue("a,b:c%\n.csv", 1, None, None, "enum", "error", "100%,\r\na: b", None, "x\ny", ("pydantic",))
    first, _ = as_github(made(nasty)).splitlines()
    assert first == "::error file=a%2Cb%3Ac%25%0A.csv,line=1,title=enum::100%25,%0D%0Aa: b. To fix: x%0Ay"


@pytest.mark.parametrize("package", ["a\n::error::x", "a\r::stop-commands::x", "::error::x", "a ##[error]x"])
def test_github_cannot_be_given_a_command_by_the_path(package: str) -> None:
    (line,) = as_github(made(package=package)).split("\n")[:-1]
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "\r" not in line


@pytest.mark.parametrize("order", ["##vso[task.complete]x", "##[add-mask]e", "a/###vso[x]"])
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_can_be_given_an_order_to_a_runner(name: str, order: str) -> None:
    odd = RULES["enum"].issue(order, order, record=order, field=order, value=order, hint=order)
    text = FORMATS[name](replace(made(odd, package=order), title=order))
    assert "##vso[" not in text
    assert "##[" not in text
