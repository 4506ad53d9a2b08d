"""Defects of a table's bytes and lines, of its text, and of the form of ``data/dataset.json``."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from corpus.draft import Draft
from corpus.registry import defect, register
from jpkr_drills.descriptor import DATASET

TABLE, CSV = "parties", "data/parties.csv"

Change = Callable[[bytes], bytes]


def _file(name: str, change: Change) -> None:
    """A defect of a whole file."""
    register(name, lambda draft: draft.write(CSV, change(draft.read(CSV))), base="synthetic")


def _header(name: str, change: Change) -> None:
    """A defect of the header."""
    register(name, lambda draft: draft.edit_line(TABLE, 1, change), base="synthetic")


def _line(name: str, change: Change) -> None:
    """A defect of one plain line, which is given with its line end."""

    def spoil(draft: Draft) -> None:
        lines = draft.read(CSV).splitlines()
        # no quotes, an empty cell, and neither the first line nor the last
        number = next(i for i, line in enumerate(lines[1:-1], 2) if b'"' not in line and b",," in line)
        draft.edit_line(TABLE, number, change)

    register(name, spoil, base="synthetic")


# --- encoding and line ends ------------------------------------------------------------------

_file("csv-byte-order-mark", lambda content: b"\xef\xbb\xbf" + content)
_file("csv-crlf", lambda content: content.replace(b"\n", b"\r\n"))
_file("csv-cr-only", lambda content: content.replace(b"\n", b"\r"))
_file("csv-utf-16", lambda content: content.decode().encode("utf-16"))
_line("csv-one-crlf", lambda line: line[:-1] + b"\r\n")
_line("csv-carriage-return-in-cell", lambda line: line.replace(b".\n", b"\r.\n"))
_line("csv-invalid-utf-8", lambda line: line.replace(b".\n", b" \xff.\n"))
_line("csv-latin-1", lambda line: line.replace(b".\n", b" caf\xe9.\n"))
_line("csv-windows-1252", lambda line: line.replace(b".\n", b" \x93so\x94.\n"))
_line("csv-overlong-utf-8", lambda line: line.replace(b".\n", b" \xc0\xaf.\n"))
_line("csv-utf-8-surrogate", lambda line: line.replace(b".\n", b" \xed\xa0\x80.\n"))
_line("csv-cut-off-utf-8", lambda line: line.replace(b".\n", b" \xe2\x82\n"))

# --- lines, rows and quotes ------------------------------------------------------------------

_line("csv-unclosed-quote", lambda line: line.replace(b",", b',"', 1))
_line("csv-junk-after-quote", lambda line: b'"' + line.replace(b",", b'"x,', 1))
_line("csv-needless-quotes", lambda line: b'"' + line.replace(b",", b'",', 1))
_line("csv-quoted-empty-cell", lambda line: line.replace(b",,", b',"",', 1))
_line("csv-row-too-short", lambda line: line.replace(b",,", b",", 1))
_line("csv-row-too-long", lambda line: line.replace(b",,", b",,,", 1))
_line("csv-trailing-comma", lambda line: line[:-1] + b",\n")
_line("csv-unquoted-comma", lambda line: line.replace(b".\n", b", and more.\n"))
_line("csv-semicolons-in-row", lambda line: line.replace(b",", b";"))
_line("csv-blank-line", lambda line: b"\n" + line)
_line("csv-line-of-spaces", lambda line: b"  \n" + line)
_line("csv-comment-line", lambda line: b"# checked\n" + line)
_line("csv-merge-conflict", lambda line: b"<<<<<<< HEAD\n" + line)
_line("csv-cell-of-10-mb", lambda line: line.replace(b".\n", b"x" * 10_000_000 + b".\n"))


@defect
def csv_header_repeated(draft: Draft) -> None:
    draft.edit_line("claim_events", 2, lambda line: b"claim_id,event_id\n" + line)


@defect
def csv_quote_in_bare_cell(draft: Draft) -> None:
    document = draft.dataset()
    document["places"][0]["name"] = 'Camp "David"'
    draft.write_dataset(document)
    name = draft.rows("places")[0]["name"].encode()
    draft.edit_line("places", 2, lambda line: line.replace(name, b'Camp "David"'))


@defect
def csv_id_with_trailing_newline(draft: Draft) -> None:
    draft.edit_line(TABLE, 3, lambda line: b'"' + line.replace(b",", b'\n",', 1))
    draft.mark_line(4)


@defect
def csv_no_final_newline(draft: Draft) -> None:
    draft.edit_line(TABLE, len(draft.rows(TABLE)) + 1, lambda line: line[:-1])


@defect
def csv_blank_line_at_end(draft: Draft) -> None:
    draft.write(CSV, draft.read(CSV) + b"\n")
    draft.mark_line(len(draft.rows(TABLE)) + 2)


# --- the order of rows -----------------------------------------------------------------------


@defect
def rows_out_of_order(draft: Draft) -> None:
    draft.swap_lines("parties", 2, 3)
    document = draft.dataset()
    document["parties"][:2] = document["parties"][1::-1]
    draft.write_dataset(document)
    draft.mark_line(3)


@defect
def rows_in_text_order(draft: Draft) -> None:
    """Claim 10 of a sentence stands before claim 2, as sorting ids as text has it."""
    rows = draft.rows("claims")
    tenth, before = next(
        (number, number - 1)
        for number, (one, row) in enumerate(pairwise(rows), 3)
        if row["claim_id"] < one["claim_id"]
    )
    draft.swap_lines("claims", tenth, before)
    document = draft.dataset()
    claims = document["claims"]
    claims[before - 2], claims[tenth - 2] = claims[tenth - 2], claims[before - 2]
    draft.write_dataset(document)
    draft.mark_line(tenth)


# --- the header ------------------------------------------------------------------------------

_header("csv-header-missing", lambda line: b"")
_header("csv-header-misspelt", lambda line: line.replace(b"party_type", b"party_typ"))
_header("csv-header-upper-case", lambda line: line.upper())
_header("csv-header-reordered", lambda line: line.replace(b"party_id,name", b"name,party_id"))
_header("csv-header-duplicate-column", lambda line: line.replace(b"title", b"name"))
_header("csv-header-without-column", lambda line: line.replace(b",title", b""))
_header("csv-header-extra-column", lambda line: line.replace(b"\n", b",note\n"))
_header("csv-header-with-spaces", lambda line: line.replace(b",", b", "))
_header("csv-header-with-tabs", lambda line: line.replace(b",", b"\t"))
_header("csv-header-with-semicolons", lambda line: line.replace(b",", b";"))
_header("csv-header-quoted", lambda line: line.replace(b"party_id", b'"party_id"'))
_header("csv-header-look-alike", lambda line: line.replace(b"name", "n\u0430me".encode()))
_header("csv-blank-first-line", lambda line: b"\n" + line)

# --- text ------------------------------------------------------------------------------------

_TEXTS = {
    "text-nul": "Units\0 of a force.",
    "text-escape": "Units \x1b[31mof a force.",
    "text-tab": "Units\tof a force.",
    "text-delete": "Units\x7f of a force.",
    "text-next-line": "Units\x85of a force.",
    "text-decomposed": "Units of a cafe\u0301.",
    "text-angstrom-sign": "Units of an \u212bngstrom.",
    "text-zero-width-space": "Units\u200b of a force.",
    "text-zero-width-joiner": "Units\u200d of a force.",
    "text-soft-hyphen": "Un\u00adits of a force.",
    "text-byte-order-mark": "Units\ufeff of a force.",
    "text-right-to-left-override": "Units \u202eof a force.",
    "text-line-separator": "Units\u2028of a force.",
    "text-no-break-space": "Units\u00a0of a force.",
    "text-ideographic-space": "Units\u3000of a force.",
    "text-ogham-space": "Units\u1680of a force.",
    "text-tag-character": "Units\U000e0041 of a force.",
    "text-variation-selector": "Units\ufe0f of a force.",
    "text-hangul-filler": "Units\u3164 of a force.",
    "text-replacement-character": "Units of a caf\ufffd.",
    "text-private-use": "Units\ue000 of a force.",
    "text-unassigned": "Units\u0378 of a force.",
    "text-noncharacter": "Units\uffff of a force.",
    "text-cyrillic-look-alike": "Units of a f\u043erce.",
    "text-greek-look-alike": "Units of a f\u03bfrce.",
    "text-full-width-letters": "Units of a \uff46orce.",
    "text-mathematical-letters": "Units of a \U0001d41f\U0001d428rce.",
    "text-arabic-digit": "Units of a force of \u0662.",
    "text-braille-blank": "Units\u2800of a force.",
    "text-null-note": "Units\U0001d159 of a force.",
    "text-mark-on-nothing": "Units of a \u0336force.",
    "text-stacked-marks": "Units of a f\u0336\u0337\u0338\u0334orce.",
    "text-ligature": "Units of an o\ufb03ce.",
    "text-cyrillic-word": "Units of a \u0441\u043e\u0440\u0443.",
    "text-formula-full-width": "\uff1d1+1.",
    "text-leading-space": " Units of a force.",
    "text-trailing-space": "Units of a force. ",
    "text-double-space": "Units  of a force.",
    "text-formula-equals": "=1+1.",
    "text-formula-plus": "+1 unit of a force.",
    "text-formula-minus": "-1 unit of a force.",
    "text-formula-at": "@SUM of a force.",
    "text-formula-after-quote": '=HYPERLINK("https://example.org","x").',
}


def _defined(draft: Draft, text: str) -> None:
    draft.set("codes", draft.rows("codes")[1], definition=text)


for _name, _text in _TEXTS.items():
    register(_name, partial(_defined, text=_text), base="synthetic")

# --- data/dataset.json -----------------------------------------------------------------------


def _json(name: str, change: Change) -> None:
    register(name, lambda draft: draft.write(DATASET, change(draft.read(DATASET))))


_json("json-empty-file", lambda content: b"")
_json("json-cut-off", lambda content: content[:-5])
_json("json-byte-order-mark", lambda content: b"\xef\xbb\xbf" + content)
_json("json-utf-16", lambda content: content.decode().encode("utf-16"))
_json("json-nested-too-deeply", lambda content: b"[" * 100_000 + b"]" * 100_000)
_json("json-two-documents", lambda content: content + content)
_json("json-crlf", lambda content: content.replace(b"\n", b"\r\n"))
_json("json-no-final-newline", lambda content: content[:-1])
_json("json-minified", lambda content: json.dumps(json.loads(content), ensure_ascii=False).encode())
_json("json-other-indent", lambda content: json.dumps(json.loads(content), indent=4).encode())

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
    "json-exponent": (b": 30.0", b": 3e1"),
}
for _name, (_old, _new) in _REPLACED.items():
    register(_name, partial(Draft.replace, path=DATASET, old=_old, new=_new))
