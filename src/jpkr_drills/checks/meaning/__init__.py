"""Engine ``meaning``: rules across records, about what a coding must say (errors) and usually says (advice).

Each module notes its rules in the register of ``coding``. A rule looks only at records that are
themselves valid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jpkr_drills.checks.meaning import fits, links, names, spans, words
from jpkr_drills.checks.meaning.coding import Coding, judged
from jpkr_drills.issues import Issue
from jpkr_drills.package import Package

RULE_MODULES = (spans, links, words, names, fits)
"""Imported for the rules that they note in the register."""


def check(package: Package, keys: Iterable[Issue], skip: Collection[str] = ()) -> Iterator[Issue]:
    """What breaks a rule of meaning; ``keys`` is what the references engine found, ``skip`` rules not to run."""
    return judged("meaning", Coding(package, list(keys)), skip)
