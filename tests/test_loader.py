"""Loading: from a directory, a zip archive or the bundle; what is wrong is said."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from helpers import ROOT, contents, descriptor, replace, rows, rules, zipped
from jpkr_drills import InvalidPackage, load
from jpkr_drills.model.records import TABLES
from jpkr_drills.package.files import Limits


@pytest.mark.parametrize("kind", ["path", "text", "zip", "nested", "bundled"])
def test_a_package_is_loaded_from_wherever_it_is(kind: str, package: Path, tmp_path: Path) -> None:
    files = contents(package)
    sources: dict[str, Path | str | None] = {
        "path": package,
        "text": str(package),
        "zip": zipped(tmp_path / "a.zip", files),
        "nested": zipped(tmp_path / "b.zip", {f"release-1/{name}": content for name, content in files.items()}),
        "bundled": None,
    }
    source = sources[kind]
    root = ROOT if source is None else package
    dataset = load(source)
    assert {name: len(table) for name, table in dataset.tables.items()} == {
        name: len(rows(name, root)) for name in TABLES
    }
    assert (dataset.title, dataset.version) == (descriptor(root)["title"], descriptor(root)["version"])
    assert dataset.path == str(source or ROOT)


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("data/events.csv", ",occurred,", ",occured,", "enum"),
        ("data/events.csv", "event_id,", "id,", "csv-header"),
        ("data/event_places.csv", "cafe-moewe,at", "cafe-mowe,at", "foreign-key"),
        ("datapackage.json", "{", "[", "descriptor-not-json"),
    ],
)
def test_an_invalid_package_is_not_loaded(package: Path, file: str, old: str, new: str, rule: str) -> None:
    replace(package / file, old, new)
    with pytest.raises(InvalidPackage) as caught:
        load(package)
    assert isinstance(caught.value, ValueError)
    assert rules(caught.value.issues) == {rule}
    first = caught.value.issues[0]
    assert str(first) in str(caught.value)
    assert f"fix: {first.hint}" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert isinstance(again, InvalidPackage)
    assert (again.issues, str(again)) == (caught.value.issues, str(caught.value))


@pytest.mark.parametrize(
    ("file", "rule"), [("datapackage.json", "descriptor-missing"), ("data/codes.csv", "file-missing")]
)
def test_a_file_that_is_missing_is_named(package: Path, file: str, rule: str) -> None:
    (package / file).unlink()
    with pytest.raises(InvalidPackage, match=file) as caught:
        load(package)
    assert rules(caught.value.issues) == {rule}


def test_of_many_issues_the_first_are_shown_and_the_others_counted(package: Path) -> None:
    place = package / "data/events.csv"
    lines = place.read_text(encoding="utf-8").splitlines()
    place.write_text("\n".join([lines[0], *(f"e{i},{'x' * i}" for i in range(9))]) + "\n", encoding="utf-8")
    for table in ("places", "parties", "claims", "mentions", "segments"):
        (package / f"data/{table}.csv").unlink()
    with pytest.raises(InvalidPackage) as caught:
        load(package)
    count = len(caught.value.issues)
    assert count > 5
    assert str(caught.value).count("fix:") == 5
    assert f"{count - 5} more" in str(caught.value)


@pytest.mark.parametrize("linked", ["data", "datapackage.json"])
def test_what_is_a_link_is_refused_in_words(package: Path, linked: str) -> None:
    (package / linked).symlink_to((package / linked).rename(package / "elsewhere"))
    with pytest.raises(InvalidPackage, match=rf"{linked}: is a link") as caught:
        load(package)
    assert len(caught.value.issues) == 1
    assert "file-outside" in str(caught.value)


def test_a_package_beyond_the_limits_is_not_loaded(package: Path) -> None:
    with pytest.raises(InvalidPackage, match="more rows than the 10"):
        load(package, limits=Limits(rows=10))
