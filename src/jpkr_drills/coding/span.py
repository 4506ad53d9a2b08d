"""Span: where words of an article stand, so that nobody counts characters.

In the coding form of ``segments``, ``claims`` and ``mentions`` the columns ``words`` and ``nth`` take the
place of the positions: the words as the article has them, and which occurrence in the sentence, where they
occur several times. ``unfill`` brings a table into that form, ``fill`` back into its own.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from jpkr_drills import jsonfile
from jpkr_drills.build import writing
from jpkr_drills.coding import sheet
from jpkr_drills.coding.article import Article, Sentence
from jpkr_drills.coding.sheet import BadSheet, Row
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import coded_source
from jpkr_drills.package.files import DESCRIPTOR
from jpkr_drills.text import is_blank

POSITIONS = {
    "segments": ("start", "end", "sha256"),
    "claims": ("start", "end", "sha256"),
    "mentions": ("start", "end", "surface"),
}
"""Table to the columns that ``words`` and ``nth`` stand for while it is coded."""
WORDS, NTH = "words", "nth"

Span = tuple[int, int]


# --- words -----------------------------------------------------------------------------------------

# Signs that a keyboard has, and those that an article may have in their place.
_TYPED = {"'": "'‘’ʼ", '"': '"“”„«»', "-": "-‐‑–—"}
_UNSEEN = "[\u00ad\u200b\u2060]*"


def pattern(words: str) -> re.Pattern[str]:
    """What finds ``words`` in an article, however it writes spaces, quotes, hyphens and accents."""

    def either(char: str) -> str:
        forms = {unicodedata.normalize("NFD", char), *_TYPED.get(char, char)}
        return "|".join(map(re.escape, sorted(forms)))

    composed = re.sub(_UNSEEN, "", unicodedata.normalize("NFC", words))
    typed = (r"\s+" if char == " " else f"(?:{either(char)})" for char in " ".join(composed.split()))
    return re.compile(_UNSEEN.join(typed))


def find(text: str, words: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Each place between ``start`` and ``end`` where ``words`` stand; inside longer words only where
    they stand nowhere else.

    >>> find("Air Japan left Japan, Japanese media say.", "Japan")
    [(4, 9), (15, 20)]
    >>> find("Es sagte „Nein“ der Rat", '"Nein"')
    [(9, 15)]
    """
    if not words.strip():
        return []
    stop = len(text) if end is None else end
    wanted = pattern(words)
    found: list[Span] = []
    at = start
    while hit := wanted.search(text, at, stop):
        found.append(hit.span())
        at = hit.start() + 1
    cut = {at for span in found for at in span if _in_word(text[at - 1 : at]) and _in_word(text[at : at + 1])}
    return [span for span in found if cut.isdisjoint(span)] or found


def _in_word(char: str) -> bool:
    # Letters of scripts that attach particles to words, such as Korean and Arabic, are no edge.
    return bool(char) and unicodedata.category(char) in ("Lu", "Ll", "Lt", "Nd")


# --- tables ----------------------------------------------------------------------------------------


def fill(path: str | os.PathLike[str], tables: Collection[str], article: Article) -> list[str]:
    """Fill the positions of ``tables`` from their words, and take the columns of the coding form out.

    A row without words keeps the position that it has. Segments are numbered anew, mentions without an
    id get one. Returns the paths that were written.

    Raises:
        BadSheet: words that stand nowhere, or several times without ``nth``; then nothing is written.
        FileNotFoundError: there is no package at ``path``.
        ValueError: an article that the descriptor doesn't name.
    """
    root = _root(path, article)
    filled: dict[str, list[Row]] = {}
    problems: list[str] = []
    for table in [name for name in POSITIONS if name in tables]:  # the others stand in segments, the first
        try:
            header, rows = sheet.read(root, table)
            if unknown := [name for name in header if name not in {*columns(table), WORDS, NTH}]:
                raise BadSheet([f"{_path(table)}:1: there is no column {', '.join(unknown)}"])
            if (needed := "paragraph" if table == "segments" else "segment_id") not in header:
                raise BadSheet([f"{_path(table)}:1: lacks the column {needed}"])
            if table != "segments":
                filled[table] = _filled(table, rows, _spans(root, filled.get("segments", ())), article)
            elif WORDS in header:
                filled[table] = _segments(rows, article)
        except BadSheet as error:
            problems += error.problems
    if problems:
        raise BadSheet(problems)
    return writing.replace(
        root, {_path(table): sheet.content(table, list(columns(table)), rows) for table, rows in filled.items()}
    )


def unfill(path: str | os.PathLike[str], tables: Iterable[str], article: Article) -> list[str]:
    """Bring ``tables`` into the coding form, for a coder to fill or change. Raises like ``fill``."""
    root = _root(path, article)
    contents: dict[str, bytes] = {}
    for table in tables:
        header, rows = sheet.read(root, table)
        if WORDS in header:
            continue
        segments = _spans(root)
        for row in rows:
            try:
                row.update(_words(row, segments, article.text) if row.get("start") else {})
            except (KeyError, ValueError) as error:
                raise BadSheet([f"{_path(table)}: has a row without whole numbers as start and end"]) from error
        scratch = [WORDS] if table == "segments" else [WORDS, NTH]
        names = [name for name in columns(table) if name == "start" or name not in POSITIONS[table]]
        at = names.index("start")
        contents[_path(table)] = sheet.content(table, [*names[:at], *scratch, *names[at + 1 :]], rows)
    return writing.replace(root, contents)


def sentences(path: str | os.PathLike[str], article: Article) -> dict[str, Span]:
    """Segment id to start and end, of the package at ``path``. Raises like ``fill``."""
    return _spans(_root(path, article))


def _root(path: str | os.PathLike[str], article: Article) -> Path:
    """The package's folder, if its descriptor names ``article``."""
    root = Path(path)
    if not (root / DESCRIPTOR).is_file():
        raise FileNotFoundError(f"there is no {DESCRIPTOR} in {path}: give the package's folder with --path")
    descriptor = jsonfile.parse((root / DESCRIPTOR).read_bytes())
    source = coded_source(descriptor if isinstance(descriptor, dict) else None)
    if source.get("sha256") != article.sha256:
        how = "`jpkr-drills validate --article` says how it differs"
        raise ValueError(f"{article.name} is not the article that {DESCRIPTOR} names; {how}")
    return root


def _path(table: str) -> str:
    return TABLES[table].TABLE.path


def _spans(root: Path, segments: Sequence[Row] = ()) -> dict[str, Span]:
    """Segment id to start and end, of the rows given or else those of the package."""
    if not segments:
        header, segments = sheet.read(root, "segments")
        if WORDS in header:
            raise BadSheet([f"{_path('segments')}:1: is in its coding form: run `jpkr-drills span --segments` first"])
    try:
        return {row["segment_id"]: (int(row["start"]), int(row["end"])) for row in segments}
    except (KeyError, ValueError) as error:
        raise BadSheet([f"{_path('segments')}: has a row without segment_id, start or end"]) from error


def _segments(rows: Iterable[Row], article: Article) -> list[Row]:
    """The rows of segments for sentences that are given by their words, in the order of the text."""
    found: list[Row] = []
    at, paragraph, number = 0, "", 0
    for line, row in enumerate(rows, 2):
        place, words = f"{_path('segments')}:{line}", row[WORDS]
        hit = pattern(words).search(article.text, at) if words else None
        if hit is None:
            raise BadSheet([f"{place}: the words don't stand in the article behind the sentence before: {words}"])
        if not is_blank(skipped := article.text[at : hit.start()]):
            raise BadSheet([f"{place}: the words before it are in no sentence: {skipped.strip()}"])
        if not row["paragraph"].isdecimal():
            raise BadSheet([f"{place}: paragraph must be a number; 0 is the headline"])
        number = number + 1 if row["paragraph"] == paragraph else 1
        paragraph, at = row["paragraph"], hit.end()
        found.append(segment_row(Sentence(int(paragraph), number, *hit.span()), article.text))
    if not is_blank(left := article.text[at:]):
        raise BadSheet([f"{_path('segments')}: the words at the end are in no sentence: {left.strip()}"])
    return found


def segment_row(sentence: Sentence, text: str) -> Row:
    """The row of a sentence."""
    return {
        "segment_id": f"p{sentence.paragraph}s{sentence.number}",
        "paragraph": str(sentence.paragraph),
        "sentence": str(sentence.number),
        **_position("segments", (sentence.start, sentence.end), text),
    }


def _position(table: str, span: Span, text: str) -> Row:
    said = text[slice(*span)]
    last = said if "surface" in POSITIONS[table] else hashlib.sha256(said.encode()).hexdigest()
    return dict(zip(POSITIONS[table], (*map(str, span), last), strict=True))


def _filled(table: str, rows: Sequence[Row], segments: dict[str, Span], article: Article) -> list[Row]:
    """The rows with their positions."""
    problems: list[str] = []
    for line, row in enumerate(rows, 2):
        words = row.get(WORDS) or row.get("surface", "")
        if not words and row.get("start"):
            continue
        key = row.get(TABLES[table].TABLE.key[0], "")
        try:
            row.update(_position(table, _chosen(row, words, segments, article.text), article.text))
        except LookupError as error:
            problems.append(f"{_path(table)}:{line}: {key}: {error.args[0]}")
    if problems:
        raise BadSheet(problems)
    if table == "mentions":
        _number(rows)
    return list(rows)


def _chosen(row: Row, words: str, segments: dict[str, Span], text: str) -> Span:
    """Where the words of a row stand. ``LookupError`` says why they have no one place."""
    segment = row.get("segment_id", "")
    if segment not in segments:
        raise LookupError(f"there is no segment {segment!r}")
    found = find(text, words, *segments[segment])
    nth = row.get(NTH, "")
    if not words:
        raise LookupError("gives no words")
    if not found:
        elsewhere = [name for name, span in segments.items() if find(text, words, *span)]
        also = f"; they stand in {', '.join(elsewhere[:3])}" if elsewhere else "; copy them from the article"
        raise LookupError(f"the words {words!r} don't stand in {segment}{also}")
    if nth and not (nth.isdecimal() and 1 <= int(nth) <= len(found)):
        raise LookupError(f"nth is {nth!r}, and {words!r} stands {len(found)}× in {segment}")
    if nth:
        return found[int(nth) - 1]
    had = [span for span in found if str(span[0]) == row.get("start")]
    if len(found) > 1 and not had:
        shown = "; ".join(f"{n}: {context(text, *span)}" for n, span in enumerate(found, 1))
        raise LookupError(f"{words!r} stands {len(found)}× in {segment}: say which in nth ({shown})")
    return (had or found)[0]


def context(text: str, start: int, end: int) -> str:
    """The words with a little of what stands around them, on one line."""
    shown = f"{text[max(0, start - 15) : start]}[{text[start:end]}]{text[end : end + 15]}"
    return " ".join(f"…{shown}…".split())


def _number(rows: Sequence[Row]) -> None:
    """Give the mentions without an id the next numbers of their segment, in the order of the text."""
    last = Counter[str]()
    for row in rows:
        number = row.get("mention_id", "").rpartition("-m")[2]
        if number.isdecimal():
            last[row["segment_id"]] = max(last[row["segment_id"]], int(number))
    for row in sorted(rows, key=lambda row: row.get("start", "").zfill(9)):
        if not row.get("mention_id"):
            last[row["segment_id"]] += 1
            row["mention_id"] = f"{row['segment_id']}-m{last[row['segment_id']]}"


def _words(row: Row, segments: dict[str, Span], text: str) -> Row:
    """What a row has in its coding form."""
    span = int(row["start"]), int(row["end"])
    words = " ".join(text[slice(*span)].split())
    found = find(text, words, *segments.get(row.get("segment_id", ""), span))
    return {WORDS: words, NTH: str(found.index(span) + 1) if len(found) > 1 and span in found else ""}
