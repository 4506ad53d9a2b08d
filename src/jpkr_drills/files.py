"""Files: the files of a package, in a directory or a zip archive, read safely and never beyond it."""

from __future__ import annotations

import io
import lzma
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from jpkr_drills.text import hidden_character

DESCRIPTOR = "datapackage.json"
FOLDERS = ("data", "schemas")
"""The folders whose every file belongs to the package."""

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes that one file may have."""
DESCRIPTOR_LIMIT = 1024 * 1024
"""Bytes that the descriptor may have: a thousand resources, described at length."""
FURTHER_LIMIT = 4 * 1024 * 1024
"""Bytes that a further file may have, neither a table nor made of the tables: it is read whole, and its
words compared with the article's."""
FURTHER_TOTAL = 2 * FURTHER_LIMIT
"""Bytes that all such files may have together."""
ARCHIVE_LIMIT = 256 * 1024 * 1024
"""Bytes that all files of an archive may have, unpacked."""
DIRECTORY_LIMIT = 4 * 1024 * 1024
"""Bytes that the list of an archive's entries may have."""
ENTRIES_LIMIT = 10_000
"""Files and folders that a package may have."""
DEPTH_LIMIT = 32
"""Folders that a file may lie in, one inside the other."""

# What Windows takes for a device, whatever its ending, cuts the end of, or can't hold.
_UNPORTABLE = re.compile(
    r"(?:con(?:in\$|out\$)?|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:[.].*)?|.*[. ]|.*[<>:\"|?*\\].*",
    re.I | re.S,
)

# A pipe is opened without waiting for its other end, and a link not at all.
_FILE_FLAGS = os.O_RDONLY | sum(getattr(os, f, 0) for f in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_FOLDER_FLAGS = os.O_RDONLY | sum(getattr(os, f, 0) for f in ("O_NOFOLLOW", "O_DIRECTORY"))
_STEPWISE = os.open in os.supports_dir_fd


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

    def __reduce__(self) -> tuple[type[FileProblem], tuple[str, str, str]]:
        return type(self), (self.rule, str(self), self.file)


class Files(Protocol):
    """The files of a package, named by relative paths with forward slashes."""

    name: str

    def names(self) -> list[str]:
        """The descriptor, if there, and every file below ``data/`` and ``schemas/``, sorted; beside
        them, what differs from one of these three names in case alone.

        A folder stands for what is in it where that isn't looked at: behind a link, too deep.
        Raises ``FileProblem`` where there are too many.
        """
        ...

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading. Raises ``FileProblem``."""
        ...

    def close(self) -> None:
        """Give back what was opened."""
        ...


def unportable(step: str) -> bool:
    """Whether a file or folder can't have this name on some system."""
    return _UNPORTABLE.fullmatch(step) is not None or hidden_character(step) is not None


def folded(path: str) -> str:
    """The path as file systems see it to which upper and lower case, or two spellings, are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def open_files(path: str | os.PathLike[str]) -> Files:
    """The files at ``path``, a directory or a zip archive.

    Raises:
        FileNotFoundError: nothing is there.
        FileProblem: a zip archive that can't be read or isn't safe.
    """
    if not os.fspath(path):  # an unset variable, say; it would mean the folder one is in
        raise FileNotFoundError("the path is empty: give a directory or a .zip file")
    place = Path(path)
    if place.is_dir():
        return Directory(place)
    if not place.exists():
        raise FileNotFoundError(f"no package at {path}: give a directory or a .zip file")
    if not place.is_file():
        raise FileNotFoundError(f"{path} is neither a directory nor a .zip file")
    return Archive(place)


def read(files: Files, name: str, limit: int = FILE_LIMIT) -> bytes:
    """The whole content of a file of up to ``limit`` bytes. Raises ``FileProblem``."""
    with files.open(name) as stream:
        try:
            content = stream.read(limit + 1)
        except UNREADABLE as error:
            raise FileProblem("file-unreadable", f"can't be read: {error}", name) from error
    if len(content) > limit:
        raise _too_large(name, limit)
    return content


def _too_large(name: str, limit: int = FILE_LIMIT) -> FileProblem:
    return FileProblem("file-too-large", f"is larger than {limit} bytes", name)


class Directory:
    """A package in a directory."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self._root = root

    def names(self) -> list[str]:
        found = [DESCRIPTOR] if os.path.lexists(self._root / DESCRIPTOR) else []
        return sorted([*found, *self._twins(), *self._below()])

    def _twins(self) -> list[str]:
        """What takes the descriptor's or a folder's place where upper and lower case are the same."""
        own = (DESCRIPTOR, *FOLDERS)
        try:
            with os.scandir(self._root) as entries:
                names = [entry.name for entry in islice(entries, ENTRIES_LIMIT)]
        except OSError:
            return []
        return [name for name in names if name not in own and folded(name) in own]

    def _below(self) -> Iterator[str]:
        waiting = [folder for folder in FOLDERS if os.path.lexists(self._root / folder)]
        seen = 0
        while waiting:
            folder = waiting.pop()
            if folder.count("/") >= DEPTH_LIMIT or (self._root / folder).is_symlink():
                yield folder
                continue
            try:
                with os.scandir(self._root / folder) as entries:
                    for entry in entries:
                        seen += 1
                        if seen > ENTRIES_LIMIT:
                            message = f"the package has more than {ENTRIES_LIMIT} files and folders"
                            raise FileProblem("file-too-large", message, folder)
                        path = f"{folder}/{entry.name}"
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(path)
                        else:
                            yield path
            except OSError:  # no folder, or one that can't be looked into
                yield folder

    def open(self, name: str) -> IO[bytes]:
        try:
            handle = self._reach(name)
            try:
                found = os.fstat(handle)  # of what was opened: it can't be exchanged any more
                if not stat.S_ISREG(found.st_mode):  # a directory, or a device or pipe without end
                    raise FileProblem("file-unreadable", "is not a regular file", name)
                if found.st_size > FILE_LIMIT:
                    raise _too_large(name)
                return os.fdopen(handle, "rb")
            except BaseException:
                os.close(handle)
                raise
        except (FileNotFoundError, NotADirectoryError) as error:
            raise FileProblem("file-missing", "is missing", name) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise FileProblem("file-unreadable", f"can't be read: {reason}", name) from error

    def _reach(self, name: str) -> int:
        """A handle of the file, reached step by step from the package's folder, no step a link."""
        *folders, last = steps = name.split("/")
        if not {"", ".", ".."}.isdisjoint(steps):
            raise FileProblem("file-outside", "leads out of the package", name)
        if not _STEPWISE:  # Windows: looked at first, and then opened
            for path in accumulate(steps, "{}/{}".format):
                if (self._root / path).is_symlink():
                    raise _linked(path)
            return os.open(self._root / name, _FILE_FLAGS)
        step = ""
        reached: list[str] = []
        at = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for step in folders:
                inner = os.open(step, _FOLDER_FLAGS, dir_fd=at)
                os.close(at)
                at = inner
                reached.append(step)
            step = last
            return os.open(step, _FILE_FLAGS, dir_fd=at)
        except OSError as error:
            if _is_link(step, at):
                raise _linked("/".join([*reached, step])) from error
            raise
        finally:
            os.close(at)

    def close(self) -> None:
        pass


def _linked(path: str) -> FileProblem:
    """``path`` is where the link is: the file, or a folder that it lies in."""
    return FileProblem("file-outside", "is a link", path)


def _is_link(step: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(step, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


class _Sips(io.BufferedReader):
    """An archive that is read in small pieces only: ``zipfile`` would take in a directory of any size
    at once, and make an entry of each 47 bytes, before anybody can count them."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY_LIMIT:
            raise FileProblem("zip-unsafe", f"has a directory of more than {DIRECTORY_LIMIT} bytes")
        # Without a size it is the end of the file that is asked for, a comment of 64 KiB at most.
        return super().read(size)


class Archive:
    """A package in a zip archive, at its top or in its only folder; read in place, never unpacked."""

    def __init__(self, place: Path) -> None:
        self.name = str(place)
        if place.stat().st_size > ARCHIVE_LIMIT:
            raise FileProblem("zip-unsafe", f"is larger than {ARCHIVE_LIMIT} bytes")
        try:
            self._stream = _Sips(io.FileIO(place))
        except OSError as error:
            raise FileProblem("zip-unreadable", f"can't be read: {error.strerror}") from error
        try:
            self._zip = zipfile.ZipFile(self._stream)
            self._entries = _checked_entries(self._zip.infolist())
            for info in self._zip.infolist():
                self._compare_header(info)
        except BaseException as error:
            self._stream.close()
            if isinstance(error, (*UNREADABLE, IndexError, struct.error)):
                what = f"is not a readable zip archive: {error}"
                raise FileProblem("zip-unreadable", what) from error
            raise

    def _compare_header(self, info: zipfile.ZipInfo) -> None:
        """What reads an archive from its start goes by the name in front of each content."""
        try:
            self._zip.open(info).close()
        except zipfile.BadZipFile as error:
            if "differ" in str(error):
                message = (
                    f"holds an entry that has another name in front of its content: {info.filename!r}"
                )
                raise FileProblem("zip-unsafe", message) from error
        except UNREADABLE:
            pass  # told where it is read, if it is

    def names(self) -> list[str]:
        own = (DESCRIPTOR, *FOLDERS)
        return sorted(name for name in self._entries if folded(name.partition("/")[0]) in own)

    def open(self, name: str) -> IO[bytes]:
        if name not in self._entries:
            raise FileProblem("file-missing", "is missing", name)
        try:
            return self._zip.open(self._entries[name])
        except UNREADABLE as error:
            raise FileProblem("file-unreadable", f"can't be read: {error}", name) from error

    def close(self) -> None:
        self._zip.close()
        self._stream.close()


def _checked_entries(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Name to entry, the names relative to the package; raises ``FileProblem`` for an unsafe archive."""

    def unsafe(why: str) -> FileProblem:
        return FileProblem("zip-unsafe", why)

    if len(infos) > ENTRIES_LIMIT:
        raise unsafe(f"holds more than {ENTRIES_LIMIT} entries")
    if sum(info.file_size for info in infos) > ARCHIVE_LIMIT:
        raise unsafe(f"unpacks to more than {ARCHIVE_LIMIT} bytes")
    files: dict[str, zipfile.ZipInfo] = {}
    folders: set[str] = set()
    spelled: dict[str, str] = {}
    for info in infos:
        # orig_filename is the name before zipfile cut it at a NUL or changed its separators
        name = info.orig_filename
        folder = name.endswith("/")
        path = PurePosixPath(name)
        if not path.parts or path.is_absolute() or ".." in path.parts:
            raise unsafe(f"holds an entry whose name leads elsewhere: {name!r}")
        if any(unportable(step) for step in path.parts):
            raise unsafe(f"holds an entry whose name some systems read otherwise: {name!r}")
        if len(path.parts) > DEPTH_LIMIT:
            raise unsafe(f"holds an entry in more than {DEPTH_LIMIT} folders: {name[:80]!r}")
        mode = info.external_attr >> 16  # 0 where the archive doesn't say
        if stat.S_IFMT(mode) not in (0, stat.S_IFDIR if folder else stat.S_IFREG):
            raise unsafe(f"holds an entry that is not a regular file: {name!r}")
        if mode and not mode & stat.S_IRUSR:
            raise unsafe(f"holds an entry that nobody may read: {name!r}")
        if _second_name(info) not in (None, name):
            raise unsafe(f"holds an entry that has a second name: {name!r}")
        if info.flag_bits & 0x1:
            raise unsafe(f"holds an encrypted entry: {name!r}")
        if info.file_size > (0 if folder else FILE_LIMIT):
            raise unsafe(f"holds a folder with content, or an entry over {FILE_LIMIT} bytes: {name!r}")
        if str(path) in files:
            raise unsafe(f"holds two entries of one name: {name!r}")
        steps = list(accumulate(path.parts, "{}/{}".format))
        for step in steps:
            if spelled.setdefault(folded(step), step) != step:
                raise unsafe(f"holds two entries whose names differ in case alone: {step!r}")
        folders.update(steps if folder else steps[:-1])
        if not folder:
            files[str(path)] = info
    if both := folders & files.keys():
        raise unsafe(f"holds a file that is a folder too: {min(both)!r}")
    return _without_top_folder(files)


_UNICODE_PATH = 0x7075


def _second_name(info: zipfile.ZipInfo) -> str | None:
    """The name in Info-ZIP's Unicode Path Extra Field (APPNOTE 4.6.9), which some unpack by."""
    at = 0
    while at + 4 <= len(info.extra):
        kind, size = struct.unpack_from("<HH", info.extra, at)
        if kind == _UNICODE_PATH:  # a version and a checksum of the first name come before the second
            return info.extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return None


def _without_top_folder(entries: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries below the only top folder, if that is where the descriptor is."""
    tops = {name.partition("/")[0] for name in entries} - {_OF_MACOS}
    if DESCRIPTOR in entries or len(tops) != 1:
        return entries
    top = f"{tops.pop()}/"
    if f"{top}{DESCRIPTOR}" not in entries:
        return entries
    return {name.removeprefix(top): info for name, info in entries.items() if name.startswith(top)}


_OF_MACOS = "__MACOSX"
"""Where macOS puts what only it reads."""
