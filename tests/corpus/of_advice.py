"""What is advised against: each is one piece of advice, in a package without an error."""

from __future__ import annotations

from corpus.draft import Draft
from corpus.registry import register_all
from jpkr_drills.model.records import TABLES
from tables import Change, both, gone, new, put, related

_SUMMIT = "council-meeting"


def _said(text: str, **cells: str) -> Change:
    return put("claims", "p1s1-1", statement=text, **cells)


def _one_span(draft: Draft) -> None:
    segment = draft.row("segments", "p2s2")
    for number in (3, 2, 1):
        draft.set("claims", f"p2s2-{number}", **{name: segment[name] for name in ("start", "end", "sha256")})


def _unnamed(draft: Draft) -> None:
    for mention in ("p0s1-m3", "p1s1-m3"):
        draft.set("mentions", mention, form="description")
    draft.mark("places", "old-ferry-bridge")


def _cross(draft: Draft) -> None:
    """The second mention runs out of the first."""
    draft.set("mentions", "p3s1-m1", surface="gian engineers warned", start="", end="")
    start = int(draft.row("mentions", "p3s1-m2")["start"]) + 5
    draft.set("mentions", "p3s1-m1", start=str(start), end=str(start + 21), form="description")


register_all(
    {
        # statements
        "statement-with-pronoun": _said("They will hold the drills again."),
        "statement-with-source": _said("The towns reportedly agreed on the reopening."),
        "statement-presumably": _said("The towns presumably agreed."),
        "statement-with-semicolon": _said("The towns agreed; the bridge opened."),
        "statement-no-full-stop": _said("The towns agreed"),
        "statement-word-twice": _said("The towns agreed on the the reopening."),
        "statement-denies-and-is-positive": _said("The towns did not agree."),
        "state-of-what-will-be": put("claims", "p1s2-3", statement="Inês Tarrow will be the mayor of Aldermoor."),
        "claim-made-twice": both(
            new("claims", "p0s1-1", claim_id="p0s1-2", proposition_id="p0s1-1"),
            new("claim_events", claim_id="p0s1-2", event_id="bridge-reopening"),
        ),
        "claim-made-twice-in-other-case": both(
            new(
                *("claims", "p0s1-1"),
                claim_id="p0s1-2",
                proposition_id="p0s1-1",
                statement="The Two Towns will open - the Old Ferry Bridge again.",
            ),
            new("claim_events", claim_id="p0s1-2", event_id="bridge-reopening"),
        ),
        "claims-all-in-one-span": _one_span,
        # what a claim is about
        "article-without-claims": both(
            *(lambda draft, table=table: draft.empty(table) for table in TABLES if table.startswith(("claim", "event")))
        ),
        "claim-about-nothing": new(
            "claims", "p3s2-2", claim_id="p3s2-9", proposition_id="p3s2-9", statement="So it is."
        ),
        "event-claim-without-event": both(
            put("claims", "p3s1-1", claim_type="event"), gone("claim_relations", "p3s1-1/explains/p1s1-2")
        ),
        "presupposed-with-doubt": put("claims", "p1s2-3", certainty="possible"),
        "planned-said-to-have-happened": put("claims", "p1s1-3", claim_type="event"),
        "plan-of-what-is-over": put("claims", "p2s1-1", claim_type="plan"),
        "named-party-not-about": both(
            lambda draft: draft.mark("claims", "p2s2-2"),
            gone("claim_parties", "p2s2-2/brackwater-post/about"),
            new("claim_parties", claim_id="p2s2-2", party_id="norway", role="about"),
            gone("event_parties", "post-report/brackwater-post/issuer"),
        ),
        # relations of claims
        "two-relations-of-two-claims": related("p3s1-1", "elaborates", "p1s1-2"),
        "elaborates-what-comes-later": related("p1s1-2", "elaborates", "p3s2-2"),
        "explained-by-state": related("p3s2-2", "explains", "p3s1-1"),
        # mentions
        "mention-given-twice": new("mentions", "p1s1-m1", mention_id="p1s1-m9"),
        "mentions-cross": _cross,
        "collective-of-one": put("mentions", "p3s1-m2", form="collective"),
        "several-without-collective": put("mentions", "p1s2-m2", form="description"),
        "name-of-two-parties": put("mentions", "p1s1-m1", party_id="brackwater"),
        "name-in-other-case": put("parties", "brackwater", name="ALDERMOOR"),
        "event-title-in-other-case": put("events", "ferry-halt", title="Closure of the Bridge"),
        # identifiers
        "wikidata-of-unnamed-party": put("parties", "engineers", wikidata="Q999999"),
        "coordinates-of-unnamed-place": _unnamed,
        "wikidata-of-two-parties": put("parties", "brackwater-post", wikidata="Q20"),
        "coordinates-of-another-place": put("places", "old-ferry-bridge", latitude="57.9", longitude="9.5"),
        "coordinates-of-null-island": put("places", "old-ferry-bridge", latitude="0.0", longitude="0.0"),
        "country-of-nobody": put("parties", "brackwater-post", country="JPP"),
        "country-of-another-parent": put("parties", "engineers", country="KOR"),
        "country-of-two-states": put("parties", "aldermoor", party_type="state", country="NOR"),
        "parent-is-person": put("parties", "brackwater-post", parent_party_id="ines-tarrow"),
        "title-of-state": put("parties", "norway", title="Kingdom"),
        "sea-is-point": put("places", "grey-sound", coordinate_basis="point"),
        # dates and codes of events
        "date-of-another-year": put("events", "bridge-closure", date="2012"),
        "relative-phrase-with-year": put("events", "ferry-halt", date_expression="last spring in 2023"),
        "date-without-end-of-what-is-over": put("events", "bridge-closure", date="2011/.."),
        "cameo-not-in-manual": put("events", _SUMMIT, cameo="047"),
        "plover-of-another-root": put("events", _SUMMIT, plover="SUPPORT"),
        # parties and places of events
        "statement-with-actor": put("event_parties", "mayor-remarks/ines-tarrow/issuer", role="actor"),
        "office-with-participant": put("event_parties", "mayoralty/ines-tarrow/actor", role="participant"),
        "actor-is-participant": new("event_parties", event_id="ferry-halt", party_id="norway", role="participant"),
        "facilitator-of-nobody": put("event_parties", "ferry-halt/norway/actor", role="facilitator"),
        "event-party-not-in-claim": new("event_parties", event_id=_SUMMIT, party_id="norway", role="participant"),
        "event-place-not-mentioned": new("event_places", event_id=_SUMMIT, place_id="grey-sound", relation="around"),
        "event-at-a-sea": put("event_places", "ferry-service/grey-sound/in", relation="at"),
        "event-in-and-towards-a-sea": new(
            "event_places", event_id="ferry-service", place_id="grey-sound", relation="towards"
        ),
        # relations of events
        "two-relations-of-two-events": related(_SUMMIT, "precedes", "reopening-agreement"),
        "announced-by-suspension": put("event_relations", "ferry-halt/halts/ferry-service", relation="announces"),
        "resumes-what-never-halted": related("bridge-reopening", "resumes", "bridge-closure"),
        "events-in-a-circle-of-time": both(
            related("mayor-remarks", "prompts", "mayoralty"),
            related("mayoralty", "precedes", "post-report"),
            related("mayor-remarks", "builds_on", "post-report"),
        ),
    }
)
