"""A killed, failed or doubled ``build`` or ``export`` leaves the old files or the new, never half."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import helpers
from helpers import unmeasured
from jpkr_drills import load, validate
from jpkr_drills.building import build
from jpkr_drills.writing import SCRATCH

Contents = dict[str, bytes]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "jpkr_drills", *arguments]


def contents(folder: Path) -> Contents:
    """Path to content, but for what a killed process leaves behind."""
    found = helpers.contents(folder)
    return {name: content for name, content in found.items() if not name.startswith(SCRATCH)}


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


def test_killed_build_leaves_old_or_new_files(stale: Path, built: Contents) -> None:
    old = contents(stale)
    started = time.monotonic()
    subprocess.run(command("build", "--check", str(stale)), capture_output=True, check=False)
    whole = time.monotonic() - started
    seen = set()
    for part in range(1, 11):
        for name, content in old.items():
            (stale / name).write_bytes(content)
        process = subprocess.Popen(command("build", str(stale)), stdout=subprocess.DEVNULL)
        time.sleep(whole * part / 8)
        process.kill()
        seen.add(process.wait())
        for name, content in contents(stale).items():
            assert content in (old.get(name), built.get(name)), name
    assert -signal.SIGKILL in seen, "no build was killed before its end"
    assert build(stale) is not None
    assert contents(stale) == built
    assert validate(stale) == []


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


def test_killed_export_leaves_the_old_archive_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "release.zip"
    assert _zips(tmp_path)(0) == 0
    new = target.read_bytes()
    for part in range(1, 7):
        target.write_bytes(b"old")
        process = subprocess.Popen(command("export", str(target)), stdout=subprocess.DEVNULL)
        time.sleep(part / 8)
        process.kill()
        process.wait()
        assert target.read_bytes() in (b"old", new)
