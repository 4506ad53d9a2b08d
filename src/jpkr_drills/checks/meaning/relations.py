"""Rules about how events, and claims, bear on each other."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, cycle, either, grouped, rule
from jpkr_drills.text import natural_key

_SYMMETRIC = frozenset({"alongside", "in_tension_with"})
# To restate is to say no less, to elaborate to say more: mixed, the two can't run in a circle either.
_ONE_KIND = {"restates": "restates or elaborates", "elaborates": "restates or elaborates"}


def _relations(coding: Coding) -> Iterator[tuple[m.EventRelation | m.ClaimRelation, str, str]]:
    for event in coding.of(m.EventRelation):
        yield event, event.event_id, event.related_event_id
    for claim in coding.of(m.ClaimRelation):
        yield claim, claim.claim_id, claim.related_claim_id


@rule("relation-has-no-cycle")
def _relation_has_no_cycle(coding: Coding) -> Iterator[Found]:
    kinds = grouped(
        ((type(one), _ONE_KIND.get(one.relation, one.relation)), (one, source, target))
        for one, source, target in _relations(coding)
        if one.relation not in _SYMMETRIC
    )
    for edges in kinds.values():
        if circle := cycle((source, target) for _, source, target in edges):
            record = next(one for one, source, target in edges if (source, target) in circle)
            path = " → ".join([source for source, _ in circle] + [circle[-1][1]])
            yield Found(record, "relation", f"runs in a circle: {path}")


@rule("symmetric-once")
def _symmetric_once(coding: Coding) -> Iterator[Found]:
    for one, source, target in _relations(coding):
        if one.relation in _SYMMETRIC and natural_key((target,)) < natural_key((source,)):
            yield Found(one, "relation", "reads the same both ways: put the smaller id first")


@rule("relation-once")
def _relation_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[type, frozenset[str]], str] = {}
    for one, source, target in _relations(coding):
        pair = (type(one), frozenset({source, target}))
        if pair in seen:
            yield Found(one, "relation", f"the two are joined by {seen[pair]} already")
        seen.setdefault(pair, one.relation)


@rule("restates-same-polarity")
def _restates_same_polarity(coding: Coding) -> Iterator[Found]:
    for link, one, other in _claim_pairs(coding, "restates"):
        if one.polarity != other.polarity:
            yield Found(link, "relation", "one affirms what the other denies")


@rule("restates-same-type")
def _restates_same_type(coding: Coding) -> Iterator[Found]:
    for link, one, other in _claim_pairs(coding, "restates"):
        if one.claim_type != other.claim_type:
            yield Found(link, "relation", f"one is {one.claim_type}, the other {other.claim_type}")


@rule("restates-earlier")
def _restates_earlier(coding: Coding) -> Iterator[Found]:
    for link, one, other in _claim_pairs(coding, "restates"):
        if natural_key((one.segment_id,)) < natural_key((other.segment_id,)):
            yield Found(link, "relation", f"{other.claim_id} comes later in the text: swap the two")


@rule("explains-by-reason")
def _explains_by_reason(coding: Coding) -> Iterator[Found]:
    for link, one, _ in _claim_pairs(coding, "explains"):
        if one.claim_type not in _REASONS:
            message = f"{one.claim_id} is {one.claim_type}, not {either(_REASONS)}"
            yield Found(link, "relation", message)


def _claim_pairs(coding: Coding, relation: str) -> Iterator[tuple[m.ClaimRelation, m.Claim, m.Claim]]:
    """The links of one relation, with the claims they join."""
    claims = coding.by_id(m.Claim)
    for link in coding.of(m.ClaimRelation):
        one, other = claims.get(link.claim_id), claims.get(link.related_claim_id)
        if link.relation == relation and one and other:
            yield link, one, other


_REASONS = frozenset({"cause", "purpose"})

# What the first and second event of a relation must be, by type or status.
_FIRST_TYPE = {
    "agrees_to": {"agreement"},
    "halts": {"suspension"},
    "announces": {"statement", "agreement"},
    "reports": {"statement"},
    "prepares": {"planning"},
}
_SECOND_STATUS = {
    "agrees_to": {"planned", "expected", "ongoing", "occurred"},
    "halts": {"halted"},
    "resumes": {"halted"},
    "prepares": {"planned", "expected"},
}


@rule("relation-fits-events")
def _relation_fits_events(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for link in coding.of(m.EventRelation):
        first, second = events.get(link.event_id), events.get(link.related_event_id)
        types, statuses = _FIRST_TYPE.get(link.relation), _SECOND_STATUS.get(link.relation)
        if first and types and first.event_type not in types:
            yield Found(link, "relation", f"{first.event_id} is {first.event_type}, not {either(types)}")
        elif second and statuses and second.status not in statuses:
            yield Found(
                link, "relation", f"{second.event_id} is {second.status}, not {either(statuses)}"
            )
        elif second and link.relation == "part_of" and second.extent == "single":
            yield Found(link, "relation", f"{second.event_id} is a single act, which has no parts")
        elif link.relation == "resumes" and first and second and first.event_type != second.event_type:
            yield Found(link, "relation", f"{first.event_type} resumes no {second.event_type}")


# Which of the two events of a relation can't start after the other.
_FIRST_EARLIER = frozenset({"agrees_to", "culminates_in", "precedes", "prepares", "prompts"})
_SECOND_EARLIER = frozenset({"builds_on", "halts", "part_of", "resumes"})


@rule("relation-fits-dates")
def _relation_fits_dates(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for link in coding.of(m.EventRelation):
        first, second = events.get(link.event_id), events.get(link.related_event_id)
        if link.relation in _SECOND_EARLIER:
            first, second = second, first
        elif link.relation not in _FIRST_EARLIER:
            continue
        if first and second and _starts_after(first.date or "", second.date or ""):
            message = f"{first.event_id} ({first.date}) starts after {second.event_id} ({second.date})"
            yield Found(link, "relation", message)


def _starts_after(date: str, other: str) -> bool:
    """Whether an EDTF date surely starts after another, as precisely as both say."""
    one, two = (text.partition("/")[0].rstrip("?~%").strip(".") for text in (date, other))
    shared = min(len(one), len(two))
    return one[:shared] > two[:shared]
