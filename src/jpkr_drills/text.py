"""Text: what no cell may hide, and the order that ids stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

# Scripts whose letters pass for Latin ones at a glance, by the first word of the Unicode name.
_LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
# Signs of phonetics that pass for a Latin letter or small capital.
_PHONETIC = frozenset("ɑɡɩɪɴʀʏʙɢʜʟ")
# Letters that are drawn as symbols.
_ENCLOSED = (
    "CIRCLED LATIN",
    "SQUARED LATIN",
    "PARENTHESIZED LATIN",
    "NEGATIVE CIRCLED",
    "NEGATIVE SQUARED",
    "DINGBAT",
)
# Hyphens and a minus that pass for the one on the keyboard.
_HYPHENS = re.compile("[A-Za-z][\u2010\u2011\u2212][A-Za-z]")
# Cyrillic and Greek letters that can't be told from a Latin one in print.
_TWINS = "АВЕЅІЈКМНОРСТХаеоѕісрхуԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
LATIN_OF_TWIN = str.maketrans(_TWINS, "ABESIJKMHOPCTXaeosicpxydqwhABEZHIKMNOPTYXo")
"""Each of them to the letter that it passes for."""
# Scripts that stand beside Latin letters in words of today: T-shirt is Tシャツ in Japan.
_BESIDE_LATIN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
_MARKS = 3
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"([0-9]+)")


def hidden_character(text: str) -> str | None:
    """The first character that can't be seen or has no agreed meaning, or ``None``.

    Those are control, format, surrogate, private-use and unassigned characters (Unicode categories
    C*), line and paragraph separators, every space but U+0020, fillers and variation selectors, and
    marks that combine with nothing or are stacked higher than any script needs.
    """
    if text.isascii():
        return next((c for c in text if not " " <= c <= "~"), None)
    marks = _MARKS  # of a text's start, as of a space, a mark has nothing to combine with
    for c in text:
        category = unicodedata.category(c)
        marks = marks + 1 if category in ("Mn", "Me") else _MARKS if c == " " else 0
        if marks > _MARKS or "\u0334" <= c <= "\u0338":  # one that strikes a letter through
            return c
        if (
            category[0] == "C"
            or (category[0] == "Z" and c != " ")
            or c in "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd\U0001d159"
            or "\ufe00" <= c <= "\ufe0f"
            or "\U000e0100" <= c <= "\U000e01ef"
        ):
            return c
    return None


def mixed_word(text: str) -> str | None:
    """The first word that passes for another, or ``None``.

    Such a word mixes scripts with look-alike letters, uses dressed-up letters or ligatures, or stands
    among words in Latin letters and has only letters that pass for Latin ones.
    """
    if text.isascii():
        return None
    if hyphen := _HYPHENS.search(text):
        return hyphen[0]
    if enclosed := next((c for c in text if unicodedata.name(c, "").startswith(_ENCLOSED)), None):
        return enclosed
    found = [word for word in _WORD.findall(text) if not word.isascii()]
    for word in found:
        scripts = _scripts(word)
        digits = {c for c in word if c.isdecimal() and not c.isascii()}
        phonetic = _PHONETIC.intersection(word) and any(c.isascii() for c in word)
        foreign = "LATIN" in scripts and _letters(word) - {"LATIN"} - _BESIDE_LATIN
        mixed = len(scripts & _LOOK_ALIKE) > 1 or foreign
        if mixed or any(map(_dressed, word)) or digits or phonetic:
            return str(word)
    scripts_of_words = [scripts for word in _WORD.findall(text) if (scripts := _scripts(word))]
    latin = sum(scripts == {"LATIN"} for scripts in scripts_of_words)
    twins = [word for word in found if LATIN_OF_TWIN.keys() >= set(map(ord, word))]
    if twins and latin and latin + len(twins) == len(scripts_of_words):
        return str(twins[0])
    return None


def _scripts(word: str) -> set[str]:
    """The scripts of a word's letters, by the first word of their Unicode names."""
    return {unicodedata.name(c, "?").split()[0] for c in word if not c.isdigit()}


def _letters(word: str) -> set[str]:
    """The scripts of a word's letters alone, without marks and signs."""
    return _scripts("".join(c for c in word if unicodedata.category(c) in ("Lu", "Ll", "Lo")))


def _dressed(c: str) -> bool:
    """Whether a letter or number is another one dressed up: full-width, mathematical, joined, ..."""
    if c.isascii() or c in _RAISED or unicodedata.category(c)[0] not in "LN":
        return False
    return unicodedata.normalize("NFKC", c).isascii() or "SMALL CAPITAL" in unicodedata.name(c, "")


_RAISED = frozenset("ªº²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""As in km² and CO₂."""


def flaw(text: str) -> tuple[str, str] | None:
    """The rule that a text breaks by what it hides or passes for, and how; ``None`` for a sound text."""
    if (hidden := hidden_character(text)) is not None:
        return "text-hidden-character", f"holds U+{ord(hidden):04X}, which can't be seen"
    if not unicodedata.is_normalized("NFC", text):
        return "text-not-nfc", "is not in Unicode normalization form C"
    if (word := mixed_word(text)) is not None:
        names = ", ".join(f"U+{ord(c):04X}" for c in word if not c.isascii())
        return "text-mixed-script", f"mixes scripts or dressed-up letters in one word ({names})"
    return None


class Names:
    """Names to be found in texts, as whole words, the longest where several start.

    However many names there are, a text is looked through once.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """Position and name of each that stands in ``text`` between ``start`` and ``end``."""
        end = len(text) if end is None else end
        at = start
        while at < end:
            name = None if _in_word(text, at - 1) else self._at(text, at, end)
            if name is None:
                at += 1
            else:
                yield at, name
                at += len(name)

    def _at(self, text: str, at: int, end: int) -> str | None:
        for length in self._lengths:
            stop = at + length
            if stop <= end and text[at:stop] in self._names and not _in_word(text, stop):
                return text[at:stop]
        return None


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def natural_key(cells: tuple[str, ...]) -> tuple[object, ...]:
    """A sort key that orders runs of ASCII digits by their value: ``p2s10`` comes after ``p2s9``."""
    return tuple(
        # every second part is one of digits, so like is compared with like
        tuple(_number_key(part) if at % 2 else part for at, part in enumerate(_DIGITS.split(cell)))
        for cell in cells
    )


def _number_key(digits: str) -> tuple[int, str]:
    """Orders digits by value, however many there are; equal values by their spelling."""
    value = digits.lstrip("0")
    return (len(value), f"{value} {digits}")
