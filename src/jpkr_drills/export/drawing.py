"""Drawing: where the marks, lines and bars of the page's two diagrams stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
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
    mark: int
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
    found = dict.fromkeys(tuple(x for x in order if x in group[one]) for one in order)
    alone = [events[0] for events in found if not events[1:]]
    connected = sorted((events for events in found if events[1:]), key=len, reverse=True)
    return [_strand(dataset, events) for events in connected], _strand(dataset, alone)


def _strand(dataset: Dataset, events: Sequence[str]) -> Strand:
    """The rows of some events; a vertical line, its track, leads to each row that relations lead to."""
    place = {event: index for index, event in enumerate(events)}
    origins: dict[int, list[int]] = defaultdict(list)
    for link in dataset.event_relations:
        if link.event_id in place:
            origins[place[link.related_event_id]].append(place[link.event_id])
    spans = {target: range(min(target, *ends), max(target, *ends) + 1) for target, ends in origins.items()}
    tracks: dict[int, int] = {}
    for target, span in sorted(spans.items(), key=lambda one: (len(one[1]), one[1].start)):
        # The shortest are nearest to the marks.
        taken = {tracks[x] for x in tracks if spans[x].start < span.stop and span.start < spans[x].stop}
        tracks[target] = next(at for at in count(1) if at not in taken)
    most = max(tracks.values(), default=0)
    step = min(TRACK, WIDEST / most) if most else 0
    left = round(most * step) + 10
    rows = [Row(dataset.events[event], left + LANE * LANES[dataset.events[event].date_basis]) for event in events]
    for target, track in tracks.items():
        x, span = round(left - 8 - track * step), spans[target]
        for index in span:
            row = rows[index]
            if index != target and index not in origins[target]:
                row.path += f"M{x}-{_FAR}V{_FAR}"
                continue
            y = _IN if index == target else _OUT
            bend = f"M{row.mark - 8} {y}H{x + _ROUND}Q{x} {y} {x} "
            row.path += f"{bend}{y - _ROUND}V-{_FAR}" if index > span.start else ""
            row.path += f"{bend}{y + _ROUND}V{_FAR}" if index < span.stop - 1 else ""
        rows[target].head = f"M{rows[target].mark - 7} {_IN}l-6-3v6z"
    return Strand(rows, left + LANE * len(LANES) - 10)


# --- the text as a map ---------------------------------------------------------------------------


def lanes(claims: Iterable[m.Claim]) -> dict[m.Claim, int]:
    """Each claim to the first lane that its words find free; those of the same words lie above each other."""
    free: list[int] = []
    found: dict[m.Claim, int] = {}
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end)):
        lane = next((lane for lane, end in enumerate(free) if end <= claim.start), len(free))
        free[lane : lane + 1] = [claim.end]
        found[claim] = lane
    return found
