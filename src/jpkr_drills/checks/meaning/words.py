"""Advice on wording: what a text of our own rarely should hold.

A list of words can't tell a name from a pronoun: these rules are few, look for what is nearly always
a slip, and those that read English run only on articles in English.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from jpkr_drills.checks.meaning.coding import Coding, Found, advice
from jpkr_drills.model import records as m
from jpkr_drills.text import PLACEHOLDERS, hidden_character, mixed_word

_PRONOUN = re.compile(r"(?:He|She|They|We|I|You|His|Her|Their|Our|Your|My) [a-z]")
_HEDGE = re.compile(
    r"\b(?:perhaps|maybe|possibly|probably|presumably|reportedly|allegedly|supposedly)\b|\baccording to (?=the |an? |[A-Z])"
)
_DENIAL = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|should) not\b")
_TO_COME = re.compile(r"\bwill (?:be|not|have|also)\b")
_MORE_SENTENCES = re.compile(r";|[?] (?=[A-Z])")
_TWICE = re.compile(r"\b(a|an|and|for|of|the|to|with) \1\b")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|-->")


@advice("name what the pronoun stands for")
def statement_stands_alone(coding: Coding) -> Iterator[Found]:
    """A statement doesn't start with a pronoun: it reads without its neighbours."""
    for claim in coding.statements:
        if found := _PRONOUN.match(claim.statement):
            yield Found(claim, "statement", f"starts with the pronoun {found[0][:-2]!r}")


@advice("state the proposition itself: certainty, voice and speakers have their own columns")
def statement_without_hedge(coding: Coding) -> Iterator[Found]:
    """A statement has no hedge and no source."""
    for claim in coding.statements:
        if found := _HEDGE.search(claim.statement):
            yield Found(claim, "statement", f"has {found[0].strip()!r}")


@advice("split the claim, or write the statement as one plain sentence with a full stop")
def statement_is_one_sentence(coding: Coding) -> Iterator[Found]:
    """A statement is one plain sentence."""
    for claim in coding.statements:
        if found := _MORE_SENTENCES.search(claim.statement):
            yield Found(claim, "statement", f"breaks at {found[0].strip()!r}")
        elif not claim.statement.endswith((".", ".”", '."', ".’")):
            yield Found(claim, "statement", "doesn't end with a full stop")


@advice("fix polarity: a claim that denies is negative")
def polarity_fits_statement(coding: Coding) -> Iterator[Found]:
    """A positive claim doesn't deny by *is not*, *did not* and the like."""
    for claim in coding.statements:
        if claim.polarity == "positive" and (found := _DENIAL.search(claim.statement)):
            yield Found(claim, "polarity", f"is positive, and the statement has {found[0]!r}")


@advice("set claim_type to plan, or fix the statement")
def will_is_to_come(coding: Coding) -> Iterator[Found]:
    """A statement of what *will be* is neither event nor state."""
    for claim in coding.statements:
        if claim.claim_type in ("event", "state") and (found := _TO_COME.search(claim.statement)):
            yield Found(claim, "claim_type", f"is {claim.claim_type}, and the statement has {found[0]!r}")


def texts(coding: Coding, *, own: bool = False) -> Iterator[tuple[m.Record, str, str]]:
    """Record, column and text of every cell of words, names included if they needn't be our ``own``."""
    for kind in m.RECORDS[:-1]:  # the last are codes, which are generated
        names = [
            name
            for name, column in m.columns(kind.TABLE.name).items()
            if name in ("name", "title", "description", "statement", "note") and not (own and column.article_words)
        ]
        for record in coding.of(kind) if names else ():
            for name in names:
                if text := getattr(record, name):
                    yield record, name, text


@advice("remove one of the words")
def text_typography(coding: Coding) -> Iterator[Found]:
    """No statement has an article or preposition twice in a row."""
    for claim in coding.statements:
        if found := _TWICE.search(claim.statement):
            yield Found(claim, "statement", f"has {found[0]!r}")


@advice("type the text again, without markup")
def text_damaged(coding: Coding) -> Iterator[Found]:
    """No text of our own holds markup, or UTF-8 read as Windows-1252."""
    for record, name, text in texts(coding):
        if not text.isascii() and _misread(text):
            yield Found(record, name, "was UTF-8 that somebody read as Windows-1252")
        elif "&" in text and html.unescape(text) != text:
            yield Found(record, name, "has an entity of HTML")
        elif "<" in text and (tag := _MARKUP.search(text)):
            yield Found(record, name, f"has {tag[0]}")


def _misread(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


@advice("remove the character, or type the word again in one script")
def text_hidden_character(coding: Coding) -> Iterator[Found]:
    """No text of our own holds a character that can't be seen, or letters of scripts that look alike."""
    for record, name, text in texts(coding, own=True):
        if (hidden := hidden_character(text)) is not None:
            yield Found(record, name, f"holds U+{ord(hidden):04X}, which can't be seen")
        elif word := mixed_word(text):
            codes = ", ".join(f"U+{ord(char):04X}" for char in word if not char.isascii())
            yield Found(record, name, f"mixes scripts in one word ({codes})")


@advice("empty the cell, or fill it")
def missing_is_empty(coding: Coding) -> Iterator[Found]:
    """No text of our own is a word that stands in for a missing value."""
    for record, name, text in texts(coding, own=True):
        if text.casefold().strip(" .") in PLACEHOLDERS:
            yield Found(record, name, "stands in for something missing")
