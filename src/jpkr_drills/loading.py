"""Loading: from a package's files to a Dataset."""

from __future__ import annotations

import os
from collections.abc import Sequence

from jpkr_drills.checks import by_pydantic, integrity, references
from jpkr_drills.dataset import Dataset
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, issue, limited
from jpkr_drills.package import open_package

_SHOWN = 5


class InvalidPackage(ValueError):
    """A package that can't be loaded; ``issues`` says why."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = list(issues)
        shown = "\n".join(f"{one}\n  mend: {one.hint}" for one in self.issues[:_SHOWN])
        more = len(self.issues) - _SHOWN
        rest = f"\n... and {more} more; see jpkr_drills.validate" if more > 0 else ""
        super().__init__(f"the package can't be loaded:\n{shown}{rest}")

    def __reduce__(self) -> tuple[type[InvalidPackage], tuple[list[Issue]]]:
        return type(self), (self.issues,)


def load(path: str | os.PathLike[str] | None = None) -> Dataset:
    """The package at ``path``, a directory or zip archive; without it, the bundled package.

    Every record is checked against its model and every link is followed; for the whole of the
    checks, hashes and rules of meaning included, see ``validate``.

    >>> from jpkr_drills import load
    >>> load().claims["p0s1-1"].voice
    'article'

    Raises:
        FileNotFoundError: there is nothing at ``path``.
        InvalidPackage: a table is missing, malformed or has a record or link that isn't valid.
    """
    try:
        with open_package(path) as package:
            engines = (integrity.check_form, by_pydantic.check, references.check)
            found = list(dict.fromkeys(one for check in engines for one in limited(check(package))))
            if package.descriptor_problem is not None:
                found = [
                    issue(package.descriptor_problem.rule, DESCRIPTOR, str(package.descriptor_problem))
                ]
            if found:
                raise InvalidPackage(found)
            descriptor = package.descriptor or {}
            return Dataset(
                {
                    name: [record for record in table.records if record is not None]
                    for name, table in package.tables.items()
                },
                title=str(descriptor.get("title", "")),
                version=str(descriptor.get("version", "")),
                path=package.name,
            )
    except FileProblem as error:
        raise InvalidPackage([issue(error.rule, os.fspath(path or ""), str(error))]) from error
