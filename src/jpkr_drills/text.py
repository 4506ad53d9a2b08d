"""Text: what no cell may hide, and the order that ids stand in."""

from __future__ import annotations

import re
import unicodedata

# Scripts whose letters pass for Latin ones at a glance, by the first word of the Unicode name.
_LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
# Letters and digits dressed up: full-width forms, mathematical alphabets, ...
_DRESSED = frozenset({"FULLWIDTH", "MATHEMATICAL", "CIRCLED", "PARENTHESIZED", "SQUARED", "NEGATIVE"})
# Ligatures of Latin letters: another spelling of the letters that they join.
_LIGATURES = re.compile("[\ufb00-\ufb06]")
# Cyrillic and Greek letters that can't be told from a Latin one in print.
_TWINS = frozenset("АВЕЅІЈКМНОРСТХаеоѕісрхуԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
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
        if marks > _MARKS:
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
    found = _WORD.findall(text)
    for word in found:
        if word.isascii():
            continue
        scripts = {unicodedata.name(c, "?").split()[0] for c in word if not c.isdigit()}
        digits = {c for c in word if c.isdigit() and not c.isascii()}
        if len(scripts & _LOOK_ALIKE) > 1 or scripts & _DRESSED or digits or _LIGATURES.search(word):
            return str(word)
    twins = [word for word in found if _TWINS.issuperset(word)]
    others = [word for word in found if not _TWINS.issuperset(word)]
    if twins and others and all(word.isascii() for word in others):
        return str(twins[0])
    return None


def natural_key(cells: tuple[str, ...]) -> tuple[object, ...]:
    """A sort key that orders runs of ASCII digits by their value: ``p2s10`` comes after ``p2s9``."""
    return tuple(
        tuple(_number_key(part) if part.isdecimal() else (0, 0, part) for part in _DIGITS.split(cell))
        for cell in cells
    )


def _number_key(digits: str) -> tuple[int, int, str]:
    """Orders digits by value, however many there are; equal values by their spelling."""
    value = digits.lstrip("0")
    return (1, len(value), f"{value} {digits}")
