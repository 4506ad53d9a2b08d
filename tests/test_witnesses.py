"""Witnesses: frictionless and jsonschema confirm what our engines find, and speak alone where none does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from frictionless.resources import TableResource

from helpers import contents, replace, rows, rules, write_json, write_rows
from jpkr_drills import MissingExtra, validate
from jpkr_drills.checks import witnesses
from jpkr_drills.checks.witnesses import alone, by_frictionless, by_jsonschema, refusals
from jpkr_drills.issues import Place
from jpkr_drills.model.schemas import record_schema
from jpkr_drills.package import open_package
from jpkr_drills.rules import every_rule
from jpkr_drills.validator import report


def places(ask: object, package: Path) -> list[Place]:
    assert callable(ask)
    with open_package(package) as opened:
        return [place for place, _ in ask(opened)]


@pytest.mark.parametrize("ask", [by_frictionless, by_jsonschema])
def test_a_good_package_has_nothing_to_refuse(package: Path, ask: object) -> None:
    assert places(ask, package) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("events", ",occurred,", ",occured,", "status"),
        ("events", ",040,", ",40,", "cameo"),
        ("places", ",57.9,", ",91.5,", "latitude"),
        ("places", ",57.9,", ",north,", "latitude"),
    ],
)
def test_frictionless_names_line_and_field(package: Path, file: str, old: str, new: str, field: str) -> None:
    replace(package / f"data/{file}.csv", old, new)
    assert [(place[0], place[3]) for place in places(by_frictionless, package)] == [(f"data/{file}.csv", field)]


def test_frictionless_follows_keys_only_into_tables_that_can_be_read(package: Path) -> None:
    replace(package / "data/claim_places.csv", "cafe-moewe", "cafe-mowe")
    assert [place[:2] for place in places(by_frictionless, package)] == [("data/claim_places.csv", 4)]
    replace(package / "data/places.csv", "cafe-moewe,", "Cafe Moewe,")
    assert {place[0] for place in places(by_frictionless, package)} == {"data/places.csv"}


def test_that_an_empty_table_is_pointed_to_is_not_told_by_each_row(package: Path) -> None:
    place = package / "data/places.csv"
    place.write_bytes(place.read_bytes().partition(b"\n")[0] + b"\n")
    found = validate(package, only=["references", "frictionless"])
    assert rules(found) == {"foreign-key"}
    assert len(found) == 1


def test_jsonschema_names_a_record_by_its_line_where_the_table_has_it_alike(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    assert places(by_jsonschema, package) == []
    replace(package / "data/dataset.json", '"status": "occurred"', '"status": "occured"')
    assert places(by_jsonschema, package) == [("data/events.csv", 2, "bridge-closure", "status")]
    replace(package / "data/events.csv", ",occured,", ",missed,")
    assert places(by_jsonschema, package) == [("data/dataset.json", None, "bridge-closure", "status")]


@pytest.mark.parametrize(
    ("document", "field"), [([], None), ({"segments": []}, None), ({"segments": {}}, None), (None, None)]
)
def test_jsonschema_takes_a_dataset_of_any_shape(package: Path, document: object, field: str | None) -> None:
    write_json(package / "data/dataset.json", document)
    assert ("data/dataset.json", None, None, field) in places(by_jsonschema, package)


@pytest.mark.parametrize(
    ("change", "refused"),
    [({}, False), ({"cameo": "040\n"}, True), ({"title": "a\n"}, True), ({"cameo": 40}, True), ({"more": 1}, True)],
)
def test_a_pattern_ends_where_the_text_does(change: dict[str, object], refused: bool) -> None:
    good = {name: said["examples"][0] for name, said in record_schema("events")["properties"].items()}
    assert bool(list(refusals(record_schema("events"), {**good, **change}))) is refused


# --- alone -------------------------------------------------------------------------------------------


def test_a_witness_is_heard_alone_only_in_files_where_no_error_stands() -> None:
    error = every_rule()["enum"].issue("data/events.csv", "is wrong", line=2)
    advice = every_rule()["claim-once"].issue("data/places.csv", "is twice", line=2)
    said = [
        (("data/events.csv", 9, None, None), "x"),
        (("data/places.csv", 3, "a", "b"), "y"),
        (("data/dataset.json", None, None, None), "z"),
    ]
    assert [(one.rule, one.file, one.message) for one in alone("frictionless", said, [error, advice])] == [
        ("frictionless", "data/places.csv", "y")
    ]
    assert [one.file for one in alone("jsonschema", said, [])] == [
        "data/events.csv",
        "data/places.csv",
        "data/dataset.json",
    ]
    assert {one.level for one in alone("jsonschema", said, [])} == {"error"}


def _die(*_: object) -> None:
    raise TypeError("bug")


def test_a_frictionless_that_dies_is_said_and_the_run_is_never_just_valid(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frictionless.resources.TableResource.validate", _die)
    found = report(package)
    assert found.not_run["frictionless"] == "frictionless failed: TypeError"
    assert found.partial
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    assert rules(report(package, only=["pydantic", "frictionless"]).issues) == {"enum"}


def test_without_their_libraries_the_extra_is_named(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(library: str, extra: str) -> object:
        raise MissingExtra(library, extra)

    monkeypatch.setattr(witnesses, "need", missing)
    with pytest.raises(MissingExtra, match=r"pip install 'jpkr-drills\[validate\]'"):
        validate(package)
    assert validate(package, only=["pydantic", "meaning", "agreement"]) == []


def test_an_id_of_digits_is_no_number_to_frictionless(package: Path) -> None:
    def rename(tables: Sequence[str], old: str, new: str) -> None:
        for table in tables:
            changed = [{k: new if v == old else v for k, v in row.items()} for row in rows(table, package)]
            write_rows(package, table, changed)

    rename(("places", "event_places", "claim_places", "mentions"), "grey-sound", "1978")
    assert "1978" in {row["place_id"] for row in rows("mentions", package)}
    assert validate(package, only=["frictionless"]) == []
    rename(["mentions"], "1978", "1979")
    assert rules(validate(package, only=["frictionless"])) == {"frictionless"}


def test_nothing_but_bytes_is_given_to_frictionless(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a descriptor names, no path of it reaches another library."""
    given: dict[str, object] = {}

    def seen(**options: Any) -> TableResource:
        given[options["name"]] = options["data"]
        return TableResource(**options)

    monkeypatch.setattr("frictionless.resources.TableResource", seen)
    validate(package)
    files = contents(package)
    tables = {name.removeprefix("data/")[:-4]: content for name, content in files.items() if name.endswith(".csv")}
    assert {name: content for name, content in given.items() if not name.endswith("-ids")} == tables
    assert json.loads(files["datapackage.json"])
