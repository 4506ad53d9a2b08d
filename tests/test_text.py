"""Text: what can't be seen, what looks like something else, and the order of ids."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills.text import Names, hidden_character, mixed_word, natural_key


@pytest.mark.parametrize(
    "hidden",
    [
        "\0", "\t", "\n", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u034f", "\u115f", "\u200b", "\u200d",
        "\u200e", "\u202e", "\u2028", "\u2029", "\u2060", "\u2066", "\u3000", "\u3164", "\ufe0f",
        "\ufeff", "\ufffc", "\ufffd", "\ue000", "\U000e0001", "\U000e0100", "\U0010ffff",
    ],
)  # fmt: skip
def test_an_invisible_character_is_found(hidden: str) -> None:
    assert hidden_character(f"a{hidden}b") == hidden


@pytest.mark.parametrize(("first", "last"), [(0xFE00, 0xFE0F), (0xE0100, 0xE01EF)])
def test_every_variation_selector_is_found_and_its_neighbours_are_not(first: int, last: int) -> None:
    assert all(hidden_character(f"é{chr(code)}") == chr(code) for code in range(first, last + 1))
    assert hidden_character("\ufdfd\ufe10") is None


def test_all_of_printable_ascii_is_seen() -> None:
    assert hidden_character("".join(map(chr, range(0x20, 0x7F)))) is None


def test_half_of_a_surrogate_pair_is_found() -> None:
    assert hidden_character("a\ud800b") == "\ud800"


@pytest.mark.parametrize("text", ["", "plain text", "Müller – “quoted” …", "東京 서울", "a\u0301"])
def test_visible_text_passes(text: str) -> None:
    assert hidden_character(text) is None


@pytest.mark.parametrize("mark", ["\u0334", "\u0336", "\u0338"])
def test_a_mark_that_strikes_a_letter_through_is_found(mark: str) -> None:
    assert hidden_character(f"a{mark}") == mark


@pytest.mark.parametrize("mark", ["\u0333", "\u0339"])
def test_a_mark_below_a_letter_is_seen(mark: str) -> None:
    assert hidden_character(f"a{mark}") is None


@pytest.mark.parametrize("blank", ["\u2800", "\U0001d159"])
def test_a_blank_that_is_a_symbol_is_found(blank: str) -> None:
    assert hidden_character(f"a{blank}b") == blank


@pytest.mark.parametrize("text", ["\u0301a", "a \u0301b", "a\u0301\u0302\u0303\u0304", "\u20dd"])
def test_a_mark_on_nothing_or_on_a_heap_of_marks_is_found(text: str) -> None:
    assert hidden_character(text) == next(c for c in reversed(text) if not c.isalpha())


def test_three_marks_on_a_letter_are_a_letter() -> None:
    assert hidden_character("é a\u0301\u0302\u0303 b\u0301") is None


@given(st.characters(categories=["C", "Zl", "Zp"]))
def test_every_control_format_and_unassigned_character_is_hidden(c: str) -> None:
    assert hidden_character(c) == c
    assert hidden_character(f"é{c}") == c


@given(st.characters(categories=["L", "Nd", "P"], exclude_characters="\u115f\u1160\u3164\uffa0"))
def test_letters_digits_and_punctuation_are_seen(c: str) -> None:
    assert hidden_character(c) is None, unicodedata.name(c, repr(c))


@pytest.mark.parametrize(
    "word",
    [
        "Jаpan",  # Cyrillic а
        "Kοrea",  # Greek ο
        "Kօrea",  # Armenian օ
        "Ꭻapan",  # Cherokee Ꭻ
        "Kⲟrea",  # Coptic ⲟ
        "ꓙapan",  # Lisu ꓙ
        "No㉑",
        "Ｊapan",
        "𝐉𝐚𝐩𝐚𝐧",
        "２０１６",
        "2٠16",
        "٢٠١٦",
        "Sᴏuth",  # a small capital
        "Newꜱ",
        "S𐐬uth",  # Deseret
        "S𐐄uth",
        "оλо",  # Cyrillic and Greek
        "Sഠuth",  # Malayalam
        "oﬃce",  # a ligature
        "ℛesumed",
        "Ⅸ",
        "Jɑpan",  # a letter of phonetics
        "Ⓐ",
        "🅐",
        "🄰",
        "⓫",
        "сору",  # Cyrillic throughout
        "ΤΟΚΥΟ",  # Greek throughout
    ],
)
def test_a_word_of_mixed_scripts_is_found(word: str) -> None:
    assert mixed_word(f"in {word} now") == word


@pytest.mark.parametrize(
    "text",
    [
        "Japan",
        "Zürich’s",
        "Москва and Athens",
        "日本 Japan",
        "naïve2016",
        "No㈠",
        "㊐ Japan",
        "1ª y 2º",
        "5 km² of CO₂",
        "a Tシャツ",
        "T字路",
        "Tの",
        "K팝",
        "Tㄅ",
    ],
)
def test_words_of_one_script_pass(text: str) -> None:
    assert mixed_word(text) is None


def test_numbers_in_ids_are_ordered_by_value() -> None:
    ids = ["p10s1", "p2s10", "p2s9", "p2s9-10", "p2s9-9", "a", ""]
    assert sorted(ids, key=lambda one: natural_key((one,))) == [
        "", "a", "p2s9", "p2s9-9", "p2s9-10", "p2s10", "p10s1",
    ]  # fmt: skip


def test_leading_zeros_do_not_make_a_number_larger() -> None:
    assert natural_key(("p007",)) < natural_key(("p8",)) < natural_key(("p0010",))


def test_the_first_part_of_a_key_counts_before_the_second() -> None:
    assert natural_key(("a", "z")) < natural_key(("a1", "a"))


@given(st.lists(st.text("ab01-", max_size=6), min_size=2, max_size=2, unique=True))
def test_different_ids_never_tie(ids: list[str]) -> None:
    first, second = (natural_key((one,)) for one in ids)
    assert (first < second) != (second < first)


def test_a_long_run_of_digits_has_a_place_in_the_order() -> None:
    assert natural_key(("9" * 5000,)) > natural_key(("9",))


@pytest.mark.parametrize(
    "text",
    [
        "сору",
        "он и она",
        "Токио (Tokyo)",
        "ο ΤΟΚΥΟ",
        "α in Tokyo",
        "Τόκιο and ΤΟΚΥΟ",
        "Сарай near Ufa",
        "Марс 2020",
    ],
)
def test_text_in_another_script_passes(text: str) -> None:
    """A word that passes for a Latin one is suspect only where all others are Latin."""
    assert mixed_word(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("South Korea and Korea", [(0, "South Korea"), (16, "Korea")]),
        ("Koreans, Korea_2, aKorea", []),
        ("aKorea", []),
        ("the U.S. Navy", [(4, "U.S.")]),
        ("KoreaKorea Korea", [(11, "Korea")]),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words_the_longest_first(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert list(Names(["Korea", "South Korea", "U.S."]).find(text)) == found


def test_names_are_found_inside_the_part_that_is_asked_for() -> None:
    text = "Japan, Japan, Japan"
    assert list(Names(["Japan"]).find(text, 7, 18)) == [(7, "Japan")]
    assert list(Names([]).find(text)) == []


@given(st.lists(st.text("ab .", min_size=1, max_size=4), max_size=6), st.text("ab .", max_size=20))
def test_names_are_those_that_a_pattern_of_all_finds(names: list[str], text: str) -> None:
    longest_first = sorted(set(names), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")
    assert list(Names(names).find(text)) == [(one.start(), one[0]) for one in pattern.finditer(text)]


def test_of_a_word_with_a_letter_or_number_in_a_ring_the_ring_is_named() -> None:
    """It is a symbol, and ends the word."""
    assert mixed_word("in No⓫ now") == "⓫"
    assert mixed_word("in JⒶpan now") == "Ⓐ"
    assert mixed_word("in ❶ now") == "❶"
    assert mixed_word("in ⓿ now") == "⓿"


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011", "\u2212"])
def test_a_hyphen_of_another_kind_is_named_with_its_letters(hyphen: str) -> None:
    assert mixed_word(f"a non{hyphen}stop flight") == f"n{hyphen}s"
    assert mixed_word(f"a 1{hyphen}2 win") is None


def test_a_number_among_latin_words_is_no_other_script() -> None:
    assert mixed_word("in сору 2016 now") == "сору"


def test_of_several_words_that_pass_for_others_the_first_is_named() -> None:
    assert mixed_word("in Е and Ѕ now") == "Е"
