"""Engine ``frictionless``: the reference implementation's second opinion on the tables.

It is given bytes that were read and generated schemas, never a path, so it opens no file and no
connection. It passes much that the other engines refuse; here it only confirms or adds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from jpkr_drills import files
from jpkr_drills.cells import columns
from jpkr_drills.files import FileProblem
from jpkr_drills.frames import need
from jpkr_drills.issues import Issue, issue
from jpkr_drills.package import Package, TableFile, table_path
from jpkr_drills.schemas import table_schema

ERRORS_LIMIT = 1_000
"""Errors of a table after which frictionless stops: the other engines tell them all."""
_RULE_OF_CONSTRAINT = {"required", "pattern", "enum", "minimum", "maximum"}


class Stopped(Exception):
    """frictionless gave no answer; the message is why."""


def check(package: Package) -> Iterator[Issue]:
    """What frictionless finds. Raises ``Stopped`` where it can't be asked or dies."""
    need("frictionless", "validate")
    # A table with lines that can't be rows is left to the integrity engine: here every row behind
    # the first such line would be wrong too.
    whole = [table for table in package.tables.values() if table.whole]
    try:
        contents = {table.table: files.read(package.files, table.path) for table in whole}
        report = _report(contents, {table.table for table in whole if table.keys_sound})
    except FileProblem as problem:
        raise Stopped(f"{problem.file} {problem}") from problem
    except Exception as error:  # a bug there, on input that the other engines have judged
        raise Stopped(f"frictionless failed: {type(error).__name__}") from error
    for task in report.tasks:
        yield from _once(package.tables[task.name], (_issue(task.name, found) for found in task.errors))
    for found in report.errors:
        yield issue("frictionless", "datapackage.json", found.message)
    names = [task.name for task in report.tasks]
    if names != list(contents) and not report.errors:
        yield issue("frictionless", "datapackage.json", f"it checked only {', '.join(names)}")


def _once(table: TableFile, issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues, of those about one id that is nowhere only the first, as ``references`` tells it."""
    names = list(columns(table.table))
    cells = {row.line: row.cells for row in table.rows}
    seen = set()
    for found in issues:
        if found.rule == "foreign-key" and found.line in cells and found.field in names:
            wrong = (found.field, cells[found.line][names.index(found.field)])
            if wrong in seen:
                continue
            seen.add(wrong)
        yield found


def _report(contents: Mapping[str, bytes], targets: Collection[str]) -> Any:
    """frictionless' report on the tables; keys are followed only into ``targets``."""
    from frictionless import Dialect, Package, Resource, Schema
    from frictionless.resources import TableResource

    dialect = {"csv": {"delimiter": ",", "skipInitialSpace": False}}
    resources: list[Resource] = [
        TableResource(
            name=table,
            data=content,
            scheme="buffer",
            format="csv",
            encoding="utf-8",
            dialect=Dialect.from_descriptor(dialect),
            schema=Schema.from_descriptor(_schema(table, targets)),
        )
        for table, content in contents.items()
    ]
    return Package(name="package", resources=resources).validate(limit_errors=ERRORS_LIMIT)


def _schema(table: str, targets: Collection[str]) -> dict[str, Any]:
    schema = dict(table_schema(table))
    keys = schema.pop("foreignKeys", [])
    followed = [key for key in keys if (key["reference"]["resource"] or table) in targets]
    return schema | {"foreignKeys": followed} if followed else schema


def _issue(table: str, error: Any) -> Issue:
    said = error.to_dict()
    field = said.get("fieldName")
    rule = "frictionless"
    if error.type == "constraint-error":
        name = next((c for c in _RULE_OF_CONSTRAINT if f'"{c}' in said.get("note", "")), None)
        rule = name or ("max-length" if "maxLength" in said.get("note", "") else rule)
    elif error.type in {"type-error", "primary-key", "foreign-key"}:
        rule = {"type-error": "type", "primary-key": "duplicate-key"}.get(error.type, "foreign-key")
        if rule == "foreign-key":
            field = ", ".join(said.get("fieldNames", []))
    return issue(
        rule,
        table_path(table),
        error.message,
        line=said.get("rowNumber"),
        field=field or None,
        value=said.get("cell"),
        engine="frictionless",
    )
