"""CSV in its canonical form: every fault has its rule, its line and nothing else is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpkr_drills.issues import Issue
from jpkr_drills.package.csvfile import Reading, read, write
from jpkr_drills.package.files import Limits
from jpkr_drills.rules import every_rule

HEADER = ("id", "text")


def reading(content: bytes, room: int = 1_000) -> Reading:
    return read("data/a.csv", content, HEADER, Limits(rows=room), room)


def issues(content: bytes) -> list[Issue]:
    return list(reading(content).issues())


@pytest.mark.parametrize(
    ("content", "rule", "line", "whole"),
    [
        (b"", "csv-empty", None, False),
        (b"\nid,text\n", "csv-empty", 1, False),
        (b"\xef\xbb\xbfid,text\na,b\n", "csv-bom", 1, True),
        (b"id,text\na,\xff\n", "csv-encoding", 2, False),
        (b"id,text\na,\xed\xa0\x80\n", "csv-encoding", 2, False),
        (b"id,text\r\na,b\r\n", "csv-line-ending", 1, True),
        (b"id,text\na,b\r\n", "csv-line-ending", 2, True),
        (b"id,text\ra,b\r", "csv-line-ending", 1, True),
        (b"id,text\na,b", "csv-final-newline", 2, True),
        (b"id,text", "csv-final-newline", 1, True),
        (b"text,id\na,b\n", "csv-header", 1, False),
        (b"id,text,more\na,b\n", "csv-header", 1, False),
        (b"id,id\na,b\n", "csv-header", 1, False),
        (b"id, text\na,b\n", "csv-header", 1, False),
        (b"ID,text\na,b\n", "csv-header", 1, False),
        (b"id;text\na;b\n", "csv-header", 1, False),
        (b"id,text\na,b\nid,text\n", "csv-header", 3, True),
        (b"id,text\n\na,b\n", "csv-blank-line", 2, True),
        (b"id,text\na,b\n\n", "csv-blank-line", 3, True),
        (b"id,text\n,\na,b\n", "csv-blank-line", 2, True),
        (b"id,text\na\n", "csv-row-width", 2, False),
        (b"id,text\na,b,c\n", "csv-row-width", 2, False),
        (b'id,text\na,"b\n', "csv-quoting", 2, False),
        (b'id,text\na,"b"c\n', "csv-quoting", 2, False),
        (b'id,text\na,"b"\n', "csv-not-canonical", 2, True),
        (b'id,text\na,b"c\n', "csv-not-canonical", 2, True),
        (b'"id",text\na,b\n', "csv-not-canonical", 1, True),
    ],
)
def test_each_fault_has_its_rule_and_place(content: bytes, rule: str, line: int | None, whole: bool) -> None:
    found = reading(content)
    assert [(one.rule, one.line, one.field) for one in found.issues()] == [(rule, line, None)]
    assert found.whole is whole
    assert rule in every_rule()


def test_a_line_that_cannot_be_a_row_does_not_hide_the_others() -> None:
    found = reading(b"id,text\na,b\nc\nd,\xff\ne,f\n")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("a", "b")), (5, ("e", "f"))]
    assert [one.line for one in found.issues()] == [3, 4]


def test_one_cause_is_told_once_with_its_further_lines() -> None:
    (one,) = issues(b"id,text\n" + b'"a",b\n' * 9)
    assert (one.rule, one.line) == ("csv-not-canonical", 2)
    assert one.message.endswith("; 9 times, also on lines 3, 4, 5, 6, 7 and more")
    (two,) = issues(b'id,text\n"a",b\n"c",d\n')
    assert two.message.endswith("; also on line 3")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b"id;text", "separated by semicolons"),
        (b"id\ttext", "separated by tabs"),
        (b"id", "lacks the column text"),
        (b"id,text,a,b", "has the unknown columns a, b"),
        (b"id,texts", "lacks the column text and has the unknown column texts"),
        (b"text,id", "another order"),
        (b"id,text,id", "has a column twice"),
    ],
)
def test_a_wrong_header_is_told_how_it_differs(header: bytes, said: str) -> None:
    (one,) = issues(header + b"\n")
    assert said in one.message
    assert one.message.endswith("the header must be: id,text")


def test_a_byte_that_is_not_utf_8_is_counted_from_1() -> None:
    (one,) = issues(b"id,text\na,\xff\n")
    assert "byte 3 " in one.message


@pytest.mark.parametrize(("room", "rows"), [(3, 3), (2, 2), (0, 0)])
def test_rows_beyond_the_room_are_not_kept(room: int, rows: int) -> None:
    found = reading(b"id,text\na,b\nc,d\ne,f\n", room)
    assert len(found.rows) == rows
    assert [one.rule for one in found.issues()] == ["file-too-large"] * (room < 3)
    assert found.whole is (room >= 3)


_CELL = st.text("ab ,\"'é—한=", max_size=6)


@given(st.lists(st.tuples(_CELL, _CELL).filter(lambda row: any(row) and row != HEADER), max_size=8))
def test_what_was_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    found = reading(write(HEADER, rows))
    assert [row.cells for row in found.rows] == rows
    assert not list(found.issues())
    assert found.whole


@given(st.text('ab,"\n\r é', max_size=30))
def test_what_is_read_without_fault_is_canonical(text: str) -> None:
    content = b"id,text\n" + text.encode()
    found = reading(content)
    cells = [cell for row in found.rows for cell in row.cells]
    if not list(found.issues()) and "\r" not in "".join(cells):  # its column's pattern refuses such a cell
        assert write(HEADER, [row.cells for row in found.rows]) == content


@given(st.binary(max_size=60))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    assert {one.rule for one in issues(content)} <= every_rule().keys()
