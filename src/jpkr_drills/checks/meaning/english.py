"""Word lists of the rules that read English: closed classes, so that they stay short.

Of another language's statements the rules that use them find nothing, and say nothing.
"""

from __future__ import annotations

import re

PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|themselves|he|him|his|himself|she|her|hers|herself|"
    r"this|these|those|such(?! as)|we|our|ours|ourselves|you|your|yours|(?-i:us|I|me|my))\b",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could|maybe|perhaps|possibly|probably|likely|expected|apparently|appears?|"
    r"seems?|seemingly|suggests?|reportedly|allegedly|according)\b",
    re.I,
)
# "No. 2" is a number; what is done "without" something is done.
NEGATION = re.compile(
    r"\b(?:no(?![.] ?[0-9])|not|never|none|neither|nor|nobody|nothing|nowhere|cannot)\b|n['’]t\b", re.I
)
SENTENCE_BREAK = re.compile(r"\b(?!etc)[a-z]{3,}[.?!] |[;?!]")
_PLACEHOLDERS = """
    unknown|not known|unspecified|not specified|not stated|undefined|missing|empty|blank|none|null|nil
    n/a|na|nan|not available|not applicable|tbd|tba|tbc|todo|fixme|placeholder|lorem ipsum|xxx|…|?|–|—
"""
PLACEHOLDERS = frozenset(
    word.strip() for line in _PLACEHOLDERS.split("\n") for word in line.split("|")
) - {""}
"""What people write into a cell that should be empty, or mean to fill later."""
