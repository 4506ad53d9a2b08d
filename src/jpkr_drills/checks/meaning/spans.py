"""Errors of position: segments in the article, claims and mentions in their segments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jpkr_drills.checks.meaning.coding import Coding, Found, Span, error, repeated
from jpkr_drills.model import records as m


@error("give data/segments.csv the sentences of the article", m.Segment)
def segments_present(coding: Coding) -> Iterator[Found]:
    """The article has at least one segment."""
    if not coding.of(m.Segment):
        yield Found(m.Segment, "", "has no sentence")


@error("fix start and end of the segment", m.Segment)
def segments_in_order(coding: Coding) -> Iterator[Found]:
    """Segments follow each other in the text and don't overlap."""
    for before, after in pairwise(coding.of(m.Segment)):
        if after.start < before.end:
            yield Found(after, "start", f"starts before {before.segment_id} ends")


@error("number the segments as they follow each other, or add the one left out", m.Segment)
def segments_numbered(coding: Coding) -> Iterator[Found]:
    """Segments are numbered without a gap: the next sentence, or the first of the next paragraph."""
    for first in coding.of(m.Segment)[:1]:
        if first.segment_id not in ("p0s1", "p1s1"):
            yield Found(first, "segment_id", "is the first, and not p0s1 (or p1s1, without a headline)")
    for before, after in pairwise(coding.of(m.Segment)):
        next_ones = ((before.paragraph, before.sentence + 1), (before.paragraph + 1, 1))
        if (after.paragraph, after.sentence) not in next_ones:
            yield Found(after, "segment_id", f"doesn't follow {before.segment_id}: a number is left out")


@error("fix start and end of the claim")
def claim_inside_segment(coding: Coding) -> Iterator[Found]:
    """A claim's span lies inside its segment."""
    yield from _inside_segment(coding, coding.of(m.Claim))


@error("fix start and end of the mention")
def mention_inside_segment(coding: Coding) -> Iterator[Found]:
    """A mention's span lies inside its segment."""
    yield from _inside_segment(coding, coding.of(m.Mention))


def _inside_segment(coding: Coding, spans: Iterable[m.Claim | m.Mention]) -> Iterator[Found]:
    for span in spans:
        segment = coding.get(m.Segment, span.segment_id)
        if segment is None or _outside(coding, span):
            continue
        if span.start < segment.start:
            yield Found(span, "start", f"starts before {segment.segment_id} does, at {segment.start}")
        elif span.end > segment.end:
            yield Found(span, "end", f"ends after {segment.segment_id} does, at {segment.end}")


def _outside(coding: Coding, span: Span) -> bool:
    return coding.characters is not None and span.end > coding.characters


@error("fix start and end")
def span_outside_article(coding: Coding) -> Iterator[Found]:
    """A span ends inside the article, whose length the descriptor gives."""
    for span in coding.spans:
        if coding.get(m.Segment, span.segment_id) and _outside(coding, span):
            yield Found(span, "end", f"the article has only {coding.characters} characters")


_OF_NOTHING = hashlib.sha256(b"").hexdigest()


@error("fix start, end or sha256 of the one that is wrong")
def hash_fits_span(coding: Coding) -> Iterator[Found]:
    """Where two segments or claims have the same span they have the same hash; none is that of nothing."""
    spans: list[m.Segment | m.Claim] = [*coding.of(m.Segment), *coding.of(m.Claim)]
    for one in spans:
        if one.sha256 == _OF_NOTHING:
            yield Found(one, "sha256", "is the hash of no text")
    for one, first in repeated(((one.start, one.end), one) for one in spans):
        if one.sha256 not in (first.sha256, _OF_NOTHING):
            yield Found(one, "sha256", f"{first.key()} has the same span and another hash")
