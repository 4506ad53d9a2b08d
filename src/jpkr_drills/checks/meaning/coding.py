"""The coding that the rules of meaning look at, and the register that they are noted in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple, TypeVar

from jpkr_drills import models as m

R = TypeVar("R", bound=m.Record)
K = TypeVar("K")
V = TypeVar("V")


class Found(NamedTuple):
    """Where a rule is broken: a record, its field, and what is wrong with it."""

    record: m.Record | type[m.Record]
    """A record's type stands for its table as a whole, which has no field."""
    field: str
    message: str


@dataclass(frozen=True)
class Coding:
    """The valid records of a package, and the tables that are whole."""

    records: dict[type[m.Record], list[m.Record]]
    lines: dict[int, int]
    """``id`` of a record to its line."""
    whole: frozenset[type[m.Record]]
    characters: int | None
    """Length of the coded article, where the descriptor gives it."""

    def of(self, record: type[R]) -> list[R]:
        """The records of one table."""
        return self.records[record]  # type: ignore[return-value]

    def by_id(self, record: type[R]) -> dict[str, R]:
        """Id to record, for a table with a single key."""
        return {one.key(): one for one in self.of(record)}

    @cached_property
    def claims_of_event(self) -> dict[str, list[str]]:
        """Event to the claims about it."""
        return grouped((link.event_id, link.claim_id) for link in self.of(m.ClaimEvent))

    @cached_property
    def events_of_claim(self) -> dict[str, list[str]]:
        """Claim to the events it is about."""
        return grouped((link.claim_id, link.event_id) for link in self.of(m.ClaimEvent))

    @cached_property
    def parties_of_claim(self) -> dict[str, list[m.ClaimParty]]:
        """Claim to its links to parties."""
        return grouped((link.claim_id, link) for link in self.of(m.ClaimParty))

    @cached_property
    def mentions_of_span(self) -> dict[tuple[int, int], list[m.Mention]]:
        """Span to the mentions it is: several where a collective stands for several."""
        return grouped(((one.start, one.end), one) for one in self.of(m.Mention))


Check = Callable[[Coding], Iterator[Found]]
CHECKS: dict[str, tuple[Check, frozenset[type[m.Record]]]] = {}
"""Rule to its check, and the tables that must be whole for it."""


def rule(name: str, *needs: type[m.Record]) -> Callable[[Check], Check]:
    """Register the check of the rule ``name``; ``needs`` are the tables that must be whole."""

    def register(check: Check) -> Check:
        CHECKS[name] = (check, frozenset(needs))
        return check

    return register


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Key to its values, both in the order in which they come."""
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def cycle(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges of a cycle, or none."""
    graph: dict[str, set[str]] = {}
    for source, target in edges:
        graph.setdefault(source, set()).add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [(after, before) for before, after in pairwise(error.args[1])][::-1]
    return []


def gist(text: str) -> tuple[str, ...]:
    """The words of a text, without case, punctuation and articles: what tells it from another."""
    return tuple(word for word in re.findall(r"\w+", text.casefold()) if word not in ("a", "an", "the"))


def either(values: Iterable[str]) -> str:
    """Values in words: ``a or b``."""
    return " or ".join(sorted(values))
