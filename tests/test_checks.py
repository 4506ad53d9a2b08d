"""The engines: what each finds, where, and what it leaves to another.

Every rule is broken once in the corpus; here is how the engines behave around their rules.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import synthetic
from helpers import contents, descriptor, replace, rows, rules, write_json, write_rows, zipped
from jpkr_drills import Issue, files, validate
from jpkr_drills.building import build
from jpkr_drills.checks import article
from jpkr_drills.checks.article import words
from jpkr_drills.files import FileProblem
from jpkr_drills.models import TABLES
from jpkr_drills.package import open_package


def found(package: Path, *only: str) -> list[Issue]:
    return validate(package, only=only)


def places(issues: list[Issue]) -> set[tuple[str, str, str | None, str | None]]:
    return {(one.rule, one.file, one.record, one.field) for one in issues}


def edit_dataset(package: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change ``data/dataset.json``, laid out as ``build`` does."""
    place = package / "data/dataset.json"
    document = json.loads(place.read_text(encoding="utf-8"))
    edit(document)
    write_json(place, document)


# --- descriptor ------------------------------------------------------------------------------


def edit_descriptor(package: Path, edit: Callable[[dict[str, Any]], object]) -> list[Issue]:
    said = descriptor(package)
    edit(said)
    write_json(package / "datapackage.json", said)
    return found(package, "descriptor")


def test_a_misspelt_property_is_one_issue_with_the_meant_one(package: Path) -> None:
    (issue,) = edit_descriptor(package, lambda said: said.update(licences=said.pop("licenses")))
    assert (issue.rule, issue.field) == ("descriptor-unknown-property", "licences")
    assert "licenses" in issue.hint


def test_a_resource_that_is_not_declared_is_missing(package: Path) -> None:
    (issue,) = edit_descriptor(package, lambda said: said["resources"].pop(0))
    assert issue.rule == "resource-missing"
    assert "'segments'" in issue.message


def test_two_resources_of_one_name_or_path_are_found(package: Path) -> None:
    issues = edit_descriptor(package, lambda said: said["resources"].append(said["resources"][-1]))
    assert rules(issues) == {"resource-duplicate"}


def test_a_generated_resource_may_not_be_reworded(package: Path) -> None:
    (issue,) = edit_descriptor(package, lambda said: said["resources"][0].update(title="Other"))
    assert (issue.rule, issue.record, issue.field) == ("resource-differs", "segments", "title")


@pytest.mark.parametrize(
    "edit",
    [
        lambda said: said["sources"][0].update(relation="cited"),
        lambda said: said["sources"][1].update(relation="coded"),
        lambda said: said["sources"][0].pop("characters"),
        lambda said: said["sources"][1].update(sha256="0" * 64),
        lambda said: said["sources"].pop(0),
    ],
)
def test_exactly_one_source_is_the_coded_article(
    package: Path, edit: Callable[[dict[str, Any]], object]
) -> None:
    assert "descriptor-source" in rules(edit_descriptor(package, edit))


@pytest.mark.parametrize("value", [None, 1, "x", {}, [1], [None], [{}], [{"name": {}, "path": []}]])
@pytest.mark.parametrize("name", ["resources", "sources", "licenses"])
def test_whatever_stands_in_a_list_is_an_issue_and_no_crash(
    package: Path, name: str, value: object
) -> None:
    assert edit_descriptor(package, lambda said: said.update({name: value}))
    assert found(package, "descriptor", "integrity", "meaning", "agreement")


def test_a_schema_that_is_no_file_is_unreadable(package: Path) -> None:
    (package / "schemas/table/events.json").unlink()
    (package / "schemas/table/events.json").mkdir()
    assert ("file-unreadable", "schemas/table/events.json") in {
        (one.rule, one.file) for one in found(package, "descriptor")
    }


# --- integrity -------------------------------------------------------------------------------


def test_a_hash_that_differs_is_found_and_the_size_not_told_too(package: Path) -> None:
    (package / "data/CODEBOOK.md").write_text("changed")
    assert places(found(package, "integrity")) == {("hash-mismatch", "data/CODEBOOK.md", None, None)}


def test_a_size_that_differs_is_found(package: Path) -> None:
    edit_descriptor(package, lambda said: said["resources"][0].update(bytes=1))
    assert rules(found(package, "integrity")) == {"size-mismatch"}


def test_undeclared_files_in_the_folders_are_found_and_others_not_asked_for(package: Path) -> None:
    for name in ("data/more.csv", "data/deep/.hidden", "schemas/old.json", "notes.txt"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).touch()
    assert {one.file for one in found(package, "integrity")} == {
        "data/more.csv",
        "data/deep/.hidden",
        "schemas/old.json",
    }


def test_a_link_in_the_place_of_a_table_is_not_followed(package: Path, tmp_path: Path) -> None:
    (package / "data/events.csv").rename(tmp_path / "events.csv")
    (package / "data/events.csv").symlink_to(tmp_path / "events.csv")
    issues = [one for one in found(package, "integrity") if one.file == "data/events.csv"]
    assert rules(issues) == {"file-outside"}


@pytest.mark.parametrize("table", TABLES)
def test_rows_out_of_order_are_found(package: Path, table: str) -> None:
    kept = rows(table, package)
    kept[0], kept[1] = kept[1], kept[0]
    write_rows(package, table, kept)
    issues = [one for one in found(package, "integrity") if one.rule == "row-order"]
    assert [(one.file, one.line) for one in issues] == [(f"data/{table}.csv", 3)]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"{", "json-not-json"),
        (b'{"a": 1, "a": 1}', "json-duplicate-key"),
        (b"{}", "json-not-canonical"),
        (b"[NaN]\n", "json-not-json"),
        (None, "file-missing"),
    ],
)
def test_the_form_of_the_dataset_is_checked(package: Path, content: bytes | None, rule: str) -> None:
    (package / "data/dataset.json").unlink()
    if content is not None:
        (package / "data/dataset.json").write_bytes(content)
    issues = [one for one in found(package, "integrity") if one.file == "data/dataset.json"]
    assert rule in rules(issues)
    assert found(package, "jsonschema", "agreement", "integrity")


def test_a_file_outside_of_the_package_is_never_opened(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package.parent / "secret.txt").write_text("secret")
    edit_descriptor(package, lambda said: said["resources"][-1].update(path="../secret.txt"))
    opened: list[Path] = []
    original = os.open

    def watch(path: Any, *arguments: Any, **options: Any) -> int:
        opened.append(Path(path))
        return original(path, *arguments, **options)

    monkeypatch.setattr(os, "open", watch)
    assert "resource-path" in rules(validate(package))
    assert opened
    assert all(".." not in place.parts for place in opened)


def test_a_table_whose_reading_breaks_off_is_unreadable(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped(tmp_path / "a.zip", contents(package))

    def fail(*_: object) -> None:
        raise OSError("disk error")

    monkeypatch.setattr("jpkr_drills.csvfile.read", fail)
    with open_package(archive) as opened:
        problem = opened.tables["events"].problem
    assert isinstance(problem, FileProblem)
    assert (problem.rule, problem.file) == ("file-unreadable", "data/events.csv")


# --- references ------------------------------------------------------------------------------


def test_a_key_that_stands_twice_is_named_with_the_first_line(package: Path) -> None:
    kept = rows("parties", package)
    write_rows(package, "parties", [kept[0], *kept])
    (issue,) = found(package, "references")
    assert (issue.rule, issue.line, issue.field) == ("duplicate-key", 3, "party_id")
    assert "line 2" in issue.message


def test_a_value_that_must_be_unique_is_found(package: Path) -> None:
    kept = rows("parties", package)
    kept[1]["name"] = kept[0]["name"]
    write_rows(package, "parties", kept)
    (issue,) = found(package, "references")
    assert (issue.rule, issue.line, issue.field) == ("duplicate-value", 3, "name")


@pytest.mark.parametrize(
    ("table", "column"),
    [(name, column) for name, record in TABLES.items() for column in record.TABLE.foreign_keys],
)
def test_every_link_that_points_nowhere_is_found(package: Path, table: str, column: str) -> None:
    kept = rows(table, package)
    at = next(i for i, row in enumerate(kept) if row[column])
    kept[at][column] += "9" if kept[at][column][0] == "p" and "s" in kept[at][column][:4] else "-x"
    write_rows(package, table, kept)
    issues = [one for one in found(package, "references") if one.rule == "foreign-key"]
    assert [(one.file, one.line, one.field) for one in issues] == [(f"data/{table}.csv", at + 2, column)]


def test_an_id_that_is_nearly_right_is_suggested(package: Path) -> None:
    replace(package / "data/event_places.csv", "camp-david,at", "camp-davie,at")
    (issue,) = found(package, "references")
    assert issue.hint.startswith("did you mean camp-david")


def test_links_into_a_table_that_cannot_be_read_are_not_judged(package: Path) -> None:
    (package / "data/parties.csv").write_bytes(b"\xff\n")
    assert found(package, "references") == []


# --- agreement -------------------------------------------------------------------------------


def test_a_value_that_differs_in_the_json_is_found_there(package: Path) -> None:
    edit_dataset(package, lambda document: document["places"][0].update(name="Other"))
    key = rows("places")[0]["place_id"]
    assert places(found(package, "agreement")) == {("csv-json-value", "data/dataset.json", key, "name")}


def test_a_value_that_differs_in_the_csv_is_found_there(package: Path) -> None:
    replace(package / "data/places.csv", "Camp David", "Camp Davis")
    (issue,) = found(package, "agreement")
    assert (issue.file, issue.record, issue.field) == ("data/places.csv", "camp-david", "name")
    assert issue.line is not None


@pytest.mark.parametrize("value", [0.0, "0", None, False])
def test_values_agree_as_json_text_does(package: Path, value: object) -> None:
    edit_dataset(package, lambda document: document["segments"][0].update(start=value))
    assert rules(found(package, "agreement")) == {"csv-json-value"}


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (lambda document: document["places"].pop(), "csv-json-record"),
        (lambda document: document["places"].append(document["places"][0]), "csv-json-record"),
        (lambda document: document["places"].append(5), "csv-json-record"),
        (lambda document: document["places"].reverse(), "csv-json-order"),
        (lambda document: document.update(segments=document.pop("segments")), "csv-json-order"),
        (lambda document: document.pop("places"), "csv-json-table"),
        (lambda document: document.update(places={}), "csv-json-table"),
        (lambda document: document.update(more=[]), "csv-json-table"),
    ],
)
def test_records_and_tables_agree(
    package: Path, edit: Callable[[dict[str, Any]], object], rule: str
) -> None:
    edit_dataset(package, edit)
    assert rules(found(package, "agreement")) == {rule}


def test_a_dataset_that_is_no_object_agrees_with_nothing(package: Path) -> None:
    write_json(package / "data/dataset.json", [])
    assert rules(found(package, "agreement")) == {"csv-json-table"}


# --- jsonschema ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"status": "occured"}, "enum", "status"),
        ({"cameo": "42"}, "pattern", "cameo"),
        ({"cameo": "042\n"}, "pattern", "cameo"),
        ({"title": "x" * 200}, "max-length", "title"),
        ({"more": 1}, "unknown-field", "more"),
        ({"date": "2023-02-30"}, "pattern", "date"),
        ({"date": None}, "date-fits-basis", "date"),
    ],
)
def test_the_schema_speaks_in_the_words_of_the_models(
    package: Path, change: dict[str, object], rule: str, field: str
) -> None:
    index = [row["event_id"] for row in rows("events")].index("camp-david-summit")
    edit_dataset(package, lambda document: document["events"][index].update(change))
    issues = found(package, "jsonschema")
    assert places(issues) == {(rule, "data/dataset.json", "camp-david-summit", field)}
    assert all(one.line is None and one.found_by == ("jsonschema",) for one in issues)


@pytest.mark.parametrize(("value", "rule"), [(None, "required"), (5, "type")])
def test_a_value_that_is_no_text_is_told_so(package: Path, value: object, rule: str) -> None:
    edit_dataset(package, lambda document: document["events"][0].update(title=value))
    assert rules(found(package, "jsonschema")) == {rule}


@pytest.mark.parametrize(("value", "rule"), [(-1, "minimum"), (10**9, "maximum"), (0.5, "type")])
def test_the_schema_knows_the_bounds_of_numbers(package: Path, value: object, rule: str) -> None:
    edit_dataset(package, lambda document: document["segments"][0].update(start=value))
    assert rules(found(package, "jsonschema")) == {rule}


def test_a_field_that_is_left_out_is_missing(package: Path) -> None:
    edit_dataset(package, lambda document: document["segments"][0].pop("start"))
    (issue,) = found(package, "jsonschema")
    assert (issue.rule, issue.field) == ("missing-field", "start")


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (lambda document: document.pop("places"), "csv-json-table"),
        (lambda document: document.update(more=[]), "csv-json-table"),
        (lambda document: document.update(places={}), "csv-json-table"),
        (lambda document: document["places"].append(5), "type"),
    ],
)
def test_the_shape_of_the_document_is_checked(
    package: Path, edit: Callable[[dict[str, Any]], object], rule: str
) -> None:
    edit_dataset(package, edit)
    issues = found(package, "jsonschema")
    assert rules(issues) == {rule}
    assert {one.file for one in issues} == {"data/dataset.json"}


def test_a_record_that_the_csv_has_alike_is_named_by_its_line(package: Path) -> None:
    replace(package / "data/places.csv", ",facility,", ",facilities,")
    edit_dataset(package, lambda document: document["places"][0].update(place_type="facilities"))
    (issue,) = found(package, "jsonschema")
    assert (issue.file, issue.line, issue.rule) == ("data/places.csv", 2, "enum")


# --- frictionless ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (",facility,", ",facilities,", "enum"),
        ("Camp David,", ",", "required"),
        (",39.648,", ",north,", "type"),
        (",39.648,", ",99.5,", "maximum"),
        (",39.648,", ",-99.5,", "minimum"),
        ("camp-david,", "Camp-David,", "pattern"),
        ("Camp David", "x" * 121, "max-length"),
        ("east-china-sea,", "camp-david,", "duplicate-key"),
    ],
)
def test_frictionless_confirms_the_rules_of_the_models(
    package: Path, old: str, new: str, rule: str
) -> None:
    replace(package / "data/places.csv", old, new)
    issues = [one for one in found(package, "frictionless") if one.file == "data/places.csv"]
    assert rule in rules(issues)
    assert all(one.found_by == ("frictionless",) for one in issues)
    assert all(one.line is not None for one in issues)


def test_frictionless_follows_links(package: Path) -> None:
    replace(package / "data/event_places.csv", "camp-david,at", "camp-davie,at")
    (issue,) = found(package, "frictionless")
    assert (issue.rule, issue.file, issue.field) == ("foreign-key", "data/event_places.csv", "place_id")


# --- article ---------------------------------------------------------------------------------


def test_another_article_is_one_issue_that_names_the_differences(package: Path, tmp_path: Path) -> None:
    article = tmp_path / "other.txt"
    article.write_text("Another text.")
    (issue,) = validate(package, article=article, only=["article"])
    assert (issue.rule, issue.file) == ("article-differs", "other.txt")
    assert "bytes 13, not" in issue.message


def test_an_article_that_is_not_utf_8_is_told_so(package: Path, tmp_path: Path) -> None:
    article = tmp_path / "other.txt"
    article.write_bytes(b"caf\xe9")
    (issue,) = validate(package, article=article, only=["article"])
    assert issue.rule == "article-encoding"


@pytest.mark.parametrize("sources", [[], None, "x", [5]])
def test_without_a_coded_source_no_article_is_the_right_one(
    package: Path, tmp_path: Path, sources: object
) -> None:
    write_json(package / "datapackage.json", descriptor(package) | {"sources": sources})
    article = tmp_path / "other.txt"
    article.write_text("Another text.")
    assert rules(validate(package, article=article, only=["article"])) == {"article-differs"}


def test_spans_are_compared_with_the_text_that_the_descriptor_names(
    package: Path, tmp_path: Path
) -> None:
    text = "é" * 10
    pinned = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "bytes": len(text.encode()),
        "characters": len(text),
    }
    said = descriptor(package)
    said["sources"][0].update(pinned)
    write_json(package / "datapackage.json", said)
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    issues = validate(package, article=tmp_path / "article.txt", only=["article"])
    outside = {one.record for one in issues if one.rule == "span-outside-article"}
    ends = {row["claim_id"]: int(row["end"]) for row in rows("claims")}
    assert {claim for claim, end in ends.items() if end > len(text)} <= outside
    assert {one.record for one in issues if one.rule == "mention-surface"} == {
        row["mention_id"] for row in rows("mentions") if int(row["end"]) <= len(text)
    }


def test_a_source_that_is_no_object_does_not_stop_the_engine(package: Path, tmp_path: Path) -> None:
    said = descriptor(package)
    pinned = {"sha256": hashlib.sha256(b"text").hexdigest(), "bytes": 4, "characters": 4}
    said["sources"] = [said["sources"][0] | pinned, "more"]
    write_json(package / "datapackage.json", said)
    (tmp_path / "article.txt").write_text("text")
    assert validate(package, article=tmp_path / "article.txt", only=["article"])


def test_words_have_no_case_and_no_punctuation() -> None:
    assert words("The U.S.’s “5” states-men") == ["the", "u", "s", "s", "5", "states", "men"]


# --- all together ----------------------------------------------------------------------------


def test_what_was_mended_as_the_hints_say_is_valid_again(package: Path) -> None:
    replace(package / "data/events.csv", ",occurred,", ",occured,")
    (package / "schemas/table/places.json").unlink()
    assert validate(package)
    replace(package / "data/events.csv", ",occured,", ",occurred,")
    build(package)
    assert validate(package) == []


# --- bounds ----------------------------------------------------------------------------------


def test_a_long_property_is_not_compared_with_the_missing_ones(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difflib, "get_close_matches", None)
    issues = edit_descriptor(package, lambda said: said.update({"title" * 99: said.pop("title")}))
    assert rules(issues) == {"descriptor-required", "descriptor-unknown-property"}


def test_all_further_files_together_have_a_limit(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FURTHER_TOTAL", 1_000)
    assert places(found(package, "integrity")) == {("file-too-large", "data/CODEBOOK.md", None, None)}


def test_a_copy_is_found_wherever_it_stands_in_a_long_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article, "_PIECE", 100)
    package, text = synthetic.make(tmp_path)
    for before in range(0, 220, 10):
        (package / "data/notes.txt").write_text("x " * before + synthetic.SENTENCES["p1s1"])
        issues = validate(package, article=text, only=["article"])
        assert [(one.rule, one.file) for one in issues] == [("copied-words", "data/notes.txt")]


def test_a_file_too_large_to_be_declared_is_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, text = synthetic.make(tmp_path)
    (package / "data/notes.txt").write_text("x " * 999 + synthetic.SENTENCES["p1s1"])
    monkeypatch.setattr(article, "FURTHER_LIMIT", 999)
    assert validate(package, article=text, only=["article"]) == []
    assert "file-undeclared" in rules(validate(package, only=["integrity"]))


def test_a_linked_folder_is_one_issue(package: Path) -> None:
    (package / "data").rename(package / "elsewhere")
    (package / "data").symlink_to("elsewhere")
    assert places(validate(package)) == {("file-outside", "data", None, None)}
    assert len(validate(package)) == 1


def test_a_codebook_that_cannot_be_read_or_is_not_there_is_no_disagreement(package: Path) -> None:
    (package / "data/CODEBOOK.md").write_bytes(b"\xff")
    assert found(package, "agreement") == []
    (package / "data/CODEBOOK.md").unlink()
    assert found(package, "agreement") == []
