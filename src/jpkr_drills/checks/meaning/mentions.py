"""Rules about mentions: what refers to what, and how."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, grouped, rule
from jpkr_drills.checks.meaning.english import PRONOUN

NAMING = frozenset({"name", "capital", "demonym"})
"""Forms that name what they refer to."""


def referent(mention: m.Mention) -> str:
    """What a mention refers to, told apart from an id of the other kind."""
    return f"party {mention.party_id}" if mention.party_id else f"place {mention.place_id}"


@rule("mention-once")
def _mention_once(coding: Coding) -> Iterator[Found]:
    for mentions in coding.mentions_of_span.values():
        seen: dict[str, str] = {}
        for mention in mentions:
            what = referent(mention)
            if what in seen:
                yield Found(mention, "start", f"{seen[what]} is the same mention")
            seen.setdefault(what, mention.mention_id)


@rule("mentions-nest")
def _mentions_nest(coding: Coding) -> Iterator[Found]:
    open_ones: list[m.Mention] = []
    for mention in sorted(coding.of(m.Mention), key=lambda one: (one.start, -one.end)):
        while open_ones and open_ones[-1].end <= mention.start:
            open_ones.pop()
        if open_ones and mention.end > open_ones[-1].end:
            yield Found(
                mention, "end", f"runs out of {open_ones[-1].mention_id}, inside which it starts"
            )
        else:
            open_ones.append(mention)


@rule("collective-of-several", m.Mention)
def _collective_of_several(coding: Coding) -> Iterator[Found]:
    for mentions in coding.mentions_of_span.values():
        for mention in mentions:
            if mention.form == "collective" and len(mentions) == 1:
                yield Found(mention, "form", "is a collective of only one party")
            elif mention.form != "collective" and len({referent(one) for one in mentions}) > 1:
                yield Found(mention, "form", "refers to several, and is no collective")


@rule("form-fits-surface")
def _form_fits_surface(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    for mention in coding.of(m.Mention):
        surface, form = mention.surface, mention.form
        pronoun = PRONOUN.fullmatch(surface)
        party = parties.get(mention.party_id or "")
        if pronoun and form not in ("pronoun", "collective"):
            yield Found(mention, "form", f"{surface!r} is a pronoun")
        elif form == "pronoun" and surface[0].isupper() and not PRONOUN.match(surface):
            yield Found(mention, "form", f"{surface!r} is no pronoun")
        elif form == "capital" and (mention.place_id or (party and party.party_type != "state")):
            yield Found(mention, "form", "only a state is called by its capital")
        elif form == "demonym" and party and party.party_type not in ("state", "grouping"):
            yield Found(mention, "form", f"no demonym is made of a {party.party_type}")
        elif form in NAMING and surface.islower():
            yield Found(mention, "form", f"{surface!r} has no capital letter, and is no {form}")


@rule("name-of-one")
def _name_of_one(coding: Coding) -> Iterator[Found]:
    known = {f"party {one}" for one in coding.by_id(m.Party)}
    known |= {f"place {one}" for one in coding.by_id(m.Place)}
    # A capital may be a place here, and its state there.
    named = grouped(
        ((one.surface, one.form == "capital"), one)
        for one in coding.of(m.Mention)
        if one.form in NAMING and referent(one) in known
    )
    for (surface, _), mentions in named.items():
        for before, after in pairwise(mentions):
            if referent(before) != referent(after):
                message = f"{surface!r} is {referent(before)} in {before.mention_id}"
                yield Found(after, "surface", message)


@rule("surface-one-form")
def _surface_one_form(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[str, str], m.Mention] = {}
    # The same words may stand for several parties here and for one of them there.
    for mention in (one for one in coding.of(m.Mention) if one.form != "collective"):
        first = seen.setdefault((mention.surface, referent(mention)), mention)
        if first.form != mention.form:
            yield Found(mention, "form", f"{first.mention_id} has the same words as {first.form}")


@rule("name-alone")
def _name_alone(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    surfaces = {one.surface for one in coding.of(m.Mention)}
    for mention in coding.of(m.Mention):
        party = parties.get(mention.party_id or "")
        surface = mention.surface
        bare = surface.removesuffix("'s").removesuffix("’s")
        if mention.form not in NAMING:
            continue
        if surface.startswith(("the ", "a ", "an ")):
            yield Found(mention, "surface", "a name is marked without its article")
        elif party and party.title and surface.startswith(f"{party.title} "):
            yield Found(mention, "surface", f"a name is marked without the title {party.title!r}")
        elif bare != surface and bare in surfaces:
            yield Found(mention, "surface", "a name is marked without the possessive")
