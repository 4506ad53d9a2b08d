"""Article: the text file that a package codes, what in it will trouble a coder, and its sentences."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from jpkr_drills.frames import need
from jpkr_drills.package.files import article_to_read
from jpkr_drills.text import hidden_character, is_blank

EXTRA = "new"
"""The extra that brings the sentence rules and the language models."""


class Sentence(NamedTuple):
    """Where a sentence stands: paragraph (0 is the headline) and number in it, start and end."""

    paragraph: int
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """The bytes of an article's file and the text that they are."""

    name: str
    content: bytes
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def wrapped(self) -> bool:
        """Whether a paragraph runs over several lines: then blank lines set paragraphs apart."""
        lines = [line.strip() for line in self.text.splitlines()]
        return "" in lines[1:-1] and any(
            before and after and before[-1].isalnum() and after[0].islower() for before, after in pairwise(lines)
        )

    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each paragraph: a line, or the lines up to a blank one where they are wrapped."""
        found: list[tuple[int, int]] = []
        for line in re.finditer(r"[^\r\n]+", self.text):
            if is_blank(line[0]):
                continue
            if self.wrapped and found and self.text.count("\n", found[-1][1], line.start()) == 1:
                found[-1] = (found[-1][0], line.end())
            else:
                found.append(line.span())
        return found

    def troubles(self) -> Iterator[str]:
        """What in the file will trouble a coder or a reader later, a sentence each."""
        if self.text.startswith("\ufeff"):
            yield "it starts with a byte-order mark, which counts as a character and which editors drop"
        if "\r" in self.text:
            yield "its lines end with CR LF, which editors and Git change: every position then moves"
        if not unicodedata.is_normalized("NFC", self.text):
            yield "it isn't in Unicode normalization form C: letters and their accents are several characters"
        odd = (char for char in self.text[1:] if char not in " \r\n\t" and (char.isspace() or hidden_character(char)))
        for char, count in Counter(odd).items():
            name = unicodedata.name(char, "a control character").lower()
            yield f"it has U+{ord(char):04X} ({name}) {count}×, which looks like a plain space or like nothing"
        if self.wrapped:
            yield "its paragraphs run over several lines: a name broken over two lines can't be a mention"

    def language(self) -> str:
        """The language that the text is most likely in, as ISO 639-1 has it. Needs the extra ``new``."""
        return str(need("py3langid", EXTRA).classify(self.text)[0])

    def sentences(self, language: str) -> list[Sentence]:
        """The sentences in order; ``language`` is a tag of BCP 47. Needs the extra ``new``.

        The first paragraph is the headline where it is short. A sentence inside a quotation is one of
        its own; a closing quotation mark belongs to the sentence before it.
        """
        rules = sentence_rules(language)
        found: list[Sentence] = []
        first = 0
        for at, (start, end) in enumerate(self.paragraphs()):
            spans = list(_sentences(self.text, start, end, rules))
            if at == 0 and (end - start > 200 or len(spans) > 2):
                first = 1  # it is too long for a headline
            found += [Sentence(at + first, number, *span) for number, span in enumerate(spans, 1)]
        return found


def read(path: str | os.PathLike[str]) -> Article:
    """The article in the file at ``path``.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is empty, or isn't text in UTF-8.
    """
    place = article_to_read(path)
    content = place.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path} is not text in UTF-8: byte {error.start + 1} can't be read; save it as UTF-8 text"
        raise ValueError(message) from error
    if control := re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text):
        raise ValueError(f"{path} is not text: it holds the control character U+{ord(control[0]):04X}")
    if is_blank(text):
        raise ValueError(f"{path} is empty")
    return Article(place.name, content, text)


# --- sentences -------------------------------------------------------------------------------------


def sentence_rules(language: str) -> str:
    """The language whose sentence rules are used for ``language``: its own, else English."""
    known: list[str] = need("yasbd", EXTRA).get_supported_langs()
    own = language.casefold().split("-")[0]
    return own if own in known else "en"


# A closing quotation mark that was cut off from its sentence.
_CLOSING = re.compile(r"""[”»」』’"']+|\s[»”](?=\s|$)""")
_QUOTED_STOP = re.compile(r"""[.。…]["”»“」』]\s*$""")


def _sentences(text: str, start: int, end: int, rules: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a paragraph."""
    paragraph = re.sub(r"\s", " ", text[start:end])
    library = need("yasbd", EXTRA)
    inside, outside = (
        list(library.BoundaryDetector(lang=rules, preserve_quote_and_paren=whole).detect(paragraph))
        for whole in (False, True)
    )
    # A full stop inside a closing quotation mark ends a sentence; another mark may go on ("Why?" he asked).
    ends = {_behind_quotes(paragraph, at) for at in inside}
    ends |= {at for at in outside if _QUOTED_STOP.search(paragraph[:at])}
    before = 0
    for at in sorted({*ends, len(paragraph)}):
        if at < len(paragraph) and paragraph[at - 1] in "”»」』“\"'’" and paragraph[at].isalnum():
            continue  # the sentence goes on right behind the quotation
        span = paragraph[before:at]
        if not is_blank(span):
            left = len(span) - len(span.lstrip(" \ufeff"))
            yield start + before + left, start + before + len(span.rstrip())
        before = at


def _behind_quotes(paragraph: str, at: int) -> int:
    found = _CLOSING.match(paragraph, at)
    return found.end() if found and at else at
