"""A killed, failed or doubled ``build`` or ``export`` leaves the old files or the new, never half."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import helpers
from helpers import ROOT, contents, unmeasured
from jpkr_drills import load, validate
from jpkr_drills.building import build

Contents = dict[str, bytes]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "jpkr_drills", *arguments]


@pytest.fixture
def stale(package: Path) -> Path:
    """A package whose generated files are all to be written anew."""
    for path in (package / "schemas").rglob("*.json"):
        path.write_bytes(b"{}\n")
    helpers.replace(package / "data" / "places.csv", "Camp David", "Camp D.")
    return package


@pytest.fixture
def built(stale: Path, tmp_path: Path) -> Contents:
    """What a build that isn't disturbed makes of ``stale``."""
    copy = tmp_path / "undisturbed"
    shutil.copytree(stale, copy)
    changed, issues = build(copy)
    assert changed
    assert not issues
    return contents(copy)


def killed(*arguments: str | Path) -> dict[str, Any]:
    """What ``killing.py`` says."""
    script = str(Path(__file__).with_name("killing.py"))
    done = subprocess.run(
        [sys.executable, script, *map(str, arguments)],
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said


def test_a_build_killed_at_any_step_leaves_old_or_new_files(package: Path) -> None:
    (package / "schemas/table/events.json").write_bytes(b"{}\n")
    helpers.replace(package / "data" / "places.csv", "Camp David", "Camp D.")
    said = killed(package)
    assert said["torn"] == []
    # Four files at least, each opened, written, brought to the disk and renamed: the schema, the JSON of
    # the tables, the codebook or README, and the descriptor.
    assert said["kills"] > 4 * 5
    assert said["between"] > 0, "no kill came between two renames"
    assert validate(package) == []


def test_an_export_killed_at_any_step_leaves_the_old_archive_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "release.zip"
    target.write_bytes(b"old")
    said = killed(ROOT, target)
    assert (said["torn"], said["between"]) == ([], 0)
    assert said["kills"] > 5
    assert load(target).claims
    assert list(tmp_path.iterdir()) == [target]


def test_two_builds_at_once_make_one_package(stale: Path, built: Contents) -> None:
    def run(_: int) -> int:
        return subprocess.run(command("build", str(stale)), capture_output=True, check=False).returncode

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [0, 0, 0, 0]
    assert contents(stale) == built


def _no_room() -> None:
    """Let no file grow beyond 2,000 bytes: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.parametrize("arguments", [["build", "{package}"], ["export", "{package}/out.zip"]])
def test_no_room_is_said_and_changes_nothing(arguments: list[str], stale: Path) -> None:
    old = contents(stale)
    done = subprocess.run(
        command(*(argument.format(package=stale) for argument in arguments)),
        preexec_fn=_no_room,
        env=unmeasured(),  # to write what was covered would need room too
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("jpkr-drills: ")
    assert "Traceback" not in done.stderr
    assert contents(stale) == old
    assert sorted(path.name for path in stale.iterdir()) == ["data", "datapackage.json", "schemas"]


def test_place_that_cannot_be_written_is_said() -> None:
    done = subprocess.run(
        command("export", "/proc/jpkr-drills.zip"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "/proc" in done.stderr


def _zips(tmp_path: Path) -> Callable[[int], int]:
    def run(_: int) -> int:
        arguments = command("export", str(tmp_path / "release.zip"))
        return subprocess.run(arguments, capture_output=True, check=False).returncode

    return run


def test_two_exports_at_once_make_one_archive(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(_zips(tmp_path), range(2))) == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["release.zip"]
    assert len(load(tmp_path / "release.zip").claims) == len(load().claims)
