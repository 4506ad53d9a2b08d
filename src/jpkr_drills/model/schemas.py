"""Schemas: JSON Schema (draft 2020-12) and Table Schema, generated from the models.

JSON Schema comes from Pydantic, Table Schema from that, so a constraint is written once. What
neither can say is in ``RowRule`` (within a record) and in the engines (across records).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from jpkr_drills.issues import Issue, Level
from jpkr_drills.jsonfile import render
from jpkr_drills.model.descriptor import descriptor_schema
from jpkr_drills.model.records import RECORDS, TABLES, Column, columns
from jpkr_drills.report import IN_JSON, Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_URN = "urn:jpkr-drills:schema"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without the titles it makes of field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def record_schema(table: str) -> Mapping[str, Any]:
    """JSON Schema of one record of ``table``; ``KeyError`` for another name."""
    return {"$schema": DIALECT, "$id": f"{_URN}:{table}", **dataset_schema()["$defs"][TABLES[table].__name__]}


@cache
def dataset_schema() -> Mapping[str, Any]:
    """JSON Schema of ``data/dataset.json``: table name to its records; refers to nothing outside."""
    _, schema = models_json_schema([(record, "validation") for record in RECORDS], schema_generator=_Generator)
    definitions = schema["$defs"]
    for record in RECORDS:
        said = definitions[record.__name__]
        said["title"] = record.TABLE.title
        said["description"] = record.about()
        if rules := [rule.schema for rule in record.TABLE.rules if rule.schema is not None]:
            said["allOf"] = rules
    return {
        "$schema": DIALECT,
        "$id": f"{_URN}:dataset",
        "title": "Dataset",
        "description": "Every table of the package: its name, and an array of its records in order.",
        "type": "object",
        "additionalProperties": False,
        "required": list(TABLES),
        "properties": {
            name: {
                "description": definitions[record.__name__]["description"],
                "type": "array",
                "items": {"$ref": f"#/$defs/{record.__name__}"},
            }
            for name, record in TABLES.items()
        },
        "$defs": definitions,
    }


_CONSTRAINTS = ("enum", "pattern", "maxLength", "minimum", "maximum")


@cache
def table_schema(table: str) -> Mapping[str, Any]:
    """Table Schema (Data Package v2) of ``table``; ``KeyError`` for another name."""
    spec = TABLES[table].TABLE
    properties: Mapping[str, Any] = record_schema(table)["properties"]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_table_field(column, properties[name]) for name, column in columns(table).items()],
        "missingValues": [""],
        "primaryKey": list(spec.key),
    }
    if spec.unique:
        schema["uniqueKeys"] = [[column] for column in spec.unique]
    if spec.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [column],
                # Table Schema names the own table by an empty string.
                "reference": {"resource": "" if target == table else target, "fields": list(TABLES[target].TABLE.key)},
            }
            for column, target in spec.foreign_keys.items()
        ]
    return schema


def _table_field(column: Column, said: Mapping[str, Any]) -> dict[str, Any]:
    value = said["anyOf"][0] if "anyOf" in said else said
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    constraints |= {key: value[key] for key in _CONSTRAINTS if key in value}
    field: dict[str, Any] = {
        "name": column.name,
        "type": value["type"],
        "title": column.title,
        "description": column.description,
        "example": column.example,
    }
    if column.codelist:
        # Readers in R and Stata label values by them; beside enum, which older readers check.
        field["categories"] = [{"value": code, "label": title} for code, (title, _) in column.codelist.codes.items()]
    return field | {"constraints": constraints} if constraints else field


@cache
def report_schema() -> Mapping[str, Any]:
    """JSON Schema of what ``validate --format json`` prints."""
    return {
        "$schema": DIALECT,
        "$id": f"{_URN}:report",
        "title": "Report",
        **_dataclass_schema(Report, list(IN_JSON)),
        "$defs": {"Issue": _dataclass_schema(Issue, [one.name for one in fields(Issue)])},
    }


_TYPES: Mapping[object, Mapping[str, Any]] = {
    bool: {"type": "boolean"},
    str: {"type": "string"},
    str | None: {"type": ["string", "null"]},
    int | None: {"type": ["integer", "null"]},
    Level: {"enum": list(get_args(Level))},
    tuple[str, ...]: {"type": "array", "items": {"type": "string"}},
    list[Issue]: {"type": "array", "items": {"$ref": "#/$defs/Issue"}},
    dict[str, int]: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    dict[str, str]: {"type": "object", "additionalProperties": {"type": "string"}},
}
"""What a field of a report is in JSON."""


def _dataclass_schema(part: type, names: list[str]) -> dict[str, Any]:
    """The JSON Schema of a part of the report, described as its docstring does."""
    text = part.__doc__ or ""
    said = {name: " ".join(words.split()) for name, words in re.findall(r"^ {8}(\w+): ((?:.|\n {9,})+)", text, re.M)}
    hints = {"valid": bool, "engines": dict[str, int], **get_type_hints(part)}  # the first two are properties
    properties = {
        name: {"description": said[name].replace("``None``", "null").replace("``", ""), **_TYPES[hints[name]]}
        for name in names
    }
    return {
        "description": text.partition("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": names,
        "properties": properties,
    }


@cache
def schema_files() -> Mapping[str, bytes]:
    """Path in the package to content, for every generated schema."""
    files = {
        "schemas/json/dataset.schema.json": dataset_schema(),
        "schemas/json/datapackage.schema.json": descriptor_schema(),
        "schemas/json/report.schema.json": report_schema(),
    }
    for table in TABLES:
        files[f"schemas/json/{table}.schema.json"] = record_schema(table)
        files[f"schemas/table/{table}.json"] = table_schema(table)
    return {path: render(schema) for path, schema in sorted(files.items())}
