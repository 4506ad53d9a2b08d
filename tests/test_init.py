"""The top of the package: what it exports, and what its imports cost."""

from __future__ import annotations

import importlib

import pytest

import jpkr_drills
from helpers import python

HEAVY = "pydantic", "frictionless", "jsonschema", "pandas", "polars", "pyarrow", "numpy"
NAMES = ["Dataset", "InvalidPackage", "Issue", "MissingExtra", "Table", "load", "validate"]


def loaded(code: str) -> set[str]:
    """Which of the heavy libraries a fresh interpreter has loaded after ``code``."""
    last = f"import sys; sys.stderr.write(' '.join(m for m in {HEAVY} if m in sys.modules))"
    run = python("-c", f"{code}\n{last}")
    assert run.returncode == 0, run.stderr
    return set(run.stderr.split())


def test_importing_the_package_loads_no_library() -> None:
    assert loaded("import jpkr_drills; jpkr_drills.__version__") == set()


def test_loading_takes_pydantic_and_nothing_else() -> None:
    assert loaded("from jpkr_drills import load; load()") == {"pydantic"}


def test_validating_takes_no_data_frame_library() -> None:
    found = loaded("from jpkr_drills import validate; validate(only=['pydantic', 'jsonschema'])")
    assert found - {"jsonschema"} == {"pydantic"}  # jsonschema-rs, where it is installed, speaks for jsonschema


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["validate", "--help"]])
def test_help_and_version_load_no_library(arguments: list[str]) -> None:
    code = f"from jpkr_drills.cli import main\ntry: main({arguments})\nexcept SystemExit: pass"
    assert loaded(code) == set()


def test_the_heavy_libraries_would_be_seen() -> None:
    assert loaded("import jsonschema") == {"jsonschema"}


def test_everything_exported_is_there() -> None:
    assert sorted(jpkr_drills.__all__) == NAMES
    assert all(callable(getattr(jpkr_drills, name)) for name in NAMES)
    assert set(dir(jpkr_drills)) >= {*NAMES, "__version__"}


@pytest.mark.parametrize("name", NAMES)
def test_an_exported_name_is_that_of_its_module(name: str) -> None:
    value = getattr(jpkr_drills, name)
    assert getattr(importlib.import_module(value.__module__), name) is value


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        jpkr_drills.nonsense  # noqa: B018
