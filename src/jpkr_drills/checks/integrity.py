"""Engine ``integrity``: the files are those declared, unchanged, and in their canonical form."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from jpkr_drills import files, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.descriptor import DATASET, has_form
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, TableFile, table_path
from jpkr_drills.schemas import schema_files
from jpkr_drills.text import hidden_character, natural_key


def check(package: Package) -> Iterator[Issue]:
    """What is wrong with the package's files."""
    yield from check_form(package)
    yield from _dataset_form(package)
    yield from _hashes(package)
    yield from _further_text(package)
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
    room = files.FURTHER_TOTAL
    measured: set[str] = set()
    for resource in _declared(package):
        # What is ill-formed the descriptor engine speaks of; nothing outside data/ is opened.
        path: Any = resource.get("path")
        digest, size = resource.get("hash"), resource.get("bytes")
        if not has_form("path", path):
            continue
        try:
            found_digest, found_size = _digest(package, path)
        except FileProblem as problem:
            if path not in _FORMED:
                yield _of_problem(problem, path)
            continue
        if not found_digest:
            continue  # too large to be read to its end, which is told of the table
        if path not in _FORMED and path not in measured:
            measured.add(path)
            room -= found_size
            if room < 0:
                message = (
                    f"is larger than what all further files may have together: {files.FURTHER_TOTAL}"
                )
                yield issue("file-too-large", path, f"{message} bytes")
                return
        if has_form("hash", digest) and digest != f"sha256:{found_digest}":
            yield issue(
                "hash-mismatch",
                path,
                "its SHA-256 is not the one that the descriptor gives",
                value=f"sha256:{found_digest}",
            )
        elif has_form("bytes", size) and size != found_size:
            yield issue(
                "size-mismatch",
                path,
                "its size is not the one that the descriptor gives",
                value=found_size,
            )


_FORMED = {DATASET, *map(table_path, TABLES)}
"""The files that ``check_form`` and ``_dataset_form`` look into."""


def _digest(package: Package, path: str) -> tuple[str, int]:
    table = next((t for t in package.tables.values() if t.path == path), None)
    if table is None:
        return package.digest(path)
    if table.reading is None:
        raise table.problem or FileProblem("file-missing", "is missing", path)
    return table.reading.sha256, table.reading.size


_TEXTS = ("csv", "json", "md", "txt", "tsv", "html", "xml", "yaml", "yml")


def _further_text(package: Package) -> Iterator[Issue]:
    """What keeps readers from texts that no model knows: nothing else is asked of them."""
    further: dict[tuple[str, str], None] = {}
    for resource in _declared(package):
        path: Any = resource.get("path")
        form: Any = resource.get("format")
        is_text = form in _TEXTS or str(resource.get("mediatype")).startswith("text/")
        if is_text and has_form("path", path) and path not in _FORMED:
            further[path, str(form)] = None  # once, however many resources name it
    for path, form in further:
        try:
            content = files.read(package.files, path, files.FURTHER_LIMIT)
            text = content.decode("utf-8")
            if form == "json":
                jsonfile.parse(content)
        except FileProblem:
            continue  # noted where its hash was to be taken
        except UnicodeDecodeError as error:
            rule = {"csv": "csv-encoding", "json": "json-not-json"}.get(form, "text-encoding")
            yield issue(
                rule, path, f"byte {error.start + 1} is not UTF-8", hint="save the file as UTF-8"
            )
            continue
        except jsonfile.JsonProblem as problem:
            rule = "json-duplicate-key" if problem.duplicate else "json-not-json"
            yield issue(rule, path, str(problem), hint="mend the file, or declare it in another format")
            continue
        for number, line in enumerate(text.split("\n"), 1):
            hidden = hidden_character(line.removesuffix("\r").replace("\t", " "))
            if hidden is not None:
                message = f"holds U+{ord(hidden):04X}, which can't be seen"
                yield issue("text-hidden-character", path, message, line=number)
                break  # one is enough to look at the file
        if form in ("csv", "tsv"):
            yield from _formula(path, text)


# Cells, whichever mark parts them: that is the spreadsheet's choice. (Python's csv takes one mark, and
# gives up at a long cell, behind which others may stand.)
_CELL = re.compile(r'(?:^|[,;\t\r\n]) *("(?:[^"]++|"")*+|[^,;\t\r\n]*)')
# A sign in front of a number alone, or of nothing, is none.
_FORMULA = re.compile(
    r"[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?!\s*[0-9.,:]*(?:[eE][+-]?[0-9]+)?%?$)", re.ASCII
)


def _formula(path: str, text: str) -> Iterator[Issue]:
    for cell in _CELL.finditer(text):
        said = cell[1].replace('"', "").strip()
        if _FORMULA.match(said):
            message = "a spreadsheet would run this cell as a formula"
            line = text.count("\n", 0, cell.start(1)) + 1
            yield issue("text-formula", path, message, line=line, value=said)
            break  # one is enough to look at the file


def _undeclared(package: Package) -> Iterator[Issue]:
    declared = _declared(package)
    if not declared:
        return  # the descriptor engine speaks of it
    paths = [path for resource in declared if isinstance(path := resource.get("path"), str)]
    known = {
        DESCRIPTOR,
        *schema_files(),
        *_FORMED,
        *paths,
        *(posixpath.normpath(path.strip()) for path in paths),  # ill-formed, but meant
    }
    try:
        for name in package.files.names():
            if name in files.FOLDERS:
                yield from _no_folder(package, name)
            elif name not in known:
                yield issue("file-undeclared", name, "is not declared in the descriptor")
    except FileProblem as problem:
        yield _of_problem(problem, problem.file)


def _no_folder(package: Package, name: str) -> Iterator[Issue]:
    """What is there in the place of a folder."""
    try:
        package.files.open(name).close()
        yield issue("file-undeclared", name, "is a file, and must be a folder")
    except FileProblem as problem:
        yield _of_problem(problem, name)
