"""Packaging: the sdist and the wheel made from it hold the data as they stand in the tree."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers import ROOT, contents, rows, unmeasured
from jpkr_drills.model.records import TABLES

pytestmark = pytest.mark.slow

SHIPPED = ("data/", "schemas/", "datapackage.json")


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def run(*arguments: str | Path, cwd: Path, **environment: str) -> str:
    """What the interpreter prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**unmeasured(), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of the tree and the wheel of that sdist."""
    folder = tmp_path_factory.mktemp("built")
    run("-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def tree() -> dict[str, str]:
    """Path to hash of every file that must be shipped."""
    found = {f"data/{name}": content for name, content in contents(ROOT / "data").items()}
    found |= {f"schemas/{name}": content for name, content in contents(ROOT / "schemas").items()}
    return hashes(found | {"datapackage.json": (ROOT / "datapackage.json").read_bytes()})


def test_the_sdist_holds_the_data_of_the_tree(built: Path, tree: dict[str, str]) -> None:
    (sdist,) = built.glob("*.tar.gz")
    files = {}
    with tarfile.open(sdist) as archive:
        for member in archive.getmembers():
            stream = archive.extractfile(member)
            if stream is not None:
                files[member.name.partition("/")[2]] = stream.read()
    assert hashes({name: text for name, text in files.items() if name.startswith(SHIPPED)}) == tree
    assert {"pyproject.toml", "README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md"} <= files.keys()
    assert "src/jpkr_drills/py.typed" in files
    assert not [name for name in files if "__pycache__" in name or name.startswith(".git/")]


def test_the_wheel_of_the_sdist_holds_the_data_of_the_tree(built: Path, tree: dict[str, str]) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    data = {
        name.removeprefix("jpkr_drills/_data/"): content
        for name, content in files.items()
        if name.startswith("jpkr_drills/_data/")
    }
    beside = hashes({name: (ROOT / name).read_bytes() for name in ("LICENSE", "CITATION.cff")})  # for `export x.zip`
    assert hashes(data) == tree | beside
    assert "jpkr_drills/py.typed" in files
    assert {name.partition("/")[0].partition("-")[0] for name in files} == {"jpkr_drills"}
    assert not [name for name in files if "__pycache__" in name or "tests" in name]


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target")
    run("-m", "pip", "install", *options, folder, wheel, cwd=folder)
    return folder


def test_an_installed_wheel_loads_its_own_data_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    code = "import jpkr_drills; print(jpkr_drills.__file__); print(jpkr_drills.load())"
    where, shown = run("-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(where).is_relative_to(installed)
    for table in TABLES:
        assert f"{len(rows(table))} {table}" in shown


def test_an_installed_wheel_validates_its_own_data(installed: Path, tmp_path: Path) -> None:
    out = run("-m", "jpkr_drills", "validate", cwd=tmp_path, PYTHONPATH=str(installed))
    assert out.startswith("valid: the bundled package")
    assert (installed / "bin/jpkr-drills").is_file()
