"""Models: the one definition of every column, its example and its rules."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from helpers import rows
from jpkr_drills import Dataset
from jpkr_drills.model.columns import to_cell
from jpkr_drills.model.records import RECORDS, TABLES, Record, columns
from jpkr_drills.model.schemas import table_schema
from jpkr_drills.rules import every_rule

COLUMNS = [(table, name) for table, record in TABLES.items() for name in record.model_fields]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_title_a_description_and_an_example_that_fits(table: str, column: str) -> None:
    info = TABLES[table].model_fields[column]
    assert info.title
    assert re.fullmatch(r"[A-Z].+[.]", info.description or "")
    (example,) = info.examples or []
    field: Any = TypeAdapter(info.rebuild_annotation())
    assert field.validate_python(example, strict=True) == example


def _is_identifier(table: str, column: str) -> bool:
    spec = TABLES[table].TABLE
    return bool(columns(table)[column].codelist) or column == "name" or column in {*spec.key, *spec.foreign_keys}


@pytest.mark.parametrize(("table", "column"), [pair for pair in COLUMNS if _is_identifier(*pair)])
def test_the_example_of_an_id_a_code_or_a_name_is_in_the_data(table: str, column: str) -> None:
    assert to_cell(columns(table)[column].example) in {row[column] for row in rows(table)}


def test_the_tables_and_their_keys_are_those_of_the_contract() -> None:
    assert {name: " ".join(record.TABLE.key) for name, record in TABLES.items()} == {
        "segments": "segment_id",
        "parties": "party_id",
        "places": "place_id",
        "events": "event_id",
        "event_parties": "event_id party_id role",
        "event_places": "event_id place_id relation",
        "event_relations": "event_id relation related_event_id",
        "claims": "claim_id",
        "claim_parties": "claim_id party_id role",
        "claim_events": "claim_id event_id",
        "claim_places": "claim_id place_id",
        "claim_relations": "claim_id relation related_claim_id",
        "mentions": "mention_id",
        "codes": "codelist code",
    }


def test_the_columns_of_claims_are_those_of_the_contract() -> None:
    assert " ".join(columns("claims")) == (
        "claim_id segment_id start end sha256 statement proposition_id claim_type voice certainty polarity explicitness salience"
    )


@pytest.mark.parametrize("record", RECORDS)
def test_keys_links_and_rules_name_columns_and_tables_that_exist(record: type[Record]) -> None:
    spec = record.TABLE
    named = {*spec.key, *spec.foreign_keys, *spec.unique, *(rule.field for rule in spec.rules)}
    assert named <= set(record.model_fields)
    assert set(spec.foreign_keys.values()) <= set(TABLES)
    assert all(len(TABLES[target].TABLE.key) == 1 for target in spec.foreign_keys.values())
    assert {rule.rule.name for rule in spec.rules} <= every_rule().keys()


@pytest.mark.parametrize("table", TABLES)
def test_patterns_are_anchored_and_portable_and_text_is_bounded(table: str) -> None:
    for field in table_schema(table)["fields"]:
        said = field.get("constraints", {})
        pattern = said.get("pattern", "^(?:)$")
        assert re.fullmatch(r"\^\(\?:.*\)\$", pattern), field["name"]
        assert not re.search(r"\\[dwsbpDWSBP]|\(\?[=!<]", pattern), field["name"]
        assert field["type"] != "string" or said.keys() & {"maxLength", "enum"}, field["name"]


# --- records -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_record_is_closed_and_cannot_be_changed(dataset: Dataset, table: str) -> None:
    record = dataset.tables[table][0]
    values = record.model_dump()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(values)), "x")
    with pytest.raises(ValidationError, match="extra_forbidden"):
        type(record)(**values, more="x")
    for name in values:
        with pytest.raises(ValidationError, match="missing"):
            type(record)(**{other: value for other, value in values.items() if other != name})


@pytest.mark.parametrize("value", ["1", 1.0, True, None, -1, 10**9])
def test_a_position_is_a_whole_number_within_bounds(dataset: Dataset, value: object) -> None:
    with pytest.raises(ValidationError):
        TABLES["segments"].model_validate(dataset.segments[0].model_dump() | {"start": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 90.1, -90.1])
def test_a_latitude_is_finite_and_on_earth(dataset: Dataset, value: float) -> None:
    with pytest.raises(ValidationError):
        TABLES["places"].model_validate(dataset.places["camp-david"].model_dump() | {"latitude": value})


def test_a_key_is_joined_by_slashes(dataset: Dataset) -> None:
    assert dataset.events[0].key() == dataset.events[0].event_id
    link = dataset.event_parties[0]
    assert link.key() == f"{link.event_id}/{link.party_id}/{link.role}"


# Each rule across the cells of a record, and a change to a valid record that breaks only it.
BROKEN: list[tuple[str, str, dict[str, object]]] = [
    ("segment-id-parts", "segments", {"sentence": 99}),
    ("end-after-start", "segments", {"end": 0}),
    ("end-after-start", "claims", {"end": 0}),
    ("party-own-parent", "parties", {"parent_party_id": "japan"}),
    ("coordinates-in-pairs", "places", {"longitude": None}),
    ("coordinates-have-basis", "places", {"coordinate_basis": "not_given"}),
    ("date-fits-basis", "events", {"date": None}),
    ("date-expression-fits-basis", "events", {"date_expression": None}),
    ("date-interval-order", "events", {"date": "2023/2022"}),
    ("event-related-to-itself", "event_relations", {"related_event_id": "drills-suspension"}),
    ("claim-id-segment", "claims", {"segment_id": "p99s1"}),
    ("claim-related-to-itself", "claim_relations", {"related_claim_id": "p0s1-1"}),
    ("tension-has-note", "claim_relations", {"relation": "in_tension_with", "note": None}),
    ("mention-id-segment", "mentions", {"segment_id": "p99s1"}),
    ("end-after-start", "mentions", {"start": 50, "end": 50}),
    ("surface-fits-span", "mentions", {"surface": "Longer than its span"}),
    ("mention-of-one", "mentions", {"place_id": "camp-david"}),
    ("mention-of-one", "mentions", {"party_id": None}),
]
VALID: dict[str, dict[str, object]] = {
    table: {name: column.example for name, column in columns(table).items()} for table in TABLES
}
VALID["parties"] |= {"party_id": "japan", "parent_party_id": None}
VALID["claim_relations"] |= {"claim_id": "p0s1-1", "related_claim_id": "p0s1-2"}
VALID["mentions"] |= {"place_id": None}


@pytest.mark.parametrize("table", TABLES)
def test_a_record_made_of_the_examples_is_valid(table: str) -> None:
    assert TABLES[table].model_validate(VALID[table])


@pytest.mark.parametrize(("rule", "table", "change"), BROKEN)
def test_each_rule_across_cells_can_be_broken(rule: str, table: str, change: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        TABLES[table].model_validate(VALID[table] | change)
    (error,) = caught.value.errors()
    assert rule in error["ctx"]["rules"].split(", ")


def test_every_rule_across_cells_is_broken_above() -> None:
    defined = {(rule.rule.name, name) for name, record in TABLES.items() for rule in record.TABLE.rules}
    assert defined == {(rule, table) for rule, table, _ in BROKEN}
