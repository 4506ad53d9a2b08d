"""Fixtures of all test modules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import ROOT
from jpkr_drills import Dataset, load


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of this repository's package, for a test to change."""
    copy = tmp_path / "package"
    for folder in ("data", "schemas"):
        shutil.copytree(ROOT / folder, copy / folder)
    shutil.copy(ROOT / "datapackage.json", copy)
    return copy


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """This repository's package, loaded."""
    return load(ROOT)
