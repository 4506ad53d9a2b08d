"""Rules about wording: what a statement, and a text of our own, may not say."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, rule
from jpkr_drills.checks.meaning.english import HEDGE, NEGATION, PLACEHOLDERS, PRONOUN, SENTENCE_BREAK


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
        elif claim.statement.count(" ") < 2:
            yield Found(claim, "statement", "is too short for a sentence")


@rule("polarity-fits-statement")
def _polarity_fits_statement(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        word = NEGATION.search(claim.statement)
        if word and claim.polarity == "positive":
            yield Found(claim, "polarity", f"is positive, and the statement has {word[0]!r}")
        elif not word and claim.polarity == "negative":
            yield Found(claim, "polarity", "is negative, and the statement denies nothing")


# A surface is the article's word, whatever it is, and there are codes for what is missing.
_EXEMPT = frozenset({("mentions", "surface"), ("codes", "code"), ("codes", "title")})


@rule("missing-is-empty")
def _missing_is_empty(coding: Coding) -> Iterator[Found]:
    exempt = _EXEMPT | {(column.table, column.column) for column in m.codelists().values()}
    for kind in m.RECORDS:
        texts = {name for name in kind.model_fields if (kind.TABLE.name, name) not in exempt}
        for record in coding.of(kind):
            for name, value in record:
                if name in texts and isinstance(value, str) and _is_placeholder(value):
                    yield Found(record, name, "stands in for something missing")


def _is_placeholder(text: str) -> bool:
    return text.casefold().replace("-", " ").removesuffix(".").strip() in PLACEHOLDERS
