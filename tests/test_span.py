"""``span``: words to positions and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import contents, rows
from jpkr_drills.cli import main
from jpkr_drills.coding import article as articles
from jpkr_drills.coding import new, span

TEXT = "Mill closes\n\n“We can’t pay,” it said, and it left. Ann\u00a0Lee of the mill\u00adworks knew it.\n"
CLAIMS = "claim_id,segment_id,words,nth,statement\n"
MENTIONS = "mention_id,segment_id,words,nth,form,party_id,place_id\n"

FOUND = {
    # words: (text, what is found)
    "once": ("Mill", ["Mill"]),
    "typed quotes and apostrophe": ('"We can\'t pay,"', ["“We can’t pay,”"]),
    "plain space for U+00A0": ("Ann Lee", ["Ann\u00a0Lee"]),
    "without its soft hyphen": ("millworks", ["mill\u00adworks"]),
    "several": ("it", ["it", "it", "it"]),
    "only inside words": ("nn", ["nn"]),
    "nowhere": ("Mills", []),
    "no words": (" ", []),
}


@pytest.mark.parametrize("what", FOUND)
def test_find(what: str) -> None:
    words, expected = FOUND[what]
    assert [TEXT[start:end] for start, end in span.find(TEXT, words)] == expected


def test_find_composed_words_in_decomposed_text() -> None:
    assert span.find("Ine\u0302s", "Inês") == [(0, 5)]
    assert span.find("Inês", "Ine\u0302s") == [(0, 4)]


def test_find_korean_name_before_its_particle() -> None:
    assert span.find("마을도서관이 문을 열었다", "마을도서관") == [(0, 5)]


@pytest.fixture
def coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of TEXT, in the current folder, its article beside it."""
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    new.start(tmp_path / "made", articles.read(tmp_path / "a.txt"), language="en")
    monkeypatch.chdir(tmp_path / "made")
    return tmp_path / "made"


def run(*arguments: str) -> int:
    return main(["span", *arguments, "--article", "../a.txt"])


def test_prints_sentences_and_places(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert capsys.readouterr().out.splitlines()[0] == "p0s1\tMill closes"
    assert run("p1s1", "it") == 0
    lines = [line.split(",") for line in capsys.readouterr().out.splitlines()]
    assert [(TEXT[int(start) : int(end)], said) for start, end, _, said in lines] == [("it", "it")] * 2
    assert run("p1s1", "mill") == 2
    assert run("p9s1") == 2


def test_fills_what_a_spreadsheet_saved(coded: Path) -> None:
    # Editors leave the last cells of a row out where they are empty, spreadsheets write too many.
    mentions = "p1s2-m4,p1s2,millworks,,name\n,p1s2,it,,pronoun,,,,,\n,p1s2,Ann Lee,,name,,\n"
    sheet = "\ufeffclaim_id;segment_id;words;nth;statement\r\np1s1-2;p1s1; it left;;It left.\r\n;;;;\r\np1s1-1;p1s1;it;2;It.\r\n"
    (coded / "data/claims.csv").write_bytes(sheet.encode())
    (coded / "data/mentions.csv").write_text(f"{MENTIONS}{mentions}", encoding="utf-8")
    assert run("--claims", "--mentions") == 0
    first, second = rows("claims", coded)
    assert TEXT[int(first["start"]) : int(first["end"])] == "it"
    assert int(first["start"]) == int(second["start"])
    assert len(first["sha256"]) == 64
    assert [(one["mention_id"], one["surface"]) for one in rows("mentions", coded)] == [
        ("p1s2-m4", "mill\u00adworks"),
        ("p1s2-m5", "Ann\u00a0Lee"),
        ("p1s2-m6", "it"),
    ]
    filled = contents(coded)
    assert run("--claims", "--mentions", "--words") == 0
    assert [one["nth"] for one in rows("claims", coded)] == ["2", ""]
    assert run("--claims", "--mentions") == 0
    assert contents(coded) == filled


WRONG = {
    "nowhere": ("p1s1-1,p1s1,It left,,x", "p1s1-1: the words 'It left' don't stand in p1s1; copy them"),
    "elsewhere": ("p1s2-1,p1s2,it left,,x", "they stand in p1s1"),
    "several": ("p1s1-1,p1s1,it,,x", "'it' stands 2× in p1s1: say which in nth (1: …We can’t pay,” [it] said"),
    "nth too large": ("p1s1-1,p1s1,it,3,x", "nth is '3', and 'it' stands 2× in p1s1"),
    "nth no number": ("p1s1-1,p1s1,it,first,x", "nth is 'first'"),
    "no such sentence": ("p9s1-1,p9s1,it,,x", "there is no segment 'p9s1'"),
    "no words": ("p1s1-1,p1s1,,,x", "gives no words"),
    "comma without quotes": ("p1s1-1,p1s1,it, left,,x", "has 6 cells, the header has 5"),
}


@pytest.mark.parametrize("what", WRONG)
def test_row_that_cannot_be_filled(what: str, coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row, message = WRONG[what]
    (coded / "data/claims.csv").write_text(f"{CLAIMS}p0s1-1,p0s1,Mill,,x\n{row}\n", encoding="utf-8")
    before = contents(coded)
    assert run("--claims") == 1
    said = capsys.readouterr().out
    assert said.startswith("data/claims.csv:3: ")
    assert message in said
    assert contents(coded) == before


HEADERS = {
    "unknown": ("claim_id,segment_id,word\n", "there is no column word"),
    "missing": ("claim_id,words\n", "lacks the column segment_id"),
    "not utf-8": ("claim_id,segment_id,words\né", "is not UTF-8"),
}


@pytest.mark.parametrize("what", HEADERS)
def test_table_that_cannot_be_read(what: str, coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, message = HEADERS[what]
    (coded / "data/claims.csv").write_bytes(content.encode("latin-1"))
    assert run("--claims") == 1
    assert message in capsys.readouterr().out


def test_position_that_a_spreadsheet_changed(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (coded / "data/mentions.csv").write_text("mention_id,segment_id,start,end\nx,p0s1,0.0,4.0\n", encoding="utf-8")
    assert run("--mentions", "--words") == 1
    assert "whole numbers" in capsys.readouterr().out


def test_sentences_joined_and_split(coded: Path) -> None:
    assert run("--segments", "--words") == 0
    header = "segment_id,paragraph,sentence,words\n"
    text = (coded / "data/segments.csv").read_text(encoding="utf-8")
    assert text.startswith(header)
    split = ["p0s1,0,1,Mill", ",0,,closes", '9,1,,"' + TEXT[13:-1].replace("\u00a0", " ") + '"']
    (coded / "data/segments.csv").write_text(header + "\n".join(split), encoding="utf-8")
    assert run("--segments") == 0
    found = [(one["segment_id"], TEXT[int(one["start"]) : int(one["end"])]) for one in rows("segments", coded)]
    assert found == [("p0s1", "Mill"), ("p0s2", "closes"), ("p1s1", TEXT[13:-1])]
    (coded / "data/segments.csv").write_text(header + ",0,,Mill\n", encoding="utf-8")
    assert run("--segments") == 1


def test_other_article_is_refused(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (coded.parent / "a.txt").write_text(TEXT + "More.", encoding="utf-8")
    assert run("--claims") == 2
    assert "is not the article that datapackage.json names" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--words"], ["p1s1", "--claims"]])
def test_what_makes_no_sense_is_refused(arguments: list[str], coded: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
