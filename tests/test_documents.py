"""Documents: generated blocks stand between markers, the rest is the author's."""

from __future__ import annotations

import re

import pytest

from helpers import ROOT, rows
from jpkr_drills import Dataset
from jpkr_drills.build.documents import BadBlock, code_entries, filled, outdated
from jpkr_drills.model.records import TABLES, codelists
from jpkr_drills.rules import ENGINES, every_rule

PATHS = ("README.md", "data/CODEBOOK.md", "data/ANNEX.md")


def block(name: str, dataset: Dataset, stale: str = "stale\n") -> str:
    marked = f"before\n<!-- generated: {name} -->\n{stale}<!-- end -->\nafter\n"
    text = filled(marked, dataset.tables)
    assert text.startswith(f"before\n<!-- generated: {name} -->\n")
    assert text.endswith("<!-- end -->\nafter\n")
    assert "\nstale\n" not in text
    return text


@pytest.mark.parametrize("path", PATHS)
def test_the_committed_documents_are_up_to_date(path: str, dataset: Dataset) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert filled(text, dataset.tables) == text, f"{path} is out of date: run `jpkr-drills build`"


def test_starts_without_an_end_take_no_time() -> None:
    with pytest.raises(BadBlock):
        filled("<!-- generated: tables -->\n" * 100_000, {})


def test_the_codebook_has_a_block_for_every_table_and_codelist() -> None:
    texts = (place.read_text(encoding="utf-8") for place in (ROOT / "data").glob("*.md"))
    blocks = set(re.findall(r"<!-- generated: (\w+ [\w.]+) -->", "\n".join(texts)))
    assert {f"fields {table}" for table in TABLES} <= blocks
    assert {f"codes {codelist}" for codelist in codelists()} <= blocks


@pytest.mark.parametrize("table", TABLES)
def test_a_field_table_has_a_row_for_each_column(table: str, dataset: Dataset) -> None:
    text = block(f"fields {table}", dataset)
    named = re.findall(r"^\| `(\w+)`([*?]?) \|", text, re.M)
    assert [name for name, _ in named] == list(TABLES[table].model_fields)
    assert [name for name, mark in named if mark == "*"] == [
        name for name in TABLES[table].model_fields if name in TABLES[table].TABLE.key
    ]


def test_columns_that_may_be_empty_are_marked(dataset: Dataset) -> None:
    text = block("fields places", dataset)
    assert re.findall(r"^\| `(\w+)`\?", text, re.M) == ["latitude", "longitude", "wikidata"]


@pytest.mark.parametrize("codelist", codelists())
def test_a_code_table_defines_each_code(codelist: str, dataset: Dataset) -> None:
    text = block(f"codes {codelist}", dataset)
    defined = re.findall(r"^\| `(\w+)` \|", text, re.M)
    assert sorted(defined) == sorted(one.code for one in code_entries() if one.codelist == codelist)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_table_names_each_rule_of_an_engine(engine: str, dataset: Dataset) -> None:
    text = block(f"rules {engine}", dataset)
    assert re.findall(r"^\| `([\w-]+)` \|", text, re.M) == [
        rule.name for rule in every_rule().values() if rule.engine == engine
    ]


def test_the_table_of_tables_has_their_rows_counted(dataset: Dataset) -> None:
    text = block("tables", dataset)
    counted = re.findall(r"^\| \[`(\w+)`\]\(data/\w+\.csv\) \| (\d+) \|", text, re.M)
    assert counted == [(table, str(len(rows(table)))) for table in TABLES]


@pytest.mark.parametrize("name", ["tables", "diagram", "fields events", "rules meaning"])
def test_filling_twice_changes_nothing(name: str, dataset: Dataset) -> None:
    once = block(name, dataset)
    assert filled(once, dataset.tables) == once


@pytest.mark.parametrize("name", ["nonsense", "fields nonsense", "codes nonsense", "rules nonsense"])
def test_a_block_that_does_not_exist_is_an_error(name: str, dataset: Dataset) -> None:
    with pytest.raises(BadBlock, match="nonsense"):
        block(name, dataset)


@pytest.mark.parametrize(
    "broken",
    [
        "<!-- generated: tables -->\nwithout end\n",
        "<!-- generated: tables -->\nmine\n<!-- generated: diagram -->\n<!-- end -->\n",
        "<!-- generated: Tables -->\n<!-- end -->\n",
        "<!-- generated: tables -->\nmine\n<!-- computed: x -->\n<!-- end -->\n",
        "<!-- generated: tables --> \n<!-- end -->\n",
    ],
)
def test_a_broken_marker_is_refused(broken: str, dataset: Dataset) -> None:
    with pytest.raises(BadBlock, match="misspelt, or lacks its"):
        filled(broken, dataset.tables)


def test_outdated_blocks_are_named(dataset: Dataset) -> None:
    text = block("codes certainty", dataset)
    assert outdated(text, dataset.tables) == []
    assert outdated(text.replace("| Certain |", "| Made up |"), dataset.tables) == ["codes certainty"]
