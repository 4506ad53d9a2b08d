"""Schemas: generated from the models, valid by their own standards, committed as generated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import frictionless
import jsonschema
import pytest

from helpers import ROOT, rows
from jpkr_drills.model.records import RECORDS, TABLES, columns
from jpkr_drills.model.schemas import DIALECT, dataset_schema, record_schema, schema_files, table_schema

FILES = schema_files()
JSON_SCHEMAS = {path: json.loads(text) for path, text in FILES.items() if path.startswith("schemas/json/")}


def _subschemas(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            for one in value.values():
                yield from _subschemas(one)
        elif key in ("anyOf", "allOf", "oneOf"):
            for one in value:
                yield from _subschemas(one)
        elif key in ("items", "not", "if", "then", "else"):
            yield from _subschemas(value)


@pytest.mark.parametrize("path", FILES)
def test_the_committed_schema_is_the_generated_one(path: str) -> None:
    place = ROOT / path
    assert place.is_file(), f"{path} is missing: run `jpkr-drills build`"
    assert place.read_bytes() == FILES[path], f"{path} is out of date: run `jpkr-drills build`"


def test_there_is_a_schema_for_each_table_the_dataset_the_descriptor_and_the_report_and_no_other() -> None:
    expected = {f"schemas/json/{name}.schema.json" for name in (*TABLES, "dataset", "datapackage", "report")}
    expected |= {f"schemas/table/{name}.json" for name in TABLES}
    assert set(FILES) == expected
    found = {place.relative_to(ROOT).as_posix() for place in (ROOT / "schemas").rglob("*.*")}
    assert found == expected


# --- JSON Schema -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", JSON_SCHEMAS)
def test_a_json_schema_is_valid_by_its_draft(path: str) -> None:
    schema = JSON_SCHEMAS[path]
    assert schema["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", JSON_SCHEMAS)
def test_a_json_schema_is_identified_by_a_name_that_nothing_can_fetch(path: str) -> None:
    name = path.removeprefix("schemas/json/").removesuffix(".schema.json")
    assert JSON_SCHEMAS[path]["$id"] == f"urn:jpkr-drills:schema:{name}"


@pytest.mark.parametrize("path", JSON_SCHEMAS)
def test_every_object_of_a_json_schema_is_closed(path: str) -> None:
    objects = [one for one in _subschemas(JSON_SCHEMAS[path]) if one.get("type") == "object"]
    assert objects
    # A descriptor may have properties of others.
    closed = "datapackage" not in path
    assert all(one["additionalProperties"] is not closed for one in objects)


@pytest.mark.parametrize("path", JSON_SCHEMAS)
def test_a_json_schema_refers_only_to_itself(path: str) -> None:
    schema = JSON_SCHEMAS[path]
    references = [one["$ref"] for one in _subschemas(schema) if "$ref" in one]
    known = [f"#/$defs/{name}" for name in schema.get("$defs", {})]
    assert set(references) <= set(known)


@pytest.mark.parametrize("table", TABLES)
def test_a_record_has_exactly_the_columns_all_required_and_described(table: str) -> None:
    schema = record_schema(table)
    assert list(schema["properties"]) == list(columns(table)) == schema["required"]
    assert all(one["description"] and one["examples"] for one in schema["properties"].values())


def test_the_dataset_schema_accepts_the_committed_dataset() -> None:
    document = json.loads((ROOT / "data/dataset.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, dict(dataset_schema()), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("table", TABLES)
def test_the_dataset_schema_holds_each_record_schema(table: str) -> None:
    inner = dict(dataset_schema()["$defs"][TABLES[table].__name__])
    own = {key: value for key, value in record_schema(table).items() if key not in ("$schema", "$id")}
    assert inner == own


def test_the_rules_that_json_schema_can_say_are_said() -> None:
    for record in RECORDS:
        said = [rule.schema for rule in record.TABLE.rules if rule.schema is not None]
        assert record_schema(record.TABLE.name).get("allOf", []) == said


# --- Table Schema ----------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_frictionless_reads_the_table_schema_as_it_is_meant(table: str) -> None:
    schema = frictionless.Schema.from_descriptor(dict(table_schema(table)))
    spec = TABLES[table].TABLE
    assert schema.field_names == list(columns(table))
    assert schema.primary_key == list(spec.key)
    assert [key["fields"] for key in schema.foreign_keys] == [[name] for name in spec.foreign_keys]
    kinds = {str: "string", int: "integer", float: "number"}
    assert [field.type for field in schema.fields] == [kinds[column.kind] for column in columns(table).values()]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_schema_names_nothing_that_the_standard_does_not_know(table: str) -> None:
    schema = table_schema(table)
    known = {"$schema", "fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"}
    constraints = {"required", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"}
    assert schema.keys() <= known
    for field in schema["fields"]:
        assert field.keys() <= {"name", "type", "title", "description", "example", "categories", "constraints"}
        assert field.get("constraints", {}).keys() <= constraints


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_cell_stands_only_where_the_table_schema_allows_it(table: str) -> None:
    assert table_schema(table)["missingValues"] == [""]
    for field in table_schema(table)["fields"]:
        if field.get("constraints", {}).get("required"):
            assert all(row[field["name"]] for row in rows(table))


def test_a_key_into_the_own_table_has_the_empty_name() -> None:
    (key,) = table_schema("parties")["foreignKeys"]
    assert key["reference"] == {"resource": "", "fields": ["party_id"]}
