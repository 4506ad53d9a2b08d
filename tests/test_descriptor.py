"""Descriptor: ``datapackage.json`` is a Data Package by its rules, the engine's and frictionless'."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import frictionless
import pytest

from helpers import ROOT, Memory, descriptor, rows, table_file
from jpkr_drills.checks import descriptor as engine
from jpkr_drills.descriptor import AUTHORED, DATASET, PROFILE, descriptor_schema, generated_resources
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import Issue
from jpkr_drills.jsonschemas import findings
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package
from jpkr_drills.schemas import schema_files


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


# --- the engine ------------------------------------------------------------------------------

Edit = Callable[[dict[str, Any]], object]
Places = list[tuple[str, str | None]]
NOTE: dict[str, Any] = {
    **{"name": "notes", "path": "data/notes.txt", "title": "Notes", "description": "Notes."},
    **{"format": "txt", "mediatype": "text/plain", "encoding": "utf-8"},
    **{"bytes": 0, "hash": f"sha256:{'0' * 64}"},
}
LAST = len(descriptor()["resources"])


def put(place: str, value: object) -> Edit:
    """Put a value at a place, its steps joined by dots; in a list perhaps behind the last."""

    def edit(document: dict[str, Any]) -> None:
        *steps, last = place.split(".")
        holder: Any = document
        for step in steps:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        if isinstance(holder, list):
            holder[int(last) : int(last) + 1] = [value]
        else:
            holder[last] = value

    return edit


def note(**said: object) -> Edit:
    """Add a resource of the author's own; what is ``None`` is left out."""
    given = {name: value for name, value in {**NOTE, **said}.items() if value is not None}
    return put(f"resources.{LAST}", given)


def both(one: Edit, other: Edit) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        one(document)
        other(document)

    return edit


def segment(name: str, digest: str) -> tuple[str, ...]:
    return (name, name[1], name[3], "0", "9", digest)


SEGMENTS = (segment("p0s1", "1" * 64), segment("p1s1", "2" * 64))


def issues(
    edit: Edit = dict,
    files: Mapping[str, bytes | FileProblem] | None = None,
    segments: Sequence[tuple[str, ...]] = SEGMENTS,
) -> list[Issue]:
    """What the engine says of the committed descriptor, changed by ``edit``."""
    said = descriptor()
    edit(said)
    table = table_file("segments", segments)
    memory = Memory({**schema_files(), **(files or {})})
    return list(engine.check(Package(memory, said, tables={"segments": table})))


def places(edit: Edit) -> Places:
    return [(one.rule, one.field) for one in issues(edit)]


def test_the_committed_descriptor_has_no_issue() -> None:
    assert issues() == []
    assert issues(note()) == []


def test_a_descriptor_that_is_not_there_or_cannot_be_read_is_the_only_issue() -> None:
    missing, unread = Package(Memory({})), Package(Memory({}))
    unread.descriptor_problem = FileProblem("descriptor-not-json", "is not JSON")
    assert [one.rule for one in engine.check(missing)] == ["descriptor-missing"]
    (issue,) = engine.check(unread)
    assert (issue.rule, issue.file, issue.message) == (
        "descriptor-not-json",
        "datapackage.json",
        "is not JSON",
    )


UNKNOWN = "descriptor-unknown-property"
TWICE = ("resource-duplicate", "resources")


def test_misspelt_properties_are_told_with_what_was_meant_beside_them() -> None:
    def edit(said: dict[str, Any]) -> None:
        said["resources"][0]["encodng"] = said["resources"][0].pop("encoding")
        said["resources"][1]["formt"] = said["resources"][1].pop("format")
        said["licences"] = said.pop("licenses")
        said["mediatipe"] = "x"  # missing nowhere beside it

    assert {(one.rule, one.field, one.hint.partition("?")[0]) for one in issues(edit)} >= {
        (UNKNOWN, "resources.0.encodng", "did you mean encoding"),
        (UNKNOWN, "resources.1.formt", "did you mean format"),
        (UNKNOWN, "licences", "did you mean licenses"),
    }
    assert all(one.rule == UNKNOWN for one in issues(edit))
    assert len(issues(edit)) == 4


OTHER_CASE = {**NOTE, "name": "more", "path": "data/notes/b.txt"}
UNDECLARED = {"schema": "schemas/table/places.json"}
ARTICLE = descriptor()["sources"][0]
CITED = descriptor()["sources"][1]
LICENCE = descriptor()["licenses"][0]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        # one thing wrong in one place is one issue
        (put("name", "jpkr\u200bdrills"), [("descriptor-value", "name")]),
        (put("title", None), [("descriptor-value", "title")]),
        (put("resources", 5), [("descriptor-value", "resources")]),
        (put("resources.0.title", None), [("descriptor-value", "resources.0.title")]),
        (put("resources.0.description", "\u200b"), [("descriptor-value", "resources.0.description")]),
        (put("resources.0.path", "x"), [("resource-path", "resources.0.path")]),
        (
            both(put("resources.0.path", 5), note(path="data/con.txt")),
            [("resource-path", "resources.0.path"), ("resource-path", f"resources.{LAST}.path")],
        ),
        (
            both(put("resources.0.name", "more"), put("resources.1.title", "Other")),
            [("resource-missing", "resources"), ("resource-differs", "title")],
        ),
        (put("resources.0.dialect.header", False), [("descriptor-value", "resources.0.dialect.header")]),
        # what an author's own resource may not say
        (note(**UNDECLARED), [(UNKNOWN, f"resources.{LAST}.schema")]),
        (note(schema={}), [("descriptor-value", f"resources.{LAST}.schema")]),
        (
            note(dialect=descriptor()["resources"][0]["dialect"]),
            [(UNKNOWN, f"resources.{LAST}.dialect")],
        ),
        (
            both(put("resources.0.schema", {}), note(**UNDECLARED)),
            [("descriptor-value", "resources.0.schema"), (UNKNOWN, f"resources.{LAST}.schema")],
        ),
        (
            both(put("title", None), note(type="table")),
            [("descriptor-value", "title"), (UNKNOWN, f"resources.{LAST}.type")],
        ),
        (note(path="x"), [("resource-path", f"resources.{LAST}.path")]),
        (note(path="data/con.txt"), [("resource-path", f"resources.{LAST}.path")]),
        (note(format="md"), [("resource-format", f"resources.{LAST}.format")]),
        (note(format="T X"), [("descriptor-value", f"resources.{LAST}.format")]),
        (note(format=None), [("descriptor-required", f"resources.{LAST}.format")]),
        (note(path="data/NOTES.TXT"), []),
        (note(path="data/a.b/notes"), []),
        (note(path="data/notes.tar.gz", format="gz"), []),
        (
            note(path="data/notes.tar.gz", format="tar"),
            [("resource-format", f"resources.{LAST}.format")],
        ),
        # a generated resource is known by its name, or its path
        (put("resources.0.name", "more"), [("resource-missing", "resources")]),
        (put("resources.0.path", "data/more.csv"), [("resource-differs", "path")]),
        # what is there twice
        (note(path="data/EVENTS.csv", format="csv"), [TWICE]),
        (
            both(note(path="data/Notes/a.txt"), put(f"resources.{LAST + 1}", OTHER_CASE)),
            [TWICE],
        ),
        (note(name="Events"), [("descriptor-value", f"resources.{LAST}.name"), TWICE]),
        (
            put("licenses.1", dict(reversed(LICENCE.items()))),
            [("descriptor-value", "licenses")],
        ),
        (put("keywords.10", "plover"), [("descriptor-value", "keywords")]),
        (put("contributors.0.roles.1", "wrangler"), [("descriptor-value", "contributors.0.roles")]),
        (put("sources.2", CITED), [("descriptor-value", "sources")]),
        (put("sources.2", ARTICLE), [("descriptor-source", "sources")]),
        # what hides in a text, or stands in for one
        (put("sources.1.publisher", "U\ufe0f"), [("text-hidden-character", "sources.1.publisher")]),
        (put("keywords.10", "\u0421AMEO"), [("text-mixed-script", "keywords.10")]),
        (put("contributors.0.title", "TODO"), [("descriptor-value", "contributors.0.title")]),
        (put("keywords.10", "N/A"), [("descriptor-value", "keywords.10")]),
        (put("description", "TBD"), [("descriptor-value", "description")]),
        (put("id", "n/a"), [("descriptor-value", "id")]),
        (put("sources.1.publisher", "unknown"), [("descriptor-value", "sources.1.publisher")]),
        (put("sources.1.publicationDate", "not stated"), []),
        (put("licenses.0.title", "TODO"), [("descriptor-value", "licenses.0.title")]),
        (note(title="TBD"), [("descriptor-value", f"resources.{LAST}.title")]),
        (put("contributors.0.roles.1", "TODO"), [("descriptor-value", "contributors.0.roles.1")]),
        (note(path="data/a b.csv", format="md"), [("resource-path", f"resources.{LAST}.path")]),
    ],
)
def test_what_is_wrong_is_told_once_and_where_it_is(edit: Edit, told: Places) -> None:
    assert sorted(places(edit), key=str) == sorted(told, key=str)


SOURCE = "descriptor-source"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (put("sources", [CITED]), "0 sources have the relation coded"),
        (put("sources.2", {**ARTICLE, "title": "B", "path": "https://example.org"}), "2 sources"),
        (put("sources.1.bytes", 5), "is only cited and must not give bytes"),
        (put("sources.1.title", ARTICLE["title"].upper() + "."), "again as cited"),
        (put("sources.1.path", ARTICLE["path"] + "/"), "again as cited"),
        (put("sources.0.characters", 4084), "4083 bytes can't have 4084 characters"),
        (put("sources.0.characters", 1020), "can't have 1020"),
        (put("sources.0.sha256", "2" * 64), "that of its segment p1s1"),
        (lambda said: said["sources"][0].pop("bytes"), "must give bytes, characters, sha256"),
    ],
)
def test_one_source_is_the_article_and_can_be(edit: Edit, message: str) -> None:
    (issue,) = issues(edit)
    assert (issue.rule, issue.field) == (SOURCE, "sources")
    assert message in issue.message


def test_a_source_without_title_or_path_is_no_other_again() -> None:
    def edit(said: dict[str, Any]) -> None:
        del said["sources"][0]["path"]

    assert places(edit) == []


def test_what_a_text_hides_is_found_by_the_engine_of_the_descriptor() -> None:
    (issue,) = issues(put("sources.1.publisher", "U\ufe0f"))
    assert issue.found_by == ("descriptor",)


def test_an_article_may_be_one_sentence() -> None:
    assert issues(put("sources.0.sha256", "1" * 64), segments=SEGMENTS[:1]) == []


@pytest.mark.parametrize(("size", "length"), [(4063, 4063), (4084, 1021)])
def test_an_article_has_one_to_four_bytes_a_character(size: int, length: int) -> None:
    assert issues(both(put("sources.0.bytes", size), put("sources.0.characters", length))) == []


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (put("sources", 5), [("descriptor-value", "sources")]),
        (put("sources.2", 5), [("descriptor-value", "sources.2")]),
        (put("sources.0.relation", "code"), [("descriptor-value", "sources.0.relation")]),
        (
            both(put("sources.0.publisher", 5), put("sources.1.bytes", 5)),
            [("descriptor-value", "sources.0.publisher"), (SOURCE, "sources")],
        ),
        (
            both(put("title", 5), put("sources.1.bytes", 5)),
            [("descriptor-value", "title"), (SOURCE, "sources")],
        ),
    ],
)
def test_sources_are_judged_where_it_is_known_which_is_coded(edit: Edit, told: Places) -> None:
    assert places(edit) == told


def test_a_schema_is_missing_differs_or_cannot_be_read() -> None:
    first, second, third, *_ = schema_files()
    linked = FileProblem("file-outside", "is a link", "schemas")
    unread = FileProblem("file-unreadable", "can't be read", "")
    files: dict[str, bytes | FileProblem] = {first: linked, second: unread, third: b"{}"}
    assert [(one.rule, one.file) for one in issues(files=files)] == [
        ("file-outside", "schemas"),
        ("file-unreadable", second),
        ("schema-differs", third),
    ]
    gone = FileProblem("file-missing", "is missing", first)
    (issue,) = issues(files={first: gone})
    assert (issue.rule, issue.file) == ("schema-missing", first)
