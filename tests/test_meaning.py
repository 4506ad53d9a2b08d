"""Meaning: each rule at its edges, on a coding of a few rows that is sound before it is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from helpers import rows as bundled_rows
from helpers import table_file
from jpkr_drills.cells import columns
from jpkr_drills.checks import meaning, references
from jpkr_drills.checks.meaning import claims
from jpkr_drills.checks.meaning.coding import CHECKS
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, table_path
from jpkr_drills.rules import RULES

Cells = dict[str, str]
read = lru_cache(maxsize=200)(table_file)
"""Most tables are alike in most tests."""
HASH = "0" * 64


class Coding:
    """Tables of cells, to be changed and checked."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Cells]] = {table: [] for table in TABLES}
        self.tables["codes"] = bundled_rows("codes")

    def add(self, table: str, *cells: str) -> None:
        self.tables[table].append(dict(zip(columns(table), cells, strict=True)))

    def copy(self, table: str, key: str, **cells: str) -> None:
        self.tables[table].append({**self.row(table, key), **cells})

    def row(self, table: str, key: str) -> Cells:
        names = TABLES[table].TABLE.key
        return next(row for row in self.tables[table] if "/".join(row[name] for name in names) == key)

    def set(self, table: str, key: str, **cells: str) -> None:
        self.row(table, key).update(cells)

    def drop(self, table: str, *keys: str) -> None:
        for key in keys:
            self.tables[table].remove(self.row(table, key))

    def issues(self, whole: Collection[str] = tuple(TABLES)) -> list[Issue]:
        package = Package(
            cast(Any, None),
            {"sources": [{"relation": "coded", "characters": 300}]},
            tables={table: read(table, self.cells(table), whole=table in whole) for table in TABLES},
        )
        return list(meaning.check(package, references.check(package)))

    def cells(self, table: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(row.values()) for row in self.tables[table])

    def broken(self, rule: str) -> list[tuple[str | None, str | None]]:
        """Record and field of each issue of the rule."""
        return [(one.record, one.field) for one in self.issues() if one.rule == rule]


def event(coding: Coding, name: str, kind: str, status: str, cameo: str = "", plover: str = "") -> None:
    title = name.capitalize()
    dated = ("", "", "not_stated")
    coding.add(
        "events", name, title, kind, status, "process", *dated, cameo, plover, f"{title} is told."
    )


def claim(
    coding: Coding, name: str, span: tuple[int, int], kind: str, about: str = "", of: str = ""
) -> None:
    """A claim in the article's own voice, about a party and of an event."""
    start, end = map(str, span)
    said = f"Here is number {name} of the claims."
    home = name.partition("-")[0]
    voice = ("article", "certain", "positive", "asserted")
    coding.add("claims", name, home, start, end, HASH, said, kind, *voice)
    if about:
        coding.add("claim_parties", name, about, "about")
    if of:
        coding.add("claim_events", name, of)


def mention(coding: Coding, name: str, start: int, surface: str, party: str, place: str = "") -> None:
    span = (str(start), str(start + len(surface)))
    coding.add("mentions", name, name.partition("-")[0], *span, surface, "name", party, place)


@pytest.fixture
def coding() -> Coding:
    """Two towns and a herald agree to mend a bridge that was closed; all the rules hold."""
    made = Coding()
    made.add("segments", "p1s1", "1", "1", "0", "100", HASH)
    made.add("segments", "p1s2", "1", "2", "101", "200", HASH)
    made.add("segments", "p2s1", "2", "1", "200", "300", HASH)
    made.add("parties", "alba", "Alba", "state", "", "ALB", "", "Q1", "A town on the river.")
    made.add("parties", "bert", "Bert", "person", "alba", "ALB", "Mayor", "Q2", "The mayor of Alba.")
    made.add("parties", "cora", "Cora", "media", "", "", "", "", "A herald of the river.")
    made.add("places", "dock", "Dock", "facility", "1.5", "2.5", "point", "Q3")
    event(made, "closure", "suspension", "occurred", "160", "SANCTION")
    event(made, "mending", "cooperation", "planned")
    event(made, "pact", "agreement", "occurred", "030", "AGREE")
    event(made, "use", "office", "halted")
    made.add("event_parties", "pact", "alba", "participant")
    made.add("event_places", "pact", "dock", "at")
    made.add("event_relations", "closure", "halts", "use")
    made.add("event_relations", "pact", "agrees_to", "mending")
    claim(made, "p1s1-1", (0, 40), "event", "alba", "pact")
    claim(made, "p1s1-2", (41, 100), "event", "", "closure")
    claim(made, "p1s2-1", (101, 150), "plan", "", "mending")
    made.set("claims", "p1s2-1", voice="attributed")
    made.add("claim_parties", "p1s2-1", "bert", "speaker")
    claim(made, "p1s2-2", (151, 200), "state", "cora")
    claim(made, "p2s1-1", (200, 250), "state", "", "use")
    claim(made, "p2s1-2", (251, 300), "state")
    made.add("claim_relations", "p1s1-2", "elaborates", "p1s1-1", "")
    mention(made, "p1s1-m1", 0, "Alba", "alba")
    mention(made, "p1s1-m2", 10, "Dock", "", "dock")
    mention(made, "p1s2-m1", 101, "Bert", "bert")
    mention(made, "p1s2-m2", 110, "Cora", "cora")
    mention(made, "p2s1-m1", 260, "Dock", "", "dock")
    return made


Edit = Callable[[Coding], object]
Places = list[tuple[str, str]]


def _circle(*events: str) -> Edit:
    """Events, each before the next and the last before the first."""

    def edit(coding: Coding) -> None:
        for one, other in zip(events, (*events[1:], events[0]), strict=True):
            coding.add("event_relations", one, "precedes", other)

    return edit


def _all(*edits: Edit) -> Edit:
    return lambda coding: [edit(coding) for edit in edits]


def _set(table: str, key: str, **cells: str) -> Edit:
    return lambda coding: coding.set(table, key, **cells)


def _add(table: str, *cells: str) -> Edit:
    return lambda coding: coding.add(table, *cells)


def _drop(table: str, *keys: str) -> Edit:
    return lambda coding: coding.drop(table, *keys)


def _copy(table: str, key: str, **cells: str) -> Edit:
    return lambda coding: coding.copy(table, key, **cells)


def _state(name: str, country: str) -> Edit:
    return _add("parties", name, name.capitalize(), "state", "", country, "", "", "A state of today.")


def _stated(statement: str) -> Edit:
    return _set("claims", "p1s1-1", statement=statement)


def _restates(one: str, other: str) -> Edit:
    return _add("claim_relations", one, "restates", other, "")


def _dated(date: str, phrase: str, basis: str = "calendar") -> Edit:
    return _set("events", "pact", date=date, date_expression=phrase, date_basis=basis)


def _called(key: str, surface: str, **cells: str) -> Edit:
    """A mention of other words, and so of another length."""

    def edit(coding: Coding) -> None:
        end = int(coding.row("mentions", key)["start"]) + len(surface)
        coding.set("mentions", key, surface=surface, end=str(end), **cells)

    return edit


def _when(event: str, date: str, **cells: str) -> Edit:
    return _set("events", event, date=date, date_expression=date, date_basis="calendar", **cells)


def _told(relation: str, *parts: tuple[str, ...]) -> Edit:
    """A statement that bears on the plan, and who has which part in either."""
    return _all(
        lambda coding: event(coding, "word", "statement", "occurred"),
        _add("event_relations", "word", relation, "mending"),
        *(_add("event_parties", *part) for part in parts),
    )


def _takes_part(event: str, *parts: str) -> Edit:
    """Parties and their roles, as ``bert actor``."""
    return _all(*(_add("event_parties", event, *part.split()) for part in parts))


def _tension(one: str, other: str) -> Edit:
    return _add("claim_relations", one, "in_tension_with", other, "Both of them can't be.")


STATEMENT = [("p1s1-1", "statement")]
OF_NOTHING = hashlib.sha256().hexdigest()
AT_NO_SITE = [(kind, "at") for kind in ("region", "strait", "sea", "ocean")]
WHOLE = [(cast(str, None), cast(str, None))]  # the table as a whole
# A rule, a change of the sound coding, and the records and fields that break the rule then.
CASES: list[tuple[str, Edit, Places]] = [
    # spans
    ("segments-in-order", _set("segments", "p1s2", start="99"), [("p1s2", "start")]),
    ("segments-in-order", _set("segments", "p1s2", start="100"), []),
    ("segment-has-claim", _drop("claims", "p2s1-1", "p2s1-2"), [("p2s1", "segment_id")]),
    ("segment-has-claim", _drop("claims", "p2s1-1"), []),
    ("claim-inside-segment", _set("claims", "p1s2-1", start="100"), [("p1s2-1", "start")]),
    ("claim-inside-segment", _set("claims", "p1s2-1", end="201"), [("p1s2-1", "end")]),
    ("claim-inside-segment", _set("claims", "p1s2-1", start="90", end="201"), [("p1s2-1", "start")]),
    (
        "claim-inside-segment",  # a sentence that isn't there is left to the references
        _all(
            _copy("claims", "p1s1-1", claim_id="p0s1-1", segment_id="p0s1"),
            _set("claims", "p1s2-1", end="201"),
        ),
        [("p1s2-1", "end")],
    ),
    (
        "mention-inside-segment",
        _set("mentions", "p1s2-m1", start="100", end="104"),
        [("p1s2-m1", "start")],
    ),
    (
        "mention-inside-segment",
        _set("mentions", "p1s2-m1", start="197", end="201"),
        [("p1s2-m1", "end")],
    ),
    ("mention-inside-segment", _set("mentions", "p1s2-m1", start="196", end="200"), []),
    # mentions
    ("mention-once", _copy("mentions", "p1s1-m1", mention_id="p1s1-m9"), [("p1s1-m9", "start")]),
    ("mention-once", _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="bert"), []),
    (
        "mention-once",
        _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="", place_id="dock"),
        [],
    ),
    (
        "mention-once",
        _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", start="1", surface="lba"),
        [],
    ),
    ("mention-once", _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", end="3", surface="Alb"), []),
    ("collective-of-several", _set("mentions", "p1s1-m1", form="collective"), [("p1s1-m1", "form")]),
    (
        "collective-of-several",
        _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="bert"),
        [("p1s1-m1", "form"), ("p1s1-m9", "form")],
    ),
    (
        "collective-of-several",
        _all(
            _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="bert"),
            _set("mentions", "p1s1-m1", form="collective"),
            _set("mentions", "p1s1-m9", form="collective"),
        ),
        [],
    ),
    ("collective-of-several", _copy("mentions", "p1s1-m1", mention_id="p1s1-m9"), []),
    (
        "collective-of-several",  # a place and a party may have the same id
        _all(
            _copy("places", "dock", place_id="alba", name="Alba"),
            _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="", place_id="alba"),
        ),
        [("p1s1-m1", "form"), ("p1s1-m9", "form")],
    ),
    # support
    (
        "party-supported",
        _all(_drop("claim_parties", "p1s2-2/cora/about"), _drop("mentions", "p1s2-m2")),
        [("cora", "party_id")],
    ),
    ("party-supported", _drop("claim_parties", "p1s2-2/cora/about"), []),
    ("party-supported", _drop("mentions", "p1s2-m2"), []),
    ("place-supported", _drop("mentions", "p1s1-m2", "p2s1-m1"), [("dock", "place_id")]),
    ("place-supported", _drop("mentions", "p1s1-m2"), []),
    ("event-supported", _drop("claim_events", "p2s1-1/use"), [("use", "event_id")]),
    (
        "event-party-in-claim",
        _set("event_parties", "pact/alba/participant", party_id="cora"),
        [("pact/cora/participant", "party_id")],
    ),
    ("event-party-in-claim", _add("event_parties", "mending", "bert", "actor"), []),
    (
        "event-party-in-claim",  # an event without any claim is another rule's matter
        _drop("claim_events", "p1s1-1/pact"),
        [],
    ),
    ("event-place-mentioned", _drop("mentions", "p1s1-m2"), [("pact/dock/at", "place_id")]),
    (
        "event-place-mentioned",
        _add("event_places", "mending", "dock", "at"),
        [("mending/dock/at", "place_id")],
    ),
    (
        "event-place-mentioned",
        _all(_add("event_places", "mending", "dock", "at"), _add("claim_events", "p1s1-1", "mending")),
        [],
    ),
    (
        "event-place-mentioned",
        _all(_drop("mentions", "p1s1-m2"), _drop("claim_events", "p1s1-1/pact")),
        [],
    ),
    # claims
    ("attributed-has-speaker", _set("claims", "p1s1-1", voice="attributed"), [("p1s1-1", "voice")]),
    ("attributed-has-speaker", _set("claims", "p1s2-1", voice="article"), [("p1s2-1", "voice")]),
    ("attributed-has-speaker", _set("claims", "p1s2-1", voice="unclear"), [("p1s2-1", "voice")]),
    ("attributed-has-speaker", _set("claims", "p1s2-2", voice="unclear"), []),
    (
        "attributed-has-speaker",
        _set("claim_parties", "p1s2-1/bert/speaker", role="relayed_by"),
        [("p1s2-1", "voice")],
    ),
    ("unclear-beside-attributed", _set("claims", "p1s1-1", voice="unclear"), [("p1s1-1", "voice")]),
    ("unclear-beside-attributed", _set("claims", "p1s2-2", voice="unclear"), []),
    (
        "relay-is-media",
        _add("claim_parties", "p1s2-1", "bert", "relayed_by"),
        [("p1s2-1/bert/relayed_by", "role")],
    ),
    ("relay-is-media", _add("claim_parties", "p1s2-1", "cora", "relayed_by"), []),
    ("relay-is-media", _add("claim_parties", "p1s2-1", "nobody", "relayed_by"), []),
    (
        "claim-once",
        _set("claims", "p1s1-2", statement="Here is NUMBER p1s1-1 of the claims."),
        [("p1s1-2", "statement")],
    ),
    ("claim-once", _set("claims", "p1s2-1", statement="Here is number p1s1-1 of the claims."), []),
    (
        "claim-once",  # who it is about makes no other claim of it
        _set("claims", "p1s2-2", statement="Here is number p1s1-1 of the claims."),
        [("p1s2-2", "statement")],
    ),
    ("event-claim-has-event", _drop("claim_events", "p1s1-2/closure"), [("p1s1-2", "claim_type")]),
    ("event-claim-has-event", _drop("claim_events", "p1s2-1/mending"), []),
    ("claim-has-subject", _drop("claim_events", "p1s2-1/mending"), [("p1s2-1", "claim_id")]),
    ("claim-has-subject", _drop("claim_parties", "p1s2-2/cora/about"), [("p1s2-2", "claim_id")]),
    ("claim-has-subject", _drop("claim_parties", "p1s1-1/alba/about"), []),
    ("claim-has-subject", _drop("mentions", "p2s1-m1"), [("p2s1-2", "claim_id")]),
    ("claim-has-subject", _set("claims", "p2s1-2", start="260", end="264"), []),
    ("claim-has-subject", _set("claims", "p2s1-2", start="261"), [("p2s1-2", "claim_id")]),
    ("claim-has-subject", _set("claims", "p2s1-2", end="263"), [("p2s1-2", "claim_id")]),
    (
        "claim-has-subject",
        _set("mentions", "p2s1-m1", party_id="alba", place_id=""),
        [("p2s1-2", "claim_id")],
    ),
    (
        "planned-has-not-happened",
        _set("claims", "p1s2-1", claim_type="event"),
        [("p1s2-1", "claim_type")],
    ),
    (
        "planned-has-not-happened",
        _all(_set("claims", "p1s2-1", claim_type="event"), _set("events", "mending", status="expected")),
        [("p1s2-1", "claim_type")],
    ),
    (
        "planned-has-not-happened",
        _all(_set("claims", "p1s2-1", claim_type="event"), _set("events", "mending", status="ongoing")),
        [],
    ),
    (
        "planned-has-not-happened",
        _all(
            _set("claims", "p1s2-1", claim_type="event"), _set("claims", "p1s2-1", polarity="negative")
        ),
        [],
    ),
    (
        "planned-has-not-happened",
        _all(_set("claims", "p1s2-1", claim_type="event"), _add("claim_events", "p1s2-1", "pact")),
        [],
    ),
    *(
        ("statement-stands-alone", _stated(f"Alba and {word} will meet."), STATEMENT)
        for word in [
            "it",
            "its",
            "itself",
            "They",
            "them",
            "their",
            "theirs",
            "he",
            "HIM",
            "his",
            "she",
            "her",
            "hers",
            "this",
            "these",
            "those",
        ]
    ),
    ("statement-stands-alone", _stated("Alba has an Itsy shelter."), []),
    *(
        ("statement-without-hedge", _stated(f"Alba {word} mends the dock."), STATEMENT)
        for word in [
            "may",
            "might",
            "Could",
            "maybe",
            "perhaps",
            "possibly",
            "probably",
            "likely",
            "expected",
            "apparently",
            "appear",
            "appears",
            "seem",
            "seems",
            "seemingly",
            "suggest",
            "suggests",
            "reportedly",
            "allegedly",
            "according",
        ]
    ),
    ("statement-without-hedge", _stated("Alba met Bert in May."), []),
    ("statement-without-hedge", _stated("Alba saw a mightier, seemly dock."), []),
    # relations
    ("relation-has-no-cycle", _circle("closure", "mending"), [("closure/precedes/mending", "relation")]),
    (
        "relation-has-no-cycle",  # all the relations that order events in time make one circle
        _circle("closure", "pact", "mending"),
        [("pact/agrees_to/mending", "relation")],
    ),
    (
        "relation-has-no-cycle",
        _all(
            _add("event_relations", "pact", "builds_on", "closure"),
            _add("event_relations", "closure", "resumes", "pact"),
        ),
        [("pact/builds_on/closure", "relation")],
    ),
    (
        "relation-has-no-cycle",
        _all(
            _add("event_relations", "pact", "builds_on", "closure"),
            _add("event_relations", "closure", "prompts", "pact"),
        ),
        [],
    ),
    (
        "relation-has-no-cycle",  # a whole has its own order
        _all(
            _add("event_relations", "pact", "part_of", "closure"),
            _add("event_relations", "closure", "precedes", "pact"),
        ),
        [],
    ),
    (
        "relation-has-no-cycle",
        _all(
            _add("event_relations", "pact", "part_of", "closure"),
            _add("event_relations", "closure", "part_of", "pact"),
        ),
        [("pact/part_of/closure", "relation")],
    ),
    (
        "relation-has-no-cycle",
        _set("claim_relations", "p1s1-2/elaborates/p1s1-1", relation="explains"),
        [],
    ),
    (
        "relation-has-no-cycle",
        _add("claim_relations", "p1s1-1", "elaborates", "p1s1-2", ""),
        [("p1s1-2/elaborates/p1s1-1", "relation")],
    ),
    ("relation-has-no-cycle", _add("claim_relations", "p1s1-1", "explains", "p1s1-2", ""), []),
    (
        "relation-has-no-cycle",
        _all(
            _add("event_relations", "closure", "alongside", "pact"),
            _add("event_relations", "pact", "alongside", "closure"),
        ),
        [],
    ),
    (
        "symmetric-once",
        _add("event_relations", "pact", "alongside", "closure"),
        [("pact/alongside/closure", "relation")],
    ),
    ("symmetric-once", _add("event_relations", "closure", "alongside", "pact"), []),
    (
        "symmetric-once",
        _add("claim_relations", "p2s1-1", "in_tension_with", "p1s2-1", "Both can't be."),
        [("p2s1-1/in_tension_with/p1s2-1", "relation")],
    ),
    ("symmetric-once", _add("event_relations", "pact", "precedes", "closure"), []),
    (
        "relation-once",
        _add("event_relations", "mending", "precedes", "pact"),
        [("mending/precedes/pact", "relation")],
    ),
    (
        "relation-once",
        _add("event_relations", "pact", "precedes", "mending"),
        [("pact/precedes/mending", "relation")],
    ),
    ("relation-once", _add("event_relations", "pact", "precedes", "closure"), []),
    (
        "relation-once",
        _add("claim_relations", "p1s1-1", "explains", "p1s1-2", ""),
        [("p1s1-1/explains/p1s1-2", "relation")],
    ),
    (
        "restates-same-polarity",
        _all(
            _add("claim_relations", "p2s1-2", "restates", "p2s1-1", ""),
            _set("claims", "p2s1-1", polarity="negative"),
        ),
        [("p2s1-2/restates/p2s1-1", "relation")],
    ),
    ("restates-same-polarity", _add("claim_relations", "p2s1-2", "restates", "p2s1-1", ""), []),
    ("restates-same-polarity", _set("claims", "p1s1-1", polarity="negative"), []),
    ("restates-same-polarity", _add("claim_relations", "p2s1-2", "restates", "p9s1-1", ""), []),
    ("restates-same-polarity", _add("claim_relations", "p9s1-2", "restates", "p2s1-1", ""), []),
    # parties and places
    (
        "parent-has-no-cycle",
        _set("parties", "alba", parent_party_id="bert"),
        [("alba", "parent_party_id")],
    ),
    (
        "parent-has-no-cycle",  # a circle between parties of which the first has no part in it
        _all(
            _set("parties", "alba", parent_party_id="cora"),
            _set("parties", "cora", parent_party_id="bert"),
            _set("parties", "bert", parent_party_id="cora"),
        ),
        [("bert", "parent_party_id")],
    ),
    ("parent-has-no-cycle", _set("parties", "cora", parent_party_id="bert"), []),
    ("country-fits-parent", _set("parties", "bert", country="BEL"), [("bert", "country")]),
    ("country-fits-parent", _set("parties", "bert", country=""), [("bert", "country")]),
    ("country-fits-parent", _set("parties", "alba", country=""), []),
    ("country-fits-parent", _set("parties", "bert", country="BEL", parent_party_id="cora"), []),
    ("country-of-one-state", _state("dora", "ALB"), [("dora", "country")]),
    ("country-of-one-state", _all(_state("dora", ""), _state("emil", "")), []),
    ("country-of-one-state", _state("dora", "DOR"), []),
    ("title-of-person", _set("parties", "alba", title="Empire"), [("alba", "title")]),
    ("identifier-has-name", _set("mentions", "p1s1-m1", form="description"), [("alba", "wikidata")]),
    *(
        ("identifier-has-name", _set("mentions", "p1s1-m1", form=form), [])
        for form in ("capital", "demonym")
    ),
    ("identifier-has-name", _set("mentions", "p1s2-m2", form="pronoun"), []),
    (
        "identifier-has-name",
        _all(*(_set("mentions", key, form="description") for key in ("p1s1-m2", "p2s1-m1"))),
        [("dock", "wikidata"), ("dock", "latitude")],
    ),
    (
        "identifier-has-name",  # a party of the same id names no place
        _all(
            _copy("parties", "cora", party_id="dock", name="Docker"),
            *(_set("mentions", key, party_id="dock", place_id="") for key in ("p1s1-m2", "p2s1-m1")),
            _set("places", "dock", latitude="", longitude="", coordinate_basis="none"),
        ),
        [("dock", "wikidata")],
    ),
    ("wikidata-once", _set("parties", "cora", wikidata="Q1"), [("cora", "wikidata")]),
    ("wikidata-once", _set("places", "dock", wikidata="Q2"), [("dock", "wikidata")]),
    ("wikidata-once", _set("parties", "bert", wikidata=""), []),
    # codes
    (
        "codelist-known",
        _add("codes", "mood", "calm", "Calm", "Nothing stirs."),
        [("mood/calm", "codelist")],
    ),
    ("code-known", _add("codes", "status", "calm", "Calm", "Nothing stirs."), [("status/calm", "code")]),
    ("code-known", _add("codes", "mood", "calm", "Calm", "Nothing stirs."), []),
    ("codes-complete", _drop("codes", "polarity/negative"), [("polarity/positive", "codelist")]),
    (
        "codes-complete",
        lambda coding: coding.tables["codes"].clear(),
        WHOLE,
    ),
    # spans, numbered and inside the text
    ("segments-present", lambda coding: coding.tables["segments"].clear(), WHOLE),
    ("segments-numbered", _drop("segments", "p1s1"), [("p1s2", "segment_id")]),
    (
        "segments-numbered",
        _set("segments", "p1s1", segment_id="p0s1", paragraph="0"),
        [("p1s2", "segment_id")],
    ),
    (
        "segments-numbered",
        _all(
            _set("segments", "p1s1", segment_id="p0s1", paragraph="0"),
            _set("segments", "p1s2", segment_id="p1s1", sentence="1"),
        ),
        [],
    ),
    (
        "segments-numbered",
        _set("segments", "p2s1", segment_id="p3s1", paragraph="3"),
        [("p3s1", "segment_id")],
    ),
    (
        "segments-numbered",
        _set("segments", "p2s1", segment_id="p2s2", sentence="2"),
        [("p2s2", "segment_id")],
    ),
    (
        "segments-numbered",
        _set("segments", "p2s1", segment_id="p1s4", paragraph="1", sentence="4"),
        [("p1s4", "segment_id")],
    ),
    ("segments-numbered", _set("segments", "p2s1", segment_id="p1s3", paragraph="1", sentence="3"), []),
    ("span-outside-article", _set("segments", "p2s1", end="301"), [("p2s1", "end")]),
    ("span-outside-article", _set("claims", "p2s1-2", end="301"), [("p2s1-2", "end")]),
    ("span-outside-article", _set("mentions", "p2s1-m1", start="297", end="301"), [("p2s1-m1", "end")]),
    ("claim-inside-segment", _set("claims", "p2s1-2", end="301"), []),
    (
        "hash-fits-span",
        _set("claims", "p2s1-1", end="300", sha256="1" * 64),
        [("p2s1-1", "sha256")],
    ),
    ("hash-fits-span", _set("claims", "p2s1-1", end="300"), []),
    ("hash-fits-span", _set("claims", "p2s1-1", sha256="1" * 64), []),
    # mentions beside each other
    ("mentions-nest", _set("mentions", "p1s1-m2", start="3", end="7"), [("p1s1-m2", "end")]),
    ("mentions-nest", _set("mentions", "p1s1-m2", start="4", end="8"), []),
    ("mentions-nest", _set("mentions", "p1s1-m2", start="1", end="4", surface="Doc"), []),
    ("mentions-nest", _set("mentions", "p1s1-m2", start="0", end="3", surface="Doc"), []),
    (
        "mentions-nest",  # one inside another, and then one that runs out of the outer
        _all(
            _set("mentions", "p1s1-m1", end="9", surface="Alba City"),
            _copy("mentions", "p1s1-m1", mention_id="p1s1-m8", start="1", end="3", surface="lb"),
            _set("mentions", "p1s1-m2", start="8", end="12"),
        ),
        [("p1s1-m2", "end")],
    ),
    ("form-fits-surface", _set("mentions", "p1s1-m1", surface="they"), [("p1s1-m1", "form")]),
    ("form-fits-surface", _set("mentions", "p1s1-m1", surface="They"), [("p1s1-m1", "form")]),
    (
        "form-fits-surface",
        _set("mentions", "p1s1-m1", surface="They", form="description"),
        [("p1s1-m1", "form")],
    ),
    ("form-fits-surface", _set("mentions", "p1s1-m1", surface="They", form="pronoun"), []),
    ("form-fits-surface", _set("mentions", "p1s1-m1", surface="they", form="collective"), []),
    ("form-fits-surface", _set("mentions", "p1s1-m1", surface="town", form="description"), []),
    *(
        (
            "form-fits-surface",
            _set("mentions", "p1s1-m1", surface="town", form=form),
            [("p1s1-m1", "form")],
        )
        for form in ("name", "capital", "demonym")
    ),
    (
        "name-of-one",  # a capital may be a place here, and its state there
        _all(
            _called("p1s2-m1", "Dock", form="capital", party_id="alba"),
            _called("p1s2-m2", "Dock", form="capital", party_id="cora"),
        ),
        [("p1s2-m2", "surface")],
    ),
    ("name-of-one", _called("p1s2-m1", "Dock", form="capital", party_id="alba"), []),
    ("name-of-one", _set("mentions", "p2s1-m1", party_id="cora", place_id=""), [("p2s1-m1", "surface")]),
    ("name-of-one", _set("mentions", "p2s1-m1", party_id="cora", place_id="", form="description"), []),
    ("name-of-one", _set("mentions", "p2s1-m1", party_id="nobody", place_id=""), []),
    ("name-of-one", _set("mentions", "p1s1-m2", place_id="nowhere"), []),
    # claims, their certainty and relay
    (
        "presupposed-is-certain",
        _set("claims", "p1s1-1", explicitness="presupposed", certainty="possible"),
        [("p1s1-1", "certainty")],
    ),
    ("presupposed-is-certain", _set("claims", "p1s1-1", explicitness="presupposed"), []),
    (
        "presupposed-is-certain",
        _set("claims", "p1s1-1", explicitness="implied", certainty="possible"),
        [],
    ),
    (
        "relay-has-speaker",
        _add("claim_parties", "p1s1-1", "cora", "relayed_by"),
        [("p1s1-1/cora/relayed_by", "role")],
    ),
    ("relay-has-speaker", _add("claim_parties", "p1s2-1", "cora", "relayed_by"), []),
    (
        "claim-has-subject",
        _set("mentions", "p2s1-m1", mention_id="p1s2-m9", segment_id="p1s2"),
        [("p2s1-2", "claim_id")],
    ),
    (
        "claim-once",  # nor does an article
        _all(
            _stated("An old bridge is told of in the town."),
            _set("claims", "p2s1-2", statement="Old bridge is told of in a town."),
            _drop("claim_events", "p1s1-1/pact"),
            _drop("claim_parties", "p1s1-1/alba/about"),
        ),
        [("p2s1-2", "statement")],
    ),
    (
        "claim-once",  # nor does another punctuation
        _set("claims", "p1s1-2", statement="Here is: number – p1s1 1 of the claims."),
        [("p1s1-2", "statement")],
    ),
    # wording
    ("statement-is-one-sentence", _stated("Alba met. Bert signed."), STATEMENT),
    ("statement-is-one-sentence", _stated("Alba did sign."), []),
    ("polarity-fits-statement", _stated("Alba never did sign."), [("p1s1-1", "polarity")]),
    ("polarity-fits-statement", _set("claims", "p1s1-1", polarity="negative"), [("p1s1-1", "polarity")]),
    (
        "polarity-fits-statement",
        _set("claims", "p1s1-1", polarity="negative", statement="Alba never did sign."),
        [],
    ),
    *(
        ("missing-is-empty", _set("parties", "cora", name=name), [("cora", "name")])
        for name in ("Unknown", "N/A", "Not-stated", "tbd.", "?")
    ),
    ("missing-is-empty", _set("parties", "cora", description="Unknown."), [("cora", "description")]),
    ("missing-is-empty", _set("parties", "cora", name="The unknown"), []),
    (
        "missing-is-empty",  # a code may be such a word
        _set("places", "dock", latitude="", longitude="", coordinate_basis="none"),
        [],
    ),
    ("missing-is-empty", _set("mentions", "p1s1-m1", surface="None"), []),
    ("missing-is-empty", _add("codes", "status", "not_stated", "Not stated", "It is not told."), []),
    (
        "missing-is-empty",
        _add("codes", "status", "none", "Missing", "It is not told."),
        [("status/none", "title")],
    ),
    (
        "missing-is-empty",
        _add("codes", "status", "gone", "Gone", "Missing."),
        [("status/gone", "definition")],
    ),
    # relations of claims, and dates of related events
    ("restates-same-type", _restates("p2s1-2", "p1s1-1"), [("p2s1-2/restates/p1s1-1", "relation")]),
    ("restates-same-type", _restates("p2s1-2", "p2s1-1"), []),
    ("relation-refers-back", _restates("p1s1-1", "p2s1-1"), [("p1s1-1/restates/p2s1-1", "relation")]),
    ("relation-refers-back", _restates("p2s1-1", "p1s1-1"), []),
    ("relation-refers-back", _restates("p2s1-1", "p2s1-2"), []),
    (
        "relation-refers-back",
        _add("claim_relations", "p1s1-1", "elaborates", "p2s1-1", ""),
        [("p1s1-1/elaborates/p2s1-1", "relation")],
    ),
    ("relation-refers-back", _add("claim_relations", "p1s1-1", "explains", "p2s1-1", ""), []),
    (
        "relation-refers-back",
        _add("claim_relations", "p1s1-1", "in_tension_with", "p2s1-1", "Both can't be."),
        [],
    ),
    ("relation-refers-back", _restates("p1s1-1", "p9s1-1"), []),
    (
        "explains-by-reason",
        _add("claim_relations", "p2s1-1", "explains", "p1s1-1", ""),
        [("p2s1-1/explains/p1s1-1", "relation")],
    ),
    *(
        (
            "explains-by-reason",
            _all(
                _set("claims", "p2s1-1", claim_type=reason),
                _add("claim_relations", "p2s1-1", "explains", "p1s1-1", ""),
            ),
            [],
        )
        for reason in ("cause", "purpose")
    ),
    (
        "relation-has-no-cycle",  # to say again and to say more make one circle
        _all(
            _add("claim_relations", "p1s1-1", "restates", "p2s1-1", ""),
            _add("claim_relations", "p2s1-1", "elaborates", "p1s1-2", ""),
        ),
        [("p1s1-2/elaborates/p1s1-1", "relation")],
    ),
    # dates, codes and roles of events
    ("cameo-known", _set("events", "pact", cameo="0399"), [("pact", "cameo")]),
    ("cameo-known", _set("events", "pact", cameo="0311"), []),
    ("date-in-expression", _dated("2020-05", "in May"), [("pact", "date")]),
    ("date-in-expression", _dated("2020/2021", "in 2020"), [("pact", "date")]),
    ("date-in-expression", _dated("2020/2021", "from 2020 to 2021"), []),
    ("date-in-expression", _dated("2020", "in May 2020"), []),
    ("date-in-expression", _dated("", "before 2020", "relative"), [("pact", "date_basis")]),
    ("date-in-expression", _dated("", "last year", "relative"), []),
    ("date-in-expression", _dated("2020-05-01", "on the first of May 2020"), []),
    ("date-in-expression", _dated("2020-05-01", "in May 2020"), [("pact", "date")]),
    *(
        ("date-in-expression", _dated(date, phrase), cast(Places, [("pact", "date")]))
        for date, phrase in (
            ("2020-11", "in March 2020"),
            ("2020-03-03", "on 3 May 2020"),
            ("2020-01/2020-02", "between May and July 2020"),
            ("2020-05/2020-12", "until May 2020"),
            ("2020-05/..", "since taking office in 2020"),
            ("2020-05-10/..", "since taking office in 2020"),
            ("../2020", "since 2020"),
            ("2020/..", "until 2020"),
            ("2020?/..", "since taking office in 2020"),
        )
    ),
    *(
        ("date-in-expression", _dated(date, phrase), cast(Places, []))
        for date, phrase in (
            ("2020-05/2020-07", "between May and July 2020"),
            ("2020-09", "in Sept. 2020"),
            ("2020-12-25", "on Christmas Day 2020"),
            ("2020-01/2020-03", "in the first quarter of 2020"),
            ("2020-05", "in 5/2020"),
            ("2020/..", "since taking office in 2020"),
            ("../2020", "until 2020"),
            ("2020~", "in early 2020"),
        )
    ),
    ("status-fits-claims", _set("claims", "p1s2-1", claim_type="state"), [("mending", "status")]),
    ("status-fits-claims", _set("claims", "p2s1-1", claim_type="plan"), [("use", "status")]),
    (
        "status-fits-claims",
        _all(_set("claims", "p2s1-1", claim_type="plan"), _add("claim_events", "p1s1-1", "use")),
        [],
    ),
    (
        "status-fits-claims",
        _all(_set("claims", "p1s2-1", claim_type="state"), _add("claim_events", "p1s1-1", "mending")),
        [("mending", "status")],
    ),
    (
        "status-fits-claims",
        _all(_set("claims", "p1s2-1", claim_type="state"), _set("events", "mending", status="expected")),
        [("mending", "status")],
    ),
    ("status-fits-claims", _drop("claim_events", "p1s2-1/mending"), []),
    ("status-fits-claims", _drop("claim_events", "p2s1-1/use"), []),
    ("role-fits-event", _add("event_parties", "pact", "bert", "issuer"), [("pact/bert/issuer", "role")]),
    (
        "role-fits-event",
        _all(
            _set("events", "pact", event_type="statement"),
            _add("event_parties", "pact", "bert", "issuer"),
        ),
        [],
    ),
    ("role-fits-event", _add("event_parties", "use", "alba", "actor"), [("use/alba/actor", "role")]),
    ("role-fits-event", _add("event_parties", "use", "bert", "actor"), []),
    (
        "role-fits-event",
        _add("event_parties", "use", "bert", "affected"),
        [("use/bert/affected", "role")],
    ),
    (
        "role-fits-event",
        _all(
            _set("events", "pact", event_type="statement"),
            _add("event_parties", "pact", "bert", "actor"),
        ),
        [("pact/bert/actor", "role")],
    ),
    (
        "role-fits-event",
        _all(
            _set("events", "pact", event_type="statement"),
            _add("event_parties", "pact", "bert", "recipient"),
        ),
        [],
    ),
    ("role-fits-event", _add("event_parties", "pact", "alba", "actor"), []),
    *(
        (  # what is no event or party does not hide the next
            "role-fits-event",
            _all(spoil, _add("event_parties", "pact", "bert", "issuer")),
            cast(Places, [("pact/bert/issuer", "role")]),
        )
        for spoil in (
            _all(_set("events", "use", status="x"), _add("event_parties", "use", "bert", "actor")),
            _all(
                _set("parties", "cora", party_type="x"), _add("event_parties", "pact", "cora", "actor")
            ),
        )
    ),
    (
        "role-fits-event",
        _all(
            _add("event_parties", "pact", "nobody", "issuer"),
            _add("event_parties", "none-such", "bert", "issuer"),
        ),
        [],
    ),
    # bodies, countries and points
    ("parent-is-body", _set("parties", "cora", parent_party_id="bert"), [("cora", "parent_party_id")]),
    *(
        (
            "parent-is-body",
            _all(
                _set("parties", "cora", parent_party_id="dora"),
                _add("parties", "dora", "Dora", kind, "", "", "", "", "Somebody else again."),
            ),
            [("cora", "parent_party_id")] if kind in ("officials", "experts", "public") else [],
        )
        for kind in ("officials", "experts", "public", "media", "grouping", "armed_forces")
    ),
    ("country-known", _set("parties", "alba", country="QQQ"), [("alba", "country")]),
    *(
        (
            "basis-fits-place",
            _set("places", "dock", place_type=kind),
            [("dock", "coordinate_basis")] if kind in ("region", "strait", "sea", "ocean") else [],
        )
        for kind in ("facility", "locality", "region", "strait", "sea", "ocean")
    ),
    ("basis-fits-place", _set("places", "dock", place_type="sea", coordinate_basis="centroid"), []),
    (
        "codes-told-apart",
        _all(
            _set("codes", "polarity/negative", title="One"),
            _set("codes", "polarity/positive", title="ONE"),
        ),
        [("polarity/positive", "title")],
    ),
    (
        "codes-told-apart",
        _all(
            _set("codes", "polarity/negative", definition="It is so."),
            _set("codes", "polarity/positive", definition="It is so."),
        ),
        [("polarity/positive", "definition")],
    ),
    (
        "codes-told-apart",
        _all(
            _set("codes", "polarity/negative", title="One"), _set("codes", "status/halted", title="One")
        ),
        [],
    ),
    # the same, the other way round
    (
        "hash-fits-span",
        _all(_set("segments", "p2s1", sha256="1" * 64), _set("claims", "p2s1-1", end="300")),
        [("p2s1-1", "sha256")],
    ),
    (
        "claim-inside-segment",  # a sentence that isn't there is left to the references
        _all(
            _set("claims", "p1s1-1", claim_id="p0s1-1", segment_id="p0s1"),
            _set("claims", "p1s2-1", end="201"),
        ),
        [("p1s2-1", "end")],
    ),
    *(
        (
            "collective-of-several",
            _all(
                _set("mentions", "p1s1-m1", form=form),
                _copy("mentions", "p1s1-m1", mention_id="p1s1-m9", party_id="bert", form="collective"),
            ),
            [("p1s1-m1", "form")],
        )
        for form in ("capital", "demonym", "description", "name", "pronoun")
    ),
    ("name-of-one", _set("mentions", "p1s1-m2", party_id="cora", place_id=""), [("p2s1-m1", "surface")]),
    (
        "restates-same-polarity",
        _all(_restates("p2s1-2", "p2s1-1"), _set("claims", "p2s1-2", polarity="negative")),
        [("p2s1-2/restates/p2s1-1", "relation")],
    ),
    ("restates-same-type", _restates("p1s1-1", "p2s1-2"), [("p1s1-1/restates/p2s1-2", "relation")]),
    # spans and their hashes
    ("hash-fits-span", _set("claims", "p1s1-1", sha256=OF_NOTHING), [("p1s1-1", "sha256")]),
    ("hash-fits-span", _set("segments", "p2s1", sha256=OF_NOTHING), [("p2s1", "sha256")]),
    (
        "hash-fits-span",
        _set("claims", "p2s1-1", start="201", end="300", sha256="1" * 64),
        [],
    ),
    (
        "spans-told-apart",
        _all(
            _set("claims", "p1s1-2", start="0", end="40"),
            _copy("claims", "p1s1-1", claim_id="p1s1-3"),
        ),
        [("p1s1-1", "start")],
    ),
    ("spans-told-apart", _set("claims", "p1s1-2", start="0", end="40"), []),
    *(
        (
            "spans-told-apart",
            _all(
                _set("claims", "p1s1-2", start="0", end="40"),
                _copy("claims", "p1s1-1", claim_id="p1s1-3"),
                _set("claims", "p1s1-3", **{column: "20"}),
            ),
            cast(Places, []),
        )
        for column in ("start", "end")
    ),
    (
        "spans-told-apart",  # a sentence that can't be read has no say
        _all(
            _set("segments", "p1s1", end="x"),
            _set("claims", "p1s1-2", start="0", end="40"),
            _copy("claims", "p1s1-1", claim_id="p1s1-3"),
        ),
        [],
    ),
    # support, and relays
    ("speaker-in-sentence", _drop("mentions", "p1s2-m1"), [("p1s2-1/bert/speaker", "party_id")]),
    (
        "speaker-in-sentence",
        _set("mentions", "p1s2-m1", mention_id="p2s1-m9", segment_id="p2s1"),
        [("p1s2-1/bert/speaker", "party_id")],
    ),
    ("speaker-in-sentence", _add("claim_parties", "p1s2-1", "cora", "relayed_by"), []),
    (
        "speaker-in-sentence",
        _add("claim_parties", "p1s2-1", "alba", "relayed_by"),
        [("p1s2-1/alba/relayed_by", "party_id")],
    ),
    ("speaker-in-sentence", _add("claim_parties", "p1s2-1", "alba", "about"), []),
    ("speaker-in-sentence", _add("claim_parties", "p9s2-1", "alba", "speaker"), []),
    (
        "relay-is-not-speaker",
        _add("claim_parties", "p1s2-1", "bert", "relayed_by"),
        [("p1s2-1/bert/relayed_by", "role")],
    ),
    ("relay-is-not-speaker", _add("claim_parties", "p1s2-1", "cora", "relayed_by"), []),
    ("relay-is-not-speaker", _add("claim_parties", "p2s1-1", "bert", "relayed_by"), []),
    ("relay-is-not-speaker", _add("claim_parties", "p1s2-1", "bert", "about"), []),
    (
        "relay-is-not-speaker",
        _all(
            _add("claim_parties", "p1s2-1", "cora", "about"),
            _add("claim_parties", "p1s2-1", "cora", "relayed_by"),
        ),
        [],
    ),
    # plans, and what a statement names
    *(
        ("plan-is-to-come", _set("events", "mending", status=status), places)
        for status, places in (
            ("occurred", [("p1s2-1", "claim_type")]),
            ("halted", [("p1s2-1", "claim_type")]),
            ("ongoing", []),
            ("expected", []),
        )
    ),
    ("plan-is-to-come", _add("claim_events", "p1s2-1", "pact"), []),
    (
        "plan-is-to-come",
        _all(_drop("claim_events", "p1s2-1/mending"), _add("claim_events", "p1s2-1", "pact")),
        [("p1s2-1", "claim_type")],
    ),
    ("plan-is-to-come", _drop("claim_events", "p1s2-1/mending"), []),
    *(
        ("plan-is-to-come", _set("claims", "p2s1-1", claim_type=kind), places)
        for kind, places in (("plan", [("p2s1-1", "claim_type")]), ("position", []))
    ),
    ("named-party-is-about", _stated("Alba mends the dock."), []),
    ("named-party-is-about", _stated("Alba and Bert met there."), STATEMENT),
    ("named-party-is-about", _stated("Bert met Bert there."), STATEMENT),
    ("named-party-is-about", _stated("Bert met Cora there."), STATEMENT * 2),
    ("named-party-is-about", _stated("Alba mends Cora's dock."), STATEMENT),
    ("named-party-is-about", _stated("Alba met Berta, Robert-bert and Corals there."), []),
    ("named-party-is-about", _stated("Alba met bert there."), []),
    ("named-party-is-about", _stated("Alba mends the Dock."), []),
    (
        "named-party-is-about",  # the party of a party
        _all(
            _set("claim_parties", "p1s1-1/alba/about", party_id="bert"),
            _stated("Alba mends the dock."),
        ),
        [],
    ),
    (
        "named-party-is-about",  # and not the other way round, nor by another role
        _set("claims", "p1s2-1", statement="Bert mends the dock."),
        [("p1s2-1", "statement")],
    ),
    (
        "named-party-is-about",
        _all(_set("places", "dock", name="Bert Dock"), _stated("Alba mends Bert Dock.")),
        [],
    ),
    (
        "named-party-is-about",
        _all(_copy("parties", "cora", party_id="dora", name="Alba City"), _stated("Alba City is here.")),
        STATEMENT,
    ),
    ("named-party-is-about", _all(_set("parties", "cora", name="C.ra"), _stated("Alba met Cara.")), []),
    ("named-party-is-about", lambda coding: coding.tables["parties"].clear(), []),
    # names and ids
    ("names-told-apart", _set("parties", "cora", name="The alba"), [("cora", "name")]),
    ("names-told-apart", _set("parties", "cora", name="Alba"), []),
    ("names-told-apart", _set("parties", "cora", name="Albas"), []),
    ("names-told-apart", _set("parties", "cora", name="Dock"), []),
    (
        "names-told-apart",
        _copy("places", "dock", place_id="quay", name="DOCK!"),
        [("quay", "name")],
    ),
    ("names-told-apart", _set("events", "pact", title="A closure"), [("pact", "title")]),
    ("names-told-apart", _set("events", "pact", title="Closure"), []),
    (
        "names-told-apart",  # in a column that needn't be unique to the letter as well
        _set("events", "pact", description="Closure is told."),
        [("pact", "description")],
    ),
    (
        "names-told-apart",
        _set("events", "pact", description="The closure is told."),
        [("pact", "description")],
    ),
    ("names-told-apart", _set("events", "pact", description="Closure."), []),
    (
        "id-of-one-table",
        _copy("places", "dock", place_id="alba", name="Alba Dock"),
        [("alba", "place_id")],
    ),
    ("id-of-one-table", _set("events", "closure", event_id="dock"), [("dock", "event_id")]),
    ("id-of-one-table", _set("events", "closure", event_id="bert"), [("bert", "event_id")]),
    ("id-of-one-table", _copy("places", "dock", place_id="alba-dock"), []),
    ("id-of-one-table", _copy("parties", "cora", name="Cora again"), []),
    *(
        ("name-alone", _called("p1s1-m1", surface), places)
        for surface, places in (
            ("the Alba", [("p1s1-m1", "surface")]),
            ("a Alba", [("p1s1-m1", "surface")]),
            ("an Alba", [("p1s1-m1", "surface")]),
            ("The Alba", []),
            ("theAlba", []),
            ("Mayor Alba", []),
            ("Alba's", []),
        )
    ),
    ("name-alone", _called("p1s1-m1", "the Alba", form="description"), []),
    *(
        ("name-alone", _called("p1s1-m1", "the Alba", form=form), [("p1s1-m1", "surface")])
        for form in ("capital", "demonym")
    ),
    *(
        ("name-alone", _called("p1s2-m1", surface), places)
        for surface, places in (
            ("Mayor Bert", [("p1s2-m1", "surface")]),
            ("Mayoress Bert", []),
            ("Mayor", []),
            ("Bert Mayor", []),
        )
    ),
    *(
        ("name-alone", _called("p2s1-m1", surface), places)
        for surface, places in (
            ("Dock's", [("p2s1-m1", "surface")]),
            ("Dock’s", [("p2s1-m1", "surface")]),
            ("Docks", []),
            ("Docker's", []),
        )
    ),
    ("name-alone", _called("p2s1-m1", "Dock's", form="description"), []),
    ("name-alone", _all(_called("p1s1-m2", "Dock's"), _called("p2s1-m1", "Dock's")), []),
    ("name-as-mentioned", _set("parties", "alba", name="Burg"), [("alba", "name")]),
    ("name-as-mentioned", _set("parties", "alba", name="Greater alba"), []),
    ("name-as-mentioned", _set("places", "dock", name="Quay"), [("dock", "name")]),
    (
        "name-as-mentioned",
        _all(_set("parties", "alba", name="The Burg"), _called("p1s1-m1", "The Alba")),
        [("alba", "name")],
    ),
    *(
        (
            "name-as-mentioned",
            _all(_set("parties", "alba", name="Burg"), _set("mentions", "p1s1-m1", form=form)),
            cast(Places, []),
        )
        for form in ("capital", "demonym", "description")
    ),
    ("name-as-mentioned", _all(_set("parties", "alba", name="Burg"), _drop("mentions", "p1s1-m1")), []),
    (
        "name-as-mentioned",  # one of several names is enough
        _all(_set("places", "dock", name="Quay"), _called("p2s1-m1", "Quay")),
        [],
    ),
    ("name-as-mentioned", _set("parties", "alba", name="Bert"), []),
    (
        "name-as-mentioned",  # what is given to two does not hide the next
        _all(_set("parties", "alba", name="Bert"), _set("places", "dock", name="Quay")),
        [("dock", "name")],
    ),
    (
        "name-as-mentioned",  # a party and a place may have the same id
        _all(
            _copy("places", "dock", place_id="alba", name="Quay"),
            _set("mentions", "p2s1-m1", place_id="alba", surface="Quay"),
        ),
        [],
    ),
    # mentions of parties of each type
    *(
        (
            "form-fits-surface",
            _all(_set("parties", "cora", party_type=kind), _set("mentions", "p1s2-m2", form=form)),
            cast(Places, [] if kind in allowed else [("p1s2-m2", "form")]),
        )
        for form, allowed in (("capital", {"state"}), ("demonym", {"state", "grouping"}))
        for kind in ("state", "grouping", "person", "media", "public", "armed_forces")
    ),
    ("form-fits-surface", _set("mentions", "p1s1-m2", form="capital"), [("p1s1-m2", "form")]),
    ("form-fits-surface", _set("mentions", "p1s1-m1", form="capital", party_id="nobody"), []),
    ("form-fits-surface", _set("mentions", "p1s1-m2", form="demonym"), []),
    ("form-fits-surface", _set("mentions", "p1s1-m1", form="pronoun"), [("p1s1-m1", "form")]),
    ("form-fits-surface", _called("p1s1-m1", "Their", form="pronoun"), []),
    ("form-fits-surface", _called("p1s1-m1", "each other", form="pronoun"), []),
    ("surface-one-form", _set("mentions", "p2s1-m1", form="description"), [("p2s1-m1", "form")]),
    ("surface-one-form", _called("p2s1-m1", "Docks", form="description"), []),
    ("surface-one-form", _set("mentions", "p2s1-m1", form="collective"), []),
    (
        "surface-one-form",
        _set("mentions", "p2s1-m1", form="description", place_id="", party_id="cora"),
        [],
    ),
    (
        "surface-one-form",  # the first is the measure
        _all(
            _copy("mentions", "p2s1-m1", mention_id="p2s1-m2", start="270", end="274"),
            _set("mentions", "p1s1-m2", form="description"),
        ),
        [("p2s1-m1", "form"), ("p2s1-m2", "form")],
    ),
    # wording
    ("will-is-to-come", _stated("Alba will mend the dock."), [("p1s1-1", "claim_type")]),
    ("will-is-to-come", _stated("Alba will not mend the dock."), [("p1s1-1", "claim_type")]),
    (
        "will-is-to-come",
        _set("claims", "p1s2-2", statement="The dock will be open."),
        [("p1s2-2", "claim_type")],
    ),
    ("will-is-to-come", _set("claims", "p1s2-1", statement="The dock will be open."), []),
    *(
        (
            "will-is-to-come",
            _set("claims", "p1s2-2", claim_type=kind, statement="The dock will be open."),
            cast(Places, []),
        )
        for kind in ("cause", "purpose", "assessment", "position", "appeal")
    ),
    *(
        ("will-is-to-come", _stated(statement), cast(Places, []))
        for statement in (
            "Alba showed the will to mend.",
            "Alba has a strong will.",
            "Alba called Will there.",
            "Alba acts of its own will to mend.",
            "The goodwill of Alba is strong.",
        )
    ),
    ("sentence-has-words", _stated("Alba signed."), STATEMENT),
    (
        "sentence-has-words",  # what stands in for something does not hide the next
        _all(_set("parties", "alba", description="To be added."), _stated("Alba signed.")),
        STATEMENT,
    ),
    ("sentence-has-words", _stated("iPhone sales rose here."), []),
    ("sentence-has-words", _stated("sales of phones rose here."), STATEMENT),
    ("sentence-has-words", _stated("Alba did sign."), []),
    ("sentence-has-words", _stated("ALBA DID SIGN."), STATEMENT),
    ("sentence-has-words", _stated("ALBA did SIGN."), []),
    ("sentence-has-words", _stated("alba did sign."), STATEMENT),
    ("sentence-has-words", _stated("3 ships did sign."), []),
    ("sentence-has-words", _stated("Unknown."), []),
    ("sentence-has-words", _stated("not known."), []),
    ("sentence-has-words", _set("parties", "cora", name="cora"), []),
    *(
        ("sentence-has-words", _set(table, key, **{column: "Too short."}), [(key, column)])
        for table, key, column in (
            ("parties", "cora", "description"),
            ("events", "pact", "description"),
            ("claim_relations", "p1s1-2/elaborates/p1s1-1", "note"),
            ("codes", "polarity/positive", "definition"),
        )
    ),
    *(
        ("text-typography", _stated(statement), STATEMENT)
        for statement in (
            "Alba met met the mayor.",
            "Alba met the the mayor.",
            "Alba met , and signed.",
            "Alba met : and signed.",
            "Alba met,, and signed.",
            "Alba met and signed..",
            "Alba met ( twice) there.",
            "Alba met (twice ) there.",
            "Alba met (twice there.",
            "Alba met twice) there.",
            "Alba met [twice there.",
            "Alba met “twice there.",
            "Alba met twice” there.",
        )
    ),
    *(
        ("text-typography", _stated(statement), cast(Places, []))
        for statement in (
            "Alba had had a dock.",
            "Alba said that that dock is here.",
            "Alba met the theatre there.",
            "Alba waited... and signed.",
            "Alba, the U.S., and others met.",
            "Alba (a town) met [the] “mayor” there.",
            "Alba's town – a port – met the mayor.",
            "TODO (Alba met.",
        )
    ),
    ("text-typography", _set("parties", "cora", name="Cora (a herald"), [("cora", "name")]),
    ("text-typography", _called("p1s2-m2", "Cora ("), []),
    (
        "text-typography",
        _all(_set("parties", "alba", name="Unknown"), _set("parties", "cora", name="Cora (a herald")),
        [("cora", "name")],
    ),
    (
        "text-damaged",
        _set("parties", "cora", description="A herald <!-- end -->."),
        [("cora", "description")],
    ),
    *(
        ("text-damaged", _stated(statement), STATEMENT)
        for statement in (
            "The cafÃ© of Alba is here.",
            "Albaâ€™s dock is here.",
            "Alba &amp; the mayor met.",
            "Alba met &lt;the mayor.",
            "Alba <b>met the mayor.",
            "Alba met</p> the mayor.",
            "Alba met\\n the mayor.",
            "Alba met \\u2019 the mayor.",
        )
    ),
    *(
        ("text-damaged", _stated(statement), cast(Places, []))
        for statement in (
            "The café of Alba is here.",
            "Alba’s dock is here.",
            "Alba & the mayor met.",
            "Alba has 1 < 2 and 3 > 2 docks.",
            "Alba met in 東京 today.",
        )
    ),
    ("text-damaged", _set("parties", "cora", name="Cora &amp; Co"), [("cora", "name")]),
    ("text-damaged", _called("p1s2-m2", "Cora &amp; Co"), []),
    # relations of claims
    (
        "restates-same-subject",
        _restates("p2s1-1", "p1s1-1"),
        [("p2s1-1/restates/p1s1-1", "relation")],
    ),
    (
        "restates-same-subject",
        _all(_restates("p2s1-1", "p1s1-1"), _add("claim_parties", "p2s1-1", "alba", "about")),
        [],
    ),
    (
        "restates-same-subject",
        _all(_restates("p2s1-1", "p1s1-1"), _add("claim_events", "p2s1-1", "pact")),
        [],
    ),
    (
        "restates-same-subject",
        _all(_restates("p2s1-1", "p1s1-1"), _add("claim_parties", "p2s1-1", "alba", "speaker")),
        [("p2s1-1/restates/p1s1-1", "relation")],
    ),
    ("restates-same-subject", _restates("p2s1-2", "p2s1-1"), [("p2s1-2/restates/p2s1-1", "relation")]),
    ("restates-same-subject", _add("claim_relations", "p2s1-1", "explains", "p1s1-1", ""), []),
    (
        "restated-not-in-tension",
        _all(_restates("p2s1-1", "p1s1-1"), _tension("p1s1-1", "p2s1-1")),
        [("p1s1-1/in_tension_with/p2s1-1", "relation")],
    ),
    ("restated-not-in-tension", _tension("p1s1-1", "p2s1-1"), []),
    (
        "restated-not-in-tension",
        _all(_restates("p2s1-1", "p1s1-1"), _tension("p1s1-2", "p2s1-1")),
        [],
    ),
    ("restated-not-in-tension", _tension("p1s1-1", "p1s1-2"), []),
    *(
        (
            "restated-not-in-tension",  # by way of a third, whichever way round
            _all(
                *(_restates(*pair.split()) for pair in pairs.split(", ")),
                _tension("p1s1-1", "p2s1-1"),
            ),
            [("p1s1-1/in_tension_with/p2s1-1", "relation")],
        )
        for pairs in (
            "p2s1-1 p1s2-1, p1s2-1 p1s1-1",
            "p1s2-1 p1s1-1, p2s1-1 p1s2-1",
            "p1s2-1 p1s1-1, p1s2-1 p2s1-1",
            "p1s1-1 p1s2-1, p2s1-1 p1s2-1",
            "p1s1-1 p1s2-1, p2s1-1 p1s2-1, p1s1-1 p2s1-1",
            "p1s1-1 p2s1-1, p2s1-1 p1s1-1",
        )
    ),
    # parties, places and their codes
    ("state-has-country", _set("parties", "alba", country=""), [("alba", "country")]),
    (
        "state-has-country",
        _all(_set("parties", "alba", country=""), _set("parties", "bert", country="")),
        [],
    ),
    (
        "state-has-country",
        _all(_set("parties", "alba", country=""), _set("parties", "bert", parent_party_id="")),
        [],
    ),
    ("state-has-country", _set("parties", "alba", country="", party_type="grouping"), []),
    (
        "state-has-country",  # any of them
        _all(
            _set("parties", "alba", country=""),
            _set("parties", "bert", country=""),
            _set("parties", "cora", parent_party_id="alba", country="ALB"),
        ),
        [("alba", "country")],
    ),
    *(
        (
            "parent-is-body",
            _all(
                _set("parties", "alba", parent_party_id="dora"),
                _add("parties", "dora", "Dora", kind, "", "", "", "", "Somebody else again."),
            ),
            cast(Places, [] if kind == "grouping" else [("alba", "parent_party_id")]),
        )
        for kind in ("grouping", "state", "media", "government_body", "public")
    ),
    ("parent-is-body", _set("parties", "bert", parent_party_id="nobody"), []),
    (
        "coordinates-once",
        _copy("places", "dock", place_id="quay", name="Quay"),
        [("quay", "latitude")],
    ),
    ("coordinates-once", _copy("places", "dock", place_id="quay", name="Quay", longitude="2.6"), []),
    ("coordinates-once", _copy("places", "dock", place_id="quay", name="Quay", latitude="1.6"), []),
    (
        "coordinates-once",
        _set("places", "dock", latitude="0.0", longitude="0.0"),
        [("dock", "latitude")],
    ),
    ("coordinates-once", _set("places", "dock", latitude="0.0"), []),
    ("coordinates-once", _set("places", "dock", longitude="0.0"), []),
    (
        "coordinates-once",
        _all(
            _set("places", "dock", latitude="", longitude="", coordinate_basis="none"),
            _copy("places", "dock", place_id="quay", name="Quay"),
        ),
        [],
    ),
    (
        "coordinates-once",  # a place without any is passed over, and the next one isn't
        _all(
            _copy("places", "dock", place_id="quay", latitude="", longitude="", coordinate_basis="none"),
            _copy("places", "dock", place_id="pier", name="Pier"),
        ),
        [("pier", "latitude")],
    ),
    # dates
    *(
        ("date-in-expression", _dated(date, phrase), cast(Places, [("pact", "date")] if wrong else []))
        for date, phrase, wrong in (
            ("2020-05", "in 2020", True),
            ("2020-05", "since early 2020", True),
            ("2020-05", "in May 2020", False),
            ("2020", "on 3 May 2020", False),
            ("2020-05-03", "in 2020", True),
            ("2020-05-03", "in May 2020", True),
            ("2020-05-03", "on 3 May 2020", False),
            ("2020-05-03", "on the 3rd of May 2020", False),
            ("2020-05-03", "on 13 May 2020", True),
            ("2020-05-03?", "perhaps on 3 May 2020", False),
            ("2020-05-03~", "in May 2020", True),
            ("2020/2021-05", "from 2020 to 2021", True),
            ("2020-05/2021", "from May 2020 to 2021", False),
            ("2020-05-03/2020-05-04", "from 3 to 5 May 2020", True),
            ("2020-05-03/2020-05-05", "from 3 to 5 May 2020", False),
            *((f"2020{mark}", "in 2020", True) for mark in "?~%"),
            *((f"2020{mark}", "about 2020", False) for mark in "?~%"),
            ("2020/..", "since 2020", False),
            ("2021", "in 2020", True),
            ("2020", "in May", True),
        )
    ),
    *(
        ("date-fits-status", _when("pact", date, status=status), places)
        for date, status, places in (
            ("2020/..", "occurred", [("pact", "date")]),
            ("2020/..", "halted", [("pact", "date")]),
            ("2020/..", "ongoing", []),
            ("2020/..", "planned", []),
            ("2020/..", "expected", []),
            ("../2020", "occurred", []),
            ("2020/2021", "occurred", []),
        )
    ),
    *(
        ("to-come-is-later", _all(_when("mending", ahead), _when("pact", past)), places)
        for ahead, past, places in (
            ("2019", "2020", [("mending", "date")]),
            ("2019", "2020-05-01", [("mending", "date")]),
            ("2019?", "2020~", [("mending", "date")]),
            ("2020", "2020", []),
            ("2020", "2020-05", []),
            ("2020-04", "2020-05", [("mending", "date")]),
            ("2021", "2020", []),
            ("2019/..", "2020", []),
            ("2019/2020", "2020", []),
            ("2018/2019", "2020", [("mending", "date")]),
            ("../2019", "2020", [("mending", "date")]),
            ("2019", "../2020", []),
            ("2019", "2019/2020", []),
        )
    ),
    *(
        (
            "to-come-is-later",
            _all(_when("mending", "2019", status=ahead), _when("pact", "2020", status=past)),
            cast(Places, [("mending", "date")] if ahead != "ongoing" != past else []),
        )
        for ahead in ("planned", "expected", "ongoing")
        for past in ("occurred", "halted", "ongoing")
    ),
    (
        "to-come-is-later",  # the latest of what is over counts
        _all(_when("closure", "2020"), _when("mending", "2019"), _when("pact", "2018")),
        [("mending", "date")],
    ),
    (
        "to-come-is-later",
        _all(_when("closure", "2018"), _when("mending", "2019"), _when("pact", "2020")),
        [("mending", "date")],
    ),
    ("to-come-is-later", _all(_when("closure", "2018"), _when("mending", "2019")), []),
    # parts in events
    *(
        ("roles-agree", _takes_part("pact", "bert actor", f"bert {role}"), places)
        for role, places in (
            ("affected", [("pact/bert/affected", "role")]),
            ("participant", [("pact/bert/participant", "role")]),
            ("recipient", [("pact/bert/recipient", "role")]),
            ("facilitator", []),
            ("issuer", []),
        )
    ),
    ("roles-agree", _takes_part("pact", "bert affected", "bert participant"), []),
    ("roles-agree", _takes_part("pact", "bert affected", "cora actor"), []),
    ("roles-agree", _all(_takes_part("pact", "bert affected"), _takes_part("use", "bert actor")), []),
    (
        "roles-agree",
        _takes_part("pact", "bert affected", "bert actor", "bert recipient"),
        [("pact/bert/affected", "role"), ("pact/bert/recipient", "role")],
    ),
    *(
        ("role-has-counterpart", _takes_part("mending", *parts.split(", ")), places)
        for parts, places in (
            ("bert recipient", [("mending/bert/recipient", "role")]),
            ("bert recipient, cora actor", []),
            ("cora actor, bert recipient", []),
            ("bert recipient, bert actor", [("mending/bert/recipient", "role")]),
            ("bert recipient, cora participant", [("mending/bert/recipient", "role")]),
            ("bert facilitator", [("mending/bert/facilitator", "role")]),
            ("bert facilitator, cora participant", []),
            ("bert facilitator, bert participant", [("mending/bert/facilitator", "role")]),
            ("bert facilitator, cora facilitator, alba affected", []),
            (
                "bert facilitator, cora facilitator",
                [("mending/bert/facilitator", "role"), ("mending/cora/facilitator", "role")],
            ),
            ("bert affected", []),
            ("bert participant", []),
        )
    ),
    (
        "role-has-counterpart",  # who is told something is told it by the issuer
        _all(
            _set("events", "pact", event_type="statement"),
            _takes_part("pact", "bert issuer", "cora recipient"),
        ),
        [],
    ),
    (
        "role-has-counterpart",  # the actor of another event gives nothing
        _all(_takes_part("mending", "bert recipient"), _takes_part("pact", "cora actor")),
        [("mending/bert/recipient", "role")],
    ),
    *(
        (
            "statement-fits-parties",
            _told(relation, *((event, *part.split()) for event, part in parts)),
            cast(Places, [(f"word/{relation}/mending", "relation")] if wrong else []),
        )
        for relation, parts, wrong in (
            ("announces", [("word", "alba issuer"), ("mending", "cora actor")], True),
            ("announces", [("word", "alba issuer"), ("mending", "alba participant")], False),
            ("announces", [("word", "bert issuer"), ("mending", "alba actor")], False),
            ("announces", [("word", "alba issuer"), ("mending", "bert actor")], True),
            ("announces", [("word", "alba issuer")], False),
            ("announces", [("word", "alba recipient"), ("mending", "cora actor")], False),
            (
                "announces",
                [("word", "alba issuer"), ("word", "cora issuer"), ("mending", "alba actor")],
                True,
            ),
            ("reports", [("word", "alba issuer"), ("mending", "alba actor")], True),
            ("reports", [("word", "bert issuer"), ("mending", "alba affected")], True),
            ("reports", [("word", "alba issuer"), ("mending", "cora actor")], False),
            ("reports", [("word", "alba recipient"), ("mending", "alba actor")], False),
            (
                "reports",
                [("word", "alba issuer"), ("word", "cora issuer"), ("mending", "alba actor")],
                True,
            ),
            ("prompts", [("word", "alba issuer"), ("mending", "cora actor")], False),
            ("prompts", [("word", "alba issuer"), ("mending", "alba actor")], False),
        )
    ),
    *(
        (
            "relation-fits-place",
            _all(
                _set("places", "dock", place_type=kind, coordinate_basis="centroid"),
                _set("event_places", "pact/dock/at", relation=relation),
            ),
            cast(Places, [("pact/dock/at", "relation")] if (kind, relation) in AT_NO_SITE else []),
        )
        for kind in ("facility", "locality", "region", "strait", "sea", "ocean")
        for relation in ("at", "in", "around", "towards")
    ),
    ("relation-fits-place", _set("event_places", "pact/dock/at", place_id="nowhere"), []),
    ("event-place-once", _add("event_places", "pact", "dock", "in"), [("pact/dock/in", "relation")]),
    ("event-place-once", _add("event_places", "mending", "dock", "in"), []),
    (
        "event-place-once",
        _all(
            _copy("places", "dock", place_id="quay", name="Quay"),
            _add("event_places", "pact", "quay", "at"),
        ),
        [],
    ),
    (
        "event-place-once",
        _all(_add("event_places", "pact", "dock", "in"), _add("event_places", "pact", "dock", "around")),
        [("pact/dock/in", "relation"), ("pact/dock/around", "relation")],
    ),
]


@pytest.mark.parametrize(("rule", "edit", "expected"), CASES)
def test_a_rule_is_broken_just_where_it_says(
    coding: Coding, rule: str, edit: Edit, expected: Places
) -> None:
    edit(coding)
    assert coding.broken(rule) == expected


def test_the_coding_is_sound_before_it_is_changed(coding: Coding) -> None:
    assert coding.issues() == []


def test_every_rule_has_a_check_and_a_case() -> None:
    owned = {name for name, known in RULES.items() if known.engine == "meaning"}
    assert set(meaning.names()) == owned
    assert owned == {rule for rule, _, _ in CASES} | set(OF_EVENTS)


def test_an_issue_names_line_value_and_file(coding: Coding) -> None:
    coding.set("parties", "alba", title="Empire")
    (issue,) = coding.issues()
    assert (issue.file, issue.line, issue.value) == ("data/parties.csv", 2, "Empire")


def test_a_codelist_without_any_entry_is_told_at_the_last_one(coding: Coding) -> None:
    coding.drop("codes", "polarity/negative", "polarity/positive")
    last = coding.tables["codes"][-1]
    assert coding.broken("codes-complete") == [(f"{last['codelist']}/{last['code']}", "codelist")]
    (issue,) = coding.issues()
    assert "positive, negative" in issue.message


def test_a_message_names_the_other_record(coding: Coding) -> None:
    coding.copy("mentions", "p1s1-m1", mention_id="p1s1-m8")
    coding.copy("mentions", "p1s1-m1", mention_id="p1s1-m9")
    assert ["p1s1-m1" in one.message for one in coding.issues()] == [True, True]


@pytest.mark.parametrize(
    ("date", "phrase", "told"),
    [
        ("2020?", "in 2020", "gives a doubt"),
        ("2020-05", "in 2020", "gives a month"),
        ("2020-05-03", "in May 2020", "gives a day"),
        ("2020/2022", "from 2020 to 2021", "years: 2021, 2022"),
    ],
)
def test_a_message_says_what_a_date_adds(coding: Coding, date: str, phrase: str, told: str) -> None:
    _dated(date, phrase)(coding)
    (message,) = (one.message for one in coding.issues() if one.rule == "date-in-expression")
    assert told in message


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Alba <b>met the mayor.", "<b>"),
        ("Alba met\\n the mayor.", "has \\n"),
        ("Alba &amp; the <b>mayor met.", "entity"),
        ("The cafÃ© of Alba is here.", "Windows-1252"),
    ],
)
def test_a_message_says_how_a_text_is_damaged(coding: Coding, statement: str, told: str) -> None:
    _stated(statement)(coding)
    (message,) = (one.message for one in coding.issues() if one.rule == "text-damaged")
    assert told in message


def test_a_mention_is_held_against_the_innermost_that_it_starts_in(coding: Coding) -> None:
    for number, (start, surface) in enumerate([(20, "A" * 20), (21, "B" * 8), (25, "C" * 10)]):
        mention(coding, f"p1s1-m{number + 7}", start, surface, "alba")
    (issue,) = (one for one in coding.issues() if one.rule == "mentions-nest")
    assert issue.record == "p1s1-m9"
    assert "p1s1-m8" in issue.message


def test_a_circle_is_told_in_its_direction(coding: Coding) -> None:
    _circle("closure", "pact", "mending")(coding)
    (message,) = (one.message for one in coding.issues() if one.rule == "relation-has-no-cycle")
    _, _, path = message.partition(": ")
    around = path.split(" → ")
    assert around[0] == around[-1]
    assert " ".join(around[:-1] * 2).find("closure pact mending") >= 0


@pytest.mark.parametrize("members", [["alba", "bert"], ["alba", "bert", "cora"]])
def test_a_circle_of_parties_ends_where_it_starts(coding: Coding, members: list[str]) -> None:
    for child, parent in zip(members, [*members[1:], members[0]], strict=True):
        coding.set("parties", child, parent_party_id=parent)
    (message,) = (one.message for one in coding.issues() if one.rule == "parent-has-no-cycle")
    around = message.partition(": ")[2].split(" → ")
    assert around[0] == around[-1]
    assert " ".join(around[:-1] * 2).find(" ".join(members)) >= 0


# --- events: what their type, status and codes must be ---------------------------------------

OF_EVENTS = (
    *("relation-fits-events", "relation-fits-dates", "relation-fits-status"),
    *("cameo-fits-plover", "cameo-fits-event"),
)
TYPES = TABLES["events"].model_fields["event_type"].annotation.__args__  # type: ignore[union-attr]
STATUSES = TABLES["events"].model_fields["status"].annotation.__args__  # type: ignore[union-attr]
RELATIONS = TABLES["event_relations"].model_fields["relation"].annotation.__args__  # type: ignore[union-attr]
FIRST = {
    "agrees_to": {"agreement"},
    "halts": {"suspension"},
    "announces": {"statement", "agreement"},
    "reports": {"statement"},
    "prepares": {"planning"},
}
SECOND = {
    "announces": {"planned", "expected"},
    "agrees_to": {"planned", "expected", "ongoing", "occurred"},
    "halts": {"halted"},
    "resumes": {"halted"},
    "prepares": {"planned", "expected"},
}


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_takes_the_types_and_statuses_of_the_codebook(coding: Coding, relation: str) -> None:
    """The first event of each type, and the second of each status, one relation at a time."""
    fitting = next(iter(SECOND.get(relation, {"occurred"})))
    coding.tables["event_relations"].clear()
    for kind in TYPES:
        event(coding, f"of-{kind.replace('_', '-')}", kind, "occurred")
    for status in STATUSES:
        event(coding, f"is-{status}", "office", status)
    wrong_type = set(TYPES) - {"office"} if relation == "resumes" else set()
    for kind in TYPES:
        coding.add("event_relations", f"of-{kind.replace('_', '-')}", relation, f"is-{fitting}")
    allowed = FIRST.get(relation, set(TYPES) - wrong_type)
    for status in STATUSES:
        first = min(allowed).replace("_", "-")
        if status != fitting:
            coding.add("event_relations", f"of-{first}", relation, f"is-{status}")
    broken = {str(record) for record, _ in coding.broken("relation-fits-events")}
    expected = {f"of-{kind.replace('_', '-')}" for kind in set(TYPES) - allowed}
    assert {record.split("/")[0] for record in broken if record.endswith(f"/is-{fitting}")} == expected
    wrong = set(STATUSES) - SECOND.get(relation, set(STATUSES))
    assert {record.split("/is-")[1] for record in broken} - {fitting} == wrong


@pytest.mark.parametrize(("extent", "broken"), [("single", True), ("series", False), ("process", False)])
def test_a_single_act_has_no_parts(coding: Coding, extent: str, broken: bool) -> None:
    coding.set("events", "use", extent=extent)
    coding.add("event_relations", "pact", "part_of", "use")
    coding.add("event_relations", "mending", "precedes", "use")
    expected = [("pact/part_of/use", "relation")] if broken else []
    assert coding.broken("relation-fits-events") == expected


def test_a_relation_to_an_event_that_is_not_there_is_not_judged(coding: Coding) -> None:
    coding.add("event_relations", "pact", "part_of", "nothing")
    coding.add("event_relations", "nothing", "halts", "use")
    assert coding.broken("relation-fits-events") == []


def test_a_relation_to_an_event_that_cannot_be_read_is_not_judged(coding: Coding) -> None:
    coding.set("events", "use", status="x")
    coding.add("event_relations", "pact", "precedes", "use")
    coding.add("event_relations", "use", "precedes", "mending")
    assert coding.broken("relation-fits-dates") == coding.broken("relation-fits-status") == []


def test_what_resumes_is_of_the_type_that_halted(coding: Coding) -> None:
    event(coding, "again", "cooperation", "planned")
    coding.add("event_relations", "again", "resumes", "use")
    assert coding.broken("relation-fits-events") == [("again/resumes/use", "relation")]
    coding.set("events", "again", event_type="office")
    assert coding.broken("relation-fits-events") == []


EARLIER = {"agrees_to", "announces", "culminates_in", "precedes", "prepares", "prompts"}
LATER = {"builds_on", "halts", "resumes"}
ORDERS = [
    ("2020-05", "2020?", 0, True, True),
    ("2020?", "2020-05", 0, True, True),
    # two dates, the order of their starts, whether the first lies in the second, and whether they meet
    ("2020", "2021", -1, False, False),
    ("2021", "2020", 1, False, False),
    ("2020", "2020", 0, True, True),
    ("2020-05", "2020", 0, True, True),
    ("2020-06", "2020-05", 1, False, False),
    ("2020/2022", "2021", -1, False, True),
    ("2021", "2020/2022", 1, True, True),
    ("2021/2023", "2020/2022", 1, False, True),
    ("2020/2021", "2020/2022", 0, True, True),
    ("2020/2021", "2021/2022", -1, False, True),
    ("2021?", "2020-05-01", 1, False, False),
    ("2021~", "2020%/2022~", 1, True, True),
    ("../2021", "2020", 0, False, True),
    ("../2019", "2020", 0, True, False),
    ("2021/..", "2020", 1, True, False),
    ("2020/..", "2021", -1, False, True),
    ("", "2020", 0, True, True),
    ("2020", "", 0, True, True),
]  # fmt: skip


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(("first", "second", "order", "inside", "meeting"), ORDERS)
def test_a_relation_keeps_the_order_of_dates(
    coding: Coding, relation: str, first: str, second: str, order: int, inside: bool, meeting: bool
) -> None:
    for name, date in (("pact", first), ("use", second)):
        basis = "calendar" if date else "not_stated"
        coding.set("events", name, date=date, date_expression=date, date_basis=basis)
    coding.add("event_relations", "pact", relation, "use")
    broken = (relation in EARLIER and order > 0) or (relation in LATER and order < 0)
    broken = broken or (relation == "part_of" and not inside)
    broken = broken or (relation == "alongside" and not meeting)
    expected = [(f"pact/{relation}/use", "relation")] if broken else []
    assert coding.broken("relation-fits-dates") == expected


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("first", STATUSES)
@pytest.mark.parametrize("second", STATUSES)
def test_nothing_that_is_over_follows_what_is_to_come(
    coding: Coding, relation: str, first: str, second: str
) -> None:
    coding.tables["event_relations"].clear()
    coding.set("events", "pact", status=first)
    coding.set("events", "use", status=second)
    coding.add("event_relations", "pact", relation, "use")
    ahead, over = {"planned", "expected"}, {"occurred", "halted"}
    begun = {*over, "ongoing"}
    broken = {
        **dict.fromkeys(EARLIER, first in ahead and second in begun),
        **dict.fromkeys(LATER, second in ahead and first in begun),
        "part_of": (first in ahead and second in over) or (second in ahead and first in begun),
        "alongside": (first in ahead and second in over) or (second in ahead and first in over),
        "reports": False,
    }[relation]
    expected = [(f"pact/{relation}/use", "relation")] if broken else []
    assert coding.broken("relation-fits-status") == expected


@pytest.mark.parametrize("relation", RELATIONS)
def test_what_orders_events_in_time_runs_in_no_circle(coding: Coding, relation: str) -> None:
    """Against a relation that orders them the one way, and one that does so the other way."""
    for back, wrong in (("precedes", EARLIER), ("builds_on", LATER)):
        coding.tables["event_relations"].clear()
        coding.add("event_relations", "closure", relation, "pact")
        coding.add("event_relations", "pact", back, "closure")
        expected = [(f"closure/{relation}/pact", "relation")] if relation in wrong else []
        assert coding.broken("relation-has-no-cycle") == expected


def test_dates_of_an_event_that_is_not_there_have_no_order(coding: Coding) -> None:
    coding.add("event_relations", "pact", "precedes", "nothing")
    coding.add("event_relations", "nothing", "precedes", "use")
    assert coding.broken("relation-fits-dates") == []


PLOVER = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID",
    "08": "CONCEDE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT",
    "20": "ASSAULT",
}  # fmt: skip


@pytest.mark.parametrize("root", [f"{root:02}" for root in range(1, 21)])
def test_each_root_of_cameo_has_one_event_type_of_plover(coding: Coding, root: str) -> None:
    for plover in {"", "RETREAT", *PLOVER.values()}:
        coding.set("events", "pact", cameo=f"{root}0", plover=plover)
        expected = [] if plover == PLOVER.get(root, "") else [("pact", "plover")]
        assert coding.broken("cameo-fits-plover") == expected, plover


def test_plover_stands_beside_cameo_alone(coding: Coding) -> None:
    coding.set("events", "pact", cameo="")
    (issue,) = (one for one in coding.issues() if one.rule == "cameo-fits-plover")
    assert (issue.record, issue.field) == ("pact", "plover")
    assert issue.message == "CAMEO (none) goes with (none)"
    coding.set("events", "pact", cameo="160", plover="")
    (issue,) = (one for one in coding.issues() if one.rule == "cameo-fits-plover")
    assert issue.message == "CAMEO 160 goes with SANCTION"


ROOTS = {
    "agreement": "03 05 06 08",
    "joint_exercise": "06",
    "suspension": "16",
    "meeting": "04",
    "planning": "",
    "statement": "01 02 03 05 10 11 12 13",
    "weapons_test": "15",
    "weapons_development": "15",
    "military_presence": "15",
    "cooperation": "03 04 05 06 07",
    "dispute": "11 12 13 14 16 17",
    "rule": "17 18 19 20",
    "office": "",
}


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_of_event_has_its_roots_of_cameo(coding: Coding, kind: str) -> None:
    taken = []
    for root in (f"{root:02}" for root in range(1, 21)):
        coding.set("events", "pact", event_type=kind, cameo=f"{root}0", plover=PLOVER.get(root, ""))
        if not coding.broken("cameo-fits-event"):
            taken.append(root)
    assert " ".join(taken) == ROOTS[kind]


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_still_to_come_is_coded_as_an_intent(coding: Coding, status: str) -> None:
    coding.set("events", "closure", status=status)
    expected = [("closure", "cameo")] if status in ("planned", "expected") else []
    assert coding.broken("cameo-fits-event") == expected
    coding.set("events", "closure", cameo="030", plover="AGREE")
    expected = [] if status in ("planned", "expected") else [("closure", "cameo")]
    assert coding.broken("cameo-fits-event") == expected


# --- tables that are not whole ---------------------------------------------------------------


WAITING: list[tuple[str, str, Edit]] = [
    ("segments", "segments-in-order", _set("segments", "p1s2", start="99")),
    ("claims", "segment-has-claim", _drop("claims", "p2s1-1", "p2s1-2")),
    ("mentions", "collective-of-several", _set("mentions", "p1s1-m1", form="collective")),
    ("claim_parties", "party-supported", _copy("parties", "cora", party_id="dora", name="Dora")),
    ("mentions", "party-supported", _copy("parties", "cora", party_id="dora", name="Dora")),
    ("mentions", "place-supported", _drop("mentions", "p1s1-m2", "p2s1-m1")),
    ("claim_events", "event-supported", _drop("claim_events", "p2s1-1/use")),
    ("claim_events", "event-party-in-claim", _add("event_parties", "pact", "cora", "actor")),
    ("claim_parties", "event-party-in-claim", _add("event_parties", "pact", "cora", "actor")),
    ("claims", "event-place-mentioned", _drop("mentions", "p1s1-m2")),
    ("claim_events", "event-place-mentioned", _drop("mentions", "p1s1-m2")),
    ("mentions", "event-place-mentioned", _drop("mentions", "p1s1-m2")),
    ("claim_parties", "attributed-has-speaker", _set("claims", "p1s1-1", voice="attributed")),
    ("claims", "unclear-beside-attributed", _set("claims", "p1s1-1", voice="unclear")),
    ("claim_parties", "claim-once", _copy("claims", "p1s1-1", claim_id="p1s1-9")),
    ("claim_events", "event-claim-has-event", _drop("claim_events", "p1s1-2/closure")),
    ("claim_events", "claim-has-subject", _drop("claim_parties", "p1s2-2/cora/about")),
    ("claim_parties", "claim-has-subject", _drop("claim_parties", "p1s2-2/cora/about")),
    ("mentions", "claim-has-subject", _drop("claim_parties", "p1s2-2/cora/about")),
    ("events", "planned-has-not-happened", _set("claims", "p1s2-1", claim_type="event")),
    ("claim_events", "planned-has-not-happened", _set("claims", "p1s2-1", claim_type="event")),
    ("mentions", "identifier-has-name", _set("mentions", "p1s1-m1", form="description")),
    ("codes", "codes-complete", _drop("codes", "polarity/negative")),
    ("events", "plan-is-to-come", _set("events", "mending", status="occurred")),
    ("claim_events", "plan-is-to-come", _set("events", "mending", status="occurred")),
    ("claim_events", "restates-same-subject", _restates("p2s1-1", "p1s1-1")),
    ("claim_parties", "restates-same-subject", _restates("p2s1-1", "p1s1-1")),
    ("claims", "status-fits-claims", _set("claims", "p1s2-1", claim_type="state")),
    ("claim_events", "status-fits-claims", _set("claims", "p1s2-1", claim_type="state")),
    ("claim_parties", "named-party-is-about", _stated("Alba and Bert met there.")),
    ("claim_parties", "relay-has-speaker", _add("claim_parties", "p1s1-1", "cora", "relayed_by")),
    (
        "claims",
        "spans-told-apart",
        _all(
            _set("claims", "p1s1-2", start="0", end="40"),
            _copy("claims", "p1s1-1", claim_id="p1s1-3"),
        ),
    ),
    ("event_parties", "role-has-counterpart", _takes_part("mending", "bert recipient")),
    (
        "event_parties",
        "statement-fits-parties",
        _told("announces", ("word", "alba", "issuer"), ("mending", "cora", "actor")),
    ),
    (
        "parties",
        "statement-fits-parties",
        _told("announces", ("word", "alba", "issuer"), ("mending", "cora", "actor")),
    ),
    ("mentions", "name-as-mentioned", _set("parties", "alba", name="Burg")),
    ("mentions", "speaker-in-sentence", _drop("mentions", "p1s2-m1")),
    ("parties", "state-has-country", _set("parties", "alba", country="")),
    ("segments", "segments-numbered", _drop("segments", "p1s1")),
    ("segments", "segments-present", lambda coding: coding.tables["segments"].clear()),
]


@pytest.mark.parametrize(("lost", "rule", "edit"), WAITING)
def test_a_rule_waits_for_the_tables_that_it_counts_in(
    coding: Coding, lost: str, rule: str, edit: Edit
) -> None:
    edit(coding)
    assert coding.broken(rule)
    row = dict.fromkeys(columns(lost), "")
    coding.tables[lost].append(row)
    assert coding.broken(rule) == []


def test_every_table_that_a_rule_counts_in_has_such_a_case() -> None:
    needed = {(need.TABLE.name, rule) for rule, (_, needs) in CHECKS.items() for need in needs}
    assert {(lost, rule) for lost, rule, _ in WAITING} == needed


def test_a_table_with_links_that_point_nowhere_is_not_whole(coding: Coding) -> None:
    coding.set("events", "closure", cameo="030", plover="AGREE")
    coding.drop("claim_events", "p2s1-1/use")
    assert {one.rule for one in coding.issues()} >= {"event-supported", "cameo-fits-event"}
    coding.add("claim_events", "p2s1-1", "misspelt")
    assert {one.rule for one in coding.issues()} == {"cameo-fits-event"}


@pytest.mark.parametrize(
    ("statement", "shown"),
    [("Alba came , and went.", "has ' ,'"), ("Alba came came home.", "has 'came came'")],
)
def test_a_slip_is_shown(coding: Coding, statement: str, shown: str) -> None:
    coding.set("claims", "p1s1-1", statement=statement)
    assert [one.message for one in coding.issues() if one.rule == "text-typography"] == [shown]


def test_a_rule_runs_where_just_the_tables_that_it_needs_are_whole(coding: Coding) -> None:
    coding.set("claims", "p1s1-1", voice="unclear", explicitness="presupposed", certainty="possible")
    assert {one.rule for one in coding.issues(whole=())} >= {"presupposed-is-certain"}
    assert "unclear-beside-attributed" not in {one.rule for one in coding.issues(whole=())}
    assert "unclear-beside-attributed" in {one.rule for one in coding.issues(whole=("claims",))}


def test_a_row_of_which_a_link_outside_its_key_leads_nowhere_is_looked_at(coding: Coding) -> None:
    coding.set("claims", "p1s1-1", explicitness="presupposed", certainty="possible")
    coding.drop("segments", "p1s1")
    assert coding.broken("presupposed-is-certain") == [("p1s1-1", "certainty")]


def test_no_codes_at_all_are_one_issue_of_the_file(coding: Coding) -> None:
    coding.tables["codes"].clear()
    (issue,) = coding.issues()
    assert (issue.rule, issue.file, issue.line) == ("codes-complete", table_path("codes"), None)


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [(0, 9, True), (5, 8, True), (6, 39, False), (9, 40, True), (11, 99, False)],
)
def test_spans_know_whether_one_of_them_lies_inside_another(start: int, end: int, inside: bool) -> None:
    spans = [(10, 40), (0, 30), (5, 8)]
    made = [SimpleNamespace(start=first, end=last) for first, last in spans]
    assert claims._Spans(cast(Any, made)).any_inside(start, end) is inside
