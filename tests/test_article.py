"""Article: what the package says of the text, held against a text of two sentences and a headline."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from helpers import Memory, table_file
from jpkr_drills.cells import columns
from jpkr_drills.checks import article
from jpkr_drills.descriptor import descriptor_schema
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package
from jpkr_drills.schemas import record_schema

SENTENCES = {
    "p0s1": "The nine red boats of Alba came back to the old dock",
    "p1s1": "Alba and Bért met at the dock in May 2020.",
    "p2s1": "They saw one two three four five six seven eight nine boats.",
}
TEXT = "{p0s1}\n\n{p1s1}\n\n{p2s1}".format(**SENTENCES)
STARTS = {name: TEXT.index(sentence) for name, sentence in SENTENCES.items()}
CONTENT = TEXT.encode()
SOURCE = {
    "title": "The nine red boats of Alba came back to the old dock",
    "relation": "coded",
    "sha256": hashlib.sha256(CONTENT).hexdigest(),
    "bytes": len(CONTENT),
    "characters": len(TEXT),
}


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def segment(name: str, start: int, words: str) -> tuple[str, ...]:
    return (name, name[1], name[3], str(start), str(start + len(words)), sha256(words))


def claim(name: str, words: str, **changed: str) -> tuple[str, ...]:
    home = name.partition("-")[0]
    start = TEXT.index(words, STARTS[home])
    cells = {
        **{"claim_id": name, "segment_id": home, "start": str(start), "end": str(start + len(words))},
        **{"sha256": sha256(words), "statement": "Here is a claim.", "claim_type": "state"},
        **{"voice": "article", "certainty": "certain", "polarity": "positive"},
        "explicitness": "asserted",
        **changed,
    }
    return tuple(cells.values())


def event(name: str, phrase: str, description: str = "It is told.") -> tuple[str, ...]:
    basis = "relative" if phrase else "not_stated"
    return (name, name.title(), "meeting", "occurred", "single", "", phrase, basis, "", "", description)


class Draft:
    """A package of the text, sound until it is changed."""

    def __init__(self) -> None:
        self.source: dict[str, Any] = dict(SOURCE)
        self.sources: list[Any] = [{"title": "Another", "relation": "cited"}, self.source]
        self.more: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.not_whole: set[str] = set()
        self.tables: dict[str, list[tuple[str, ...]]] = {table: [] for table in TABLES}
        self.tables["segments"] = [
            segment(name, STARTS[name], sentence) for name, sentence in SENTENCES.items()
        ]
        self.tables["claims"] = [claim("p1s1-1", "Alba and Bért met"), claim("p2s1-1", "They saw")]
        self.tables["claim_events"] = [("p1s1-1", "meeting"), ("p2s1-1", "meeting")]
        self.tables["events"] = [event("meeting", "in May 2020"), event("other", "")]
        self.tables["mentions"] = [self.mention("Bért"), self.mention("dock", form="description")]

    def mention(self, words: str, **changed: str) -> tuple[str, ...]:
        start = TEXT.index(words, STARTS["p1s1"])
        cells = {
            **{"mention_id": f"p1s1-m{start}", "segment_id": "p1s1"},
            **{"start": str(start), "end": str(start + len(words)), "surface": words},
            **{"form": "name", "party_id": words.lower().replace("é", "e"), "place_id": ""},
            **changed,
        }
        return tuple(cells.values())

    def issues(self, content: bytes = CONTENT) -> list[Issue]:
        tables = {
            table: table_file(table, rows, whole=table not in self.not_whole)
            for table, rows in self.tables.items()
        }
        package = Package(Memory(self.files), {"sources": self.sources, **self.more}, tables=tables)
        return list(article.check(package, content, "article.txt"))

    def places(self) -> list[tuple[str, str | None, str | None]]:
        return [(one.rule, one.record, one.field) for one in self.issues()]


@pytest.fixture
def draft() -> Draft:
    return Draft()


def test_the_package_of_the_text_is_sound(draft: Draft) -> None:
    assert draft.issues() == []


# --- which article ---------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"caf\xe9", CONTENT + b"\xff"])
def test_a_text_that_is_not_utf_8_is_nothing_else(draft: Draft, content: bytes) -> None:
    (issue,) = draft.issues(content)
    assert (issue.rule, issue.file) == ("article-encoding", "article.txt")
    assert f"byte {len(content) - 1} " in issue.message


@pytest.mark.parametrize("pin", ["sha256", "bytes", "characters"])
def test_each_pin_must_be_that_of_the_text(draft: Draft, pin: str) -> None:
    draft.source[pin] = 7
    (issue,) = draft.issues()
    assert (issue.rule, issue.file) == ("article-differs", "article.txt")
    assert f"{pin} {SOURCE[pin]}, not 7" in issue.message
    assert ";" not in issue.message


def test_all_pins_that_differ_are_named(draft: Draft) -> None:
    (issue,) = draft.issues("Ä".encode())
    assert "bytes 2, not" in issue.message
    assert "characters 1, not" in issue.message
    assert sha256("Ä") in issue.message


def test_a_cited_source_is_not_the_article(draft: Draft) -> None:
    draft.source["relation"] = "cited"
    (issue,) = draft.issues()
    assert issue.rule == "article-differs"
    assert "no coded source" in issue.message


# --- spans -----------------------------------------------------------------------------------


def test_a_span_ends_where_the_text_ends_at_the_latest(draft: Draft) -> None:
    end = len(TEXT)
    draft.tables["claims"].append(claim("p2s1-2", "boats."))
    assert draft.issues() == []
    draft.tables["claims"][-1] = claim("p2s1-2", "boats.", end=str(end + 1))
    (issue,) = draft.issues()
    assert (issue.rule, issue.record, issue.field) == ("span-outside-article", "p2s1-2", "end")
    assert (issue.file, issue.line, issue.value) == ("data/claims.csv", 4, str(end + 1))
    assert f"{end} characters" in issue.message


def test_what_comes_after_a_span_outside_is_looked_at_too(draft: Draft) -> None:
    draft.tables["claims"] = [
        claim("p1s1-1", "Alba and", end="9999"),
        claim("p1s1-2", "Bért", sha256="0" * 64),
    ]
    draft.tables["events"].clear()
    assert draft.places() == [
        ("span-outside-article", "p1s1-1", "end"),
        ("claim-hash", "p1s1-2", "sha256"),
    ]


def test_a_segment_has_the_hash_of_its_words(draft: Draft) -> None:
    draft.tables["segments"][1] = segment("p1s1", STARTS["p1s1"], SENTENCES["p1s1"].upper())
    assert draft.places() == [("segment-hash", "p1s1", "sha256")]


def test_a_mention_has_the_words_at_its_place(draft: Draft) -> None:
    draft.tables["mentions"][0] = draft.mention("Bért", surface="Bert")
    assert draft.places() == [("mention-surface", "p1s1-m63", "surface")]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Alba and Bé", "end"),
        ("lba and Bért", "start"),
        (" and Bért", "start"),
        ("Alba and ", "end"),
        ("20", "end"),
        ("0.", "start"),
        ("Bért m", "end"),
        ("Bért met", None),
        ("May 2020", None),
        ("2020.", None),
    ],
)
def test_a_span_cuts_no_word(draft: Draft, words: str, field: str | None) -> None:
    draft.tables["claims"].append(claim("p1s1-2", words))
    assert draft.places() == ([("span-cuts-word", "p1s1-2", field)] if field else [])


def test_a_sentence_may_end_in_a_mark_and_a_claim_may_not(draft: Draft) -> None:
    words = "Alba and Bért met:"
    text = TEXT.replace("Alba and Bért met at", words)
    content = text.encode()
    draft.source.update(sha256=sha256(text), bytes=len(content), characters=len(text))
    draft.tables["segments"][1] = segment("p1s1", STARTS["p1s1"], words)
    said = [*claim("p1s1-2", "Alba and Bért met")]
    said[3:5] = str(STARTS["p1s1"] + len(words)), sha256(words)
    draft.tables["claims"].append(tuple(said))
    found = [one for one in draft.issues(content) if one.rule == "span-cuts-word"]
    assert [(one.record, one.field) for one in found] == [("p1s1-2", "end")]


def test_a_sentence_has_its_marks_and_a_claim_has_not() -> None:
    text = "- One came, two went:"
    assert article._cut(text, 0, len(text), whole=True) is None
    assert article._cut(text, 0, 8) == (
        "start",
        "has '-' at this edge, which belongs to what is beside it",
    )
    assert article._cut(text, 2, 11) == (
        "end",
        "has ',' at this edge, which belongs to what is beside it",
    )


def test_without_a_descriptor_there_is_no_article_to_compare() -> None:
    assert list(article.check(Package(Memory({})), b"Another text.", "article.txt")) == []


def test_the_edges_of_the_text_cut_nothing(draft: Draft) -> None:
    draft.tables["claims"].append(claim("p0s1-1", "The nine"))
    draft.tables["claims"].append(claim("p0s1-2", "he nine"))
    assert draft.places() == [("span-cuts-word", "p0s1-2", "start")]


# --- mentions that are missing ---------------------------------------------------------------


def test_a_name_that_is_a_mention_elsewhere_is_missing(draft: Draft) -> None:
    draft.tables["mentions"][1] = draft.mention("dock")
    (issue,) = draft.issues()
    assert (issue.rule, issue.file, issue.line) == ("mention-missing", "data/segments.csv", 2)
    start = TEXT.index("dock")
    assert f"'dock' at {start} " in issue.message
    assert draft.tables["mentions"][1][0] in issue.message


def test_a_name_inside_another_mention_is_not_missing(draft: Draft) -> None:
    draft.tables["mentions"][1] = draft.mention("dock")
    start = TEXT.index("old dock")
    wide = ("p0s1-m1", "p0s1", str(start), str(start + 8), "old dock", "description", "dock", "")
    draft.tables["mentions"].append(wide)
    assert draft.issues() == []
    draft.tables["mentions"][-1] = (*wide[:2], str(start - 4), str(start + 8), "the old dock", *wide[5:])
    assert draft.issues() == []
    draft.tables["mentions"][-1] = (*wide[:3], str(start + 3), "old", *wide[5:])
    assert draft.places() == [("mention-missing", "p0s1", "segment_id")]


def test_a_name_in_the_middle_of_another_mention_is_not_missing(draft: Draft) -> None:
    start = TEXT.index("nine red boats")
    wide = ("p0s1-m1", "p0s1", str(start), str(start + 14), "nine red boats", "description", "red", "")
    draft.tables["mentions"].append(wide)
    draft.tables["parties"] = [("red", "red", "public", "", "", "", "", "Boats.")]
    assert draft.issues() == []


def test_a_name_is_looked_for_as_a_whole_word(draft: Draft) -> None:
    draft.tables["mentions"] = [draft.mention("Alba")]
    assert draft.places() == [("mention-missing", "p0s1", "segment_id")]
    draft.tables["mentions"] = [draft.mention("May")]
    assert draft.issues() == []


@pytest.mark.parametrize(
    ("after", "missing"),
    [(" Declaration was read", False), (" Peace Accords were read", False), (" Daily was read", True)],
)
def test_a_name_in_the_name_of_a_text_is_no_mention(after: str, missing: bool) -> None:
    assert (article._OF_A_TEXT.match(after) is None) is missing


@pytest.mark.parametrize("paper", ["Alba Declaration", "Alba Daily"])
def test_behind_the_name_of_a_text_other_names_are_looked_for(draft: Draft, paper: str) -> None:
    text = f"Alba met Bert. The {paper} pleased Bert."
    content, at = text.encode(), text.index("The")
    draft.source.update(sha256=sha256(text), bytes=len(content), characters=len(text))
    draft.tables = {table: [] for table in TABLES}
    draft.tables["segments"] = [segment("p0s1", 0, text[: at - 1]), segment("p0s2", at, text[at:])]
    draft.tables["mentions"] = [
        ("p0s1-m1", "p0s1", "0", "4", "Alba", "name", "alba", ""),
        ("p0s1-m2", "p0s1", "9", "13", "Bert", "name", "bert", ""),
    ]
    issues = draft.issues(content)
    missing = ["'Alba'"] * (paper == "Alba Daily") + ["'Bert'"]
    assert [one.message.split()[0] for one in issues] == missing
    assert {(one.rule, one.record) for one in issues} == {("mention-missing", "p0s2")}


def test_a_month_is_no_missing_name(draft: Draft) -> None:
    draft.tables["parties"] = [("may", "May", "person", "", "", "", "", "Somebody.")]
    assert draft.issues() == []


def test_of_mentions_that_are_not_whole_none_is_missing(draft: Draft) -> None:
    draft.tables["mentions"][1] = draft.mention("dock")
    draft.not_whole.add("mentions")
    assert draft.issues() == []
    draft.not_whole.clear()
    draft.tables["mentions"].append(("",) * 8)
    assert draft.issues() == []


def test_where_a_mention_is_not_what_it_says_none_else_is_missing_there(draft: Draft) -> None:
    draft.tables["mentions"][1] = draft.mention("dock")
    draft.tables["mentions"].append(("p0s1-m1", "p0s1", "0", "3", "Tho", "description", "dock", ""))
    assert draft.places() == [("mention-surface", "p0s1-m1", "surface")]
    draft.tables["parties"] = [("saw", "saw", "public", "", "", "", "", "They.")]
    assert draft.places() == [
        ("mention-surface", "p0s1-m1", "surface"),
        ("mention-missing", "p2s1", "segment_id"),
    ]


def test_a_letter_of_two_shapes_belongs_to_its_word() -> None:
    assert article._cut("ǅep", 1, 3) == ("start", "cuts a word: 'ǅ' and 'e' belong together")
    assert article._cut("ǅep", 0, 3) is None


# --- gaps ------------------------------------------------------------------------------------


def test_text_in_no_segment_is_told_where_the_next_one_starts(draft: Draft) -> None:
    del draft.tables["segments"][0]
    (issue,) = draft.issues()
    assert (issue.rule, issue.record, issue.field) == ("segments-cover-article", "p1s1", "start")
    assert f"from 0 to {STARTS['p1s1']} " in issue.message


def test_text_behind_the_last_segment_is_told(draft: Draft) -> None:
    draft.tables["segments"].pop()
    draft.tables["claims"].pop()
    (issue,) = draft.issues()
    assert (issue.rule, issue.record, issue.line) == ("segments-cover-article", None, None)
    assert f"from {STARTS['p1s1'] + len(SENTENCES['p1s1'])} on" in issue.message


def test_segments_out_of_order_and_inside_another_leave_no_gap(draft: Draft) -> None:
    draft.tables["segments"].reverse()
    draft.tables["segments"].append(segment("p1s2", STARTS["p1s1"] + 5, "and"))
    assert {one.rule for one in draft.issues()} == {"segments-fit-lines"}


def test_of_segments_that_are_not_whole_no_line_is_told(draft: Draft) -> None:
    draft.tables["segments"][1] = ("p0s2", "0", "2", *draft.tables["segments"][1][3:])
    assert ("segments-fit-lines", "p0s2", "paragraph") in draft.places()
    draft.not_whole.add("segments")
    assert "segments-fit-lines" not in {rule for rule, _, _ in draft.places()}


@pytest.mark.parametrize("spoilt", [False, True])
def test_of_segments_that_are_not_whole_no_gap_is_told(draft: Draft, spoilt: bool) -> None:
    if spoilt:
        first = draft.tables["segments"][0]
        draft.tables["segments"][0] = ("p0s1", "x", *first[2:])
    else:
        del draft.tables["segments"][0]
        draft.not_whole.add("segments")
    assert draft.issues() == []


# --- lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences", "told"),
    [
        ("One.\nTwo.\n\nThree.", {"p0s1": "One.", "p1s1": "Two.", "p2s1": "Three."}, []),
        ("One.\n\n\nTwo.", {"p0s1": "One.", "p1s1": "Two."}, []),
        ("One\nand.\n\nTwo.", {"p0s1": "One\nand.", "p1s1": "Two."}, []),  # broken to a width
        ("One. Two.", {"p0s1": "One.", "p0s2": "Two."}, []),
        ("One. Two.", {"p0s1": "One.", "p1s1": "Two."}, [("p1s1", "paragraph", "in mid-line")]),
        ("One.\n\nTwo.", {"p0s1": "One.", "p0s2": "Two."}, [("p0s2", "paragraph", "no paragraph")]),
        ("One\n\nand.", {"p0s1": "One\n\nand."}, [("p0s1", "end", "runs over the end")]),
        ("One\n\n\nand.", {"p0s1": "One\n\n\nand."}, [("p0s1", "end", "runs over the end")]),
    ],
)
def test_paragraphs_begin_and_end_where_the_lines_do(
    draft: Draft, text: str, sentences: dict[str, str], told: list[tuple[str, str, str]]
) -> None:
    content = text.encode()
    draft.source.update(sha256=sha256(text), bytes=len(content), characters=len(text))
    draft.tables = {table: [] for table in TABLES}
    draft.tables["segments"] = [
        segment(name, text.index(words), words) for name, words in sentences.items()
    ]
    issues = draft.issues(content)
    assert [(one.rule, one.record, one.field) for one in issues] == [
        ("segments-fit-lines", record, field) for record, field, _ in told
    ]
    assert all(said in one.message for one, (_, _, said) in zip(issues, told, strict=True))


# --- phrases of dates ------------------------------------------------------------------------

NOWHERE = [("date-expression-in-article", "meeting", "date_expression")]


def test_a_phrase_stands_in_one_of_the_sentences_about_its_event(draft: Draft) -> None:
    del draft.tables["claim_events"][0]
    assert draft.places() == NOWHERE


def test_a_phrase_is_as_written(draft: Draft) -> None:
    draft.tables["events"][0] = event("meeting", "in may 2020")
    assert draft.places() == NOWHERE


def test_an_event_of_no_claim_has_no_sentence_to_look_in(draft: Draft) -> None:
    draft.tables["claim_events"].clear()
    assert draft.issues() == []


def test_an_event_of_a_claim_without_sentence_is_told(draft: Draft) -> None:
    draft.tables["claim_events"] = [("p9s1-1", "meeting")]
    assert draft.places() == NOWHERE


@pytest.mark.parametrize("table", ["claims", "claim_events", "segments"])
@pytest.mark.parametrize("spoilt", [False, True])
def test_no_phrase_is_missed_where_a_sentence_may_be_lost(
    draft: Draft, table: str, spoilt: bool
) -> None:
    del draft.tables["claim_events"][0]
    if spoilt:
        draft.tables[table].append(("",) * len(columns(table)))
    else:
        draft.not_whole.add(table)
    assert draft.issues() == []


# --- copies ----------------------------------------------------------------------------------

EIGHT = "one two three four five six seven eight"
COPIED = [("copied-words", "other", "description")]


@pytest.mark.parametrize(
    "said", [EIGHT.replace(" ", ""), EIGHT.replace("e", "-e"), f"x{EIGHT[:20]}-{EIGHT[20:]}x"]
)
def test_words_run_together_or_broken_are_a_copy(draft: Draft, said: str) -> None:
    draft.tables["events"][1] = event("other", "", f"A {said}.")
    assert draft.places() == COPIED


def test_few_letters_in_a_row_may_be_other_words() -> None:
    runs = [tuple("abcdefgh"), ("one", "two", "three", "four", "five", "six", "seven", "eight")]
    found = article._Unbroken(runs)
    assert found.find("abcdefgh") is None
    assert found.find("xonetwothreefourfivesixseveneightx") == runs[1]
    assert found.find("onetwothreefourfivesixseveneigh") is None
    assert found.find("") is None
    edge = article._Unbroken([("abcdefgh", "ijklmnop"), ("stuvwxyzstuvwxyz", "end")])
    assert edge.find("xabcdefghijklmnop") == ("abcdefgh", "ijklmnop")
    assert edge.find("stuvwxyzstuvwxyzend") == ("stuvwxyzstuvwxyz", "end")


def test_of_runs_that_start_alike_some_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [("onetwothreefourfive", end) for end in "abc"]
    monkeypatch.setattr(article, "_ALIKE", 2)
    found = article._Unbroken(runs)
    assert [found.find("".join(run)) for run in runs] == [*runs[:2], None]


def test_keywords_one_after_the_other_are_a_copy(draft: Draft) -> None:
    draft.more = {"keywords": [EIGHT[:18], EIGHT[18:]]}
    assert [(one.rule, one.field) for one in draft.issues()] == [("copied-words", "keywords")]


@pytest.mark.parametrize(
    "said", [EIGHT, f"A {EIGHT.upper()}", "It’s one, two three – four five six seven eight"]
)
def test_eight_words_in_a_row_are_a_copy(draft: Draft, said: str) -> None:
    draft.tables["events"][1] = event("other", "", f"{said}.")
    assert draft.places() == COPIED


@pytest.mark.parametrize(
    "said",
    [
        "two three four five six seven eight",
        "one two three four, then five six seven eight nine",
        "nine eight seven six five four three two one",
        "the dock in May 2020. They saw one two",  # from one line of the text to another
        "boats of Alba came back to the old dock",  # the article's title
    ],
)
def test_other_words_are_no_copy(draft: Draft, said: str) -> None:
    draft.tables["events"][1] = event("other", "", f"{said}.")
    assert draft.issues() == []


def test_without_a_title_in_the_descriptor_the_headline_is_text_like_any(draft: Draft) -> None:
    del draft.source["title"]
    draft.tables["events"][1] = event("other", "", "The boats of Alba came back to the old dock.")
    assert draft.places() == COPIED


def test_a_title_excuses_its_words_as_long_as_it_is_one(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.tables["events"][1] = event("other", "", f"{SOURCE['title']}.")
    monkeypatch.setattr(article, "TITLE_CHARACTERS", len(str(SOURCE["title"])))
    monkeypatch.setattr(article, "TITLE_WORDS", 12)
    assert draft.issues() == []
    monkeypatch.setattr(article, "TITLE_WORDS", 11)
    assert draft.places() == [*COPIED, ("copied-words", None, "sources.1.title")]
    monkeypatch.setattr(article, "TITLE_WORDS", 12)
    monkeypatch.setattr(article, "TITLE_CHARACTERS", len(str(SOURCE["title"])) - 1)
    assert draft.places() == [*COPIED, ("copied-words", None, "sources.1.title")]


@pytest.mark.parametrize("before", range(0, 120, 10))
def test_a_copy_is_found_wherever_it_stands(
    draft: Draft, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article, "_PIECE", 50)
    draft.tables["events"][1] = event("other", "", f"{'x ' * before}{EIGHT}.")
    assert draft.places() == COPIED


def test_a_copy_far_into_a_further_file_is_found(draft: Draft) -> None:
    draft.files["data/notes.txt"] = f"{'x ' * 1_000}{EIGHT}.".encode()
    assert [(one.rule, one.file) for one in draft.issues()] == [("copied-words", "data/notes.txt")]


def test_of_several_copies_that_of_the_first_piece_is_told(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article, "_PIECE", 60)
    monkeypatch.setattr(article, "_OVERLAP", 40)
    joined = "threefourfivesixseveneightnineboats"
    draft.files["data/notes.txt"] = f"{joined} {'x ' * 100}{EIGHT}.".encode()
    (issue,) = draft.issues()
    assert issue.value == "three four five …"


def test_beyond_what_any_column_allows_a_cell_is_not_compared(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft.tables["events"][1] = event("other", "", f"{EIGHT}.")
    monkeypatch.setattr(article, "_CELL", len(EIGHT))
    assert draft.places() == COPIED
    monkeypatch.setattr(article, "_CELL", len(EIGHT) - 6)
    assert draft.issues() == []


def test_what_is_compared_is_what_a_cell_and_a_title_may_hold() -> None:
    lengths = [
        value["maxLength"]
        for table in TABLES
        for said in record_schema(table)["properties"].values()
        for value in said.get("anyOf", [said])
        if "maxLength" in value
    ]
    assert max(lengths) <= article._CELL
    title = descriptor_schema()["$defs"]["Source"]["properties"]["title"]
    assert title["maxLength"] == article.TITLE_CHARACTERS


def test_a_copy_is_told_with_its_first_words_alone(draft: Draft) -> None:
    draft.tables["parties"] = [
        ("bert", "Bert", "person", "", "", "", "", "A mayor."),
        ("dock", EIGHT, "public", "", "", "", "", f"{EIGHT} nine boats."),
    ]
    first, second = (one for one in draft.issues() if one.rule == "copied-words")
    assert (first.rule, first.file, first.line) == ("copied-words", "data/parties.csv", 3)
    assert [(one.record, one.field) for one in (first, second)] == [
        ("dock", "name"),
        ("dock", "description"),
    ]
    assert first.value == "one two three …"
    assert "8 words" in first.message


def test_a_copy_in_the_descriptor_is_told_by_its_path(draft: Draft) -> None:
    draft.more = {
        "description": f"It is {EIGHT}.",
        "contributors": [{"title": "A"}, {"title": EIGHT}],
        "resources": [{"name": "claims", "title": EIGHT}, {"name": "notes", "title": EIGHT}],
    }
    assert [(one.rule, one.file, one.field) for one in draft.issues()] == [
        ("copied-words", "datapackage.json", "description"),
        ("copied-words", "datapackage.json", "contributors.1.title"),
        ("copied-words", "datapackage.json", "resources.1.title"),  # the other is generated
    ]


def test_a_copy_in_a_file_beside_the_tables_is_told(draft: Draft) -> None:
    said = f"It is {EIGHT}.".encode()
    draft.files = {
        "data/CODEBOOK.md": b"\xff " + said,
        "data/NOTES.md": b"Nothing.",
        "data/dataset.json": said,
        "data/events.csv": said,
        "schemas/events.json": said,
    }
    (issue,) = draft.issues()
    assert (issue.rule, issue.file, issue.value) == (
        "copied-words",
        "data/CODEBOOK.md",
        "one two three …",
    )


TWINS = str.maketrans("aceo", "\u0430\u0441\u0435\u043e")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data/n.txt", f"It is {EIGHT}.".translate(TWINS).encode()),
        ("data/n.md", f"It is {EIGHT}.".replace(" ", "&nbsp;").encode()),
        ("data/n.html", "".join(f"<b>{word[:2]}</b>{word[2:]} " for word in EIGHT.split()).encode()),
        ("data/n.json", json.dumps([f"It is {EIGHT}."]).replace("o", "\\u006f").encode()),
        ("data/n.json", json.dumps(EIGHT.split()).encode()),
        ("data/n.dat", f"It is {EIGHT}.".encode("utf-16")),
        ("data/n.dat", f"It is {EIGHT}.".encode("utf-16-be")),
    ],
)
def test_a_copy_is_found_behind_markup_escapes_and_look_alikes(
    draft: Draft, name: str, content: bytes
) -> None:
    draft.files = {name: content}
    assert [(one.rule, one.file) for one in draft.issues()] == [("copied-words", name)]


def test_the_last_seven_words_of_a_line_are_no_copy(draft: Draft) -> None:
    draft.tables["events"][1] = event("other", "", "Four five six seven eight nine boats.")
    assert draft.issues() == []


def test_words_are_written_with_any_apostrophe() -> None:
    assert article.words("Don't don’t dont") == ["dont"] * 3


def test_words_have_no_accents_and_nothing_that_is_not_seen() -> None:
    assert article.words("Bért\u200bs CAFÉ_Möwe ﬁn ② Straße") == [
        *("berts", "cafe", "mowe", "fin", "2", "strasse"),
    ]
