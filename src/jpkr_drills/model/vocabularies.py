"""The closed vocabularies, read from ``vocabularies.csv`` beside this module.

The file has a row for each code: its codelist, the code, its title and its definition. The codes of a
list stand in the order in which a coder meets them. ``data/codes.csv``, the schemas and the tables of the
codebook are generated from here. PLOVER's types follow its manual (drafts 0.7 and 0.8) and its table of 2021.
"""

from __future__ import annotations

import csv
import pkgutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import core_schema


@dataclass(frozen=True)
class Codelist:
    """A closed list of codes; in an annotation it admits these codes and no other value.

    ``name`` is the coded column's, with its table's in front where tables share the column's name
    (``event_parties.role``). ``codes`` maps each code to its title and definition.
    """

    name: str
    codes: Mapping[str, tuple[str, str]] = field(repr=False, compare=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.codes))


def _read() -> dict[str, Codelist]:
    content = pkgutil.get_data("jpkr_drills.model", "vocabularies.csv") or b""
    codes: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for codelist, code, title, definition in list(csv.reader(content.decode().splitlines()))[1:]:
        codes[codelist][code] = title, definition
    return {name: Codelist(name, found) for name, found in codes.items()}


LISTS = _read()
"""Name of each codelist to the list."""

TO_COME = frozenset({"planned", "expected", "called_for"})
"""Codes of ``status`` of what hasn't happened yet."""
EARLIER = frozenset({"agrees_to", "announces", "calls_for", "culminates_in", "precedes", "prepares", "prompts"})
"""Relations between events of which the first comes before the second."""
LATER = frozenset({"builds_on", "halts", "resumes"})
"""Relations between events of which the first comes after the second."""
SYMMETRIC = frozenset({"alongside", "in_tension_with"})
"""Relations that read the same both ways."""
