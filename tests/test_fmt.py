"""fmt: the form of the tables is repaired, and nothing else."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import contents
from jpkr_drills import validate
from jpkr_drills.cli import main
from jpkr_drills.coding.fmt import fmt

Capture = pytest.CaptureFixture[str]
Cells = list[list[str]]


def written(cells: Cells, **options: object) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", **options).writerows(cells)  # type: ignore[arg-type]
    return out.getvalue().encode()


def by_cells(change: Callable[[Cells], Cells], **options: object) -> Callable[[bytes], bytes]:
    return lambda content: written(change(list(csv.reader(io.StringIO(content.decode())))), **options)


def lost_zeros(cells: Cells) -> Cells:
    at = cells[0].index("cameo")
    return [[*row[:at], f"{int(row[at])}.0" if row[at].isdigit() else row[at], *row[at + 1 :]] for row in cells]


FORMS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "byte-order mark": ("events", lambda content: b"\xef\xbb\xbf" + content),
    "line ends": ("events", lambda content: content.replace(b"\n", b"\r\n")),
    "old line ends": ("events", lambda content: content.replace(b"\n", b"\r")),
    "quotes": ("events", by_cells(lambda cells: cells, quoting=csv.QUOTE_ALL)),
    "order of rows": ("claims", by_cells(lambda cells: [cells[0], *cells[:0:-1]])),
    "order of columns": ("places", by_cells(lambda cells: [row[::-1] for row in cells])),
    "final newline": ("events", lambda content: content[:-1]),
    "semicolons": ("events", by_cells(lambda cells: cells, delimiter=";")),
    "tabs": ("events", by_cells(lambda cells: cells, delimiter="\t")),
    "blank lines": ("events", lambda content: content + b"\n,,,,,,,,,,\n"),
    "empty columns": ("places", by_cells(lambda cells: [[*row, ""] for row in cells])),
    "lost zeros": ("events", by_cells(lost_zeros)),
    "whole numbers": (
        "claims",
        by_cells(lambda cells: [cells[0], *([*r[:2], f"{r[2]}.0", *r[3:]] for r in cells[1:])]),
    ),
    "decimals": ("places", lambda content: content.replace(b",58.25,9.0,", b",58.250,9,")),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_program_left_is_one_issue_that_fmt_repairs(package: Path, form: str) -> None:
    table, change = FORMS[form]
    place = package / f"data/{table}.csv"
    before = contents(package)
    place.write_bytes(change(place.read_bytes()))
    issues = validate(package, only=["integrity", "pydantic", "agreement"])
    assert {issue.file for issue in issues} == {f"data/{table}.csv"}
    assert all("jpkr-drills fmt" in issue.hint for issue in issues)
    assert len(issues) == (2 if form == "decimals" else 1)  # one a column
    assert list(fmt(package, check=True)[0]) == [f"data/{table}.csv"]
    assert fmt(package)[1] == []
    assert contents(package) == before
    assert fmt(package) == ({}, [])


def test_values_stay_as_they_are(package: Path) -> None:
    place = package / "data/events.csv"
    changed = place.read_text().replace(",occurred,", ",Occured ,").replace(",042,", ",999.0,")
    place.write_text(changed, encoding="utf-8")
    assert fmt(package) == ({}, [])
    assert place.read_text() == changed


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("name,", "label,", "csv-header", 1),
        ("\nnorway,", "\nnorway,,", "csv-row-width", None),
        ("\nnorway,", '\n"norway,', "csv-quoting", None),
        ("Norway", "Nor\udcffway", "csv-encoding", None),
    ],
)
def test_what_is_no_matter_of_form_is_told_and_nothing_is_written(
    package: Path, old: str, new: str, rule: str, line: int | None
) -> None:
    place = package / "data/parties.csv"
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogateescape"))
    (package / "data/events.csv").write_bytes(b"\xef\xbb\xbf" + (package / "data/events.csv").read_bytes())
    before = contents(package)
    _, (issue,) = fmt(package)
    assert (issue.file, issue.rule) == ("data/parties.csv", rule)
    assert line in (None, issue.line)
    assert contents(package) == before


def test_the_command_says_what_it_did(package: Path, capsys: Capture) -> None:
    place = package / "data/events.csv"
    place.write_bytes(FORMS["lost zeros"][1](b"\xef\xbb\xbf" + place.read_bytes()).replace(b"\n", b"\r\n"))
    assert main(["fmt", "--check", str(package)]) == 1
    assert "data/events.csv: needs `jpkr-drills fmt`: " in capsys.readouterr().out
    assert main(["build", str(package)]) == 1
    assert "run `jpkr-drills fmt` first" in capsys.readouterr().err
    assert main(["fmt", str(package)]) == 0
    assert re.search("fixed byte-order mark, line ends, cameo [0-9]+.0 as 0[0-9]+ and", capsys.readouterr().out)
    assert main(["fmt", "--check", str(package)]) == 0


@pytest.mark.parametrize("path", ["none", "", "data/events.csv", "datapackage.json", "data"])
def test_what_is_no_folder_of_a_package_is_2(package: Path, path: str, capsys: Capture) -> None:
    before = contents(package)
    assert main(["fmt", str(package / path) if path else ""]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert contents(package) == before
