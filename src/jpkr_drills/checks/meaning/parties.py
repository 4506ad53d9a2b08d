"""Rules about parties and places."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, cycle, grouped, rule
from jpkr_drills.checks.meaning.mentions import NAMING, referent
from jpkr_drills.standards import COUNTRIES


@rule("parent-has-no-cycle")
def _parent_has_no_cycle(coding: Coding) -> Iterator[Found]:
    children = [party for party in coding.of(m.Party) if party.parent_party_id]
    if circle := cycle((str(one.party_id), str(one.parent_party_id)) for one in children):
        members = {member for member, _ in circle}
        member = next(one for one in children if one.party_id in members)
        path = " → ".join([child for child, _ in circle] + [circle[-1][1]])
        yield Found(member, "parent_party_id", f"runs in a circle: {path}")


_BODILESS = frozenset({"person", "officials", "experts", "public"})


@rule("parent-is-body")
def _parent_is_body(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    for party in coding.of(m.Party):
        parent = parties.get(party.parent_party_id or "")
        if parent and parent.party_type in _BODILESS:
            message = f"{parent.party_id} is {parent.party_type}: nobody belongs to it"
            yield Found(party, "parent_party_id", message)
        elif parent and party.party_type == "state" and parent.party_type != "grouping":
            message = f"a state belongs to a grouping at most, and {parent.party_id} is none"
            yield Found(party, "parent_party_id", message)


@rule("country-known")
def _country_known(coding: Coding) -> Iterator[Found]:
    for party in coding.of(m.Party):
        if party.country is not None and party.country not in COUNTRIES:
            yield Found(party, "country", "is no code of ISO 3166-1")


@rule("country-fits-parent")
def _country_fits_parent(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    for party in coding.of(m.Party):
        parent = parties.get(party.parent_party_id or "")
        if parent and parent.country and party.country != parent.country:
            yield Found(party, "country", f"{parent.party_id} has {parent.country}")


@rule("state-has-country", m.Party)
def _state_has_country(coding: Coding) -> Iterator[Found]:
    """A state of today has a code; one whose parties have none may be of another day."""
    children = grouped((party.parent_party_id, party) for party in coding.of(m.Party))
    for party in coding.of(m.Party):
        given = next((one.country for one in children.get(party.party_id, []) if one.country), None)
        if party.party_type == "state" and party.country is None and given:
            yield Found(party, "country", f"is empty, and a party of this state has {given}")


@rule("country-of-one-state")
def _country_of_one_state(coding: Coding) -> Iterator[Found]:
    states: dict[str, str] = {}
    for party in coding.of(m.Party):
        if party.party_type == "state" and party.country:
            if party.country in states:
                yield Found(party, "country", f"{states[party.country]} has this code too")
            states.setdefault(party.country, party.party_id)


@rule("title-of-person")
def _title_of_person(coding: Coding) -> Iterator[Found]:
    for party in coding.of(m.Party):
        if party.title and party.party_type != "person":
            yield Found(party, "title", f"is given to a party of type {party.party_type}")


@rule("identifier-has-name", m.Mention)
def _identifier_has_name(coding: Coding) -> Iterator[Found]:
    named = {referent(one) for one in coding.of(m.Mention) if one.form in NAMING}
    for party in coding.of(m.Party):
        if party.wikidata and f"party {party.party_id}" not in named:
            yield Found(party, "wikidata", "is given to a party that the article doesn't name")
    for place in coding.of(m.Place):
        if f"place {place.place_id}" not in named:
            for field in ("wikidata", "latitude"):
                if getattr(place, field) is not None:
                    yield Found(place, field, "is given to a place that the article doesn't name")


@rule("wikidata-once")
def _wikidata_once(coding: Coding) -> Iterator[Found]:
    items: dict[str, str] = {}
    named: list[m.Party | m.Place] = [*coding.of(m.Party), *coding.of(m.Place)]
    for one in named:
        if one.wikidata in items:
            yield Found(one, "wikidata", f"{items[one.wikidata]} has this id too")
        if one.wikidata:
            items.setdefault(one.wikidata, one.key())


_POINTS = frozenset({"facility", "locality"})


@rule("basis-fits-place")
def _basis_fits_place(coding: Coding) -> Iterator[Found]:
    for place in coding.of(m.Place):
        if place.coordinate_basis == "point" and place.place_type not in _POINTS:
            yield Found(place, "coordinate_basis", f"a {place.place_type} is no point")


@rule("coordinates-once")
def _coordinates_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[float, float], str] = {(0.0, 0.0): "what stands in for missing coordinates"}
    for place in coding.of(m.Place):
        if place.latitude is None or place.longitude is None:
            continue
        where = (place.latitude, place.longitude)
        if where in seen:
            yield Found(place, "latitude", f"{seen[where]} has these coordinates")
        seen.setdefault(where, place.place_id)
