"""Engine ``article``: every span, hash and surface against the article's own text."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Any

from jpkr_drills import files, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.checks.meaning.english import MONTHS
from jpkr_drills.checks.meaning.mentions import NAMING
from jpkr_drills.descriptor import DATASET, generated_resources
from jpkr_drills.files import DESCRIPTOR, FURTHER_LIMIT, FURTHER_TOTAL, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import Mention, Record, Segment
from jpkr_drills.package import Package, TableFile, coded_source, listed_sources
from jpkr_drills.text import LATIN_OF_TWIN, Names

RUN = 8
"""So many words in a row are a copy."""
TITLE_WORDS, TITLE_CHARACTERS = 25, 200
"""Up to here what is called the title of a source may be one, and may repeat the article."""
_PIECE, _OVERLAP = 65_536, 1_024
"""Characters that are compared at once, and those behind them that the next piece starts with."""
_CELL = 2_000
"""Characters of a cell that are compared; no column allows so many."""


def check(package: Package, content: bytes, name: str) -> Iterator[Issue]:
    """What is wrong between the package and the article; ``content`` are the bytes of its file.

    When the file is not the article that the descriptor names, nothing else is checked against it;
    without a descriptor that can be read, nothing at all.
    """
    if package.descriptor is None:
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield issue("article-encoding", name, f"byte {error.start} is not UTF-8")
        return
    wrong = _difference(package, content, text)
    if wrong is not None:
        yield issue("article-differs", name, wrong)
        return
    yield from _spans(package, text)
    yield from _gaps(package, text)
    yield from _lines(package, text)
    yield from _date_expressions(package, text)
    yield from _missing_mentions(package, text)
    yield from _copies(package, text)


def _difference(package: Package, content: bytes, text: str) -> str | None:
    source = coded_source(package.descriptor)
    if source is None:
        return f"{DESCRIPTOR} names no coded source to compare it with"
    actual = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "characters": len(text),
    }
    wrong = [
        f"{key} {actual[key]}, not {source.get(key)}" for key in actual if source.get(key) != actual[key]
    ]
    return f"is not the article that {DESCRIPTOR} names: it has {'; '.join(wrong)}" if wrong else None


def _records(table: TableFile) -> Iterator[tuple[int, Any]]:
    """Line and record of every row that is one."""
    for row, record in zip(table.rows, table.records, strict=True):
        if record is not None:
            yield row.line, record


def _spans(package: Package, text: str) -> Iterator[Issue]:
    for name in ("segments", "claims", "mentions"):
        table = package.tables[name]
        for line, record in _records(table):
            if record.end > len(text):
                message = f"the article has only {len(text)} characters"
                yield _at(table, line, record, "span-outside-article", "end", message)
            elif wrong := _wrong(text, record):
                rule, field, message = wrong
                yield _at(table, line, record, rule, field, message)
            elif cut := _cut(text, record.start, record.end, whole=name == "segments"):
                field, message = cut
                yield _at(table, line, record, "span-cuts-word", field, message)


def _wrong(text: str, record: Any) -> tuple[str, str, str] | None:
    """Rule, field and message where a span is not what its record says."""
    said = text[record.start : record.end]
    if isinstance(record, Mention):
        if record.surface == said:
            return None
        return "mention-surface", "surface", "is not what the article has at this position"
    if hashlib.sha256(said.encode()).hexdigest() == record.sha256:
        return None
    rule = "segment-hash" if isinstance(record, Segment) else "claim-hash"
    return rule, "sha256", "is not the hash of the article's text at this position"


def _cut(text: str, start: int, end: int, *, whole: bool = False) -> tuple[str, str] | None:
    """Which edge of a span is not the edge of a word, and why; a ``whole`` sentence has its marks."""
    if not any(map(_in_word, text[start:end])):
        # A script that puts no spaces between words has letters all the same.
        letters = any(c.isalnum() for c in text[start:end])
        return None if letters else ("start", "holds no word")
    for field, before, after, edge in (
        ("start", text[start - 1 : start], text[start], text[start]),
        ("end", text[end - 1], text[end : end + 1], text[end - 1]),
    ):
        if edge.isspace():
            return field, "has white space at this edge"
        if _in_word(before) and _in_word(after):
            return field, f"cuts a word: {before!r} and {after!r} belong together"
        if edge in _BETWEEN and not whole:
            return field, f"has {edge!r} at this edge, which belongs to what is beside it"
    return None


_BETWEEN = frozenset(",;:–—-")
"""Marks that part what is said from what comes next."""


def _in_word(character: str) -> bool:
    """Whether a character is one of those that make words with spaces between them."""
    return bool(character) and unicodedata.category(character) in ("Lu", "Ll", "Lt", "Nd")


def _at(table: TableFile, line: int, record: Record, rule: str, field: str, message: str) -> Issue:
    return issue(
        rule,
        table.path,
        message,
        line=line,
        record=record.key(),
        field=field,
        value=getattr(record, field),
        engine="article",
    )


def _gaps(package: Package, text: str) -> Iterator[Issue]:
    """Text that no segment covers."""
    table = package.tables["segments"]
    if not table.whole or None in table.records:
        return
    at = 0
    for line, record in sorted(_records(table), key=lambda item: item[1].start):
        if text[at : record.start].strip():
            message = f"the text from {at} to {record.start} is in no segment"
            yield _at(table, line, record, "segments-cover-article", "start", message)
        at = max(at, record.end)
    if text[at:].strip():
        yield issue("segments-cover-article", table.path, f"the text from {at} on is in no segment")


def _lines(package: Package, text: str) -> Iterator[Issue]:
    """Paragraphs that don't begin and end where the article breaks its lines."""
    table = package.tables["segments"]
    if not table.whole or None in table.records:
        return
    records = list(_records(table))
    breaks = [
        (text[one.end : other.start].count("\n"), one.paragraph != other.paragraph)
        for (_, one), (_, other) in pairwise(records)
    ]
    # In a text whose lines are broken to a width, only a blank line parts paragraphs.
    least = 1 if (1, True) in breaks else 2
    for (line, other), (count, parted) in zip(records[1:], breaks, strict=True):
        if parted != (count >= least):
            message = "starts a paragraph in mid-line" if parted else "starts a line, and no paragraph"
            yield _at(table, line, other, "segments-fit-lines", "paragraph", message)
    for line, record in records:
        if text[record.start : record.end].count("\n") >= least:
            message = "runs over the end of a paragraph"
            yield _at(table, line, record, "segments-fit-lines", "end", message)


def _date_expressions(package: Package, text: str) -> Iterator[Issue]:
    events, claims = package.tables["events"], package.tables["claims"]
    links, segments = package.tables["claim_events"], package.tables["segments"]
    segment_of = {c.claim_id: c.segment_id for _, c in _records(claims)}
    span_of = {s.segment_id: text[s.start : s.end] for _, s in _records(segments)}
    if not all(t.whole and None not in t.records for t in (claims, links, segments)):
        return  # the sentence may be one that couldn't be read
    surfaces = {one.surface: one.mention_id for _, one in _records(package.tables["mentions"])}
    about: dict[str, list[str]] = {}
    for _, link in _records(links):
        sentence = span_of.get(segment_of.get(link.claim_id, ""))
        about.setdefault(link.event_id, []).append(sentence or "")
    for line, event in _records(events):
        phrase = event.date_expression
        sentences = about.get(event.event_id)
        if not phrase or not sentences:
            continue
        whole = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
        if not any(whole.search(sentence) for sentence in sentences):
            message = "stands in no sentence with a claim about the event"
            yield _at(events, line, event, "date-expression-in-article", "date_expression", message)
        elif phrase in surfaces:
            message = f"is a name: {surfaces[phrase]} has the same words"
            yield _at(events, line, event, "date-expression-in-article", "date_expression", message)


def _missing_mentions(package: Package, text: str) -> Iterator[Issue]:
    """Names that are a mention in one place and none in another."""
    segments, mentions = package.tables["segments"], package.tables["mentions"]
    if not (mentions.whole and None not in mentions.records):
        return  # the mention may be one that couldn't be read
    covered: dict[str, list[tuple[int, int]]] = {}
    first: dict[str, str] = {}
    # Where a mention isn't what it says, what is missing is that mention, and its surface no name.
    amiss: set[str] = set()
    for _, mention in _records(mentions):
        covered.setdefault(mention.segment_id, []).append((mention.start, mention.end))
        if _wrong(text, mention):
            amiss.add(mention.segment_id)
        elif mention.form in NAMING and not _cut(text, mention.start, mention.end):
            first.setdefault(mention.surface, f"one in {mention.mention_id}")
    for table in (package.tables["parties"], package.tables["places"]):
        for _, record in _records(table):
            first.setdefault(record.name, f"the name of {record.key()}")
    names = Names(first)
    for line, segment in _records(segments):
        if segment.segment_id in amiss:
            continue
        spans = covered.get(segment.segment_id, [])
        for at, name in names.find(text, segment.start, segment.end):
            if name.casefold() in MONTHS or _OF_A_TEXT.match(text, at + len(name)):
                continue  # no name here, or part of the name of something that is no party
            if not any(start <= at and at + len(name) <= end for start, end in spans):
                message = f"{name!r} at {at} is no mention, and is {first[name]}"
                yield _at(segments, line, segment, "mention-missing", "segment_id", message)


_OF_A_TEXT = re.compile(
    r" (?:[A-Z]\w+ ){,2}"
    r"(?:Accords?|Act|Agreement|Communiqué|Convention|Declaration|Pact|Protocol|Treaty)\b"
)


def words(text: str) -> list[str]:
    """The words of a text without case, accents, punctuation and what can't be seen; letters of other
    scripts that pass for Latin ones are those."""
    plain = unicodedata.normalize("NFKD", text.translate(LATIN_OF_TWIN)).casefold()
    plain = plain.replace("’", "").replace("'", "")
    if not plain.isascii():
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return re.findall(r"[^\W_]+", plain)


def _runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


class _Unbroken:
    """Runs of words, to be found by their letters alone where words are run together, or broken."""

    def __init__(self, runs: Iterable[tuple[str, ...]]) -> None:
        self._by_start: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for run in sorted(runs):
            letters = "".join(run)
            alike = self._by_start.setdefault(letters[:_LETTERS], [])
            if len(letters) >= _LETTERS and len(alike) < _ALIKE:
                alike.append((letters, run))

    def find(self, letters: str) -> tuple[str, ...] | None:
        """The first of them whose letters stand in ``letters`` in a row."""
        for at in range(len(letters) - _LETTERS + 1):
            for joined, run in self._by_start.get(letters[at : at + _LETTERS], ()):
                if letters.startswith(joined, at):
                    return run
        return None


_LETTERS = 16
"""Letters by which a run is looked up; one that has fewer may be other words."""
_ALIKE = 50
"""Runs that are compared where so many letters are the same, to bound time."""


def _copies(package: Package, text: str) -> Iterator[Issue]:
    titles: set[tuple[str, ...]] = set()
    for source in listed_sources(package.descriptor):
        title = str(source.get("title", ""))
        if len(title) <= TITLE_CHARACTERS and len(words(title)) <= TITLE_WORDS:
            titles.update(_runs(words(title)))
    said = {run for line in text.splitlines() for run in _runs(words(line))} - titles
    unbroken = _Unbroken(said)
    message = f"repeats {RUN} words of the article in a row"

    def copied(candidate: str) -> str | None:
        # Piece by piece: there are characters of which normalization makes eighteen.
        for at in range(0, len(candidate), _PIECE):
            piece = words(candidate[at : at + _PIECE + _OVERLAP])
            run = next((run for run in _runs(piece) if run in said), None)
            if run is None:
                run = unbroken.find("".join(piece))
            if run is not None:
                return " ".join(run[:3]) + " …"
        return None

    for table in package.tables.values():
        texts = [i for i, kind in enumerate(columns(table.table).values()) if kind is str]
        names = list(columns(table.table))
        for index, row in enumerate(table.rows):
            for at in texts:
                if value := copied(row.cells[at][:_CELL]):
                    yield issue(
                        "copied-words",
                        table.path,
                        message,
                        line=row.line,
                        record=table.key(index),
                        field=names[at],
                        value=value,
                    )
    authored = _authored(package.descriptor or {})
    listed = authored.get("keywords")
    together = [(("keywords",), " ".join(map(str, listed)))] if isinstance(listed, list) else []
    for path, string in [*jsonfile.strings(authored), *together]:
        if value := copied(string):
            field = ".".join(map(str, path))
            yield issue("copied-words", DESCRIPTOR, message, field=field, value=value)
    for name, content in _other_files(package):
        if value := next(filter(None, map(copied, _readings(content))), None):
            yield issue("copied-words", name, message, value=value)


def _readings(content: bytes) -> Iterator[str]:
    """What a file says: as it stands, as its markup shows it, as the texts of JSON."""
    text = content.decode("utf-8", "replace")
    yield text
    yield html.unescape(re.sub(r"<[^<>]*>", "", text))
    with suppress(jsonfile.JsonProblem):
        yield " ".join(string for _, string in jsonfile.strings(jsonfile.parse(content)))


def _other_files(package: Package) -> Iterator[tuple[str, bytes]]:
    """Files below ``data/`` that are no table and not made of the tables; what can't be read, or is too
    large, is left to the integrity engine."""
    room = FURTHER_TOTAL
    tables = {table.path for table in package.tables.values()}
    with suppress(FileProblem):
        for name in package.files.names():
            if name.startswith("data/") and name not in tables | {DATASET}:
                with suppress(FileProblem):
                    content = files.read(package.files, name, min(room, FURTHER_LIMIT))
                    room -= len(content)
                    yield name, content


def _authored(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptor without what ``build`` makes of the models: in its place stands nothing."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return dict(descriptor)
    generated = [resource["name"] for resource in generated_resources()]
    kept = [None if isinstance(one, dict) and one.get("name") in generated else one for one in resources]
    return {**descriptor, "resources": kept}
