"""Summary: the findings of many packages, grouped by their cause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from jpkr_drills.corpus.checking import Checked, Finding
from jpkr_drills.rules import RULES


class Cause(NamedTuple):
    """What findings have in common: level, rule, file and field."""

    level: str
    rule: str
    file: str
    field: str | None


@dataclass
class Group:
    """The findings of one cause: the first, how many there are, and in how many packages."""

    first: Finding
    findings: int = 0
    packages: int = 0


@dataclass
class Summary:
    """What is known of the packages so far; it grows with the causes, not with the packages."""

    packages: int = 0
    valid: int = 0
    rows: int = 0
    causes: dict[Cause, Group] = field(default_factory=dict)

    def add(self, checked: Checked) -> list[Finding]:
        """Count a package; returns the findings that are the first of their cause."""
        self.packages += 1
        self.valid += checked.valid
        self.rows += checked.rows
        new = []
        for cause, finding in ((Cause(one.level, one.rule, one.file, one.field), one) for one in checked.findings):
            if cause not in self.causes:
                self.causes[cause] = Group(finding)
                new.append(finding)
            self.causes[cause].findings += 1
        for cause in {Cause(one.level, one.rule, one.file, one.field) for one in checked.findings}:
            self.causes[cause].packages += 1
        return new

    def __str__(self) -> str:
        said = []
        for cause, group in sorted(self.causes.items(), key=lambda item: (item[0].level != "error", -item[1].packages)):
            what = ": ".join(filter(None, (cause.file, cause.field)))
            count = f"{group.findings} in {group.packages} package{'s' * (group.packages != 1)}"
            said += [f"{cause.level} {cause.rule}: {what}: {count}; first {group.first}", f"  fix: {_fix(cause.rule)}"]
        invalid = self.packages - self.valid
        said.append(f"{self.packages} packages, {self.rows} rows: {self.valid} valid, {invalid} invalid")
        return "\n".join(said)


def _fix(name: str) -> str:
    return RULES[name].fix
