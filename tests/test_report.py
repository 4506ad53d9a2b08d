"""Reports: text for people, JSON for programs, commands for GitHub."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import TABLES
from jpkr_drills.report import FORMATS, as_github, as_json, as_text
from jpkr_drills.rules import ENGINES
from jpkr_drills.validation import Report


def made(*issues: Issue, package: str = "dir") -> Report:
    counts = {engine: sum(engine in one.found_by for one in issues) for engine in ENGINES}
    reasons = {"article": "no article was given"}
    return Report(package, list(issues), dict.fromkeys(TABLES, 2), counts, reasons, "A title")


STATUS = issue(
    "enum", "data/events.csv", "is no code", line=4, record="e", field="status", value="x", hint="use y"
)
WHOLE = issue("hash-mismatch", "data/events.csv", "is another", hint="build")


def test_the_formats_are_those_of_the_contract() -> None:
    assert list(FORMATS) == ["text", "json", "github"]


# --- text ------------------------------------------------------------------------------------


def test_text_has_one_line_for_an_issue_and_one_for_how_to_mend_it() -> None:
    lines = as_text(made(STATUS, WHOLE)).splitlines()
    assert lines[:4] == [
        "data/events.csv:4: e: status: is no code [enum] (value: x)",
        "  mend: use y",
        "data/events.csv: is another [hash-mismatch]",
        "  mend: build",
    ]
    assert lines[4] == "invalid: dir — A title: 2 issues"


def test_text_of_a_valid_package_says_so_and_names_every_engine_and_table() -> None:
    text = as_text(made())
    assert text.startswith("valid: dir — A title\n")
    assert "  13 tables, 26 rows\n" in text
    assert "  8 of 9 engines ran\n" in text
    assert "article      not run: no article was given\n" in text
    assert text.count(" ok\n") == 8
    assert all(f"{table} 2" in text for table in TABLES)


def test_text_without_a_title_has_the_package_alone() -> None:
    said = replace(made(), title="")
    assert as_text(said).startswith("valid: dir\n")


def test_text_has_four_tables_in_a_line() -> None:
    lines = as_text(made()).splitlines()
    first = lines.index("  13 tables, 26 rows") + 1
    last = lines.index("  8 of 9 engines ran")
    assert [len(line.split()) for line in lines[first:last]] == [8, 8, 8, 2]
    names = [f"{table} 2" for table in TABLES]
    assert lines[first] == "    " + "".join(f"{name:<23}" for name in names[:4]).rstrip()


def test_text_counts_the_issues_of_an_engine() -> None:
    text = as_text(made(STATUS))
    assert "pydantic     1 issue\n" in text
    assert "invalid: dir — A title: 1 issue\n" in text
    assert "pydantic     2 issues\n" in as_text(made(STATUS, replace(STATUS, line=5)))


def test_text_cannot_be_given_a_line_by_the_path() -> None:
    text = as_text(made(package="a\nvalid: b\x1b[2J"))
    assert "\nvalid: b" not in text
    assert "\x1b" not in text


# --- JSON ------------------------------------------------------------------------------------


def test_json_has_the_shape_of_the_contract() -> None:
    said = json.loads(as_json(made(STATUS, WHOLE)))
    assert list(said) == ["valid", "package", "issues", "tables", "engines", "not_run"]
    assert said["valid"] is False
    assert said["package"] == "dir"
    assert list(said["tables"]) == list(TABLES)
    assert list(said["engines"]) == list(ENGINES)
    assert said["issues"][0] == {
        "file": "data/events.csv",
        "line": 4,
        "record": "e",
        "field": "status",
        "rule": "enum",
        "message": "is no code",
        "value": "x",
        "hint": "use y",
        "found_by": ["pydantic"],
    }
    assert said["issues"][1]["line"] is said["issues"][1]["field"] is None
    assert as_json(made()).startswith('{\n  "valid": true,\n')


def test_json_of_a_valid_package() -> None:
    said = json.loads(as_json(made()))
    assert (said["valid"], said["issues"]) == (True, [])


def test_json_is_ascii_that_any_stream_takes() -> None:
    assert as_json(made(package="ü\udcff")).isascii()


# --- GitHub ----------------------------------------------------------------------------------


def test_github_has_a_command_for_each_issue_and_a_closing_line() -> None:
    assert as_github(made(STATUS, WHOLE)).splitlines() == [
        "::error file=data/events.csv,line=4,title=enum::e: status: is no code. To mend: use y",
        "::error file=data/events.csv,title=hash-mismatch::is another. To mend: build",
        "invalid, 2 issues: dir",
    ]


def test_github_of_a_valid_package_is_one_line() -> None:
    assert as_github(made()) == "valid: dir\n"


def test_github_names_files_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more/dir").mkdir(parents=True)
    for package, here, file in (
        ("more/dir", tmp_path, "more/dir/data/events.csv"),
        (str(tmp_path / "more/dir"), tmp_path / "more", "dir/data/events.csv"),
        (".", tmp_path / "more/dir", "data/events.csv"),
        (str(tmp_path), tmp_path / "more", "data/events.csv"),
    ):
        monkeypatch.chdir(here)
        assert as_github(made(STATUS, package=package)).startswith(f"::error file={file},line=4,")


def test_github_names_files_of_an_archive_as_they_are_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"")
    for package in (str(tmp_path / "a.zip"), "the bundled copy"):
        assert as_github(made(STATUS, package=package)).startswith("::error file=data/events.csv,")


def test_github_names_files_on_another_drive_as_they_are_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_way(path: Path) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr("os.path.relpath", no_way)
    said = as_github(made(STATUS, package=str(tmp_path)))
    assert said.startswith("::error file=data/events.csv,")


def test_github_takes_what_can_be_no_path() -> None:
    said = as_github(made(STATUS, package="x" * 5_000))
    assert said.startswith("::error file=data/events.csv,")


def test_a_long_path_or_title_is_cut() -> None:
    long = replace(made(package="x/" * 200), title="x" * 200)
    first = as_text(long).splitlines()[0]
    assert first.startswith("valid: " + "x/" * 150 + "… — xxx")
    assert first.endswith("x…")
    assert as_github(long) == "valid: " + "x/" * 150 + "…\n"


def test_github_escapes_what_would_end_a_property_or_a_command() -> None:
    nasty = Issue("a,b:c%\n.csv", 1, None, None, "enum", "100%,\r\na: b", None, "x\ny", ("pydantic",))
    first, _ = as_github(made(nasty)).splitlines()
    assert first == (
        "::error file=a%2Cb%3Ac%25%0A.csv,line=1,title=enum::100%25,%0D%0Aa: b. To mend: x%0Ay"
    )


@pytest.mark.parametrize(
    "package", ["a\n::error::x", "a\r::stop-commands::x", "::error::x", "a ##[error]x"]
)
def test_github_cannot_be_given_a_command_by_the_path(package: str) -> None:
    (line,) = as_github(made(package=package)).split("\n")[:-1]
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "\r" not in line


@pytest.mark.parametrize("order", ["##vso[task.complete]x", "##[add-mask]e", "a/###vso[x]"])
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_can_be_given_an_order_to_a_runner(name: str, order: str) -> None:
    odd = issue("enum", order, order, record=order, field=order, value=order, hint=order)
    reported = made(odd, package=order)
    text = FORMATS[name](Report(reported.package, [odd], title=order, engines=reported.engines))
    assert "##vso[" not in text
    assert "##[" not in text


def test_json_still_says_the_path_as_it_is() -> None:
    assert json.loads(as_json(made(package="a/##vso[x]##[y]")))["package"] == "a/##vso[x]##[y]"
