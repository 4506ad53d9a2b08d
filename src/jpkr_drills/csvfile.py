"""CSV in its canonical form: read strictly, line by line, and written one way.

UTF-8 without BOM, LF, comma, RFC 4180 quoting only where it is needed, a header row, a final
newline, Unicode NFC. No cell holds a line break, so a line is a row, and its number is the one that
an editor shows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from jpkr_drills.files import FILE_LIMIT
from jpkr_drills.text import flaw, hidden_character

LINE_LIMIT = 128 * 1024
"""Bytes that one line may have."""
ROWS_LIMIT = 200_000
"""Rows that all tables together may have: a record takes some 1.5 kB."""
FAULTS_LIMIT = 1_000
"""Faults of one rule that are listed; of further ones only the number is told."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of the canonical form that a file breaks."""

    rule: str
    message: str
    line: int | None = None
    field: str | None = None
    value: str | None = None


@dataclass(slots=True)
class Room:
    """What the tables of a package may still take up, all together."""

    rows: int = field(default_factory=lambda: ROWS_LIMIT)
    size: int = field(default_factory=lambda: FILE_LIMIT)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, as many as the header has, and the line they stand on."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What is known of a file after it was read to its end."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True
    """Whether every line could be read as a row."""
    sha256: str = ""
    """Empty where the file is too large, and wasn't read to its end."""
    size: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, fault: Fault, *, lost: bool = False) -> None:
        """Note a fault; ``lost`` when the line can't be a row for it."""
        self._counts[fault.rule] += 1
        if self._counts[fault.rule] <= FAULTS_LIMIT:
            self.faults.append(fault)
        if lost:
            self.whole = False

    def close(self) -> None:
        """Tell the number of faults that weren't listed."""
        for rule, count in self._counts.items():
            if count > FAULTS_LIMIT:
                more = count - FAULTS_LIMIT
                message = f"the same in {more} more place{'s' * (more != 1)}"
                self.faults.append(Fault(rule, message))


def read(stream: IO[bytes], header: Sequence[str], room: Room | None = None) -> Reading:
    """Read a table whose columns are ``header``, in one pass: hash, bytes, form and cells.

    A line that can't be a row is reported and left out; reading goes on with the next one. Under a
    wrong header cells mean nothing: the rest is only hashed. What is read is taken from ``room``. Raises
    whatever reading the stream raises.
    """
    reading = Reading()
    columns = tuple(header)
    headed = False
    room = room or Room()
    for number, line in enumerate(_lines(stream, reading, room), 1):
        if number > 1 and not headed:
            continue
        cells = None
        if line is None:
            message = f"is longer than {LINE_LIMIT} bytes"
            reading.add(Fault("csv-line-too-long", message, number), lost=True)
        else:
            cells = _read_line(line, number, columns, reading)
        if number == 1:
            headed = cells == columns
            reading.whole = reading.whole and headed
        elif cells is not None and not room.rows:
            message = f"has more rows than the {ROWS_LIMIT} that all tables may have together"
            reading.add(Fault("file-too-large", message), lost=True)
            headed = False
        elif cells is not None:
            room.rows -= 1
            reading.rows.append(Row(number, cells))
    if reading.size == 0:
        reading.add(Fault("csv-empty", "is empty"), lost=True)
    reading.close()
    return reading


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The canonical bytes of a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def _lines(stream: IO[bytes], reading: Reading, room: Room) -> Iterator[bytes | None]:
    """The lines, ``None`` for one over the limit; keeps count of hash and size in ``reading``."""
    digest = hashlib.sha256()
    judged = False  # whether this is the rest of a line, of which the start told that it is too long
    while piece := stream.readline(LINE_LIMIT):
        digest.update(piece)
        reading.size += len(piece)
        room.size -= len(piece)
        if room.size < 0:
            message = f"is larger than the {FILE_LIMIT} bytes that all tables may have together"
            reading.add(Fault("file-too-large", message), lost=True)
            break
        ends = piece.endswith(b"\n")
        if not judged:
            # Not just at the limit: of an archive, readline gives some bytes more than it is asked for.
            yield piece if len(piece) + (not ends) <= LINE_LIMIT else None
        judged = not ends
    else:
        reading.sha256 = digest.hexdigest()


def _read_line(
    raw: bytes, number: int, header: tuple[str, ...], reading: Reading
) -> tuple[str, ...] | None:
    """The line's cells, or ``None`` where it can't be a row; faults go to ``reading``."""

    def fault(rule: str, message: str, value: str | None = None, *, lost: bool = True) -> None:
        reading.add(Fault(rule, message, number, None, value), lost=lost)

    if number == 1 and raw.startswith(_BOM):
        fault("csv-bom", "starts with a byte-order mark", lost=False)
        raw = raw.removeprefix(_BOM)
    if raw.endswith(b"\n"):
        raw = raw[:-1]
    elif b"\r" not in raw:
        fault("csv-final-newline", "the last line doesn't end with a newline", lost=False)
    if b"\r" in raw:
        raw = raw.removesuffix(b"\r")
        inside = b"\r" in raw
        if inside or all(known.rule != "csv-line-ending" for known in reading.faults):
            message = "holds a carriage return; lines end with LF alone"
            fault("csv-line-ending", message, lost=inside)
        if inside:
            return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault("csv-encoding", f"byte {error.start + 1} of the line is not UTF-8", repr(raw[:40]))
        return None
    if not text:
        fault("csv-blank-line", "the line is blank", lost=False)
        return None
    try:
        cells = _split(text)
    except csv.Error as error:
        fault("csv-quoting", f"the quotes don't match: {error}", text)
        return None
    if number == 1 and cells != header:
        fault("csv-header", f"the header must be: {','.join(header)}", text)
        return None
    if len(cells) != len(header):
        fault("csv-row-width", f"has {len(cells)} cells, the header has {len(header)}", text)
        return None
    if '"' in text and (plain := write(cells, ())[:-1].decode("utf-8")) != text:
        fault("csv-not-canonical", f"must be written as: {plain}", text, lost=False)
    if not (text.isascii() and text.isprintable()):
        for unsafe in _unsafe_cells(cells, number, header):
            reading.add(unsafe)
    return cells


def _split(text: str) -> tuple[str, ...]:
    if '"' not in text:
        return tuple(text.split(","))
    (cells,) = csv.reader([text], strict=True)
    return tuple(cells)


def _unsafe_cells(cells: tuple[str, ...], number: int, header: tuple[str, ...]) -> Iterator[Fault]:
    for name, cell in zip(header, cells, strict=True):
        if (found := flaw(cell)) is None:
            continue
        rule, what = found
        hidden = hidden_character(cell)
        if hidden is not None and unicodedata.category(hidden) == "Cc":
            rule = "csv-control-character"
        yield Fault(rule, what, number, name, cell)
