"""Defects across records: each breaks one rule of meaning, in tables that are sound otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.draft import Draft, Row
from corpus.registry import defect

# --- segments, claims and mentions as spans --------------------------------------------------


@defect
def segments_overlap(draft: Draft) -> None:
    before, after, *_ = draft.rows("segments")
    draft.set("segments", after, start=str(int(before["end"]) - 1))


@defect
def segment_without_claim(draft: Draft) -> None:
    last = draft.rows("segments")[-1]
    draft.add(
        "segments",
        last,
        segment_id="p99s1",
        paragraph="99",
        sentence="1",
        start=str(int(last["end"]) + 1),
        end=str(int(last["end"]) + 9),
    )


def _second_segment_claim(draft: Draft) -> tuple[Row, Row]:
    segment = draft.rows("segments")[1]
    return segment, draft.find("claims", segment_id=segment["segment_id"])


@defect
def claim_starts_before_segment(draft: Draft) -> None:
    segment, claim = _second_segment_claim(draft)
    draft.set("claims", claim, start=str(int(segment["start"]) - 1))


@defect
def claim_ends_after_segment(draft: Draft) -> None:
    segment, claim = _second_segment_claim(draft)
    draft.set("claims", claim, end=str(int(segment["end"]) + 1))


@defect
def mention_outside_segment(draft: Draft) -> None:
    mention = draft.find("mentions", form="name", place_id="")
    start = int(draft.row("segments", mention["segment_id"])["end"])
    draft.set("mentions", mention, start=str(start), end=str(start + len(mention["surface"])))


@defect
def mention_given_twice(draft: Draft) -> None:
    mention = draft.find("mentions", form="name")
    draft.add("mentions", mention, mention_id=f"{mention['segment_id']}-m99")


@defect
def collective_of_one(draft: Draft) -> None:
    alone = next(
        row for row in draft.rows("mentions") if row["form"] == "description" and row["party_id"]
    )
    draft.set("mentions", alone, form="collective")


@defect
def several_without_collective(draft: Draft) -> None:
    draft.set("mentions", draft.find("mentions", form="collective"), form="description")


# --- support ---------------------------------------------------------------------------------


@defect
def party_unsupported(draft: Draft) -> None:
    draft.add(
        "parties",
        party_id="nobody",
        name="Nobody",
        party_type="public",
        description="Nobody speaks of it.",
    )


@defect
def place_unsupported(draft: Draft) -> None:
    draft.add("places", place_id="nowhere", name="Nowhere", place_type="region", coordinate_basis="none")


@defect
def event_unsupported(draft: Draft) -> None:
    like = draft.find("events", date_basis="not_stated", cameo="", plover="")
    draft.add("events", like, event_id="non-event", title="An event of no claim")


@defect
def event_party_not_in_claim(draft: Draft) -> None:
    draft.add("event_parties", event_id="camp-david-summit", party_id="usni-news", role="participant")


@defect
def event_place_not_mentioned(draft: Draft) -> None:
    draft.add("event_places", event_id="camp-david-summit", place_id="korea", relation="at")


# --- voice, speakers and subjects ------------------------------------------------------------


def _claims(draft: Draft, **cells: str) -> Iterator[Row]:
    return (row for row in draft.rows("claims") if cells.items() <= row.items())


def _voices(draft: Draft, segment: str) -> set[str]:
    return {claim["voice"] for claim in _claims(draft, segment_id=segment)}


@defect
def attributed_without_speaker(draft: Draft) -> None:
    draft.set("claims", draft.find("claims", voice="article"), voice="attributed")


@defect
def article_with_speaker(draft: Draft) -> None:
    claim = next(
        claim
        for claim in _claims(draft, voice="attributed")
        if "unclear" not in _voices(draft, claim["segment_id"])
    )
    draft.set("claims", claim, voice="article")


@defect
def speaker_of_article_claim(draft: Draft) -> None:
    claim = draft.find("claims", voice="article")
    draft.mark("claims", claim)
    draft.add("claim_parties", claim_id=claim["claim_id"], party_id="usni-news", role="speaker")


@defect
def unclear_without_attributed(draft: Draft) -> None:
    claim = next(
        claim
        for claim in _claims(draft, voice="article")
        if _voices(draft, claim["segment_id"]) == {"article"}
    )
    draft.set("claims", claim, voice="unclear")


@defect
def relayed_by_state(draft: Draft) -> None:
    claim = draft.find("claims", voice="attributed")
    draft.add("claim_parties", claim_id=claim["claim_id"], party_id="china", role="relayed_by")


def _events_of(draft: Draft, claim: Row) -> list[Row]:
    links = (row for row in draft.rows("claim_events") if row["claim_id"] == claim["claim_id"])
    return [draft.row("events", link["event_id"]) for link in links]


@defect
def event_claim_without_event(draft: Draft) -> None:
    claim = next(claim for claim in _claims(draft, claim_type="state") if not _events_of(draft, claim))
    draft.set("claims", claim, claim_type="event")


@defect
def planned_said_to_have_happened(draft: Draft) -> None:
    claim = next(
        claim
        for claim in _claims(draft, claim_type="plan", polarity="positive")
        if {event["status"] for event in _events_of(draft, claim)} in ({"planned"}, {"expected"})
    )
    draft.set("claims", claim, claim_type="event")


@defect
def claim_about_nothing(draft: Draft) -> None:
    # It carries the words of a mention of a party, so it names no place.
    mention = draft.find("mentions", form="name", place_id="")
    draft.add(
        "claims",
        draft.find("claims", voice="article"),
        claim_id=f"{mention['segment_id']}-99",
        segment_id=mention["segment_id"],
        start=mention["start"],
        end=mention["end"],
        statement="Something is so.",
        claim_type="state",
    )


@defect
def claim_made_twice(draft: Draft) -> None:
    like = draft.find("claims", claim_type="state", voice="article")
    again = f"{like['segment_id']}-99"
    draft.add("claims", like, claim_id=again, statement=like["statement"].swapcase())
    for table in ("claim_parties", "claim_events"):
        for link in [row for row in draft.rows(table) if row["claim_id"] == like["claim_id"]]:
            draft.add(table, link, claim_id=again)


# --- statements ------------------------------------------------------------------------------


def _stated(draft: Draft, statement: str) -> None:
    draft.set("claims", draft.rows("claims")[0], statement=statement)


@defect
def statement_with_pronoun(draft: Draft) -> None:
    _stated(draft, "They will hold the drills again.")


@defect
def statement_with_possessive(draft: Draft) -> None:
    _stated(draft, "Japan will bring its ships.")


@defect
def statement_with_hedge(draft: Draft) -> None:
    _stated(draft, "Japan may hold the drills again.")


@defect
def statement_with_source(draft: Draft) -> None:
    _stated(draft, "According to Japan, which is according to plan, the drills are held.")


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
    draft.add(
        "claim_relations", draft.find("claim_relations", relation="elaborates"), relation="explains"
    )


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
    claim = draft.row("claims", link["claim_id"])
    draft.set("claims", claim, polarity="negative" if claim["polarity"] == "positive" else "positive")


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


# --- parties and places ----------------------------------------------------------------------


@defect
def parents_in_a_circle(draft: Draft) -> None:
    child = draft.find("parties", parent_party_id="japan")
    draft.mark("parties", child)
    draft.set("parties", "japan", parent_party_id=child["party_id"])


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


# --- codes -----------------------------------------------------------------------------------


@defect
def codelist_unknown(draft: Draft) -> None:
    draft.add("codes", codelist="mood", code="calm", title="Calm", definition="Nothing stirs.")


@defect
def codelist_without_table(draft: Draft) -> None:
    """Several tables have a column ``role``, so the codelist is named with its table."""
    draft.add("codes", codelist="role", code="actor", title="Actor", definition="Who acts.")


@defect
def code_unknown(draft: Draft) -> None:
    draft.add("codes", codelist="status", code="cancelled", title="Cancelled", definition="It was off.")


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
