"""The command: exit codes, results on stdout, diagnostics on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import jpkr_drills
from helpers import contents, python, replace, rows
from jpkr_drills import frames, jsonfile
from jpkr_drills.cli import main
from jpkr_drills.rules import ENGINES

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def broken(package: Path) -> Path:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    return package


# --- validate --------------------------------------------------------------------------------


def test_validating_a_valid_package_is_0(package: Path, capsys: Capture) -> None:
    assert main(["validate", str(package)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"valid: {package}")
    assert err == ""


def test_validating_without_a_path_takes_the_bundled_package(capsys: Capture) -> None:
    assert main(["validate", "--only", "descriptor"]) == 0
    assert capsys.readouterr().out.startswith("valid: the bundled package")


def test_validating_an_invalid_package_is_1(broken: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken)]) == 1
    out, err = capsys.readouterr()
    line = next(line for line in out.splitlines() if "status" in line)
    assert line.startswith("data/events.csv:")
    assert "[enum] (value: occured)" in line
    assert "  mend: did you mean occurred?" in out
    assert err == ""


def test_json_stands_alone_on_stdout(broken: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["valid"] is False
    assert err == ""


def test_github_annotations_name_the_line(broken: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken), "--format", "github", "--only", "pydantic"]) == 1
    assert "::error file=data/events.csv,line=" in capsys.readouterr().out


def test_only_the_engines_asked_for_run(broken: Path, capsys: Capture) -> None:
    arguments = ["validate", str(broken), "--format", "json", "--only", "descriptor", "references"]
    assert main(arguments) == 0
    assert set(json.loads(capsys.readouterr().out)["not_run"]) == {*ENGINES} - {
        "descriptor",
        "references",
    }


def test_a_path_may_stand_behind_the_engines(broken: Path, capsys: Capture) -> None:
    assert main(["validate", "--only", "pydantic", "references", str(broken)]) == 1
    assert f"invalid: {broken}" in capsys.readouterr().out


def test_an_article_that_is_another_is_1(package: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "other.txt").write_text("Another text.")
    assert main(["validate", str(package), "--article", str(tmp_path / "other.txt")]) == 1
    assert "other.txt: is not the article" in capsys.readouterr().out


# --- build -----------------------------------------------------------------------------------


def test_building_what_is_up_to_date_is_0(package: Path, capsys: Capture) -> None:
    assert main(["build", str(package)]) == 0
    assert capsys.readouterr() == ("everything generated is up to date\n", "")
    assert main(["build", "--check", str(package)]) == 0


def test_building_names_what_was_written(
    package: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package / "schemas/table/events.json").unlink()
    monkeypatch.chdir(package)
    assert main(["build"]) == 0
    assert capsys.readouterr() == ("wrote schemas/table/events.json\n", "")


def test_check_of_stale_files_is_1_and_names_the_mending_command(package: Path, capsys: Capture) -> None:
    (package / "schemas/table/events.json").write_text("{}")
    before = contents(package)
    assert main(["build", "--check", str(package)]) == 1
    out, err = capsys.readouterr()
    assert out == "schemas/table/events.json: is out of date; run `jpkr-drills build` to mend it\n"
    assert err == ""
    assert contents(package) == before


def test_building_from_invalid_tables_is_1(broken: Path, capsys: Capture) -> None:
    assert main(["build", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert "data/events.csv:" in out
    assert "nothing was written" in err


def test_building_where_there_is_no_directory_is_2(tmp_path: Path, capsys: Capture) -> None:
    assert main(["build", str(tmp_path / "none")]) == 2
    assert "is not a directory" in capsys.readouterr().err


def test_building_where_there_are_no_tables_is_1(tmp_path: Path, capsys: Capture) -> None:
    assert main(["build", str(tmp_path)]) == 1
    assert "data/events.csv: is missing" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_building_without_a_descriptor_is_2(package: Path, capsys: Capture) -> None:
    (package / "datapackage.json").unlink()
    assert main(["build", str(package)]) == 2
    assert capsys.readouterr().err.startswith("jpkr-drills: datapackage.json is missing")


# --- show ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [([], "0.1.0"), (["events"], "event_id"), (["camp-david-summit"], "events camp-david-summit")],
)
def test_showing_is_0(arguments: list[str], shown: str, capsys: Capture) -> None:
    assert main(["show", *arguments]) == 0
    out, err = capsys.readouterr()
    assert shown.replace("0.1.0", jpkr_drills.__version__) in out
    assert err == ""


def test_showing_what_is_not_there_is_2(capsys: Capture) -> None:
    assert main(["show", "camp-davd-summit"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "camp-david-summit" in err


def test_showing_another_package(package: Path, broken: Path, capsys: Capture) -> None:
    assert package == broken
    assert main(["show", "--path", str(broken)]) == 2
    assert "can't be loaded" in capsys.readouterr().err


# --- export ----------------------------------------------------------------------------------


def test_exporting_is_0(package: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "a.zip"
    assert main(["export", str(target), "--path", str(package)]) == 0
    assert capsys.readouterr() == (f"wrote {target}\n", "")
    assert main(["validate", str(target), "--only", "integrity"]) == 0


def test_exporting_an_invalid_package_is_1(broken: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "a.zip"
    assert main(["export", str(target), "--path", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert "data/events.csv:" in out
    assert "nothing was written" in err
    assert not target.exists()


def test_exporting_to_a_folder_is_2(package: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["export", str(tmp_path), "--path", str(package)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


# --- what can't run --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "none"],
        ["validate", "https://example.org/datapackage.json"],
        ["validate", "--article", "none.txt"],
        ["validate", "--only", "article"],
        ["show", "--path", "none"],
        ["export", "a.zip", "--path", "none"],
    ],
)
def test_a_path_that_is_not_there_is_2(
    arguments: list[str], capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("jpkr-drills: ")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["validate", "--format", "xml"],
        ["validate", "--only", "x"],
        ["validate", "--only", "pydantic", "x"],
        ["validate", "--only", "x", "."],
        ["export"],
    ],
)
def test_bad_usage_is_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: jpkr-drills")


def test_a_missing_extra_is_2_and_names_what_installs_it(
    package: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(library: str, extra: str) -> object:
        raise frames.MissingExtra(library, extra)

    monkeypatch.setattr("jpkr_drills.checks.by_frictionless.need", missing)
    assert main(["validate", str(package)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "pip install 'jpkr-drills[validate]'" in err


def test_a_path_cannot_steer_the_terminal(capsys: Capture) -> None:
    assert main(["validate", "\x1b[2J\nnone"]) == 2
    assert capsys.readouterr().err.rstrip("\n").isprintable()


def test_an_interruption_is_2(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jpkr_drills.loading.load", interrupt)
    assert main(["show"]) == 2
    assert capsys.readouterr().err == "jpkr-drills: interrupted\n"


def test_an_error_of_the_system_names_the_file(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "data/events.csv")

    monkeypatch.setattr("jpkr_drills.loading.load", refuse)
    assert main(["show"]) == 2
    assert capsys.readouterr().err == "jpkr-drills: data/events.csv: Permission denied\n"


# --- the process -----------------------------------------------------------------------------


def test_help_lists_the_commands_and_the_exit_codes() -> None:
    run = python("-m", "jpkr_drills", "--help")
    assert run.returncode == 0
    for word in ("validate", "build", "show", "export", "0 valid or done, 1 invalid, 2 could not run"):
        assert word in run.stdout
    assert run.stderr == ""


def test_the_version_is_that_of_the_package() -> None:
    run = python("-m", "jpkr_drills", "--version")
    assert (run.returncode, run.stdout) == (0, f"jpkr-drills {jpkr_drills.__version__}\n")


def test_the_process_exits_as_main_returns(broken: Path) -> None:
    assert python("-m", "jpkr_drills", "validate", "--only", "descriptor").returncode == 0
    assert python("-m", "jpkr_drills", "validate", str(broken)).returncode == 1
    run = python("-m", "jpkr_drills", "validate", "none")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "jpkr-drills: no package at none: give a directory or a .zip file\n"


def test_no_warning_reaches_the_reader() -> None:
    run = python("-W", "error::ResourceWarning", "-m", "jpkr_drills", "validate")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_had_enough_is_no_traceback(unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        run = subprocess.run(
            [sys.executable, "-m", "jpkr_drills", "show", "claims"],
            stdout=write,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (run.returncode, run.stderr) == (2, b"")


def test_all_rows_of_a_table_reach_the_reader() -> None:
    run = python("-m", "jpkr_drills", "show", "claims")
    assert len(run.stdout.splitlines()) == len(rows("claims")) + 1


def test_a_stream_that_takes_only_ascii_gets_the_report() -> None:
    run = python("-m", "jpkr_drills", "validate", "--only", "descriptor", PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr


def test_without_stdout_there_is_no_traceback() -> None:
    close = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    run = python("-c", close, "-m", "jpkr_drills", "validate", "--only", "descriptor")
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)


@pytest.mark.parametrize(
    "arguments", [["validate", ""], ["build", ""], ["show", "--path", ""], ["validate", "--article", ""]]
)
def test_an_empty_path_is_2(
    arguments: list[str], package: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a variable that isn't set; it doesn't mean the folder one is in."""
    monkeypatch.chdir(package)
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("jpkr-drills: ")


def test_too_little_memory_is_2(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(jsonfile, "parse", exhausted)
    assert main(["validate"]) == 2
    assert "memory" in capsys.readouterr().err
