"""Engine ``integrity``: the files are those declared, unchanged, and in their canonical form."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.issues import Issue, together
from jpkr_drills.model.descriptor import is_path
from jpkr_drills.model.records import TABLES
from jpkr_drills.model.schemas import schema_files
from jpkr_drills.package import Package, TableFile, listed
from jpkr_drills.package.csvfile import Log
from jpkr_drills.package.files import DATASET, DESCRIPTOR, FOLDERS, Unreadable
from jpkr_drills.rules import BUILD, FMT, define
from jpkr_drills.text import natural_key

UNDECLARED, FORMULA = define(
    "integrity",
    """
file-undeclared | No file lies in `data/` or `schemas/` that the descriptor doesn't know. | remove the file, or declare it as a resource and run `jpkr-drills build`
text-formula | No cell of a further CSV or TSV file starts as a formula that a spreadsheet would run. | start the cell with another character
""",
    level="advice",
)
HASH, SIZE, ORDER, JSON_LAYOUT, TEXT_ENCODING = define(
    "integrity",
    f"""
hash-mismatch | Every file has the SHA-256 that the descriptor gives. | if the change is meant, {BUILD}; if not, restore the file
size-mismatch | Every file has the size in bytes that the descriptor gives. | {BUILD}
row-order | Rows stand in ascending order of the primary key, numbers within it by their value. | {FMT}, or move the row to its place
json-not-canonical | `data/dataset.json` is laid out as `build` writes it. | {BUILD}
text-encoding | A further text file has the encoding that the descriptor gives, else UTF-8, and is JSON where that says so. | save the file as UTF-8, or declare the encoding and format that it has
""",
)
OF_RECORDS = frozenset({DATASET, *(record.TABLE.path for record in TABLES.values())})
"""The files that hold the records."""


def check(package: Package) -> Iterator[Issue]:
    """What is wrong with the package's files."""
    yield from check_form(package)
    yield from _dataset(package)
    further: dict[str, dict[str, Any]] = {}
    declared: set[str] = set()
    for resource in listed(package.descriptor, "resources"):
        path = resource.get("path")
        declared.add(str(path))
        if isinstance(path, str) and is_path(path):  # of another the descriptor engine speaks
            yield from _measured(package, path, resource)
            further.setdefault(path, resource)
    for path, resource in further.items():
        if path not in OF_RECORDS:
            yield from _further(package, path, resource)
    yield from _undeclared(package, declared)


def check_form(package: Package) -> Iterator[Issue]:
    """What is wrong with the tables' files, hashes aside."""
    missing = [table.file.problem for table in package.tables.values() if table.file.problem and table.file.missing]
    yield from together(missing, "tables are too")
    yield from noted(package, "integrity")
    for table in package.tables.values():
        yield from _order(table)


def noted(package: Package, engine: str) -> Iterator[Issue]:
    """What was found for an engine when the tables were read, files that are missing aside."""
    for table in package.tables.values():
        yield from (one for one in table.issues if one.found_by == (engine,) and not table.file.missing)


def _order(table: TableFile) -> Iterator[Issue]:
    key = TABLES[table.table].TABLE.key
    # A key without its form has no place in the order; the record engines speak of it.
    if any(issue.field in key for issue in table.issues):
        return
    log = Log(table.path)
    ordered = (natural_key(one.split("/")) for one in table.keys)
    for index, (earlier, later) in enumerate(pairwise(ordered), 1):
        if later < earlier:
            message = "is out of order: by its key it comes before the row above it"
            log.add(ORDER, message, line=table.rows[index].line, record=table.keys[index])
    yield from log.issues()


def _dataset(package: Package) -> Iterator[Issue]:
    if package.as_built:
        return
    value, issue = package.dataset
    if issue is not None:
        yield issue
    elif jsonfile.render(value) != package.file(DATASET).content:
        yield JSON_LAYOUT.issue(DATASET, "is not laid out as build writes it")


def _measured(package: Package, path: str, resource: dict[str, Any]) -> Iterator[Issue]:
    file = package.file(path)
    if file.problem is not None:
        if path not in OF_RECORDS:  # told with the table or the dataset
            yield file.problem
        return
    digest, size = resource.get("hash"), resource.get("bytes")
    if re.fullmatch("sha256:[0-9a-f]{64}", str(digest)) and digest != f"sha256:{file.sha256}":
        yield HASH.issue(path, "its SHA-256 is not the one that the descriptor gives", value=f"sha256:{file.sha256}")
    elif type(size) is int and size >= 0 and size != len(file.content):
        yield SIZE.issue(path, "its size is not the one that the descriptor gives", value=len(file.content))


_TEXTS = ("csv", "json", "md", "txt", "tsv", "html", "xml", "yaml", "yml")


def _further(package: Package, path: str, resource: dict[str, Any]) -> Iterator[Issue]:
    """What keeps readers from a text that no model knows: nothing else is asked of it."""
    file, form, encoding = (
        package.file(path),
        str(resource.get("format")).lower(),
        str(resource.get("encoding", "UTF-8")),
    )
    if form not in _TEXTS or file.problem is not None:
        return
    try:
        text = file.content.decode(encoding)
        if form == "json":
            jsonfile.parse(file.content)
    except LookupError:  # an encoding that Python doesn't know
        return
    except UnicodeDecodeError as reason:
        yield TEXT_ENCODING.issue(path, f"byte {reason.start + 1} is not {encoding}")
        return
    except ValueError as reason:
        yield TEXT_ENCODING.issue(path, str(reason), hint="fix the file, or declare another format")
        return
    if form in ("csv", "tsv"):
        log = Log(path)
        cells = csv.reader(text.splitlines(), delimiter="\t" if form == "tsv" else ",")
        for number, row in enumerate(cells, 1):
            for cell in row:
                if cell.startswith(("=", "+", "-", "@")) and not re.fullmatch("[+-]?[0-9.,e]*", cell):
                    log.add(FORMULA, "a cell starts as a formula does", line=number, value=cell)
        yield from log.issues()


def _undeclared(package: Package, declared: set[str]) -> Iterator[Issue]:
    known = {DESCRIPTOR, *OF_RECORDS, *declared, *schema_files()}
    try:
        for name in package.files.names():
            if name in FOLDERS:
                file = package.file(f"{name}/x")
                told = None if file.missing else file.problem
                yield told or UNDECLARED.issue(
                    name, "is no folder that can be read", hint="put the folder in its place"
                )
            elif name not in known and declared:  # without resources it is they that are missing
                yield UNDECLARED.issue(name, "is not declared in the descriptor")
    except Unreadable as reason:
        yield reason.issue
