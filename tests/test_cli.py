"""The command: exit codes, results on stdout, diagnostics on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import jpkr_drills
from helpers import ROOT, contents, python, replace, rows
from jpkr_drills import frames, jsonfile
from jpkr_drills.cli import main
from jpkr_drills.rules import ENGINES

Capture = pytest.CaptureFixture[str]
TAKING = "jpkr-drills: taking "


@pytest.fixture
def broken(package: Path) -> Path:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    return package


@pytest.fixture
def advised(package: Path) -> Path:
    (package / "data/.DS_Store").touch()
    return package


# --- validate ----------------------------------------------------------------------------------------


def test_validating_a_valid_package_is_0(package: Path, capsys: Capture) -> None:
    assert main(["validate", str(package)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"valid: {package}")
    assert err == ""


def test_validating_an_invalid_package_is_1(broken: Path, capsys: Capture) -> None:
    assert main(["validate", str(broken), "--fast"]) == 1
    out, err = capsys.readouterr()
    line = next(line for line in out.splitlines() if "status" in line)
    assert line.startswith("data/events.csv:2: bridge-closure: status:")
    assert "[enum] (value: occured)" in line
    assert "  fix: did you mean occurred?" in out
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["--strict"], 1),
        (["--strict", "--ignore", "file-undeclared"], 0),
        (["--strict", "--ignore", "claim-once", "--ignore", "file-undeclared"], 0),
        (["--strict", "--ignore", "claim-once"], 1),
    ],
)
def test_advice_is_shown_and_makes_the_exit_1_only_if_asked(
    advised: Path, capsys: Capture, arguments: list[str], code: int
) -> None:
    assert main(["validate", str(advised), "--fast", *arguments]) == code
    assert ("advice: data/.DS_Store" in capsys.readouterr().out) is ("file-undeclared" not in arguments)


@pytest.mark.parametrize(("rule", "said"), [("enum", "a rule of errors"), ("nonsense", "no rule")])
def test_what_cannot_be_ignored_is_2(package: Path, capsys: Capture, rule: str, said: str) -> None:
    assert main(["validate", str(package), "--ignore", rule]) == 2
    assert said in capsys.readouterr().err


def test_fast_runs_our_own_engines_and_says_so(package: Path, capsys: Capture) -> None:
    assert main(["validate", str(package), "--fast"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("no errors in 6 of 9 engines: ")
    assert "frictionless not run: not asked for" in out


@pytest.mark.parametrize(("limit", "code"), [("100", 1), ("1000", 0)])
def test_the_limit_of_rows_can_be_set(package: Path, capsys: Capture, limit: str, code: int) -> None:
    assert main(["validate", str(package), "--fast", "--max-rows", limit]) == code
    assert ("file-too-large" in capsys.readouterr().out) is bool(code)


def test_only_the_engines_asked_for_run(broken: Path, capsys: Capture) -> None:
    arguments = ["validate", str(broken), "--format", "json", "--only", "descriptor", "references"]
    assert main(arguments) == 0
    assert set(json.loads(capsys.readouterr().out)["not_run"]) == {*ENGINES} - {"descriptor", "references"}


def test_a_path_may_stand_behind_the_engines(broken: Path, capsys: Capture) -> None:
    assert main(["validate", "--only", "pydantic", "references", str(broken)]) == 1
    assert str(broken) in capsys.readouterr().out


# --- build, show, export -------------------------------------------------------------------------------


def test_building_says_what_was_written(package: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["build", str(package)]) == 0
    assert capsys.readouterr() == ("everything generated is up to date\n", "")
    (package / "schemas/table/events.json").unlink()
    monkeypatch.chdir(package)
    assert main(["build"]) == 0
    assert capsys.readouterr() == ("wrote schemas/table/events.json\n", "")


def test_check_of_stale_files_is_1_and_names_the_command(package: Path, capsys: Capture) -> None:
    (package / "schemas/table/events.json").write_text("{}")
    before = contents(package)
    assert main(["build", "--check", str(package)]) == 1
    out = "schemas/table/events.json: is out of date; run `jpkr-drills build` to fix it\n"
    assert capsys.readouterr() == (out, "")
    assert contents(package) == before


def test_building_from_invalid_tables_is_1(broken: Path, capsys: Capture, tmp_path: Path) -> None:
    assert main(["build", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert "data/events.csv:" in out
    assert "nothing was written" in err
    (tmp_path / "empty").mkdir()
    assert main(["build", str(tmp_path / "empty")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "datapackage.json is missing: give the folder that holds datapackage.json" in err
    assert list((tmp_path / "empty").iterdir()) == []


def test_building_where_it_cannot_be_is_2(package: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["build", str(tmp_path / "none")]) == 2
    assert "no package at" in capsys.readouterr().err
    (package / "datapackage.json").unlink()
    assert main(["build", str(package)]) == 2
    assert capsys.readouterr().err.startswith("jpkr-drills: datapackage.json is missing")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [([], jpkr_drills.__version__), (["events"], "event_id"), (["camp-david-summit"], "events camp-david-summit")],
)
def test_showing_is_0(arguments: list[str], shown: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["show", *arguments]) == 0
    out, err = capsys.readouterr()
    assert shown in out
    assert err == f"{TAKING}the package in the current folder, {ROOT}\n"
    assert main(["show", *arguments, "--path", str(ROOT)]) == 0
    assert capsys.readouterr() == (out, "")


def test_showing_what_is_not_there_is_2(broken: Path, capsys: Capture) -> None:
    assert main(["show", "camp-davd-summit"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "camp-david-summit" in err
    assert main(["show", "--path", str(broken)]) == 2
    assert "can't be loaded" in capsys.readouterr().err


def test_exporting_is_0_and_of_an_invalid_package_1(package: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "a.zip"
    assert main(["export", str(target), "--path", str(package)]) == 0
    assert capsys.readouterr() == (f"wrote {target}\n", "")
    assert main(["validate", str(target), "--only", "integrity"]) == 0
    assert main(["export", str(tmp_path), "--path", str(package)]) == 2
    assert f"no format for {tmp_path.name!r}" in capsys.readouterr().err
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    target.unlink()
    assert main(["export", str(target), "--path", str(package)]) == 1
    out, err = capsys.readouterr()
    assert "data/events.csv:" in out
    assert "nothing was written" in err
    assert not target.exists()


# --- what can't run ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "none"],
        ["validate", "https://example.org/datapackage.json"],
        ["validate", "--article", "none.txt"],
        ["validate", "--only", "article"],
        *(["validate", "--only", "x"], ["validate", "--only", "pydantic", "x"], ["validate", "--only", "x", "."]),
        ["validate", "\x1b[2J\nnone"],
        ["validate", "/dev/zero"],
        ["show", "--path", "none"],
        ["export", "a.zip", "--path", "none"],
        *(["validate", ""], ["build", ""], ["show", "--path", ""], ["validate", "--article", ""]),
    ],
)
def test_what_is_not_there_is_2(
    arguments: list[str], capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    said = err.removeprefix(f"{TAKING}the bundled package\n")
    assert said.startswith("jpkr-drills: ")
    assert said.count("\n") == 1
    assert said.rstrip("\n").isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["nonsense"], ["export"], ["validate", "--format", "xml"], ["validate", "--max-rows", "x"]),
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

    monkeypatch.setattr("jpkr_drills.checks.witnesses.need", missing)
    assert main(["validate", str(package)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "pip install 'jpkr-drills[validate]'" in err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "interrupted"),
        (PermissionError(13, "Permission denied", "data/events.csv"), "data/events.csv: Permission denied"),
        (MemoryError(), "there isn't enough memory for this package"),
    ],
)
def test_what_stops_a_run_is_2_and_said(
    error: BaseException, said: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("jpkr_drills.loader.load", stop)
    assert main(["show", "--path", str(ROOT)]) == 2
    assert capsys.readouterr().err == f"jpkr-drills: {said}\n"
    monkeypatch.setattr(jsonfile, "parse", stop)
    assert main(["validate", "--fast"]) == 2


# --- the process -------------------------------------------------------------------------------------


def test_help_and_version() -> None:
    run = python("-m", "jpkr_drills", "--help")
    assert (run.returncode, run.stderr) == (0, "")
    for word in ("validate", "build", "show", "export", "0 valid or done, 1 invalid, 2 could not run"):
        assert word in run.stdout
    run = python("-m", "jpkr_drills", "--version")
    assert (run.returncode, run.stdout) == (0, f"jpkr-drills {jpkr_drills.__version__}\n")


def test_the_process_exits_as_main_returns(broken: Path) -> None:
    assert python("-W", "error::ResourceWarning", "-m", "jpkr_drills", "validate", "--fast").returncode == 0
    assert python("-m", "jpkr_drills", "validate", str(broken), "--fast").returncode == 1
    run = python("-m", "jpkr_drills", "validate", "none")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "jpkr-drills: no package at none: give a directory or a .zip file\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_had_enough_is_no_traceback(unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        run = subprocess.run(
            [sys.executable, "-m", "jpkr_drills", "show", "claims", "--path", str(ROOT)],
            stdout=write,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (run.returncode, run.stderr) == (2, b"")


def test_streams_of_every_kind_are_served() -> None:
    run = python("-m", "jpkr_drills", "show", "events")
    assert len(run.stdout.splitlines()) == len(rows("events")) + 1
    run = python("-m", "jpkr_drills", "validate", "--only", "descriptor", PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    close = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    run = python("-c", close, "-m", "jpkr_drills", "validate", "--only", "descriptor")
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
