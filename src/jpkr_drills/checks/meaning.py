"""Engine ``meaning``: rules across records, about what a coding may and must say.

A rule looks only at records that are themselves valid. One that says "there is at least one ..."
waits until the tables it counts in are whole: what is missing may be in the line that can't be read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple, TypeVar

from jpkr_drills import models as m
from jpkr_drills.issues import Issue, issue
from jpkr_drills.package import Package, table_path
from jpkr_drills.text import natural_key

R = TypeVar("R", bound=m.Record)


class Found(NamedTuple):
    """Where a rule is broken: a record, its field, and what is wrong with it."""

    record: m.Record
    field: str
    message: str


@dataclass(frozen=True)
class Coding:
    """The valid records of a package, and the tables that are whole."""

    records: dict[type[m.Record], list[m.Record]]
    lines: dict[int, int]
    """``id`` of a record to its line."""
    whole: frozenset[type[m.Record]]

    def of(self, record: type[R]) -> list[R]:
        """The records of one table."""
        return self.records[record]  # type: ignore[return-value]

    def by_id(self, record: type[R]) -> dict[str, R]:
        """Id to record, for a table with a single key."""
        return {one.key(): one for one in self.of(record)}

    @cached_property
    def claims_of_event(self) -> dict[str, list[str]]:
        """Event to the claims about it."""
        return _grouped((link.event_id, link.claim_id) for link in self.of(m.ClaimEvent))

    @cached_property
    def events_of_claim(self) -> dict[str, list[str]]:
        """Claim to the events it is about."""
        return _grouped((link.claim_id, link.event_id) for link in self.of(m.ClaimEvent))

    @cached_property
    def parties_of_claim(self) -> dict[str, list[m.ClaimParty]]:
        """Claim to its links to parties."""
        return _grouped((link.claim_id, link) for link in self.of(m.ClaimParty))


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


Check = Callable[[Coding], Iterator[Found]]
_CHECKS: dict[str, tuple[Check, frozenset[type[m.Record]]]] = {}


def rule(name: str, *needs: type[m.Record]) -> Callable[[Check], Check]:
    """Register the check of the rule ``name``; ``needs`` are the tables that must be whole."""

    def register(check: Check) -> Check:
        _CHECKS[name] = (check, frozenset(needs))
        return check

    return register


def names() -> Collection[str]:
    """The rules that have a check."""
    return _CHECKS.keys()


def check(package: Package, keys: Iterable[Issue]) -> Iterator[Issue]:
    """What breaks a rule of meaning; ``keys`` is what the references engine found."""
    coding = _coding(package, {found.file for found in keys})
    if m.CodeEntry in coding.whole and not coding.of(m.CodeEntry):
        yield issue("codes-complete", table_path("codes"), "defines no code at all")
    for name, (broken, needs) in _CHECKS.items():
        if not needs <= coding.whole:
            continue
        for found in broken(coding):
            yield issue(
                name,
                table_path(found.record.TABLE.name),
                found.message,
                line=coding.lines[id(found.record)],
                record=found.record.key(),
                field=found.field,
                value=getattr(found.record, found.field),
            )


def _coding(package: Package, broken_files: Collection[str]) -> Coding:
    records: dict[type[m.Record], list[m.Record]] = {}
    lines: dict[int, int] = {}
    whole = set()
    for name, table in package.tables.items():
        kept = []
        for row, record in zip(table.rows, table.records, strict=True):
            if record is not None:
                kept.append(record)
                lines[id(record)] = row.line
        records[m.TABLES[name]] = kept
        if table.whole and len(kept) == len(table.rows) and table.path not in broken_files:
            whole.add(m.TABLES[name])
    return Coding(records, lines, frozenset(whole))


# --- spans -----------------------------------------------------------------------------------


@rule("segments-in-order", m.Segment)
def _segments_in_order(coding: Coding) -> Iterator[Found]:
    for before, after in pairwise(coding.of(m.Segment)):
        if after.start < before.end:
            yield Found(after, "start", f"starts before {before.segment_id} ends")


@rule("segment-has-claim", m.Claim)
def _segment_has_claim(coding: Coding) -> Iterator[Found]:
    coded = {claim.segment_id for claim in coding.of(m.Claim)}
    for segment in coding.of(m.Segment):
        if segment.segment_id not in coded:
            yield Found(segment, "segment_id", "has no claim")


@rule("claim-inside-segment")
def _claim_inside_segment(coding: Coding) -> Iterator[Found]:
    yield from _inside_segment(coding, coding.of(m.Claim))


@rule("mention-inside-segment")
def _mention_inside_segment(coding: Coding) -> Iterator[Found]:
    yield from _inside_segment(coding, coding.of(m.Mention))


def _inside_segment(coding: Coding, spans: Iterable[m.Claim | m.Mention]) -> Iterator[Found]:
    segments = coding.by_id(m.Segment)
    for span in spans:
        segment = segments.get(span.segment_id)
        if segment is None:
            continue
        if span.start < segment.start:
            yield Found(span, "start", f"starts before {segment.segment_id} does, at {segment.start}")
        elif span.end > segment.end:
            yield Found(span, "end", f"ends after {segment.segment_id} does, at {segment.end}")


# --- mentions --------------------------------------------------------------------------------


@rule("mention-once")
def _mention_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[object, ...], str] = {}
    for mention in coding.of(m.Mention):
        what = (mention.start, mention.end, mention.party_id, mention.place_id)
        if what in seen:
            yield Found(mention, "start", f"{seen[what]} is the same mention")
        seen.setdefault(what, mention.mention_id)


@rule("collective-of-several", m.Mention)
def _collective_of_several(coding: Coding) -> Iterator[Found]:
    spans = _grouped(((one.start, one.end), one) for one in coding.of(m.Mention))
    for mentions in spans.values():
        for mention in mentions:
            if mention.form == "collective" and len(mentions) == 1:
                yield Found(mention, "form", "is a collective of only one party")
            elif mention.form != "collective" and len({_referent(one) for one in mentions}) > 1:
                yield Found(mention, "form", "refers to several, and is no collective")


def _referent(mention: m.Mention) -> str:
    return f"party {mention.party_id}" if mention.party_id else f"place {mention.place_id}"


# --- support: nothing without a word of the article behind it --------------------------------


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
    for link in coding.of(m.EventParty):
        claims = coding.claims_of_event.get(link.event_id, [])
        spoken_of = {one.party_id for c in claims for one in coding.parties_of_claim.get(c, [])}
        if claims and link.party_id not in spoken_of:
            yield Found(link, "party_id", f"no claim about {link.event_id} speaks of this party")


@rule("event-place-mentioned", m.Claim, m.ClaimEvent, m.Mention)
def _event_place_mentioned(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    mentioned = {(one.segment_id, one.place_id) for one in coding.of(m.Mention)}
    for link in coding.of(m.EventPlace):
        about = [claims[c] for c in coding.claims_of_event.get(link.event_id, []) if c in claims]
        if about and not any((claim.segment_id, link.place_id) in mentioned for claim in about):
            message = f"no sentence with a claim about {link.event_id} mentions this place"
            yield Found(link, "place_id", message)


# --- claims ----------------------------------------------------------------------------------


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
        what = (claim.statement.casefold(), speakers)
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
    places = [(one.start, one.end) for one in coding.of(m.Mention) if one.place_id]
    for claim in coding.of(m.Claim):
        links = coding.parties_of_claim.get(claim.claim_id, [])
        if (
            claim.claim_id not in coding.events_of_claim
            and all(one.role != "about" for one in links)
            and not any(claim.start <= start and end <= claim.end for start, end in places)
        ):
            yield Found(claim, "claim_id", "is about no event and no party, and names no place")


@rule("planned-has-not-happened", m.Event, m.ClaimEvent)
def _planned_has_not_happened(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for claim in coding.of(m.Claim):
        linked = coding.events_of_claim.get(claim.claim_id, [])
        known = [events[one].status for one in linked if one in events]
        happened = claim.claim_type == "event" and claim.polarity == "positive"
        if happened and known and all(status in ("planned", "expected") for status in known):
            yield Found(claim, "claim_type", "says that something planned or expected happened")


_PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs|he|him|his|she|her|hers|this|these|those)\b", re.I
)
_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could|maybe|perhaps|possibly|probably|likely|expected|apparently|appears?|"
    r"seems?|seemingly|suggests?|reportedly|allegedly|according)\b",
    re.I,
)


@rule("statement-stands-alone")
def _statement_stands_alone(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if word := _PRONOUN.search(claim.statement):
            yield Found(claim, "statement", f"has the pronoun {word[0]!r}; name what it stands for")


@rule("statement-without-hedge")
def _statement_without_hedge(coding: Coding) -> Iterator[Found]:
    for claim in coding.of(m.Claim):
        if word := _HEDGE.search(claim.statement):
            yield Found(
                claim, "statement", f"has {word[0]!r}; hedges and sources have their own columns"
            )


# --- relations -------------------------------------------------------------------------------

_SYMMETRIC = frozenset({"alongside", "in_tension_with"})


def _relations(coding: Coding) -> Iterator[tuple[m.EventRelation | m.ClaimRelation, str, str]]:
    for event in coding.of(m.EventRelation):
        yield event, event.event_id, event.related_event_id
    for claim in coding.of(m.ClaimRelation):
        yield claim, claim.claim_id, claim.related_claim_id


@rule("relation-has-no-cycle")
def _relation_has_no_cycle(coding: Coding) -> Iterator[Found]:
    kinds = _grouped(
        ((type(one), one.relation), (one, source, target))
        for one, source, target in _relations(coding)
        if one.relation not in _SYMMETRIC
    )
    for edges in kinds.values():
        if cycle := _cycle((source, target) for _, source, target in edges):
            record = next(one for one, source, target in edges if (source, target) in cycle)
            path = " → ".join([source for source, _ in cycle] + [cycle[-1][1]])
            yield Found(record, "relation", f"runs in a circle: {path}")


def _cycle(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges of a cycle, or none."""
    graph: dict[str, set[str]] = {}
    for source, target in edges:
        graph.setdefault(source, set()).add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [(after, before) for before, after in pairwise(error.args[1])][::-1]
    return []


@rule("symmetric-once")
def _symmetric_once(coding: Coding) -> Iterator[Found]:
    for one, source, target in _relations(coding):
        if one.relation in _SYMMETRIC and natural_key((target,)) < natural_key((source,)):
            yield Found(one, "relation", "reads the same both ways: put the smaller id first")


@rule("relation-once")
def _relation_once(coding: Coding) -> Iterator[Found]:
    seen: dict[tuple[type, frozenset[str]], str] = {}
    for one, source, target in _relations(coding):
        pair = (type(one), frozenset({source, target}))
        if pair in seen:
            yield Found(one, "relation", f"the two are joined by {seen[pair]} already")
        seen.setdefault(pair, one.relation)


@rule("restates-same-polarity")
def _restates_same_polarity(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    for link in coding.of(m.ClaimRelation):
        one, other = claims.get(link.claim_id), claims.get(link.related_claim_id)
        if link.relation == "restates" and one and other and one.polarity != other.polarity:
            yield Found(link, "relation", "one affirms what the other denies")


# What the first and second event of a relation must be, by type or status.
_FIRST_TYPE = {
    "agrees_to": {"agreement"},
    "halts": {"suspension"},
    "announces": {"statement", "agreement"},
    "reports": {"statement"},
    "prepares": {"planning"},
}
_SECOND_STATUS = {
    "agrees_to": {"planned", "expected", "ongoing", "occurred"},
    "halts": {"halted"},
    "resumes": {"halted"},
    "prepares": {"planned", "expected"},
}


@rule("relation-fits-events")
def _relation_fits_events(coding: Coding) -> Iterator[Found]:
    events = coding.by_id(m.Event)
    for link in coding.of(m.EventRelation):
        first, second = events.get(link.event_id), events.get(link.related_event_id)
        types, statuses = _FIRST_TYPE.get(link.relation), _SECOND_STATUS.get(link.relation)
        if first and types and first.event_type not in types:
            yield Found(link, "relation", f"{first.event_id} is {first.event_type}, not {_or(types)}")
        elif second and statuses and second.status not in statuses:
            yield Found(link, "relation", f"{second.event_id} is {second.status}, not {_or(statuses)}")
        elif second and link.relation == "part_of" and second.extent == "single":
            yield Found(link, "relation", f"{second.event_id} is a single act, which has no parts")


def _or(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))


# --- event codes -----------------------------------------------------------------------------

_PLOVER_OF_ROOT = {
    "02": "REQUEST",
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
_ROOTS_OF_TYPE = {
    "agreement": {"03", "05", "06", "08"},
    "joint_exercise": {"06"},
    "suspension": {"16"},
    "meeting": {"04"},
    "planning": set[str](),
    "statement": {"01", "02", "03", "05", "10", "11", "12", "13"},
    "weapons_test": {"15"},
    "weapons_development": {"15"},
    "military_presence": {"15"},
    "cooperation": {"03", "04", "05", "06", "07"},
    "dispute": {"11", "12", "13", "14", "16", "17"},
    "rule": {"17", "18", "19", "20"},
    "office": set[str](),
}


@rule("cameo-fits-plover")
def _cameo_fits_plover(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        meant = _PLOVER_OF_ROOT.get((event.cameo or "")[:2])
        if meant != event.plover:
            yield Found(
                event, "plover", f"CAMEO {event.cameo or '(none)'} goes with {meant or '(none)'}"
            )


@rule("cameo-fits-event")
def _cameo_fits_event(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        coming = event.status in ("planned", "expected")
        roots = {"03"} if coming else _ROOTS_OF_TYPE[event.event_type]
        if event.cameo is not None and event.cameo[:2] not in roots:
            what = f"{event.event_type} that is {event.status}"
            yield Found(event, "cameo", f"does not code a {what}")


# --- parties and places ----------------------------------------------------------------------


@rule("parent-has-no-cycle")
def _parent_has_no_cycle(coding: Coding) -> Iterator[Found]:
    children = [party for party in coding.of(m.Party) if party.parent_party_id]
    if cycle := _cycle((str(one.party_id), str(one.parent_party_id)) for one in children):
        member = next(one for one in children if one.party_id == cycle[0][0])
        path = " → ".join([child for child, _ in cycle] + [cycle[-1][1]])
        yield Found(member, "parent_party_id", f"runs in a circle: {path}")


@rule("country-fits-parent")
def _country_fits_parent(coding: Coding) -> Iterator[Found]:
    parties = coding.by_id(m.Party)
    for party in coding.of(m.Party):
        parent = parties.get(party.parent_party_id or "")
        if parent and parent.country and party.country != parent.country:
            yield Found(party, "country", f"{parent.party_id} has {parent.country}")


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
    forms = ("name", "capital", "demonym")
    named = {_referent(one) for one in coding.of(m.Mention) if one.form in forms}
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


# --- codes -----------------------------------------------------------------------------------


@rule("codelist-known")
def _codelist_known(coding: Coding) -> Iterator[Found]:
    known = m.codelists()
    for entry in coding.of(m.CodeEntry):
        if entry.codelist not in known:
            yield Found(entry, "codelist", "is no enumerated column")


@rule("code-known")
def _code_known(coding: Coding) -> Iterator[Found]:
    known = m.codelists()
    for entry in coding.of(m.CodeEntry):
        if entry.codelist in known and entry.code not in known[entry.codelist].codes:
            yield Found(entry, "code", f"is no code of {entry.codelist}")


@rule("codes-complete", m.CodeEntry)
def _codes_complete(coding: Coding) -> Iterator[Found]:
    entries = coding.of(m.CodeEntry)
    defined = {(entry.codelist, entry.code) for entry in entries}
    for codelist, column in m.codelists().items():
        missing = [code for code in column.codes if (codelist, code) not in defined]
        if missing and entries:
            near = next((one for one in entries if one.codelist == codelist), entries[-1])
            yield Found(near, "codelist", f"{codelist} lacks the code {', '.join(missing)}")
