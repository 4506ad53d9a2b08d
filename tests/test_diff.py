"""diff: what changed between two packages, by record and column, in words."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import synthetic
from helpers import contents, rows, write_rows, zipped
from jpkr_drills.cli import main
from jpkr_drills.diff import Difference, as_markdown, as_text, diff

CODING = synthetic.coding()
FIRST = CODING.rows("claims")[0]
CLAIM, STATEMENT = FIRST["claim_id"], FIRST["statement"]
PARTY = next(
    one
    for one in CODING.rows("parties")
    if one["party_id"] not in {link["party_id"] for link in CODING.rows("claim_parties")[:9]}
)
CHANGE = {"old": FIRST["certainty"], "new": "uncommitted"}
GONE = CODING.rows("events")[0]


@pytest.fixture
def changed(package: Path) -> Path:
    """A package with a claim less certain, a party of it added and an event gone."""
    claims = rows("claims", package)
    claims[0]["certainty"] = "uncommitted"
    write_rows(package, "claims", claims)
    links = [*rows("claim_parties", package), {"claim_id": CLAIM, "party_id": PARTY["party_id"], "role": "about"}]
    write_rows(package, "claim_parties", links)
    write_rows(package, "events", rows("events", package)[1:])
    return package


@pytest.fixture
def difference(good: tuple[Path, Path], changed: Path) -> Difference:
    return diff(good[0], changed)


def test_records_are_added_removed_and_changed_by_column(difference: Difference) -> None:
    assert list(difference.tables) == ["events", "claims", "claim_parties"]
    assert difference.tables["claims"].changed == {CLAIM: {"certainty": CHANGE}}
    assert list(difference.tables["claim_parties"].added) == [f"{CLAIM}/{PARTY['party_id']}/about"]
    assert list(difference.tables["events"].removed) == [GONE["event_id"]]


def test_the_text_has_the_statement_and_the_names(difference: Difference) -> None:
    text = as_text(difference)
    assert f"  ~ {CLAIM}  {STATEMENT}\n      certainty: {FIRST['certainty']} → uncommitted\n" in text
    assert f"  + {CLAIM}/{PARTY['party_id']}/about  {STATEMENT} → about → {PARTY['name']}\n" in text
    assert f"events: 1 removed\n  - {GONE['event_id']}  {GONE['title']}\n" in text


def test_markdown_shows_cells_as_they_are(good: tuple[Path, Path], package: Path) -> None:
    write_rows(package, "events", [{**GONE, "title": "<b>*Summit*</b> at #1"}, *rows("events", package)[1:]])
    assert r"**\<b\>\*Summit\*\</b\> at \#1**" in as_markdown(diff(good[0], package))


def test_the_form_of_the_files_is_no_change(good: tuple[Path, Path], package: Path, tmp_path: Path) -> None:
    place = package / "data/claims.csv"
    head, *body = place.read_text(encoding="utf-8").splitlines()
    place.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([head, *reversed(body)]).encode())
    assert diff(good[0], package).tables == {}
    files = {name: content for name, content in contents(good[0] / "data").items() if name.endswith(".csv")}
    old = zipped(tmp_path / "old.zip", {f"data/{name}": content for name, content in files.items()})
    assert diff(old, package).tables == {}


def test_columns_that_come_and_go_are_told_once(good: tuple[Path, Path], package: Path) -> None:
    write_rows(package, "places", [{**row, "note": "x"} for row in rows("places", package)])
    found = diff(package, good[0]).tables["places"]
    assert (found.columns_removed, found.columns_added, found.changed) == (["note"], [], {})


def test_a_revision_is_read_from_git(
    good: tuple[Path, Path],
    changed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner = tmp_path / "repository/packages/drills"
    shutil.copytree(good[0] / "data", inner / "data")
    shutil.copy(good[0] / "datapackage.json", inner)
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *arguments], cwd=inner.parents[1], check=True)
    shutil.copy(changed / "data/claims.csv", inner / "data/claims.csv")
    monkeypatch.chdir(inner)
    assert main(["diff", "git:HEAD", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert said["tables"]["claims"]["changed"] == {CLAIM: {"certainty": CHANGE}}
    assert said["tables"]["claims"]["words"] == {CLAIM: STATEMENT}
    assert "taking the package in the current folder" in err
    for revision in ("none", "--help", ""):
        assert main(["diff", f"git:{revision}", "."]) == 2
        assert "has no revision" in capsys.readouterr().err


@pytest.mark.parametrize("old", ["none", "", "git:HEAD", "."])
def test_what_is_no_package_is_2(
    old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["diff", old, str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
