"""Defects of keys: given twice, dangling."""

from __future__ import annotations

from functools import partial

from corpus.draft import Draft
from corpus.registry import defect, register, register_all
from jpkr_drills.model.records import TABLES
from tables import both, gone, new, put

NOWHERE = "atlantis"
NO_SEGMENT = "p98s1"
NO_CLAIM = "p98s1-1"


def _row_twice(draft: Draft, table: str) -> None:
    draft.add(table, draft.rows(table)[1])


def _value_twice(draft: Draft, table: str, column: str) -> None:
    first, second, *_ = draft.rows(table)
    draft.set(table, second, **{column: first[column]})


for _table, _record in TABLES.items():
    register(f"{_table}-row-twice".replace("_", "-"), partial(_row_twice, table=_table))
    for _column in _record.TABLE.unique if _table != "parties" else ():
        register(f"{_table}-{_column}-twice", partial(_value_twice, table=_table, column=_column))

_MEETING, _FIRST = "council-meeting", "p0s1-1"
_SHIFTED = {"start": "10", "end": "20", "surface": "and Bracke", "form": "description"}
register_all(
    {
        "parties-name-twice": both(
            lambda draft: draft.mark("parties", "norway"), put("parties", "aldermoor", name="Norway")
        ),
        "parties-id-twice": new("parties", "brackwater-post", name="Somebody else"),
        "places-id-twice": new("places", "cafe-moewe", name="Elsewhere"),
        "mentions-id-twice": new("mentions", "p0s1-m1", start="1", end="9", surface="ldermoor"),
        "claims-id-twice": new("claims", "p1s1-2", statement="Something else took place."),
        "places-id-and-coordinates-twice": new("places", "grey-sound", name="Sound of Grey"),
        # dangling
        "event-parties-event-id-dangling": new("event_parties", event_id=NOWHERE, party_id="norway", role="actor"),
        "event-parties-party-id-dangling": new("event_parties", event_id=_MEETING, party_id=NOWHERE, role="affected"),
        "event-places-event-id-dangling": new("event_places", event_id=NOWHERE, place_id="cafe-moewe", relation="at"),
        "event-places-place-id-dangling": new("event_places", event_id=_MEETING, place_id=NOWHERE, relation="in"),
        "event-relations-event-id-dangling": new(
            "event_relations", event_id=NOWHERE, relation="precedes", related_event_id=_MEETING
        ),
        "event-relations-related-event-id-dangling": new(
            "event_relations", event_id=_MEETING, relation="precedes", related_event_id=NOWHERE
        ),
        "claim-parties-claim-id-dangling": new("claim_parties", claim_id=NO_CLAIM, party_id="norway", role="about"),
        "claim-parties-party-id-dangling": new("claim_parties", claim_id=_FIRST, party_id=NOWHERE, role="about"),
        "claim-events-claim-id-dangling": new("claim_events", claim_id=NO_CLAIM, event_id=_MEETING),
        "claim-events-event-id-dangling": new("claim_events", claim_id=_FIRST, event_id=NOWHERE),
        "claim-places-claim-id-dangling": new("claim_places", claim_id=NO_CLAIM, place_id="cafe-moewe"),
        "claim-places-place-id-dangling": new("claim_places", claim_id=_FIRST, place_id=NOWHERE),
        "claim-relations-claim-id-dangling": new(
            "claim_relations", claim_id=NO_CLAIM, relation="explains", related_claim_id=_FIRST
        ),
        "claim-relations-related-claim-id-dangling": new(
            "claim_relations", claim_id="p3s1-1", relation="explains", related_claim_id=NO_CLAIM
        ),
        "claims-proposition-id-dangling": put("claims", "p1s1-3", proposition_id="p0s1-9"),
        "claims-segment-id-dangling": both(
            new(
                *("claims", "p3s2-2"),
                claim_id=NO_CLAIM,
                segment_id=NO_SEGMENT,
                proposition_id=NO_CLAIM,
                statement="There is another claim.",
            ),
            new("claim_events", claim_id=NO_CLAIM, event_id=_MEETING),
        ),
        "mentions-segment-id-dangling": new(
            "mentions", "p0s1-m1", mention_id=f"{NO_SEGMENT}-m1", segment_id=NO_SEGMENT, start="100000", end="100009"
        ),
        "mentions-party-id-dangling": new("mentions", "p0s1-m1", mention_id="p0s1-m9", party_id=NOWHERE, **_SHIFTED),
        "mentions-place-id-dangling": new("mentions", "p0s1-m3", mention_id="p0s1-m9", place_id=NOWHERE, **_SHIFTED),
        "parties-parent-party-id-dangling": put("parties", "engineers", parent_party_id=NOWHERE),
        "claim-events-near-miss": new("claim_events", claim_id=_FIRST, event_id="council-meetings"),
        "party-row-lost": gone("parties", "brackwater-post"),
        "table-header-only": lambda draft: draft.empty("places"),
    }
)


@defect
def party_id_misspelt_where_it_is_defined(draft: Draft) -> None:
    """Every link to it points nowhere: the row's own id is the wrong one."""
    draft.set("parties", "ines-tarrow", party_id="ines-tarow")
