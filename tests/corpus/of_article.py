"""Defects that only the article's own text shows, in the synthetic package; hashes are right."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.draft import Draft, Json
from corpus.registry import beside_article
from synthetic import SENTENCES, TEXT


def _article(draft: Draft) -> Path:
    """A copy of the article, to be spoilt."""
    assert draft.article is not None
    draft.article = draft.root.parent / draft.article.name
    draft.article.write_bytes(TEXT.encode())
    return draft.article


def _source(draft: Draft) -> Json:
    (source,) = draft.descriptor["sources"]
    assert isinstance(source, dict)
    return source


# --- another article -------------------------------------------------------------------------


@beside_article
def article_other_text(draft: Draft) -> None:
    _article(draft).write_text("Something else altogether.\n", encoding="utf-8")


@beside_article
def article_one_letter_changed(draft: Draft) -> None:
    _article(draft).write_text(TEXT.replace("closed", "closes"), encoding="utf-8")


@beside_article
def article_crlf(draft: Draft) -> None:
    _article(draft).write_bytes(TEXT.replace("\n", "\r\n").encode())


@beside_article
def article_byte_order_mark(draft: Draft) -> None:
    _article(draft).write_bytes(TEXT.encode("utf-8-sig"))


@beside_article
def article_empty(draft: Draft) -> None:
    _article(draft).write_bytes(b"")


@beside_article
def article_latin_1(draft: Draft) -> None:
    _article(draft).write_bytes(TEXT.encode("latin-1"))


@beside_article
def article_hash_changed(draft: Draft) -> None:
    _source(draft)["sha256"] = "0" * 64


@beside_article
def article_length_in_bytes(draft: Draft) -> None:
    _source(draft)["characters"] = len(TEXT.encode())


# --- spans -----------------------------------------------------------------------------------


@beside_article
def segment_other_hash(draft: Draft) -> None:
    row = draft.row("segments", "p1s1")
    draft.set("segments", row, sha256=hashlib.sha256(SENTENCES["p2s1"].encode()).hexdigest())


@beside_article
def segment_hash_with_space(draft: Draft) -> None:
    row = draft.row("segments", "p1s1")
    text = TEXT[int(row["start"]) : int(row["end"])] + " "
    draft.set("segments", row, sha256=hashlib.sha256(text.encode()).hexdigest())


@beside_article
def segment_cut_short(draft: Draft) -> None:
    """With the hash of what is left: the full stop belongs to no segment."""
    row = draft.row("segments", "p2s1")
    left = TEXT[int(row["start"]) : int(row["end"]) - 1]
    digest = hashlib.sha256(left.encode()).hexdigest()
    draft.set("segments", row, end=str(int(row["end"]) - 1), sha256=digest)


@beside_article
def segment_gap(draft: Draft) -> None:
    """The same in mid-text: the next segment starts behind a gap."""
    row = draft.row("segments", "p1s1")
    draft.mark("segments", "p1s2")
    left = TEXT[int(row["start"]) : int(row["end"]) - 1]
    digest = hashlib.sha256(left.encode()).hexdigest()
    draft.set("segments", row, end=str(int(row["end"]) - 1), sha256=digest)


@beside_article
def segment_beyond_article(draft: Draft) -> None:
    draft.set("segments", "p2s1", end=str(len(TEXT) + 1))


@beside_article
def claim_other_hash(draft: Draft) -> None:
    draft.set("claims", "p1s1-1", sha256="0" * 64)


@beside_article
def claim_span_moved(draft: Draft) -> None:
    row = draft.row("claims", "p1s1-2")
    draft.set("claims", row, start=str(int(row["start"]) + 1))


@beside_article
def claim_in_bytes(draft: Draft) -> None:
    """Offsets in bytes instead of characters: wrong behind the first letter that isn't ASCII."""
    row = draft.row("claims", "p1s2-2")
    start, end = (str(len(TEXT[: int(row[name])].encode())) for name in ("start", "end"))
    draft.set("claims", row, start=start, end=end)


@beside_article
def mention_surface_other_case(draft: Draft) -> None:
    row = draft.row("mentions", "p1s1-m1")
    draft.set("mentions", row, surface=row["surface"].upper())


@beside_article
def mention_span_moved(draft: Draft) -> None:
    row = draft.row("mentions", "p1s1-m2")
    start, end = int(row["start"]) + 1, int(row["end"]) + 1
    draft.set("mentions", row, start=str(start), end=str(end))


@beside_article
def mention_look_alike_surface(draft: Draft) -> None:
    row = draft.row("mentions", "p2s1-m1")
    draft.set("mentions", row, surface="Cafe M\u00f6we")


def _spanning(draft: Draft, claim: str, start: int, end: int) -> None:
    """Move the edges of a claim's span, with the hash of the text between them."""
    row = draft.row("claims", claim)
    first, last = int(row["start"]) + start, int(row["end"]) + end
    digest = hashlib.sha256(TEXT[first:last].encode()).hexdigest()
    draft.set("claims", row, start=str(first), end=str(last), sha256=digest)


@beside_article
def claim_starts_inside_word(draft: Draft) -> None:
    _spanning(draft, "p1s1-2", 1, 0)


@beside_article
def claim_ends_inside_word(draft: Draft) -> None:
    _spanning(draft, "p1s1-2", 0, -1)


@beside_article
def claim_starts_with_space(draft: Draft) -> None:
    _spanning(draft, "p1s1-2", -1, 0)


@beside_article
def claim_ends_with_space(draft: Draft) -> None:
    _spanning(draft, "p1s1-1", 0, 1)


@beside_article
def mention_left_out(draft: Draft) -> None:
    draft.mark("segments", "p1s1")
    draft.drop("mentions", "p1s1-m2")


# --- words -----------------------------------------------------------------------------------


@beside_article
def date_expression_elsewhere(draft: Draft) -> None:
    draft.set("events", "council-meeting", date="2011", date_expression="since 2011")


@beside_article
def date_expression_reworded(draft: Draft) -> None:
    draft.set("events", "council-meeting", date_expression="during March 2024")


@beside_article
def statement_copied(draft: Draft) -> None:
    draft.set("claims", "p1s1-1", statement=SENTENCES["p1s1"])


@beside_article
def statement_copied_in_other_case(draft: Draft) -> None:
    copied = SENTENCES["p1s2"].replace(",", "").upper()
    draft.set("claims", "p1s2-1", statement=copied)


@beside_article
def description_copied(draft: Draft) -> None:
    draft.set("events", "council-meeting", description=f"We know that {SENTENCES['p2s1']}")


@beside_article
def statement_copied_with_accents(draft: Draft) -> None:
    copied = SENTENCES["p1s1"].replace("o", "\u00f3").replace("i", "\u00ec")
    draft.set("claims", "p1s1-1", statement=copied)


@beside_article
def descriptor_copies(draft: Draft) -> None:
    draft.descriptor["description"] = f"It begins: {SENTENCES['p1s1']}"


@beside_article
def notes_copy(draft: Draft) -> None:
    draft.add_resource(f"# Notes\n\nIt begins: {SENTENCES['p1s1']}\n")


# --- a descriptor that the article can't be found in -----------------------------------------


@beside_article
def source_not_object(draft: Draft) -> None:
    draft.descriptor["sources"].append("A report")
