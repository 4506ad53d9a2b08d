"""One cause is one issue, in words that fit the case, with the command or edit that fixes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

import synthetic
from helpers import replace, rows, write_rows
from jpkr_drills import Issue, validate
from jpkr_drills.cli import main
from jpkr_drills.validator import OWN_ENGINES

Change = Callable[[Path], object]


def cells(table: str, column: str, new: str, old: str | None = None) -> Change:
    """Set a column of the first row, or of every row that has ``old``, or of all where that is empty."""

    def change(package: Path) -> None:
        found = rows(table, package)
        for row in found[:1] if old is None else found:
            row[column] = new if old in (None, "", row[column]) else row[column]
        write_rows(package, table, found)

    return change


def lines(table: str, edit: Callable[[list[bytes]], list[bytes]]) -> Change:
    def change(package: Path) -> None:
        place = package / f"data/{table}.csv"
        place.write_bytes(b"".join(edit(place.read_bytes().splitlines(keepends=True))))

    return change


def removed(name: str) -> Change:
    return lambda package: shutil.rmtree(package / name) if name == "schemas" else (package / name).unlink()


def edited(name: str, old: str, new: str) -> Change:
    return lambda package: replace(package / name, old, new)


LATITUDE = next(row["latitude"] for row in synthetic.coding().rows("places") if row["latitude"])
SPREADSHEET = "looks like a date that a spreadsheet wrote"


@pytest.mark.parametrize(
    ("change", "where", "says", "hint"),
    [
        (cells("claims", "certainty", "sure", "certain"), "data/claims.csv:", " times, also on", "use one of: certain"),
        (lines("claims", lambda all_: [all_[0], *all_[:0:-1]]), "data/claims.csv:3", " times, also on", "jpkr-drills fmt"),
        (lines("claims", lambda all_: [all_[0], *(one for one in all_[1:] for _ in "ab")]), "data/claims.csv:3", " more values", "remove one"),
        (lines("segments", lambda all_: all_[:1]), "data/segments.csv", " rows of other tables", "restore the rows"),
        (lines("parties", lambda all_: all_[1:]), "data/parties.csv:1", "is not the header row", "the header row"),
        (lines("places", lambda all_: [b"," + one for one in all_]), "data/places.csv:1", "without a name", "index=False"),
        (lines("places", lambda all_: [one[:-1] + b",x\n" for one in all_]), "data/places.csv:1", "column x;", "remove"),
        (lines("parties", lambda all_: [one.replace(b"the", b"th\xe9") for one in all_]), "data/parties.csv:", "also on", "UTF-8"),
        (lines("parties", lambda all_: [b"\xef\xbb\xbf", *(one[:-1] + b"\r\n" for one in all_)]), "data/parties.csv:1", "byte-order mark, and lines end with CR LF", "jpkr-drills fmt"),
        (cells("events", "description", "Two\nlines."), "data/events.csv:2", "the row goes on to line 3", "on one line"),
        (removed("schemas"), "schemas/json/", "of 31 schemas 31 are missing", "jpkr-drills build"),
        (removed("data/codes.csv"), "data/codes.csv", "is missing", "jpkr-drills build"),
        (cells("codes", "title", "Another", ""), "data/codes.csv:2", "more codes likewise", "made by another version"),
        (lambda package: [place.write_bytes(b"{}\n") for place in (package / "schemas/json").glob("*")], "schemas/json/", "more schemas differ", "made by another version"),
        (removed("data/dataset.json"), "data/dataset.json", "is missing", "jpkr-drills build"),
        (removed("data/events.csv"), "data/events.csv", "is missing", "restore the file"),
        (lambda package: [place.unlink() for place in (package / "data").glob("[ems]*.csv")], "data/segments.csv", "and 5 more tables", "restore the file"),
        (removed("data/CODEBOOK.md"), "data/CODEBOOK.md", "is missing", "restore the file"),
        (cells("events", "cameo", "154.0"), "data/events.csv:2", "was read as a number", "did you mean 154?"),
        (cells("events", "cameo", "42"), "data/events.csv:2", "leading zeros are lost", "did you mean 042?"),
        (cells("events", "date", "Mar-24"), "data/events.csv:2", SPREADSHEET, "2016-03"),
        (cells("events", "date", "03/05/2016"), "data/events.csv:2", SPREADSHEET, "format the column as text"),
        (cells("events", "date", "45383"), "data/events.csv:2", SPREADSHEET, "format the column as text"),
        (cells("events", "date", "2016.0"), "data/events.csv:2", "was read as a number", "did you mean 2016?"),
        (cells("places", "latitude", "30", LATITUDE), "data/places.csv:", "without a decimal point", "write 30.0"),
        (cells("places", "latitude", "39,6", LATITUDE), "data/places.csv:", "has a decimal comma", "decimal point"),
        (edited("datapackage.json", "table/events.json", "table/x.json"), "datapackage.json: events: resources.3.schema", '"schemas/', "build"),
        (edited("datapackage.json", '"delimiter": ","', '"delimiter": ";"'), "datapackage.json: segments: resources.0.dialect.delimiter", 'must be ","', "build"),
        (edited("schemas/table/events.json", '"maxLength": 64', '"maxLength": 9'), "schemas/table/events.json: fields.0.constraints.maxLength", "differs", "build"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engines", [OWN_ENGINES, pytest.param((), id="all", marks=pytest.mark.slow)])
def test_a_cause_is_one_issue(
    package: Path, engines: Collection[str], change: Change, where: str, says: str, hint: str
) -> None:
    change(package)
    (issue,) = validate(package, only=engines)
    assert str(issue).startswith(where)
    assert says in issue.message
    assert hint in issue.hint


def test_files_as_r_writes_them_are_an_issue_each_and_build_names_what_repairs_them(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (package / "data").glob("*.csv"):
        found = rows(place.stem, package)
        quoted = [list(found[0]), *(list(row.values()) for row in found)]
        text = "\n".join(",".join(f'"{cell}"' if not cell.isdigit() else cell for cell in row) for row in quoted)
        place.write_text(text.replace('""', "") + "\n", encoding="utf-8")
    issues = validate(package)
    assert sorted(issue.file for issue in issues) == sorted(
        f"data/{one.name}" for one in (package / "data").glob("*.csv")
    )
    assert main(["build", str(package)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) < 40
    assert "run `jpkr-drills fmt` first" in err
    assert main(["fmt", str(package)]) == 0
    assert validate(package) == []


def test_an_edit_that_is_not_built_yet_is_told_once_a_table(package: Path) -> None:
    events = rows("events", package)
    events[0]["description"] = "Another sentence."
    write_rows(package, "events", events)
    found: list[Issue] = validate(package)
    assert [issue.rule for issue in found] == ["csv-json-value", "hash-mismatch"]


@pytest.mark.parametrize("name", ["data/events.csv", "datapackage.json", "data", "schemas"])
def test_a_part_of_a_package_given_as_its_path_is_answered_with_the_folder(
    package: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("validate", "build", "show --path"):
        assert main([*command.split(), str(package / name)]) in (1, 2)
        said = "".join(capsys.readouterr())
        assert f"give the package's folder, {package}" in said
        assert len(said.splitlines()) < 20
