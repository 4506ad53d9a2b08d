"""CSV in its canonical form: read strictly, line by line, and written one way.

UTF-8 without BOM, LF, comma, RFC 4180 quoting only where it is needed, a header row, a final newline.
No cell holds a line break, so a line is a row, and its number is the one that an editor shows.
"""

from __future__ import annotations

import codecs
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from jpkr_drills.issues import Issue, together
from jpkr_drills.package.files import FILE_TOO_LARGE, Limits, Unreadable
from jpkr_drills.rules import FMT, Rule, define

BOM = codecs.BOM_UTF8
_QUOTE = '"'
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_LINES_NAMED = 5
_LINES_OF_A_ROW = 50

EMPTY, BYTE_ORDER_MARK, ENCODING, LINE_ENDING, FINAL_NEWLINE, HEADER, BLANK_LINE, ROW_WIDTH, QUOTING, NOT_CANONICAL = (
    define(
        "integrity",
        f"""
csv-empty | A CSV file has a header row. | restore the header row named in the message
csv-bom | A CSV file doesn't start with a byte-order mark. | {FMT}, or save the file as UTF-8 without BOM
csv-encoding | A CSV file is valid UTF-8. | save the file as UTF-8
csv-line-ending | Lines end with LF alone. | {FMT}, or save the file with Unix line endings
csv-final-newline | The last line ends with LF. | {FMT}, or add a newline at the end of the file
csv-header | The header row names the table's columns, in their order, separated by commas. | use the header row named in the message
csv-blank-line | No line is blank or has only empty cells. | {FMT}, or remove the line
csv-row-width | Every row has as many cells as the header. | add or remove cells; quote a cell that holds a comma
csv-quoting | Quotes are closed, and nothing stands between a closing quote and the comma. | close the quote; double a quote inside a quoted cell; no cell spans lines
csv-not-canonical | A cell is quoted only where it must be: where it holds a comma or a quote. | {FMT}, or write the cells without needless quotes
""",
    )
)


class Row(NamedTuple):
    """A row's cells, as many as the header has, and the line they stand on."""

    line: int
    cells: tuple[str, ...]


class Log:
    """Issues of one file, one for each cause: further places of the same cause are counted."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._causes: dict[object, tuple[Issue, list[int | None]]] = {}

    def add(
        self,
        rule: Rule,
        message: str | None = None,
        *,
        cause: object = None,
        line: int | None = None,
        field: str | None = None,
        **place: Any,
    ) -> None:
        """Note an issue of ``rule``; of those with one field and ``cause``, which is the message unless given, the
        first is told. ``place`` is its record, value and hint."""
        what = (rule.name, field, message if cause is None else cause)
        if what not in self._causes:
            self._causes[what] = rule.issue(self.path, message, line=line, field=field, **place), []
        self._causes[what][1].append(line)

    def issues(self) -> Iterator[Issue]:
        """What was noted, in order, each with the further lines of its cause; of many in a column, the first."""
        columns = defaultdict[tuple[str, str | None], list[Issue]](list)
        for first, (_, *more) in self._causes.values():
            named = ", ".join(map(str, more[:_LINES_NAMED]))
            times, rest = (f"{len(more) + 1} times, ", " and more") if len(more) > _LINES_NAMED else ("", "")
            also = f"; {times}also on line{'s' * (len(more) > 1)} {named}{rest}" if more else ""
            columns[first.rule, first.field].append(replace(first, message=f"{first.message}{also}"))
        for (_, field), found in columns.items():
            yield from together(found, "values of this column are too") if field else found


class Reading(Log):
    """What is known of a table's file after it was read; ``whole`` is whether every line was a row."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.rows: list[Row] = []
        self.whole = True


def read(path: str, content: bytes, header: Sequence[str], limits: Limits, room: int) -> Reading:
    """Read a table whose columns are ``header``; ``room`` is how many rows it may have.

    A line that can't be a row is reported and left out; reading goes on with the next one. Under a
    wrong header cells mean nothing, and no row is read.
    """
    reading = Reading(path)
    fault = reading.add
    ends = ""
    if b"\r\n" in content:
        ends = "lines end with CR LF, not with LF alone"
    elif b"\r" in content and b"\n" not in content:
        ends = "lines end with CR, not with LF"
    if content.startswith(BOM):  # a program that writes it mostly writes CR LF too: one cause
        fault(BYTE_ORDER_MARK, f"starts with a byte-order mark{ends and f', and {ends}'}", line=1)
    elif ends:
        fault(LINE_ENDING, ends, line=content.partition(b"\r\n")[0].count(b"\n") + 1)
    content = _with_plain_ends(content.removeprefix(BOM))
    raw = content.removesuffix(b"\n").split(b"\n")
    columns = tuple(header)
    if not raw[0]:
        fault(EMPTY, f"has no header row; it must be: {','.join(columns)}", line=1 if content else None)
        reading.whole = False
        return reading
    lines = enumerate(raw, 1)
    for number, line in lines:
        if number > 1 and (more := _broken_over(raw[number - 1 : number + _LINES_OF_A_ROW], len(columns))):
            message = f"a cell holds a line break: the row goes on to line {number + more}"
            fault(QUOTING, message, line=number, value=line.decode(errors="replace"), hint="write the cell on one line")
            reading.whole = False
            next(islice(lines, more - 1, None))
            continue
        cells = _cells(line, number, reading)
        if number == 1:
            if cells != columns:
                if cells is not None:
                    _judge_header(line.decode(), cells, columns, reading)
                reading.whole = False
                return reading
        elif cells is None:
            reading.whole = False
        elif cells == columns:
            fault(HEADER, "the header row stands there again", line=number)
        elif not any(cells) and len(cells) in (1, len(columns)):
            fault(BLANK_LINE, "the line is blank, or has only empty cells", line=number)
        elif len(cells) != len(columns):
            fault(ROW_WIDTH, _width(cells, columns), line=number, value=line.decode())
            reading.whole = False
        elif len(reading.rows) >= room:
            fault(FILE_TOO_LARGE, f"has more rows than the {limits.rows} that all tables may have together")
            reading.whole = False
            return reading
        else:
            reading.rows.append(Row(number, cells))
    if not content.endswith(b"\n"):
        fault(FINAL_NEWLINE, "the last line doesn't end with a newline", line=len(raw))
    return reading


def _broken_over(raw: Sequence[bytes], width: int) -> int:
    """On how many further lines the row of the first one goes on, as cells with line breaks in quotes do."""
    if raw[0].count(_QUOTE.encode()) % 2 == 0:
        return 0
    for more, line in enumerate(raw[1:], 1):
        if line.count(_QUOTE.encode()) % 2:
            row = b"\n".join(raw[: more + 1]).decode(errors="replace")
            try:
                return more * (len(*csv.reader([row], strict=True)) == width)
            except (csv.Error, TypeError):
                return 0
    return 0


def _width(cells: Sequence[str], header: Sequence[str]) -> str:
    return f"has {len(cells)} cell{'s' * (len(cells) != 1)}, the header has {len(header)}"


def _with_plain_ends(content: bytes) -> bytes:
    """The content with LF at the end of each line; a CR inside a line is left to the cell's pattern."""
    return content.replace(b"\r\n", b"\n") if b"\n" in content else content.replace(b"\r", b"\n")


def _cells(line: bytes, number: int, reading: Reading) -> tuple[str, ...] | None:
    """The cells of a line, or ``None`` where it can't be read."""
    try:
        text = line.decode()
    except UnicodeDecodeError as reason:
        utf16 = line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        message = "the file is UTF-16" if utf16 else f"byte {reason.start + 1} of the line is not UTF-8"
        reading.add(ENCODING, message, line=number, value=repr(line[:40]), cause=ENCODING)
        return None
    if '"' not in text:
        return tuple(text.split(","))
    try:
        cells = tuple(*csv.reader([text], strict=True))
    except csv.Error as reason:
        reading.add(QUOTING, _unsplit(reason), line=number, value=text)
        return None
    if _line(cells) != text:
        reading.add(NOT_CANONICAL, "has quotes where none are needed", line=number, value=text)
    return cells


def _unsplit(reason: csv.Error) -> str:
    why = str(reason)
    return "can't be split into cells: " + ("a quote isn't closed" if why.endswith("end of data") else why)


def _judge_header(text: str, cells: tuple[str, ...], columns: tuple[str, ...], reading: Reading) -> None:
    """Say how a header differs from the right one, and what to do about it."""
    message, hint = "is not the header row", None
    delimiter = delimiter_of(text)
    if delimiter != "," and set(columns) <= {cell.strip('"') for cell in text.split(delimiter)}:
        message, hint = f"cells are separated by {_DELIMITERS[delimiter]}, not by commas", FMT
    elif set(columns) & set(cells):
        message, hint = _columns_differ(cells, columns)
    reading.add(HEADER, f"{message}; the header must be: {','.join(columns)}", line=1, value=text, hint=hint)


def _columns_differ(cells: Sequence[str], columns: Sequence[str]) -> tuple[str, str | None]:
    """How the columns of a table differ from those it must have, and what to do about it."""
    missing = [name for name in columns if name not in cells]
    unknown = [name for name in cells if name not in columns]
    if unknown and {"words", "nth"}.issuperset(unknown):
        return "has the words of spans in the place of positions", "run `jpkr-drills span` to fill the positions in"
    said = [f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}"] * bool(missing)
    if any(unknown):
        said.append(f"has the unknown column{'s' * (len(unknown) > 1)} {', '.join(filter(None, unknown))}")
        hint = None if missing else "remove the column, which the format has no place for"
    elif unknown:
        said.append("has a column without a name")
        hint = f"{FMT} if it is empty; if it numbers the rows, save without (pandas: index=False, R: row.names=FALSE)"
    elif said:
        hint = "add the column at its place"
    else:
        same = sorted(cells) == sorted(columns)
        said.append("has the columns in another order" if same else "has a column twice")
        hint = FMT if same else "remove one of the two columns"
    return " and ".join(said), hint


def delimiter_of(header: str) -> str:
    """What separates the names in a header row, which hold none of the characters that may."""
    return max((",", *_DELIMITERS), key=header.count)


def read_loosely(path: str, content: bytes, *, ragged: bool = False) -> tuple[list[str], list[list[str]]]:
    """The header and rows of a table in whatever form a program left it.

    Taken as they are: a byte-order mark, line ends, quotes, another delimiter, blank lines, empty columns
    without a name; with ``ragged``, rows whose last cells are empty and left out, or too many. Raises
    ``Unreadable`` where cells can't be told apart.
    """
    try:
        text = _with_plain_ends(content.removeprefix(BOM)).decode()
    except UnicodeDecodeError as reason:
        raise Unreadable(ENCODING.issue(path, f"byte {reason.start + 1} is not UTF-8")) from reason
    lines = text.removesuffix("\n").split("\n")
    delimiter = delimiter_of(lines[0])
    rows: list[list[str]] = []
    for number, line in enumerate(lines, 1):
        try:
            (cells,) = csv.reader([line], strict=True, delimiter=delimiter) if line else [[]]
        except csv.Error as reason:
            raise Unreadable(QUOTING.issue(path, _unsplit(reason), line=number, value=line)) from reason
        width = len(rows[0]) if rows else len(cells)
        if ragged and not any(cells[width:]):
            cells = [*cells[:width], *[""] * (width - len(cells))]
        if any(cells) and len(cells) != width:
            raise Unreadable(ROW_WIDTH.issue(path, _width(cells, rows[0]), line=number, value=line))
        if any(cells):
            rows.append(cells)
    if not rows:
        raise Unreadable(EMPTY.issue(path, "has no header row"))
    named = [at for at, column in enumerate(zip(*rows, strict=True)) if any(column)]
    header, *body = ([row[at] for at in named] for row in rows)
    return header, body


def arranged(
    path: str, header: Sequence[str], rows: Iterable[Sequence[str]], columns: Sequence[str]
) -> list[tuple[str, ...]]:
    """The rows with their cells in the order of ``columns``. Raises ``Unreadable`` for other columns."""
    if sorted(header) != sorted(columns):
        message, hint = _columns_differ(header, columns)
        raise Unreadable(HEADER.issue(path, message, line=1, value=",".join(header), hint=hint))
    places = [header.index(name) for name in columns]
    return [tuple(row[at] for at in places) for row in rows]


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The canonical bytes of a table."""
    return "".join(f"{_line(row)}\n" for row in (header, *rows)).encode()


def _line(cells: Sequence[str]) -> str:
    return ",".join(_cell(cell) for cell in cells)


def _cell(cell: str) -> str:
    if "," in cell or _QUOTE in cell or "\r" in cell or "\n" in cell:
        return f'"{cell.replace(_QUOTE, _QUOTE * 2)}"'
    return cell
