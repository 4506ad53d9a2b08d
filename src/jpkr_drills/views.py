"""Views: the tables as people read them, one row with all that they always join, and no link to follow.

A view is described once, as a ``View``, and everything else is made from that: frames, files and SQL. A joined
column is named after the role or the target, an underscore and the column, in the plural: ``speaker_names``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from jpkr_drills.frames import Frame
from jpkr_drills.model import edtf
from jpkr_drills.model.records import TABLES, Column, Event, Record, columns
from jpkr_drills.model.vocabularies import EARLIER, LATER, LISTS, TO_COME

if TYPE_CHECKING:
    from jpkr_drills.dataset import Dataset


class Lists(NamedTuple):
    """Columns of lists that stand side by side, made of the rows of ``link`` that point to the row by ``on``.

    ``columns`` maps each to a column of the link table, or of the table that it points to
    (``party_id.name``); the first is the one by which a row is taken once.
    """

    link: str
    on: str
    columns: Mapping[str, str]
    said: str
    """What the lists hold, in a sentence."""
    role: str | None = None
    """The role that the link has; any where there is none."""

    @property
    def role_column(self) -> str:
        """The column of the link table that holds the role."""
        return next(name for name, column in columns(self.link).items() if column.codelist)


class View(NamedTuple):
    """A view: columns of its table, texts of records that these point to, and lists of what points to it."""

    name: str
    table: str
    said: str
    own: tuple[str, ...]
    """Its table's columns."""
    lists: tuple[Lists, ...] = ()
    texts: Mapping[str, str] = {}
    """New column to the foreign key and the column behind it (``party_id.name``)."""
    grouped: str | None = None
    """The column that a row stands for, so that lists are of all rows that share its value."""

    @property
    def title(self) -> str:
        """Its name in exports, where a table may have the same one."""
        return f"view_{self.name}"


def _linked(link: str, on: str, column: str, of: str, said: str, *, role: str | None = None, name: str = "") -> Lists:
    name = name or column.removesuffix("_id")
    return Lists(link, on, {f"{name}_ids": column, f"{name}_{of}s": f"{column}.{of}"}, said, role)


def _by_role(link: str, on: str, **names: str) -> Iterator[Lists]:
    """The parties in each role; ``names`` has what to call a role otherwise than by its code."""
    for code, (title, definition) in LISTS[f"{link}.role"].codes.items():
        name = names.get(code, code)
        yield _linked(link, on, "party_id", "name", f"{title}: {definition}", role=code, name=name)


_OF_CLAIMS = (
    *_by_role("claim_parties", "claim_id", relayed_by="relay"),
    _linked("claim_events", "claim_id", "event_id", "title", "Events that it speaks about."),
    _linked("claim_places", "claim_id", "place_id", "name", "Places that it speaks about."),
)
_OF_EVENTS = (
    _linked("event_parties", "event_id", "party_id", "name", "All parties that have a part in it."),
    *_by_role("event_parties", "event_id"),
    _linked("event_places", "event_id", "place_id", "name", "Places where it is, or that it is bound for."),
    _linked("claim_events", "event_id", "claim_id", "statement", "Claims about it."),
)

VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View("claims", "claims", "Who says what, how firmly, about whom.", tuple(columns("claims")), _OF_CLAIMS),
        View("events", "events", "What happens, to whom, where.", tuple(columns("events")), _OF_EVENTS),
        View(
            "mentions",
            "mentions",
            "Which words stand for whom.",
            tuple(columns("mentions")),
            texts={"party_name": "party_id.name", "place_name": "place_id.name"},
        ),
        View(
            "propositions",
            "claims",
            "What is said, whoever says it: each proposition once, with all claims that make it.",
            ("proposition_id", "statement", "claim_type", "polarity"),
            (
                Lists(
                    "claims",
                    "proposition_id",
                    {"claim_ids": "claim_id", "voices": "voice", "certainties": "certainty"},
                    "Of each claim that makes it, in the order of the text.",
                ),
                *_OF_CLAIMS,
            ),
            grouped="proposition_id",
        ),
    )
}
"""View name to view."""


def _behind(table: str, path: str) -> Column:
    """The column at the end of a path such as ``party_id.name``."""
    name, _, further = path.partition(".")
    return columns(TABLES[table].TABLE.foreign_keys[name])[further] if further else columns(table)[name]


def view_columns(view: View) -> dict[str, Column]:
    """Column name to column, in order; those of lists have no code list."""
    known = {name: columns(view.table)[name] for name in view.own}
    for name, path in view.texts.items():
        known[name] = _behind(view.table, path)._replace(name=name, nullable=True)
    for lists in view.lists:
        for name, path in lists.columns.items():
            title = name.replace("_", " ").capitalize()
            column = _behind(lists.link, path)
            known[name] = column._replace(name=name, title=title, description=lists.said, nullable=False, codelist=None)
    return known


def frame(dataset: Dataset, view: View) -> Frame:
    """The rows of a view."""
    table = dataset.tables[view.table]
    rows = [row for row in table if not view.grouped or row.key() == getattr(row, view.grouped)]
    data: dict[str, list[Any]] = {name: [getattr(row, name) for row in rows] for name in view.own}
    for name, path in view.texts.items():
        data[name] = [_followed(dataset, row, path) for row in rows]
    for lists in view.lists:
        found = [_rows_of(dataset, view, row.key(), lists) for row in rows]
        for name, path in lists.columns.items():
            data[name] = [[_followed(dataset, link, path) for link in links] for links in found]
    listing = frozenset(name for lists in view.lists for name in lists.columns)
    return Frame(view.title, view_columns(view), data, listing, view.said)


def _rows_of(dataset: Dataset, view: View, key: str, lists: Lists) -> list[Any]:
    """The rows of a link table that point to a row, or to one of its group; each target once."""
    keys = [key]
    if view.grouped and lists.on != view.grouped:
        keys = [row.key() for row in dataset.linked(view.table, view.grouped, key)]
    once = next(iter(lists.columns.values()))
    kept: dict[str, Any] = {}
    for link in (link for key in keys for link in dataset.linked(lists.link, lists.on, key)):
        if lists.role is None or getattr(link, lists.role_column) == lists.role:
            kept.setdefault(getattr(link, once), link)
    return list(kept.values())


def _followed(dataset: Dataset, record: Record, path: str) -> Any:
    name, _, further = path.partition(".")
    value = getattr(record, name)
    if not further or value is None:
        return value
    return getattr(dataset.tables[record.TABLE.foreign_keys[name]][value], further)


# --- the order of events -----------------------------------------------------------------------


def timeline(dataset: Dataset) -> Frame:
    """The events in an order that their dates and relations allow; see ``Dataset.timeline``."""
    after: dict[str, set[str]] = {event.event_id: set() for event in dataset.events}
    for link in dataset.event_relations:
        if link.relation in EARLIER:
            after[link.event_id].add(link.related_event_id)
        elif link.relation in LATER:
            after[link.related_event_id].add(link.event_id)
    spans = {event.event_id: _start(event.date) for event in dataset.events if event.date}
    for one, (_, last) in spans.items():
        after[one] |= {other for other, (first, _) in spans.items() if last and first and last < first}
    for between, one in product(after, after):  # Warshall's algorithm: what is behind what is behind
        if between in after[one]:
            after[one] |= after[between]
    earlier = {one: [x for x in after if one in after[x] and x not in after[one]] for one in after}

    def likely(event: Event) -> tuple[bool, edtf.Day]:
        return event.status in TO_COME, spans.get(event.event_id, (None,))[0] or (9999, 0, 0)

    waiting = sorted(dataset.events, key=likely)
    order: dict[str, Event] = {}
    while waiting:
        following = next(event for event in waiting if order.keys() >= set(earlier[event.event_id]))
        waiting.remove(following)
        order[following.event_id] = following
    data: dict[str, list[Any]] = {name: [getattr(event, name) for event in order.values()] for name in _SHOWN}
    data["earlier_ids"] = [earlier[one] for one in order]
    data["undecided_ids"] = [[x for x in after if x != one and (x in after[one]) == (one in after[x])] for one in order]
    known = {name: columns("events")[name] for name in _SHOWN}
    for name, said in _ORDER.items():
        known[name] = known["event_id"]._replace(name=name, title=said.split(",")[0], description=said)
    return Frame("timeline", known, data, frozenset(_ORDER))


_SHOWN = ("event_id", "title", "status", "date", "date_expression")
_ORDER = {
    "earlier_ids": "Earlier events, by dates or relations.",
    "undecided_ids": "Undecided, whether they come before or after: neither dates nor relations say.",
}


def _start(date: str) -> tuple[edtf.Day | None, edtf.Day | None]:
    """The first and the last day on which what has this date can have started."""
    start = date.partition("/")[0]
    return (None, edtf.bounds(date)[1]) if start in ("", "..") else edtf.bounds(start)
