"""Account: what the article tells, in the words and the order in which a person reads it.

Page and Markdown are made of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK
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
_CODED = {"certainty": "certainty", "voice": "voice", "type": "claim_type", "salience": "salience"}
_LISTED = {"speaker": "speaker_ids", "about": "about_ids", "event": "event_ids", "place": "place_ids"}
"""Key of each filter of the claims to the column of their view that it looks at: one of codes, one of lists."""


class Account:
    """A dataset and its coded source (an object of the descriptor's ``sources``), as templates ask for them."""

    def __init__(self, dataset: Dataset, source: Mapping[str, Any] | None) -> None:
        self.dataset = d = dataset
        told = ("title", "publisher", "publicationDate", "sha256", "bytes")
        self.source = {**dict.fromkeys(told), **(source or {})}
        self.language = str(self.source.get("language") or "en")
        there: dict[str, object] = {"minute": self.core, "claims": d.claims, "events": d.events, "parties": d.parties}
        there |= {"tensions": self.tensions, "text": d.segments}
        self.views = {key: name for key, name in VIEWS.items() if there.get(key, True)}

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
            codes = {getattr(row, column) for row in self.dataset.tables[table]}
            if entries := [entry for entry in self.dataset.codes.where(codelist=name) if entry.code in codes]:
                found[name] = entries
        return found

    def sentence(self, segment: m.Segment) -> str:
        """Where a sentence stands, in words."""
        whole = segment.paragraph == 0 and segment.sentence == 1
        where = f"Paragraph {segment.paragraph}" if segment.paragraph else "Headline"
        return where if whole else f"{where}, sentence {segment.sentence}"

    # --- links ---------------------------------------------------------------------------------

    def linked(self, record: m.Record, table: str, role: str | None = None) -> list[Any]:
        """The records that a table of links ties to a record; with ``role``, those in that role."""
        (near,) = record.TABLE.key
        ((far, target),) = (end for end in m.TABLES[table].TABLE.foreign_keys.items() if end[0] != near)
        links = self.dataset.linked(table, near, record)
        return [self.dataset.tables[target][getattr(link, far)] for link in links if role is None or link.role == role]

    def relations(self, record: m.Claim | m.Event) -> list[tuple[str, Any, str | None]]:
        """What a claim or event bears on: the relation, the other record and the note; tensions from both ends."""
        (key,) = record.TABLE.key
        table, related = f"{key.removesuffix('_id')}_relations", f"related_{key}"
        others = self.dataset.tables[record.TABLE.name]
        ends = [(link, related) for link in self.dataset.linked(table, key, record)]
        ends += [(link, key) for link in self.dataset.linked(table, related, record) if link.relation == TENSION]
        return [(self._relation(x), others[getattr(x, end)], getattr(x, "note", None)) for x, end in ends]

    def bearing(self, claim: m.Claim) -> dict[str, list[m.Claim]]:
        """What bears on a claim, by relation; no tensions."""
        found: dict[str, list[m.Claim]] = defaultdict(list)
        for link in self.dataset.linked("claim_relations", "related_claim_id", claim):
            if link.relation != TENSION:
                found[self._relation(link)].append(self.dataset.claims[link.claim_id])
        return found

    def _relation(self, link: m.ClaimRelation | m.EventRelation) -> str:
        return self.dataset.codes[f"{link.TABLE.name}.relation", link.relation].title

    # --- claims --------------------------------------------------------------------------------

    def claims_of(self, segment: m.Segment) -> list[m.Claim]:
        """The claims that a sentence makes."""
        return self.dataset.linked("claims", "segment_id", segment)

    def mentions_in(self, segment: m.Segment) -> Iterable[m.Mention]:
        """The mentions in a sentence, one for each place in it."""
        return {(x.start, x.end): x for x in self.dataset.linked("mentions", "segment_id", segment)}.values()

    def same(self, claim: m.Claim) -> list[m.Claim]:
        """The other claims that make the same proposition."""
        made = self.dataset.linked("claims", "proposition_id", claim.proposition_id)
        return [other for other in made if other.claim_id != claim.claim_id]

    def tellings(self, proposition: m.Claim) -> Iterable[list[m.Claim]]:
        """The claims that make a proposition, those together that the same parties make as firmly."""
        found: dict[object, list[m.Claim]] = defaultdict(list)
        for claim in self.dataset.linked("claims", "proposition_id", proposition):
            tellers = [tuple(self.linked(claim, "claim_parties", role)) for role in ("speaker", "relayed_by")]
            found[claim.voice, claim.certainty, *tellers].append(claim)
        return found.values()

    @cached_property
    def core(self) -> list[m.Claim]:
        """The propositions that a reader must be told, each by the claim that first makes it."""
        wanted = {claim.proposition_id for claim in self.dataset.claims.where(salience="core")}
        return [claim for claim in self.dataset.propositions() if claim.claim_id in wanted]

    @cached_property
    def tensions(self) -> list[tuple[m.Claim, m.Claim, str]]:
        """The pairs of claims that are in tension, with the note that says why."""
        claims = self.dataset.claims
        links = self.dataset.claim_relations.where(relation=TENSION)
        return [(claims[x.claim_id], claims[x.related_claim_id], x.note or "") for x in links]

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, str]]]:
        """Id of each claim to what it can be filtered by: key and value."""
        return {
            row["claim_id"]: [
                *((key, row[column]) for key, column in _CODED.items()),
                *((key, value) for key, column in _LISTED.items() for value in row[column]),
            ]
            for row in self.dataset.view("claims")
        }

    @cached_property
    def filters(self) -> dict[str, list[tuple[str, str, int]]]:
        """Key of each filter of the claims to its choices: value, words, number of claims."""
        d = self.dataset
        counts = Counter(facet for facets in self.facets.values() for facet in facets)
        parties = sorted((x.party_id, x.name) for x in d.parties)
        named = {
            "speaker": parties,
            "about": parties,
            "event": [(x.event_id, x.title) for x in d.events],
            "place": [(x.place_id, x.name) for x in d.places],
        }
        coded = {key: [(x.code, x.title) for x in d.codes if x.codelist == column] for key, column in _CODED.items()}
        known = {"speaker": parties, **coded, **named}
        found = {key: [(x, words, counts[key, x]) for x, words in known[key] if counts[key, x]] for key in known}
        return {key: choices for key, choices in found.items() if choices}

    # --- events and parties --------------------------------------------------------------------

    def roles(self, event: m.Event) -> dict[m.Party, list[str]]:
        """The parties of an event, each with its roles in words."""
        found: dict[m.Party, list[str]] = defaultdict(list)
        for link in self.dataset.linked("event_parties", "event_id", event):
            found[self.dataset.parties[link.party_id]].append(self.word("event_parties.role", link.role))
        return found

    def by_parts(self, links: Iterable[m.EventParty | m.ClaimParty]) -> list[m.Party]:
        """The parties that some links lead to, those with the most first."""
        parts = Counter(link.party_id for link in links)
        return sorted((x for x in self.dataset.parties if parts[x.party_id]), key=lambda x: -parts[x.party_id])

    @cached_property
    def speaking(self) -> list[tuple[str, str, str, Sequence[m.Claim]]]:
        """Whoever makes claims, as filter, its value, words, claims: the article itself, then those with the most."""
        d = self.dataset
        speakers = [("speaker", party.party_id, party.name, d.claims_by(party)) for party in d.parties]
        rows = [
            ("voice", "article", "The article itself", d.claims.where(voice="article")),
            *sorted(speakers, key=lambda row: -len(row[3])),
            ("voice", "unclear", "Unclear who", d.claims.where(voice="unclear")),
        ]
        return [row for row in rows if row[3]]

    def about(self, claims: Iterable[m.Claim]) -> Counter[m.Party]:
        """The parties that some claims are about, and how many of them."""
        return Counter(party for claim in claims for party in self.linked(claim, "claim_parties", "about"))

    def mentions_of(self, party: m.Party) -> Counter[str]:
        """How the article calls a party, and how often."""
        return Counter(mention.surface for mention in self.dataset.mentions_of(party))


def filled(name: str, dataset: Dataset, source: Mapping[str, Any] | None, *, finalize: Any = None, **more: Any) -> str:
    """A template of this folder, filled with the account of a dataset. Needs the extra ``page``."""
    jinja2 = need("jinja2", "page")
    library = jinja2.Environment(
        loader=jinja2.PackageLoader("jpkr_drills.export"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finalize,
    )
    text: str = library.get_template(name).render(a=Account(dataset, source), d=dataset, mark=MARK, **more)
    return text
