"""Article: spans, hashes, surfaces, phrases, names and copies, held against the article of two towns."""

from __future__ import annotations

import hashlib
import re

import pytest

import synthetic
from coding import Coding
from jpkr_drills.checks import article
from jpkr_drills.issues import Issue
from synthetic import SENTENCES, TEXT
from tables import both, gone, new, put


@pytest.fixture
def coding() -> Coding:
    return synthetic.coding()


def found(coding: Coding, content: bytes | None = None) -> list[Issue]:
    text = coding.text.encode() if content is None else content
    return list(article.check(coding.package(), text, "article.txt"))


def places(coding: Coding) -> list[tuple[str, str | None, str | None]]:
    return [(one.rule, one.record, one.field) for one in found(coding)]


def spanning(coding: Coding, key: str, start: int, end: int, table: str = "claims") -> None:
    """Move the edges of a span, with the hash or surface of the text between them."""
    row = coding.row(table, key)
    first, last = int(row["start"]) + start, int(row["end"]) + end
    words = coding.text[first:last]
    said = {"surface": words} if table == "mentions" else {"sha256": hashlib.sha256(words.encode()).hexdigest()}
    coding.set(table, key, start=str(first), end=str(last), **said)


def test_the_coding_fits_its_article(coding: Coding) -> None:
    assert found(coding) == []


# --- which article -----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"caf\xe9", TEXT.encode() + b"\xff"])
def test_a_text_that_is_not_utf_8_is_nothing_else(coding: Coding, content: bytes) -> None:
    (issue,) = found(coding, content)
    assert (issue.rule, issue.file) == ("article-encoding", "article.txt")
    assert f"byte {len(content) - 1} " in issue.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.replace("\n", "\r\n"), "only in line ends (the coded file has LF"),
        ("\ufeff" + TEXT, "only in the byte-order mark at its start"),
        (TEXT.rstrip("\n"), "only in the number of newlines at its end: the coded file has one"),
        (TEXT + "\n\n", "only in the newlines at its end|only in the number of newlines"),
        ("Ä", "characters: 1, not"),
        ("", "bytes: 0, not"),
        (TEXT.replace("closed", "closes"), "sha256: "),
    ],
)
def test_another_file_is_told_how_it_differs(coding: Coding, content: str, said: str) -> None:
    (issue,) = found(coding, content.encode())
    assert (issue.rule, issue.file) == ("article-differs", "article.txt")
    assert re.search(re.escape(said).replace(r"\|", "|"), issue.message)


# --- spans -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (1, 0, "start"),
        (0, -1, "end"),
        (-1, 0, "start"),
        (0, 1, None),  # the full stop
        (4, 0, None),
        (3, 0, "start"),
    ],
)
def test_a_span_cuts_no_word_and_has_no_white_space_at_its_edges(
    coding: Coding, start: int, end: int, field: str | None
) -> None:
    spanning(coding, "p3s1-1", start, end)  # ice could damage it
    assert places(coding) == ([("span-cuts-word", "p3s1-1", field)] if field else [])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("東京タワーは高い。", "東京"), ("Man sah die U-Bahnen.", "Bahnen"), ("It was 5km away.", "5km")],
)
def test_words_that_no_space_parts_may_be_cut(coding: Coding, sentence: str, words: str) -> None:
    old = coding.sentences["p3s1"]
    made = Coding(TEXT.replace(old, sentence), {**SENTENCES, "p3s1": sentence})
    made.claim("p3s1-1", words, "It is told.")
    assert "span-cuts-word" not in {one.rule for one in found(made)}


# --- phrases for when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "phrase", "fits"),
    [
        ("council-meeting", "in March 2024", True),
        ("council-meeting", "March 2024", True),
        ("council-meeting", "during March 2024", False),
        ("council-meeting", "since 2011", False),  # of another sentence
        ("bridge-closure", "after 2011", True),  # any sentence with a claim about it
    ],
)
def test_a_phrase_for_when_stands_in_a_sentence_about_the_event(
    coding: Coding, event: str, phrase: str, fits: bool
) -> None:
    coding.set("events", event, date_expression=phrase)
    assert places(coding) == [] if fits else [("date-expression-in-article", event, "date_expression")]


# --- names -------------------------------------------------------------------------------------------


def test_a_name_that_is_a_mention_elsewhere_is_missing(coding: Coding) -> None:
    coding.drop("mentions", "p1s1-m2")
    (issue,) = found(coding)
    assert (issue.rule, issue.level, issue.file, issue.line) == ("mention-missing", "advice", "data/segments.csv", 3)
    assert issue.message == "'Brackwater' at 67 is no mention, and names p0s1-m2 elsewhere"


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("Ferry", False),  # in Old Ferry Bridge, a mention
        ("Old", False),
        ("Oslo", False),
        ("Post", False),
        ("Trade", False),  # the article has it with a small letter
        ("trade", True),
        ("trad", False),
    ],
)
def test_a_name_is_looked_for_alone_and_as_a_whole_word(coding: Coding, name: str, missing: bool) -> None:
    coding.add("parties", "norway", party_id="other", name=name, wikidata="", country="")
    assert {rule for rule, *_ in places(coding)} == ({"mention-missing"} if missing else set())


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("The Bank of Norway cut rates.", False),
        ("Air Norway cut fares.", False),
        ("Ships crossed the South Norway Sea.", False),
        ("Norway Bank cut rates.", False),
        ("In the sea near Norway ships met.", True),
        ("The ships of Norway met.", True),
    ],
)
def test_a_name_inside_a_longer_name_is_no_mention(coding: Coding, sentence: str, missing: bool) -> None:
    made = Coding(sentence, {"p1s1": sentence, "p0s1": sentence})
    made.drop("segments", "p0s1")
    made.add("parties", party_id="norway", name="Norway", party_type="state", description="A state.")
    assert {one.rule for one in found(made)} == ({"mention-missing"} if missing else set())


def test_of_mentions_that_could_not_be_read_none_is_missing(coding: Coding) -> None:
    both(gone("mentions", "p1s1-m2"), put("mentions", "p0s1-m1", form="no such form"))(coding)
    assert found(coding) == []


# --- copies ------------------------------------------------------------------------------------------

EIGHT = "Aldermoor and Brackwater have agreed to reopen the"


@pytest.mark.parametrize(
    ("statement", "copied"),
    [
        (f"{EIGHT} bridge.", True),
        (EIGHT.upper() + ".", True),
        (EIGHT.replace("o", "ó").replace(" ", ", ") + ".", True),
        (EIGHT.rpartition(" ")[0] + ".", False),  # seven words
        (EIGHT.replace("agreed", "decided") + ".", False),
        ("Old Ferry Bridge. Aldermoor and Brackwater have agreed.", False),  # over a line of the article
        ("Aldermoor and Brackwater to Reopen Old Ferry Bridge.", False),  # a title
    ],
)
def test_eight_words_in_a_row_are_a_copy(coding: Coding, statement: str, copied: bool) -> None:
    coding.set("claims", "p1s1-1", statement=statement)
    assert places(coding) == ([("copied-words", "p1s1-1", "statement")] if copied else [])


@pytest.mark.parametrize(
    ("table", "key", "column", "copied"),
    [
        ("events", "council-meeting", "title", True),
        ("events", "council-meeting", "description", True),
        ("parties", "norway", "description", True),
        ("claim_relations", "p1s1-1/elaborates/p0s1-1", "note", True),
        ("parties", "norway", "name", False),  # the article's own words
        ("parties", "ines-tarrow", "title", False),
    ],
)
def test_only_text_of_our_own_can_be_a_copy(coding: Coding, table: str, key: str, column: str, copied: bool) -> None:
    coding.set(table, key, **{column: SENTENCES["p2s1"]})
    assert ("copied-words" in {rule for rule, *_ in places(coding)}) is copied


def test_the_descriptor_and_documents_are_looked_through(coding: Coding) -> None:
    coding.descriptor["description"] = SENTENCES["p1s1"]
    coding.more["data/notes.md"] = f"# Notes\n\n{SENTENCES['p1s2']}\n".encode()
    assert [(one.rule, one.file, one.field) for one in found(coding)] == [
        ("copied-words", "datapackage.json", "description"),
        ("copied-words", "data/notes.md", None),
    ]


def test_rules_that_are_ignored_are_not_run(coding: Coding) -> None:
    new("mentions", "p0s1-m1", mention_id="p0s1-m9", start="0", end="3", surface="Ald", form="description")(coding)
    coding.drop("mentions", "p1s1-m2")
    package, text = coding.package(), coding.text.encode()
    assert {one.rule for one in article.check(package, text, "a.txt")} == {"span-cuts-word", "mention-missing"}
    assert {one.rule for one in article.check(package, text, "a.txt", {"mention-missing"})} == {"span-cuts-word"}
