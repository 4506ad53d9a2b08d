"""Agreement: one change is one issue, told where it was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers import replace, write_json
from jpkr_drills.issues import Issue
from jpkr_drills.validator import report


def found(package: Path) -> list[Issue]:
    return report(package, only=["agreement"]).issues


def dataset(package: Path, change: Any) -> None:
    place = package / "data/dataset.json"
    document = json.loads(place.read_bytes())
    changed = change(document)
    write_json(place, document if changed is None else changed)


def test_the_good_package_agrees(package: Path) -> None:
    assert found(package) == []


def test_a_cell_that_was_edited_is_told_in_the_table(package: Path) -> None:
    replace(package / "data/places.csv", "Café Möwe", "Café Mowe")
    (issue,) = found(package)
    assert (issue.rule, issue.file, issue.line, issue.record, issue.field) == (
        *("csv-json-value", "data/places.csv", 2, "cafe-moewe", "name"),
    )
    assert issue.message == 'data/places.csv:2 says "Café Mowe", data/dataset.json says "Café Möwe"'
    assert "jpkr-drills build" in issue.hint


def test_a_value_that_was_edited_in_the_dataset_is_told_there(package: Path) -> None:
    dataset(package, lambda said: said["places"][0].update(name="Café Mowe"))
    (issue,) = found(package)
    assert (issue.file, issue.line, issue.record, issue.field) == ("data/dataset.json", None, "cafe-moewe", "name")


def test_a_table_that_could_not_be_read_is_not_compared(package: Path) -> None:
    replace(package / "data/places.csv", "cafe-moewe,", "cafe-moewe,,")
    assert found(package) == []


def test_a_cell_that_is_no_value_is_one_issue_of_all_engines(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    issues = [one for one in report(package).issues if one.rule != "hash-mismatch"]
    assert {one.field for one in issues} == {"status"}
    assert len(issues) == 1


# --- codes and codebook ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("certainty,certain,Certain,", "certainty,certain,Sure,", "differs from the installed model"),
        ("certainty,certain,", "certainty,certainly,", "is no code of the model"),
    ],
)
def test_codes_are_those_of_the_models(package: Path, old: str, new: str, said: str) -> None:
    replace(package / "data/codes.csv", old, new)
    issues = [one for one in found(package) if one.rule == "codes-differ"]
    assert said in issues[0].message
    assert "made by another version" in issues[0].hint


def test_blocks_of_the_codebook_that_differ_are_named(package: Path) -> None:
    replace(package / "data/CODEBOOK.md", "| Certain |", "| Made up |")
    (issue,) = found(package)
    assert (issue.rule, issue.file) == ("codebook-differs", "data/CODEBOOK.md")
    assert issue.message.endswith("codes certainty")


def test_of_tables_that_were_edited_there_is_no_codebook_yet(package: Path) -> None:
    replace(package / "data/CODEBOOK.md", "| Certain |", "| Made up |")
    replace(package / "data/places.csv", "Café Möwe", "Café Mowe")
    assert [one.rule for one in found(package)] == ["csv-json-value"]
