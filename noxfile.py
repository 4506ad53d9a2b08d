"""What CI runs, a session each: ``nox`` runs all, ``nox -s lint`` one, ``nox -l`` lists them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|venv"
# As pip does it: a module that is compiled when it is imported warns of its old syntax, and warnings are errors.
os.environ.setdefault("UV_COMPILE_BYTECODE", "1")
PYPROJECT = nox.project.load_toml("pyproject.toml")
DEV = nox.project.dependency_groups(PYPROJECT, "dev")
ENGINES, TABLES = 9, 14


def tool(name: str) -> str:
    """The requirement of a development tool."""
    return next(one for one in DEV if one.startswith(name))


@nox.session
def tests(session: nox.Session) -> None:
    """The tests that don't take long; arguments behind -- go to pytest."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """The slow tests, those with a browser and other programs too; the descriptions agree on 10,000 records a table."""
    session.install("-e", ".[test]", *map(tool, ("axe-playwright", "datasette", "mlcroissant", "pre-commit")))
    session.run("pytest", "-m", "slow")
    session.run("pytest", "-rP", "tests/test_differential.py", env={"JPKR_DRILLS_EXAMPLES": "10000"})


@nox.session(default=False)
def spark(session: nox.Session) -> None:
    """The adapter for Spark, which takes a large download and Java."""
    session.install("-e", ".[test,spark]")
    session.run("pytest", "-m", "slow or not slow", "tests/test_many.py", "-k", "spark", "-n", "0")


@nox.session
def lint(session: nox.Session) -> None:
    """Style of the code, and the workflows and the action."""
    session.install(tool("ruff"), tool("actionlint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("actionlint")


@nox.session
def types(session: nox.Session) -> None:
    """Strict types, by two checkers."""
    session.install("-e", ".[test]", tool("mypy"), tool("pyright"))
    session.run("mypy")
    session.run("pyright", "--pythonpath", str(Path(session.bin) / "python"))


@nox.session
def drift(session: nox.Session) -> None:
    """What is generated is up to date, the tables are in form, every engine runs and no table is empty."""
    session.install("-e", ".[validate]")
    session.run("jpkr-drills", "build", "--check")
    session.run("jpkr-drills", "fmt", "--check")
    report = json.loads(str(session.run("jpkr-drills", "validate", "--format", "json", silent=True, stderr=None)))
    if (len(report["engines"]), len(report["tables"])) != (ENGINES, TABLES) or not all(report["tables"].values()):
        session.error(f"{ENGINES} engines and {TABLES} tables with rows are wanted: {report}")
    if list(report["not_run"]) != ["article"] or report["advice"]:
        session.error(f"all engines but the article's are to run, without advice: {report}")


@nox.session
def lower(session: nox.Session) -> None:
    """The oldest dependencies that are allowed."""
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    used = [
        *project["dependencies"],
        *(one for name in ("validate", "pandas", "polars", "arrow") for one in extras[name]),
    ]
    session.install(*(one.replace(">=", "==") for one in used), "pytest", "pytest-xdist", "hypothesis", "pyyaml")
    session.install("--no-deps", "-e", ".")
    session.run("jpkr-drills", "validate")
    names = ("models", "columns", "rows", "schemas", "loader", "frames", "validator", "witnesses", "corpus")
    found = [f"tests/test_{name}.py" for name in names if Path(f"tests/test_{name}.py").exists()]
    session.run("pytest", "-o", "addopts=", "-n", "auto", "-m", "not slow", *found)


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel of the sdist, outside the checkout: it loads, says what is missing, validates."""
    session.install("build")
    folder = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "build", "--quiet", "--outdir", f"{folder}/dist", ".")
    (built,) = (str(one) for one in (folder / "dist").glob("*.whl"))
    session.install("--force-reinstall", built)
    session.chdir(folder)
    session.run("python", "-c", "from jpkr_drills import load; print(load())")
    said = str(session.run("jpkr-drills", "validate", success_codes=[2], silent=True))
    if "pip install" not in said:
        session.error(f"validate without its extra must say what to install: {said}")
    session.install(f"{built}[validate]")
    session.run("jpkr-drills", "validate")


@nox.session
def article(session: nox.Session) -> None:
    """Every span, hash and surface against the article, whose file JPKR_DRILLS_ARTICLE names."""
    if "JPKR_DRILLS_ARTICLE" not in os.environ:
        session.skip("JPKR_DRILLS_ARTICLE names no article")
    session.install("-e", ".[validate]")
    session.run("jpkr-drills", "validate", "--strict", "--article", os.environ["JPKR_DRILLS_ARTICLE"])
