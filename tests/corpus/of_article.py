"""Defects that only the article's own text shows; hashes are right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from corpus.draft import Draft
from corpus.registry import Spoil, beside_article, register_all
from synthetic import SENTENCES, TEXT
from tables import both, gone, put


def _article(change: Callable[[str], bytes]) -> Spoil:
    """The file given beside the package is another one."""

    def spoil(draft: Draft) -> None:
        place = draft.root.parent / "article.txt"
        place.write_bytes(change(TEXT))
        draft.article = Path(place)

    return spoil


def _source(**properties: object) -> Spoil:
    return lambda draft: draft.source("coded").update(properties)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _spanning(table: str, key: str, start: int, end: int) -> Spoil:
    """Move the edges of a span, with the hash of the text between them."""

    def spoil(draft: Draft) -> None:
        row = draft.row(table, key)
        first, last = int(row["start"]) + start, int(row["end"]) + end
        said = {"surface": TEXT[first:last]} if table == "mentions" else {"sha256": _hash(TEXT[first:last])}
        draft.set(table, row, start=str(first), end=str(last), **said)

    return spoil


def _shifted(table: str, key: str, start: int, end: int) -> Spoil:
    """Move the edges of a span, and nothing else."""

    def spoil(draft: Draft) -> None:
        row = draft.row(table, key)
        draft.set(table, row, start=str(int(row["start"]) + start), end=str(int(row["end"]) + end))

    return spoil


_MARCH = "council-meeting"
_COPY = f"It begins: {SENTENCES['p1s1']}"
register_all(
    {
        # another article
        "article-other-text": _article(lambda text: b"Something else altogether.\n"),
        "article-one-letter-changed": _article(lambda text: text.replace("closed", "closes").encode()),
        "article-crlf": _article(lambda text: text.replace("\n", "\r\n").encode()),
        "article-byte-order-mark": _article(lambda text: text.encode("utf-8-sig")),
        "article-without-final-newline": _article(lambda text: text.rstrip().encode()),
        "article-empty": _article(lambda text: b""),
        "article-latin-1": _article(lambda text: text.encode("latin-1")),
        "article-hash-changed": _source(sha256="0" * 64),
        "article-length-in-bytes": _source(characters=len(TEXT.encode())),
        "source-not-object": lambda draft: draft.descriptor["sources"].append("A report"),
        # spans
        "segment-other-hash": put("segments", "p1s1", sha256=_hash(SENTENCES["p2s1"])),
        "segment-hash-with-space": put("segments", "p1s1", sha256=_hash(SENTENCES["p1s1"] + " ")),
        "segment-cut-short": _spanning("segments", "p3s2", 0, -1),
        "segment-gap": _spanning("segments", "p1s1", 0, -1),
        "segment-beyond-article": put("segments", "p3s2", end=str(len(TEXT) + 1)),
        "claim-beyond-article": put("claims", "p3s2-2", end="999999"),
        "mention-beyond-article": put("mentions", "p3s1-m2", start="999000", end="999019"),
        "claim-other-hash": put("claims", "p1s1-1", sha256="0" * 64),
        "claim-span-moved": _shifted("claims", "p1s1-2", 1, 0),
        # Offsets in bytes instead of characters: wrong behind the first letter that isn't ASCII.
        "claim-in-bytes": _shifted("claims", "p1s2-2", 1, 1),
        "mention-surface-other-case": put("mentions", "p1s1-m1", surface="ALDERMOOR"),
        "mention-span-moved": _shifted("mentions", "p1s1-m2", 1, 1),
        "mention-look-alike-surface": put("mentions", "p2s1-m1", surface="Cafe M\u00f6we"),
        "claim-starts-inside-word": _spanning("claims", "p1s1-2", 1, 0),
        "claim-ends-inside-word": _spanning("claims", "p1s1-2", 0, -1),
        "claim-starts-with-space": _spanning("claims", "p1s1-2", -1, 0),
        "claim-ends-with-space": _spanning("claims", "p1s1-1", 0, 1),
        # names
        "mention-left-out": both(lambda draft: draft.mark("segments", "p1s1"), gone("mentions", "p1s1-m2")),
        "party-never-mentioned-by-name": both(
            lambda draft: [draft.mark("segments", one) for one in ("p0s1", "p1s1")],
            gone("mentions", "p0s1-m2", "p1s1-m2"),
        ),
        # words
        "date-expression-elsewhere": put("events", _MARCH, date="2011", date_expression="since 2011"),
        "date-expression-reworded": put("events", _MARCH, date_expression="during March 2024"),
        "statement-copied": put("claims", "p1s1-1", statement=SENTENCES["p1s1"]),
        "statement-copied-in-other-case": put("claims", "p1s2-1", statement=SENTENCES["p1s2"].title()),
        "statement-copied-with-accents": put("claims", "p1s1-1", statement=SENTENCES["p1s1"].replace("o", "\u00f3")),
        "description-copied": put("events", _MARCH, description=f"We know that {SENTENCES['p2s1']}"),
        "note-copied": put("claim_relations", "p1s1-1/elaborates/p0s1-1", note=_COPY),
        "descriptor-copies": lambda draft: draft.descriptor.update(description=_COPY),
        "notes-copy": lambda draft: draft.add_resource(f"# Notes\n\n{_COPY}\n".encode()),
        "resource-description-copies": lambda draft: draft.add_resource(description=_COPY),
    },
    article=True,
)


@beside_article
def segment_of_another_paragraph(draft: Draft) -> None:
    """The second sentence of a line is numbered as if it started a paragraph."""
    for old, new in (("p3s1", "p4s1"), ("p3s2", "p4s2"), ("p2s1", "p3s1"), ("p2s2", "p3s2"), ("p1s2", "p2s1")):
        _renumber(draft, old, new)
    draft.mark("segments", "p2s1")


def _renumber(draft: Draft, old: str, new: str) -> None:
    for table in (
        *("segments", "claims", "mentions", "claim_parties", "claim_events", "claim_places"),
        "claim_relations",
    ):
        for row in draft.rows(table):
            for column, cell in row.items():
                if column.endswith("_id") and cell.partition("-")[0] == old:
                    row[column] = cell.replace(old, new, 1)
        draft.touched(table)
    draft.row("segments", new).update(paragraph=new[1], sentence=new[3])


@beside_article
def segment_over_two_paragraphs(draft: Draft) -> None:
    """The last two sentences before a blank line and the next one are one segment."""
    before, after = draft.row("segments", "p2s2"), draft.row("segments", "p3s1")
    digest = _hash(TEXT[int(before["start"]) : int(after["end"])])
    draft.set("segments", before, end=after["end"], sha256=digest)
    draft.drop("segments", after)
    for table in ("claims", "mentions", "claim_parties", "claim_places", "claim_relations"):
        for row in draft.rows(table):
            for column, cell in row.items():
                if column.endswith("_id") and cell.partition("-")[0] == "p3s1":
                    _home, _, number = cell.partition("-")
                    mark = number.strip("0123456789")
                    row[column] = f"p2s2-{mark}{int(number.strip('m')) + 8}" if number else "p2s2"
        draft.touched(table)
    draft.touched("segments")
    _renumber(draft, "p3s2", "p2s3")
