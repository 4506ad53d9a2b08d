"""Text: what can't be seen in it, what passes for something else, and the order that ids stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_DIGITS = re.compile("[0-9]+")
_WORD = re.compile(r"[^\W\d_]+")
# What joins or directs the letters of some scripts: Persian, Hindi, Arabic and Hebrew need them.
_GREEK_LIKE_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ")  # others stand in words on purpose: NF-κB, TNFα
_OF_SCRIPTS = frozenset("\u200c\u200d\u200e\u200f\u061c")


PLACEHOLDERS = frozenset(
    ("unknown", "n/a", "na", "nan", "null", "none", "nil", "not stated", "not known", "tbd", "todo", "?", "-")
)
"""What people and programs write where a value is missing, in lower case."""


def is_blank(text: str) -> bool:
    """Whether there is nothing but white space, of any kind, and byte-order marks."""
    return not text.replace("\ufeff", "").strip()


def hidden_character(text: str) -> str | None:
    """The first character that can't be seen and that no script needs, or ``None``.

    Those are control, format, surrogate, private-use and unassigned characters (Unicode's categories
    C*), and line and paragraph separators.
    """
    if text.isascii() and text.isprintable():
        return None
    return next(
        (
            char
            for char in text
            if (unicodedata.category(char)[0] == "C" or char in "\u2028\u2029") and char not in _OF_SCRIPTS
        ),
        None,
    )


def mixed_word(text: str) -> str | None:
    """The first word that has Latin letters beside Cyrillic or Greek ones that look alike, or ``None``."""
    if text.isascii():
        return None
    for word in _WORD.findall(text):
        scripts = {unicodedata.name(char, "").partition(" ")[0] for char in word}
        if "LATIN" in scripts and ("CYRILLIC" in scripts or not _GREEK_LIKE_LATIN.isdisjoint(word)):
            return str(word)
    return None


def natural_key(cells: Iterable[str]) -> tuple[str, ...]:
    """A sort key that orders runs of ASCII digits by their value: ``p2s10`` comes after ``p2s9``."""
    return tuple(map(_natural, cells))


@lru_cache(maxsize=1000)  # links have the same id row after row
def _natural(cell: str) -> str:
    return _DIGITS.sub(_number, cell)


def _number(found: re.Match[str]) -> str:
    """Digits so that they stand by value, however many there are, and equal values by their spelling."""
    value = found[0].lstrip("0")
    return f"\0{chr(len(value))}{value}\0{found[0]}\0"


class Names:
    """Names to be found in texts as whole words, the longest where several start.

    However many names there are, a text is looked through once.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(set(names), key=len, reverse=True):
            self._by_word.setdefault(_first_word(name), []).append(name)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """Position and name of each that stands in ``text`` between ``start`` and ``end``."""
        stop = len(text) if end is None else end
        at = start
        if self._by_word.keys().isdisjoint(re.findall(r"\w+", text[start:stop])):
            return
        for word in re.finditer(r"\w+", text[start:stop]):
            place = start + word.start()
            if place < at:
                continue
            for name in self._by_word.get(word[0], ()):
                first = place - name.index(word[0])  # a name may start with a mark, as in 'Ndrangheta
                after = first + len(name)
                whole = after <= stop and not (_goes_on(text[after : after + 1]) or _is_mark(text[first - 1 : first]))
                if whole and first >= start and text.startswith(name, first):
                    yield first, name
                    at = after
                    break


def _is_mark(char: str) -> bool:
    """Whether it belongs to the letter before, as vowels of Hindi do."""
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"


def _goes_on(char: str) -> bool:
    return char.isalnum() or _is_mark(char)


def _first_word(name: str) -> str:
    found = re.search(r"\w+", name)
    return found[0] if found else name
