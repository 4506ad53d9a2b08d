"""Rules about how events, and claims, bear on each other."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, cycle, either, grouped, rule
from jpkr_drills.checks.meaning.dates import TO_COME, in_time
from jpkr_drills.text import natural_key

_SYMMETRIC = frozenset({"alongside", "in_tension_with"})
# To restate is to say no less, to elaborate to say more: mixed, the two can't run in a circle either.
_ONE_KIND = {"restates": "restates or elaborates", "elaborates": "restates or elaborates"}
_IN_TIME = "order in time"


def _relations(coding: Coding) -> Iterator[tuple[m.EventRelation | m.ClaimRelation, str, str]]:
    for event in coding.of(m.EventRelation):
        yield event, event.event_id, event.related_event_id
    for claim in coding.of(m.ClaimRelation):
        yield claim, claim.claim_id, claim.related_claim_id


@rule("relation-has-no-cycle")
def _relation_has_no_cycle(coding: Coding) -> Iterator[Found]:
    kinds = grouped(_edges(coding))
    for edges in kinds.values():
        if circle := cycle((source, target) for _, source, target in edges):
            record = next(one for one, source, target in edges if (source, target) in circle)
            path = " → ".join([source for source, _ in circle] + [circle[-1][1]])
            yield Found(record, "relation", f"runs in a circle: {path}")


Edge = tuple[m.EventRelation | m.ClaimRelation, str, str]


def _edges(coding: Coding) -> Iterator[tuple[tuple[type, str], Edge]]:
    """Every directed relation with the kind that it can't run in a circle with."""
    for one, source, target in _relations(coding):
        pair = in_time(one.relation, source, target) if isinstance(one, m.EventRelation) else None
        if pair:
            yield (type(one), _IN_TIME), (one, *pair)
        elif one.relation not in _SYMMETRIC:
            yield (type(one), _ONE_KIND.get(one.relation, one.relation)), (one, source, target)


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


@rule("restates-same-subject", m.ClaimEvent, m.ClaimParty)
def _restates_same_subject(coding: Coding) -> Iterator[Found]:
    for link, one, other in _claim_pairs(coding, "restates"):
        if not _subjects(coding, one.claim_id) & _subjects(coding, other.claim_id):
            yield Found(link, "relation", "the two are about no party and no event in common")


def _subjects(coding: Coding, claim: str) -> set[str]:
    about = {x.party_id for x in coding.parties_of_claim.get(claim, []) if x.role == "about"}
    return about | set(coding.events_of_claim.get(claim, []))


@rule("relation-refers-back")
def _relation_refers_back(coding: Coding) -> Iterator[Found]:
    for relation in ("restates", "elaborates"):
        for link, one, other in _claim_pairs(coding, relation):
            if natural_key((one.segment_id,)) < natural_key((other.segment_id,)):
                yield Found(link, "relation", f"{other.claim_id} comes later in the text: swap the two")


@rule("restated-not-in-tension")
def _restated_not_in_tension(coding: Coding) -> Iterator[Found]:
    home: dict[str, str] = {}

    def said_first(claim: str) -> str:
        path = []
        while claim in home:
            path.append(claim)
            claim = home[claim]
        home.update(dict.fromkeys(path, claim))  # a chain is walked once
        return claim

    for link in coding.of(m.ClaimRelation):
        one, other = said_first(link.claim_id), said_first(link.related_claim_id)
        if link.relation == "restates" and one != other:
            home[one] = other
    for link in coding.of(m.ClaimRelation):
        same = said_first(link.claim_id) == said_first(link.related_claim_id)
        if link.relation == "in_tension_with" and same:
            yield Found(link, "relation", "the two restate the same: they can't be in tension")


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
    "announces": TO_COME,
    "agrees_to": {*TO_COME, "ongoing", "occurred"},
    "halts": {"halted"},
    "resumes": {"halted"},
    "prepares": TO_COME,
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
