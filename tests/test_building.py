"""Building: reproducible, refused where the tables are wrong, the author's words kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers import ROOT, contents, descriptor, replace, rows, rules, write_json, write_rows
from jpkr_drills import validate
from jpkr_drills.building import CannotBuild, build
from jpkr_drills.models import TABLES
from jpkr_drills.schemas import schema_files


def generated(root: Path) -> list[Path]:
    return [root / name for name in (*schema_files(), "data/dataset.json")]


def test_the_committed_files_are_up_to_date() -> None:
    stale, issues = build(ROOT, check=True)
    assert issues == []
    assert stale == [], f"run `jpkr-drills build` to mend {', '.join(stale)}"


def test_everything_generated_is_built_again_byte_for_byte(package: Path) -> None:
    before = contents(package)
    for place in generated(package):
        place.unlink()
    said = descriptor(package)
    extra = [one for one in said["resources"] if one["name"] == "codebook"]
    write_json(package / "datapackage.json", {**said, "resources": extra})
    written, issues = build(package)
    assert issues == []
    assert set(written) == {*schema_files(), "data/dataset.json", "datapackage.json"}
    assert contents(package) == before


def test_building_twice_writes_nothing_the_second_time(package: Path) -> None:
    build(package)
    before = {place: place.stat().st_mtime_ns for place in package.rglob("*")}
    assert build(package) == ([], [])
    assert {place: place.stat().st_mtime_ns for place in package.rglob("*")} == before


def test_the_place_of_the_package_does_not_matter(package: Path, tmp_path: Path) -> None:
    other = shutil.copytree(package, tmp_path / "elsewhere" / "deep")
    for root in (package, other):
        replace(root / "data/places.csv", "Indo-Pacific,", "Indo Pacific,")
        build(root)
    assert contents(package) == contents(other)


def test_a_change_of_the_tables_reaches_json_and_descriptor(package: Path) -> None:
    replace(package / "data/places.csv", "Indo-Pacific,", "Indo Pacific,")
    assert rules(validate(package)) == {"hash-mismatch", "csv-json-value"}
    written, issues = build(package)
    assert (written, issues) == (["data/dataset.json", "datapackage.json"], [])
    assert validate(package) == []


# --- check -----------------------------------------------------------------------------------


def test_check_names_what_is_stale_and_writes_nothing(package: Path) -> None:
    (package / "schemas/table/events.json").write_text("{}")
    (package / "schemas/json/events.schema.json").unlink()
    replace(package / "data/dataset.json", "null", "0")
    before = contents(package)
    stale, issues = build(package, check=True)
    assert issues == []
    assert set(stale) == {
        "schemas/table/events.json",
        "schemas/json/events.schema.json",
        "data/dataset.json",
    }
    assert contents(package) == before


def test_check_of_a_fresh_package_names_nothing(package: Path) -> None:
    assert build(package, check=True) == ([], [])


def test_check_notices_a_block_that_was_removed(package: Path) -> None:
    place = package / "data/CODEBOOK.md"
    before, _, rest = place.read_text().partition("<!-- generated: codes status -->")
    place.write_text(before + rest.partition("<!-- end -->\n")[2])
    for check in (True, False):
        with pytest.raises(CannotBuild, match=r"lacks generated blocks, .*: codes status$"):
            build(package, check=check)


@pytest.mark.parametrize("name", ["README.md", "data/CODEBOOK.md"])
def test_a_document_that_is_a_link_is_not_read(package: Path, name: str) -> None:
    secret = package.parent / "secret.md"
    secret.write_text("secret")
    (package / name).unlink(missing_ok=True)
    (package / name).symlink_to(secret)
    with pytest.raises(CannotBuild, match=f"{name}: is a link"):
        build(package)
    assert (package / name).is_symlink()


def test_a_generated_file_that_is_a_link_is_out_of_date(package: Path) -> None:
    place = package / "schemas/table/places.json"
    place.symlink_to(place.rename(package.parent / "places.json"))
    assert build(package, check=True)[0] == ["schemas/table/places.json"]
    build(package)
    assert not place.is_symlink()


# --- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("events.csv", ",occurred,", ",occured,", "enum"),
        ("places.csv", "\n", "\r\n", "csv-line-ending"),
        ("event_places.csv", "camp-david,at", "camp-davie,at", "foreign-key"),
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


def test_a_table_that_is_missing_keeps_from_building(package: Path) -> None:
    (package / "data/codes.csv").unlink()
    before = contents(package)
    written, issues = build(package)
    assert (written, rules(issues)) == ([], {"file-missing"})
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
    with pytest.raises(CannotBuild, match="is not a directory"):
        build(tmp_path / "none")


def test_a_resource_that_is_missing_keeps_from_building(package: Path) -> None:
    (package / "data/CODEBOOK.md").unlink()
    with pytest.raises(CannotBuild, match=r"CODEBOOK\.md.*missing"):
        build(package)


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "schemas/none.json"])
def test_a_resource_outside_of_the_package_is_not_read(package: Path, path: str) -> None:
    (package.parent / "secret.txt").touch()
    said = descriptor(package)
    said["resources"].append({"name": "more", "path": path})
    write_json(package / "datapackage.json", said)
    with pytest.raises(CannotBuild):
        build(package)


def test_a_block_that_does_not_exist_keeps_from_building(package: Path) -> None:
    replace(package / "data/CODEBOOK.md", "<!-- generated: fields ", "<!-- generated: nonsense ")
    with pytest.raises(CannotBuild, match=r"CODEBOOK\.md: no generated block nonsense"):
        build(package)


# --- what is the author's --------------------------------------------------------------------


def test_authored_properties_are_kept(package: Path) -> None:
    said = descriptor(package) | {"title": "Another title", "homepage": "https://example.org"}
    write_json(package / "datapackage.json", said)
    build(package)
    built = descriptor(package)
    assert built["title"] == "Another title"
    assert built["homepage"] == "https://example.org"
    assert {**built, "resources": 0} == {**said, "resources": 0}


def test_a_misspelt_property_is_not_thrown_away(package: Path) -> None:
    said = descriptor(package)
    said["licences"] = said.pop("licenses")
    write_json(package / "datapackage.json", said)
    before = contents(package)
    try:
        build(package)
    except CannotBuild:
        assert contents(package) == before
    assert "licences" in descriptor(package)


def test_a_resource_whose_name_is_no_text_is_no_crash(package: Path) -> None:
    said = descriptor(package)
    said["resources"].append({"name": {}, "path": "data/CODEBOOK.md"})
    write_json(package / "datapackage.json", said)
    with pytest.raises(CannotBuild):
        build(package)


def test_a_resource_of_the_author_is_kept_and_measured(package: Path) -> None:
    (package / "data/notes.txt").write_bytes(b"notes")
    said = descriptor(package)
    extra = {"name": "notes", "path": "data/notes.txt", "title": "Notes", "format": "txt"}
    extra |= {"mediatype": "text/plain", "encoding": "utf-8"}
    said["resources"].insert(0, extra | {"bytes": 0, "hash": "sha256:" + "0" * 64})
    write_json(package / "datapackage.json", said)
    build(package)
    (built,) = (one for one in descriptor(package)["resources"] if one["name"] == "notes")
    assert built.items() >= extra.items()
    assert built["bytes"] == 5
    assert validate(package) == []


def test_generated_blocks_of_the_codebook_are_filled(package: Path) -> None:
    place = package / "data/CODEBOOK.md"
    before = place.read_text(encoding="utf-8")
    replace(place, "<!-- end -->", "an old line\n<!-- end -->")
    assert build(package, check=True)[0] == ["data/CODEBOOK.md"]
    build(package)
    assert place.read_text(encoding="utf-8") == before


# --- dataset.json ----------------------------------------------------------------------------


def test_the_dataset_holds_every_row_with_numbers_as_numbers_and_empty_as_null() -> None:
    document = json.loads((ROOT / "data/dataset.json").read_text(encoding="utf-8"))
    assert list(document) == list(TABLES)
    for table in TABLES:
        said = [
            {name: "" if value is None else str(value) for name, value in record.items()}
            for record in document[table]
        ]
        assert said == rows(table)
    assert document["segments"][0]["start"] == 0
    assert isinstance(document["places"][0]["latitude"], float)
    assert document["events"][0]["date"] is None


def test_a_table_without_rows_can_be_built(package: Path) -> None:
    place = package / "data/claim_relations.csv"
    place.write_text(place.read_text(encoding="utf-8").partition("\n")[0] + "\n")
    assert build(package)[1] == []
    assert validate(package) == []


def test_a_cell_with_comma_and_quotes_survives(package: Path) -> None:
    changed = rows("events", package)
    changed[0]["title"] = 'A "title", quoted'
    write_rows(package, "events", changed)
    assert build(package)[1] == []
    document = json.loads((package / "data/dataset.json").read_text(encoding="utf-8"))
    assert document["events"][0]["title"] == 'A "title", quoted'
