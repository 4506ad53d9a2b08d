"""Checking: one package to its findings, and many on all cores."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jpkr_drills.corpus import pool
from jpkr_drills.issues import COMMAND, Issue, Level, printable
from jpkr_drills.package import NOT_CHECKED
from jpkr_drills.package.files import DESCRIPTOR, Unreadable

if TYPE_CHECKING:
    from jpkr_drills.report import Report

PathLike = str | os.PathLike[str]
Paths = PathLike | Iterable[PathLike]


class Finding(NamedTuple):
    """An issue of one of many packages: ``package`` is its path, the rest is as in ``Issue``."""

    package: str
    file: str
    line: int | None
    record: str | None
    field: str | None
    rule: str
    level: Level
    message: str

    @classmethod
    def of(cls, package: str, issue: Issue) -> Finding:
        """The finding that an issue is in its package."""
        return cls(package, *(getattr(issue, name) for name in cls._fields[1:]))

    def as_json(self) -> str:
        """The finding as a line of JSON."""
        return COMMAND.sub(r"\\u0023", json.dumps(self._asdict()))

    def __str__(self) -> str:
        file = "/".join(filter(None, (printable(self.package, 300), self.file)))
        return str(Issue(file, *self[2:], value=None, hint="", found_by=()))


class Checked(NamedTuple):
    """A package that was checked: its path, number of rows and findings."""

    package: str
    rows: int
    findings: list[Finding]

    @property
    def valid(self) -> bool:
        """Whether there is no error among the findings."""
        return all(finding.level != "error" for finding in self.findings)


def find(paths: Paths) -> Iterator[str]:
    """The packages at ``paths``: each path, or the one; of a folder that is no package but has some, these, by name."""
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    for path in (os.fspath(one) for one in several):
        place = Path(path)
        inside = sorted(place.iterdir()) if place.is_dir() and not (place / DESCRIPTOR).exists() else []
        packages = [str(one) for one in inside if one.suffix == ".zip" or (one / DESCRIPTOR).is_file()]
        yield from packages or [path]


def check(path: str, *, only: Collection[str] = (), ignore: Collection[str] = ()) -> Checked:
    """The findings of the package at ``path``, errors first. Raises nothing but ``MissingExtra``.

    ``only`` and ``ignore`` are as for ``jpkr_drills.validate``.
    """
    from jpkr_drills.validator import report

    return checked(path, partial(report, only=only, ignore=ignore))


def checked(path: str, examine: Callable[[str], Report]) -> Checked:
    """What ``examine`` finds of the package at ``path``, or why it couldn't. Raises nothing but ``MissingExtra``."""
    from jpkr_drills.frames import MissingExtra

    try:
        found = examine(path)
    except MissingExtra:  # that of the machine, not of the package
        raise
    except Unreadable as reason:
        return Checked(path, 0, [Finding.of(path, reason.issue)])
    except Exception as reason:  # whatever is wrong with one package, the others are checked
        return lost(path, f"{type(reason).__name__}: {reason}")
    findings = [Finding.of(path, issue) for issue in (*found.issues, *found.advice)]
    return Checked(path, sum(found.tables.values()), findings)


def lost(path: str, why: str) -> Checked:
    """What stands for a package that couldn't be checked."""
    return Checked(path, 0, [Finding.of(path, NOT_CHECKED.issue("", f"could not be checked: {why}"))])


def validate(
    paths: Paths, *, only: Collection[str] = (), ignore: Collection[str] = (), jobs: int | None = None
) -> Iterator[Checked]:
    """The packages at ``paths`` as they are checked, each once, on ``jobs`` processes (without it: all cores).

    However many there are, memory holds a few. A package that isn't there, can't be opened or ends its
    process has a finding ``package-not-checked``. As with every process pool, a script needs
    ``if __name__ == "__main__":``; ``jobs=1`` starts no process.

    Raises:
        MissingExtra: an engine's library isn't installed.
        ValueError: an engine or a rule of advice that doesn't exist.
    """
    from jpkr_drills.validator import refuse_unknown

    refuse_unknown(only, ignore)
    return pool.run(partial(check, only=only, ignore=ignore), find(paths), lost, jobs=jobs, modules=modules(only))


def modules(only: Collection[str]) -> list[str]:
    """What the engines import, all that is slow to start."""
    named = {"frictionless": "frictionless", "jsonschema": "jsonschema_rs"}
    return ["jpkr_drills.validator", *(module for engine, module in named.items() if not only or engine in only)]
