"""Rules about the codes of events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, either, rule
from jpkr_drills.standards import CAMEO

_YEAR = re.compile(r"\b[0-9]{4}\b", re.ASCII)
_ISSUED = frozenset({"statement"})
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


@rule("cameo-known")
def _cameo_known(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        if event.cameo is not None and event.cameo not in CAMEO:
            yield Found(event, "cameo", "is no event code of CAMEO")


@rule("date-in-expression")
def _date_in_expression(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        said = set(_YEAR.findall(event.date_expression or ""))
        missing = [year for year in _YEAR.findall(event.date or "") if year not in said]
        if missing:
            yield Found(event, "date", f"the article's phrase doesn't name the year {missing[0]}")
        elif event.date_basis == "relative" and said:
            message = f"is relative, and the phrase names the year {min(said)}"
            yield Found(event, "date_basis", message)


@rule("status-fits-claims", m.Claim, m.ClaimEvent)
def _status_fits_claims(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    for event in coding.of(m.Event):
        about = [claims[c] for c in coding.claims_of_event.get(event.event_id, []) if c in claims]
        types = {claim.claim_type for claim in about}
        coming = event.status in ("planned", "expected")
        if types and coming and "plan" not in types:
            yield Found(event, "status", f"is {event.status}, and no claim about it is a plan")
        elif types == {"plan"} and not coming:
            yield Found(event, "status", f"is {event.status}, and every claim about it is a plan")


@rule("role-fits-event")
def _role_fits_event(coding: Coding) -> Iterator[Found]:
    events, parties = coding.by_id(m.Event), coding.by_id(m.Party)
    for link in coding.of(m.EventParty):
        event, party = events.get(link.event_id), parties.get(link.party_id)
        if event is None or party is None:
            continue
        if link.role == "issuer" and event.event_type not in _ISSUED:
            yield Found(link, "role", f"{event.event_id} is {event.event_type}, not {either(_ISSUED)}")
        elif event.event_type == "office" and link.role == "actor" and party.party_type != "person":
            yield Found(link, "party_id", f"holds an office, and is {party.party_type}, not a person")
