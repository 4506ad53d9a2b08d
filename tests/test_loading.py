"""Loading: from a directory, a zip archive or the bundle; what is wrong is said."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from helpers import ROOT, contents, descriptor, replace, rows, rules, zipped
from jpkr_drills import InvalidPackage, load
from jpkr_drills.models import TABLES


@pytest.mark.parametrize("kind", ["path", "text", "zip", "bundled"])
def test_a_package_is_loaded_from_wherever_it_is(kind: str, package: Path, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", contents(package))
    sources: dict[str, Path | str | None] = {
        "path": package,
        "text": str(package),
        "zip": archive,
        "bundled": None,
    }
    source = sources[kind]
    dataset = load(source)
    assert {name: len(table) for name, table in dataset.tables.items()} == {
        name: len(rows(name)) for name in TABLES
    }
    assert dataset.title == descriptor()["title"]
    assert dataset.version == descriptor()["version"]
    assert dataset.path == str(source or ROOT)


def test_a_zip_with_one_top_folder_is_loaded(package: Path, tmp_path: Path) -> None:
    files = {f"release-1/{name}": content for name, content in contents(package).items()}
    assert load(zipped(tmp_path / "a.zip", files)).claims["p0s1-1"]


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no package at"):
        load(tmp_path / "none")


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("data/events.csv", ",occurred,", ",occured,", "enum"),
        ("data/events.csv", "event_id,", "id,", "csv-header"),
        ("data/event_places.csv", "camp-david,at", "camp-davie,at", "foreign-key"),
        ("datapackage.json", "{", "[", "descriptor-not-json"),
    ],
)
def test_an_invalid_package_is_not_loaded(
    package: Path, file: str, old: str, new: str, rule: str
) -> None:
    replace(package / file, old, new)
    with pytest.raises(InvalidPackage) as caught:
        load(package)
    assert rules(caught.value.issues) == {rule}
    first = caught.value.issues[0]
    assert str(first) in str(caught.value)
    assert f"mend: {first.hint}" in str(caught.value)


@pytest.mark.parametrize(
    ("file", "rule"), [("datapackage.json", "descriptor-missing"), ("data/codes.csv", "file-missing")]
)
def test_a_file_that_is_missing_is_named(package: Path, file: str, rule: str) -> None:
    (package / file).unlink()
    with pytest.raises(InvalidPackage, match=file) as caught:
        load(package)
    assert rules(caught.value.issues) == {rule}


def test_what_is_no_zip_is_invalid(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"bad")
    with pytest.raises(InvalidPackage, match="not a readable zip archive"):
        load(tmp_path / "bad.zip")


def test_of_many_issues_the_first_are_shown_and_the_others_counted(package: Path) -> None:
    place = package / "data/event_parties.csv"
    place.write_text(place.read_text().replace(",participant\n", ",guest\n"))
    with pytest.raises(InvalidPackage) as caught:
        load(package)
    count = len(caught.value.issues)
    assert count > 5
    assert str(caught.value).count("mend:") == 5
    assert f"{count - 5} more" in str(caught.value)


def test_the_error_pickles(package: Path) -> None:
    (package / "data/codes.csv").unlink()
    with pytest.raises(InvalidPackage) as caught:
        load(package)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert isinstance(again, InvalidPackage)
    assert (again.issues, str(again)) == (caught.value.issues, str(caught.value))


def test_it_is_a_value_error() -> None:
    assert issubclass(InvalidPackage, ValueError)


def test_loading_does_not_ask_for_hashes_or_meaning(package: Path) -> None:
    replace(package / "data/places.csv", "Indo-Pacific,", "Indo Pacific,")
    assert load(package).places["indo-pacific"].name == "Indo Pacific"


def test_a_folder_that_is_a_link_is_refused(package: Path) -> None:
    (package / "data").rename(package / "elsewhere")
    (package / "data").symlink_to("elsewhere")
    with pytest.raises(InvalidPackage, match=r"data: is a link \[file-outside\]") as caught:
        load(package)
    assert len(caught.value.issues) == 1


def test_a_descriptor_that_is_a_link_is_refused_in_words(package: Path) -> None:
    place = package / "datapackage.json"
    place.symlink_to(place.rename(package / "moved.json"))
    with pytest.raises(InvalidPackage, match=r"datapackage\.json: is a link.*\[file-outside\]"):
        load(package)
