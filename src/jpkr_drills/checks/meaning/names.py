"""Advice on names, mentions and identifiers: each usually stands for one thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from jpkr_drills.checks.meaning.coding import Coding, Found, advice, grouped, referent, repeated
from jpkr_drills.model import records as m
from jpkr_drills.text import Names

NAMING = frozenset({"name", "capital", "demonym"})
"""Forms that name what they refer to."""


@advice("say what sets them apart, or remove one")
def names_told_apart(coding: Coding) -> Iterator[Found]:
    """No two names of parties or places, and no two titles of events, differ in case and marks alone."""
    for kind, column in ((m.Party, "name"), (m.Place, "name"), (m.Event, "title")):
        pairs = ((_gist(getattr(one, column)), one) for one in coding.of(kind))
        for one, first in repeated(pairs):
            # The same to the letter is the references engine's to tell.
            if getattr(one, column) != getattr(first, column):
                yield Found(one, column, f"{first.key()} has the same words")


def _gist(text: str) -> str:
    """The text without case, spaces and punctuation."""
    return "".join(char for char in text.casefold() if unicodedata.category(char)[0] not in "PZ") or text


@advice("fix the party or place, or mark a longer phrase that tells the two apart")
def name_of_one(coding: Coding) -> Iterator[Found]:
    """The same name refers to the same party or place throughout."""
    # One name may be a place's here and a party's there.
    named = (((one.surface, one.party_id is None), one) for one in coding.of(m.Mention) if one.form in NAMING)
    for one, first in repeated(named):
        if referent(one) != referent(first):
            yield Found(one, "surface", f"{one.surface!r} is {referent(first)} in {first.mention_id}")


@advice("remove one of the mentions")
def mention_once(coding: Coding) -> Iterator[Found]:
    """No span has two mentions of the same party or place."""
    for mentions in coding.mentions_of_span.values():
        for one, first in repeated((referent(one), one) for one in mentions):
            yield Found(one, "start", f"{first.mention_id} is the same mention")


@advice("fix start and end of the mention")
def mentions_nest(coding: Coding) -> Iterator[Found]:
    """Of two mentions one lies inside the other, or they don't touch."""
    open_ones: list[m.Mention] = []
    for mention in sorted(coding.of(m.Mention), key=lambda one: (one.start, -one.end)):
        while open_ones and open_ones[-1].end <= mention.start:
            open_ones.pop()
        if open_ones and mention.end > open_ones[-1].end:
            yield Found(mention, "end", f"runs out of {open_ones[-1].mention_id}, inside which it starts")
        else:
            open_ones.append(mention)


@advice("add the other rows, or choose another form", m.Mention)
def collective_of_several(coding: Coding) -> Iterator[Found]:
    """Words that stand for several have a row for each, all of the form collective, and only they."""
    for mentions in coding.mentions_of_span.values():
        for mention in mentions:
            if mention.form == "collective" and len(mentions) == 1:
                yield Found(mention, "form", "is a collective of only one")
            elif mention.form != "collective" and len({referent(one) for one in mentions}) > 1:
                yield Found(mention, "form", "refers to several, and is no collective")


@advice("add the party to claim_parties as about", m.ClaimParty)
def named_party_is_about(coding: Coding) -> Iterator[Found]:
    """A party that the statement names is one that the claim is about, or has a party that is."""
    ids = {party.name: party.party_id for party in coding.of(m.Party)}
    parents = {party.party_id: party.parent_party_id for party in coding.of(m.Party)}
    # Places too: a sea that has a country's name in its own is no mention of the country.
    places = {place.name for place in coding.of(m.Place)}
    names = Names([*ids, *places])
    for claim in coding.of(m.Claim):
        about = {link.party_id for link in coding.links(m.ClaimParty, claim) if link.role == "about"}
        about |= {parents.get(one) or one for one in about}
        for name in dict.fromkeys(name for _, name in names.find(claim.statement)):
            if name in ids and name not in places and ids[name] not in about:
                yield Found(claim, "statement", f"names {name}, which the claim is not about")


@advice("empty the identifier, or add the mention that names it", m.Mention)
def identifier_has_name(coding: Coding) -> Iterator[Found]:
    """A Wikidata id or a pair of coordinates is given only to what the article names."""
    named = {referent(one) for one in coding.of(m.Mention) if one.form in NAMING}
    for party in coding.of(m.Party):
        if party.wikidata and f"party {party.party_id}" not in named:
            yield Found(party, "wikidata", "is given to a party that the article doesn't name")
    for place in coding.of(m.Place):
        for field in ("wikidata", "latitude"):
            if getattr(place, field) is not None and f"place {place.place_id}" not in named:
                yield Found(place, field, "is given to a place that the article doesn't name")


@advice("fix the id")
def wikidata_once(coding: Coding) -> Iterator[Found]:
    """A Wikidata id stands for one party and one place at most."""
    for records in (coding.of(m.Party), coding.of(m.Place)):
        for one, first in repeated((one.wikidata, one) for one in records if one.wikidata):
            yield Found(one, "wikidata", f"{first.key()} has this id too")


@advice("fix latitude and longitude, or empty them")
def coordinates_once(coding: Coding) -> Iterator[Found]:
    """No two places have the same coordinates, and none has 0, 0."""
    places = [one for one in coding.of(m.Place) if one.latitude is not None]
    for one in places:
        if (one.latitude, one.longitude) == (0.0, 0.0):
            yield Found(one, "latitude", "is 0, 0, which stands in for missing coordinates")
    for one, first in repeated(((one.latitude, one.longitude), one) for one in places):
        yield Found(one, "latitude", f"{first.place_id} has these coordinates")


@advice("say in the statement what sets the claims apart, or remove one", m.ClaimParty)
def claim_once(coding: Coding) -> Iterator[Found]:
    """No two claims of a sentence have the same statement and the same speakers."""
    said = (((one.segment_id, _gist(one.statement), coding.speakers(one)), one) for one in coding.of(m.Claim))
    for one, first in repeated(said):
        yield Found(one, "statement", f"{first.claim_id} says the same in the same voice")


@advice("mark the shortest stretch that carries each claim", m.Claim)
def spans_told_apart(coding: Coding) -> Iterator[Found]:
    """Three claims or more of a sentence don't all stand in the same words."""
    for segment, claims in grouped((one.segment_id, one) for one in coding.of(m.Claim)).items():
        if len(claims) > 2 and len({(one.start, one.end) for one in claims}) == 1:
            yield Found(claims[0], "start", f"all {len(claims)} claims of {segment} have one span")
