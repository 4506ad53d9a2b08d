"""Models: the one definition of every column, its example and its rules."""

from __future__ import annotations

import re
import warnings
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from helpers import ROOT, rows
from jpkr_drills import Dataset
from jpkr_drills.cells import to_cell
from jpkr_drills.models import EDTF, RECORDS, SENTENCE, TABLES, TEXT, Event, Record
from jpkr_drills.rules import RULES
from jpkr_drills.schemas import table_schema

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it uses old names of pyparsing's
    from edtf_validate.valid_edtf import is_valid as _is_valid

COLUMNS = [(table, name) for table, record in TABLES.items() for name in record.model_fields]


def example(table: str, column: str) -> Any:
    examples = TABLES[table].model_fields[column].examples or []
    assert len(examples) == 1
    return examples[0]


# --- columns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_description_that_is_a_sentence(table: str, column: str) -> None:
    description = TABLES[table].model_fields[column].description or ""
    assert re.fullmatch(r"[A-Z].+[.]", description), description


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_example_fits_its_column(table: str, column: str) -> None:
    info = TABLES[table].model_fields[column]
    field: Any = TypeAdapter(info.rebuild_annotation())
    value = example(table, column)
    assert field.validate_python(value, strict=True) == value


def _is_identifier(table: str, column: str) -> bool:
    spec = TABLES[table].TABLE
    (field,) = (f for f in table_schema(table)["fields"] if f["name"] == column)
    enumerated = "enum" in field.get("constraints", {})
    return enumerated or column == "name" or column in {*spec.key, *spec.foreign_keys}


@pytest.mark.parametrize(("table", "column"), [pair for pair in COLUMNS if _is_identifier(*pair)])
def test_the_example_of_an_id_a_code_or_a_name_is_in_the_data(table: str, column: str) -> None:
    assert to_cell(example(table, column)) in {row[column] for row in rows(table)}


def test_the_tables_and_their_keys_are_those_of_the_contract() -> None:
    assert {name: record.TABLE.key for name, record in TABLES.items()} == {
        "segments": ("segment_id",),
        "parties": ("party_id",),
        "places": ("place_id",),
        "events": ("event_id",),
        "event_parties": ("event_id", "party_id", "role"),
        "event_places": ("event_id", "place_id", "relation"),
        "event_relations": ("event_id", "relation", "related_event_id"),
        "claims": ("claim_id",),
        "claim_parties": ("claim_id", "party_id", "role"),
        "claim_events": ("claim_id", "event_id"),
        "claim_relations": ("claim_id", "relation", "related_claim_id"),
        "mentions": ("mention_id",),
        "codes": ("codelist", "code"),
    }


@pytest.mark.parametrize("record", RECORDS)
def test_keys_links_and_rules_name_columns_and_tables_that_exist(record: type[Record]) -> None:
    spec = record.TABLE
    named = {*spec.key, *spec.foreign_keys, *spec.unique, *(rule.field for rule in spec.rules)}
    assert named <= set(record.model_fields)
    assert set(spec.foreign_keys.values()) <= set(TABLES)
    assert all(len(TABLES[target].TABLE.key) == 1 for target in spec.foreign_keys.values())
    assert {rule.name for rule in spec.rules} <= set(RULES)


@pytest.mark.parametrize("table", TABLES)
def test_patterns_are_anchored_and_portable(table: str) -> None:
    for field in table_schema(table)["fields"]:
        pattern = field.get("constraints", {}).get("pattern", "^(?:)$")
        assert re.fullmatch(r"\^\(\?:.*\)\$", pattern), field["name"]
        assert not re.search(r"\\[dwsbpDWSBP]|\(\?[=!<]", pattern), field["name"]


@pytest.mark.parametrize("table", TABLES)
def test_every_text_column_is_bounded(table: str) -> None:
    for field in table_schema(table)["fields"]:
        if field["type"] == "string":
            assert field["constraints"].keys() & {"maxLength", "enum"}, field["name"]


# --- records ---------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_record_cannot_be_changed(dataset: Dataset, table: str) -> None:
    record = dataset.tables[table][0]
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(type(record).model_fields)), "x")


@pytest.mark.parametrize("table", TABLES)
def test_a_field_that_is_not_known_is_refused(dataset: Dataset, table: str) -> None:
    record = dataset.tables[table][0]
    with pytest.raises(ValidationError, match="extra_forbidden"):
        type(record)(**record.model_dump(), more="x")


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_field_may_be_left_out(dataset: Dataset, table: str, column: str) -> None:
    values = dataset.tables[table][0].model_dump()
    del values[column]
    with pytest.raises(ValidationError, match="missing"):
        TABLES[table](**values)


@pytest.mark.parametrize("value", ["1", 1.0, True, None])
def test_a_number_is_not_made_from_something_else(dataset: Dataset, value: object) -> None:
    values = dataset.segments[0].model_dump() | {"start": value}
    with pytest.raises(ValidationError):
        TABLES["segments"].model_validate(values)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 90.1, -90.1])
def test_a_latitude_is_finite_and_on_earth(dataset: Dataset, value: float) -> None:
    values = dataset.places["camp-david"].model_dump() | {"latitude": value}
    with pytest.raises(ValidationError):
        TABLES["places"].model_validate(values)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_finite_number_is_told_as_such(dataset: Dataset, value: float) -> None:
    with pytest.raises(ValidationError) as caught:
        dataset.places[0].model_validate(dataset.places[0].model_dump() | {"latitude": value})
    assert [error["type"] for error in caught.value.errors()] == ["finite_number"]


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
    ("coordinates-have-basis", "places", {"coordinate_basis": "none"}),
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
    table: {name: info.examples[0] for name, info in record.model_fields.items() if info.examples}
    for table, record in TABLES.items()
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
    assert error["msg"] == error["ctx"]["rules"]


def test_every_rule_across_cells_is_broken_above() -> None:
    defined = {(rule.name, name) for name, record in TABLES.items() for rule in record.TABLE.rules}
    assert defined == {(rule, table) for rule, table, _ in BROKEN}


# --- text ------------------------------------------------------------------------------------


def _patterned(pattern: str) -> Any:
    return TypeAdapter(Annotated[str, Field(pattern=pattern)])


@pytest.mark.parametrize("text", ["a", "a b", "1 – “é”, a-b = c.", "東京"])
def test_visible_words_are_text(text: str) -> None:
    assert _patterned(TEXT).validate_python(text) == text


@pytest.mark.parametrize("text", ["", " a", "a ", "a  b", "=1+1", "+1", "-1", "@x"])
def test_text_starts_and_ends_with_a_word_that_is_no_formula(text: str) -> None:
    with pytest.raises(ValidationError):
        _patterned(TEXT).validate_python(text)


@pytest.mark.parametrize("unseen", "\n\r\t\0\x7f\x85\xa0\xad\u200b\u200e\u2028\u202e\u2066\u3000\ufeff")
def test_text_has_nothing_invisible(unseen: str) -> None:
    for text in (f"a{unseen}b", f"{unseen}a", f"a{unseen}"):
        with pytest.raises(ValidationError):
            _patterned(TEXT).validate_python(text)


def test_a_sentence_ends_with_a_full_stop() -> None:
    sentence = _patterned(SENTENCE)
    assert sentence.validate_python("It is – said.")
    for text in ("It is said", "It is said. ", "It is said?", "."):
        with pytest.raises(ValidationError):
            sentence.validate_python(text)


# --- dates -----------------------------------------------------------------------------------


def is_valid(text: str) -> bool:
    """Whether the library edtf_validate takes it; it doesn't know the length of months."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return bool(_is_valid(text))


def _is_calendar_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024, 2100, 2400])
def test_exactly_the_days_of_the_calendar_match(year: int) -> None:
    days = [f"{year}-{month:02}-{day:02}" for month in range(14) for day in range(33)]
    wrong = [day for day in days if bool(re.match(EDTF, day)) != _is_calendar_day(day)]
    assert not wrong
    assert sum(map(_is_calendar_day, days)) in (365, 366)


def test_the_leap_day_exists_in_leap_years_alone() -> None:
    days = [f"{year:04}-02-29" for year in range(1, 10_000)]
    assert [day for day in days if bool(re.match(EDTF, day)) != _is_calendar_day(day)] == []


@given(st.from_regex(EDTF, fullmatch=True).filter(lambda text: "\n" not in text))
def test_what_matches_is_edtf(text: str) -> None:
    for end in text.split("/"):
        assert end == ".." or is_valid(end), end


_PART = st.integers(0, 39).map(lambda n: f"{n:02}")
_DATE = st.builds(
    lambda year, parts, mark: "-".join([year, *parts]) + mark,
    st.integers(0, 9999).map(lambda n: f"{n:04}"),
    st.lists(_PART, max_size=2),
    st.sampled_from(["", "?", "~", "%", "??", "?~"]),
)
# EDTF has seasons and quarters (21 to 41) in the month's place, which this package leaves out.
_NO_SEASON = _DATE.filter(lambda text: not re.match(r"....-(?:2[1-9]|3)", text))


@given(_NO_SEASON)
def test_a_date_matches_where_edtf_and_the_calendar_have_it(text: str) -> None:
    bare = text.rstrip("?~%")
    exists = len(bare) < 10 or bare[:4] == "0000" or _is_calendar_day(bare)
    if bare == "0000-02-29":
        return  # the proleptic calendar has this day, Python's has no year 0
    assert bool(re.match(EDTF, text)) == (is_valid(text) and exists)


def test_a_date_and_itself_are_no_interval() -> None:
    assert is_valid("2023/2023?")
    assert not _is_event_date("2023/2023?")


_MARK = st.sampled_from(["", "?", "~", "%"])


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), _MARK, _MARK)
def test_an_interval_is_valid_where_edtf_has_it_and_its_ends_differ(
    first: date, last: date, precision: int, one: str, other: str
) -> None:
    start, end = first.isoformat()[:precision], last.isoformat()[:precision]
    interval = f"{start}{one}/{end}{other}"
    assert _is_event_date(interval) == (is_valid(interval) and start != end)


def _is_event_date(text: str) -> bool:
    try:
        Event.model_validate(VALID["events"] | {"date": text})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "2016",
        "2022/..",
        "../2022",
        "2016-05",
        "2016-05-31?",
        "2016~/2017%",
        "2016/2016-05",
        "2016-05/2016",
    ],
)
def test_dates_of_the_subset_are_valid(text: str) -> None:
    assert _is_event_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "..", "../..", "2022/", "/2022", "2022/../2023", "16", "20166", "2016-5", "2016-13", "2016-00",
        "2016-04-31", "2016-21", "201X", "201u", "-0044", "Y20160", "2016-05-01T10:00:00", "2016 ",
        "2016\n", "٢٠١٦", "2016??", "unknown", "2023/2016", "2016-06/2016-05", "2016-05-02/2016-05-01",
        "2017/2016-05", "2016/2016", "2016-05~/2016-05", "2016-05-01/2016-05-01",
    ],
)  # fmt: skip
def test_dates_outside_of_the_subset_are_not(text: str) -> None:
    assert not _is_event_date(text)


def test_every_date_of_the_data_is_edtf() -> None:
    dates = [row["date"] for row in rows("events", ROOT) if row["date"]]
    assert dates
    assert [text for text in dates if not is_valid(text)] == []
