"""Rules about names, titles and ids: each stands for one thing, and a name is the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, gist, grouped, rule
from jpkr_drills.checks.meaning.mentions import referent


@rule("names-told-apart")
def _names_told_apart(coding: Coding) -> Iterator[Found]:
    columns = ((m.Party, "name"), (m.Place, "name"), (m.Event, "title"), (m.Event, "description"))
    for kind, column in columns:
        seen: dict[tuple[str, ...], m.Record] = {}
        for record in coding.of(kind):
            text = getattr(record, column)
            first = seen.setdefault(gist(text), record)
            # The same to the letter in a column that must be unique is the references engine's to tell.
            told = column in kind.TABLE.unique and getattr(first, column) == text
            if first is not record and not told:
                yield Found(record, column, f"{first.key()} has the same words")


@rule("id-of-one-table")
def _id_of_one_table(coding: Coding) -> Iterator[Found]:
    seen: dict[str, m.Record] = {}
    for kind in (m.Party, m.Place, m.Event):
        for record in coding.of(kind):
            first = seen.setdefault(record.key(), record)
            if type(first) is not kind:
                yield Found(record, kind.TABLE.key[0], f"{first.TABLE.name} has this id too")


@rule("name-as-mentioned", m.Mention)
def _name_as_mentioned(coding: Coding) -> Iterator[Found]:
    named: dict[str, m.Party | m.Place] = {}
    for party in coding.of(m.Party):
        named[f"party {party.party_id}"] = party
    for place in coding.of(m.Place):
        named[f"place {place.place_id}"] = place
    surfaces = grouped(
        (referent(one), gist(one.surface))
        for one in coding.of(m.Mention)
        # An abbreviation has no word of the name that it is short for.
        if one.form == "name" and not one.surface.isupper()
    )
    often = Counter(record.name for record in named.values())
    for what, record in named.items():
        if often[record.name] > 1:
            continue  # given to the wrong one, says the references engine
        words = {word for surface in surfaces.get(what, []) for word in surface}
        if words and not words & set(gist(record.name)):
            message = "has no word of the names by which the article mentions it"
            yield Found(record, "name", message)
