"""Engine ``pydantic``: every row of every table is a valid record of its model."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills.issues import Issue
from jpkr_drills.package import Package


def check(package: Package) -> Iterator[Issue]:
    """What the models found in the rows when the tables were read."""
    for table in package.tables.values():
        yield from (issue for issue in table.issues if issue.found_by == ("pydantic",))
