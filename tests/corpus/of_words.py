"""Defects in names, mentions and wording: each breaks one rule of meaning."""

from __future__ import annotations

from functools import partial

from corpus.draft import Draft, Row
from corpus.registry import defect, register

# --- speakers and subjects -------------------------------------------------------------------


@defect
def speaker_not_in_sentence(draft: Draft) -> None:
    draft.set("claim_parties", draft.find("claim_parties", role="speaker"), party_id="adversaries")


@defect
def relay_is_speaker(draft: Draft) -> None:
    like = draft.find("claim_parties", role="speaker", party_id="usni-news")
    draft.add("claim_parties", like, role="relayed_by")


@defect
def named_party_not_about(draft: Draft) -> None:
    draft.mark("claims", "p0s1-1")
    draft.drop("claim_parties", "p0s1-1/japan/about")


@defect
def plan_of_what_is_over(draft: Draft) -> None:
    draft.set("claims", "p8s2-7", claim_type="plan")


@defect
def state_of_what_will_be(draft: Draft) -> None:
    draft.set("claims", "p4s1-2", claim_type="state")


# --- relations of claims ---------------------------------------------------------------------


def _relate(draft: Draft, one: str, relation: str, other: str, note: str = "") -> None:
    ids = {"claim_id": one, "related_claim_id": other}
    draft.add("claim_relations", relation=relation, note=note, **ids)


@defect
def elaborates_what_comes_later(draft: Draft) -> None:
    _relate(draft, "p1s1-5", "elaborates", "p9s1-10")


@defect
def restates_another_subject(draft: Draft) -> None:
    _relate(draft, "p9s1-10", "restates", "p5s1-7")


@defect
def tension_of_what_restates_the_same(draft: Draft) -> None:
    """Both restate that the two countries agreed."""
    _relate(draft, "p1s2-2", "in_tension_with", "p3s1-1", "The one stands beside the other.")


# --- mentions --------------------------------------------------------------------------------


def _mention(draft: Draft, surface: str) -> Row:
    return draft.find("mentions", surface=surface)


@defect
def surface_of_two_forms(draft: Draft) -> None:
    *_, last = (row for row in draft.rows("mentions") if row["surface"] == "Japan")
    draft.set("mentions", last, form="description")


@defect
def capital_of_medium(draft: Draft) -> None:
    for row in draft.rows("mentions"):
        if row["surface"] == "USNI News":
            row["form"] = "capital"
            draft.mark("mentions", row)
            draft.set("mentions", row)


@defect
def demonym_of_person(draft: Draft) -> None:
    draft.set("mentions", _mention(draft, "Fumio Kishida"), form="demonym")


@defect
def name_with_article(draft: Draft) -> None:
    mention = _mention(draft, "United States")
    draft.set("mentions", mention, surface="the United States", start=str(int(mention["start"]) - 4))


@defect
def name_with_title(draft: Draft) -> None:
    mention = _mention(draft, "Yoon Suk-yeol")
    surface = "President Yoon Suk-yeol"
    draft.set("mentions", mention, surface=surface, start=str(int(mention["start"]) - 10))


@defect
def name_with_possessive(draft: Draft) -> None:
    mention = draft.row("mentions", "p2s2-m3")
    assert mention["surface"] == "Japan"
    draft.set("mentions", mention, surface="Japan\u2019s", end=str(int(mention["end"]) + 2))


# --- names and ids ---------------------------------------------------------------------------


@defect
def name_of_no_mention(draft: Draft) -> None:
    draft.set("parties", "china", name="Middle Kingdom")


@defect
def name_in_other_case(draft: Draft) -> None:
    draft.set("parties", "policymakers", name="Defense Analysts")


@defect
def event_title_with_article(draft: Draft) -> None:
    one, other, *_ = draft.rows("events")
    draft.set("events", other, title=f"The {one['title'].lower()}")


@defect
def event_described_as_another(draft: Draft) -> None:
    one, other, *_ = draft.rows("events")
    draft.set("events", other, description=one["description"])


@defect
def id_of_party_and_place(draft: Draft) -> None:
    draft.set("places", "indo-pacific", place_id="adversaries")
    for mention in draft.rows("mentions"):
        if mention["place_id"] == "indo-pacific":
            mention["place_id"] = "adversaries"
            draft.set("mentions", mention)


@defect
def state_in_a_medium(draft: Draft) -> None:
    draft.set("parties", "north-korea", parent_party_id="usni-news")


@defect
def state_without_its_country(draft: Draft) -> None:
    draft.set("parties", "japan", country="")


@defect
def coordinates_of_another_place(draft: Draft) -> None:
    east, strait = draft.row("places", "east-china-sea"), draft.row("places", "taiwan-strait")
    where = {column: east[column] for column in ("latitude", "longitude", "coordinate_basis")}
    draft.set("places", strait, **where)


@defect
def coordinates_of_null_island(draft: Draft) -> None:
    draft.set("places", "camp-david", latitude="0.0", longitude="0.0")


# --- spans -----------------------------------------------------------------------------------


@defect
def claims_all_in_one_span(draft: Draft) -> None:
    segment = draft.row("segments", "p7s2")
    for claim in draft.rows("claims"):
        if claim["segment_id"] == "p7s2":
            draft.set("claims", claim, **{name: segment[name] for name in ("start", "end", "sha256")})


@defect
def hash_of_nothing(draft: Draft) -> None:
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    draft.set("claims", "p0s1-1", sha256=nothing)


# --- wording ---------------------------------------------------------------------------------

_DESCRIPTIONS = {
    "description-of-dots": "....",
    "description-not-given": "Not given.",
    "description-to-be-determined": "To be determined.",
    "description-to-do": "TODO: describe the state.",
    "description-lorem-ipsum": "Lorem ipsum dolor sit amet.",
    "description-of-one-word": "State.",
    "description-in-capitals": "THE STATE OF CHINA.",
    "description-in-small-letters": "the state of China.",
    "description-word-twice": "The the state of China.",
    "description-mark-twice": "The state,, of China.",
    "description-space-before-mark": "The state , of China.",
    "description-open-bracket": "The state (of China.",
    "description-misread": "The state of a caf\u00c3\u00a9 in China.",
    "description-of-markup": "The state of <b>China</b>.",
    "description-of-entity": "The state of China &amp; more.",
    "description-of-escape": "The state of\\nChina.",
    "description-struck-through": "The s\u0336t\u0336ate of China.",
    "description-of-script-letter": "The state of \u211bhina.",
    "description-of-roman-numeral": "The state of China \u2168.",
    "description-of-phonetic-letter": "The st\u0251te of China.",
    "description-of-other-hyphen": "The nation\u2011state of China.",
    "description-of-twins-beside-accents": "The caf\u00e9 of the \u0441\u043e\u0440\u0443.",
}


def _described(draft: Draft, text: str) -> None:
    draft.set("parties", "china", description=text)


for _name, _text in _DESCRIPTIONS.items():
    register(_name, partial(_described, text=_text))

_STATEMENTS = {
    "statement-breaks-behind-number": "The drills stopped in 2016. The drills resumed.",
    "statement-breaks-behind-acronym": "The drills stopped in the EU. The drills resumed.",
    "statement-presumably": "The drills presumably stopped.",
    "statement-the-latter": "The latter drills stopped.",
}


def _stated(draft: Draft, text: str) -> None:
    draft.set("claims", "p0s1-2", statement=text)


for _name, _text in _STATEMENTS.items():
    register(_name, partial(_stated, text=_text))


@defect
def name_of_a_mark(draft: Draft) -> None:
    draft.set("parties", "adversaries", name="...")


@defect
def code_title_to_be_done(draft: Draft) -> None:
    draft.set("codes", draft.find("codes", codelist="status"), title="TBD")


@defect
def name_in_small_capitals(draft: Draft) -> None:
    draft.set("parties", draft.row("parties", "usni-news"), name="USNI Newꜱ")


@defect
def description_with_a_comment(draft: Draft) -> None:
    draft.set("parties", draft.row("parties", "usni-news"), description="A news service <!-- end -->.")


@defect
def name_called_a_pronoun(draft: Draft) -> None:
    draft.set("mentions", draft.find("mentions", surface="Yoon"), form="pronoun")
