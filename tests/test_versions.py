"""Versions: one number, wherever it stands."""

from __future__ import annotations

import re
import tomllib

import jpkr_drills
from helpers import ROOT, descriptor


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = re.findall(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    headings = re.findall(r"^## ([0-9]\S*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    found = {
        "pyproject.toml": project["version"],
        "jpkr_drills.__version__": jpkr_drills.__version__,
        "datapackage.json": descriptor()["version"],
        "CITATION.cff": citation[0].strip("\"'"),
        "CHANGELOG.md": headings[0],
    }
    assert len(citation) == 1
    assert set(found.values()) == {jpkr_drills.__version__}, found


def test_the_versions_of_the_changelog_fall() -> None:
    headings = re.findall(r"^## ([0-9]\S*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    numbers = [tuple(map(int, heading.split("."))) for heading in headings]
    assert numbers == sorted(set(numbers), reverse=True)
