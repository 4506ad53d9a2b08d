"""Text: what can't be seen, what looks like something else, and the order of ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills.text import Names, hidden_character, mixed_word, natural_key


@pytest.mark.parametrize(
    "hidden", "\0\t\n\x1b\x7f\x85\xad\u200b\u202e\u2028\u2029\u2060\u2066\ufeff\ue000\U000e0001\ud800"
)
def test_a_character_that_cannot_be_seen_is_found(hidden: str) -> None:
    assert hidden_character(f"a{hidden}b") == hidden


@pytest.mark.parametrize(
    "text",
    [
        *["", "plain text", "Müller – “quoted” …", "東京 서울", "a\u0301", "a\u00a0b", "می\u200cشود"],
        *["क्\u200dष", "\u200fאב", "A\ufe0f"],
    ],
)
def test_what_scripts_need_and_what_can_be_seen_passes(text: str) -> None:
    assert hidden_character(text) is None


@given(st.characters(categories=["L", "Nd", "P", "S"]))
def test_letters_digits_marks_and_signs_are_seen(c: str) -> None:
    assert hidden_character(c) is None


@pytest.mark.parametrize("word", ["Jаpan", "Kοrea", "Моskva"])
def test_a_word_of_latin_beside_cyrillic_or_greek_is_found(word: str) -> None:
    assert mixed_word(f"in {word} now") == word


@pytest.mark.parametrize(
    "text",
    [
        *["Japan", "Zürich’s", "Москва and Athens", "сору", "日本 Japan", "Tシャツ", "5 km² of CO₂", "µm", "٢٠١٦"],
        *["Ｊapan", "K팝", "α-tocopherol"],
    ],
)
def test_words_of_one_script_or_of_scripts_that_differ_pass(text: str) -> None:
    assert mixed_word(text) is None


def test_numbers_in_ids_are_ordered_by_value() -> None:
    ids = ["p10s1", "p2s10", "p2s9", "p2s9-10", "p2s9-9", "a", "", "p007", "p8", "9" * 5000]
    ordered = ["", "9" * 5000, "a", "p2s9", "p2s9-9", "p2s9-10", "p2s10", "p007", "p8", "p10s1"]
    assert sorted(ids, key=lambda one: natural_key((one,))) == ordered
    assert natural_key(("a", "z")) < natural_key(("a1", "a"))


@given(st.lists(st.text("ab01-", max_size=6), min_size=2, max_size=2, unique=True))
def test_different_ids_never_tie(ids: list[str]) -> None:
    first, second = (natural_key((one,)) for one in ids)
    assert (first < second) != (second < first)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("South Korea and Korea", [(0, "South Korea"), (16, "Korea")]),
        ("Koreans, Korea2, aKorea", []),
        ("the U.S. Navy", [(4, "U.S.")]),
        ("KoreaKorea Korea", [(11, "Korea")]),
        ("the 'Ndrangheta", [(4, "'Ndrangheta")]),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words_the_longest_first(text: str, found: list[tuple[int, str]]) -> None:
    assert list(Names(["Korea", "South Korea", "U.S.", "'Ndrangheta"]).find(text)) == found


def test_names_are_found_inside_the_part_that_is_asked_for() -> None:
    text = "Japan, Japan, Japan"
    assert list(Names(["Japan"]).find(text, 7, 18)) == [(7, "Japan")]
    assert list(Names([]).find(text)) == []


@given(
    st.lists(st.text("ab ", min_size=1, max_size=4).map(str.strip).filter(bool), max_size=6),
    st.text("ab ", max_size=20),
)
def test_names_are_those_that_a_pattern_of_all_finds(names: list[str], text: str) -> None:
    longest_first = sorted(set(names), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")
    assert list(Names(names).find(text)) == [(one.start(), one[0]) for one in pattern.finditer(text)]
