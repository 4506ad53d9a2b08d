"""Every cell counts: whichever one is changed, validation says so and names the file."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import rows, write_rows
from jpkr_drills import package as package_module
from jpkr_drills import validate
from jpkr_drills.checks import integrity, references
from jpkr_drills.csvfile import write
from jpkr_drills.models import TABLES
from jpkr_drills.schemas import schema_files, table_schema
from jpkr_drills.text import natural_key

WIDEST = max(len(record.model_fields) for record in TABLES.values())


def _changed(table: str) -> Iterator[bytes]:
    """The table with one cell changed, for each of its cells."""
    header, *body = [list(TABLES[table].model_fields), *(list(row.values()) for row in rows(table))]
    lines = [write(cells, ()) for cells in body]
    for at, cells in enumerate(body):
        for column, cell in enumerate(cells):
            other = write([*cells[:column], f"{cell}1", *cells[column + 1 :]], ())
            yield write(header, ()) + b"".join([*lines[:at], other, *lines[at + 1 :]])


@pytest.mark.parametrize("table", TABLES)
def test_a_change_of_any_cell_makes_the_package_invalid_and_names_the_file(
    package: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only this table's file and the descriptor matter here; whatever else takes time is left out.
    for name in TABLES.keys() - {table}:
        (package / f"data/{name}.csv").write_bytes(write(list(TABLES[name].model_fields), ()))
    (package / "data/dataset.json").write_bytes(b"{}\n")
    monkeypatch.setattr(integrity, "schema_files", functools.cache(schema_files))
    monkeypatch.setattr(integrity, "natural_key", functools.cache(natural_key))
    monkeypatch.setattr(references, "check", lambda _: ())
    monkeypatch.setattr(package_module, "typed", lambda *_: {})
    monkeypatch.setattr(package_module, "record_of", lambda *_: [])
    place = package / f"data/{table}.csv"
    name = f"data/{table}.csv"

    def named() -> bool:
        return any(one.file == name for one in validate(package, only=["integrity"]))

    assert not named()
    missed = []
    for count, content in enumerate(_changed(table)):
        place.write_bytes(content)
        if not named():
            missed.append(count)
    assert missed == []
    assert count + 1 == len(rows(table)) * len(TABLES[table].model_fields)


def _breaking(table: str, column: str) -> tuple[str, str] | None:
    """A cell that breaks a rule of the column, and the rule."""
    (field,) = (one for one in table_schema(table)["fields"] if one["name"] == column)
    said = field.get("constraints", {})
    if "enum" in said:
        return "no_such_code", "enum"
    if "pattern" in said:
        return " x", "pattern"
    if "maximum" in said:
        return "-999" if field["type"] == "integer" else "-999.5", "minimum"
    return None


@pytest.mark.parametrize("index", range(WIDEST))
@pytest.mark.parametrize("empty", [False, True])
def test_a_cell_that_breaks_its_columns_rule_is_named_by_line_and_field(
    package: Path, index: int, empty: bool
) -> None:
    # One column of every table at once: each engine runs once for all of them.
    expected = set()
    for table, record in TABLES.items():
        if index >= len(record.model_fields):
            continue
        column = list(record.model_fields)[index]
        (field,) = (one for one in table_schema(table)["fields"] if one["name"] == column)
        cell, rule = ("", "required") if empty else _breaking(table, column) or ("", "")
        if empty and not field.get("constraints", {}).get("required"):
            continue
        assert rule
        changed = rows(table, package)
        at = len(changed) // 2
        changed[at][column] = cell
        write_rows(package, table, changed)
        expected.add((f"data/{table}.csv", at + 2, column, rule))
    found = validate(package)
    assert expected <= {(one.file, one.line, one.field, one.rule) for one in found}
    assert {file for file, *_ in expected} <= {one.file for one in found if one.rule == "hash-mismatch"}


def test_every_column_has_a_rule_that_a_cell_can_break() -> None:
    for table, record in TABLES.items():
        assert all(_breaking(table, column) for column in record.model_fields)
