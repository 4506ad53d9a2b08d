"""Rules about the parts that parties and places have in events."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, grouped, rule

_SITES = frozenset({"facility", "locality"})
_NOT_ACTOR = ("affected", "participant", "recipient")


@rule("role-fits-event")
def _role_fits_event(coding: Coding) -> Iterator[Found]:
    events, parties = coding.by_id(m.Event), coding.by_id(m.Party)
    for link in coding.of(m.EventParty):
        event, party = events.get(link.event_id), parties.get(link.party_id)
        if event is None or party is None:
            continue
        kind = event.event_type
        if link.role == "issuer" and kind != "statement":
            yield Found(link, "role", f"{event.event_id} is {kind}, which nobody issues")
        elif link.role == "actor" and kind == "statement":
            yield Found(link, "role", "who makes a statement is its issuer")
        elif kind == "office" and (link.role != "actor" or party.party_type != "person"):
            yield Found(link, "role", "only a person holds an office, and nobody has another part in it")


@rule("roles-agree")
def _roles_agree(coding: Coding) -> Iterator[Found]:
    parts = grouped(((link.event_id, link.party_id), link) for link in coding.of(m.EventParty))
    for links in parts.values():
        if any(link.role == "actor" for link in links):
            for link in (link for link in links if link.role in _NOT_ACTOR):
                yield Found(link, "role", f"{link.party_id} is the actor, and can't be {link.role} too")


@rule("role-has-counterpart", m.EventParty)
def _role_has_counterpart(coding: Coding) -> Iterator[Found]:
    parts = grouped((link.event_id, link) for link in coding.of(m.EventParty))
    for links in parts.values():
        actors = {link.party_id for link in links if link.role in ("actor", "issuer")}
        helped = {link.party_id for link in links if link.role != "facilitator"}
        for link in links:
            if link.role == "recipient" and len(actors) == (link.party_id in actors):
                yield Found(link, "role", "receives an act that has no actor")
            elif link.role == "facilitator" and len(helped) == (link.party_id in helped):
                yield Found(link, "role", "helps nobody")


@rule("statement-fits-parties", m.EventParty, m.Party)
def _statement_fits_parties(coding: Coding) -> Iterator[Found]:
    parents = {party.party_id: party.parent_party_id for party in coding.of(m.Party)}
    parts = grouped((link.event_id, link) for link in coding.of(m.EventParty))
    for relation in coding.of(m.EventRelation):
        issuers = {x.party_id for x in parts.get(relation.event_id, []) if x.role == "issuer"}
        holders = {x.party_id for x in parts.get(relation.related_event_id, [])}
        taking_part = {one for one in issuers if {one, parents.get(one)} & holders}
        if relation.relation == "announces" and holders and issuers - taking_part:
            who = min(issuers - taking_part)
            yield Found(relation, "relation", f"{who} announces it, and has no part in it")
        elif relation.relation == "reports" and taking_part:
            yield Found(relation, "relation", f"{min(taking_part)} reports it, and has a part in it")


@rule("relation-fits-place")
def _relation_fits_place(coding: Coding) -> Iterator[Found]:
    places = coding.by_id(m.Place)
    for link in coding.of(m.EventPlace):
        place = places.get(link.place_id)
        if link.relation == "at" and place and place.place_type not in _SITES:
            yield Found(link, "relation", f"{place.place_id} is a {place.place_type}, and no site")


@rule("event-place-once")
def _event_place_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[str, str], str] = {}
    for link in coding.of(m.EventPlace):
        pair = (link.event_id, link.place_id)
        if pair in seen:
            yield Found(link, "relation", f"the event is {seen[pair]} the place already")
        seen.setdefault(pair, link.relation)
