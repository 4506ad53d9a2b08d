"""Word lists of the rules that read English: closed classes, so that they stay short.

Of another language's statements the rules that use them find nothing, and say nothing.
"""

from __future__ import annotations

import re

PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|themselves|he|him|his|himself|she|her|hers|herself|"
    r"this|these|those|such(?! as)|latter|aforementioned|we|our|ours|ourselves|you|your|yours|"
    r"(?-i:us|I|me|my))\b",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could|maybe|perhaps|possibly|probably|likely|expected|apparently|appears?|"
    r"seems?|seemingly|suggests?|reportedly|allegedly|according|presumably|supposedly|purportedly|"
    r"ostensibly|arguably|conceivably|potentially|unlikely)\b",
    re.I,
)
# "No. 2" is a number; what is done "without" something is done.
NEGATION = re.compile(
    r"\b(?:no(?![.] ?[0-9])|not|never|none|neither|nor|nobody|nothing|nowhere|cannot)\b|n['’]t\b", re.I
)
# A full stop ends no sentence behind an abbreviation: a capital alone, or one of these.
SENTENCE_BREAK = re.compile(
    r"\b(?:(?!etc)[a-z]{3,}|(?!Sept|Prof|Capt|Corp)[A-Z][a-z]{3,}|[0-9]{2,}|[A-Z]{2,})[.?!] (?=[A-Z])"
    r"|[;?!]"
)
FUTURE = re.compile(r"(?<!\bthe )(?<!\bfree )(?<!\bpolitical )(?<!\bown )\bwill (?!to\b)(?:not )?[a-z]+")
_AROUND_A_YEAR = """
    in since from until by of the early late mid at during before after between and to through on year
"""
AROUND_A_YEAR = frozenset(_AROUND_A_YEAR.split())
"""Words of a phrase for when that name no month or day."""
# A word or mark given twice, a space before a mark. "Had had" and "that that" are English, and so are
# the marks of "the U.S., Japan" and of an ellipsis.
# A word given twice is no slip in a name (Bora Bora).
SLIP = re.compile(
    r"\b(?!(?:had|that)\b)(\w+) (?=[a-z])(?i:\1)\b|,[.,]|(?<![.])[.]{2}(?![.])| [,.;:]|\( | \)"
)
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\\[nrtux\"']")
_UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b|\bto be (?:determined|done|added)\b", re.I
)
_PLACEHOLDERS = """
    unknown|not known|unspecified|not specified|not stated|undefined|missing|empty|blank|none|null|nil
    n/a|na|nan|not available|not applicable|not given|not mentioned|not provided|no description
    tba|tbc|n.a|n. a|placeholder|unnamed|untitled|see above|see below|ditto|test|asdf
"""
_STAND_INS = frozenset(
    word.strip() for line in _PLACEHOLDERS.split("\n") for word in line.split("|")
) - {""}


def is_placeholder(text: str) -> bool:
    """Whether a text is what people write where something is missing, or mean to fill in later."""
    said = text.casefold().replace("-", " ").replace("_", " ").strip(" .")
    return said in _STAND_INS or not any(c.isalnum() for c in text) or bool(_UNFINISHED.search(text))
