"""Pydantic, JSON Schema and Table Schema accept and refuse the same records.

Hypothesis builds records for every table, good ones and mutated ones, as the CSV cells that hold them.
Each description gives its verdict in its own way: the model on the typed row, JSON Schema on the same
row as JSON, frictionless on the CSV bytes. Records with values that no CSV cell can hold, such as a list
or ``1.0`` for a whole number, are compared as JSON. ``KNOWN`` names every difference that a description
language makes unavoidable, and each is proven still there.

Nothing of it rests on ``format``, which a validator may pass over: the schemas say all in patterns.

``JPKR_DRILLS_EXAMPLES`` sets how many different records are compared for each table, at least (default
30; CI asks for 10,000), and a tenth of that as JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from collections.abc import Callable, Sized
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import frictionless
import pytest
from frictionless.resources import TableResource
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers import ROOT
from jpkr_drills.checks.witnesses import refusals
from jpkr_drills.model import columns as c
from jpkr_drills.model import edtf
from jpkr_drills.model.columns import Value
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.model.schemas import record_schema, table_schema
from jpkr_drills.package import csvfile
from jpkr_drills.package.rows import typed

EXAMPLES = int(os.environ.get("JPKR_DRILLS_EXAMPLES", "30"))
FAMILY = min(max(EXAMPLES // 20, 10), 500)
"""Records that come of one that Hypothesis makes anew: making one costs more than judging it."""
BATCH = 500
"""Records that frictionless is asked for at once."""

Cells = tuple[str, ...]
"""A record as CSV."""
Row = dict[str, Any]
"""A record as JSON, or what is in the place of one."""


# --- verdicts --------------------------------------------------------------------------------


def _row(table: str, record: Cells | Row) -> Row:
    """A record as JSON."""
    return record if isinstance(record, dict) else dict(typed(table, record))


def by_pydantic(table: str, record: Cells | Row) -> bool:
    return not _faults(table, record)


def _faults(table: str, record: Cells | Row) -> list[Any]:
    """What the model refuses."""
    try:
        TABLES[table].model_validate(_row(table, record))
    except ValidationError as reason:
        return list(reason.errors(include_url=False))
    return []


def by_jsonschema(table: str, record: Cells | Row) -> bool:
    row = json.loads(json.dumps(_row(table, record)))
    return not any(True for _ in refusals(record_schema(table), row))


@cache
def _friction_schema(table: str) -> dict[str, Any]:
    """The Table Schema less its keys: they speak of other rows."""
    kept = {k: v for k, v in table_schema(table).items() if not k.endswith(("Key", "Keys"))}
    return json.loads(json.dumps(kept))  # type: ignore[no-any-return]


def by_tableschema(table: str, batch: list[Cells]) -> list[bool]:
    """frictionless' verdict on each row of a CSV that holds the batch."""
    resource = TableResource(
        data=csvfile.write(list(columns(table)), batch),
        scheme="buffer",
        format="csv",
        encoding="utf-8",
        dialect=frictionless.Dialect.from_descriptor({"csv": {"skipInitialSpace": False}}),
        schema=frictionless.Schema.from_descriptor(_friction_schema(table)),
    )
    report = resource.validate(limit_errors=BATCH * len(columns(table)) + 1)
    (task,) = report.tasks
    assert task.stats["rows"] == len(batch)
    wrong = {error.to_dict()["rowNumber"] for error in task.errors}
    return [number not in wrong for number in range(2, len(batch) + 2)]


# --- the differences that the languages make unavoidable --------------------------------------


@dataclass(frozen=True)
class Difference:
    """Where a language can't say a rule: which one, when, and a cell or row that shows it."""

    name: str
    language: str
    holds: Callable[[str, Any], bool]
    table: str
    cells: dict[str, Any]
    """Cells to change in a valid row of ``table`` to show the difference."""


def _named(table: str, cells: Cells) -> dict[str, str]:
    return dict(zip(columns(table), cells, strict=True))


def _breaks(names: set[str]) -> Callable[[str, Cells | Row], bool]:
    """Whether the record breaks a rule across its cells, and nothing else."""

    def holds(table: str, record: Cells | Row) -> bool:
        faults = _faults(table, record)
        return bool(faults) and all(
            fault["type"] == "row_rules" and set(fault["ctx"]["rules"].split(", ")) <= names for fault in faults
        )

    return holds


ROW_RULES = {rule.rule.name: rule for record in TABLES.values() for rule in record.TABLE.rules}
UNSAID = {name for name, rule in ROW_RULES.items() if rule.schema is None}


def _other_number_spelling(table: str, cells: Cells) -> bool:
    """A number that Python reads, in another spelling than the one: ``1_0``, ``1.5_``, ``٢``."""
    for name, cell in _named(table, cells).items():
        kind = columns(table)[name].kind
        if kind is str or not cell or isinstance(typed(table, cells)[name], kind):
            continue
        try:
            Decimal(cell)
        except InvalidOperation:
            continue
        return True
    return False


def _final_newline(table: str, cells: Cells) -> bool:
    return any(cell.endswith("\n") for cell in cells)


KNOWN = [
    Difference("rules that compare cells", "jsonschema", _breaks(UNSAID), "segments", {"paragraph": "7"}),
    Difference("rules across cells", "tableschema", _breaks(set(ROW_RULES)), "segments", {"paragraph": "7"}),
    Difference(
        "numbers in another spelling",
        "tableschema",
        _other_number_spelling,
        "segments",
        {"start": "1_0"},
    ),
    Difference("a final newline", "tableschema", _final_newline, "parties", {"party_id": "japan\n"}),
]


def _excused(language: str, table: str, record: Cells | Row) -> bool:
    return any(known.language == language and known.holds(table, record) for known in KNOWN)


# --- records ---------------------------------------------------------------------------------


def _good_cell(table: str, name: str) -> st.SearchStrategy[str]:
    """Cells that the column's own rules allow."""
    said = record_schema(table)["properties"][name]
    value = said["anyOf"][0] if "anyOf" in said else said
    empty = st.just("") if "anyOf" in said else st.nothing()
    if "enum" in value:
        return empty | st.sampled_from(value["enum"])
    if value["type"] == "integer":
        return empty | st.integers(value["minimum"], value["maximum"]).map(str)
    if value["type"] == "number":
        low, high = value["minimum"] * 1000, value["maximum"] * 1000
        return empty | st.integers(int(low), int(high)).map(lambda n: str(n / 1000))
    if value["pattern"] == c.TEXT:
        words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=6)
        return empty | st.lists(words, min_size=1, max_size=4).map(" ".join)
    if value["pattern"] == edtf.PATTERN:
        return empty | st.sampled_from(DATES)
    return empty | st.from_regex(value["pattern"], fullmatch=True).filter(
        lambda text: len(text) <= value["maxLength"] and not text.endswith("\n")
    )


DATES = [
    *["2016", "2016-05", "2016-05-31?", "2022/..", "../2022", "199X", "2016-XX", "XXXX-10-07", "2016-22"],
    *["-0044", "Y20160", "2016~/2017%", "2016/"],
]
ODD = [
    *["", " ", "NA", "null", "none", "0", "1", "-1", "1.0", "1_000", " 1", "1 ", "+1", "01", "1e2"],
    *["٢", "２", "NaN", "Infinity", "-0.0", "1.50", "90.1", "-181.0", "9" * 30, "true", "x" * 700],
    *["2023-02-29", "2024-02-29", "2023-13", "2023/2022", "2022/..", "../2022", "2023?", "0000"],
    *[
        *["japan\n", "jap\nan", "a\tb", " lead", "trail ", "two  spaces", "=1+1", "+a", "-a", "@a"],
    ],
    *["a\u200b", "\ufeffa", "e\u0301", "Ａ", "Jаpan", "p1s1", "p01s1", "p1s١", "p1s1-0", "Q0", "JP"],
    *["a--b", "-a-", "A", "ä", "a.", ".", "..", "a b.", "camp-david", "certain", "Certain", "042"],
]
# Without line breaks: frictionless counts a row's lines, and takes a carriage return in a cell without
# quotes for the end of a line. They are the integrity engine's matter, before any description is asked.
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=8)


def _consistent(table: str, cells: Cells) -> Cells:
    """The row with those cells changed that rules across cells tie to others."""
    row = _named(table, cells)
    if "end" in row:
        length = len(row["surface"]) if table == "mentions" else 1
        row["start"] = str(min(int(row["start"]), 999_999_999 - length))
        row["end"] = str(int(row["start"]) + length)
    match table:
        case "segments":
            row["paragraph"], row["sentence"] = row["segment_id"][1:].split("s")
        case "claims":
            row["segment_id"] = row["claim_id"].rpartition("-")[0]
        case "mentions":
            row["segment_id"] = row["mention_id"].rpartition("-")[0]
            row["party_id"] = "" if row["place_id"] else row["party_id"] or "japan"
        case "places":
            empty = row["coordinate_basis"] == "not_given"
            row["latitude"] = "" if empty else row["latitude"] or "1.5"
            row["longitude"] = "" if empty else row["longitude"] or "1.5"
        case "events":
            row["date"] = (row["date"] or "2016") if row["date_basis"] == "calendar" else ""
            stated = row["date_basis"] != "not_stated"
            row["date_expression"] = (row["date_expression"] or "then") if stated else ""
        case "claim_relations":
            row["note"] = row["note"] or "Because."
    return tuple(row.values())


def _edited(cell: str, chance: random.Random) -> str:
    """A cell with a character put in, taken out or replaced."""
    at = chance.randint(0, len(cell))
    put = chance.choice("aZ09-_./ ,pQs٢é\u00a0\u200b") if chance.random() < 0.9 else ""
    return cell[:at] + put + cell[at + chance.randint(0, 1) :]


@st.composite
def families(draw: st.DrawFn, table: str) -> list[Cells]:
    """A row of good cells, mostly made to fit each other, and copies with one cell changed, or a few.

    Which cell, and how, is chance's choice from a seed: Hypothesis would often choose the same again.
    """
    names = list(columns(table))
    cells, spare = (tuple(draw(_good_cell(table, name)) for name in names) for _ in range(2))
    if draw(st.integers(0, 3)):
        cells = _consistent(table, cells)
    family = [cells]
    others = draw(st.lists(ANY, min_size=1, max_size=4))
    chance = random.Random(draw(st.integers(0, 2**64)))  # noqa: S311 -- no secret
    for _ in range(FAMILY - 1):
        one = chance.choice([cells, cells, cells, chance.choice(family)])
        at = chance.randrange(len(names))
        odd, edited = chance.choice(ODD), _edited(one[at], chance)
        other = chance.choice([odd, odd, chance.choice(others), edited, edited, spare[at]])
        family.append((*one[:at], other, *one[at + 1 :]))
    return family


def _compare_many(
    made: st.SearchStrategy[list[Any]],
    compare: Callable[[list[Any]], None],
    seen: Sized,
    least: int,
) -> None:
    """Compare families until so many different records were seen."""
    # Chance repeats itself, the more the fewer columns there are: go on, each time from another seed.
    for number in itertools.count():
        if len(seen) >= least:
            break
        run = settings(
            max_examples=5 + (least - len(seen)) // FAMILY,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        seed(number)(run(given(made)(compare)))()


@pytest.mark.parametrize("table", TABLES)
def test_descriptions_agree(table: str) -> None:
    seen: dict[Cells, bool] = {}

    def compare(family: list[Cells]) -> None:
        for cells in family:
            model = seen[cells] = by_pydantic(table, cells)
            said = by_jsonschema(table, cells)
            assert said == model or _excused("jsonschema", table, cells), _named(table, cells)

    compare([("",) * len(columns(table))])
    _compare_many(families(table), compare, seen, EXAMPLES)
    compared = list(seen)
    excused = 0
    for at in range(0, len(compared), BATCH):
        batch = compared[at : at + BATCH]
        for cells, friction in zip(batch, by_tableschema(table, batch), strict=True):
            if friction != seen[cells]:
                assert _excused("tableschema", table, cells), _named(table, cells)
                excused += 1
    good = sum(seen.values())
    print(f"{table}: {len(seen)} different records compared, {good} good, {len(seen) - good} bad")
    print(f"    {excused} of them differ in Table Schema, each in a way that is known")
    assert 0 < good < len(seen)


JSON_ODD: list[Any] = [
    *[None, True, False, 0, 1, -1, 7, 1.0, 137.0, 1.5, -0.0, 1e300, 10**30, "", "1", "1.0", "null"],
    *[[], {}, [1], ["a"], {"a": 1}, [[]], "x\n", "japan\n", "2023", "\ud7ff", "\U0001f600"],
]


@st.composite
def json_families(draw: st.DrawFn, table: str) -> list[Row]:
    """A good row as JSON, and copies with a value changed, left out or added."""
    cells = tuple(draw(_good_cell(table, name)) for name in columns(table))
    row = _row(table, _consistent(table, cells))
    family = [row]
    chance = random.Random(draw(st.integers(0, 2**64)))  # noqa: S311 -- no secret
    for _ in range(FAMILY - 1):
        name = chance.choice([*row, *row, "more"])
        if name in row and chance.random() < 0.1:
            family.append({other: value for other, value in row.items() if other != name})
        else:
            family.append({**row, name: chance.choice(JSON_ODD)})
    return family


@pytest.mark.parametrize("table", TABLES)
def test_descriptions_agree_on_json(table: str) -> None:
    seen: dict[str, bool] = {}

    def compare(family: list[Row]) -> None:
        for row in family:
            said = json.dumps(row)
            model = seen[said] = by_pydantic(table, row)
            ours = by_jsonschema(table, row)
            assert ours == model or _excused("jsonschema", table, row), row

    _compare_many(json_families(table), compare, seen, EXAMPLES // 10)
    good = sum(seen.values())
    print(f"{table}: {len(seen)} different records compared as JSON, {good} good, {len(seen) - good} bad")
    assert 0 < good < len(seen)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_rests_on_a_format(table: str) -> None:
    """A validator may pass over ``format``: it would agree with no other."""
    assert '"format"' not in json.dumps(record_schema(table))


def _example_row(table: str) -> Cells:
    """The row that the models' examples make."""
    examples = {name: said["examples"][0] for name, said in record_schema(table)["properties"].items()}
    if table == "mentions":
        examples["place_id"] = None
    if table == "segments":
        examples["segment_id"] = f"p{examples['paragraph']}s{examples['sentence']}"
    values: list[Value] = list(examples.values())
    return tuple("" if value is None else str(value) for value in values)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.language}: {known.name}")
def test_known_difference_is_still_needed(known: Difference) -> None:
    good = _example_row(known.table)
    assert by_pydantic(known.table, good)
    record = tuple(known.cells.get(name, cell) for name, cell in _named(known.table, good).items())
    assert known.holds(known.table, record)
    assert not by_pydantic(known.table, record)
    if known.language == "tableschema":
        assert by_tableschema(known.table, [record]) == [True]
    else:
        assert by_jsonschema(known.table, record)


def test_unsaid_rules_are_those_that_the_documents_list() -> None:
    text = "\n".join(place.read_text(encoding="utf-8") for place in (ROOT / "data").glob("*.md"))
    (listed,) = [line for line in text.splitlines() if "that compare values" in line]
    (asked,) = [line for line in text.splitlines() if "which cells are filled" in line]
    assert {name for name in ROW_RULES if f"`{name}`" in listed} == UNSAID
    assert {name for name in ROW_RULES if f"`{name}`" in asked} == set(ROW_RULES) - UNSAID
