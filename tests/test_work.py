"""How much work a command does: what it imports, opens, parses and builds. Counts, which no machine changes."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT, python
from jpkr_drills.model.records import TABLES
from jpkr_drills.model.schemas import schema_files

COUNT = """
import collections, json, sys
opened, calls = collections.Counter(), collections.Counter()
sys.addaudithook(lambda event, args: opened.update([str(args[0])]) if event == "open" else None)

def counted(home, name):
    function = getattr(home, name)
    def call(*args, **more):
        calls[name] += 1
        return function(*args, **more)
    setattr(home, name, call)

if sys.argv[1] != "import":
    from pydantic._internal import _model_construction
    counted(_model_construction, "complete_model_class")
    from pydantic.json_schema import GenerateJsonSchema
    from jpkr_drills import jsonfile, package
    for home, name in ((package, "record_of"), (package.csvfile, "read"), (jsonfile, "parse"), (jsonfile, "render"),
                       (GenerateJsonSchema, "generate"), (GenerateJsonSchema, "generate_definitions")):
        counted(home, name)
exec(sys.argv[2])
print(json.dumps([sorted(sys.modules), opened, calls]), file=sys.stderr)
"""
RUN = (
    "import contextlib, io; from jpkr_drills.cli import main\nwith contextlib.redirect_stdout(io.StringIO()): main({})"
)
DOES = {
    "import": "import jpkr_drills",
    "load": "from jpkr_drills import load; load({root!r})",
    "fast": RUN.format("['validate', '--fast', {root!r}]"),
    "validate": RUN.format("['validate', {root!r}]"),
    "show": RUN.format("['show', '--path', {root!r}]"),
}


@cache
def work(what: str) -> tuple[set[str], Counter[str], Counter[str]]:
    """Modules, files of the package with the times that each was opened, and calls."""
    ran = python("-c", COUNT, what, DOES[what].format(root=str(ROOT)))
    assert ran.returncode == 0, ran.stderr
    modules, opened, calls = json.loads(ran.stderr.splitlines()[-1])
    own: dict[str, Any] = {
        Path(name).relative_to(ROOT).as_posix(): count
        for name, count in opened.items()
        if name.startswith((f"{ROOT}/data/", f"{ROOT}/schemas/", f"{ROOT}/datapackage.json"))
    }
    return set(modules), Counter(own), Counter(calls)


SLOW = {"frictionless", "jsonschema", "jsonschema_rs", "pandas", "polars", "pyarrow", "multiprocessing"}


@pytest.mark.parametrize(
    ("what", "not_imported"),
    [
        ("import", {*SLOW, "pydantic", "dataclasses", "pathlib"}),
        ("load", {*SLOW, "argparse", "difflib", "jpkr_drills.validator", "jpkr_drills.views"}),
        ("fast", {*SLOW, "jpkr_drills.corpus"}),
        ("show", SLOW),
        ("validate", {"polars", "jpkr_drills.corpus"}),
    ],
)
def test_what_is_slow_to_import_is_imported_where_it_is_needed(what: str, not_imported: set[str]) -> None:
    assert work(what)[0] & not_imported == set()


TABLE_FILES = {record.TABLE.path for record in TABLES.values()}
ROWS = sum(len((ROOT / path).read_bytes().splitlines()) - 1 for path in TABLE_FILES)
SCHEMAS = set(schema_files())


@pytest.mark.parametrize(
    ("what", "files"),
    [
        ("load", {"datapackage.json", *TABLE_FILES}),
        ("fast", {"datapackage.json", "data/dataset.json", *TABLE_FILES, *SCHEMAS}),
        ("validate", {"datapackage.json", "data/dataset.json", *TABLE_FILES, *SCHEMAS}),
    ],
)
def test_every_file_is_opened_once(what: str, files: set[str]) -> None:
    opened = work(what)[1]
    assert set(opened.values()) == {1}
    assert opened.keys() - {name for name in opened if name.endswith(".md")} == files


@pytest.mark.parametrize(
    ("what", "calls"),
    [
        # a model for each table, and the two that they are made from
        ("load", {"complete_model_class": len(TABLES) + 2, "record_of": ROWS, "read": len(TABLES), "parse": 1}),
        # each JSON Schema once; dataset.json is compared with what the tables give, and not parsed
        ("fast", {"record_of": ROWS, "read": len(TABLES), "parse": 1, "render": len(SCHEMAS) + 1}),
        # parsed for the JSON Schema alone
        ("validate", {"record_of": ROWS, "read": len(TABLES), "parse": 2, "render": len(SCHEMAS) + 1}),
    ],
)
def test_rows_are_typed_and_schemas_built_once(what: str, calls: dict[str, int]) -> None:
    counted = work(what)[2]
    assert {name: counted[name] for name in calls} == calls
    made = counted["generate"] + counted["generate_definitions"] * len(TABLES)
    assert made <= len(TABLES) + 1  # a schema for each model, and the descriptor's
