"""The coding that the rules of meaning look at, and the register that they are noted in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, partial
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from jpkr_drills.issues import Issue, Level
from jpkr_drills.model import records as m
from jpkr_drills.package import Package, coded_source
from jpkr_drills.rules import Rule
from jpkr_drills.rules import rule as define

R = TypeVar("R", bound=m.Record)
K = TypeVar("K")
V = TypeVar("V")
Span = m.Segment | m.Claim | m.Mention


class Found(NamedTuple):
    """Where a rule is broken: a record, its field, and what is wrong with it."""

    record: m.Record | type[m.Record]
    """A record's type stands for its table as a whole, which has no field."""
    field: str
    message: str


class Coding:
    """The valid records of a package, and the tables that are whole.

    Rows of ``keys``, what the references engine found, are left out: a row that is given twice or points
    nowhere says nothing of its own, and rules would only repeat that.
    """

    def __init__(self, package: Package, keys: Collection[Issue] = (), text: str = "") -> None:
        self.text = text
        """The article, for the rules that need it."""
        source = coded_source(package.descriptor)
        length = source.get("characters")
        self.characters: int | None = length if type(length) is int else None
        """Length of the coded article, where the descriptor gives it."""
        self.language = str(source.get("language", ""))
        """Language of the coded article, as in BCP 47; empty where the descriptor gives none."""
        self.lines: dict[int, int] = {}
        """``id`` of a record to its line."""
        self._records: dict[type[m.Record], list[m.Record]] = {}
        self._made: dict[object, Any] = {}
        """Records by what they are looked up by, made at the first look."""
        left_out = {(found.file, found.line) for found in keys if found.rule in ("duplicate-key", "foreign-key")}
        for name, table in package.tables.items():
            kept = self._records[m.TABLES[name]] = []
            for row, record in zip(table.rows, table.records, strict=True):
                if record is not None and (table.path, row.line) not in left_out:
                    kept.append(record)
                    self.lines[id(record)] = row.line
        broken_files = {found.file for found in keys}
        tables = (table for table in package.tables.values() if table.sound and table.path not in broken_files)
        self.whole = frozenset(m.TABLES[table.table] for table in tables)

    def of(self, record: type[R]) -> list[R]:
        """The records of one table."""
        return self._records[record]  # type: ignore[return-value]

    def get(self, kind: type[R], key: str | None) -> R | None:
        """The record with an id, in a table with a single key."""
        if kind not in self._made:
            self._made[kind] = {one.key(): one for one in self.of(kind)}
        found: R | None = self._made[kind].get(key)
        return found

    def links(self, kind: type[R], record: m.Record) -> list[R]:
        """The records of a table that name ``record``, in the column of its id."""
        (column,) = record.TABLE.key
        if (kind, column) not in self._made:
            self._made[kind, column] = grouped((getattr(one, column), one) for one in self.of(kind))
        found: list[R] = self._made[kind, column].get(getattr(record, column), [])
        return found

    def claims_about(self, event: m.Event) -> list[m.Claim]:
        """The claims about an event."""
        ids = (link.claim_id for link in self.links(m.ClaimEvent, event))
        return [claim for one in ids if (claim := self.get(m.Claim, one))]

    def sentences_about(self, event: m.Event) -> list[m.Segment]:
        """The sentences with a claim about an event."""
        ids = dict.fromkeys(claim.segment_id for claim in self.claims_about(event))
        return [segment for one in ids if (segment := self.get(m.Segment, one))]

    def speakers(self, claim: m.Claim) -> frozenset[str]:
        """Ids of those who make a claim."""
        return frozenset(link.party_id for link in self.links(m.ClaimParty, claim) if link.role == "speaker")

    @property
    def statements(self) -> list[m.Claim]:
        """The claims whose statements are in English, which rules about wording read."""
        return self.of(m.Claim) if self.language.casefold().split("-")[0] == "en" else []

    @cached_property
    def spans(self) -> list[Span]:
        """Every record that is a span of the article."""
        return [*self.of(m.Segment), *self.of(m.Claim), *self.of(m.Mention)]

    @cached_property
    def mentions_of_span(self) -> dict[tuple[int, int], list[m.Mention]]:
        """Span to the mentions it is: several where a collective stands for several."""
        return grouped(((one.start, one.end), one) for one in self.of(m.Mention))


Check = Callable[[Coding], Iterator[Found]]


CHECKS: list[tuple[Rule, Check, frozenset[type[m.Record]]]] = []
"""Every rule about a coding with its check and the tables that must be whole for it, in the order of definition."""


def error(
    fix: str, *needs: type[m.Record], engine: str = "meaning", level: Level = "error"
) -> Callable[[Check], Check]:
    """Define a rule whose breach is certain: named after its function, whose docstring is what it asks.

    ``needs`` are the tables that must be whole: what is missing may be in a line that can't be read.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        asks = " ".join((check.__doc__ or "").split())
        CHECKS.append((define(engine, name, asks, fix, level), check, frozenset(needs)))
        return check

    return register


advice = partial(error, level="advice")
"""Define a rule of advice, likewise."""


def judged(engine: str, coding: Coding, skip: Collection[str]) -> Iterator[Issue]:
    """What breaks a rule of an engine; ``skip`` are rules not to run."""
    for rule, broken, needs in CHECKS:
        if rule.engine == engine and needs <= coding.whole and rule.name not in skip:
            yield from (issue(rule, coding, found) for found in broken(coding))


def issue(rule: Rule, coding: Coding, found: Found, *, value: object = None, engine: str | None = None) -> Issue:
    """What was found, as an issue; without ``value`` it shows that of the field."""
    record, field, message = found
    if isinstance(record, type):
        return rule.issue(record.TABLE.path, message)
    return rule.issue(
        record.TABLE.path,
        message,
        line=coding.lines[id(record)],
        record=record.key(),
        field=field,
        value=value or getattr(record, field),
        engine=engine,
    )


def referent(mention: m.Mention) -> str:
    """What a mention refers to, told apart from an id of the other kind."""
    return f"party {mention.party_id}" if mention.party_id else f"place {mention.place_id}"


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Key to its values, both in the order in which they come."""
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def repeated(pairs: Iterable[tuple[K, R]]) -> Iterator[tuple[R, R]]:
    """Each record whose key another one had before, with that first one."""
    first: dict[Any, R] = {}
    for key, record in pairs:
        if first.setdefault(key, record) is not record:
            yield record, first[key]


def circle(edges: Iterable[tuple[R, str, str]]) -> tuple[list[R], str]:
    """The records that lead in a circle from one id to another, and the circle in words; without one, none."""
    known = list(edges)
    graph = grouped((source, target) for _, source, target in known)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as reason:
        ids = reason.args[1][::-1]
        steps = set(pairwise(ids))
        return [one for one, source, target in known if (source, target) in steps], " → ".join(ids)
    return [], ""
