"""Summary: the findings of many packages, grouped by their cause, and told while a run is under way."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

from jpkr_drills.corpus.checking import Checked, Finding
from jpkr_drills.rules import RULES

Cause = tuple[str, str, str, str | None]
"""What findings have in common: level, rule, file and field."""


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
        here: dict[Cause, list[Finding]] = defaultdict(list)
        for finding in checked.findings:
            here[finding.level, finding.rule, finding.file, finding.field].append(finding)
        new = [first for cause, (first, *_) in here.items() if cause not in self.causes]
        for cause, findings in here.items():
            group = self.causes.setdefault(cause, Group(findings[0]))
            group.findings += len(findings)
            group.packages += 1
        return new

    def __str__(self) -> str:
        said: list[str] = []
        for group in sorted(self.causes.values(), key=lambda group: (group.first.level != "error", -group.packages)):
            first = group.first
            what = ": ".join(filter(None, (first.file, first.field)))
            count = f"{group.findings} in {group.packages} package{'s' * (group.packages != 1)}"
            said += [f"{first.level} {first.rule}: {what}: {count}; first {first}", f"  fix: {RULES[first.rule].fix}"]
        invalid = self.packages - self.valid
        said.append(f"{self.packages} packages, {self.rows} rows: {self.valid} valid, {invalid} invalid")
        return "\n".join(said)


@contextmanager
def progress(total: int, summary: Summary) -> Generator[Callable[[Checked], None]]:
    """Adds what it is told to ``summary`` and names the first finding of each cause on stderr.

    On a terminal, with tqdm, a bar says how far of ``total`` packages the run is.
    """
    bar: Any = None
    if sys.stderr.isatty():
        with suppress(ImportError):
            from tqdm import tqdm

            bar = tqdm(total=total, unit=" packages", smoothing=0.1)

    def told(checked: Checked) -> None:
        for finding in summary.add(checked):
            (bar.write if bar else print)(str(finding), file=sys.stderr)
        if bar:
            bar.update()

    with bar or nullcontext():
        yield told
