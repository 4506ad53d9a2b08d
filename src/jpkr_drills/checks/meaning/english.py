"""Word lists of the rules that read English: closed classes, so that they stay short.

Of another language's statements the rules that use them find nothing, and say nothing.
"""

from __future__ import annotations

import re

PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|themselves|he|him|his|himself|she|her|hers|herself|"
    r"this|these|those|such(?! as)|latter|aforementioned|we|our|ours|ourselves|you|your|yours|"
    r"(?-i:us|(?<!War )(?<!Phase )(?<!Part )(?<!Act )I(?! War\b)|me|my))\b",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:(?-i:may)|(?<!military )might|could|maybe|perhaps|possibly|probably|likely|expected|"
    r"apparently|appears?|seems?|seemingly|suggests?|reportedly|allegedly|according|presumably|supposedly|purportedly|"
    r"ostensibly|arguably|conceivably|potentially|unlikely)\b",
    re.I,
)
# "No. 2" is a number, "not only" affirms, "no-fly" is part of a name; what is done "without" something
# is done.
NEGATION = re.compile(
    r"\b(?:no(?!-|[.] ?[0-9])|not(?! only\b)|never|none|neither|nor|nobody|nothing|nowhere|cannot)\b"
    r"|n['’]t\b",
    re.I,
)
# A full stop ends no sentence behind an abbreviation: a capital alone, or one of these.
SENTENCE_BREAK = re.compile(
    r"\b(?:(?!etc)[a-z]{3,}|(?!Sept|Prof|Capt|Corp|Brig|Cmdr|Bros)[A-Z][a-z]{3,}|[0-9]{2,}|[A-Z]{2,})"
    r"[.?!] (?=[A-Z])|[;?!]"
)
FUTURE = re.compile(r"(?<!\bthe )(?<!\bfree )(?<!\bpolitical )(?<!\bown )\bwill (?!to\b)(?:not )?[a-z]+")
_AROUND_A_YEAR = """
    in since from until by of the early late mid at during before after between and to through on year
"""
AROUND_A_YEAR = frozenset(_AROUND_A_YEAR.split())
"""Words of a phrase for when that name no month or day."""
_MONTHS = """
    january february march april may june july august september october november december
"""
MONTHS = {name[:end]: at for at, name in enumerate(_MONTHS.split(), 1) for end in (3, len(name))} | {
    "sept": 9
}
"""Names of months, whole and shortened, to their numbers."""
_PARTS_OF_A_YEAR = """
    quarter half christmas easter thanksgiving halloween ramadan hanukkah diwali eve day
"""
PARTS_OF_A_YEAR = frozenset(_PARTS_OF_A_YEAR.split())
"""Words of a phrase that give a month, or a day, without its name."""
_DOUBT = """
    about around circa c ca roughly approximately perhaps maybe probably possibly likely unlikely nearly
    almost some or so early mid late reportedly believed estimated thought
"""
DOUBT = frozenset(_DOUBT.split())
"""Words of a phrase that doubt its date, or give it roughly."""
# A word or mark given twice, a space before a mark. "Had had" and "that that" are English, and so are
# the marks of "the U.S., Japan" and of an ellipsis.
# A word given twice is no slip in a name (Bora Bora).
SLIP = re.compile(
    r"\b(?!(?:had|that)\b)(\w+) (?=[a-z])(?i:\1)\b|,[.,]|(?<![.])[.]{2}(?![.])| [,.;:]|\( | \)"
)
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|-->|\\[nrtux\"']")
_UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|TBD)\b|\blorem ipsum\b|^to be (?:determined|done|added)\b", re.I
)
_PLACEHOLDERS = """
    unknown|not known|unspecified|not specified|not stated|undefined|missing|empty|blank|none|null|nil
    n/a|na|nan|not available|not applicable|not given|not mentioned|not provided|no description
    tba|tbc|xxx|n.a|n. a|placeholder|unnamed|untitled|see above|see below|ditto|test|asdf
"""
_STAND_INS = frozenset(
    word.strip() for line in _PLACEHOLDERS.split("\n") for word in line.split("|")
) - {""}


def is_placeholder(text: str) -> bool:
    """Whether a text is what people write where something is missing, or mean to fill in later."""
    said = text.casefold().replace("-", " ").replace("_", " ").strip(" .")
    return said in _STAND_INS or not any(c.isalnum() for c in text) or bool(_UNFINISHED.search(text))
