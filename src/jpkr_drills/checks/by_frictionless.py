"""Engine ``frictionless``: the reference implementation's second opinion on the tables.

It is given bytes that were read and generated schemas, never a path, so it opens no file and no
connection. It passes much that the other engines refuse; here it only confirms or adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jpkr_drills import files
from jpkr_drills.files import FileProblem
from jpkr_drills.frames import need
from jpkr_drills.issues import Issue, issue
from jpkr_drills.package import Package, table_path
from jpkr_drills.schemas import table_schema

_RULE_OF_CONSTRAINT = {"required", "pattern", "enum", "minimum", "maximum"}


class Stopped(Exception):
    """frictionless gave no answer; the message is why."""


def check(package: Package) -> Iterator[Issue]:
    """What frictionless finds. Raises ``Stopped`` where it can't be asked or dies."""
    need("frictionless", "validate")
    contents = {}
    for table in package.tables.values():
        try:
            contents[table.table] = files.read(package.files, table.path)
        except FileProblem as problem:
            raise Stopped(f"{table.path} {problem}") from problem
    try:
        report = _report(contents)
    except Exception as error:  # a bug there, on input that the other engines have judged
        raise Stopped(f"frictionless failed: {type(error).__name__}") from error
    for task in report.tasks:
        yield from (_issue(task.name, found) for found in task.errors)
    for found in report.errors:
        yield issue("frictionless", "datapackage.json", found.message)
    names = [task.name for task in report.tasks]
    if names != list(package.tables) and not report.errors:
        yield issue("frictionless", "datapackage.json", f"it checked only {', '.join(names)}")


def _report(contents: dict[str, bytes]) -> Any:
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
            schema=Schema.from_descriptor(dict(table_schema(table))),
        )
        for table, content in contents.items()
    ]
    return Package(name="package", resources=resources).validate(limit_errors=1000)


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
