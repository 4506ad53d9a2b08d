"""Defects of keys: given twice, dangling, pointing to their own row."""

from __future__ import annotations

from functools import partial

from corpus.draft import Draft
from corpus.registry import defect, register, synthetic
from jpkr_drills.models import TABLES

NOWHERE = "atlantis"
NO_SEGMENT = "p98s1"
NO_CLAIM = "p98s1-1"


# --- given twice -----------------------------------------------------------------------------


def _row_twice(draft: Draft, table: str) -> None:
    draft.add(table, draft.rows(table)[1])


for _table in TABLES:
    register(f"{_table}-row-twice".replace("_", "-"), partial(_row_twice, table=_table))


@defect
def parties_id_twice(draft: Draft) -> None:
    row = draft.find("parties", parent_party_id="", wikidata="", country="")
    draft.add("parties", row, name="Somebody else")


@defect
def places_id_twice(draft: Draft) -> None:
    draft.add("places", draft.find("places", wikidata="", coordinate_basis="none"), name="Elsewhere")


@defect
def mentions_id_twice(draft: Draft) -> None:
    mention = draft.find("mentions", form="name", place_id="")
    start = int(mention["start"]) + 6
    span = {"start": str(start), "end": str(start + len(mention["surface"]))}
    draft.add("mentions", mention, **span)


@defect
def claims_id_twice(draft: Draft) -> None:
    draft.add("claims", draft.rows("claims")[1], statement="Something else took place.")


@defect
def places_id_and_coordinates_twice(draft: Draft) -> None:
    draft.add("places", draft.row("places", "east-china-sea"), name="East Sea of China")


def _value_twice(draft: Draft, table: str, column: str) -> None:
    first, second, *_ = draft.rows(table)
    draft.set(table, second, **{column: first[column]})


for _table, _record in TABLES.items():
    for _column in _record.TABLE.unique:
        register(f"{_table}-{_column}-twice", partial(_value_twice, table=_table, column=_column))

# --- dangling --------------------------------------------------------------------------------


def _dangling(table: str, column: str, **cells: str) -> None:
    """A new link, whose ``column`` points nowhere."""
    register(
        f"{table}-{column}-dangling".replace("_", "-"),
        lambda draft: draft.add(table, **cells),
    )


_dangling("event_parties", "event_id", event_id=NOWHERE, party_id="japan", role="actor")
_dangling("event_parties", "party_id", event_id="camp-david-summit", party_id=NOWHERE, role="actor")
_dangling("event_places", "event_id", event_id=NOWHERE, place_id="camp-david", relation="at")
_dangling("event_places", "place_id", event_id="camp-david-summit", place_id=NOWHERE, relation="in")
_dangling(
    "event_relations",
    "event_id",
    event_id=NOWHERE,
    relation="precedes",
    related_event_id="camp-david-summit",
)
_dangling(
    "event_relations",
    "related_event_id",
    event_id="camp-david-summit",
    relation="precedes",
    related_event_id=NOWHERE,
)
_dangling("claim_parties", "claim_id", claim_id=NO_CLAIM, party_id="japan", role="about")
_dangling("claim_parties", "party_id", claim_id="p0s1-1", party_id=NOWHERE, role="about")
_dangling("claim_events", "claim_id", claim_id=NO_CLAIM, event_id="camp-david-summit")
_dangling("claim_events", "event_id", claim_id="p0s1-1", event_id=NOWHERE)
_dangling(
    "claim_relations", "claim_id", claim_id=NO_CLAIM, relation="explains", related_claim_id="p0s1-1"
)
_dangling(
    "claim_relations",
    "related_claim_id",
    claim_id="p0s1-1",
    relation="explains",
    related_claim_id=NO_CLAIM,
)


@defect
def parties_parent_party_id_dangling(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", parent_party_id="", country=""), parent_party_id=NOWHERE)


@defect
def claims_segment_id_dangling(draft: Draft) -> None:
    like = draft.rows("claims")[0]
    draft.add(
        "claims", like, claim_id=NO_CLAIM, segment_id=NO_SEGMENT, statement="There is another claim."
    )
    draft.add("claim_parties", claim_id=NO_CLAIM, party_id="japan", role="about")


@defect
def mentions_segment_id_dangling(draft: Draft) -> None:
    like = draft.find("mentions", form="name")
    start = int(like["start"]) + 100_000
    span = {"start": str(start), "end": str(start + len(like["surface"]))}
    draft.add("mentions", like, mention_id=f"{NO_SEGMENT}-m1", segment_id=NO_SEGMENT, **span)


@defect
def mentions_party_id_dangling(draft: Draft) -> None:
    like = draft.find("mentions", form="name", place_id="")
    draft.add("mentions", like, mention_id=f"{like['segment_id']}-m99", party_id=NOWHERE)


@defect
def mentions_place_id_dangling(draft: Draft) -> None:
    like = draft.find("mentions", form="name", party_id="")
    draft.add("mentions", like, mention_id=f"{like['segment_id']}-m99", place_id=NOWHERE)


@synthetic
def party_row_lost(draft: Draft) -> None:
    """Every link to a party whose row was removed."""
    for table in ("event_parties", "claim_parties", "mentions"):
        for row in draft.rows(table):
            if row["party_id"] == "ines-tarrow":
                draft.mark(table, row)
    draft.drop("parties", "ines-tarrow")


@defect
def claim_events_near_miss(draft: Draft) -> None:
    """An id that differs from a known one in one letter."""
    draft.add("claim_events", claim_id="p0s1-1", event_id="camp-davids-summit")


# --- pointing to itself ----------------------------------------------------------------------


@defect
def party_is_its_own_parent(draft: Draft) -> None:
    row = draft.find("parties", parent_party_id="")
    draft.set("parties", row, parent_party_id=row["party_id"])


@defect
def event_related_to_itself(draft: Draft) -> None:
    row = draft.rows("event_relations")[0]
    draft.set("event_relations", row, related_event_id=row["event_id"])


@defect
def claim_related_to_itself(draft: Draft) -> None:
    row = draft.rows("claim_relations")[0]
    draft.set("claim_relations", row, related_claim_id=row["claim_id"])
