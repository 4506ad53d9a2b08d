"""Engine ``article``: every span, hash and surface against the article's own text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.checks.meaning.names import NAMING
from jpkr_drills.issues import Issue
from jpkr_drills.model.descriptor import generated_resources
from jpkr_drills.model.records import TABLES, Mention, Record, Segment, columns
from jpkr_drills.package import Package, TableFile, coded_source, listed
from jpkr_drills.package.files import DATASET, DESCRIPTOR, Unreadable
from jpkr_drills.rules import RULES, Rule, define
from jpkr_drills.text import Names

RUN = 8
"""So many words in a row are a copy."""

DIFFERS, ENCODING, SEGMENT_HASH, CLAIM_HASH, SURFACE = define(
    "article",
    """
article-differs | The file given is the article that the descriptor names: its SHA-256, bytes and characters. | give the article's own file, unchanged
article-encoding | The file given is UTF-8. | save the file as UTF-8, as it was when it was coded
segment-hash | A segment's hash is that of the article's text at its position. | fix start, end or sha256; `jpkr-drills span` computes them
claim-hash | A claim's hash is that of the article's text at its position. | fix start, end or sha256; `jpkr-drills span` computes them
mention-surface | A mention's surface is the article's text at its position. | fix surface, start or end; `jpkr-drills span` computes them
""",
)
CUT, COVER, LINES, EXPRESSION, MISSING, COPIED = define(
    "article",
    f"""
span-cuts-word | A span starts and ends at the edge of a word, without white space. | fix start and end
segments-cover-article | Between segments there is nothing but white space. | fix start and end, or add the segment that is missing
segments-fit-lines | A paragraph starts where the article starts a line, and no segment runs over a blank line. | fix paragraph, sentence and the span
date-expression-in-article | An event's phrase for when stands in a sentence with a claim about the event. | write the phrase as the article does
mention-missing | A name that is a mention in one place, or names a party or place, is a mention wherever it stands alone. | add the mention to data/mentions.csv
copied-words | No text of our own repeats {RUN} words of the article in a row, titles excepted. | say it in other words
""",
    level="advice",
)


def check(package: Package, content: bytes, name: str, skip: Collection[str] = ()) -> Iterator[Issue]:
    """What is wrong between the package and the article; ``content`` are the bytes of its file.

    When the file is not the article that the descriptor names, nothing else is checked against it;
    without a descriptor that can be read, nothing at all. ``skip`` are rules not to run.
    """
    if package.descriptor is None:
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as reason:
        yield ENCODING.issue(name, f"byte {reason.start} is not UTF-8")
        return
    if (difference := _difference(package, content, text)) is not None:
        message, hint = difference
        yield DIFFERS.issue(name, message, hint=hint)
        return
    for rules, found in (
        ((), _spans),
        ((COVER,), _gaps),
        ((LINES,), _lines),
        ((EXPRESSION,), _date_expressions),
        ((MISSING,), _missing_mentions),
        ((COPIED,), _copies),
    ):
        if not any(rule.name in skip for rule in rules):
            yield from found(package, text)


def _difference(package: Package, content: bytes, text: str) -> tuple[str, str | None] | None:
    """How the file differs from the article that the descriptor names, and what to do about it."""
    source = coded_source(package.descriptor)
    if not source:
        return f"{DESCRIPTOR} names no coded source to compare it with", None
    actual = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "characters": len(text),
    }
    wrong = [key for key in actual if source.get(key) != actual[key]]
    if not wrong:
        return None
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n")
    for what, other in {
        "line ends (the coded file has LF where this one has CR LF)": content.replace(b"\r\n", b"\n"),
        "line ends (the coded file has CR LF where this one has LF)": content.replace(b"\n", b"\r\n"),
        "the byte-order mark at its start": content.removeprefix(b"\xef\xbb\xbf"),
        "a byte-order mark, which the coded file starts with": b"\xef\xbb\xbf" + content,
        "the newline at its end": content.rstrip(b"\r\n"),
        "a newline at its end, which the coded file has": plain + b"\n",
        "line ends, and a byte-order mark or final newline": plain,
    }.items():
        if other != content and hashlib.sha256(other).hexdigest() == source.get("sha256"):
            return f"differs from the coded article only in {what}", "give the file as it was coded"
    said = "; ".join(f"{key} {actual[key]}, not {source.get(key)}" for key in wrong)
    return f"is not the article that {DESCRIPTOR} names: it has {said}", None


def _records(table: TableFile) -> Iterator[tuple[int, Any]]:
    """Line and record of every row that is one."""
    for row, record in zip(table.rows, table.records, strict=True):
        if record is not None:
            yield row.line, record


def _at(table: TableFile, line: int, record: Record, rule: Rule, field: str, message: str) -> Issue:
    value = getattr(record, field)
    key = record.key()
    return rule.issue(table.path, message, line=line, record=key, field=field, value=value, engine="article")


def _spans(package: Package, text: str) -> Iterator[Issue]:
    for name in ("segments", "claims", "mentions"):
        table = package.tables[name]
        for line, record in _records(table):
            if record.end > len(text):
                message = f"the article has only {len(text)} characters"
                yield _at(table, line, record, RULES["span-outside-article"], "end", message)
            elif wrong := _wrong(text, record):
                rule, field, message = wrong
                yield _at(table, line, record, rule, field, message)
            elif cut := _cut(text, record.start, record.end):
                field, message = cut
                yield _at(table, line, record, CUT, field, message)


def _wrong(text: str, record: Any) -> tuple[Rule, str, str] | None:
    """Rule, field and message where a span is not what its record says."""
    said = text[record.start : record.end]
    if isinstance(record, Mention):
        if record.surface == said:
            return None
        if _plain(record.surface) == _plain(said):
            odd = ", ".join(sorted({f"U+{ord(c):04X}" for c in said if c not in record.surface}))
            return (
                SURFACE,
                "surface",
                f"must be written as the article has it, with {odd or 'its characters'}",
            )
        return SURFACE, "surface", "is not what the article has at this position"
    if hashlib.sha256(said.encode()).hexdigest() == record.sha256:
        return None
    rule = SEGMENT_HASH if isinstance(record, Segment) else CLAIM_HASH
    return rule, "sha256", "is not the hash of the article's text at this position"


def _plain(text: str) -> str:
    """The text with plain letters, spaces and hyphens for those that look alike."""
    return "".join("-" if unicodedata.category(one) == "Pd" else one for one in unicodedata.normalize("NFKC", text))


def _cut(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Which edge of a span is not the edge of a word, and why."""
    for field, before, after, edge in (
        ("start", text[start - 1 : start], text[start], text[start]),
        ("end", text[end - 1], text[end : end + 1], text[end - 1]),
    ):
        if edge.isspace():
            return field, "has white space at this edge"
        if _in_word(before) and _in_word(after):
            return field, f"cuts a word: {before!r} and {after!r} belong together"
    return None


def _in_word(character: str) -> bool:
    """Whether a character is one of those that make words with spaces between them."""
    return bool(character) and unicodedata.category(character) in ("Lu", "Ll", "Lt", "Nd")


def _gaps(package: Package, text: str) -> Iterator[Issue]:
    """Text that no segment covers."""
    table = package.tables["segments"]
    if not table.sound:
        return
    at = 0
    for line, record in sorted(_records(table), key=lambda item: item[1].start):
        if text[at : record.start].strip("\ufeff \n\r\t"):
            message = f"the text from {at} to {record.start} is in no segment"
            yield _at(table, line, record, COVER, "start", message)
        at = max(at, record.end)
    if text[at:].strip():
        yield COVER.issue(table.path, f"the text from {at} on is in no segment")


def _lines(package: Package, text: str) -> Iterator[Issue]:
    """Paragraphs that don't begin and end where the article breaks its lines."""
    table = package.tables["segments"]
    if not table.sound:
        return
    records = list(_records(table))
    breaks = [text[one.end : other.start].count("\n") for (_, one), (_, other) in pairwise(records)]
    for (_, one), (line, other), count in zip(records, records[1:], breaks, strict=False):
        if one.paragraph != other.paragraph and not count:
            yield _at(table, line, other, LINES, "paragraph", "starts a paragraph in mid-line")
        elif one.paragraph == other.paragraph and count > 1:
            yield _at(table, line, other, LINES, "paragraph", "stands behind a blank line")
    for line, record in records:
        if re.search(r"\n[ \t\r]*\n", text[record.start : record.end]):
            yield _at(table, line, record, LINES, "end", "runs over a blank line")


def _date_expressions(package: Package, text: str) -> Iterator[Issue]:
    events, claims = package.tables["events"], package.tables["claims"]
    links, segments = package.tables["claim_events"], package.tables["segments"]
    if not all(table.sound for table in (claims, links, segments)):
        return  # the sentence may be one that couldn't be read
    segment_of = {c.claim_id: c.segment_id for _, c in _records(claims)}
    sentence_of = {s.segment_id: text[s.start : s.end] for _, s in _records(segments)}
    about: dict[str, list[str]] = {}
    for _, link in _records(links):
        sentence = sentence_of.get(segment_of.get(link.claim_id, ""), "")
        about.setdefault(link.event_id, []).append(sentence)
    for line, event in _records(events):
        phrase, sentences = event.date_expression, about.get(event.event_id)
        if phrase and sentences and not any(phrase in sentence for sentence in sentences):
            message = "stands in no sentence with a claim about the event"
            yield _at(events, line, event, EXPRESSION, "date_expression", message)


# Words with a capital on either side belong to a longer name (Bank of China, Air China, South China Sea).
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'&.-]*(?: of(?: the)?| for| de)? $")
_NAME_AFTER = re.compile(r" (?:of (?:the )?)?[A-Z]")


def _missing_mentions(package: Package, text: str) -> Iterator[Issue]:
    """Names that are a mention in one place and none in another."""
    segments, mentions = package.tables["segments"], package.tables["mentions"]
    if not mentions.sound:
        return  # the mention may be one that couldn't be read
    covered: dict[str, list[tuple[int, int]]] = {}
    misplaced: set[tuple[str, str]] = set()
    first: dict[str, str] = {}
    for _, mention in _records(mentions):
        covered.setdefault(mention.segment_id, []).append((mention.start, mention.end))
        if _wrong(text, mention):
            misplaced.add((mention.segment_id, mention.surface))  # told as such
        elif mention.form in NAMING:
            first.setdefault(mention.surface, mention.mention_id)
    for table in (package.tables["parties"], package.tables["places"]):
        for _, record in _records(table):
            first.setdefault(record.name, record.key())
    names = Names(first)
    for line, segment in _records(segments):
        spans = covered.get(segment.segment_id, [])
        for at, name in names.find(text, segment.start, segment.end):
            end = at + len(name)
            inside = _NAME_BEFORE.search(text, segment.start, at) or _NAME_AFTER.match(text, end)
            told = (segment.segment_id, name) in misplaced
            if not inside and not told and not any(start <= at and end <= stop for start, stop in spans):
                message = f"{name!r} at {at} is no mention, and names {first[name]} elsewhere"
                yield _at(segments, line, segment, MISSING, "segment_id", message)


def words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "").replace("'", "")
    return re.findall(r"[^\W_]+", "".join(c for c in plain if unicodedata.category(c) != "Mn"))


def _runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


def _copies(package: Package, text: str) -> Iterator[Issue]:
    titles = [str(one.get("title", "")) for one in listed(package.descriptor, "sources")]
    said = {run for line in text.splitlines() for run in _runs(words(line))}
    said -= {run for title in titles for run in _runs(words(title)[:25])}

    def copied(candidate: str) -> str | None:
        run = next((run for run in _runs(words(candidate)) if run in said), None)
        return None if run is None else " ".join(run[:3]) + " …"

    message = f"repeats {RUN} words of the article in a row"
    for table in package.tables.values():
        ours = [
            column.name
            for column in columns(table.table).values()
            if column.kind is str and not column.article_words and column.name not in TABLES[table.table].TABLE.key
        ]
        for line, record in _records(table) if table.table != "codes" else ():
            for field in ours:
                if value := copied(getattr(record, field) or ""):
                    key = record.key()
                    yield COPIED.issue(table.path, message, line=line, record=key, field=field, value=value)
    for path, string in jsonfile.strings(_authored(package)):
        if value := copied(string):
            yield COPIED.issue(DESCRIPTOR, message, field=".".join(map(str, path)), value=value)
    for name in _other_files(package):
        if value := copied(package.file(name).content.decode("utf-8", "replace")):
            yield COPIED.issue(name, message, value=value)


def _other_files(package: Package) -> list[str]:
    """Files below ``data/`` that are no table and not made of the tables."""
    made = {DATASET, *(table.path for table in package.tables.values())}
    try:
        return [one for one in package.files.names() if one.startswith("data/") and one not in made]
    except Unreadable:
        return []


def _authored(package: Package) -> dict[str, Any]:
    """The descriptor without what ``build`` makes of the models."""
    generated = [resource["name"] for resource in generated_resources()]
    resources = listed(package.descriptor, "resources")
    kept = [None if one.get("name") in generated else one for one in resources]
    return {**(package.descriptor or {}), "resources": kept}
