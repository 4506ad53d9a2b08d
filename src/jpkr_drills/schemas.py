"""Schemas: JSON Schema (draft 2020-12) and Table Schema, generated from the models.

JSON Schema comes from Pydantic, Table Schema from that, so a constraint is written once. What
neither can say is in ``RowRule`` (within a record) and in the engines (across records).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from jpkr_drills.jsonfile import render
from jpkr_drills.models import RECORDS, TABLES, Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_URN = "urn:jpkr-drills:schema"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without the titles it makes of field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _with_row_rules(record: type[Record], schema: JsonSchemaValue) -> JsonSchemaValue:
    """The record's schema with those of its rules that JSON Schema can say."""
    schema["title"] = record.TABLE.title
    schema["description"] = " ".join((record.__doc__ or "").split())
    said = [dict(rule.schema) for rule in record.TABLE.rules if rule.schema is not None]
    if said:
        schema["allOf"] = said
    return schema


@cache
def record_schema(table: str) -> Mapping[str, Any]:
    """JSON Schema of one record of ``table``; ``KeyError`` for another name."""
    record = TABLES[table]
    schema = _with_row_rules(record, record.model_json_schema(schema_generator=_Generator))
    return {"$schema": DIALECT, "$id": f"{_URN}:{table}", **schema}


@cache
def dataset_schema() -> Mapping[str, Any]:
    """JSON Schema of ``data/dataset.json``: table name to its records; refers to nothing outside."""
    _, schema = models_json_schema(
        [(record, "validation") for record in RECORDS], schema_generator=_Generator
    )
    definitions = schema["$defs"]
    for record in RECORDS:
        _with_row_rules(record, definitions[record.__name__])
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


_CONSTRAINTS = {
    "enum": "enum",
    "pattern": "pattern",
    "minLength": "minLength",
    "maxLength": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
}


@cache
def table_schema(table: str) -> Mapping[str, Any]:
    """Table Schema (Data Package v2) of ``table``; ``KeyError`` for another name."""
    spec = TABLES[table].TABLE
    properties: Mapping[str, Any] = record_schema(table)["properties"]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_table_field(name, said) for name, said in properties.items()],
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
                "reference": {
                    "resource": "" if target == table else target,
                    "fields": list(TABLES[target].TABLE.key),
                },
            }
            for column, target in spec.foreign_keys.items()
        ]
    return schema


def _table_field(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    value = said["anyOf"][0] if "anyOf" in said else said
    constraints: dict[str, Any] = {"required": True} if value is said else {}
    constraints |= {_CONSTRAINTS[key]: value[key] for key in _CONSTRAINTS if key in value}
    field = {
        "name": name,
        "type": value["type"],
        "description": said["description"],
        "example": said["examples"][0],
    }
    return field | {"constraints": constraints} if constraints else field


@cache
def schema_files() -> Mapping[str, bytes]:
    """Path in the package to content, for every generated schema."""
    # descriptor.py needs table names only, not this module
    from jpkr_drills.descriptor import descriptor_schema

    files = {
        "schemas/json/dataset.schema.json": dataset_schema(),
        "schemas/json/datapackage.schema.json": descriptor_schema(),
    }
    for table in TABLES:
        files[f"schemas/json/{table}.schema.json"] = record_schema(table)
        files[f"schemas/table/{table}.json"] = table_schema(table)
    return {path: render(schema) for path, schema in sorted(files.items())}
