"""Descriptor: ``datapackage.json`` is a Data Package by its own rules and by frictionless'."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import frictionless
import pytest

from helpers import ROOT, descriptor, rows
from jpkr_drills.descriptor import AUTHORED, DATASET, PROFILE, descriptor_schema, generated_resources
from jpkr_drills.jsonschemas import findings
from jpkr_drills.models import TABLES


def keywords(document: object) -> set[tuple[str, str]]:
    """Keyword and place of what the closed schema finds."""
    found = findings(descriptor_schema(), document)
    return {(one.keyword, ".".join(map(str, one.path))) for one in found}


# --- the committed descriptor ----------------------------------------------------------------


def test_frictionless_validates_the_package_and_reads_every_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    report = frictionless.Package("datapackage.json").validate()
    assert report.valid, report.flatten(["title", "message"])
    counted = {task.name: task.stats["rows"] for task in report.tasks if task.type == "table"}
    assert counted == {table: len(rows(table)) for table in TABLES}
    assert len(counted) == 13
    assert all(counted.values())


@pytest.mark.parametrize("resource", descriptor()["resources"], ids=lambda one: str(one["name"]))
def test_hash_and_size_are_those_of_the_file(resource: dict[str, Any]) -> None:
    content = (ROOT / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content), "run `jpkr-drills build`"
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", "run `jpkr-drills build`"


def test_every_file_of_data_is_a_resource() -> None:
    declared = {resource["path"] for resource in descriptor()["resources"]}
    found = {
        place.relative_to(ROOT).as_posix() for place in (ROOT / "data").rglob("*") if place.is_file()
    }
    assert declared == found


def test_the_committed_descriptor_fits_its_closed_schema() -> None:
    assert keywords(descriptor()) == set()


def test_title_licence_and_the_coded_source_are_stated() -> None:
    said = descriptor()
    assert said["$schema"] == PROFILE
    assert [one["name"] for one in said["licenses"]] == ["CC-BY-4.0"]
    (coded,) = (one for one in said["sources"] if one["relation"] == "coded")
    assert coded.keys() >= {"title", "path", "publicationDate", "sha256", "bytes", "characters"}
    assert coded["characters"] < coded["bytes"]


def test_the_generated_resources_stand_first_and_in_order() -> None:
    declared = [resource["name"] for resource in descriptor()["resources"]]
    assert declared[: len(TABLES) + 1] == [*TABLES, "dataset"]


# --- the closed schema -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["licences", "schemas", "sha256", "resource", "$Schema"])
def test_a_misspelt_property_is_refused(name: str) -> None:
    assert keywords(descriptor() | {name: "x"}) == {("additionalProperties", name)}


@pytest.mark.parametrize(
    "name", ["$schema", "name", "title", "description", "version", "keywords", "licenses", "sources"]
)
def test_a_property_that_is_needed_is_named(name: str) -> None:
    said = descriptor()
    del said[name]
    assert keywords(said) == {("required", name)}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "../x.csv", "data/../x.csv", "data/../../x.csv", "data//x.csv", "data/", "x.csv",
        "",
        "data/.hidden.csv", "data/./x.csv", "data\\x.csv", "https://example.org/x.csv", "file:///x.csv",
        "schemas/x.json", "datapackage.json", "data/x.csv\n", "data/a b.csv", ["data/a.csv"], 1, None,
    ],
)  # fmt: skip
def test_a_path_stays_inside_of_data(path: object) -> None:
    said = descriptor()
    said["resources"][0]["path"] = path
    assert {place for _, place in keywords(said)} == {"resources.0.path"}


@pytest.mark.parametrize("path", ["data/notes.csv", "data/more/notes-1.csv", "data/a.b_c.md"])
def test_a_plain_path_below_data_is_taken(path: str) -> None:
    said = descriptor()
    said["resources"][-1]["path"] = path
    assert keywords(said) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("encoding", "latin-1"),
        ("hash", "md5:d41d8cd98f00b204e9800998ecf8427e"),
        ("hash", "sha256:" + "A" * 64),
        ("bytes", -1),
        ("bytes", "12"),
        ("bytes", True),
        ("type", "json"),
        ("schema", "https://example.org/schema.json"),
        ("schema", {"fields": []}),
        ("name", "Has Space"),
        ("title", None),
    ],
)
def test_a_value_of_another_form_is_refused(name: str, value: object) -> None:
    said = descriptor()
    said["resources"][0][name] = value
    assert {place for _, place in keywords(said)} == {f"resources.0.{name}"}


@pytest.mark.parametrize(
    ("name", "value"), [("delimiter", ";"), ("skipInitialSpace", True), ("doubleQuote", 1)]
)
def test_there_is_one_dialect(name: str, value: object) -> None:
    said = descriptor()
    said["resources"][0]["dialect"][name] = value
    assert {place for _, place in keywords(said)} == {f"resources.0.dialect.{name}"}


def test_the_version_is_a_number_of_three_parts() -> None:
    assert keywords(descriptor() | {"version": "1.0"}) == {("pattern", "version")}


# --- what is generated -----------------------------------------------------------------------


def test_every_table_and_the_dataset_have_a_generated_resource() -> None:
    generated = generated_resources()
    assert [one["name"] for one in generated] == [*TABLES, "dataset"]
    assert generated[-1]["path"] == DATASET
    assert all("hash" not in one and "bytes" not in one for one in generated)


def test_authored_are_all_properties_but_the_resources() -> None:
    assert {*AUTHORED, "resources"} == set(descriptor_schema()["properties"])
    assert "$schema" in AUTHORED


def test_no_property_may_be_null() -> None:
    assert '"null"' not in json.dumps(dict(descriptor_schema()))
