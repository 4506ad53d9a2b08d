"""Drawing: where the marks, lines and bars of the page's two diagrams stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from jpkr_drills.dataset import Dataset
from jpkr_drills.model import records as m

LANES = {"calendar": 0, "relative": 1, "not_stated": 2}
"""Lane of the order diagram that an event stands in, by the basis of its date."""
LANE, TRACK, WIDEST = 18, 9, 80
_IN, _OUT, _ROUND = -4, 4, 6
_FAR = 9999  # past the end of any row: what is beyond it isn't shown


# --- the order of events -----------------------------------------------------------------------


@dataclass
class Row:
    """A row of the order diagram: its event, where the mark is, and the lines that are seen in it.

    A row is as high as its text makes it. Its lines start beside its title, which is at 0, and go beyond its
    edges, where they are cut off, so that they meet those of the next row whatever its height.
    """

    event: m.Event
    mark: int = 0
    path: str = ""
    head: str = ""


class Strand(NamedTuple):
    """Events that relations connect, in their order, and how wide their diagram is."""

    rows: list[Row]
    width: int


def strands(dataset: Dataset) -> tuple[list[Strand], Strand]:
    """The events that relations or dates connect, the longest strand first, and those connected with none."""
    order = [row["event_id"] for row in dataset.timeline()]
    group = {event: {event} for event in order}
    dated = [event.event_id for event in dataset.events if event.date]
    links = [(link.event_id, link.related_event_id) for link in dataset.event_relations]
    for one, other in [*links, *pairwise(dated)]:
        merged = group[one] | group[other]
        group.update(dict.fromkeys(merged, merged))
    found = list({id(group[one]): [x for x in order if x in group[one]] for one in order}.values())
    alone = [events[0] for events in found if not events[1:]]
    connected = sorted((events for events in found if events[1:]), key=lambda events: -len(events))
    return [_strand(dataset, events) for events in connected], _strand(dataset, alone)


@dataclass
class _Track:
    """A vertical line that leads from the events of a relation to the one that they lead to."""

    target: int
    ends: list[int] = field(default_factory=list)
    at: int = 0

    @property
    def rows(self) -> range:
        return range(min(*self.ends, self.target), max(*self.ends, self.target) + 1)


def _strand(dataset: Dataset, events: Sequence[str]) -> Strand:
    place = {event: index for index, event in enumerate(events)}
    tracks: dict[str, _Track] = {}
    for link in dataset.event_relations:
        if link.event_id in place:
            track = tracks.setdefault(link.related_event_id, _Track(place[link.related_event_id]))
            track.ends.append(place[link.event_id])
    lines = sorted(tracks.values(), key=lambda track: (len(track.rows), track.rows.start))
    for track in lines:  # the shortest are nearest to the marks
        taken = {x.at for x in lines if x.rows.start < track.rows.stop and track.rows.start < x.rows.stop}
        track.at = next(at for at in range(1, len(lines) + 1) if at not in taken)
    most = max((track.at for track in lines), default=0)
    step = min(TRACK, WIDEST / most) if most else 0
    left = round(most * step) + 10
    rows = [Row(dataset.events[event], left + LANE * LANES[dataset.events[event].date_basis]) for event in events]
    for track in lines:
        x = round(left - 8 - track.at * step)
        for index in track.rows:
            rows[index].path += _line(track, index, x, rows[index].mark)
        mark = rows[track.target].mark
        rows[track.target].head += f"M{mark - 7} {_IN}l-6-3v6z"
    return Strand(rows, left + LANE * len(LANES) - 10)


def _line(track: _Track, index: int, x: int, mark: int) -> str:
    """The part of a track that is seen in a row, the title of which is at 0."""
    up, down = index > track.rows.start, index < track.rows.stop - 1
    if index != track.target and index not in track.ends:
        return f"M{x}-{_FAR}V{_FAR}"
    y, r = (_IN if index == track.target else _OUT), _ROUND
    stub = f"M{mark - 8} {y}H{x + r}"
    above = f"{stub}Q{x} {y} {x} {y - r}V-{_FAR}" if up else ""
    below = f"{stub}Q{x} {y} {x} {y + r}V{_FAR}" if down else ""
    return above + below


# --- the text as a map ---------------------------------------------------------------------------


class Bar(NamedTuple):
    """A claim's words or a mention on the bar of its sentence, in percent of the longest sentence."""

    start: float
    width: float
    lane: int
    record: m.Claim | m.Mention


class Sentence(NamedTuple):
    """A sentence as a bar, with the words of its claims in lanes below it."""

    segment: m.Segment
    width: float
    mentions: list[Bar]
    claims: list[Bar]
    lanes: int


def sentences(dataset: Dataset) -> list[Sentence]:
    """Every sentence as a bar."""
    longest = max((segment.end - segment.start for segment in dataset.segments), default=1)

    def share(length: int) -> float:
        return round(100 * length / longest, 2)

    found: list[Sentence] = []
    for segment in dataset.segments:
        claims = _lanes(dataset.linked("claims", "segment_id", segment.segment_id))
        spans = {(x.start, x.end): x for x in dataset.linked("mentions", "segment_id", segment.segment_id)}
        found.append(
            Sentence(
                segment,
                share(segment.end - segment.start),
                [Bar(share(x.start - segment.start), share(x.end - x.start), 0, x) for x in spans.values()],
                [Bar(share(x.start - segment.start), share(x.end - x.start), lane, x) for x, lane in claims],
                max((lane + 1 for _, lane in claims), default=0),
            )
        )
    return found


def _lanes(claims: Iterable[m.Claim]) -> list[tuple[m.Claim, int]]:
    """Each claim with the first lane that its words find free; those of the same words lie above each other."""
    free: list[int] = []
    found: list[tuple[m.Claim, int]] = []
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end)):
        lane = next((lane for lane, end in enumerate(free) if end <= claim.start), len(free))
        free[lane : lane + 1] = [claim.end]
        found.append((claim, lane))
    return found
