"""Writing: files are replaced whole or not at all, and what is the same is left alone."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers import contents, python, unmeasured
from jpkr_drills.build.writing import outdated, replace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a").write_bytes(b"old a")
    (tmp_path / "data/b").write_bytes(b"old b")
    return tmp_path


def test_files_and_their_folders_are_written(root: Path) -> None:
    assert replace(root, {"data/a": b"new", "more/deep/c": b"c"}) == ["data/a", "more/deep/c"]
    assert contents(root) == {"data/a": b"new", "data/b": b"old b", "more/deep/c": b"c"}


def test_a_file_that_is_the_same_is_not_touched(root: Path) -> None:
    os.utime(root / "data/a", ns=(1, 1))
    before = (root / "data/a").stat()
    assert replace(root, {"data/a": b"old a", "data/b": b"new"}) == ["data/b"]
    after = (root / "data/a").stat()
    assert (after.st_mtime_ns, after.st_ino) == (1, before.st_ino)


def test_the_mode_is_that_of_any_new_file(root: Path) -> None:
    replace(root, {"new": b""})
    (root / "plain").touch()
    assert stat.S_IMODE((root / "new").stat().st_mode) == stat.S_IMODE((root / "plain").stat().st_mode)


def test_the_mask_of_the_process_is_never_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one for all threads."""
    monkeypatch.setattr(os, "umask", None)
    replace(root, {"data/a": b"new", "new": b""})
    assert (root / "new").is_file()


def test_a_failure_while_writing_leaves_the_old_files_and_no_scratch(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(root)
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as caught:
        replace(root, {"data/a": b"new a", "data/b": b"new b"})
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(root / "data/b"))
    assert len(written) == 2
    assert contents(root) == before


def test_a_place_that_is_read_only_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OSError, match="Read-only") as caught:
        replace(root, {"data/a": b"new a"})
    assert (caught.value.errno, caught.value.filename) == (errno.EROFS, str(root / "data/a"))


def test_a_link_is_replaced_not_written_through(root: Path) -> None:
    (root / "outside").write_bytes(b"outside")
    (root / "data/link").symlink_to(root / "outside")
    replace(root, {"data/link": b"new"})
    assert not (root / "data/link").is_symlink()
    assert (root / "outside").read_bytes() == b"outside"


def test_nothing_is_written_through_a_linked_folder(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir()
    (root / "more").symlink_to(outside)
    with pytest.raises(OSError, match="through a link"):
        replace(root, {"data/a": b"new", "more/b": b"b"})
    assert (root / "data/a").read_bytes() == b"old a"
    assert list(outside.iterdir()) == []


def test_a_folder_in_the_place_of_a_file_is_an_error(root: Path) -> None:
    with pytest.raises(IsADirectoryError):
        replace(root, {"data": b"x"})
    assert contents(root) == {"data/a": b"old a", "data/b": b"old b"}


def test_a_link_or_pipe_in_the_place_of_a_file_is_not_looked_into(root: Path) -> None:
    (root / "data/link").symlink_to("a")
    os.mkfifo(root / "data/pipe")
    assert outdated(root, {"data/a": b"old a", "data/link": b"old a", "data/pipe": b""}) == {
        "data/link": b"old a",
        "data/pipe": b"",
    }


# --- processes ---------------------------------------------------------------------------------------


@pytest.fixture
def stale(package: Path) -> Path:
    """A package whose generated files are all to be written anew."""
    for place in (package / "schemas").rglob("*.json"):
        place.write_bytes(b"{}\n")
    return package


def _no_room() -> None:
    """Let no file grow beyond 2,000 bytes: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.parametrize("arguments", [["build", "{package}"], ["export", "{package}/out.zip"]])
def test_no_room_is_said_and_changes_nothing(arguments: list[str], stale: Path) -> None:
    old = contents(stale)
    done = subprocess.run(
        [sys.executable, "-m", "jpkr_drills", *(argument.format(package=stale) for argument in arguments)],
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


@pytest.mark.slow
def test_builds_at_once_make_one_package(good: tuple[Path, Path], stale: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: python("-m", "jpkr_drills", "build", str(stale)).returncode, range(4)))
    assert runs == [0, 0, 0, 0]
    assert contents(stale) == contents(good[0])
