"""Defects of a table's bytes and lines, of its text, and of the form of ``data/dataset.json``."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from corpus.draft import Draft
from corpus.registry import defect, register
from jpkr_drills.jsonfile import MARKS_LIMIT
from jpkr_drills.package.files import DATASET

TABLE, CSV = "parties", "data/parties.csv"
PLAIN = 2
"""A line without quotes that has an empty cell and ends with a full stop."""

Change = Callable[[bytes], bytes]


def _file(name: str, change: Change, path: str = CSV) -> None:
    """A defect of a whole file."""
    register(name, lambda draft: draft.write(path, change(draft.read(path))))


def _line(name: str, change: Change, number: int = PLAIN) -> None:
    """A defect of one line, which is given with its line end."""
    register(name, lambda draft: draft.edit_line(TABLE, number, change))


# --- encoding and line ends --------------------------------------------------------------------

_file("csv-byte-order-mark", lambda content: b"\xef\xbb\xbf" + content)
_file("csv-crlf", lambda content: content.replace(b"\n", b"\r\n"))
_file("csv-cr-only", lambda content: content.replace(b"\n", b"\r"))
_file("csv-utf-16", lambda content: content.decode().encode("utf-16"))
_line("csv-one-crlf", lambda line: line[:-1] + b"\r\n")
for _name, _end in {
    "csv-invalid-utf-8": b" \xff.\n",
    "csv-latin-1": b" caf\xe9.\n",
    "csv-windows-1252": b" \x93so\x94.\n",
    "csv-overlong-utf-8": b" \xc0\xaf.\n",
    "csv-utf-8-surrogate": b" \xed\xa0\x80.\n",
    "csv-cut-off-utf-8": b" \xe2\x82\n",
    "csv-unquoted-comma": b", and more.\n",
    "csv-trailing-comma": b".,\n",
}.items():
    _line(_name, lambda line, end=_end: line.replace(b".\n", end))  # type: ignore[misc]

# --- lines, rows and quotes ----------------------------------------------------------------------

_line("csv-unclosed-quote", lambda line: line.replace(b",", b',"', 1))
_line("csv-junk-after-quote", lambda line: b'"' + line.replace(b",", b'"x,', 1))
_line("csv-needless-quotes", lambda line: b'"' + line.replace(b",", b'",', 1))
_line("csv-quoted-empty-cell", lambda line: line.replace(b",,", b',"",', 1))
_line("csv-id-with-trailing-newline", lambda line: b'"' + line.replace(b",", b'\n",', 1))
_line("csv-row-too-short", lambda line: line.replace(b",,", b",", 1))
_line("csv-row-too-long", lambda line: line.replace(b",,", b",,,", 1))
_line("csv-semicolons-in-row", lambda line: line.replace(b",", b";"))
for _name, _before in {
    "csv-blank-line": b"\n",
    "csv-line-of-spaces": b"  \n",
    "csv-line-of-empty-cells": b",,,,,,,\n",
    "csv-comment-line": b"# checked\n",
    "csv-merge-conflict": b"<<<<<<< HEAD\n",
}.items():
    _line(_name, lambda line, before=_before: before + line)  # type: ignore[misc]
_line("csv-no-final-newline", lambda line: line[:-1], 7)
_line("csv-blank-line-at-end", lambda line: line + b"\n", 7)


@defect
def csv_every_cell_quoted(draft: Draft) -> None:
    """As R writes it: one defect, not one a line."""
    lines = [b",".join(b'"' + cell + b'"' for cell in line.split(b",")) for line in draft.read(CSV).splitlines()]
    draft.write(CSV, b"\n".join(lines) + b"\n")


@defect
def csv_quote_in_bare_cell(draft: Draft) -> None:
    draft.set("parties", "aldermoor", description='One "of" the two towns.')
    draft.seal()
    draft.replace(CSV, b'"One ""of"" the two towns."', b'One "of" the two towns.')
    draft.mark_line(2)


@defect
def csv_header_repeated(draft: Draft) -> None:
    draft.edit_line("claim_events", 2, lambda line: b"claim_id,event_id\n" + line)


@defect
def rows_out_of_order(draft: Draft) -> None:
    draft.swap_lines("parties", 2, 3)


@defect
def rows_in_text_order(draft: Draft) -> None:
    """Claim 10 of a sentence stands before claim 2, as sorting ids as text has it."""
    last = draft.row("claims", "p0s1-1")
    draft.add("claims", last, claim_id="p0s1-10", statement="The bridge will open.", proposition_id="p0s1-1")
    other = {"end": "9", "sha256": "0" * 64, "proposition_id": "p0s1-1"}
    draft.add("claims", last, claim_id="p0s1-2", statement="The bridge will be open.", **other)
    for claim in ("p0s1-10", "p0s1-2"):
        draft.add("claim_events", claim_id=claim, event_id="bridge-reopening")
    draft.seal()
    draft.swap_lines("claims", 3, 4)


# --- the header ----------------------------------------------------------------------------------

for _name, _change in {
    "csv-header-missing": lambda line: b"",
    "csv-header-misspelt": lambda line: line.replace(b"party_type", b"party_typ"),
    "csv-header-upper-case": lambda line: line.upper(),
    "csv-header-reordered": lambda line: line.replace(b"party_id,name", b"name,party_id"),
    "csv-header-duplicate-column": lambda line: line.replace(b"title", b"name"),
    "csv-header-without-column": lambda line: line.replace(b",title", b""),
    "csv-header-extra-column": lambda line: line.replace(b"\n", b",note\n"),
    "csv-header-with-spaces": lambda line: line.replace(b",", b", "),
    "csv-header-with-tabs": lambda line: line.replace(b",", b"\t"),
    "csv-header-with-semicolons": lambda line: line.replace(b",", b";"),
    "csv-header-quoted": lambda line: line.replace(b"party_id,name", b'"party_id",name'),
    "csv-header-look-alike": lambda line: line.replace(b"name", "n\u0430me".encode()),
    "csv-blank-first-line": lambda line: b"\n" + line,
}.items():
    _line(_name, _change, 1)

# --- text of our own -----------------------------------------------------------------------------

_TEXTS = {
    "text-nul": "Units\0 of a force.",
    "text-escape": "Units \x1b[31mof a force.",
    "text-carriage-return": "Units\rof a force.",
    "text-of-10-mb": "x" * 10_000_000 + ".",
    "text-tab": "Units\tof a force.",
    "text-delete": "Units\x7f of a force.",
    "text-next-line": "Units\x85of a force.",
    "text-line-separator": "Units\u2028of a force.",
    "text-decomposed": "Units of a cafe\u0301.",
    "text-angstrom-sign": "Units of an \u212bngstrom.",
    "text-leading-space": " Units of a force.",
    "text-trailing-space": "Units of a force. ",
    "text-zero-width-space": "Units\u200b of a force.",
    "text-soft-hyphen": "Un\u00adits of a force.",
    "text-byte-order-mark": "Units\ufeff of a force.",
    "text-right-to-left-override": "Units \u202eof a force.",
    "text-tag-character": "Units\U000e0041 of a force.",
    "text-private-use": "Units\ue000 of a force.",
    "text-unassigned": "Units\u0378 of a force.",
    "text-noncharacter": "Units\uffff of a force.",
    "text-cyrillic-look-alike": "Units of a f\u043erce.",
    "text-greek-look-alike": "Units of a f\u03bfrce.",
    "description-misread": "The state of a caf\u00c3\u00a9 in China.",
    "description-of-markup": "The state of <b>China</b>.",
    "description-of-entity": "The state of China &amp; more.",
    "description-with-a-comment": "A news service <!-- end -->.",
    "description-unknown": "Unknown.",
    "description-to-be-determined": "TBD",
}


def _described(draft: Draft, text: str) -> None:
    draft.set("parties", "norway", description=text)


for _name, _text in _TEXTS.items():
    register(_name, partial(_described, text=_text))

# --- data/dataset.json -----------------------------------------------------------------------------

for _name, _rewritten in {
    "json-empty-file": lambda content: b"",
    "json-cut-off": lambda content: content[:-5],
    "json-byte-order-mark": lambda content: b"\xef\xbb\xbf" + content,
    "json-utf-16": lambda content: content.decode().encode("utf-16"),
    "json-nested-too-deeply": lambda content: b"[" * 100_000 + b"]" * 100_000,
    "json-of-too-many-values": lambda content: b"[" + b"[]," * (MARKS_LIMIT // 2) + b"[]]",
    "json-two-documents": lambda content: content + content,
    "json-crlf": lambda content: content.replace(b"\n", b"\r\n"),
    "json-no-final-newline": lambda content: content[:-1],
    "json-minified": lambda content: json.dumps(json.loads(content), ensure_ascii=False).encode(),
    "json-other-indent": lambda content: json.dumps(json.loads(content), indent=4).encode(),
}.items():
    _file(_name, _rewritten, DATASET)

_REPLACED = {
    "json-invalid-utf-8": (b'"name": "', b'"name": "\xff'),
    "json-lone-surrogate": (b'"name": "', rb'"name": "\udfff'),
    "json-trailing-comma": (b"}\n  ],", b"},\n  ],"),
    "json-with-comment": (b"{", b"/* tables */ {"),
    "json-single-quotes": (b'"segments"', b"'segments'"),
    "json-nan": (b'"start": 0', b'"start": NaN'),
    "json-infinity": (b'"start": 0', b'"start": -Infinity'),
    "json-number-too-large": (b'"start": 0', b'"start": 1e999'),
    "json-number-too-long": (b'"start": 0', b'"start": ' + b"9" * 5000),
    "json-leading-zero": (b'"start": 0', b'"start": 00'),
    "json-duplicate-table": (b"{", b'{\n  "places": [],'),
    "json-duplicate-field": (b'"start": 0', b'"start": 0,\n      "start": 0'),
    "json-escaped-letter": (b'"segment_id"', rb'"\u0073egment_id"'),
    "json-exponent": (b": 9.0", b": 9e0"),
}
for _name, (_old, _new) in _REPLACED.items():
    register(_name, partial(Draft.replace, path=DATASET, old=_old, new=_new))
