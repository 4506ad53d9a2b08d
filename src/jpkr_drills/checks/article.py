"""Engine ``article``: every span, hash and surface against the article's own text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.checks.integrity import OF_RECORDS
from jpkr_drills.checks.meaning.coding import Coding, Found, Span, advice, error, grouped, issue, judged
from jpkr_drills.checks.meaning.names import NAMING
from jpkr_drills.checks.meaning.spans import span_outside_article
from jpkr_drills.checks.meaning.words import texts
from jpkr_drills.issues import Issue
from jpkr_drills.model import records as m
from jpkr_drills.model.descriptor import generated_resources
from jpkr_drills.package import Package, coded_source, listed
from jpkr_drills.package.files import DESCRIPTOR, Unreadable
from jpkr_drills.rules import RULES, define
from jpkr_drills.text import Names, is_blank

RUN = 8
"""So many words in a row are a copy."""

DIFFERS, ENCODING = define(
    "article",
    """
article-differs | The file given is the article that the descriptor names: its SHA-256, bytes and characters. | give the article's own file, unchanged
article-encoding | The file given is UTF-8. | save the file as UTF-8, as it was when it was coded
""",
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
    coding = Coding(package, text=text)
    for found in span_outside_article(coding):
        yield issue(RULES["span-outside-article"], coding, found, engine="article")
    yield from judged("article", coding, skip)
    if COPIED.name not in skip:
        yield from _copies(package, coding)


def _difference(package: Package, content: bytes, text: str) -> tuple[str, str | None] | None:
    """How the file differs from the article that the descriptor names, and what to do about it."""
    source = coded_source(package.descriptor)
    if not source:
        return f"{DESCRIPTOR} names no coded source to compare it with", None
    actual = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "characters": len(text)}
    wrong = [key for key in actual if source.get(key) != actual[key]]
    if not wrong:
        return None
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n")
    for what, other in {
        "line ends (the coded file has LF where this one has CR LF)": content.replace(b"\r\n", b"\n"),
        "line ends (the coded file has CR LF where this one has LF)": content.replace(b"\n", b"\r\n"),
        "the byte-order mark at its start": content.removeprefix(b"\xef\xbb\xbf"),
        "a byte-order mark, which the coded file starts with": b"\xef\xbb\xbf" + content,
        "the newlines at its end": content.rstrip(b"\r\n"),
        "the number of newlines at its end: the coded file has one": plain + b"\n",
        "line ends, and a byte-order mark or final newline": plain,
    }.items():
        if other != content and hashlib.sha256(other).hexdigest() == source.get("sha256"):
            return f"differs from the coded article only in {what}", "give the file as it was coded"
    said = "; ".join(f"{key}: {actual[key]}, not {source.get(key)}" for key in wrong)
    return f"is not the article that {DESCRIPTOR} names ({said})", None


# --- spans -----------------------------------------------------------------------------------------

_FIX = "fix {}; `jpkr-drills span` computes them"


@error(_FIX.format("start, end or sha256"), engine="article")
def segment_hash(coding: Coding) -> Iterator[Found]:
    """A segment's hash is that of the article's text at its position."""
    yield from _misfits(coding, coding.of(m.Segment))


@error(_FIX.format("start, end or sha256"), engine="article")
def claim_hash(coding: Coding) -> Iterator[Found]:
    """A claim's hash is that of the article's text at its position."""
    yield from _misfits(coding, coding.of(m.Claim))


@error(_FIX.format("surface, start or end"), engine="article")
def mention_surface(coding: Coding) -> Iterator[Found]:
    """A mention's surface is the article's text at its position."""
    yield from _misfits(coding, coding.of(m.Mention))


def _misfits(coding: Coding, spans: Iterable[Span]) -> Iterator[Found]:
    """The spans inside the article whose records have another text than it."""
    for span in (one for one in spans if one.end <= len(coding.text)):
        said = coding.text[span.start : span.end]
        if not isinstance(span, m.Mention):
            if hashlib.sha256(said.encode()).hexdigest() != span.sha256:
                yield Found(span, "sha256", "is not the hash of the article's text at this position")
        elif _plain(span.surface) != _plain(said):
            yield Found(span, "surface", "is not what the article has at this position")
        elif span.surface != said:
            odd = ", ".join(sorted({f"U+{ord(c):04X}" for c in said if c not in span.surface}))
            yield Found(span, "surface", f"must be written as the article has it, with {odd or 'its characters'}")


def _plain(text: str) -> str:
    """The text with plain letters, spaces and hyphens for those that look alike."""
    return "".join("-" if unicodedata.category(one) == "Pd" else one for one in unicodedata.normalize("NFKC", text))


@advice("fix start and end", engine="article")
def span_cuts_word(coding: Coding) -> Iterator[Found]:
    """A span starts and ends at the edge of a word, without white space."""
    told = {id(found.record) for found in _misfits(coding, coding.spans)}
    for span in (one for one in coding.spans if one.end <= len(coding.text) and id(one) not in told):
        for field, at, inside in (("start", span.start, span.start), ("end", span.end, span.end - 1)):
            before, after = coding.text[at - 1 : at], coding.text[at : at + 1]
            if coding.text[inside].isspace():
                yield Found(span, field, "has white space at this edge")
                break
            if _in_word(before) and _in_word(after):
                yield Found(span, field, f"cuts a word: {before!r} and {after!r} belong together")
                break


def _in_word(character: str) -> bool:
    """Whether a character is one of those that make words with spaces between them."""
    return bool(character) and unicodedata.category(character) in ("Lu", "Ll", "Lt", "Nd")


# --- segments --------------------------------------------------------------------------------------


@advice("fix start and end, or add the segment that is missing", m.Segment, engine="article")
def segments_cover_article(coding: Coding) -> Iterator[Found]:
    """Between segments there is nothing but white space."""
    at = 0
    for segment in sorted(coding.of(m.Segment), key=attrgetter("start")):
        if not is_blank(coding.text[at : segment.start]):
            yield Found(segment, "start", f"the text from {at} to {segment.start} is in no segment")
        at = max(at, segment.end)
    if not is_blank(coding.text[at:]):
        yield Found(m.Segment, "", f"the text from {at} on is in no segment")


@advice("fix paragraph, sentence and the span", m.Segment, engine="article")
def segments_fit_lines(coding: Coding) -> Iterator[Found]:
    """A paragraph starts where the article starts a line, and no segment runs over a blank line."""
    for before, after in pairwise(coding.of(m.Segment)):
        breaks = coding.text[before.end : after.start].count("\n")
        if before.paragraph != after.paragraph and not breaks:
            yield Found(after, "paragraph", "starts a paragraph in mid-line")
        elif before.paragraph == after.paragraph and breaks > 1:
            yield Found(after, "paragraph", "stands behind a blank line")
    for segment in coding.of(m.Segment):
        if re.search(r"\n[ \t\r]*\n", coding.text[segment.start : segment.end]):
            yield Found(segment, "end", "runs over a blank line")


# --- phrases and names -----------------------------------------------------------------------------


@advice("write the phrase as the article does", m.Segment, m.Claim, m.ClaimEvent, engine="article")
def date_expression_in_article(coding: Coding) -> Iterator[Found]:
    """An event's phrase for when stands in a sentence with a claim about the event."""
    for event in (one for one in coding.of(m.Event) if one.date_expression):
        sentences = [coding.text[one.start : one.end] for one in coding.sentences_about(event)]
        if sentences and not any(str(event.date_expression) in one for one in sentences):
            yield Found(event, "date_expression", "stands in no sentence with a claim about the event")


# Words with a capital on either side belong to a longer name (Bank of China, Air China, South China Sea).
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'&.-]*(?: of(?: the)?| for| de)? $")
_NAME_AFTER = re.compile(r" (?:of (?:the )?)?[A-Z]")


@advice("add the mention to data/mentions.csv", m.Mention, engine="article")
def mention_missing(coding: Coding) -> Iterator[Found]:
    """A name that is a mention in one place, or names a party or place, is a mention wherever it stands alone."""
    mentions = grouped((one.segment_id, one) for one in coding.of(m.Mention))
    misplaced: set[tuple[str, str]] = set()
    first: dict[str, str] = {}
    for mention in coding.of(m.Mention):
        if coding.text[mention.start : mention.end] != mention.surface:
            misplaced.add((mention.segment_id, mention.surface))  # told as such
        elif mention.form in NAMING:
            first.setdefault(mention.surface, mention.mention_id)
    for party in coding.of(m.Party):
        first.setdefault(party.name, party.party_id)
    for place in coding.of(m.Place):
        first.setdefault(place.name, place.place_id)
    names = Names(first)
    for segment in coding.of(m.Segment):
        covered = [(one.start, one.end) for one in mentions.get(segment.segment_id, ())]
        for at, name in names.find(coding.text, segment.start, segment.end):
            end = at + len(name)
            inside = _NAME_BEFORE.search(coding.text, segment.start, at) or _NAME_AFTER.match(coding.text, end)
            told = (segment.segment_id, name) in misplaced
            if not inside and not told and not any(start <= at and end <= stop for start, stop in covered):
                yield Found(segment, "segment_id", f"{name!r} at {at} is no mention, and names {first[name]} elsewhere")


# --- copies ----------------------------------------------------------------------------------------

(COPIED,) = define(
    "article",
    f"copied-words | No text of our own repeats {RUN} words of the article in a row, names and titles excepted. | say it in other words",
    level="advice",
)


def words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "").replace("'", "")
    return re.findall(r"[^\W_]+", "".join(c for c in plain if unicodedata.category(c)[0] != "M"))


def _runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


def _copies(package: Package, coding: Coding) -> Iterator[Issue]:
    titles = [str(one.get("title", "")) for one in listed(package.descriptor, "sources")]
    names = [*(one.name for one in coding.of(m.Party)), *(one.name for one in coding.of(m.Place))]
    said = {run for line in coding.text.splitlines() for run in _runs(words(line)) if not "".join(run).isdecimal()}
    said -= {run for free in (*titles, *names) for run in _runs(words(free)[:25])}

    def copied(candidate: str) -> str | None:
        run = next((run for run in _runs(words(candidate)) if run in said), None)
        return None if run is None else " ".join(run[:3]) + " …"

    message = f"repeats {RUN} words of the article in a row"
    for record, field, text in texts(coding, own=True):
        if value := copied(text):
            yield issue(COPIED, coding, Found(record, field, message), value=value)
    for path, string in jsonfile.strings(_authored(package)):
        if value := copied(string):
            yield COPIED.issue(DESCRIPTOR, message, field=".".join(map(str, path)), value=value)
    for name in _other_files(package):
        if value := copied(package.file(name).content.decode("utf-8", "replace")):
            yield COPIED.issue(name, message, value=value)


def _other_files(package: Package) -> list[str]:
    """Files below ``data/`` that are no table and not made of the tables."""
    try:
        return [one for one in package.files.names() if one.startswith("data/") and one not in OF_RECORDS]
    except Unreadable:
        return []


def _authored(package: Package) -> dict[str, Any]:
    """The descriptor without what ``build`` makes of the models."""
    generated = [resource["name"] for resource in generated_resources()]
    resources = listed(package.descriptor, "resources")
    kept = [None if one.get("name") in generated else one for one in resources]
    return {**(package.descriptor or {}), "resources": kept}
