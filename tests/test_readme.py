"""The README's commands and outputs are what a reader gets. (Its Python examples run as doctests.)"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
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


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the README with this interpreter's ``jpkr-drills``."""
    program, *arguments = shlex.split(command)
    assert program == "jpkr-drills"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "jpkr_drills", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_quick_start_is_two_one_line_commands() -> None:
    lines = SHELL_BLOCKS[0].splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("jpkr-drills validate .")
    assert lines[1].endswith("pytest")


def test_there_are_further_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_command_succeeds_and_says_something(command: str, checkout: Path) -> None:
    done = run(command, checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_first_looks_show_something(checkout: Path) -> None:
    """What the block says, line by line, but for installing and for Datasette, which serves until it is stopped."""
    block = next(iter(re.findall(r"^```bash\n(.*?)^```", README, re.M | re.S)))
    steps = [step for line in block.splitlines() for step in line.split(" && ")]
    tried = [step for step in steps if step.startswith(("python -c", "jpkr-drills"))]
    for step in tried:
        if step.startswith("jpkr-drills"):
            done = run(step, checkout)
        else:
            code = shlex.split(step)[2]
            done = subprocess.run(
                [sys.executable, "-c", code], cwd=checkout, capture_output=True, encoding="utf-8", check=False
            )
        assert done.returncode == 0, done.stderr
        assert done.stdout
    assert len(tried) == 6


def test_broken_cell_reads_as_shown(checkout: Path) -> None:
    path = checkout / "data" / "events.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert ",occurred," in first
    path.write_text("".join([header, first.replace(",occurred,", ",occured,"), *rest]), encoding="utf-8")
    done = run("jpkr-drills validate .", checkout)
    assert done.returncode == 1
    (shown,) = re.findall(r"<!-- example: broken cell -->\n```text\n(.*?)^```", README, re.M | re.S)
    assert done.stdout.startswith(shown)


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
