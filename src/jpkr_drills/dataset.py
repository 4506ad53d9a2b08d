"""Dataset: the loaded tables, records by id, links followed in one call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import index
from typing import TYPE_CHECKING, Any, Generic, SupportsIndex, TypeVar, overload

from jpkr_drills.issues import printable
from jpkr_drills.model import records as m

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars
    import pyarrow

    from jpkr_drills.frames import Frame

R = TypeVar("R", bound=m.Record)


class Table(Sequence[R], Generic[R]):
    """The records of a table in order; ``table["id"]`` looks one up by its primary key, ``table[:5]`` is a table.

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
    def __getitem__(self, key: str | tuple[str, ...] | SupportsIndex) -> R: ...
    @overload
    def __getitem__(self, key: slice) -> Table[R]: ...
    def __getitem__(self, key: str | tuple[str, ...] | SupportsIndex | slice) -> R | Table[R]:
        if isinstance(key, slice):
            return Table(self.record, self._records[key])
        if not isinstance(key, str | tuple):
            return self._records[index(key)]
        wanted = _joined(key)
        if wanted not in self._by_key:
            raise KeyError(f"no record {wanted!r} in {self.name}{closest(wanted, self._by_key, 'ids are')}")
        return self._by_key[wanted]

    def get(self, key: str | tuple[str, ...]) -> R | None:
        """The record of that key, or ``None``."""
        return self._by_key.get(_joined(key))

    def where(self, **values: Any) -> Table[R]:
        """The records whose columns have these values, as a table.

        >>> from jpkr_drills import load
        >>> load().places.where(place_type="strait").ids()
        ['taiwan-strait']

        Raises ``AttributeError`` for a column the table doesn't have and ``ValueError`` for a code its
        column doesn't have, both with the closest; ``TypeError`` for a value of another kind than the column's.
        """
        known = m.columns(self.name)
        for name, value in values.items():
            if name not in known:
                raise AttributeError(f"{self.name} has no column {name!r}{closest(name, known)}")
            if value is not None:
                _refuse_unknown(known[name], value)
        return Table(
            self.record,
            (row for row in self if all(getattr(row, name) == value for name, value in values.items())),
        )

    def __contains__(self, item: object) -> bool:
        """Whether a record, or a record of that primary key, is there."""
        if isinstance(item, str) or (isinstance(item, tuple) and all(isinstance(x, str) for x in item)):
            return _joined(item) in self._by_key
        return item in self._records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    def __eq__(self, other: object) -> bool:
        """Whether the other is a table of the same records in the same order."""
        if not isinstance(other, Table):
            return NotImplemented
        return self.record is other.record and self._records == other._records

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} records>"

    def _repr_html_(self) -> str:
        """The first records, for a notebook."""
        return self.frame()._repr_html_()  # pyright: ignore[reportPrivateUsage]

    def frame(self) -> Frame:
        """The table as columns, ready for pandas, polars or Arrow."""
        from jpkr_drills.frames import Frame

        return Frame.of(self.record, self._records)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a ``pandas.DataFrame`` with nullable types. Needs the extra ``pandas``."""
        return self.frame().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The table as a ``polars.DataFrame``. Needs the extra ``polars``."""
        return self.frame().to_polars()

    def to_arrow(self) -> pyarrow.Table:  # pyright: ignore[reportUnknownParameterType]
        """The table as a ``pyarrow.Table``. Needs the extra ``arrow``."""
        return self.frame().to_arrow()


class Dataset:
    """A loaded package: fourteen tables, and the links between them.

    Attributes are the tables' names; ``title`` and ``version`` are the descriptor's.

    >>> from jpkr_drills import load
    >>> dataset = load()
    >>> sorted(party.party_id for party in dataset.parties_of("camp-david-summit"))
    ['japan', 'south-korea', 'united-states']
    """

    segments: Table[m.Segment]
    parties: Table[m.Party]
    places: Table[m.Place]
    events: Table[m.Event]
    event_parties: Table[m.EventParty]
    event_places: Table[m.EventPlace]
    event_relations: Table[m.EventRelation]
    claims: Table[m.Claim]
    claim_parties: Table[m.ClaimParty]
    claim_events: Table[m.ClaimEvent]
    claim_places: Table[m.ClaimPlace]
    claim_relations: Table[m.ClaimRelation]
    mentions: Table[m.Mention]
    codes: Table[m.CodeEntry]

    def __init__(self, tables: Mapping[str, Iterable[m.Record]], *, title: str, version: str, path: str) -> None:
        self.title = title
        self.version = version
        self.path = path
        for name, record in m.TABLES.items():
            setattr(self, name, Table(record, tables[name]))

    @property
    def tables(self) -> dict[str, Table[Any]]:
        """Table name to table, in order."""
        return {name: getattr(self, name) for name in m.TABLES}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return f"<Dataset {self.title!r} {printable(self.version)}: {counts}>"

    def _repr_html_(self) -> str:
        """Title and tables, for a notebook."""
        from jpkr_drills.frames import as_html

        rows = [(name, len(table), table.record.about()) for name, table in self.tables.items()]
        return as_html([(self.title, "rows", f"version {self.version}"), *rows], len(rows))

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same title, version and records, wherever it was loaded from."""
        if not isinstance(other, Dataset):
            return NotImplemented
        return (self.title, self.version, self.tables) == (other.title, other.version, other.tables)

    __hash__ = None  # type: ignore[assignment]

    # --- links -------------------------------------------------------------------------------

    @cached_property
    def _links(self) -> dict[tuple[str, str], dict[str, list[Any]]]:
        """(link table, column) to id to link records."""
        found: dict[tuple[str, str], dict[str, list[Any]]] = {}
        for table in self.tables.values():
            for column in table.record.TABLE.foreign_keys:
                links = found[table.name, column] = defaultdict[str, list[Any]](list)
                for record in table:
                    links[getattr(record, column)].append(record)
        return found

    def linked(self, table: str, column: str, value: m.Record | str) -> list[Any]:
        """The records of ``table`` whose ``column`` is ``value``, an id or a record.

        ``column`` is a foreign key of ``table``; ``KeyError`` otherwise.
        """
        if (table, column) not in self._links:
            raise KeyError(f"{column} of {table} is no foreign key; these are {', '.join(map('.'.join, self._links))}")
        return list(self._links[table, column].get(_joined(value), ()))

    def _id(self, what: m.Record | str, *tables: str) -> str:
        """The id of a record of one of ``tables``; ``KeyError`` says where else there is one of that id."""
        if not isinstance(what, str | m.Record):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"give a record or its id, not {what!r}")
        wanted = _joined(what)
        if not any(wanted in self.tables[name] for name in tables):
            if others := [name for name, table in self.tables.items() if wanted in table]:
                raise KeyError(f"{wanted!r} is a record of {' and '.join(others)}, not of {' or '.join(tables)}")
            self.tables[tables[0]][wanted]  # which names the closest
        return wanted

    def _across(self, link: str, near: str, what: m.Record | str, far: str, role: str | None = None) -> list[Any]:
        """The records that ``far`` of a link table names where ``near`` is ``what``, each once; ``role`` is in its key."""
        spec = m.TABLES[link].TABLE
        if role is not None:
            _refuse_unknown(m.columns(link)[spec.key[-1]], role)
        links = self.linked(link, near, self._id(what, spec.foreign_keys[near]))
        found = dict.fromkeys(getattr(one, far) for one in links if role in (None, getattr(one, spec.key[-1])))
        return [self.tables[spec.foreign_keys[far]][key] for key in found]

    def parties_of(self, event: m.Event | str, role: str | None = None) -> list[m.Party]:
        """The parties of an event; with ``role``, those in that role.

        Here and below, a record is given as itself or by its id; ``KeyError`` if there is no such one, and
        ``ValueError`` for a role or relation that isn't one of the codes.
        """
        return self._across("event_parties", "event_id", event, "party_id", role)

    def places_of(self, event: m.Event | str, relation: str | None = None) -> list[m.Place]:
        """The places of an event; with ``relation``, those that lie to it so."""
        return self._across("event_places", "event_id", event, "place_id", relation)

    def events_of(self, party: m.Party | str, role: str | None = None) -> list[m.Event]:
        """The events a party has a part in; with ``role``, that part."""
        return self._across("event_parties", "party_id", party, "event_id", role)

    def claims_about(self, subject: m.Event | m.Party | m.Place | str) -> list[m.Claim]:
        """The claims about an event, a party or a place."""
        key = self._id(subject, "events", "parties", "places")
        links = (("claim_events", "event_id"), ("claim_parties", "party_id"), ("claim_places", "place_id"))
        found = (link for table, column in links for link in self.linked(table, column, key))
        wanted = {link.claim_id for link in found if getattr(link, "role", "about") == "about"}
        return [claim for claim in self.claims if claim.claim_id in wanted]

    def claims_by(self, speaker: m.Party | str) -> list[m.Claim]:
        """The claims a party is the speaker of."""
        return self._across("claim_parties", "party_id", speaker, "claim_id", "speaker")

    def speakers_of(self, claim: m.Claim | str) -> list[m.Party]:
        """The parties that speak a claim; none where the voice is the article's."""
        return self._across("claim_parties", "claim_id", claim, "party_id", "speaker")

    def segment_of(self, claim: m.Claim | str) -> m.Segment:
        """The sentence that makes a claim."""
        return self.segments[self.claims[self._id(claim, "claims")].segment_id]

    def mentions_of(self, referent: m.Party | m.Place | str) -> list[m.Mention]:
        """The mentions of a party or place."""
        key = self._id(referent, "parties", "places")
        return [*self.linked("mentions", "party_id", key), *self.linked("mentions", "place_id", key)]

    # --- flat ---------------------------------------------------------------------------------

    def view(self, name: str) -> Frame:
        """A flat view: one row with all that people join to it, lists where there may be several.

        ``name`` is ``claims`` (with speakers, relays, whom and what it is about), ``events`` (with parties
        by role, places, claims), ``mentions`` (with names) or ``propositions`` (each once, with the claims
        that make it and their speakers). ``KeyError`` for another.

        >>> from jpkr_drills import load
        >>> load().view("claims")[0]["about_names"]
        ['Japan', 'South Korea']
        """
        from jpkr_drills import views

        if name not in views.VIEWS:
            raise KeyError(f"no view {name!r}; the views are {', '.join(views.VIEWS)}")
        return views.frame(self, views.VIEWS[name])

    def propositions(self) -> Table[m.Claim]:
        """The distinct propositions: of the claims that make the same one, the first."""
        return Table(m.Claim, (claim for claim in self.claims if claim.claim_id == claim.proposition_id))

    def timeline(self) -> Frame:
        """The events in an order that their dates and relations allow.

        ``earlier_ids`` are the events that come before for certain; ``undecided_ids`` those of which
        neither dates nor relations say whether they come before or after (of these, what is still to
        come is put last). A relation orders two events where its meaning does, such as ``precedes``
        and ``halts``; events are compared by when they start.

        >>> from jpkr_drills import load
        >>> [row["event_id"] for row in load().timeline() if row["date"]]
        ['drills-suspension', 'yoon-presidency', 'yoon-taking-office', 'yoon-ties-priority', 'camp-david-summit']
        """
        from jpkr_drills import views

        return views.timeline(self)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:  # pyright: ignore[reportUnknownParameterType]
        """The data set as a ``networkx.MultiDiGraph``. Needs the extra ``graph``.

        Nodes are parties, places, events and claims (``parties/japan``), with ``kind`` (the table),
        ``label`` and their columns; edges are the links, with ``kind`` (the role or relation) and ``table``.
        """
        from jpkr_drills.export.graph import to_networkx

        return to_networkx(self)

    def join(self, table: str) -> Frame:
        """A table widened by every record that its foreign keys point to.

        The columns of a record pointed to follow, each with the foreign key's name (less ``_id``)
        and an underscore in front: ``join("event_parties")`` has ``event_id``, ``party_id``,
        ``role``, ``event_title``, ..., ``party_name``, .... Where the key is empty they are too.

        Raises ``KeyError`` for a name that is no table.
        """
        from jpkr_drills.frames import Frame

        if table not in m.TABLES:
            raise KeyError(f"no table {table!r}{closest(table, m.TABLES)}")
        frame = self.tables[table].frame()
        known, data = {**frame.columns}, {**frame.data}
        for column, target in self.tables[table].record.TABLE.foreign_keys.items():
            pointed = self.tables[target]
            other = Frame.of(pointed.record, (None if key is None else pointed[key] for key in data[column]))
            prefix = column.removesuffix("id")
            for name in (name for name in other.columns if name not in pointed.record.TABLE.key):
                new = name if name.startswith(prefix) and name not in known else prefix + name
                known[new], data[new] = other.columns[name]._replace(name=new), other.data[name]
        return Frame(frame.name, known, data, description=frame.description)


def _joined(key: m.Record | str | tuple[str, ...]) -> str:
    return key.key() if isinstance(key, m.Record) else "/".join(key) if isinstance(key, tuple) else key


def _refuse_unknown(column: m.Column, value: object) -> None:
    """Raise ``ValueError`` or ``TypeError`` for a value that the column can't have."""
    if isinstance(value, str) is not (column.kind is str):
        raise TypeError(f"{column.name} holds {'texts' if column.kind is str else 'numbers'}: {value!r} is none")
    if column.codelist and value not in column.codelist.codes:
        raise ValueError(f"{column.name} has no code {value!r}{closest(str(value), column.codelist.codes)}")


def closest(word: str, words: Iterable[str], what: str = "are") -> str:
    """What a message of an unknown word says of those that it is near to."""
    import difflib  # where something is wrong only: it is no part of loading

    close = difflib.get_close_matches(word, list(words), n=3, cutoff=0.4)
    return f"; the closest {what} {', '.join(close)}" if close else ""
