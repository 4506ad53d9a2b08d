"""Fixtures of all test modules."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import synthetic
from helpers import ROOT
from jpkr_drills import Dataset, load

EXAMPLES = int(os.environ.get("JPKR_DRILLS_EXAMPLES", "10"))
"""How many random examples a test tries, unless it says otherwise."""

settings.register_profile("shared", deadline=None, max_examples=EXAMPLES, database=None)
settings.load_profile("shared")


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The package of two towns and a bridge, and its article: not to be changed."""
    return synthetic.make(tmp_path_factory.mktemp("good"))


@pytest.fixture
def package(good: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of that package, for a test to change."""
    return Path(shutil.copytree(good[0], tmp_path / "package"))


@pytest.fixture
def article(good: tuple[Path, Path]) -> Path:
    """The article of that package."""
    return good[1]


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """This repository's package, loaded."""
    return load(ROOT)
