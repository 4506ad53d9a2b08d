"""The watch over what code touches sees what it is for."""

from __future__ import annotations

import importlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from watching import watching


def _rename(folder: Path) -> None:
    (folder / "inside.txt").rename(folder / "other.txt")


def _fetch(folder: Path) -> None:
    with socket.socket() as made:
        made.settimeout(0.01)
        made.connect_ex(("127.0.0.1", 9))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and a file and a link outside of it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/inside.txt").write_text("x")
    (tmp_path / "outside.txt").write_text("x")
    return tmp_path / "folder"


@pytest.mark.parametrize(
    "deed",
    [
        lambda folder: (folder.parent / "outside.txt").read_text(),
        lambda folder: (folder / "../outside.txt").read_text(),
        lambda folder: os.close(os.open(folder.parent / "outside.txt", os.O_RDONLY)),
        lambda folder: os.close(os.open("..", os.O_RDONLY, dir_fd=os.open(folder, os.O_RDONLY))),
        lambda folder: list(folder.parent.iterdir()),
        lambda folder: list(os.scandir("/")),
        lambda folder: (folder / "inside.txt").write_text("y"),
        lambda folder: (folder / "new.txt").touch(),
        lambda folder: (folder / "inside.txt").unlink(),
        lambda folder: (folder / "new").mkdir(),
        lambda folder: tempfile.mkdtemp(),
        lambda folder: subprocess.run([sys.executable, "--version"], check=True),
        _rename,
        _fetch,
    ],
)
def test_what_strays_is_seen(folder: Path, deed: Callable[[Path], object]) -> None:
    with watching(folder) as strayed:
        deed(folder)
    assert strayed


def test_what_is_read_below_the_folder_is_no_stray(folder: Path) -> None:
    with watching(folder) as strayed:
        assert (folder / "inside.txt").read_text() == "x"
        assert [place.name for place in folder.iterdir()] == ["inside.txt"]
        handle = os.open(folder, os.O_RDONLY)
        os.close(os.open("inside.txt", os.O_RDONLY, dir_fd=handle))
        assert [entry.name for entry in os.scandir(handle)] == ["inside.txt"]
        os.close(handle)
    assert strayed == []


def test_an_import_is_no_stray(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "module_to_import.py").touch()
    monkeypatch.syspath_prepend(folder.parent)
    with watching(folder) as strayed:
        importlib.import_module("module_to_import")
    assert strayed == []


def test_behind_the_watch_nothing_is_seen(folder: Path) -> None:
    with watching(folder) as strayed:
        pass
    (folder.parent / "outside.txt").read_text()
    assert strayed == []
