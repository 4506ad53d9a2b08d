"""``new``: a package for another article, and what it says of the article's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import contents, descriptor, rows
from jpkr_drills import load
from jpkr_drills.cli import main
from jpkr_drills.coding import article as articles
from jpkr_drills.coding import new
from jpkr_drills.validator import report

TEXTS = {
    # what it has: the file, its sentences by paragraph (| between sentences, / between paragraphs), a note
    "crlf": ("Head\r\n\r\nOne. Two.\r\n", "Head / One. | Two.", "CR LF"),
    "bom": ("\ufeffHead\n\nOne. Two.\n", "Head / One. | Two.", "byte-order mark"),
    "not nfc": ("Head\n\nIne\u0302s left. Two.", "Head / Ine\u0302s left. | Two.", "normalization form C"),
    "no-break spaces": ("Head\n\n5\u00a0May. Dr.\u00a0Lee left.", "Head / 5\u00a0May. | Dr.\u00a0Lee left.", "U+00A0"),
    "soft hyphen": ("Head\n\nA foot\u00adpath. Two.", "Head / A foot\u00adpath. | Two.", "U+00AD"),
    "wrapped lines": ("Head\n\nThe town\nwill pay. Mr.\nLee agreed.\n\nTwo.", "Head / The town\nwill pay. | Mr.\nLee agreed. / Two.", "several lines"),
    "curly quotes": ("Head\n\n“Why?” she asked. “No one knows.”", "Head / “Why?” she asked. | “No one knows.”", ""),
    "quotation of sentences": ("Head\n\n“We lost. We knew,” said Roe. He left.", "Head / “We lost. | We knew,” said Roe. | He left.", ""),
    "quotation over paragraphs": ("Head\n\n“We lost. We knew.\n\n“We left.” It rained.", "Head / “We lost. | We knew. / “We left.” | It rained.", ""),
    "straight quotes": ('Head\n\nShe said: "It is done." Then she left.', 'Head / She said: "It is done." | Then she left.', ""),
    "em dashes": ("Head\n\nIt rose—by 3—again. Then — at last — it fell.", "Head / It rose—by 3—again. | Then — at last — it fell.", ""),
    "initials": ("Head\n\nMs. Lee met J. R. Roe of the U.S. Army. H.W. Poe left.", "Head / Ms. Lee met J. R. Roe of the U.S. Army. | H.W. Poe left.", ""),
    "abbreviations": ("Head\n\nGov. Kim left at 5 p.m. on Jan. 6. St. Ives slept, e.g. here.", "Head / Gov. Kim left at 5 p.m. on Jan. 6. | St. Ives slept, e.g. here.", ""),
    "decimals": ("Head\n\nSales rose 3.5 percent to $1.2 bn. No. 1 fell.", "Head / Sales rose 3.5 percent to $1.2 bn. | No. 1 fell.", ""),
    "byline, no blank lines": ("Head\nBy J. R. Lee\nOne. Two.\n", "Head / By J. R. Lee / One. | Two.", ""),
    "question": ("Head\n\nSo what happens next? Nobody knows!", "Head / So what happens next? | Nobody knows!", ""),
    "list": ("Head\n\nShut are:\n- schools;\n- shops.\n\nRead more: Jobs", "Head / Shut are: / - schools; / - shops. / Read more: Jobs", ""),
    "emoji, no final newline": ("Head 🎉\n\nOne 🎉. Two.", "Head 🎉 / One 🎉. | Two.", ""),
    "one sentence": ("The mill will close.", "The mill will close.", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_sentences_and_notes(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, expected, note = TEXTS[what]
    (tmp_path / "a.txt").write_bytes(text.encode())
    package = tmp_path / "made"
    assert main(["new", str(package), "--article", str(tmp_path / "a.txt"), "--language", "en"]) == 0
    said = capsys.readouterr().err
    assert note in said
    assert bool(note) == bool(said)
    found: dict[str, list[str]] = {}
    for row in rows("segments", package):
        found.setdefault(row["paragraph"], []).append(text[int(row["start"]) : int(row["end"])])
    assert " / ".join(" | ".join(one) for one in found.values()) == expected
    assert next(iter(found)) == "0"
    told = report(
        package, article=tmp_path / "a.txt", only=["integrity", "pydantic", "references", "meaning", "article"]
    )
    assert not told.issues
    assert [one.rule for one in told.advice] == ["claims-present"]


REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\n", "is empty"),
    "latin-1": ("Die Brücke".encode("latin-1"), "not text in UTF-8: byte 7"),
    "utf-16": ("Head".encode("utf-16"), "not text in UTF-8"),
    "nul": (b"PK\x03\x04\x00", "is not text"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_file_that_is_no_article(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, message = REFUSED[what]
    (tmp_path / "a.txt").write_bytes(content)
    assert main(["new", str(tmp_path / "made"), "--article", str(tmp_path / "a.txt")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("arguments", [[], ["--language", "en_GB!"], ["--article", "none.txt"]])
def test_folder_with_something_in_it_is_left_alone(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Head\n\nOne.", encoding="utf-8")
    target = tmp_path if not arguments else tmp_path / "made"
    before = contents(tmp_path)
    assert main(["new", str(target), "--article", str(tmp_path / "a.txt"), *arguments]) == 2
    assert contents(tmp_path) == before


def test_descriptor_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Die Brücke ist zu\n\nSie ist seit Montag zu.".encode())
    (tmp_path / "Neue Brücke").mkdir()
    started = new.start(tmp_path / "Neue Brücke", articles.read(tmp_path / "a.txt"))
    assert started == ("Die Brücke ist zu", "de", 2)
    made = descriptor(tmp_path / "Neue Brücke")
    assert made["name"] == "neue-brucke"
    (source,) = made["sources"]
    assert (source["title"], source["language"]) == ("Die Brücke ist zu", "de")
    assert (source["bytes"], source["characters"]) == (43, 42)


def test_fresh_package_says_what_is_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Head\n\nOne. Two.", encoding="utf-8")
    new.start(tmp_path / "made", articles.read(tmp_path / "a.txt"), language="en")
    told = report(tmp_path / "made", article=tmp_path / "a.txt")
    assert told.valid
    assert not told.not_run
    assert [str(one) for one in told.advice] == [
        "advice: data/claims.csv: none of the 3 sentences has a claim yet [claims-present]"
    ]
    assert len(load(tmp_path / "made").segments) == 3


def test_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Head\n\nOne.", encoding="utf-8")
    (tmp_path / "made").mkdir()
    monkeypatch.chdir(tmp_path / "made")
    assert main(["new", ".", "--article", "../a.txt"]) == 0
    assert sorted(one.name for one in Path().iterdir()) == [
        *(".gitattributes", "README.md", "data", "datapackage.json", "schemas"),
    ]
    assert descriptor(Path())["name"] == "made"


def test_text_without_headline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One. Two. Three.\n\nFour.", encoding="utf-8")
    started = new.start(tmp_path / "made", articles.read(tmp_path / "a.txt"), language="en")
    assert started.title == "a"
    assert [row["segment_id"] for row in rows("segments", tmp_path / "made")] == ["p1s1", "p1s2", "p1s3", "p2s1"]


def test_language_without_rules_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("ההסכם נחתם\n\nהוא נחתם. מה עכשיו?", encoding="utf-8")
    assert main(["new", str(tmp_path / "made"), "--article", str(tmp_path / "a.txt")]) == 0
    assert "no sentence rules for he" in capsys.readouterr().err
    assert len(rows("segments", tmp_path / "made")) == 3
