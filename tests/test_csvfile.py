"""CSV in its canonical form: every fault has its rule, its line and nothing else is one."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import zipped
from jpkr_drills import csvfile
from jpkr_drills.csvfile import Reading, read, write
from jpkr_drills.rules import RULES

HEADER = ("id", "text")


def reading(content: bytes) -> Reading:
    return read(io.BytesIO(content), HEADER)


@pytest.mark.parametrize(
    ("content", "rule", "line", "field", "whole"),
    [
        (b"", "csv-empty", None, None, False),
        (b"\xef\xbb\xbfid,text\na,b\n", "csv-bom", 1, None, True),
        (b"id,text\n\xef\xbb\xbfa,b\n", "text-hidden-character", 2, "id", True),
        (b"id,text\na,\xff\n", "csv-encoding", 2, None, False),
        (b"id,text\na,\xed\xa0\x80\n", "csv-encoding", 2, None, False),
        (b"id,text\r\na,b\r\n", "csv-line-ending", 1, None, True),
        (b"id,text\na,b\r\n", "csv-line-ending", 2, None, True),
        (b"id,text\na,b\rc,d\n", "csv-line-ending", 2, None, False),
        (b"id,text\ra,b\r", "csv-line-ending", 1, None, False),
        (b"id,text\na,b\0\n", "csv-control-character", 2, "text", True),
        (b"id,text\na\t,b\n", "csv-control-character", 2, "id", True),
        (b"id,text\na,b", "csv-final-newline", 2, None, True),
        (b"text,id\na,b\n", "csv-header", 1, None, False),
        (b"id,text,more\na,b\n", "csv-header", 1, None, False),
        (b"id,id\na,b\n", "csv-header", 1, None, False),
        (b"id, text\na,b\n", "csv-header", 1, None, False),
        (b"ID,text\na,b\n", "csv-header", 1, None, False),
        (b"id;text\na;b\n", "csv-header", 1, None, False),
        (b"\nid,text\n", "csv-blank-line", 1, None, False),
        (b"id,text\n\na,b\n", "csv-blank-line", 2, None, True),
        (b"id,text\na,b\n\n", "csv-blank-line", 3, None, True),
        (b"id,text\na\n", "csv-row-width", 2, None, False),
        (b"id,text\na,b,c\n", "csv-row-width", 2, None, False),
        (b'id,text\na,"b\n', "csv-quoting", 2, None, False),
        (b'id,text\na,"b"c\n', "csv-quoting", 2, None, False),
        (b'id,text\na,"b"\n', "csv-not-canonical", 2, None, True),
        (b'id,text\na,b"c\n', "csv-not-canonical", 2, None, True),
        (b'"id",text\na,b\n', "csv-not-canonical", 1, None, True),
        ("id,text\na,e\u0301\n".encode(), "text-not-nfc", 2, "text", True),
        ("id,text\na,b\u200bc\n".encode(), "text-hidden-character", 2, "text", True),
        ("id,text\na,b\u202ec\n".encode(), "text-hidden-character", 2, "text", True),
        ("id,text\na\u0430,b\n".encode(), "text-mixed-script", 2, "id", True),
    ],
)
def test_each_fault_has_its_rule_and_place(
    content: bytes, rule: str, line: int | None, field: str | None, whole: bool
) -> None:
    found = reading(content)
    assert [(f.rule, f.line, f.field) for f in found.faults] == [(rule, line, field)]
    assert found.whole is whole
    assert rule in RULES


def test_a_line_that_cannot_be_a_row_does_not_hide_the_others() -> None:
    found = reading(b"id,text\na,b\nc\nd,\xff\ne,f\n")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("a", "b")), (5, ("e", "f"))]
    assert [fault.line for fault in found.faults] == [3, 4]


def test_under_a_wrong_header_no_row_is_read_but_the_whole_file_is_hashed() -> None:
    content = b"x,y\na,b\nc\n"
    found = reading(content)
    assert not found.rows
    assert len(found.faults) == 1
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_quoted_commas_and_quotes_are_read() -> None:
    found = reading(b'id,text\na,"b, ""c"""\n')
    assert not found.faults
    assert found.rows[0].cells == ("a", 'b, "c"')


def test_the_quoting_that_is_asked_for_is_named() -> None:
    (fault,) = reading(b'id,text\n"a","b,c"\n').faults
    assert fault.message.endswith('a,"b,c"')


@pytest.mark.parametrize(
    ("content", "byte", "shown"),
    [(b"\xffa,b", 1, 4 + 3), (b"a,b\xff", 4, 4 + 3), (b"a," + b"x" * 60 + b"\xff", 63, 40)],
)
def test_the_byte_that_is_not_utf_8_is_counted_from_1(content: bytes, byte: int, shown: int) -> None:
    (fault,) = reading(b"id,text\n" + content + b"\n").faults
    assert f"byte {byte} " in fault.message
    assert len(str(fault.value)) == len("b''") + shown


def test_a_line_ending_is_told_once_and_a_carriage_return_inside_each_time() -> None:
    found = reading(b"id,text\r\na,b\r\nc\r,d\r\ne\r,f\n")
    assert [(f.rule, f.line) for f in found.faults] == [
        ("csv-line-ending", 1),
        ("csv-line-ending", 3),
        ("csv-line-ending", 4),
    ]


def test_a_line_ending_is_told_beside_other_faults() -> None:
    found = reading(b"\xef\xbb\xbfid,text\n\na\na,b\r\n")
    assert [f.rule for f in found.faults] == [
        "csv-bom",
        "csv-blank-line",
        "csv-row-width",
        "csv-line-ending",
    ]


def test_only_the_characters_that_are_not_ascii_are_named() -> None:
    (fault,) = reading("id,text\na,Jаpan\n".encode()).faults
    assert "(U+0430)" in fault.message
    assert fault.value == "Jаpan"


def test_a_hidden_character_is_named_with_its_cell() -> None:
    (fault,) = reading("id,text\na,b\u200bc\n".encode()).faults
    assert "U+200B" in fault.message
    assert fault.value == "b\u200bc"


def test_without_quotes_of_need_the_plain_form_is_shown() -> None:
    (fault,) = reading(b'id,text\na,"b"\n').faults
    assert fault.message.endswith("a,b")
    assert fault.value == 'a,"b"'


@pytest.mark.parametrize("content", [b"id,text\na\n", b"id,text\na,b,c\n"])
def test_the_number_of_cells_is_told(content: bytes) -> None:
    (fault,) = reading(content).faults
    assert f"has {content.count(b',')} cells, the header has 2" in fault.message
    assert str(fault.value).encode() == content.splitlines()[1]


class OnePass(io.BufferedReader):
    """A stream that can't go back."""

    def seek(self, *_: object) -> int:
        raise AssertionError("was read twice")


def test_the_hash_and_size_come_from_the_one_pass_that_reads() -> None:
    content = write(HEADER, [("a", "b" * 300), ("c", "é")] * 500)
    found = read(OnePass(io.BytesIO(content)), HEADER)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    assert len(found.rows) == 1000


def test_a_line_over_the_limit_is_named_once_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "LINE_LIMIT", 16)
    content = b"id,text\na," + b"x" * 100 + b"\nc,d\n"
    found = reading(content)
    assert [(fault.rule, fault.line) for fault in found.faults] == [("csv-line-too-long", 2)]
    assert [(row.line, row.cells) for row in found.rows] == [(3, ("c", "d"))]
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert not found.whole


def test_a_line_of_just_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "LINE_LIMIT", 8)
    assert not reading(b"id,text\nabc,def\n").faults
    assert reading(b"id,text\nabcd,def\n").faults


def test_a_header_over_the_limit_leaves_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "LINE_LIMIT", 4)
    found = reading(b"id,text\na,b\n")
    assert [fault.rule for fault in found.faults] == ["csv-line-too-long"]
    assert not found.rows


def test_rows_over_the_limit_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "ROWS_LIMIT", 2)
    assert not reading(b"id,text\na,b\nc,d\n").faults
    found = reading(b"id,text\na,b\nc,d\ne,f\ng,h\n")
    assert [fault.rule for fault in found.faults] == ["file-too-large"]
    assert len(found.rows) == 2
    assert not found.whole


def test_a_file_over_the_limit_is_not_read_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "FILE_LIMIT", 20)
    found = reading(b"id,text\n" + b"a,b\n" * 100)
    assert [fault.rule for fault in found.faults] == ["file-too-large"]
    assert len(found.rows) == 3
    assert not found.whole


def test_a_file_of_just_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "FILE_LIMIT", 12)
    assert not reading(b"id,text\na,b\n").faults
    assert reading(b"id,text\na,b\nc,d\n").faults


def test_faults_of_just_the_limit_are_all_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "FAULTS_LIMIT", 2)
    assert [fault.line for fault in reading(b"id,text\n\n\n").faults] == [2, 3]


def test_of_many_faults_the_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfile, "FAULTS_LIMIT", 2)
    found = reading(b"id,text\n" + b"\n" * 5)
    assert [fault.line for fault in found.faults] == [2, 3, None]
    assert "3 more places" in found.faults[-1].message
    found = reading(b"id,text\n" + b"\n" * 3)
    assert found.faults[-1].message.endswith("1 more place")


_CELL = st.text("ab ,\"'é—한=", max_size=6)


@given(st.lists(st.tuples(_CELL, _CELL), max_size=8))
def test_what_was_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    found = reading(write(HEADER, rows))
    assert [row.cells for row in found.rows] == rows
    assert not found.faults
    assert found.whole


@given(st.text('ab,"\n\r é', max_size=30))
def test_what_is_read_without_fault_is_canonical(text: str) -> None:
    content = b"id,text\n" + text.encode()
    found = reading(content)
    if not found.faults:
        assert write(HEADER, [row.cells for row in found.rows]) == content


@given(st.binary(max_size=60))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    found = reading(content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    assert {fault.rule for fault in found.faults} <= RULES.keys()


# --- limits ----------------------------------------------------------------------------------


def test_a_line_over_the_limit_in_an_archive_is_left_out(tmp_path: Path) -> None:
    """zipfile's readline gives more than it is asked for."""
    content = b"id,text\na,b\nc," + b"x" * 300_000 + b"\nd,e\n"
    place = zipped(tmp_path / "a.zip", {"a.csv": content})
    with zipfile.ZipFile(place) as archive, archive.open("a.csv") as stream:
        found = read(stream, HEADER)
    assert [(fault.rule, fault.line) for fault in found.faults] == [("csv-line-too-long", 3)]
    assert [row.line for row in found.rows] == [2, 4]


@pytest.mark.parametrize(
    ("line", "too_long"),
    [(b"a,bcd\n", False), (b"a,bcde\n", True), (b"a,bcd", False), (b"a,bcde", True)],
)
def test_a_line_has_room_for_its_end_or_none_is_needed(
    line: bytes, too_long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvfile, "LINE_LIMIT", 6)
    found = read(io.BytesIO(b"i,t\n" + line), ("i", "t"))
    assert ("csv-line-too-long" in {fault.rule for fault in found.faults}) is too_long
    assert len(found.rows) == (not too_long)


@pytest.mark.parametrize(("size", "within"), [(12, True), (11, False)])
def test_one_byte_over_the_limit_is_over_it(
    size: int, within: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvfile, "FILE_LIMIT", size)
    found = reading(b"id,text\na,b\n")
    assert [fault.rule for fault in found.faults] == ([] if within else ["file-too-large"])
    # A part of a file has no hash.
    assert bool(found.sha256) is within
