"""The README's commands and outputs are what a reader gets. (Its Python examples run as doctests.)"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import ROOT
from jpkr_drills.cli import main

Run = Callable[[str], tuple[int, str]]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL_BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
COMMANDS = [line for block in SHELL_BLOCKS[1:] for line in block.splitlines()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout's package, as a reader has it."""
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("datapackage.json", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def run(checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of the README in that checkout; gives its exit code and what it prints."""
    monkeypatch.chdir(checkout)

    def do(command: str) -> tuple[int, str]:
        program, *arguments = shlex.split(command)
        assert program == "jpkr-drills"
        code = main(arguments)
        return code, capsys.readouterr().out

    return do


def test_quick_start_is_two_one_line_commands() -> None:
    lines = SHELL_BLOCKS[0].splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("jpkr-drills validate .")
    assert lines[1].endswith("pytest")


def test_there_are_further_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_command_succeeds_and_says_something(command: str, run: Run) -> None:
    code, said = run(command)
    assert code == 0
    assert said


def test_first_looks_show_something(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """What the block says, line by line, but for installing and for Datasette, which serves until it is stopped."""
    block = next(iter(re.findall(r"^```bash\n(.*?)^```", README, re.M | re.S)))
    steps = [step for line in block.splitlines() for step in line.split(" && ")]
    tried = [step for step in steps if step.startswith(("python -c", "jpkr-drills"))]
    for step in tried:
        if step.startswith("jpkr-drills"):
            code, said = run(step)
            assert code == 0
        else:
            _, _, program = shlex.split(step)
            exec(program, {})  # noqa: S102 - what a reader types
            said = capsys.readouterr().out
        assert said
    assert len(tried) == 6


def test_broken_cell_reads_as_shown(checkout: Path, run: Run) -> None:
    path = checkout / "data" / "events.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert ",occurred," in first
    path.write_text("".join([header, first.replace(",occurred,", ",occured,"), *rest]), encoding="utf-8")
    code, said = run("jpkr-drills validate .")
    assert code == 1
    (shown,) = re.findall(r"<!-- example: broken cell -->\n```text\n(.*?)^```", README, re.M | re.S)
    assert said.startswith(shown)


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_rows_shown_are_rows_of_the_data() -> None:
    from jpkr_drills import load

    dataset = load()
    rows = re.findall(r"^\| `(p\d+s\d+-\d+)` \| (.*?) \| `(\w+)` \| `(\w+)` \| `(\w+)` \|", README, re.M)
    assert rows
    for claim_id, *shown in rows:
        claim = dataset.claims[claim_id]
        assert shown == [claim.statement, claim.claim_type, claim.voice, claim.certainty]
