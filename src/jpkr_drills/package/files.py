"""Files: the files of a package, in a directory or a zip archive, read safely and never beyond it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from jpkr_drills.issues import Issue
from jpkr_drills.rules import Rule, define

DESCRIPTOR = "datapackage.json"
DATASET = "data/dataset.json"
CODEBOOK = "data/CODEBOOK.md"
FOLDERS = ("data", "schemas")
"""The folders whose every file belongs to the package."""

_MEBIBYTE = 1024 * 1024


class Limits(NamedTuple):
    """What a package may have at most, so that a hostile one can't exhaust memory or time.

    Attributes:
        rows: rows of all tables together; a record takes about 2 kB.
        file_bytes: size of one file.
        package_bytes: size of all files of an archive, unpacked.
        entries: files and folders.
        issues: issues that one rule lists in one file; of further ones only the number is told.
    """

    rows: int = 200_000
    file_bytes: int = 64 * _MEBIBYTE
    package_bytes: int = 256 * _MEBIBYTE
    entries: int = 10_000
    issues: int = 1_000


ZIP_UNREADABLE, ZIP_UNSAFE, FILE_MISSING, FILE_UNREADABLE, FILE_OUTSIDE, FILE_TOO_LARGE = define(
    "integrity",
    """
zip-unreadable | A zip package is a readable zip archive. | make the archive again with `jpkr-drills export`
zip-unsafe | A zip package has no absolute, linked, encrypted, oversized or outward entry, none of a name that some system can't hold, and no two whose names differ in case alone. | make the archive again with `jpkr-drills export`
file-missing | Every declared file is there. | restore the file
file-unreadable | Every declared file is a regular file that can be read. | put a readable regular file in its place
file-outside | No file or folder of the package is a link. | replace the link with the file or folder itself
file-too-large | No file, and no package, is larger than the limits allow. | split the data into several packages, or raise the limit (`--max-rows`, `validate(limits=...)`)
""",
)


class Unreadable(ValueError):
    """A file, or a whole package, that can't or mustn't be read; ``issue`` says why."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(f"{issue.file} {issue.message}")
        self.issue = issue

    def __reduce__(self) -> tuple[type[Unreadable], tuple[Issue]]:
        return type(self), (self.issue,)


def _unreadable(rule: Rule, file: str, message: str) -> Unreadable:
    return Unreadable(rule.issue(file, message))


# What Windows takes for a device, whatever its ending, cuts the end of, or can't hold.
_UNPORTABLE = r"(?is)(?:con(?:in\$|out\$)?|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:[.].*)?|.*[. ]|.*[<>:\"|?*\\\x00-\x1f].*"


def unportable(step: str) -> bool:
    """Whether a file or folder can't have this name on some system."""
    return re.fullmatch(_UNPORTABLE, step) is not None


def folded(path: str) -> str:
    """The path as file systems see it to which upper and lower case, or two spellings, are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


@dataclass(frozen=True)
class File:
    """A file that was looked for: its content, or the issue that says why there is none."""

    name: str
    content: bytes = b""
    problem: Issue | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def missing(self) -> bool:
        """Whether it isn't there at all."""
        return self.problem is not None and self.problem.rule == FILE_MISSING.name


class Files(Protocol):
    """The files of a package, named by relative paths with forward slashes."""

    name: str

    def names(self) -> list[str]:
        """The descriptor, if there, and every file below ``data/`` and ``schemas/``, sorted.

        A folder stands for what is in it where that isn't looked at: behind a link, or no folder.
        Raises ``Unreadable`` where there are too many.
        """
        ...

    def read(self, name: str) -> bytes:
        """The content of a file. Raises ``Unreadable``."""
        ...

    def close(self) -> None:
        """Give back what was opened."""
        ...


def open_files(path: str | os.PathLike[str], limits: Limits) -> Files:
    """The files at ``path``, a directory or a zip archive.

    Raises:
        FileNotFoundError: nothing is there, or something that is neither.
        Unreadable: a zip archive that can't be read or isn't safe.
    """
    if not os.fspath(path):  # an unset variable, say; it would mean the folder one is in
        raise FileNotFoundError("the path is empty: give a directory or a .zip file")
    place = Path(path)
    if place.is_dir():
        return Directory(place, limits)
    archive = next((one for one in place.parents if one.is_file()), None)
    if archive is not None and zipfile.is_zipfile(archive):  # a folder of an archive
        return Archive(archive, limits, place.relative_to(archive).as_posix())
    if not place.exists():
        raise FileNotFoundError(f"no package at {path}: give a directory or a .zip file")
    if not place.is_file():
        raise FileNotFoundError(f"{path} is neither a directory nor a .zip file")
    if place.name == DESCRIPTOR or place.suffix in (".csv", ".json", ".md"):
        folder = place.parent.parent if place.parent.name in FOLDERS else place.parent
        raise FileNotFoundError(f"{path} is a file of a package: give the package's folder, {folder}")
    if place.suffix.lower() != ".zip" and not zipfile.is_zipfile(place):
        raise FileNotFoundError(f"{path} is neither a directory nor a .zip file")
    return Archive(place, limits)


def article_to_read(path: str | os.PathLike[str]) -> Path:
    """The file of an article. Raises ``FileNotFoundError``, in words, where there is none."""
    if not Path(path).is_file():
        said = f"no article at {path}" if os.fspath(path) else "the article's path is empty"
        raise FileNotFoundError(f"{said}: give the text file that was coded")
    return Path(path)


def folder_to_write(path: str | os.PathLike[str]) -> Path:
    """The folder of a package that is to be written. Raises ``FileNotFoundError``, in words, for anything else."""
    files = open_files(path, Limits())
    files.close()
    if isinstance(files, Archive):
        raise FileNotFoundError(f"{path} is an archive: give the package's folder")
    return Path(path)


class Directory:
    """A package in a directory."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self.name = str(root)
        self._root = root
        self._limits = limits

    def names(self) -> list[str]:
        found = [DESCRIPTOR] if os.path.lexists(self._root / DESCRIPTOR) else []
        for name in self._below():
            found.append(name)
            if len(found) > self._limits.entries:
                message = f"the package has more than {self._limits.entries} files"
                raise _unreadable(FILE_TOO_LARGE, name.partition("/")[0], message)
        return sorted(found)

    def _below(self) -> Iterator[str]:
        waiting = [folder for folder in FOLDERS if os.path.lexists(self._root / folder)]
        while waiting:
            folder = waiting.pop()
            try:
                if (self._root / folder).is_symlink():
                    yield folder
                    continue
                with os.scandir(self._root / folder) as entries:
                    for entry in entries:
                        path = f"{folder}/{entry.name}"
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(path)
                        else:
                            yield path
            except OSError:  # no folder, or one that can't be looked into
                yield folder

    def read(self, name: str) -> bytes:
        steps = name.split("/")
        if not {"", ".", ".."}.isdisjoint(steps):
            raise _unreadable(FILE_OUTSIDE, name, "leads out of the package")
        place = f"{self.name}/{name}"  # no pathlib.Path: making them takes longer than reading
        try:
            for path in accumulate(steps, "{}/{}".format):
                if os.path.islink(f"{self.name}/{path}"):  # noqa: PTH114
                    raise _unreadable(FILE_OUTSIDE, path, "is a link")
            found = os.stat(place)  # noqa: PTH116
            if not stat.S_ISREG(found.st_mode):  # a directory, or a device or pipe without end
                raise _unreadable(FILE_UNREADABLE, name, "is not a regular file")
            if found.st_size > self._limits.file_bytes:
                raise _too_large(name, self._limits)
            with open(place, "rb") as stream:  # noqa: PTH123
                return stream.read()
        except Unreadable:
            raise
        except (FileNotFoundError, NotADirectoryError) as reason:
            raise _unreadable(FILE_MISSING, name, "is missing") from reason
        except (OSError, ValueError) as reason:
            why = getattr(reason, "strerror", None) or str(reason)
            raise _unreadable(FILE_UNREADABLE, name, f"can't be read: {why}") from reason

    def close(self) -> None:
        pass


def _too_large(name: str, limits: Limits) -> Unreadable:
    return _unreadable(FILE_TOO_LARGE, name, f"is larger than {limits.file_bytes} bytes")


class Archive:
    """A package in a zip archive, at its top, in its only folder or in ``folder``; read in place, never unpacked."""

    def __init__(self, place: Path, limits: Limits, folder: str = "") -> None:
        self.name = str(place / folder)
        self._limits = limits
        if place.stat().st_size > limits.package_bytes:
            raise _unreadable(ZIP_UNSAFE, self.name, f"is larger than {limits.package_bytes} bytes")
        try:
            self._zip = zipfile.ZipFile(place)
        except Exception as reason:  # of a damaged archive zipfile raises nearly anything
            message = f"is not a readable zip archive: {reason}"
            raise _unreadable(ZIP_UNREADABLE, self.name, message) from reason
        try:
            self._entries = _below(folder, self._checked())
        except Unreadable:
            self._zip.close()
            raise

    def names(self) -> list[str]:
        own = (DESCRIPTOR, *FOLDERS)
        return sorted(name for name in self._entries if name.partition("/")[0] in own)

    def read(self, name: str) -> bytes:
        if name not in self._entries:
            raise _unreadable(FILE_MISSING, name, "is missing")
        try:
            with self._zip.open(self._entries[name]) as stream:
                content = stream.read(self._limits.file_bytes + 1)
        except Exception as reason:  # its decompressors have errors of their own
            raise _unreadable(FILE_UNREADABLE, name, f"can't be read: {reason}") from reason
        if len(content) > self._limits.file_bytes:
            raise _too_large(name, self._limits)
        return content

    def close(self) -> None:
        self._zip.close()

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """Name to entry; raises ``Unreadable`` for an archive that isn't safe."""
        infos = self._zip.infolist()
        if len(infos) > self._limits.entries:
            raise self._unsafe(f"holds more than {self._limits.entries} entries")
        if sum(info.file_size for info in infos) > self._limits.package_bytes:
            raise self._unsafe(f"unpacks to more than {self._limits.package_bytes} bytes")
        files: dict[str, zipfile.ZipInfo] = {}
        spelled: dict[str, str] = {}
        for info in infos:
            # orig_filename is the name before zipfile cut it at a NUL or changed its separators
            name = info.orig_filename
            folder = name.endswith("/")
            path = PurePosixPath(name)
            if name == "./":  # as tar's relatives write the folder itself
                continue
            if not path.parts or path.is_absolute() or ".." in path.parts:
                raise self._unsafe("holds an entry whose name leads elsewhere", name)
            if any(unportable(step) for step in path.parts):
                raise self._unsafe("holds an entry whose name some systems can't hold", name)
            kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where the archive doesn't say
            if kind not in (0, stat.S_IFDIR if folder else stat.S_IFREG):
                raise self._unsafe("holds an entry that is not a regular file", name)
            if info.flag_bits & 0x1:
                raise self._unsafe("holds an encrypted entry", name)
            if str(path) in files:
                raise self._unsafe("holds two entries of one name", name)
            for step in accumulate(path.parts, "{}/{}".format):
                if spelled.setdefault(folded(step), step) != step:
                    raise self._unsafe("holds two entries whose names differ in case alone", step)
            if not folder:
                files[str(path)] = info
        return files

    def _unsafe(self, why: str, name: str | None = None) -> Unreadable:
        return _unreadable(ZIP_UNSAFE, self.name, why if name is None else f"{why}: {name[:80]!r}")


def _below(folder: str, entries: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries below ``folder``; without one, below the only top folder that has a descriptor."""
    if not folder and DESCRIPTOR not in entries:
        tops = [top for top, _, name in (entry.partition("/") for entry in entries) if name == DESCRIPTOR]
        folder = tops[0] if len(tops) == 1 else ""
    top = f"{folder}/" if folder else ""
    return {name.removeprefix(top): info for name, info in entries.items() if name.startswith(top)}
