"""Engine ``pydantic``: every row of every table is a valid record of its model."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills.issues import Issue, issue
from jpkr_drills.package import Package


def check(package: Package) -> Iterator[Issue]:
    """What the models find in the rows."""
    for table in package.tables.values():
        for index, fault in table.faults:
            yield issue(
                fault.rule,
                table.path,
                fault.message,
                line=table.rows[index].line,
                record=table.key(index),
                field=fault.field,
                value=fault.value,
                hint=fault.hint,
                engine="pydantic",
            )
