"""Rules about wording: what a statement, and a text of our own, may not say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, gist, rule
from jpkr_drills.checks.meaning.english import (
    FUTURE,
    HEDGE,
    MARKUP,
    NEGATION,
    PRONOUN,
    SENTENCE_BREAK,
    SLIP,
    is_placeholder,
)
from jpkr_drills.schemas import record_schema

_WORD = re.compile(r"\w+")
_FEWEST = 3
"""Words that a sentence has at least."""


@rule("statement-stands-alone")
def _statement_stands_alone(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if word := PRONOUN.search(claim.statement):
            yield Found(claim, "statement", f"has the pronoun {word[0]!r}; name what it stands for")


@rule("statement-without-hedge")
def _statement_without_hedge(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if word := HEDGE.search(claim.statement):
            message = f"has {word[0]!r}; hedges and sources have their own columns"
            yield Found(claim, "statement", message)


@rule("statement-is-one-sentence")
def _statement_is_one_sentence(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if mark := SENTENCE_BREAK.search(claim.statement):
            yield Found(claim, "statement", f"is more than one plain sentence: it breaks at {mark[0]!r}")


@rule("will-is-to-come")
def _will_is_to_come(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if claim.claim_type in ("event", "state") and (word := FUTURE.search(claim.statement)):
            message = f"is {claim.claim_type}, and the statement says {word[0]!r}"
            yield Found(claim, "claim_type", message)


@rule("polarity-fits-statement")
def _polarity_fits_statement(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        word = NEGATION.search(claim.statement)
        if word and claim.polarity == "positive":
            yield Found(claim, "polarity", f"is positive, and the statement has {word[0]!r}")
        elif not word and claim.polarity == "negative":
            yield Found(claim, "polarity", "is negative, and the statement denies nothing")


def _texts(coding: Coding, *patterns: str) -> Iterator[tuple[m.Record, str, str]]:
    """Record, column and text of every cell of our own words that has one of these forms.

    Of a mention's surface the words are the article's, and not ours.
    """
    for kind in m.RECORDS:
        names = [name for name, pattern in _forms(kind) if pattern in patterns and name != "surface"]
        for record in coding.of(kind) if names else ():
            for name in names:
                if text := getattr(record, name):
                    yield record, name, text


def _forms(kind: type[m.Record]) -> Iterator[tuple[str, str | None]]:
    """Every column of a table, and its pattern."""
    for name, said in record_schema(kind.TABLE.name)["properties"].items():
        yield name, said.get("pattern") or said.get("anyOf", [{}])[0].get("pattern")


@rule("sentence-has-words")
def _sentence_has_words(coding: Coding) -> Iterator[Found]:
    for record, name, text in _texts(coding, m.SENTENCE):
        words = _WORD.findall(text)
        if is_placeholder(text):
            continue  # that says more
        if len(words) < _FEWEST or text.isupper():
            yield Found(record, name, "is no sentence: it has too few words, or capitals alone")
        elif text[0].islower() and not text[1].isupper():  # as in iPhone
            yield Found(record, name, "starts with a small letter")


@rule("text-typography")
def _text_typography(coding: Coding) -> Iterator[Found]:
    for record, name, text in _texts(coding, m.SENTENCE, m.TEXT):
        if is_placeholder(text):
            continue
        if slip := SLIP.search(text):
            yield Found(record, name, f"has {slip[0]!r}")
        elif any(text.count(one) != text.count(other) for one, other in ("()", "[]", "“”")):
            yield Found(record, name, "has a bracket or quote without its counterpart")


@rule("text-damaged")
def _text_damaged(coding: Coding) -> Iterator[Found]:
    for record, name, text in _texts(coding, m.SENTENCE, m.TEXT):
        if _misread(text):
            yield Found(record, name, "was UTF-8 that somebody read as Windows-1252")
        elif html.unescape(text) != text:
            yield Found(record, name, "has an entity of HTML, which is markup and no text")
        elif tag := MARKUP.search(text):
            yield Found(record, name, f"has {tag[0]}, which is markup and no text")


def _misread(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


@rule("missing-is-empty")
def _missing_is_empty(coding: Coding) -> Iterator[Found]:
    for record, name, text in _texts(coding, m.SENTENCE, m.TEXT, m.SLUG):
        if isinstance(record, m.CodeEntry) and gist(text) == gist(record.code.replace("_", " ")):
            continue  # there are codes for what is missing
        if is_placeholder(text):
            yield Found(record, name, "stands in for something missing")
