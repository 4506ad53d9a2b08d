"""Rules about claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, gist, grouped, rule
from jpkr_drills.checks.meaning.dates import OVER, TO_COME
from jpkr_drills.text import Names


@rule("attributed-has-speaker", m.ClaimParty)
def _attributed_has_speaker(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        spoken = any(one.role == "speaker" for one in coding.parties_of_claim.get(claim.claim_id, []))
        if spoken and claim.voice != "attributed":
            yield Found(claim, "voice", "has a speaker, and is not attributed")
        elif not spoken and claim.voice == "attributed":
            yield Found(claim, "voice", "is attributed, and has no speaker")


@rule("unclear-beside-attributed", m.Claim)
def _unclear_beside_attributed(coding: Coding) -> Iterator[Found]:
    voices = {(claim.segment_id, claim.voice) for claim in coding.of(m.Claim)}
    for claim in coding.of(m.Claim):
        if claim.voice == "unclear" and (claim.segment_id, "attributed") not in voices:
            yield Found(claim, "voice", "is unclear where its sentence has no attributed claim")


@rule("presupposed-is-certain")
def _presupposed_is_certain(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if claim.explicitness == "presupposed" and claim.certainty != "certain":
            yield Found(
                claim, "certainty", f"is {claim.certainty}, of what the wording takes for granted"
            )


@rule("relay-has-speaker", m.ClaimParty)
def _relay_has_speaker(coding: Coding) -> Iterator[Found]:
    for links in coding.parties_of_claim.values():
        roles = {link.role for link in links}
        for link in links:
            if link.role == "relayed_by" and "speaker" not in roles:
                yield Found(link, "role", "relays a claim that has no speaker")


@rule("relay-is-not-speaker")
def _relay_is_not_speaker(coding: Coding) -> Iterator[Found]:
    for links in coding.parties_of_claim.values():
        speakers = {link.party_id for link in links if link.role == "speaker"}
        for link in links:
            if link.role == "relayed_by" and link.party_id in speakers:
                yield Found(link, "role", f"{link.party_id} is the speaker")


@rule("relay-is-media")
def _relay_is_media(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    for link in coding.of(m.ClaimParty):
        party = parties.get(link.party_id)
        if link.role == "relayed_by" and party is not None and party.party_type != "media":
            yield Found(link, "role", f"{party.party_id} is {party.party_type}, not media")


@rule("claim-once", m.ClaimParty)
def _claim_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[object, ...], str] = {}
    for claim in coding.of(m.Claim):
        links = coding.parties_of_claim.get(claim.claim_id, [])
        speakers = frozenset(one.party_id for one in links if one.role == "speaker")
        what = (gist(claim.statement), speakers)
        if what in seen:
            yield Found(claim, "statement", f"{seen[what]} says the same in the same voice")
        seen.setdefault(what, claim.claim_id)


@rule("event-claim-has-event", m.ClaimEvent)
def _event_claim_has_event(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if claim.claim_type == "event" and claim.claim_id not in coding.events_of_claim:
            yield Found(claim, "claim_type", "says that an act happened, and is linked to no event")


@rule("claim-has-subject", m.ClaimEvent, m.ClaimParty, m.Mention)
def _claim_has_subject(coding: Coding) -> Iterator[Found]:
    mentions = grouped((one.segment_id, one) for one in coding.of(m.Mention) if one.place_id)
    places = {segment: _Spans(found) for segment, found in mentions.items()}
    for claim in coding.of(m.Claim):
        links = coding.parties_of_claim.get(claim.claim_id, [])
        named = places.get(claim.segment_id)
        if (
            claim.claim_id not in coding.events_of_claim
            and all(one.role != "about" for one in links)
            and not (named and named.any_inside(claim.start, claim.end))
        ):
            yield Found(claim, "claim_id", "is about no event and no party, and names no place")


class _Spans:
    """Spans of a sentence, to be asked whether one of them lies inside another span."""

    def __init__(self, mentions: list[m.Mention]) -> None:
        ordered = sorted((one.start, one.end) for one in mentions)
        self._starts = [start for start, _ in ordered]
        # The first end of those that start here or later.
        ends = accumulate((end for _, end in reversed(ordered)), min)
        self._first_ends = list(ends)[::-1]

    def any_inside(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._first_ends[at] <= end


@rule("planned-has-not-happened", m.Event, m.ClaimEvent)
def _planned_has_not_happened(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for claim in coding.of(m.Claim):
        linked = coding.events_of_claim.get(claim.claim_id, [])
        known = [events[one].status for one in linked if one in events]
        happened = claim.claim_type == "event" and claim.polarity == "positive"
        if happened and known and TO_COME.issuperset(known):
            yield Found(claim, "claim_type", "says that something planned or expected happened")


@rule("plan-is-to-come", m.Event, m.ClaimEvent)
def _plan_is_to_come(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for claim in coding.of(m.Claim):
        linked = [events[one] for one in coding.events_of_claim.get(claim.claim_id, []) if one in events]
        over = linked and all(event.status in OVER for event in linked)
        if claim.claim_type == "plan" and over:
            yield Found(claim, "claim_type", "is a plan, and all that it is about is over")


@rule("named-party-is-about", m.ClaimParty)
def _named_party_is_about(coding: Coding) -> Iterator[Found]:
    ids = {party.name: party.party_id for party in coding.of(m.Party)}
    parents = {party.party_id: party.parent_party_id for party in coding.of(m.Party)}
    # Places too: a sea that has a country's name in its own is no mention of the country.
    names = Names([*ids, *(place.name for place in coding.of(m.Place))])
    for claim in coding.of(m.Claim):
        links = coding.parties_of_claim.get(claim.claim_id, [])
        about = {link.party_id for link in links if link.role == "about"}
        about |= {parents.get(one) or one for one in about}
        for said in dict.fromkeys(name for _, name in names.find(claim.statement)):
            if said in ids and ids[said] not in about:
                yield Found(claim, "statement", f"names {said}, which the claim is not about")
