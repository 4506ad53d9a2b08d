"""Engine ``integrity``: the files are those declared, unchanged, and in their canonical form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from jpkr_drills import files, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.descriptor import DATASET
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, TableFile, table_path
from jpkr_drills.schemas import schema_files
from jpkr_drills.text import natural_key


def check(package: Package) -> Iterator[Issue]:
    """What is wrong with the package's files."""
    yield from check_form(package)
    yield from _dataset_form(package)
    yield from _hashes(package)
    yield from _undeclared(package)


def check_form(package: Package) -> Iterator[Issue]:
    """What is wrong with the tables' files, hashes aside."""
    for table in package.tables.values():
        if table.problem is not None:
            yield _of_problem(table.problem, table.path)
        elif table.reading is not None:
            for fault in table.reading.faults:
                yield issue(
                    fault.rule,
                    table.path,
                    fault.message,
                    line=fault.line,
                    field=fault.field,
                    value=fault.value,
                )
            yield from _order(table)


def _of_problem(problem: FileProblem, path: str) -> Issue:
    return issue(problem.rule, problem.file or path, str(problem))


def _order(table: TableFile) -> Iterator[Issue]:
    names = list(columns(table.table))
    places = [names.index(name) for name in TABLES[table.table].TABLE.key]
    # A key without its form has no place in the order; the record engines speak of it.
    broken = {index for index, fault in table.faults if fault.field in TABLES[table.table].TABLE.key}
    keys = [
        (index, natural_key(tuple(row.cells[i] for i in places)))
        for index, row in enumerate(table.rows)
        if index not in broken
    ]
    for (before, earlier), (index, later) in pairwise(keys):
        if later < earlier:
            yield issue(
                "row-order",
                table.path,
                f"stands behind {table.key(before)}, but comes before it in the order of the key",
                line=table.rows[index].line,
                record=table.key(index),
            )


def _dataset_form(package: Package) -> Iterator[Issue]:
    try:
        content = files.read(package.files, DATASET)
        value = jsonfile.parse(content)
    except FileProblem as problem:
        yield _of_problem(problem, DATASET)
    except jsonfile.JsonProblem as problem:
        rule = "json-duplicate-key" if problem.duplicate else "json-not-json"
        yield issue(rule, DATASET, str(problem))
    else:
        if jsonfile.render(value) != content:
            yield issue("json-not-canonical", DATASET, "is not laid out as build writes it")


def _declared(package: Package) -> list[dict[str, Any]]:
    resources = (package.descriptor or {}).get("resources")
    return [r for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []


def _hashes(package: Package) -> Iterator[Issue]:
    known = {table.path for table in package.tables.values()} | {DATASET}
    for resource in _declared(package):
        path = resource.get("path")
        if not isinstance(path, str):
            continue  # the descriptor engine speaks of it
        try:
            digest, size = _digest(package, path)
        except FileProblem as problem:
            # A path outside data/ is never opened, so that nothing outside the package is.
            if path not in known and problem.rule != "resource-path":
                yield _of_problem(problem, path)
            continue
        if resource.get("hash") != f"sha256:{digest}":
            yield issue(
                "hash-mismatch",
                path,
                "its SHA-256 is not the one that the descriptor gives",
                value=f"sha256:{digest}",
            )
        elif resource.get("bytes") != size:
            yield issue(
                "size-mismatch",
                path,
                "its size is not the one that the descriptor gives",
                value=size,
            )


def _digest(package: Package, path: str) -> tuple[str, int]:
    table = next((t for t in package.tables.values() if t.path == path), None)
    if table is not None:
        if table.reading is None:
            raise table.problem or FileProblem("file-missing", "is missing", path)
        return table.reading.sha256, table.reading.size
    if path not in package.files.names() or path == DESCRIPTOR:
        inside = path.startswith("data/") and ".." not in path.split("/")
        raise FileProblem("file-missing" if inside else "resource-path", "is missing", path)
    return package.digest(path)


def _undeclared(package: Package) -> Iterator[Issue]:
    if package.descriptor is None:
        return
    paths = [resource.get("path") for resource in _declared(package)]
    known = {
        DESCRIPTOR,
        DATASET,
        *schema_files(),
        *map(table_path, TABLES),
        *(path for path in paths if isinstance(path, str)),
    }
    for name in package.files.names():
        if name not in known:
            yield issue("file-undeclared", name, "is not declared in the descriptor")
