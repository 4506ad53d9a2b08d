"""Dataset: the loaded tables, records by id, links followed in one call."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from jpkr_drills import models as m
from jpkr_drills.frames import Frame
from jpkr_drills.issues import printable

R = TypeVar("R", bound=m.Record)


class Table(Sequence[R], Generic[R]):
    """The records of a table in order; ``table["id"]`` looks one up by its primary key.

    The parts of a composite key are given as a tuple. ``KeyError`` names the closest ids.

    >>> from jpkr_drills import load
    >>> load().events["camp-david-summit"].date
    '2023'
    """

    def __init__(self, record: type[R], records: Iterable[R]) -> None:
        self.record = record
        self._records = tuple(records)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.record.TABLE.name

    @cached_property
    def _by_key(self) -> dict[str, R]:
        return {record.key(): record for record in self._records}

    def ids(self) -> list[str]:
        """The primary keys in order, composite ones joined by ``/``."""
        return list(self._by_key)

    @overload
    def __getitem__(self, key: str | tuple[str, ...] | int) -> R: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[R, ...]: ...
    def __getitem__(self, key: str | tuple[str, ...] | int | slice) -> R | tuple[R, ...]:
        if isinstance(key, (int, slice)):
            return self._records[key]
        wanted = "/".join(key) if isinstance(key, tuple) else key
        try:
            return self._by_key[wanted]
        except KeyError:
            close = difflib.get_close_matches(wanted, self._by_key, n=3, cutoff=0.4)
            near = f"; the closest ids are {', '.join(close)}" if close else ""
            raise KeyError(f"no record {wanted!r} in {self.name}{near}") from None

    def get(self, key: str | tuple[str, ...]) -> R | None:
        """The record of that key, or ``None``."""
        return self._by_key.get("/".join(key) if isinstance(key, tuple) else key)

    def where(self, **values: Any) -> tuple[R, ...]:
        """The records whose columns have these values.

        >>> from jpkr_drills import load
        >>> [place.place_id for place in load().places.where(place_type="strait")]
        ['taiwan-strait']

        Raises ``AttributeError`` for a column the table doesn't have.
        """
        for name in values:
            if name not in self.record.model_fields:
                raise AttributeError(f"{self.name} has no column {name!r}")
        return tuple(
            record
            for record in self._records
            if all(getattr(record, name) == value for name, value in values.items())
        )

    def __contains__(self, item: object) -> bool:
        """Whether a record, or a record of that primary key, is there."""
        return item in self._by_key if isinstance(item, str) else item in self._records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} records>"

    def frame(self) -> Frame:
        """The table as columns, ready for pandas, polars or Arrow."""
        return Frame.of(self.record, self._records)

    def to_pandas(self) -> Any:
        """The table as a ``pandas.DataFrame`` with nullable types. Needs the extra ``pandas``."""
        return self.frame().to_pandas()

    def to_polars(self) -> Any:
        """The table as a ``polars.DataFrame``. Needs the extra ``polars``."""
        return self.frame().to_polars()

    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``. Needs the extra ``arrow``."""
        return self.frame().to_arrow()


class Dataset:
    """A loaded package: thirteen tables, and the links between them.

    Attributes are the tables' names; ``title`` and ``version`` are the descriptor's.

    >>> from jpkr_drills import load
    >>> dataset = load()
    >>> sorted(party.party_id for party in dataset.parties_of("camp-david-summit"))
    ['japan', 'south-korea', 'united-states']
    """

    def __init__(
        self, tables: Mapping[str, Iterable[m.Record]], *, title: str, version: str, path: str
    ) -> None:
        self.title = title
        self.version = version
        self.path = path

        def table(record: type[R]) -> Table[R]:
            return Table(record, tables[record.TABLE.name])  # type: ignore[arg-type]

        self.segments = table(m.Segment)
        self.parties = table(m.Party)
        self.places = table(m.Place)
        self.events = table(m.Event)
        self.event_parties = table(m.EventParty)
        self.event_places = table(m.EventPlace)
        self.event_relations = table(m.EventRelation)
        self.claims = table(m.Claim)
        self.claim_parties = table(m.ClaimParty)
        self.claim_events = table(m.ClaimEvent)
        self.claim_relations = table(m.ClaimRelation)
        self.mentions = table(m.Mention)
        self.codes = table(m.CodeEntry)

    @property
    def tables(self) -> dict[str, Table[Any]]:
        """Table name to table, in order."""
        return {name: getattr(self, name) for name in m.TABLES}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return f"<Dataset {self.title!r} {printable(self.version)}: {counts}>"

    # --- links -------------------------------------------------------------------------------

    @cached_property
    def _links(self) -> dict[tuple[str, str], dict[str, list[Any]]]:
        """(link table, column) to id to link records."""
        found: dict[tuple[str, str], dict[str, list[Any]]] = {}
        for table in self.tables.values():
            for column in table.record.TABLE.foreign_keys:
                index: dict[str, list[Any]] = defaultdict(list)
                for record in table:
                    index[getattr(record, column)].append(record)
                found[table.name, column] = dict(index)
        return found

    def linked(self, table: str, column: str, value: str) -> list[Any]:
        """The records of ``table`` whose ``column`` is the id ``value``.

        ``column`` is a foreign key of ``table``; ``KeyError`` otherwise.
        """
        return list(self._links[table, column].get(value, ()))

    def parties_of(self, event: str, role: str | None = None) -> list[m.Party]:
        """The parties of an event; with ``role``, those in that role. ``KeyError`` if there is no
        such event."""
        self.events[event]
        links = self.linked("event_parties", "event_id", event)
        return _once(self.parties[link.party_id] for link in links if role in (None, link.role))

    def places_of(self, event: str, relation: str | None = None) -> list[m.Place]:
        """The places of an event; with ``relation``, those that lie to it so."""
        self.events[event]
        links = self.linked("event_places", "event_id", event)
        return _once(self.places[link.place_id] for link in links if relation in (None, link.relation))

    def events_of(self, party: str, role: str | None = None) -> list[m.Event]:
        """The events a party has a part in; with ``role``, that part."""
        self.parties[party]
        links = self.linked("event_parties", "party_id", party)
        return _once(self.events[link.event_id] for link in links if role in (None, link.role))

    def claims_about(self, subject: str) -> list[m.Claim]:
        """The claims about an event or a party, by its id. ``KeyError`` if it is neither."""
        if self.events.get(subject) is None and self.parties.get(subject) is None:
            self.events[subject]
        links = [
            *self.linked("claim_events", "event_id", subject),
            *(
                link
                for link in self.linked("claim_parties", "party_id", subject)
                if link.role == "about"
            ),
        ]
        wanted = {link.claim_id for link in links}
        return [claim for claim in self.claims if claim.claim_id in wanted]

    def claims_by(self, speaker: str) -> list[m.Claim]:
        """The claims a party is the speaker of."""
        self.parties[speaker]
        links = self.linked("claim_parties", "party_id", speaker)
        return _once(self.claims[link.claim_id] for link in links if link.role == "speaker")

    def speakers_of(self, claim: str) -> list[m.Party]:
        """The parties that speak a claim; none where the voice is the article's."""
        self.claims[claim]
        links = self.linked("claim_parties", "claim_id", claim)
        return _once(self.parties[link.party_id] for link in links if link.role == "speaker")

    def segment_of(self, claim: str) -> m.Segment:
        """The sentence that makes a claim."""
        return self.segments[self.claims[claim].segment_id]

    def mentions_of(self, referent: str) -> list[m.Mention]:
        """The mentions of a party or place."""
        if self.parties.get(referent) is None and self.places.get(referent) is None:
            self.parties[referent]
        return [
            *self.linked("mentions", "party_id", referent),
            *self.linked("mentions", "place_id", referent),
        ]

    def join(self, table: str) -> Frame:
        """A table widened by every record that its foreign keys point to.

        The columns of a record pointed to follow, each with the foreign key's name (less ``_id``)
        and an underscore in front: ``join("event_parties")`` has ``event_id``, ``party_id``,
        ``role``, ``event_title``, ..., ``party_name``, .... Where the key is empty they are too.

        Raises ``KeyError`` for a name that is no table.
        """
        source = self.tables[table]
        frame = source.frame()
        for column, target in source.record.TABLE.foreign_keys.items():
            pointed = self.tables[target]
            (key,) = pointed.record.TABLE.key
            ids = frame.data[column]
            matched = [None if value is None else pointed[value] for value in ids]
            frame = frame.widened(
                Frame.of(pointed.record, matched), column.removesuffix("_id"), without=key
            )
        return frame


def _once(records: Iterable[R]) -> list[R]:
    return list({record.key(): record for record in records}.values())
