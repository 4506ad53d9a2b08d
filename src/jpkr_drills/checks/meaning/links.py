"""Errors of linking: who speaks, what supports what, relations that can't be."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills.checks.meaning.coding import Coding, Found, circle, error, grouped
from jpkr_drills.model import records as m
from jpkr_drills.model.vocabularies import SYMMETRIC
from jpkr_drills.text import natural_key

# --- support: nothing stands in the tables without words of the article behind it ---------------


@error("add the claim or mention that supports it, or remove the party", m.ClaimParty, m.Mention)
def party_supported(coding: Coding) -> Iterator[Found]:
    """Every party has a claim about or by it, or a mention."""
    for party in coding.of(m.Party):
        if not coding.links(m.ClaimParty, party) and not coding.links(m.Mention, party):
            yield Found(party, "party_id", "has neither a claim nor a mention")


@error("add the mention that supports it, or remove the place", m.ClaimPlace, m.Mention)
def place_supported(coding: Coding) -> Iterator[Found]:
    """Every place has a mention, or a claim that speaks about it."""
    for place in coding.of(m.Place):
        if not coding.links(m.Mention, place) and not coding.links(m.ClaimPlace, place):
            yield Found(place, "place_id", "has neither a mention nor a claim")


@error("link the claims that speak about it in claim_events, or remove the event", m.ClaimEvent)
def event_supported(coding: Coding) -> Iterator[Found]:
    """Every event has a claim about it."""
    for event in coding.of(m.Event):
        if not coding.links(m.ClaimEvent, event):
            yield Found(event, "event_id", "has no claim about it")


@error("give one of them another id")
def id_of_one_table(coding: Coding) -> Iterator[Found]:
    """A party, a place and an event don't share an id."""
    seen: dict[str, m.Record] = {}
    for kind in (m.Party, m.Place, m.Event):
        for record in coding.of(kind):
            first = seen.setdefault(record.key(), record)
            if type(first) is not kind:
                yield Found(record, kind.TABLE.key[0], f"{first.TABLE.name} has this id too")


# --- voice -----------------------------------------------------------------------------------------


@error("fix voice, or the speakers in claim_parties", m.ClaimParty)
def attributed_has_speaker(coding: Coding) -> Iterator[Found]:
    """An attributed claim has a speaker, and only an attributed claim has one."""
    for claim in coding.of(m.Claim):
        spoken = coding.speakers(claim)
        if spoken and claim.voice != "attributed":
            yield Found(claim, "voice", "has a speaker, and is not attributed")
        elif not spoken and claim.voice == "attributed":
            yield Found(claim, "voice", "is attributed, and has no speaker")


@error("add the speaker, or make the relay the speaker", m.ClaimParty)
def relay_has_speaker(coding: Coding) -> Iterator[Found]:
    """A claim that is relayed has a speaker."""
    for claim in coding.of(m.Claim):
        speakers = coding.speakers(claim)
        for link in coding.links(m.ClaimParty, claim):
            if link.role == "relayed_by" and not speakers:
                yield Found(link, "role", "relays a claim that has no speaker")


@error("keep one of the two roles")
def relay_is_not_speaker(coding: Coding) -> Iterator[Found]:
    """Whoever relays a claim is not its speaker."""
    for claim in coding.of(m.Claim):
        speakers = coding.speakers(claim)
        for link in coding.links(m.ClaimParty, claim):
            if link.role == "relayed_by" and link.party_id in speakers:
                yield Found(link, "role", f"{link.party_id} is the speaker")


# --- propositions --------------------------------------------------------------------------------


def _repeating(coding: Coding) -> Iterator[tuple[m.Claim, m.Claim]]:
    """Each claim that makes another's proposition, with that other."""
    for claim in coding.of(m.Claim):
        first = coding.get(m.Claim, claim.proposition_id)
        if first and first is not claim:
            yield claim, first


@error("name the claim that makes the proposition first")
def proposition_names_itself(coding: Coding) -> Iterator[Found]:
    """A claim's proposition is a claim that is its own proposition."""
    for claim, first in _repeating(coding):
        if first.proposition_id != first.claim_id:
            yield Found(claim, "proposition_id", f"{first.claim_id} makes the proposition of {first.proposition_id}")


@error("let the claim that comes first in the text give the proposition its id")
def proposition_comes_first(coding: Coding) -> Iterator[Found]:
    """A claim's proposition is no later claim."""
    for claim, first in _repeating(coding):
        if natural_key((claim.claim_id,)) < natural_key((first.claim_id,)):
            yield Found(claim, "proposition_id", f"{first.claim_id} comes later")


@error("use in_tension_with for what denies the other, or fix the polarity")
def proposition_same_polarity(coding: Coding) -> Iterator[Found]:
    """Claims of one proposition have one polarity."""
    for claim, first in _repeating(coding):
        if claim.polarity != first.polarity:
            yield Found(claim, "proposition_id", f"{first.claim_id} is {first.polarity}, this one {claim.polarity}")


# --- relations -------------------------------------------------------------------------------------

Relation = m.EventRelation | m.ClaimRelation


def relations(coding: Coding) -> Iterator[tuple[Relation, str, str]]:
    """Every relation between events or claims, with the ids it joins."""
    for event in coding.of(m.EventRelation):
        yield event, event.event_id, event.related_event_id
    for claim in coding.of(m.ClaimRelation):
        yield claim, claim.claim_id, claim.related_claim_id


@error("remove or turn one of the relations")
def relation_has_no_cycle(coding: Coding) -> Iterator[Found]:
    """Directed relations of one kind don't run in a circle."""
    kinds = grouped(
        ((type(one), one.relation), (one, source, target))
        for one, source, target in relations(coding)
        if one.relation not in SYMMETRIC
    )
    for edges in kinds.values():
        inside, path = circle(edges)
        if inside:
            yield Found(inside[0], "relation", f"runs in a circle: {path}")


@error("fix parent_party_id")
def parent_has_no_cycle(coding: Coding) -> Iterator[Found]:
    """Parent parties don't run in a circle."""
    inside, path = circle((one, one.party_id, one.parent_party_id) for one in coding.of(m.Party) if one.parent_party_id)
    if inside:
        yield Found(inside[0], "parent_party_id", f"runs in a circle: {path}")


@error("swap the ids, or remove the second row")
def symmetric_once(coding: Coding) -> Iterator[Found]:
    """A relation that reads the same both ways is stored once, the smaller id first."""
    for one, source, target in relations(coding):
        if one.relation in SYMMETRIC and natural_key((target,)) < natural_key((source,)):
            yield Found(one, "relation", "reads the same both ways: put the smaller id first")
