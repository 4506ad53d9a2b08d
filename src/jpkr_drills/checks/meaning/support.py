"""Rules about support: nothing stands in the tables without words of the article behind it."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, grouped, rule


@rule("party-supported", m.ClaimParty, m.Mention)
def _party_supported(coding: Coding) -> Iterator[Found]:
    supported = {link.party_id for link in coding.of(m.ClaimParty)}
    supported |= {mention.party_id for mention in coding.of(m.Mention) if mention.party_id}
    for party in coding.of(m.Party):
        if party.party_id not in supported:
            yield Found(party, "party_id", "has neither a claim nor a mention")


@rule("place-supported", m.Mention)
def _place_supported(coding: Coding) -> Iterator[Found]:
    supported = {mention.place_id for mention in coding.of(m.Mention)}
    for place in coding.of(m.Place):
        if place.place_id not in supported:
            yield Found(place, "place_id", "has no mention")


@rule("event-supported", m.ClaimEvent)
def _event_supported(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        if event.event_id not in coding.claims_of_event:
            yield Found(event, "event_id", "has no claim about it")


@rule("event-party-in-claim", m.ClaimEvent, m.ClaimParty)
def _event_party_in_claim(coding: Coding) -> Iterator[Found]:
    links = grouped((link.event_id, link) for link in coding.of(m.EventParty))
    for event, parts in links.items():
        claims = coding.claims_of_event.get(event, [])
        spoken_of = {one.party_id for c in claims for one in coding.parties_of_claim.get(c, [])}
        for link in parts:
            if claims and link.party_id not in spoken_of:
                yield Found(link, "party_id", f"no claim about {event} speaks of this party")


@rule("event-place-mentioned", m.Claim, m.ClaimEvent, m.Mention)
def _event_place_mentioned(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    mentioned = grouped((one.segment_id, one.place_id) for one in coding.of(m.Mention))
    links = grouped((link.event_id, link) for link in coding.of(m.EventPlace))
    for event, places in links.items():
        home = {claims[c].segment_id for c in coding.claims_of_event.get(event, []) if c in claims}
        there = {place for segment in home for place in mentioned.get(segment, [])}
        for link in places:
            if home and link.place_id not in there:
                message = f"no sentence with a claim about {event} mentions this place"
                yield Found(link, "place_id", message)


@rule("speaker-in-sentence", m.Mention)
def _speaker_in_sentence(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    mentioned = {(one.segment_id, one.party_id) for one in coding.of(m.Mention)}
    for link in coding.of(m.ClaimParty):
        claim = claims.get(link.claim_id)
        if link.role == "about" or claim is None:
            continue
        if (claim.segment_id, link.party_id) not in mentioned:
            yield Found(link, "party_id", f"{claim.segment_id} doesn't mention this {link.role}")
