"""Building: reproducible, refused where the tables are wrong, the author's words kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers import ROOT, contents, descriptor, replace, rows, rules, write_json, zipped
from jpkr_drills import validate
from jpkr_drills.build import CannotBuild, build
from jpkr_drills.model.records import TABLES
from jpkr_drills.model.schemas import schema_files
from jpkr_drills.validator import OWN_ENGINES

GENERATED = {*schema_files(), "data/dataset.json", "data/codes.csv", "datapackage.json"}


def test_documents_with_other_line_ends_are_built(package: Path) -> None:
    codebook = package / "data/CODEBOOK.md"
    before = codebook.read_bytes()
    codebook.write_bytes(before.replace(b"\n", b"\r\n"))
    assert [one.rule for one in validate(package, only=OWN_ENGINES)] == ["hash-mismatch"]
    assert build(package)[1] == []
    assert codebook.read_bytes() == before


def test_the_committed_files_are_up_to_date() -> None:
    stale, issues = build(ROOT, check=True)
    assert issues == []
    assert stale == [], f"run `jpkr-drills build` to fix {', '.join(stale)}"


def test_everything_generated_is_built_again_byte_for_byte(package: Path) -> None:
    before = contents(package)
    for name in GENERATED - {"datapackage.json"}:
        (package / name).unlink()
    said = descriptor(package)
    extra = [one for one in said["resources"] if one["name"] == "codebook"]
    write_json(package / "datapackage.json", {**said, "resources": extra})
    written, issues = build(package)
    assert issues == []
    assert set(written) == GENERATED
    assert contents(package) == before


def test_building_twice_writes_nothing_the_second_time(package: Path) -> None:
    before = {place: place.stat().st_mtime_ns for place in package.rglob("*")}
    assert build(package) == ([], [])
    assert build(package, check=True) == ([], [])
    assert {place: place.stat().st_mtime_ns for place in package.rglob("*")} == before


def test_the_place_of_the_package_does_not_matter(package: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(package, tmp_path / "elsewhere" / "deep"))
    for root in (package, other):
        replace(root / "data/places.csv", "Grey Sound,", "Gray Sound,")
        build(root)
    assert contents(package) == contents(other)


def test_a_change_of_the_tables_reaches_json_and_descriptor(package: Path) -> None:
    replace(package / "data/places.csv", "Grey Sound,", "Gray Sound,")
    assert rules(validate(package, only=OWN_ENGINES)) == {"hash-mismatch", "csv-json-value"}
    assert build(package) == (["data/dataset.json", "datapackage.json"], [])
    assert validate(package, only=OWN_ENGINES) == []


def test_check_names_what_is_stale_and_writes_nothing(package: Path) -> None:
    (package / "schemas/table/events.json").write_text("{}")
    (package / "schemas/json/events.schema.json").unlink()
    replace(package / "data/dataset.json", "null", "0")
    replace(package / "data/codes.csv", ",Certain,", ",Sure,")
    before = contents(package)
    stale, issues = build(package, check=True)
    assert issues == []
    assert set(stale) == {
        *("schemas/table/events.json", "schemas/json/events.schema.json", "data/dataset.json", "data/codes.csv"),
    }
    assert contents(package) == before


@pytest.mark.parametrize("name", ["README.md", "data/CODEBOOK.md"])
def test_a_document_that_is_a_link_is_not_read(package: Path, name: str) -> None:
    (package.parent / "secret.md").write_text("secret")
    (package / name).unlink(missing_ok=True)
    (package / name).symlink_to(package.parent / "secret.md")
    with pytest.raises(CannotBuild, match=f"{name}: is a link"):
        build(package)
    assert (package / name).is_symlink()


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("events.csv", ",occurred,", ",occured,", "enum"),
        ("places.csv", "\n", "\r\n", "csv-line-ending"),
        ("event_places.csv", "cafe-moewe,at", "cafe-mowe,at", "foreign-key"),
        ("parties.csv", "party_id,", "id,", "csv-header"),
    ],
)
def test_invalid_tables_are_not_built_from(
    package: Path, file: str, old: str, new: str, rule: str, check: bool
) -> None:
    replace(package / "data" / file, old, new)
    (package / "data/dataset.json").write_bytes(b"stale")
    before = contents(package)
    written, issues = build(package, check=check)
    assert written == []
    assert rule in rules(issues)
    assert contents(package) == before


def test_advice_keeps_nobody_from_building(package: Path) -> None:
    replace(package / "data/parties.csv", ",,NOR,,Q20,", ",,NOR,King,Q20,")
    assert build(package)[1] == []
    assert rules(validate(package, strict=True, only=OWN_ENGINES)) == {"title-of-person"}


def test_codes_are_generated_whatever_the_file_says(package: Path) -> None:
    """The codebook is not blamed where ``codes.csv`` lacks a row, or isn't there at all."""
    before = contents(package)
    place = package / "data/codes.csv"
    for content in (b"", b"nonsense", b"codelist,code,title,definition\n", None):
        place.unlink() if content is None else place.write_bytes(content)
        assert build(package)[1] == []
        assert contents(package) == before


@pytest.mark.parametrize("content", [None, b"{", b"[]"])
def test_without_a_descriptor_nothing_is_built(package: Path, content: bytes | None) -> None:
    (package / "datapackage.json").unlink()
    if content is not None:
        (package / "datapackage.json").write_bytes(content)
    before = contents(package)
    with pytest.raises(CannotBuild, match=r"datapackage\.json"):
        build(package)
    assert contents(package) == before


def test_only_a_directory_is_built(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"datapackage.json": b"{}"})
    for path, said in ((tmp_path / "none", "no package at"), ("", "the path is empty"), (archive, "is an archive")):
        with pytest.raises(FileNotFoundError, match=said):
            build(path)


@pytest.mark.parametrize(
    "resource",
    [{"name": "more", "path": path} for path in ("../secret.txt", "/etc/hostname", "data/none.md")]
    + [{"name": {}, "path": None}],
)
def test_a_resource_that_cannot_be_read_keeps_from_building(package: Path, resource: dict[str, object]) -> None:
    (package.parent / "secret.txt").touch()
    said = descriptor(package)
    said["resources"].append(resource)
    write_json(package / "datapackage.json", said)
    with pytest.raises(CannotBuild):
        build(package)


# --- what is the author's ------------------------------------------------------------------------------


def test_authored_properties_are_kept(package: Path) -> None:
    more = {"title": "Another title", "homepage": "https://example.org", "licences": 1, "x-note": {"a": 1}}
    said = descriptor(package) | more
    write_json(package / "datapackage.json", said)
    build(package)
    built = descriptor(package)
    assert {**built, "resources": 0} == {**said, "resources": 0}


def test_a_resource_of_the_author_is_kept_and_measured(package: Path) -> None:
    (package / "data/notes.txt").write_bytes(b"notes")
    said = descriptor(package)
    extra = {"name": "notes", "path": "data/notes.txt", "title": "Notes", "format": "txt"}
    said["resources"].insert(0, extra | {"bytes": 0, "hash": "sha256:" + "0" * 64})
    write_json(package / "datapackage.json", said)
    build(package)
    (built,) = (one for one in descriptor(package)["resources"] if one["name"] == "notes")
    assert built.items() >= extra.items()
    assert built["bytes"] == 5
    assert validate(package, only=OWN_ENGINES) == []


def test_generated_blocks_of_the_codebook_are_filled(package: Path) -> None:
    place = package / "data/CODEBOOK.md"
    before = place.read_text(encoding="utf-8")
    replace(place, "<!-- end -->", "an old line\n<!-- end -->")
    assert build(package, check=True)[0] == ["data/CODEBOOK.md"]
    build(package)
    assert place.read_text(encoding="utf-8") == before


# --- dataset.json ------------------------------------------------------------------------------------


def test_the_dataset_holds_every_row_with_numbers_as_numbers_and_empty_as_null() -> None:
    document = json.loads((ROOT / "data/dataset.json").read_text(encoding="utf-8"))
    assert list(document) == list(TABLES)
    for table in TABLES:
        said = [{name: "" if value is None else str(value) for name, value in one.items()} for one in document[table]]
        assert said == rows(table)
    assert document["segments"][0]["start"] == 0
    assert any(isinstance(one["latitude"], float) for one in document["places"])
