"""English word lists: what they find in a statement, and what they let pass."""

from __future__ import annotations

import re

import pytest

from jpkr_drills.checks.meaning.english import (
    HEDGE,
    MONTHS,
    NEGATION,
    PRONOUN,
    SENTENCE_BREAK,
    SLIP,
    is_placeholder,
)


@pytest.mark.parametrize(
    "words", ["its ships", "Such drills", "told us", "and I said", "theirs.", "we agree", "themselves."]
)
def test_a_pronoun_is_found(words: str) -> None:
    assert PRONOUN.search(words)


@pytest.mark.parametrize(
    "words", ["the US Navy", "areas such as trade", "Appendix II", "Itsuki", "Ming Hisao"]
)
def test_what_only_looks_like_a_pronoun_passes(words: str) -> None:
    assert not PRONOUN.search(words)


@pytest.mark.parametrize("words", ["is not held", "No drills", "none came", "cannot", "didn't", "isn’t"])
def test_a_negation_is_found(words: str) -> None:
    assert NEGATION.search(words)


@pytest.mark.parametrize("words", ["No. 2 squadron", "without consent", "noted", "North Korea", "knot"])
def test_what_denies_nothing_passes(words: str) -> None:
    assert not NEGATION.search(words)


@pytest.mark.parametrize(
    ("number", "names"),
    [(3, {"mar", "march"}), (5, {"may"}), (6, {"jun", "june"}), (9, {"sep", "sept", "september"})],
)
def test_a_month_has_its_name_and_its_abbreviation(number: int, names: set[str]) -> None:
    assert {name for name, at in MONTHS.items() if at == number} == names


@pytest.mark.parametrize("words", ["may come", "could come", "it appears", "reportedly", "According to"])
def test_a_hedge_is_found(words: str) -> None:
    assert HEDGE.search(words)


@pytest.mark.parametrize("words", ["in May 2024", "disappears", "the expectedness", "mighty"])
def test_what_only_looks_like_a_hedge_passes(words: str) -> None:
    assert not HEDGE.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "One came. Two came.",
        "One met Japan. Two came.",
        "In 2016. Two came.",
        "The EU. Two came.",
        "One came; two came.",
        "Who came?",
        "Come!",
    ],
)
def test_a_second_sentence_is_found(words: str) -> None:
    assert SENTENCE_BREAK.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "The U.S. Navy came.",
        "Adm. Ito came.",
        "Guns etc. came.",
        "Prof. Ito came in Sept. 2016.",
        "3.5 million.",
    ],
)
def test_an_abbreviation_breaks_no_sentence(words: str) -> None:
    assert not SENTENCE_BREAK.search(words)


@pytest.mark.parametrize(
    "words",
    ["met met", "The the", "One,, two", "One,. two", "One.. two", "done..", "One , two", "( one"],
)
def test_a_slip_is_found(words: str) -> None:
    assert SLIP.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "had had",
        "that that",
        "the U.S., Japan",
        "ships etc., came",
        "well... so",
        "end....",
        "met the them",
    ],
)
def test_what_only_looks_like_a_slip_passes(words: str) -> None:
    assert not SLIP.search(words)


@pytest.mark.parametrize(
    "text",
    [
        "unknown",
        "N/A",
        "Not stated.",
        "not_known",
        "see-below",
        "TBD",
        "TODO: write",
        "...",
        "–",
        "Lorem ipsum.",
    ],
)
def test_what_stands_in_for_something_missing_is_found(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["The unknown soldier.", "Test flight", "Todos Santos", "7"])
def test_what_is_said_stands_in_for_nothing(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (NEGATION, "The no-fly zone ended."),
        (NEGATION, "Not only Alba but also Bert signed."),
        (PRONOUN, "World War I ended."),
        (PRONOUN, "Phase I of the works ended."),
        (HEDGE, "The military might of Alba grew."),
        (SENTENCE_BREAK, "Brig. Gen. Bert met Cmdr. Cora of Warner Bros. Discovery."),
    ],
)
def test_words_that_are_part_of_a_name_or_mean_something_else_pass(
    pattern: re.Pattern[str], words: str
) -> None:
    assert not pattern.search(words)


@pytest.mark.parametrize("text", ["Two lanes are to be added to the bridge.", "Super Bowl XXX"])
def test_what_will_be_done_stands_in_for_nothing(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["To be added.", "XXX"])
def test_what_is_still_to_do_stands_in_for_something(text: str) -> None:
    assert is_placeholder(text)
