"""Defects across records: each breaks one rule of meaning, in tables that are sound otherwise."""

from __future__ import annotations

import hashlib

from corpus.draft import Draft
from corpus.registry import defect, register_all
from jpkr_drills.model.records import TABLES
from tables import Change, both, gone, new, put, related

# --- segments, claims and mentions as spans ---------------------------------------------------------------


def _moved(table: str, key: str, start: int, end: int) -> Change:
    """Move the edges of a span."""

    def change(tables: Draft) -> None:
        row = tables.row(table, key)
        tables.set(table, row, start=str(int(row["start"]) + start), end=str(int(row["end"]) + end))

    return change


@defect
def no_segment_at_all(draft: Draft) -> None:
    for table in TABLES.keys() - {"codes"}:
        draft.empty(table)


@defect
def segment_number_left_out(draft: Draft) -> None:
    """The last sentence is called p3s3; its claims and mentions go with it."""
    for table in ("segments", "claims", "mentions", "claim_events", "claim_relations"):
        for row in draft.rows(table):
            for column, cell in row.items():
                if cell.partition("-")[0] == "p3s2":
                    row[column] = cell.replace("p3s2", "p3s3")
        draft.touched(table)
    draft.set("segments", "p3s3", sentence="3")


_AGAIN = {"claim_id": "p3s2-9", "proposition_id": "p3s2-9"}
register_all(
    {
        "segments-overlap": _moved("segments", "p1s2", -2, 0),
        "first-segment-is-another": both(
            gone("segments", "p0s1"),
            gone("claims", "p0s1-1"),
            *(gone("claim_parties", f"p0s1-1/{town}/about") for town in ("aldermoor", "brackwater")),
            gone("claim_events", "p0s1-1/bridge-reopening"),
            gone("claim_places", "p0s1-1/old-ferry-bridge"),
            gone("claim_relations", "p1s1-1/elaborates/p0s1-1"),
            gone("mentions", "p0s1-m1", "p0s1-m2", "p0s1-m3"),
            put("claims", "p1s1-3", proposition_id="p1s1-3"),
            *(
                lambda draft, old=old, new=new: _renumber(draft, old, new)
                for old, new in (("p1s1", "p1s3"), ("p1s2", "p1s4"))
            ),
        ),
        "claim-outside-article": both(
            lambda draft: draft.source("coded").update(characters=500, bytes=520),
            lambda draft: [draft.mark("segments", "p3s2"), draft.mark("segments", "p3s1")],
        ),
        "hash-of-another-span": both(
            new("claims", "p3s2-2", **_AGAIN, statement="Trade shrank.", sha256="0" * 64),
            new("claim_events", claim_id="p3s2-9", event_id="bridge-closure"),
        ),
        "hash-of-nothing": put("claims", "p0s1-1", sha256=hashlib.sha256(b"").hexdigest()),
        "claim-starts-before-segment": _moved("claims", "p1s2-1", -1, 0),
        "claim-ends-after-segment": _moved("claims", "p3s1-1", 0, 2),
        "mention-starts-before-segment": _moved("mentions", "p3s1-m2", -1, -1),
        "mention-outside-segment": _moved("mentions", "p3s1-m3", 9, 9),
        # support
        "party-unsupported": new("parties", "norway", party_id="nobody", name="Nobody", wikidata="", country=""),
        "place-unsupported": new("places", "cafe-moewe", place_id="nowhere", name="Nowhere"),
        "event-unsupported": new("events", "bridge-reopening", event_id="non-event", title="An event of no claim"),
        "id-of-party-and-place": both(
            put("places", "cafe-moewe", place_id="norway"),
            put("mentions", "p2s1-m1", place_id="norway"),
            lambda draft: draft.row("event_places", "council-meeting/cafe-moewe/at").update(place_id="norway"),
            lambda draft: draft.row("claim_places", "p2s1-1/cafe-moewe").update(place_id="norway"),
            lambda draft: [draft.touched("event_places"), draft.touched("claim_places")],
        ),
        # voice
        "attributed-without-speaker": put("claims", "p3s2-2", voice="attributed"),
        "article-with-speaker": put("claims", "p2s2-1", voice="article"),
        "unclear-with-speaker": put("claims", "p2s2-1", voice="unclear"),
        "speaker-of-article-claim": both(
            lambda draft: draft.mark("claims", "p3s2-2"),
            new("claim_parties", claim_id="p3s2-2", party_id="engineers", role="speaker"),
        ),
        "relayed-without-speaker": new(
            "claim_parties", claim_id="p3s2-2", party_id="brackwater-post", role="relayed_by"
        ),
        "relay-is-speaker": new("claim_parties", claim_id="p2s2-1", party_id="brackwater-post", role="relayed_by"),
        # propositions
        "proposition-of-a-later-claim": put("claims", "p1s1-1", proposition_id="p3s2-2"),
        "proposition-of-a-claim-of-another": put("claims", "p3s2-2", proposition_id="p1s1-3"),
        "proposition-of-other-polarity": put("claims", "p1s1-3", polarity="negative"),
        # relations
        "events-in-a-circle": both(
            related("mayor-remarks", "prompts", "mayoralty"),
            related("mayoralty", "prompts", "council-meeting"),
            related("council-meeting", "prompts", "mayor-remarks"),
        ),
        "claims-in-a-circle": both(
            related("p1s2-1", "elaborates", "p1s2-2"),
            related("p1s2-2", "elaborates", "p1s2-3"),
            related("p1s2-3", "elaborates", "p1s2-1"),
        ),
        "parents-in-a-circle": both(
            put("parties", "aldermoor", parent_party_id="brackwater"),
            put("parties", "brackwater", parent_party_id="aldermoor"),
        ),
        "tension-larger-id-first": put(
            "claim_relations", "p3s2-1/in_tension_with/p3s2-2", claim_id="p3s2-2", related_claim_id="p3s2-1"
        ),
        "alongside-larger-id-first": put(
            *("event_relations", "council-meeting/alongside/reopening-agreement"),
            event_id="reopening-agreement",
            related_event_id="council-meeting",
        ),
        "tension-stored-twice": related("p3s2-2", "in_tension_with", "p3s2-1", "They don't agree."),
    }
)


def _renumber(draft: Draft, old: str, new: str) -> None:
    for table in TABLES.keys() - {"codes"}:
        for row in draft.rows(table):
            for column, cell in row.items():
                if column.endswith("_id") and cell.partition("-")[0] == old:
                    row[column] = cell.replace(old, new, 1)
        draft.touched(table)
    draft.row("segments", new).update(sentence=new[3])
