"""Rules about segments, and about spans inside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, grouped, rule

_MANY = 3
"""So many claims of a sentence don't all stand in the same words."""


@rule("segments-present", m.Segment)
def _segments_present(coding: Coding) -> Iterator[Found]:
    if not coding.of(m.Segment):
        yield Found(m.Segment, "", "has no sentence")


@rule("segments-in-order", m.Segment)
def _segments_in_order(coding: Coding) -> Iterator[Found]:
    for before, after in pairwise(coding.of(m.Segment)):
        if after.start < before.end:
            yield Found(after, "start", f"starts before {before.segment_id} ends")


@rule("segments-numbered", m.Segment)
def _segments_numbered(coding: Coding) -> Iterator[Found]:
    for first in coding.of(m.Segment)[:1]:
        if first.segment_id not in ("p0s1", "p1s1"):
            yield Found(first, "segment_id", "is the first, and not p0s1 (or p1s1, without a headline)")
    for before, after in pairwise(coding.of(m.Segment)):
        paragraph, sentence = before.paragraph, before.sentence
        next_ones = ((paragraph, sentence + 1), (paragraph + 1, 1))
        if (after.paragraph, after.sentence) not in next_ones:
            message = f"doesn't follow {before.segment_id}: a number is left out"
            yield Found(after, "segment_id", message)


@rule("segment-has-claim", m.Claim)
def _segment_has_claim(coding: Coding) -> Iterator[Found]:
    coded = {claim.segment_id for claim in coding.of(m.Claim)}
    for segment in coding.of(m.Segment):
        if segment.segment_id not in coded:
            yield Found(segment, "segment_id", "has no claim")


@rule("claim-inside-segment")
def _claim_inside_segment(coding: Coding) -> Iterator[Found]:
    yield from _inside_segment(coding, coding.of(m.Claim))


@rule("mention-inside-segment")
def _mention_inside_segment(coding: Coding) -> Iterator[Found]:
    yield from _inside_segment(coding, coding.of(m.Mention))


def _inside_segment(coding: Coding, spans: Iterable[m.Claim | m.Mention]) -> Iterator[Found]:
    segments = coding.by_id(m.Segment)
    for span in spans:
        segment = segments.get(span.segment_id)
        if segment is None or _outside(coding, span):
            continue
        if span.start < segment.start:
            yield Found(span, "start", f"starts before {segment.segment_id} does, at {segment.start}")
        elif span.end > segment.end:
            yield Found(span, "end", f"ends after {segment.segment_id} does, at {segment.end}")


def _outside(coding: Coding, span: m.Segment | m.Claim | m.Mention) -> bool:
    return coding.characters is not None and span.end > coding.characters


@rule("span-outside-article")
def _span_outside_article(coding: Coding) -> Iterator[Found]:
    spans = chain[m.Segment | m.Claim | m.Mention](
        coding.of(m.Segment), coding.of(m.Claim), coding.of(m.Mention)
    )
    segments = coding.by_id(m.Segment)
    for span in spans:
        if span.segment_id in segments and _outside(coding, span):
            yield Found(span, "end", f"the article has only {coding.characters} characters")


_OF_NOTHING = hashlib.sha256(b"").hexdigest()


@rule("hash-fits-span")
def _hash_fits_span(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[int, int], m.Segment | m.Claim] = {}
    spans: list[m.Segment | m.Claim] = [*coding.of(m.Segment), *coding.of(m.Claim)]
    for one in spans:
        first = seen.setdefault((one.start, one.end), one)
        if one.sha256 == _OF_NOTHING:
            yield Found(one, "sha256", "is the hash of no text")
        elif first.sha256 != one.sha256:
            yield Found(one, "sha256", f"{first.key()} has the same span and another hash")


@rule("spans-told-apart", m.Claim)
def _spans_told_apart(coding: Coding) -> Iterator[Found]:
    segments = coding.by_id(m.Segment)
    for segment_id, claims in grouped((one.segment_id, one) for one in coding.of(m.Claim)).items():
        segment = segments.get(segment_id)
        if segment and len(claims) >= _MANY and len({(one.start, one.end) for one in claims}) == 1:
            yield Found(claims[0], "start", f"all {len(claims)} claims of {segment_id} have one span")
