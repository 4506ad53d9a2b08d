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
def party_never_mentioned_by_name(draft: Draft) -> None:
    """It has mentions in other words."""
    for segment in ("p0s1", "p1s1"):
        draft.mark("segments", segment)
        draft.drop("mentions", f"{segment}-m2")


@beside_article
def mention_left_out(draft: Draft) -> None:
    draft.mark("segments", "p1s1")
    draft.drop("mentions", "p1s1-m2")


@beside_article
def claim_of_no_word(draft: Draft) -> None:
    """The full stop behind the claim's words."""
    row = draft.row("claims", "p2s1-1")
    _spanning(draft, "p2s1-1", int(row["end"]) - int(row["start"]), 1)


@beside_article
def claim_ends_with_comma(draft: Draft) -> None:
    row = draft.row("claims", "p1s1-2")
    _spanning(draft, "p1s1-2", 0, TEXT.index(",", int(row["start"])) + 1 - int(row["end"]))


@beside_article
def segment_of_another_paragraph(draft: Draft) -> None:
    """The second sentence of a line is numbered as if it started a paragraph."""
    _renumber(draft, "p2s1", "p3s1")
    _renumber(draft, "p1s2", "p2s1")
    draft.mark("segments", "p2s1")


def _renumber(draft: Draft, old: str, new: str) -> None:
    for table in ("segments", "claims", "mentions", "claim_parties", "claim_events", "claim_relations"):
        for row in draft.rows(table):
            for column, cell in row.items():
                if column.endswith("_id") and cell.partition("-")[0] == old:
                    row[column] = cell.replace(old, new)
        draft.touch(table)
    row = draft.row("segments", new)
    row.update(paragraph=new[1], sentence=new[3])


@beside_article
def segment_over_two_lines(draft: Draft) -> None:
    """The last two sentences as one segment."""
    last, before = draft.row("segments", "p2s1"), draft.row("segments", "p1s2")
    digest = hashlib.sha256(TEXT[int(before["start"]) : int(last["end"])].encode()).hexdigest()
    draft.set("segments", before, end=last["end"], sha256=digest)
    draft.drop("segments", last)
    for table, key in (("claims", "claim_id"), ("mentions", "mention_id")):
        for number, row in enumerate(row for row in draft.rows(table) if row["segment_id"] == "p2s1"):
            mark = "m" if table == "mentions" else ""
            row.update({"segment_id": "p1s2", key: f"p1s2-{mark}{number + 8}"})
        draft.touch(table)
    for table in ("claim_parties", "claim_events"):
        for row in draft.rows(table):
            row["claim_id"] = row["claim_id"].replace("p2s1-1", "p1s2-8")
        draft.touch(table)


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
    copied = SENTENCES["p1s2"].replace(",", "").title()
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


@beside_article
def notes_copy_behind_entities(draft: Draft) -> None:
    draft.add_resource(f"# Notes\n\n{SENTENCES['p1s1'].replace(' ', '&nbsp;')}\n")


@beside_article
def notes_copy_in_look_alikes(draft: Draft) -> None:
    draft.add_resource(f"# Notes\n\n{SENTENCES['p1s1'].translate({ord('o'): 'о', ord('e'): 'е'})}\n")


@beside_article
def statement_copied_in_broken_words(draft: Draft) -> None:
    broken = SENTENCES["p1s1"].replace("er", "e-r").replace("ag", "a-g")
    assert broken.count("-") == 4
    draft.set("claims", "p1s1-1", statement=broken)


@beside_article
def date_expression_cut(draft: Draft) -> None:
    draft.set("events", "council-meeting", date_expression="n March 2024")


@beside_article
def date_expression_is_name(draft: Draft) -> None:
    cells = {"date_basis": "relative", "date": "", "date_expression": "Caf\u00e9 M\u00f6we"}
    draft.set("events", "council-meeting", **cells)


@beside_article
def resource_description_copies(draft: Draft) -> None:
    draft.add_resource(description=f"It begins: {SENTENCES['p1s1']}")


@beside_article
def source_title_copies(draft: Draft) -> None:
    """More words than a title has: as one, it would excuse every other copy too."""
    title = f"{SENTENCES['p1s1']} A day in the life of one or two or more of us"
    draft.descriptor["sources"].append({"title": title, "relation": "cited"})


@beside_article
def mention_of_a_name_elsewhere(draft: Draft) -> None:
    """What isn't there is no name that is missing where it is."""
    row = draft.row("mentions", "p0s1-m3")
    start = int(row["start"]) + len("Old ")
    draft.add(
        "mentions",
        row,
        mention_id="p0s1-m4",
        start=str(start),
        end=str(start + len("Ferry")),
        surface="Mayor",
    )


# --- a descriptor that the article can't be found in -----------------------------------------


@beside_article
def source_not_object(draft: Draft) -> None:
    draft.descriptor["sources"].append("A report")
