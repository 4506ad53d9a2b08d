"""Rules about when: dates against the article's phrases, statuses and relations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, rule
from jpkr_drills.checks.meaning.english import AROUND_A_YEAR, DOUBT, MONTHS, PARTS_OF_A_YEAR

_YEAR = re.compile(r"\b[0-9]{4}\b", re.ASCII)
_WORD = re.compile(r"\w+")
TO_COME = frozenset({"planned", "expected"})
OVER = frozenset({"occurred", "halted"})
_BEGUN = OVER | {"ongoing"}


@rule("date-in-expression")
def _date_in_expression(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        phrase, date = event.date_expression or "", event.date or ""
        said, dated = set(_YEAR.findall(phrase)), set(_YEAR.findall(date))
        if event.date_basis == "relative" and said:
            message = f"is relative, and the phrase names the year {min(said)}"
            yield Found(event, "date_basis", message)
        elif dated != said:
            years = ", ".join(sorted(dated ^ said))
            yield Found(event, "date", f"date and phrase don't name the same years: {years}")
        elif finer := _finer_than(phrase, date):
            yield Found(event, "date", f"gives a {finer}, and the article's phrase doesn't")
        elif date.startswith("../") and re.match(r"(?:ever )?since\b", phrase, re.I):
            yield Found(event, "date", "has no start, and the article's phrase gives it")
        elif date.endswith("/..") and re.match(r"(?:up )?(?:until|till)\b", phrase, re.I):
            yield Found(event, "date", "has no end, and the article's phrase gives it")


def _finer_than(phrase: str, date: str) -> str | None:
    """What a date gives that its phrase has no word for: a doubt, a month or a day."""
    words = _WORD.findall(phrase.casefold())
    rest = [word for word in words if word not in AROUND_A_YEAR and not _YEAR.fullmatch(word)]
    months = {MONTHS[word] for word in rest if word in MONTHS}
    numbers = {int(number) for word in rest for number in re.findall(r"[0-9]+", word)}
    if re.search("[?~%]", date) and DOUBT.isdisjoint(words):
        return "doubt"
    for part in date.split("/"):
        _, *finer = part.rstrip("?~%").split("-")
        if finer and int(finer[0]) not in (months or numbers) and PARTS_OF_A_YEAR.isdisjoint(rest):
            return "month"
        in_words = len(rest) > 1 and not numbers  # "the first of May"
        if len(finer) > 1 and int(finer[1]) not in numbers and not in_words:
            return "day"
    return None


@rule("date-fits-status")
def _date_fits_status(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        if (event.date or "").endswith("/..") and event.status in OVER:
            yield Found(event, "date", f"has no end, and the event is {event.status}")


@rule("to-come-is-later")
def _to_come_is_later(coding: Coding) -> Iterator[Found]:
    dated = [event for event in coding.of(m.Event) if event.date]
    past = [event for event in dated if event.status in OVER and _start(event)]
    if not past:
        return
    # Dates as text stand in the order of time, as far as they are equally precise.
    latest = max(past, key=_start)
    for event in dated:
        if event.status in TO_COME and _before(_end(event), _start(latest)):
            message = f"is {event.status}, and {latest.event_id} ({latest.date}) is {latest.status}"
            yield Found(event, "date", message)


# Which of the two events of a relation can't start after the other.
_FIRST_EARLIER = frozenset(
    {"agrees_to", "announces", "culminates_in", "precedes", "prepares", "prompts"}
)
_SECOND_EARLIER = frozenset({"builds_on", "halts", "resumes"})


def in_time(relation: str, first: str, second: str) -> tuple[str, str] | None:
    """The two events of a relation in the order of time, if the relation gives one."""
    if relation in _FIRST_EARLIER:
        return first, second
    return (second, first) if relation in _SECOND_EARLIER else None


def _pairs(coding: Coding) -> Iterator[tuple[m.EventRelation, m.Event, m.Event]]:
    """Every relation of two events that are there, with the two in the order of time."""
    events = coding.by_id(m.Event)
    for link in coding.of(m.EventRelation):
        pair = in_time(link.relation, link.event_id, link.related_event_id)
        one, other = pair or (link.event_id, link.related_event_id)
        if one in events and other in events:
            yield link, events[one], events[other]


@rule("relation-fits-dates")
def _relation_fits_dates(coding: Coding) -> Iterator[Found]:
    for link, one, other in _pairs(coding):
        match link.relation:
            case "alongside":
                wrong = _before(_end(one), _start(other)) or _before(_end(other), _start(one))
            case "part_of":
                wrong = _before(_start(one), _start(other)) or _before(_end(other), _end(one))
            case "reports":
                wrong = False
            case _:
                wrong = _before(_start(other), _start(one))
        if wrong:
            message = f"{one.event_id} ({one.date}) and {other.event_id} ({other.date}) don't fit it"
            yield Found(link, "relation", message)


@rule("relation-fits-status")
def _relation_fits_status(coding: Coding) -> Iterator[Found]:
    for link, one, other in _pairs(coding):
        late, over = one.status in TO_COME, other.status in OVER
        match link.relation:
            case "alongside":
                wrong = (late and over) or (other.status in TO_COME and one.status in OVER)
            case "part_of":
                wrong = (late and over) or (other.status in TO_COME and one.status in _BEGUN)
            case "reports":
                wrong = False
            case _:
                wrong = late and other.status in _BEGUN
        if wrong:
            message = f"{one.event_id} is {one.status}, {other.event_id} is {other.status}"
            yield Found(link, "relation", message)


def _start(event: m.Event) -> str:
    """The first day, month or year of an event, empty where it isn't known."""
    return (event.date or "").partition("/")[0].rstrip("?~%").strip(".")


def _end(event: m.Event) -> str:
    """The last day, month or year of an event, empty where it isn't known."""
    return (event.date or "").rpartition("/")[2].rstrip("?~%").strip(".")


def _before(one: str, other: str) -> bool:
    """Whether a date is surely before another, as precisely as both say."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
