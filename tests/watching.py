"""What code touches outside of the folders that it may read: seen through Python's audit events."""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LISTING = frozenset({"os.listdir", "os.scandir"})
DEEDS = (
    *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"),
    *("os.setxattr", "os.symlink", "os.truncate", "os.utime", "shutil.", "tempfile."),
    *("ftplib.", "http.", "socket.", "urllib."),
    *("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "subprocess."),
)
"""Events that change files, reach for the network or start processes, or how their names start."""
LIBRARIES = tuple(os.path.realpath(path) for path in {sys.prefix, sys.base_prefix})
IMPORTING = ("<frozen importlib._bootstrap", pkgutil.__file__)

_watches: list[tuple[tuple[str, ...], list[str]]] = []


@contextmanager
def watching(*readable: Path) -> Iterator[list[str]]:
    """What is done meanwhile but read, or list, what lies below ``readable``; empty if nothing is.

    A path that is one name alone is a step from a folder that is open already.
    """
    strayed: list[str] = []
    _watches.append((tuple(os.path.realpath(path) for path in readable), strayed))
    try:
        yield strayed
    finally:
        _watches.pop()


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _watches:
        return
    readable, strayed = _watches[-1]
    if event.startswith(DEEDS):
        strayed.append(f"{event} {arguments}")
    elif event == "open" or event in LISTING:
        path = arguments[0]
        if not isinstance(path, str | bytes):
            return  # a file, or folder, that is open already
        name = os.fsdecode(path)
        flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else 0
        known = _is_step(name) or _is_below(name, readable + LIBRARIES)
        if (flags & WRITING or not known) and not _is_import():
            strayed.append(f"{event} {arguments}")


def _is_step(name: str) -> bool:
    return "/" not in name and name not in ("", ".", "..")


def _is_below(name: str, folders: tuple[str, ...]) -> bool:
    path = os.path.normpath(Path.cwd() / name)
    below = tuple(f"{folder}/" for folder in folders)
    return ".." not in Path(name).parts and (path in folders or path.startswith(below))


def _is_import() -> bool:
    """Whether Python imports a module or looks for one, which may be at any time."""
    frame: FrameType | None = sys._getframe()
    while frame and not frame.f_code.co_filename.startswith(IMPORTING):
        frame = frame.f_back
    return frame is not None


sys.addaudithook(_hook)
