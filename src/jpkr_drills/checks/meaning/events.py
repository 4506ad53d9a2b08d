"""Rules about the codes of events."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, rule
from jpkr_drills.checks.meaning.dates import TO_COME
from jpkr_drills.standards import CAMEO

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
        coming = event.status in TO_COME
        roots = {"03"} if coming else _ROOTS_OF_TYPE[event.event_type]
        if event.cameo is not None and event.cameo[:2] not in roots:
            what = f"{event.event_type} that is {event.status}"
            yield Found(event, "cameo", f"does not code a {what}")


@rule("cameo-known")
def _cameo_known(coding: Coding) -> Iterator[Found]:
    for event in coding.of(m.Event):
        if event.cameo is not None and event.cameo not in CAMEO:
            yield Found(event, "cameo", "is no event code of CAMEO")


@rule("status-fits-claims", m.Claim, m.ClaimEvent)
def _status_fits_claims(coding: Coding) -> Iterator[Found]:
    claims = coding.by_id(m.Claim)
    for event in coding.of(m.Event):
        about = [claims[c] for c in coding.claims_of_event.get(event.event_id, []) if c in claims]
        types = {claim.claim_type for claim in about}
        coming = event.status in TO_COME
        if types and coming and "plan" not in types:
            yield Found(event, "status", f"is {event.status}, and no claim about it is a plan")
        elif types == {"plan"} and not coming:
            yield Found(event, "status", f"is {event.status}, and every claim about it is a plan")
