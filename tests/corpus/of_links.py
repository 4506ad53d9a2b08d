"""Defects in relations, event codes, parties, places and codes: each breaks one rule of meaning."""

from __future__ import annotations

from corpus.draft import Draft, Row
from corpus.registry import defect

# --- relations -------------------------------------------------------------------------------


def _circle(draft: Draft, table: str, ids: str, relation: str) -> None:
    """A circle of three records that were in no relation so far."""
    column, related = f"{ids}_id", f"related_{ids}_id"
    taken = {row[side] for row in draft.rows(f"{ids}_relations") for side in (column, related)}
    first, second, third = [row[column] for row in draft.rows(table) if row[column] not in taken][:3]
    for one, other in ((first, second), (second, third), (third, first)):
        draft.add(f"{ids}_relations", **{column: one, "relation": relation, related: other})


@defect
def events_in_a_circle(draft: Draft) -> None:
    _circle(draft, "events", "event", "precedes")


@defect
def claims_in_a_circle(draft: Draft) -> None:
    _circle(draft, "claims", "claim", "elaborates")


def _turned(draft: Draft, table: str, relation: str, one: str, other: str) -> None:
    row = draft.find(table, relation=relation)
    draft.set(table, row, **{one: row[other], other: row[one]})


@defect
def tension_larger_id_first(draft: Draft) -> None:
    _turned(draft, "claim_relations", "in_tension_with", "claim_id", "related_claim_id")


@defect
def alongside_larger_id_first(draft: Draft) -> None:
    _turned(draft, "event_relations", "alongside", "event_id", "related_event_id")


@defect
def two_relations_of_two_claims(draft: Draft) -> None:
    draft.add("claim_relations", draft.find("claim_relations", claim_id="p1s1-2"), relation="restates")


@defect
def two_relations_of_two_events(draft: Draft) -> None:
    draft.add(
        "event_relations", draft.find("event_relations", relation="alongside"), relation="precedes"
    )


@defect
def relation_turned_and_kept(draft: Draft) -> None:
    row = draft.find("event_relations", event_id="colonial-rule")
    one, other = row["related_event_id"], row["event_id"]
    draft.add("event_relations", event_id=one, relation="builds_on", related_event_id=other)


@defect
def restates_other_polarity(draft: Draft) -> None:
    restating = [row for row in draft.rows("claim_relations") if row["relation"] == "restates"]
    sides = [row[side] for row in restating for side in ("claim_id", "related_claim_id")]
    link = next(row for row in restating if sides.count(row["claim_id"]) == 1)
    draft.mark("claim_relations", link)
    draft.set("claims", link["claim_id"], polarity="negative", statement="Nothing was agreed on.")


def _unrelated(draft: Draft, **cells: str) -> list[Row]:
    """Claims in no relation, each of another segment, in the order of the text."""
    taken = {
        row[side] for row in draft.rows("claim_relations") for side in ("claim_id", "related_claim_id")
    }
    found: dict[str, Row] = {}
    for claim in draft.rows("claims"):
        if claim["claim_id"] not in taken and cells.items() <= claim.items():
            found.setdefault(claim["segment_id"], claim)
    return list(found.values())


def _relate(draft: Draft, one: Row, relation: str, other: Row) -> None:
    ids = {"claim_id": one["claim_id"], "related_claim_id": other["claim_id"]}
    draft.add("claim_relations", relation=relation, **ids)


@defect
def claims_in_a_circle_of_two_relations(draft: Draft) -> None:
    """Of one sentence, so that none comes later; and about the same."""
    first, second, third = (draft.row("claims", f"p4s2-{number}") for number in (1, 2, 6))
    _relate(draft, first, "elaborates", third)
    _relate(draft, second, "restates", first)
    _relate(draft, third, "elaborates", second)


@defect
def restates_other_type(draft: Draft) -> None:
    assessment = _unrelated(draft, claim_type="assessment")[0]
    state = next(
        claim
        for claim in _unrelated(draft, claim_type="state", polarity="positive")
        if claim["segment_id"] > assessment["segment_id"]
    )
    _relate(draft, state, "restates", assessment)


@defect
def restates_what_comes_later(draft: Draft) -> None:
    first, second = _unrelated(draft, claim_type="state", polarity="positive")[:2]
    _relate(draft, first, "restates", second)


@defect
def explained_by_state(draft: Draft) -> None:
    first, second = _unrelated(draft, claim_type="state", polarity="positive")[:2]
    _relate(draft, second, "explains", first)


@defect
def resumes_another_act(draft: Draft) -> None:
    ids = {"event_id": "staff-meetings", "related_event_id": "past-joint-drills"}
    draft.add("event_relations", relation="resumes", **ids)


@defect
def precedes_what_came_first(draft: Draft) -> None:
    ids = {"event_id": "camp-david-summit", "related_event_id": "drills-suspension"}
    draft.add("event_relations", relation="precedes", **ids)


@defect
def builds_on_what_came_later(draft: Draft) -> None:
    ids = {"event_id": "drills-suspension", "related_event_id": "camp-david-summit"}
    draft.add("event_relations", relation="builds_on", **ids)


@defect
def announced_by_dispute(draft: Draft) -> None:
    row = draft.find("event_relations", event_id="subsequent-disputes")
    draft.set("event_relations", row, relation="announces")


@defect
def resumes_what_never_halted(draft: Draft) -> None:
    draft.set("event_relations", draft.find("event_relations", relation="precedes"), relation="resumes")


@defect
def part_of_single_act(draft: Draft) -> None:
    draft.set("event_relations", draft.find("event_relations", relation="reports"), relation="part_of")


# --- event codes -----------------------------------------------------------------------------


@defect
def plover_of_another_root(draft: Draft) -> None:
    draft.set("events", draft.find("events", plover="CONSULT"), plover="SUPPORT")


@defect
def plover_without_cameo(draft: Draft) -> None:
    draft.set("events", draft.find("events", cameo="", event_type="dispute"), plover="PROTEST")


@defect
def cameo_without_plover(draft: Draft) -> None:
    draft.set("events", draft.find("events", plover="CONSULT"), plover="")


@defect
def cameo_of_another_act(draft: Draft) -> None:
    draft.set(
        "events",
        draft.find("events", event_type="meeting", plover="CONSULT"),
        cameo="190",
        plover="ASSAULT",
    )


@defect
def cameo_of_act_to_come(draft: Draft) -> None:
    draft.set("events", draft.find("events", status="planned"), cameo="062", plover="COOPERATE")


@defect
def cameo_not_in_manual(draft: Draft) -> None:
    draft.set("events", draft.find("events", plover="CONSULT"), cameo="047")


def _claim_types(draft: Draft, event: Row) -> set[str]:
    links = (row for row in draft.rows("claim_events") if row["event_id"] == event["event_id"])
    return {draft.row("claims", link["claim_id"])["claim_type"] for link in links}


@defect
def planned_without_plan(draft: Draft) -> None:
    related = {
        row[side] for row in draft.rows("event_relations") for side in ("event_id", "related_event_id")
    }
    event = next(
        event
        for event in draft.rows("events")
        if event["status"] == "ongoing"
        and not event["cameo"]
        and event["event_id"] not in related
        and not _claim_types(draft, event) & {"plan", "event"}
    )
    draft.set("events", event, status="planned")


@defect
def held_with_plans_alone(draft: Draft) -> None:
    like = draft.find("events", date_basis="not_stated", cameo="", status="occurred")
    new = {"event_id": "drills-at-last", "title": "Drills held at last"}
    draft.add("events", like, **new, description="The drills, held at last.")
    plan = draft.find("claims", claim_type="plan")
    draft.add("claim_events", claim_id=plan["claim_id"], event_id="drills-at-last")


@defect
def meeting_with_issuer(draft: Draft) -> None:
    draft.set("event_parties", "camp-david-summit/japan/participant", role="issuer")


@defect
def office_of_state(draft: Draft) -> None:
    draft.add("event_parties", event_id="yoon-presidency", party_id="south-korea", role="actor")


@defect
def date_of_another_year(draft: Draft) -> None:
    event = draft.find("events", date="2023", date_basis="calendar")
    draft.set("events", event, date="2022")


@defect
def relative_phrase_with_year(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="relative"), date_expression="late in 2016")


# --- parties and places ----------------------------------------------------------------------


@defect
def parents_in_a_circle(draft: Draft) -> None:
    draft.set("parties", "air-force-units", parent_party_id="naval-units")
    draft.set("parties", "naval-units", parent_party_id="air-force-units")


@defect
def country_of_another_parent(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", parent_party_id="japan"), country="KOR")


@defect
def country_without_parents(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", parent_party_id="japan"), country="")


@defect
def country_of_two_states(draft: Draft) -> None:
    draft.mark("parties", "north-korea")
    draft.row("parties", "china")["country"] = draft.row("parties", "north-korea")["country"]
    draft.set("parties", "china")


@defect
def country_of_nobody(draft: Draft) -> None:
    draft.set("parties", "usni-news", country="JPP")


@defect
def parent_is_person(draft: Draft) -> None:
    person = draft.find("parties", party_type="person")
    draft.set("parties", "usni-news", parent_party_id=person["party_id"], country=person["country"])


@defect
def title_of_state(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", party_type="state"), title="Empire")


@defect
def wikidata_of_unnamed_party(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", party_type="experts"), wikidata="Q999999")


@defect
def coordinates_of_unnamed_place(draft: Draft) -> None:
    place = draft.find("places", coordinate_basis="point", wikidata="")
    draft.mark("places", place)
    for mention in draft.rows("mentions"):
        if mention["place_id"] == place["place_id"]:
            draft.set("mentions", mention, form="description")


@defect
def wikidata_of_two_parties(draft: Draft) -> None:
    draft.set("parties", "united-states", wikidata=draft.row("parties", "japan")["wikidata"])


@defect
def wikidata_of_party_and_place(draft: Draft) -> None:
    place = next(place for place in draft.rows("places") if place["wikidata"])
    draft.set("places", place, wikidata=draft.row("parties", "japan")["wikidata"])


@defect
def sea_is_point(draft: Draft) -> None:
    draft.set("places", "east-china-sea", coordinate_basis="point")


# --- codes -----------------------------------------------------------------------------------


@defect
def codelist_unknown(draft: Draft) -> None:
    draft.add("codes", codelist="mood", code="calm", title="Calm", definition="Nothing stirs at all.")


@defect
def codelist_without_table(draft: Draft) -> None:
    """Several tables have a column ``role``, so the codelist is named with its table."""
    draft.add("codes", codelist="role", code="actor", title="Actor", definition="The party that acts.")


@defect
def code_unknown(draft: Draft) -> None:
    draft.add(
        "codes", codelist="status", code="cancelled", title="Cancelled", definition="It was called off."
    )


@defect
def code_undefined(draft: Draft) -> None:
    first, *_, last = (row for row in draft.rows("codes") if row["codelist"] == "status")
    draft.drop("codes", last)
    draft.mark("codes", first)


@defect
def codelist_undefined(draft: Draft) -> None:
    for row in [row for row in draft.rows("codes") if row["codelist"] == "polarity"]:
        draft.drop("codes", row)
    draft.mark("codes", draft.rows("codes")[-1])


@defect
def code_title_given_twice(draft: Draft) -> None:
    first, second, *_ = (row for row in draft.rows("codes") if row["codelist"] == "status")
    draft.set("codes", second, title=first["title"].upper())


@defect
def code_definition_given_twice(draft: Draft) -> None:
    first, second, *_ = (row for row in draft.rows("codes") if row["codelist"] == "status")
    draft.set("codes", second, definition=first["definition"])
