"""Engine ``article``: every span, hash and surface against the article's own text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jpkr_drills.cells import columns
from jpkr_drills.files import DESCRIPTOR
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import Mention, Record
from jpkr_drills.package import Package, TableFile

RUN = 8
"""So many words in a row are a copy."""


def check(package: Package, content: bytes, name: str) -> Iterator[Issue]:
    """What is wrong between the package and the article; ``content`` are the bytes of its file.

    When the file is not the article that the descriptor names, nothing else is checked against it.
    """
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
    yield from _date_expressions(package, text)
    yield from _copies(package, text)


def _difference(package: Package, content: bytes, text: str) -> str | None:
    source = _coded_source(package)
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


def _sources(package: Package) -> list[Mapping[str, Any]]:
    sources = (package.descriptor or {}).get("sources")
    found = sources if isinstance(sources, list) else []
    return [source for source in found if isinstance(source, dict)]


def _coded_source(package: Package) -> Mapping[str, Any] | None:
    return next((one for one in _sources(package) if one.get("relation") == "coded"), None)


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
                continue
            said = text[record.start : record.end]
            if isinstance(record, Mention):
                if record.surface != said:
                    message = "is not what the article has at this position"
                    yield _at(table, line, record, "mention-surface", "surface", message)
            elif hashlib.sha256(said.encode()).hexdigest() != record.sha256:
                rule = "segment-hash" if name == "segments" else "claim-hash"
                message = "is not the hash of the article's text at this position"
                yield _at(table, line, record, rule, "sha256", message)


def _at(table: TableFile, line: int, record: Record, rule: str, field: str, message: str) -> Issue:
    return issue(
        rule,
        table.path,
        message,
        line=line,
        record=record.key(),
        field=field,
        value=getattr(record, field),
    )


def _gaps(package: Package, text: str) -> Iterator[Issue]:
    """Text that no segment covers."""
    table = package.tables["segments"]
    records = [record for _, record in _records(table)]
    if not table.whole or len(records) < len(table.rows):
        return
    at = 0
    for line, record in sorted(_records(table), key=lambda item: item[1].start):
        if text[at : record.start].strip():
            message = f"the text from {at} to {record.start} is in no segment"
            yield _at(table, line, record, "segments-cover-article", "start", message)
        at = max(at, record.end)
    if text[at:].strip():
        yield issue("segments-cover-article", table.path, f"the text from {at} on is in no segment")


def _date_expressions(package: Package, text: str) -> Iterator[Issue]:
    events, claims = package.tables["events"], package.tables["claims"]
    links, segments = package.tables["claim_events"], package.tables["segments"]
    segment_of = {c.claim_id: c.segment_id for _, c in _records(claims)}
    span_of = {s.segment_id: text[s.start : s.end] for _, s in _records(segments)}
    if not all(t.whole and None not in t.records for t in (claims, links, segments)):
        return  # the sentence may be one that couldn't be read
    about: dict[str, list[str]] = {}
    for _, link in _records(links):
        sentence = span_of.get(segment_of.get(link.claim_id, ""))
        about.setdefault(link.event_id, []).append(sentence or "")
    for line, event in _records(events):
        phrase = event.date_expression
        sentences = about.get(event.event_id)
        if phrase and sentences and not any(phrase in sentence for sentence in sentences):
            message = "stands in no sentence with a claim about the event"
            yield _at(events, line, event, "date-expression-in-article", "date_expression", message)


def words(text: str) -> list[str]:
    """The words of a text without case and punctuation."""
    return re.findall(r"[0-9a-z]+", text.lower().replace("’", "").replace("'", ""))


def _runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


def _copies(package: Package, text: str) -> Iterator[Issue]:
    titles = {run for source in _sources(package) for run in _runs(words(str(source.get("title", ""))))}
    said = {run for line in text.splitlines() for run in _runs(words(line))} - titles
    for table in package.tables.values():
        texts = [i for i, kind in enumerate(columns(table.table).values()) if kind is str]
        names = list(columns(table.table))
        for index, row in enumerate(table.rows):
            for at in texts:
                copied = next((run for run in _runs(words(row.cells[at])) if run in said), None)
                if copied:
                    yield issue(
                        "copied-words",
                        table.path,
                        f"repeats {RUN} words of the article in a row",
                        line=row.line,
                        record=table.key(index),
                        field=names[at],
                        value=" ".join(copied[:3]) + " …",
                    )
