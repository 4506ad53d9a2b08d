"""Defects across records: each breaks one rule of meaning, in tables that are sound otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.draft import Draft, Row
from corpus.registry import defect
from jpkr_drills.models import TABLES

_SIDES = ("claim_id", "related_claim_id")

# --- segments, claims and mentions as spans --------------------------------------------------


@defect
def segments_overlap(draft: Draft) -> None:
    before, after, *_ = draft.rows("segments")
    draft.set("segments", after, start=str(int(before["end"]) - 1))


@defect
def segment_without_claim(draft: Draft) -> None:
    last = draft.rows("segments")[-1]
    _lengthen_article(draft, 9)
    draft.add("segments", last, **_next(last), start=last["end"], end=str(int(last["end"]) + 9))


def _next(segment: Row) -> Row:
    """The number of the segment that starts the next paragraph."""
    paragraph = str(int(segment["paragraph"]) + 1)
    return {"segment_id": f"p{paragraph}s1", "paragraph": paragraph, "sentence": "1"}


def _lengthen_article(draft: Draft, by: int) -> None:
    source = next(one for one in draft.descriptor["sources"] if "characters" in one)
    source.update(characters=source["characters"] + by, bytes=source["bytes"] + by)


@defect
def no_segment_at_all(draft: Draft) -> None:
    for table in TABLES.keys() - {"codes"}:
        draft.empty(table)


@defect
def segment_number_left_out(draft: Draft) -> None:
    last = draft.rows("segments")[-1]
    _lengthen_article(draft, 9)
    start, end = last["end"], str(int(last["end"]) + 9)
    number = str(int(last["paragraph"]) + 2)
    segment = f"p{number}s1"
    claim = f"{segment}-1"
    like = draft.find("claims", claim_type="state", voice="article", polarity="positive")
    draft.add("segments", last, segment_id=segment, paragraph=number, start=start, end=end, sentence="1")
    statement = "The last sentence adds little."
    span = {"start": start, "end": end, "sha256": last["sha256"]}
    draft.add("claims", like, claim_id=claim, segment_id=segment, statement=statement, **span)
    draft.add("claim_parties", claim_id=claim, party_id="japan", role="about")


@defect
def claim_beyond_article(draft: Draft) -> None:
    draft.set("claims", draft.rows("claims")[-1], end="999999")


@defect
def mention_beyond_article(draft: Draft) -> None:
    mention = draft.rows("mentions")[-1]
    draft.set("mentions", mention, start="999000", end=str(999000 + len(mention["surface"])))


@defect
def hash_of_another_span(draft: Draft) -> None:
    seen: dict[tuple[str, str], Row] = {}
    for claim in draft.rows("claims"):
        if (claim["start"], claim["end"]) in seen:
            draft.set("claims", claim, sha256=draft.rows("segments")[0]["sha256"])
            return
        seen[claim["start"], claim["end"]] = claim


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
    mention = draft.rows("mentions")[-1]
    start = int(draft.row("segments", mention["segment_id"])["end"])
    _lengthen_article(draft, 60)
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


@defect
def mentions_cross(draft: Draft) -> None:
    """The second runs out of the first by a letter."""
    outer, inner = next(
        (outer, inner)
        for outer in draft.rows("mentions")
        for inner in draft.rows("mentions")
        if outer["start"] < inner["start"] and inner["end"] == outer["end"]
    )
    assert outer["segment_id"] == inner["segment_id"]
    moved = {side: str(int(inner[side]) + 1) for side in ("start", "end")}
    draft.set("mentions", inner, **moved)


@defect
def pronoun_called_name(draft: Draft) -> None:
    draft.set("mentions", draft.find("mentions", form="pronoun"), form="description")


@defect
def name_in_lower_case(draft: Draft) -> None:
    mention = draft.find("mentions", form="capital")
    draft.set("mentions", mention, surface=mention["surface"].lower())


@defect
def name_of_two_parties(draft: Draft) -> None:
    *_, last = (row for row in draft.rows("mentions") if row["surface"] == "Seoul")
    draft.set("mentions", last, party_id="japan")


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
    draft.add(
        "events",
        like,
        event_id="non-event",
        title="An event of no claim",
        description="What no claim tells.",
    )


@defect
def event_party_not_in_claim(draft: Draft) -> None:
    draft.add("event_parties", event_id="camp-david-summit", party_id="usni-news", role="participant")


@defect
def event_place_not_mentioned(draft: Draft) -> None:
    draft.add("event_places", event_id="camp-david-summit", place_id="korea", relation="in")


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
    claim = draft.find("claims", voice="article", segment_id="p1s2")
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


@defect
def relayed_without_speaker(draft: Draft) -> None:
    claim = draft.find("claims", voice="article", segment_id="p1s2")
    draft.add("claim_parties", claim_id=claim["claim_id"], party_id="usni-news", role="relayed_by")


@defect
def presupposed_with_doubt(draft: Draft) -> None:
    draft.set("claims", draft.find("claims", explicitness="presupposed"), certainty="possible")


def _events_of(draft: Draft, claim: Row) -> list[Row]:
    links = (row for row in draft.rows("claim_events") if row["claim_id"] == claim["claim_id"])
    return [draft.row("events", link["event_id"]) for link in links]


@defect
def event_claim_without_event(draft: Draft) -> None:
    claim = next(claim for claim in _claims(draft, claim_type="state") if not _events_of(draft, claim))
    draft.set("claims", claim, claim_type="event")


@defect
def planned_said_to_have_happened(draft: Draft) -> None:
    related = {row[side] for row in draft.rows("claim_relations") for side in _SIDES}
    claim = next(
        claim
        for claim in _claims(draft, claim_type="plan", polarity="positive")
        if {event["status"] for event in _events_of(draft, claim)} in ({"planned"}, {"expected"})
        and claim["claim_id"] not in related
    )
    draft.set("claims", claim, claim_type="event", statement="The coming drills took place.")


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
    draft.add("claims", like, claim_id=again, statement=like["statement"].title())
    for table in ("claim_parties", "claim_events"):
        for link in [row for row in draft.rows(table) if row["claim_id"] == like["claim_id"]]:
            draft.add(table, link, claim_id=again)


@defect
def claim_made_twice_with_other_punctuation(draft: Draft) -> None:
    like = draft.find("claims", claim_type="state", voice="article")
    again = f"{like['segment_id']}-99"
    draft.add("claims", like, claim_id=again, statement=like["statement"].replace(" ", ", ", 1))
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


@defect
def statement_with_such(draft: Draft) -> None:
    _stated(draft, "Japan will hold such drills.")


@defect
def statement_of_we(draft: Draft) -> None:
    _stated(draft, "The drills will be held by us.")


@defect
def statement_of_two_sentences(draft: Draft) -> None:
    _stated(draft, "Japan will hold drills. South Korea will hold drills.")


@defect
def statement_with_semicolon(draft: Draft) -> None:
    _stated(draft, "Japan will hold drills; South Korea will hold drills.")


@defect
def statement_as_question(draft: Draft) -> None:
    _stated(draft, "Will Japan hold the drills?.")


@defect
def statement_of_two_words(draft: Draft) -> None:
    _stated(draft, "Drills resume.")


@defect
def statement_denies_and_is_positive(draft: Draft) -> None:
    draft.mark("claims", draft.rows("claims")[0])
    _stated(draft, "Japan and South Korea will not hold joint drills.")


@defect
def statement_affirms_and_is_negative(draft: Draft) -> None:
    related = {row[side] for row in draft.rows("claim_relations") for side in _SIDES}
    claim = next(
        claim for claim in _claims(draft, polarity="negative") if claim["claim_id"] not in related
    )
    draft.set("claims", claim, statement="Joint drills are held.")


# --- what stands in for something missing ----------------------------------------------------


@defect
def description_unknown(draft: Draft) -> None:
    draft.set("parties", "china", description="Unknown.")


@defect
def title_not_applicable(draft: Draft) -> None:
    draft.set("parties", draft.find("parties", party_type="person"), title="N/A")


@defect
def event_title_to_be_done(draft: Draft) -> None:
    draft.set("events", draft.rows("events")[0], title="TBD")


@defect
def note_not_specified(draft: Draft) -> None:
    draft.set("claim_relations", draft.find("claim_relations", note=""), note="Not specified.")


@defect
def date_expression_not_stated(draft: Draft) -> None:
    draft.set("events", draft.find("events", date_basis="relative"), date_expression="not stated")
