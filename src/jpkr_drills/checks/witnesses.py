"""Engines ``frictionless`` and ``jsonschema``: other readers of the same descriptions, as witnesses.

They confirm what our own engines find: each returns the places that it refuses, and ``merge`` adds its
name to the issues there. What it refuses where no error stands is an issue of its own. Nothing is read
from the words of their messages.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.frames import need
from jpkr_drills.issues import Issue, Place
from jpkr_drills.model.descriptor import descriptor_schema
from jpkr_drills.model.records import TABLES
from jpkr_drills.model.schemas import dataset_schema, table_schema
from jpkr_drills.package import Package
from jpkr_drills.package.files import DATASET, DESCRIPTOR
from jpkr_drills.package.rows import key_of
from jpkr_drills.rules import RULES, define

ERRORS_LIMIT = 1_000
"""Errors after which a witness is stopped: our own engines tell them all."""

# Each has one rule, of its own name.
define(
    "frictionless",
    "frictionless | frictionless finds nothing that the other engines don't. | read the message; it is frictionless's own",
)
define(
    "jsonschema",
    "jsonschema | The JSON Schema validator finds nothing that the other engines don't. | read the message; it is the validator's own",
)


class Stopped(Exception):
    """A witness gave no answer; the message is why."""


Testimony = list[tuple[Place, str]]
"""Places that a witness refuses, each with its message."""


def alone(witness: str, testimony: Testimony, issues: Collection[Issue]) -> Iterator[Issue]:
    """What a witness refuses in files where our own engines found no error at all."""
    judged = {issue.file for issue in issues if issue.level == "error"}
    for (file, line, record, field), message in testimony:
        if file not in judged and not (file == DATASET and judged):
            yield RULES[witness].issue(file, message, line=line, record=record, field=field)


def by_frictionless(package: Package) -> Testimony:
    """What frictionless refuses of the tables.

    It is given bytes that were read and generated schemas, never a path, so it opens no file and no
    connection. Raises ``Stopped`` where it dies.
    """
    need("frictionless", "validate")
    # A table with lines that can't be rows is left to the integrity engine: here every row behind
    # the first such line would be wrong too. So is one with very many bad rows: it takes a copy for each.
    tables = package.tables.values()
    whole = [table for table in tables if table.whole and table.records.count(None) <= ERRORS_LIMIT]
    # That an empty table has none of the ids that point to it is told once.
    pointed = {target for record in TABLES.values() for target in record.TABLE.foreign_keys.values()}
    ids = {one.table: one.keys for one in whole if one.table in pointed and one.keys_sound and one.rows}
    try:
        tasks = _tasks({table.table: table.file.content for table in whole}, ids)
    except Exception as reason:  # a bug there, on input that our engines have judged
        raise Stopped(f"frictionless failed: {type(reason).__name__}") from reason
    found: Testimony = []
    for task in tasks:
        table = package.tables[task.name]
        lines = {row.line: index for index, row in enumerate(table.rows)}
        for error_ in task.errors:
            said = error_.to_dict()
            line = said.get("rowNumber")
            record = table.key(lines[line]) if line in lines else None
            found.append(((table.path, line, record, said.get("fieldName")), error_.message))
    return found


def _tasks(contents: Mapping[str, bytes], ids: Mapping[str, list[str]]) -> list[Any]:
    """frictionless' answer on each table; keys are followed into the tables of which the ``ids`` are given."""
    from frictionless import Dialect, Package, Schema
    from frictionless.resources import TableResource

    dialect = {"csv": {"delimiter": ",", "skipInitialSpace": False}}
    tables = [
        TableResource(
            name=table,
            data=content,
            scheme="buffer",
            format="csv",
            encoding="utf-8",
            dialect=Dialect.from_descriptor(dialect),
            schema=Schema.from_descriptor(_schema(table, ids)),
        )
        for table, content in contents.items()
    ]
    # For each key frictionless copies and reads what it points to: a list of the ids takes a third of the time.
    text = {"fields": [{"name": "id", "type": "string"}]}
    targets = [
        TableResource(
            name=f"{table}-ids",
            data=[["id"], *([one] for one in known)],
            format="inline",
            schema=Schema.from_descriptor(text),
        )
        for table, known in ids.items()
    ]
    Package(name="package", resources=[*tables, *targets])  # in which a key finds its target
    return [task for table in tables for task in table.validate(limit_errors=ERRORS_LIMIT).tasks]


def _schema(table: str, targets: Collection[str]) -> dict[str, Any]:
    """What a table's schema asks, without its words; its keys lead to lists of ids."""
    schema = table_schema(table)
    fields = [
        {key: field[key] for key in ("name", "type", "constraints") if key in field} for field in schema["fields"]
    ]
    keys = [
        {"fields": key["fields"], "reference": {"resource": f"{target}-ids", "fields": ["id"]}}
        for key in schema.get("foreignKeys", ())
        if (target := key["reference"]["resource"] or table) in targets
    ]
    return {**schema, "fields": fields, "foreignKeys": keys}


@cache
def _validator_class() -> Any:
    jsonschema = need("jsonschema", "validate")

    def pattern(validator: Any, regex: str, instance: object, schema: object) -> Iterator[Any]:
        # Python's ``$`` also matches before a final newline; ECMA-262's, which JSON Schema names,
        # doesn't. The schemas' patterns are anchored, so a full match is the same thing.
        if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", regex), instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {regex!r}")

    # The standard takes 1.0 for an integer; here a number is written one way (see ``jsonfile``).
    standard = jsonschema.Draft202012Validator
    integer = standard.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    return jsonschema.validators.extend(standard, {"pattern": pattern}, type_checker=integer)


class _Written:
    """Keyword of jsonschema-rs: a whole number is written without a point (the standard takes 1.0 for one)."""

    def __init__(self, parent_schema: object, value: object, schema_path: object) -> None:
        pass

    def validate(self, instance: object) -> None:
        if type(instance) is not int:
            raise ValueError("is not written as a whole number")


def _marked(schema: Any) -> Any:
    """The schema with that keyword wherever it asks for an integer."""
    if isinstance(schema, list):
        return [_marked(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    marked = {key: _marked(value) for key, value in schema.items()}
    return marked | {"x-written": True} if schema.get("type") == "integer" else marked


def passes(schema: Mapping[str, Any], document: object) -> bool:
    """Whether jsonschema-rs is installed and accepts ``document``.

    Then jsonschema, which takes a hundred times as long, needn't be asked: the two give one verdict.
    """
    try:
        return bool(_screen(json.dumps(schema)).is_valid(document))
    except (ImportError, TypeError, ValueError):  # not there, too old, or what it can't hold
        return False


@cache
def _screen(schema: str) -> Any:
    validator = importlib.import_module("jsonschema_rs").Draft202012Validator
    return validator(_marked(json.loads(schema)), keywords={"x-written": _Written})


def refusals(schema: Mapping[str, Any], document: object) -> Iterator[tuple[list[Any], str]]:
    """Path and message of each place of ``document`` that ``schema`` refuses, formats checked.

    Raises ``MissingExtra`` without the library jsonschema.
    """
    if passes(schema, document):
        return
    cls = _validator_class()
    for found in cls(schema, format_checker=cls.FORMAT_CHECKER).iter_errors(document):
        yield list(found.absolute_path), str(found.message)


def by_jsonschema(package: Package) -> Testimony:
    """What the JSON Schemas refuse of the descriptor and of ``data/dataset.json``.

    A record that the CSV has alike is named by its CSV line.
    """
    found: Testimony = []
    if package.descriptor is not None:
        for path, message in refusals(descriptor_schema(), package.descriptor):
            found.append(((DESCRIPTOR, None, None, ".".join(map(str, path)) or None), message))
    document, issue = package.dataset
    if issue is not None:
        return found
    refused = islice(refusals(dataset_schema(), document), ERRORS_LIMIT)
    return found + [(_place(package, document, path), message) for path, message in refused]


def _place(package: Package, document: Any, path: list[Any]) -> Place:
    match path:
        case [str() as table, int() as index, *rest] if table in TABLES:
            record = document[table][index]
            field = str(rest[0]) if rest else None
            csv = package.tables[table]
            if index < len(csv.rows) and jsonfile.same(csv.values(index), record):
                return csv.path, csv.rows[index].line, csv.key(index), field
            key = key_of(table, record) if isinstance(record, dict) else None
            return DATASET, None, key, field
        case _:
            return DATASET, None, None, str(path[0]) if path else None
