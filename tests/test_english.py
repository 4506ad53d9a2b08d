"""English word lists: what they find in a statement, and what they let pass."""

from __future__ import annotations

import pytest

from jpkr_drills.checks.meaning.english import HEDGE, NEGATION, PLACEHOLDERS, PRONOUN, SENTENCE_BREAK


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


def test_placeholders_are_lower_case_and_trimmed() -> None:
    assert {"unknown", "n/a", "not stated"} <= PLACEHOLDERS
    assert all(word and word == word.casefold().strip() for word in PLACEHOLDERS)
