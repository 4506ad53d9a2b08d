"""Defects in the events' dates, parties, places and relations: each breaks one rule of meaning."""

from __future__ import annotations

from corpus.draft import Draft
from corpus.registry import defect

# --- dates -----------------------------------------------------------------------------------


def _dated(draft: Draft, date: str, phrase: str | None = None, status: str | None = None) -> None:
    """Date the summit, which the article puts "in 2023", in another way."""
    event = draft.row("events", "camp-david-summit")
    cells = {"date": date, "date_expression": phrase or event["date_expression"]}
    draft.set("events", event, **cells, status=status or event["status"])


@defect
def date_finer_than_phrase(draft: Draft) -> None:
    _dated(draft, "2023-08-18")


@defect
def date_with_month_of_nowhere(draft: Draft) -> None:
    _dated(draft, "2023-08")


@defect
def date_with_another_day(draft: Draft) -> None:
    _dated(draft, "2023-08-18", "on August 17, 2023")


@defect
def date_in_doubt_without_word(draft: Draft) -> None:
    _dated(draft, "2023?")


@defect
def date_of_another_month(draft: Draft) -> None:
    _dated(draft, "2023-11", "in August 2023")


@defect
def date_with_month_beside_other_words(draft: Draft) -> None:
    _dated(draft, "2023-08", "at a retreat in 2023")


@defect
def date_in_doubt_beside_other_words(draft: Draft) -> None:
    _dated(draft, "2023?", "at a retreat in 2023")


@defect
def date_without_start_of_what_goes_on_since(draft: Draft) -> None:
    draft.set("events", draft.row("events", "yoon-presidency"), date="../2022")


@defect
def date_without_end_of_what_goes_on_until(draft: Draft) -> None:
    _dated(draft, "2023/..", "until 2023", "ongoing")


@defect
def date_less_than_phrase(draft: Draft) -> None:
    _dated(draft, "2023", "from 2022 to 2023")


@defect
def date_of_a_year_to_itself(draft: Draft) -> None:
    _dated(draft, "2023/2023")


@defect
def date_without_end_of_what_is_over(draft: Draft) -> None:
    _dated(draft, "2023/..")


@defect
def date_of_plan_before_what_occurred(draft: Draft) -> None:
    cells = {"date": "2016", "date_expression": "in 2016", "date_basis": "calendar"}
    draft.set("events", "staff-meetings", **cells)


# --- relations -------------------------------------------------------------------------------


def _related(draft: Draft, one: str, relation: str, other: str) -> None:
    draft.add("event_relations", event_id=one, relation=relation, related_event_id=other)


@defect
def events_in_a_circle_of_time(draft: Draft) -> None:
    """Colonial rule precedes the disputes, which prompt the suspension."""
    draft.mark("event_relations", "colonial-rule/precedes/subsequent-disputes")
    _related(draft, "drills-suspension", "precedes", "colonial-rule")


@defect
def announces_what_occurred(draft: Draft) -> None:
    row = draft.row("event_relations", "joint-statement/announces/resumed-drills")
    draft.set("event_relations", row, related_event_id="past-joint-drills")


@defect
def announced_by_another_party(draft: Draft) -> None:
    _related(draft, "usni-news-report", "announces", "resumed-drills")


@defect
def reported_by_participant(draft: Draft) -> None:
    _related(draft, "joint-statement", "reports", "drills-suspension")


@defect
def alongside_in_another_year(draft: Draft) -> None:
    _related(draft, "camp-david-summit", "alongside", "drills-suspension")


@defect
def part_of_another_year(draft: Draft) -> None:
    draft.set("events", "subsequent-disputes", date="2010/2012", **_calendar("from 2010 to 2012"))
    _related(draft, "drills-suspension", "part_of", "subsequent-disputes")
    draft.drop("event_relations", "subsequent-disputes/prompts/drills-suspension")


def _calendar(phrase: str) -> dict[str, str]:
    return {"date_expression": phrase, "date_basis": "calendar"}


@defect
def alongside_what_is_over(draft: Draft) -> None:
    _related(draft, "camp-david-summit", "alongside", "resumed-drills")


@defect
def planned_precedes_what_occurred(draft: Draft) -> None:
    _related(draft, "resumed-drills", "precedes", "camp-david-summit")


@defect
def planned_is_part_of_what_occurred(draft: Draft) -> None:
    _related(draft, "staff-meetings", "part_of", "missile-tests")


@defect
def ongoing_is_part_of_what_is_planned(draft: Draft) -> None:
    _related(draft, "rapprochement", "part_of", "resumed-drills")


@defect
def planned_precedes_what_is_ongoing(draft: Draft) -> None:
    _related(draft, "resumed-drills", "precedes", "regional-cooperation")


@defect
def occurred_builds_on_what_is_planned(draft: Draft) -> None:
    _related(draft, "camp-david-summit", "builds_on", "staff-meetings")


# --- parties ---------------------------------------------------------------------------------


def _part(draft: Draft, event: str, party: str, role: str) -> None:
    draft.add("event_parties", event_id=event, party_id=party, role=role)


@defect
def actor_is_participant(draft: Draft) -> None:
    _part(draft, "missile-tests", "north-korea", "participant")


@defect
def affected_is_actor(draft: Draft) -> None:
    draft.mark("event_parties", "drills-suspension/japan/affected")
    _part(draft, "drills-suspension", "japan", "actor")


@defect
def recipient_without_actor(draft: Draft) -> None:
    draft.mark("event_parties", "yoon-ties-priority/japan/recipient")
    draft.drop("event_parties", "yoon-ties-priority/yoon-suk-yeol/actor")


@defect
def facilitator_of_nobody(draft: Draft) -> None:
    draft.mark("event_parties", "reconciliation/united-states/facilitator")
    for party in ("japan", "south-korea"):
        draft.drop("event_parties", f"reconciliation/{party}/participant")


@defect
def statement_with_actor(draft: Draft) -> None:
    draft.set("event_parties", "usni-news-report/usni-news/issuer", role="actor")


@defect
def office_with_participant(draft: Draft) -> None:
    draft.set("event_parties", "kishida-premiership/fumio-kishida/actor", role="participant")


# --- places ----------------------------------------------------------------------------------


@defect
def event_at_a_sea(draft: Draft) -> None:
    draft.set("event_places", "china-naval-presence/east-china-sea/in", relation="at")


@defect
def event_in_and_towards_a_sea(draft: Draft) -> None:
    like = draft.row("event_places", "china-naval-presence/east-china-sea/in")
    draft.add("event_places", like, relation="towards")
