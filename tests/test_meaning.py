"""Meaning: each rule at its edges, on the coding of two towns and a bridge, which breaks none."""

from __future__ import annotations

import hashlib

import pytest

import synthetic
from coding import Coding
from jpkr_drills.checks import meaning, references
from jpkr_drills.checks.meaning.coding import CHECKS
from jpkr_drills.issues import Issue
from jpkr_drills.model.records import TABLES
from tables import Change, both, gone, new, put, related

Places = list[tuple[str | None, str | None]]
TENSION = "p3s2-1/in_tension_with/p3s2-2"
NOTHING = hashlib.sha256(b"").hexdigest()
TOWNS = ("aldermoor", "brackwater")
ABOUT_TOWNS = [f"p0s1-1/{town}/about" for town in TOWNS]


def issues(coding: Coding) -> list[Issue]:
    package = coding.package()
    return list(meaning.check(package, list(references.check(package))))


def said(statement: str, **cells: str) -> Change:
    """Claim p1s1-1, an event about both towns, says something else."""
    return put("claims", "p1s1-1", statement=statement, **cells)


def span(table: str, key: str, start: int, end: int, **cells: str) -> Change:
    """The edges of a span, counted from where its segment starts."""

    def change(coding: Coding) -> None:
        home = int(coding.row("segments", coding.row(table, key)["segment_id"])["start"])
        edges = {"start": str(home + start), "end": str(home + end)}
        if table == "mentions":
            edges["surface"] = coding.text[home + start : home + end]
        coding.set(table, key, **edges, **cells)

    return change


def place(key: str, field: str) -> Places:
    return [(key, field)]


STATEMENT = place("p1s1-1", "statement")
MEETING = "council-meeting"
_NEW_CLAIM = {"claim_id": "p3s2-9", "proposition_id": "p3s2-9"}

# A rule, a change of the sound coding, and the records and fields that break the rule then.
CASES: list[tuple[str, Change, Places]] = [
    # --- errors: spans ---
    ("segments-present", both(*(lambda coding, table=table: coding.empty(table) for table in TABLES)), [(None, None)]),
    ("segments-in-order", put("segments", "p1s2", start="140"), []),  # where p1s1 ends
    ("segments-in-order", put("segments", "p1s2", start="139"), place("p1s2", "start")),
    ("segments-numbered", gone("segments", "p1s1"), place("p1s2", "segment_id")),
    ("segments-numbered", gone("segments", "p0s1"), []),  # an article without a headline
    ("segments-numbered", gone("segments", "p0s1", "p1s1"), place("p1s2", "segment_id")),
    ("segments-numbered", gone("segments", "p2s1", "p2s2"), place("p3s1", "segment_id")),
    ("segments-numbered", gone("segments", "p3s2"), []),
    ("claim-inside-segment", span("claims", "p1s2-1", -1, 9), place("p1s2-1", "start")),
    ("claim-inside-segment", span("claims", "p1s2-1", 0, 70), place("p1s2-1", "end")),
    ("claim-inside-segment", span("claims", "p1s2-1", 0, 69), []),
    ("claim-inside-segment", span("claims", "p1s2-1", -1, 70), place("p1s2-1", "start")),
    ("claim-inside-segment", put("claims", "p3s2-2", end="9999"), []),  # it is outside of the article
    ("mention-inside-segment", span("mentions", "p1s2-m1", -2, 10), place("p1s2-m1", "start")),
    ("mention-inside-segment", span("mentions", "p1s1-m3", 61, 89), place("p1s1-m3", "end")),
    ("mention-inside-segment", span("mentions", "p1s1-m3", 61, 87), []),
    ("span-outside-article", put("segments", "p3s2", end="535"), place("p3s2", "end")),
    ("span-outside-article", put("segments", "p3s2", end="534"), []),
    ("span-outside-article", put("claims", "p3s2-2", end="535"), place("p3s2-2", "end")),
    ("span-outside-article", lambda coding: coding.descriptor.update(sources=[]), []),
    ("hash-fits-span", put("claims", "p1s1-2", sha256=NOTHING), place("p1s1-2", "sha256")),
    ("hash-fits-span", put("claims", "p1s1-2", sha256="0" * 64), []),  # no other has the span
    ("hash-fits-span", put("segments", "p0s1", sha256="0" * 64), place("p0s1-1", "sha256")),
    # --- errors: support ---
    ("party-supported", gone("mentions", "p3s1-m2"), []),
    ("party-supported", gone("claim_parties", "p3s1-1/engineers/speaker"), []),
    (
        "party-supported",
        both(gone("mentions", "p3s1-m2"), gone("claim_parties", "p3s1-1/engineers/speaker")),
        place("engineers", "party_id"),
    ),
    ("place-supported", gone("mentions", "p0s1-m3", "p1s1-m3"), []),
    ("place-supported", gone("mentions", "p2s2-m2"), []),
    (
        "place-supported",
        both(gone("mentions", "p2s2-m2"), gone("claim_places", "p2s2-1/grey-sound")),
        place("grey-sound", "place_id"),
    ),
    ("event-supported", gone("claim_events", "p0s1-1/bridge-reopening"), []),
    ("event-supported", gone("claim_events", "p2s2-1/ferry-halt"), place("ferry-halt", "event_id")),
    ("id-of-one-table", put("events", "ferry-halt", event_id="norway"), place("norway", "event_id")),
    ("id-of-one-table", put("places", "grey-sound", place_id="mayoralty"), place("mayoralty", "event_id")),
    # --- errors: voice ---
    ("attributed-has-speaker", put("claims", "p3s2-1", voice="attributed"), place("p3s2-1", "voice")),
    ("attributed-has-speaker", put("claims", "p2s2-1", voice="unclear"), place("p2s2-1", "voice")),
    ("attributed-has-speaker", put("claims", "p3s2-2", voice="unclear"), []),
    (
        "relay-has-speaker",
        new("claim_parties", claim_id="p3s2-2", party_id="brackwater-post", role="relayed_by"),
        place("p3s2-2/brackwater-post/relayed_by", "role"),
    ),
    ("relay-has-speaker", new("claim_parties", claim_id="p3s1-1", party_id="brackwater-post", role="relayed_by"), []),
    (
        "relay-is-not-speaker",
        new("claim_parties", claim_id="p3s1-1", party_id="engineers", role="relayed_by"),
        place("p3s1-1/engineers/relayed_by", "role"),
    ),
    ("relay-is-not-speaker", new("claim_parties", claim_id="p3s1-1", party_id="engineers", role="about"), []),
    # --- errors: propositions ---
    ("proposition-names-itself", put("claims", "p3s2-2", proposition_id="p1s1-3"), place("p3s2-2", "proposition_id")),
    ("proposition-names-itself", put("claims", "p3s2-2", proposition_id="p0s1-1"), []),
    ("proposition-comes-first", put("claims", "p1s1-1", proposition_id="p3s2-2"), place("p1s1-1", "proposition_id")),
    ("proposition-comes-first", put("claims", "p1s1-1", proposition_id="p1s1-2"), place("p1s1-1", "proposition_id")),
    ("proposition-comes-first", put("claims", "p1s1-2", proposition_id="p1s1-1"), []),
    ("proposition-same-polarity", put("claims", "p3s2-1", proposition_id="p2s2-3"), []),
    ("proposition-same-polarity", put("claims", "p3s2-1", proposition_id="p1s1-1"), place("p3s2-1", "proposition_id")),
    # --- errors: relations ---
    (
        "relation-has-no-cycle",
        both(related("p1s2-1", "explains", "p1s2-2"), related("p1s2-2", "explains", "p1s2-1")),
        place("p1s2-1/explains/p1s2-2", "relation"),
    ),
    (
        "relation-has-no-cycle",  # relations of two kinds say different things
        both(related("p1s2-1", "explains", "p1s2-2"), related("p1s2-2", "elaborates", "p1s2-1")),
        [],
    ),
    (
        "relation-has-no-cycle",
        both(related("mayoralty", "part_of", "post-report"), related("post-report", "part_of", "mayoralty")),
        place("mayoralty/part_of/post-report", "relation"),
    ),
    ("symmetric-once", related("p3s2-2", "in_tension_with", "p3s2-1", "So."), place("p3s2-2/in_tension_with/p3s2-1", "relation")),
    ("symmetric-once", related("p2s2-3", "in_tension_with", "p3s2-1", "So."), []),
    ("symmetric-once", related("p3s2-2", "explains", "p3s2-1"), []),
    ("parent-has-no-cycle", put("parties", "norway", parent_party_id="engineers"), place("engineers", "parent_party_id")),
    ("parent-has-no-cycle", put("parties", "brackwater", parent_party_id="ines-tarrow"), []),
    # --- advice: statements ---
    *(
        ("statement-stands-alone", said(f"{word} met there."), STATEMENT)
        for word in ("He", "She", "They", "We", "I", "You", "His", "Her", "Their", "Our", "Your", "My")
    ),
    *(
        ("statement-stands-alone", said(f"{words} met there."), [])
        for words in ("The towns and their mayor", "Hers", "Theyyam dancers", "He Weilan", "It", "This", "Those who", "These days the towns")
    ),
    *(
        ("statement-without-hedge", said(f"The towns {word} met."), STATEMENT)
        for word in ("perhaps", "maybe", "possibly", "probably", "presumably", "reportedly", "allegedly", "supposedly")
    ),
    ("statement-without-hedge", said("The towns met according to the mayor."), STATEMENT),
    ("statement-without-hedge", said("The towns met in May, and could meet again."), []),
    ("statement-without-hedge", said("The crews stood according to rank."), []),
    ("statement-is-one-sentence", said("The towns met. The mayor spoke"), STATEMENT),
    ("statement-is-one-sentence", said("Did the towns meet? They did."), STATEMENT),
    ("statement-is-one-sentence", said("The towns met; the mayor spoke."), STATEMENT),
    *(("statement-is-one-sentence", said(text), []) for text in ("Mr. A met No. 2.", "It was “so.”", "The U.S. met.", "Yahoo! Japan met.")),
    *(
        ("polarity-fits-statement", said(f"The towns {word} not meet."), place("p1s1-1", "polarity"))
        for word in ("did", "do", "will", "would", "can", "could", "should")
    ),
    ("polarity-fits-statement", said("The towns did not meet.", polarity="negative"), []),
    ("polarity-fits-statement", said("The mayor was found not guilty."), []),
    ("will-is-to-come", said("The bridge will be open."), place("p1s1-1", "claim_type")),
    ("will-is-to-come", said("The bridge will not open.", claim_type="state"), place("p1s1-1", "claim_type")),
    ("will-is-to-come", said("The bridge will be open.", claim_type="assessment"), []),
    ("will-is-to-come", said("The painter's will named four sons."), []),
    ("text-typography", said("The towns agreed to to meet."), STATEMENT),
    ("text-typography", said("The towns said that that was so."), []),
    *(
        (rule, both(said(text), lambda coding: coding.descriptor.update(language="fr")), [])
        for rule, text in (
            ("statement-stands-alone", "He met them there."),
            ("statement-without-hedge", "The towns perhaps met"),
            ("statement-is-one-sentence", "The towns met; the mayor spoke"),
            ("polarity-fits-statement", "The towns did not meet."),
            ("will-is-to-come", "The bridge will be open."),
            ("text-typography", "The towns agreed to to meet."),
        )
    ),
    ("statement-stands-alone", both(said("He met her."), lambda coding: coding.descriptor.update(language="EN-gb")), STATEMENT),
    ("statement-stands-alone", both(said("He met her."), lambda coding: coding.descriptor.update(language="eng")), []),
    # --- advice: any text of ours ---
    *(
        ("text-damaged", said(f"The towns {what} met."), STATEMENT)
        for what in ("of <i>old</i>", "&amp; more", "&#8217;s", "of CafÃ©", "<!-- and -->", "<br/>")
    ),
    *(("text-damaged", said(f"The towns {what} met."), []) for what in ("& more", "of < 9", "of Café", "AT&T", "1 < 2 > 1")),
    *(("text-hidden-character", said(f"The{char} towns met."), STATEMENT) for char in "\u200b\u00ad\ufeff\u202e\ue000\u2060"),
    *(("text-hidden-character", said(f"The{char} towns met."), []) for char in "\u00a0\u200c\u200d\u200e\u061c\ufe0f\u3000"),
    ("text-hidden-character", said("The t\u043ewns met."), STATEMENT),
    *(("text-hidden-character", said(f"The {word} met."), []) for word in ("Москва", "Αθήνα", "Москва-city", "東京", "µm", "NF-κB", "TNFα")),
    *(("text-hidden-character", put("parties", "engineers", **{column: f"A{chr(0x200b)}b"}), []) for column in ("name", "title")),
    *(
        ("missing-is-empty", put("parties", "norway", description=text), place("norway", "description"))
        for text in ("Unknown.", "N/A", "n/a", "none", "TBD.", "not stated", "?", "-", "NaN")
    ),
    *(("missing-is-empty", put("parties", "norway", description=text), []) for text in ("Nobody.", "A nil.", "Dash -")),
    ("missing-is-empty", put("mentions", "p3s1-m3", surface="Na"), []),
    # --- advice: names and mentions ---
    ("names-told-apart", put("parties", "norway", name="ALDERMOOR"), place("norway", "name")),
    ("names-told-apart", put("parties", "norway", name="Aldermoor!"), place("norway", "name")),
    *(
        ("names-told-apart", both(put("parties", "norway", name=one), put("parties", "aldermoor", name=other)), [])
        for one, other in (("Aldermoor", "Aldermoors"), ("Canal", "Canal+"), ("कमल", "कमला"))
    ),
    ("names-told-apart", put("parties", "norway", name="Grey Sound"), []),  # a party and a place
    ("name-of-one", put("mentions", "p1s1-m1", party_id="norway"), place("p1s1-m1", "surface")),
    ("name-of-one", put("mentions", "p1s1-m1", party_id="norway", form="description"), []),
    ("name-of-one", put("mentions", "p1s1-m1", party_id="norway", form="capital"), place("p1s1-m1", "surface")),
    ("name-of-one", put("mentions", "p1s1-m1", party_id="", place_id="grey-sound"), []),  # a place, and a party elsewhere
    ("mention-once", new("mentions", "p2s2-m1", mention_id="p2s2-m9"), place("p2s2-m9", "start")),
    ("mention-once", new("mentions", "p2s2-m1", mention_id="p2s2-m9", party_id="engineers"), []),
    ("mentions-nest", span("mentions", "p3s1-m1", 0, 19), []),  # the same span
    ("mentions-nest", span("mentions", "p3s1-m1", 10, 19), []),
    ("mentions-nest", span("mentions", "p3s1-m1", 19, 26), []),
    ("mentions-nest", span("mentions", "p3s1-m1", 10, 22), place("p3s1-m1", "end")),
    ("collective-of-several", put("mentions", "p1s2-m2", form="description"), place("p1s2-m2", "form")),
    ("collective-of-several", gone("mentions", "p1s2-m3"), place("p1s2-m2", "form")),
    ("named-party-is-about", said("Aldermoor and Norway agreed."), STATEMENT),
    ("named-party-is-about", said("Aldermoor met Inês Tarrow."), STATEMENT),
    ("named-party-is-about", said("Aldermoor met the Brackwater Post."), STATEMENT),
    ("named-party-is-about", said("Aldermoors met, and Brackwatering stopped."), []),
    ("named-party-is-about", both(said("Norway agreed."), put("places", "grey-sound", name="Norway Sound")), STATEMENT),
    ("named-party-is-about", both(said("Norway Sound froze."), put("places", "grey-sound", name="Norway Sound")), []),
    ("named-party-is-about", put("claims", "p1s2-1", statement="Aldermoor's mayor spoke."), []),  # a party of it is
    ("identifier-has-name", put("parties", "engineers", wikidata="Q5"), place("engineers", "wikidata")),
    ("identifier-has-name", put("mentions", "p2s2-m1", form="description"), []),  # Norwegian is a name too
    ("identifier-has-name", put("mentions", "p2s2-m2", form="pronoun"), [("grey-sound", "wikidata"), ("grey-sound", "latitude")]),
    ("wikidata-once", put("places", "grey-sound", wikidata="Q20"), []),  # a party and a place
    ("coordinates-once", put("places", "old-ferry-bridge", latitude="57.9"), []),
    # --- advice: claims ---
    ("claim-once", new("claims", "p3s2-2", **_NEW_CLAIM), place("p3s2-9", "statement")),
    ("claim-once", new("claims", "p3s2-2", **_NEW_CLAIM, statement="Trade: halved, behind the closing"), place("p3s2-9", "statement")),
    (
        "claim-once",
        both(
            new("claims", "p3s2-2", **_NEW_CLAIM, voice="attributed"),
            new("claim_parties", claim_id="p3s2-9", party_id="engineers", role="speaker"),
        ),
        [],
    ),
    ("claim-once", put("claims", "p1s1-3", statement="The two towns will open the Old Ferry Bridge again."), []),
    ("spans-told-apart", both(*(span("claims", f"p2s2-{one}", 0, 9) for one in "123")), place("p2s2-1", "start")),
    ("spans-told-apart", both(*(span("claims", f"p2s2-{one}", 0, 9) for one in "12")), []),
    ("claims-present", both(*(lambda coding, table=table: coding.empty(table) for table in TABLES if "claim" in table)), [(None, None)]),
    ("claims-present", gone("claims", "p2s1-1"), []),
    ("claim-has-subject", gone("claim_events", "p3s2-2/bridge-closure"), place("p3s2-2", "claim_id")),
    ("claim-has-subject", gone("claim_events", "p1s1-2/bridge-closure"), []),  # it is about the bridge
    ("claim-has-subject", gone("claim_places", "p3s1-1/old-ferry-bridge"), place("p3s1-1", "claim_id")),
    (
        "claim-has-subject",  # and so does the claim's own link to a place
        both(
            gone("claim_events", "p3s2-2/bridge-closure"),
            new("claim_places", claim_id="p3s2-2", place_id="old-ferry-bridge"),
        ),
        [],
    ),
    ("event-claim-has-event", gone("claim_events", "p1s2-1/mayor-remarks"), place("p1s2-1", "claim_type")),
    ("event-claim-has-event", gone("claim_events", "p1s2-3/mayoralty"), []),
    (
        "event-claim-has-event",
        both(gone("claim_events", "p1s2-1/mayor-remarks"), put("claims", "p1s2-1", polarity="negative")),
        [],
    ),
    ("presupposed-is-certain", put("claims", "p1s2-3", certainty="probable"), place("p1s2-3", "certainty")),
    ("presupposed-is-certain", put("claims", "p1s2-3", explicitness="implied", certainty="probable"), []),
    *(
        ("status-fits-claims", both(put("claims", "p1s1-3", claim_type="event"), put("events", "bridge-reopening", status=status)), found)
        for status, found in (
            *((status, place("p1s1-3", "claim_type")) for status in ("planned", "expected", "called_for")),
            *((status, []) for status in ("ongoing", "cancelled", "alleged")),
        )
    ),
    ("status-fits-claims", put("claims", "p1s1-3", claim_type="event", polarity="negative"), []),
    *(
        ("status-fits-claims", both(put("claims", "p2s2-1", claim_type="plan"), put("events", "ferry-halt", status=status)), found)
        for status, found in (
            ("occurred", place("p2s2-1", "claim_type")),
            *((status, []) for status in ("planned", "ongoing", "halted", "cancelled", "alleged")),
        )
    ),
    ("status-fits-claims", put("claims", "p1s1-1", claim_type="plan"), []),  # one of its events is to come
    ("relation-once", related("p3s2-1", "explains", "p3s2-2"), place(TENSION, "relation")),
    ("relation-once", related("p3s2-2", "indicates", "p3s2-1"), place("p3s2-2/indicates/p3s2-1", "relation")),
    ("relation-once", related("p3s2-2", "indicates", "p1s1-1"), []),
    ("relation-once", related("p3s2-2", "in_tension_with", "p3s2-1", "So."), []),  # symmetric-once tells it
    ("relation-refers-back", related("p1s1-1", "elaborates", "p1s2-1"), place("p1s1-1/elaborates/p1s2-1", "relation")),
    ("relation-refers-back", related("p1s1-1", "elaborates", "p1s1-2"), []),
    ("relation-refers-back", related("p1s1-1", "circumstance_of", "p1s2-1"), []),
    ("explains-by-reason", put("claims", "p3s1-1", claim_type="state"), place("p3s1-1/explains/p1s1-2", "relation")),
    ("explains-by-reason", put("claims", "p3s1-1", claim_type="purpose"), []),
    # --- advice: events ---
    ("date-in-expression", put("events", "bridge-closure", date="2012"), place("bridge-closure", "date")),
    ("date-in-expression", put("events", "bridge-closure", date="2011/2014"), []),
    ("date-in-expression", put("events", "bridge-closure", date_expression="since ’11"), []),
    ("date-in-expression", put("events", "ferry-halt", date_expression="in 2011"), place("ferry-halt", "date_basis")),
    ("date-in-expression", put("events", "bridge-closure", date="2011-03-04"), []),
    ("date-in-expression", put("events", "bridge-closure", date="-1273", date_expression="in 1274 BC"), []),
    *(
        ("date-in-expression", put("events", "ferry-halt", date_expression=phrase), [])
        for phrase in ("at 1430 GMT on Tuesday", "after 1000 days", "two days after the 2024 vote")
    ),
    *(
        ("date-fits-status", put("events", "bridge-closure", date="2011/..", status=status), found)
        for status, found in (
            *((status, place("bridge-closure", "date")) for status in ("occurred", "halted")),
            *((status, []) for status in ("ongoing", "planned", "alleged")),
        )
    ),
    ("date-fits-status", put("events", "bridge-closure", date="../2011"), []),
    ("cameo-known", put("events", MEETING, cameo="0399"), place(MEETING, "cameo")),
    ("cameo-known", put("events", MEETING, cameo="0311"), []),
    ("cameo-fits-plover", put("events", MEETING, cameo="192", plover="COERCE"), []),
    ("cameo-fits-plover", put("events", MEETING, cameo="192", plover="ASSAULT"), place(MEETING, "plover")),
    ("cameo-fits-plover", put("events", MEETING, cameo="", plover="ASSAULT"), []),
    ("cameo-fits-plover", put("events", MEETING, cameo="190", plover=""), []),
    ("cameo-fits-plover", put("events", MEETING, cameo="012", plover="CONSULT"), []),  # PLOVER has dropped it
    *(
        ("role-fits-event", put("event_parties", key, role=role), found)
        for key, role, found in (
            ("mayor-remarks/ines-tarrow/issuer", "actor", place("mayor-remarks/ines-tarrow/actor", "role")),
            ("mayor-remarks/ines-tarrow/issuer", "recipient", []),
            ("mayoralty/ines-tarrow/actor", "participant", place("mayoralty/ines-tarrow/participant", "role")),
            (f"{MEETING}/aldermoor/participant", "issuer", []),
        )
    ),
    *(
        ("roles-agree", new("event_parties", event_id="ferry-halt", party_id="norway", role=role), found)
        for role, found in (
            *((role, place(f"ferry-halt/norway/{role}", "role")) for role in ("affected", "recipient", "participant")),
            ("facilitator", []),
        )
    ),
    ("roles-agree", new("event_parties", event_id=MEETING, party_id="aldermoor", role="affected"), []),
    ("role-has-counterpart", put("event_parties", f"{MEETING}/aldermoor/participant", role="facilitator"), []),
    *(
        ("relation-fits-events", change, found)
        for change, found in (
            (related("mayor-remarks", "calls_for", "bridge-reopening"), []),
            (related("mayor-remarks", "calls_for", MEETING), []),
            (related("ferry-halt", "calls_for", "bridge-reopening"), place("ferry-halt/calls_for/bridge-reopening", "relation")),
            (both(related("mayor-remarks", "announces", "mayoralty"), put("events", "mayoralty", status="ongoing")), []),
            (both(related("mayor-remarks", "announces", "mayoralty"), put("events", "mayoralty", status="occurred")), place("mayor-remarks/announces/mayoralty", "relation")),
            *((put("events", "ferry-service", status=status), []) for status in ("cancelled", "ongoing", "occurred")),
        )
    ),
    (
        "order-has-no-cycle",
        both(related("mayoralty", "prompts", "post-report"), related("post-report", "precedes", "mayoralty")),
        place("mayoralty/prompts/post-report", "relation"),
    ),
    (
        "order-has-no-cycle",  # what halts comes after what it halts
        both(related("ferry-halt", "precedes", "post-report"), related("ferry-service", "builds_on", "post-report")),
        place("ferry-halt/halts/ferry-service", "relation"),
    ),
    (
        "order-has-no-cycle",  # of one kind it is an error
        both(related("mayoralty", "prompts", "post-report"), related("post-report", "prompts", "mayoralty")),
        [],
    ),
    (
        "event-party-in-claim",
        new("event_parties", event_id="ferry-halt", party_id="engineers", role="affected"),
        place("ferry-halt/engineers/affected", "party_id"),
    ),
    ("event-party-in-claim", new("event_parties", event_id="ferry-halt", party_id="brackwater-post", role="affected"), []),
    ("event-party-in-claim", gone("claim_events", "p2s2-1/ferry-halt"), []),
    (
        "event-place-mentioned",
        new("event_places", event_id="bridge-closure", place_id="grey-sound", relation="in"),
        place("bridge-closure/grey-sound/in", "place_id"),
    ),
    ("event-place-mentioned", new("event_places", event_id="bridge-closure", place_id="old-ferry-bridge", relation="at"), []),
    # --- advice: parties and places ---
    *(
        ("parent-is-body", both(put("parties", "ines-tarrow", parent_party_id="norway"), put("parties", "norway", party_type=kind)), found)
        for kind, found in (
            *((kind, place("engineers", "parent_party_id") + place("ines-tarrow", "parent_party_id")) for kind in ("person", "officials", "public")),
            *((kind, []) for kind in ("company", "media", "armed_group", "grouping", "other")),
        )
    ),
    ("country-known", put("parties", "aldermoor", country="XKX"), place("aldermoor", "country")),
    ("country-fits-parent", put("parties", "engineers", country="SWE"), place("engineers", "country")),
    ("country-fits-parent", put("parties", "engineers", country=""), []),
    ("country-fits-parent", both(put("parties", "engineers", country="SWE"), put("parties", "norway", party_type="company")), []),
    ("country-fits-parent", put("parties", "norway", country=""), []),
    ("country-of-one-state", put("parties", "aldermoor", country="NOR"), []),
    ("title-of-person", put("parties", "engineers", title="Doctors"), place("engineers", "title")),
    *(
        ("basis-fits-place", put("places", "old-ferry-bridge", place_type=kind), found)
        for kind, found in (
            *((kind, place("old-ferry-bridge", "coordinate_basis")) for kind in ("country", "region", "sea", "ocean")),
            *((kind, []) for kind in ("locality", "mountain", "island", "lake", "strait", "river", "other")),
        )
    ),
    *(
        ("relation-fits-place", both(put("event_places", "ferry-service/grey-sound/in", relation="at"), put("places", "grey-sound", place_type=kind)), found)
        for kind, found in (
            *((kind, place("ferry-service/grey-sound/at", "relation")) for kind in ("country", "region", "sea", "ocean")),
            *((kind, []) for kind in ("locality", "facility", "mountain", "other")),
        )
    ),
    ("event-place-once", new("event_places", event_id=MEETING, place_id="cafe-moewe", relation="in"), place(f"{MEETING}/cafe-moewe/in", "relation")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change", "places"), CASES)
def test_a_rule_is_broken_there_and_nowhere_else(rule: str, change: Change, places: Places) -> None:
    coding = synthetic.coding()
    change(coding)
    assert [(one.record, one.field) for one in issues(coding) if one.rule == rule] == places


def test_the_sound_coding_breaks_no_rule() -> None:
    assert issues(synthetic.coding()) == []


def test_every_rule_of_meaning_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == {rule.name for rule, *_ in CHECKS if rule.engine == "meaning"}


def test_an_issue_names_its_line_and_value() -> None:
    coding = synthetic.coding()
    coding.set("claims", "p3s2-1", voice="attributed")
    (issue,) = issues(coding)
    assert (issue.file, issue.line, issue.value, issue.level) == ("data/claims.csv", 14, "attributed", "error")
    assert issue.hint == "fix voice, or the speakers in claim_parties"


def test_a_rule_is_not_judged_where_a_row_it_needs_cannot_be_read() -> None:
    coding = synthetic.coding()
    coding.drop("mentions", "p2s2-m2")
    assert "identifier-has-name" in {one.rule for one in issues(coding)}
    coding.set("mentions", "p0s1-m1", form="no such form")
    assert "identifier-has-name" not in {one.rule for one in issues(coding)}


def test_rows_that_point_nowhere_or_stand_twice_are_left_out() -> None:
    coding = synthetic.coding()
    coding.add("claim_parties", claim_id="p9s9-1", party_id="norway", role="relayed_by")
    coding.add("parties", "norway", title="King")
    assert issues(coding) == []
