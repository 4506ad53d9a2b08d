"""Files: the files of a package, in a directory or a zip archive, read safely and never beyond it."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

DESCRIPTOR = "datapackage.json"
FOLDERS = ("data", "schemas")
"""The folders whose every file belongs to the package."""

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes that one file may have."""
ARCHIVE_LIMIT = 256 * 1024 * 1024
"""Bytes that all files of an archive may have, unpacked."""
ENTRIES_LIMIT = 10_000
"""Files that a package may have."""


UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
)
"""What reading a stream of a package can raise."""


class FileProblem(Exception):
    """A file that can't or mustn't be read; ``rule`` is the rule it breaks."""

    def __init__(self, rule: str, message: str, file: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.file = file


class Files(Protocol):
    """The files of a package, named by relative paths with forward slashes."""

    name: str

    def names(self) -> list[str]:
        """The descriptor, if there, and every file below ``data/`` and ``schemas/``, sorted."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading. Raises ``FileProblem``."""
        ...

    def close(self) -> None:
        """Give back what was opened."""
        ...


def open_files(path: str | os.PathLike[str]) -> Files:
    """The files at ``path``, a directory or a zip archive.

    Raises:
        FileNotFoundError: nothing is there.
        FileProblem: a zip archive that can't be read or isn't safe.
    """
    place = Path(path)
    if place.is_dir():
        return Directory(place)
    if not place.exists():
        raise FileNotFoundError(f"no package at {path}: give a directory or a .zip file")
    if not place.is_file():
        raise FileNotFoundError(f"{path} is neither a directory nor a .zip file")
    return Archive(place)


def read(files: Files, name: str) -> bytes:
    """The whole content of a small file. Raises ``FileProblem``."""
    with files.open(name) as stream:
        try:
            content = stream.read(FILE_LIMIT + 1)
        except UNREADABLE as error:
            raise FileProblem("file-unreadable", f"can't be read: {error}", name) from error
    if len(content) > FILE_LIMIT:
        raise _too_large(name)
    return content


def _too_large(name: str) -> FileProblem:
    return FileProblem("file-too-large", f"is larger than {FILE_LIMIT} bytes", name)


class Directory:
    """A package in a directory."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self._root = root

    def names(self) -> list[str]:
        found = [DESCRIPTOR] if os.path.lexists(self._root / DESCRIPTOR) else []
        for folder in FOLDERS:
            found.extend(self._below(folder))
        return sorted(found)

    def _below(self, folder: str) -> Iterator[str]:
        top = self._root / folder
        if top.is_symlink():
            yield folder
            return
        for parent, folders, names in os.walk(top):  # doesn't follow links
            base = Path(parent).relative_to(self._root).as_posix()
            links = [name for name in folders if (Path(parent) / name).is_symlink()]
            yield from (f"{base}/{name}" for name in (*names, *links))

    def open(self, name: str) -> IO[bytes]:
        place = self._root / name
        try:
            inside = place.resolve(strict=True).is_relative_to(self._root.resolve(strict=True))
            if place.is_symlink() or not inside:
                raise FileProblem("file-outside", "is a link, or behind one", name)
            mode = place.stat().st_mode
            if not stat.S_ISREG(mode):  # a directory, or a device or pipe, which might never end
                raise FileProblem("file-unreadable", "is not a regular file", name)
            if place.stat().st_size > FILE_LIMIT:
                raise _too_large(name)
            return place.open("rb")
        except (FileNotFoundError, NotADirectoryError) as error:
            raise FileProblem("file-missing", "is missing", name) from error
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FileProblem("file-unreadable", f"can't be read: {reason}", name) from error

    def close(self) -> None:
        pass


class Archive:
    """A package in a zip archive, at its top or in its only folder; read in place, never unpacked."""

    def __init__(self, place: Path) -> None:
        self.name = str(place)
        try:
            self._zip = zipfile.ZipFile(place)
        except (*UNREADABLE, IndexError, struct.error) as error:
            raise FileProblem("zip-unreadable", f"is not a readable zip archive: {error}") from error
        try:
            self._entries = _checked_entries(self._zip.infolist())
        except FileProblem:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        return sorted(
            name for name in self._entries if name == DESCRIPTOR or name.partition("/")[0] in FOLDERS
        )

    def open(self, name: str) -> IO[bytes]:
        if name not in self._entries:
            raise FileProblem("file-missing", "is missing", name)
        try:
            return self._zip.open(self._entries[name])
        except UNREADABLE as error:
            raise FileProblem("file-unreadable", f"can't be read: {error}", name) from error

    def close(self) -> None:
        self._zip.close()


def _checked_entries(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Name to entry, the names relative to the package; raises ``FileProblem`` for an unsafe archive."""

    def unsafe(why: str) -> FileProblem:
        return FileProblem("zip-unsafe", why)

    if len(infos) > ENTRIES_LIMIT:
        raise unsafe(f"holds more than {ENTRIES_LIMIT} entries")
    if sum(info.file_size for info in infos) > ARCHIVE_LIMIT:
        raise unsafe(f"unpacks to more than {ARCHIVE_LIMIT} bytes")
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        # orig_filename is the name before zipfile cut it at a NUL or changed its separators
        name = info.orig_filename
        path = PurePosixPath(name)
        if (
            not name
            or path.is_absolute()
            or ".." in path.parts
            or "\\" in name
            or "\0" in name
            or ":" in name
        ):
            raise unsafe(f"holds an entry whose name leads elsewhere: {name!r}")
        if info.is_dir():
            continue
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise unsafe(f"holds an entry that is not a regular file: {name!r}")
        if info.flag_bits & 0x1:
            raise unsafe(f"holds an encrypted entry: {name!r}")
        if info.file_size > FILE_LIMIT:
            raise unsafe(f"holds an entry of more than {FILE_LIMIT} bytes: {name!r}")
        if str(path) in entries:
            raise unsafe(f"holds two entries of one name: {name!r}")
        entries[str(path)] = info
    return _without_top_folder(entries)


def _without_top_folder(entries: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries below the only top folder, if that is where the descriptor is."""
    tops = {name.partition("/")[0] for name in entries}
    if DESCRIPTOR in entries or len(tops) != 1:
        return entries
    (top,) = tops
    return {name.removeprefix(f"{top}/"): info for name, info in entries.items()}
