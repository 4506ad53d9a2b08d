"""Account: what the article tells, in the words and the order in which a person reads it.

Page and Markdown are made of it.
"""

from __future__ import annotations

import pkgutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sized
from functools import cached_property
from typing import Any, NamedTuple

from jpkr_drills.dataset import Dataset
from jpkr_drills.frames import need
from jpkr_drills.model import records as m

TENSION = "in_tension_with"
"""The relation between claims that reads the same from both ends."""
VIEWS = {
    "minute": "In a minute",
    "claims": "Claims",
    "events": "Events in order",
    "parties": "Who with whom",
    "tensions": "Tensions",
    "text": "The text",
    "words": "Words used",
}
"""Anchor of each part of the reading to its name."""


class Teller(NamedTuple):
    """Who makes a claim and how firmly: what tells one teller of a proposition from another."""

    voice: str
    certainty: str
    speakers: tuple[m.Party, ...]
    relays: tuple[m.Party, ...]


class Relation(NamedTuple):
    """A relation as the record at one of its ends has it."""

    title: str
    other: Any
    note: str | None = None


class Account:
    """A dataset and its coded source (an object of the descriptor's ``sources``), as templates ask for them."""

    def __init__(self, dataset: Dataset, source: Mapping[str, Any] | None) -> None:
        self.dataset = dataset
        told = ("title", "publisher", "publicationDate", "sha256", "bytes")
        self.source = {**dict.fromkeys(told), **(source or {})}
        self.views = {key: name for key, name in VIEWS.items() if key not in self._absent}
        self.language = str(self.source.get("language") or "en")

    @cached_property
    def _absent(self) -> set[str]:
        d = self.dataset
        there: dict[str, Sized] = {"minute": self.core, "claims": d.claims, "events": d.events, "parties": d.parties}
        there |= {"tensions": self.tensions, "text": d.segments}
        return {key for key, rows in there.items() if not len(rows)}

    # --- words ---------------------------------------------------------------------------------

    def word(self, codelist: str, code: str) -> str:
        """A code in plain words, as they stand inside a sentence."""
        title = self.dataset.codes[codelist, code].title
        return title[:1].lower() + title[1:]

    @cached_property
    def used(self) -> dict[str, list[m.CodeEntry]]:
        """Codelist to those of its codes that the data have, where they have any; those of claims first."""
        found: dict[str, list[m.CodeEntry]] = {}
        for name, (table, column) in sorted(m.codelists().items(), key=lambda one: not one[1][0].startswith("claim")):
            codes = {getattr(row, column) for row in self.dataset.tables[table]} if table != "codes" else set[str]()
            if entries := [entry for entry in self.dataset.codes if entry.codelist == name and entry.code in codes]:
                found[name] = entries
        return found

    def sentence(self, segment: m.Segment) -> str:
        """Where a sentence stands, in words."""
        whole = segment.paragraph == 0 and segment.sentence == 1
        where = f"Paragraph {segment.paragraph}" if segment.paragraph else "Headline"
        return where if whole else f"{where}, sentence {segment.sentence}"

    # --- claims --------------------------------------------------------------------------------

    def claims_of(self, segment: m.Segment) -> list[m.Claim]:
        """The claims that a sentence makes."""
        return self.dataset.linked("claims", "segment_id", segment.segment_id)

    def parties_in(self, claim: m.Claim, role: str) -> tuple[m.Party, ...]:
        """The parties that have a role in a claim."""
        links = self.dataset.linked("claim_parties", "claim_id", claim.claim_id)
        return tuple(self.dataset.parties[link.party_id] for link in links if link.role == role)

    def events_in(self, claim: m.Claim) -> list[m.Event]:
        """The events that a claim speaks about."""
        links = self.dataset.linked("claim_events", "claim_id", claim.claim_id)
        return [self.dataset.events[link.event_id] for link in links]

    def places_in(self, claim: m.Claim) -> list[m.Place]:
        """The places that a claim speaks about."""
        links = self.dataset.linked("claim_places", "claim_id", claim.claim_id)
        return [self.dataset.places[link.place_id] for link in links]

    def teller(self, claim: m.Claim) -> Teller:
        """Who makes a claim and how firmly."""
        return Teller(
            claim.voice, claim.certainty, self.parties_in(claim, "speaker"), self.parties_in(claim, "relayed_by")
        )

    def same(self, claim: m.Claim) -> list[m.Claim]:
        """The other claims that make the same proposition."""
        made = self.dataset.linked("claims", "proposition_id", claim.proposition_id)
        return [other for other in made if other.claim_id != claim.claim_id]

    def tellers(self, claim: m.Claim) -> dict[Teller, list[m.Claim]]:
        """Everybody who makes the proposition of a claim, to the claims that do."""
        found: dict[Teller, list[m.Claim]] = defaultdict(list)
        for one in self.dataset.linked("claims", "proposition_id", claim.proposition_id):
            found[self.teller(one)].append(one)
        return dict(found)

    @cached_property
    def core(self) -> list[m.Claim]:
        """The propositions that a reader must be told, each by the claim that first makes it."""
        wanted = {claim.proposition_id for claim in self.dataset.claims if claim.salience == "core"}
        return [claim for claim in self.dataset.propositions() if claim.claim_id in wanted]

    def relations(self, claim: m.Claim) -> list[Relation]:
        """What a claim bears on; tensions from both ends."""
        claims = self.dataset.claims
        ahead = self.dataset.linked("claim_relations", "claim_id", claim.claim_id)
        behind = self.dataset.linked("claim_relations", "related_claim_id", claim.claim_id)
        return [
            *(Relation(self._relation(x), claims[x.related_claim_id], x.note) for x in ahead),
            *(Relation(self._relation(x), claims[x.claim_id], x.note) for x in behind if x.relation == TENSION),
        ]

    def bearing(self, claim: m.Claim) -> dict[str, list[m.Claim]]:
        """What bears on a claim, by relation; no tensions."""
        found: dict[str, list[m.Claim]] = defaultdict(list)
        for link in self.dataset.linked("claim_relations", "related_claim_id", claim.claim_id):
            if link.relation != TENSION:
                found[self._relation(link)].append(self.dataset.claims[link.claim_id])
        return dict(found)

    def _relation(self, link: m.ClaimRelation | m.EventRelation) -> str:
        return self.dataset.codes[f"{link.TABLE.name}.relation", link.relation].title

    @cached_property
    def tensions(self) -> list[tuple[m.Claim, m.Claim, str]]:
        """The pairs of claims that are in tension, with the note that says why."""
        claims = self.dataset.claims
        links = self.dataset.claim_relations.where(relation=TENSION)
        return [(claims[x.claim_id], claims[x.related_claim_id], x.note or "") for x in links]

    @cached_property
    def filters(self) -> dict[str, tuple[str, list[tuple[str, str, int]]]]:
        """Key of each filter of the claims to its label and choices: value, words, number of claims."""
        d = self.dataset
        counts = Counter(facet for claim in d.claims for facet in self.facets(claim))

        def choices(key: str, values: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
            return [(value, words, counts[key, value]) for value, words in values if counts[key, value]]

        coded = {"certainty": "certainty", "voice": "voice", "type": "claim_type", "salience": "salience"}
        named = {
            "speaker": ("Speaker", sorted((x.party_id, x.name) for x in d.parties)),
            "about": ("About", sorted((x.party_id, x.name) for x in d.parties)),
            "event": ("Event", [(x.event_id, x.title) for x in d.events]),
            "place": ("Place", [(x.place_id, x.name) for x in d.places]),
        }
        of_codes = {
            key: (key.capitalize(), [(x.code, x.title) for x in self.used.get(codelist, [])])
            for key, codelist in coded.items()
        }
        order = ("speaker", "certainty", "voice", "type", "salience", "about", "event", "place")
        known = {**named, **of_codes}
        found = {key: (known[key][0], choices(key, known[key][1])) for key in order}
        return {key: choice for key, choice in found.items() if choice[1]}

    def facets(self, claim: m.Claim) -> list[tuple[str, str]]:
        """What a claim can be filtered by: key and value."""
        return [
            ("certainty", claim.certainty),
            ("voice", claim.voice),
            ("type", claim.claim_type),
            ("salience", claim.salience),
            *(("speaker", party.party_id) for party in self.parties_in(claim, "speaker")),
            *(("about", party.party_id) for party in self.parties_in(claim, "about")),
            *(("event", event.event_id) for event in self.events_in(claim)),
            *(("place", place.place_id) for place in self.places_in(claim)),
        ]

    # --- events and parties --------------------------------------------------------------------

    def roles(self, event: m.Event) -> dict[m.Party, list[str]]:
        """The parties of an event, each with its roles in words."""
        found: dict[m.Party, list[str]] = defaultdict(list)
        for link in self.dataset.linked("event_parties", "event_id", event.event_id):
            found[self.dataset.parties[link.party_id]].append(self.word("event_parties.role", link.role))
        return dict(found)

    def lies(self, event: m.Event) -> list[tuple[str, m.Place]]:
        """Where an event is: the relation in words, and the place."""
        links = self.dataset.linked("event_places", "event_id", event.event_id)
        return [(self.word("event_places.relation", x.relation), self.dataset.places[x.place_id]) for x in links]

    def event_relations(self, event: m.Event) -> list[Relation]:
        """What an event bears on."""
        links = self.dataset.linked("event_relations", "event_id", event.event_id)
        return [Relation(self._relation(x), self.dataset.events[x.related_event_id]) for x in links]

    def claims_on(self, table: str, column: str, value: str, **role: str) -> list[m.Claim]:
        """The claims that a link table ties to a record, all or those of a role."""
        links = self.dataset.linked(table, column, value)
        kept = [x for x in links if all(getattr(x, name) == code for name, code in role.items())]
        return [self.dataset.claims[link.claim_id] for link in kept]

    @cached_property
    def acting(self) -> list[m.Party]:
        """The parties that have a part in an event, those with the most first."""
        parts = Counter(link.party_id for link in self.dataset.event_parties)
        return sorted((x for x in self.dataset.parties if parts[x.party_id]), key=lambda x: -parts[x.party_id])

    @cached_property
    def told(self) -> list[m.Party]:
        """The parties that claims are about, those with the most first."""
        parts = Counter(link.party_id for link in self.dataset.claim_parties if link.role == "about")
        return sorted((x for x in self.dataset.parties if parts[x.party_id]), key=lambda x: -parts[x.party_id])

    @cached_property
    def speaking(self) -> list[tuple[str, str, str, list[m.Claim]]]:
        """Whoever makes claims, as filter, its value, words, claims: the article itself, then those with the most."""
        d = self.dataset
        found = [("voice", "article", "The article itself", list(d.claims.where(voice="article")))]
        for party in d.parties:
            claims = self.claims_on("claim_parties", "party_id", party.party_id, role="speaker")
            found.append(("speaker", party.party_id, party.name, claims))
        found.sort(key=lambda row: (row[0] != "voice", -len(row[3])))
        found.append(("voice", "unclear", "Unclear who", list(d.claims.where(voice="unclear"))))
        return [row for row in found if row[3]]

    def about(self, claims: Iterable[m.Claim]) -> Counter[m.Party]:
        """The parties that some claims are about, and how many of them, the most first."""
        counts = Counter(party for claim in claims for party in self.parties_in(claim, "about"))
        return Counter(dict(counts.most_common()))

    def mentions_of(self, record: m.Party | m.Place) -> dict[str, int]:
        """How the article calls a party or place, and how often."""
        return dict(Counter(mention.surface for mention in self.dataset.mentions_of(record.key())))


def environment(**options: Any) -> Any:
    """The template library, with this folder's templates. Needs the extra ``page``."""
    jinja2 = need("jinja2", "page")

    def text(name: str) -> str | None:
        try:
            return (pkgutil.get_data("jpkr_drills.export", f"templates/{name}") or b"").decode()
        except OSError:
            return None

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(text),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )


def finished(text: str) -> Any:
    """Text that templates let through as it is. Needs the extra ``page``."""
    need("jinja2", "page")
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  (what is given here is ours, or escaped)
