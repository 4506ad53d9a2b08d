"""Invented packages: seeded, valid, as many and as large as asked; no word of theirs means anything.

``python -m benchmarks.generate OUT --packages 100`` writes packages that are each a stretch of the bundled
package with names respelled and positions moved, so tables keep their proportions, lengths and links. With
``--times 10`` a package is ten copies of all of it, one behind the other.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from jpkr_drills import jsonfile, load
from jpkr_drills.build import build
from jpkr_drills.checks.meaning.links import SYMMETRIC
from jpkr_drills.model.columns import to_cell
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import bundled, csvfile
from jpkr_drills.package.files import DESCRIPTOR
from jpkr_drills.standards import COUNTRIES
from jpkr_drills.text import natural_key

Row = dict[str, Any]
Tables = dict[str, list[Row]]

NAMED = ("parties", "places", "events")
TEXTS = ("name", "title", "description", "statement", "note", "surface", "date_expression")
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


@cache
def _model() -> tuple[Tables, dict[str, Any]]:
    """The bundled package's rows and descriptor."""
    tables = {name: [dict(row) for row in table] for name, table in load().tables.items() if name != "codes"}
    return tables, jsonfile.parse((bundled() / DESCRIPTOR).read_bytes())


def stretch(tables: Tables, paragraphs: range) -> Tables:
    """The rows of some paragraphs, and what they speak of."""
    kept: Tables = {name: [dict(row) for row in rows] for name, rows in tables.items()}

    def ids(table: str, column: str) -> set[str]:
        return {row[column] for row in kept[table]}

    def keep(table: str, column: str, known: set[str]) -> None:
        kept[table] = [row for row in kept[table] if row[column] in known]

    kept["segments"] = [row for row in kept["segments"] if row["paragraph"] in paragraphs]
    for table in ("claims", "mentions"):
        keep(table, "segment_id", ids("segments", "segment_id"))
    first: dict[str, str] = {}
    for row in kept["claims"]:
        row["proposition_id"] = first.setdefault(row["proposition_id"], row["claim_id"])
    for table in ("claim_parties", "claim_events", "claim_places", "claim_relations"):
        keep(table, "claim_id", ids("claims", "claim_id"))
    keep("claim_relations", "related_claim_id", ids("claims", "claim_id"))
    keep("parties", "party_id", ids("claim_parties", "party_id") | ids("mentions", "party_id"))
    keep("places", "place_id", ids("claim_places", "place_id") | ids("mentions", "place_id"))
    keep("events", "event_id", ids("claim_events", "event_id"))
    for table, column, target in (
        ("event_parties", "event_id", "events"),
        ("event_parties", "party_id", "parties"),
        ("event_places", "event_id", "events"),
        ("event_places", "place_id", "places"),
        ("event_relations", "event_id", "events"),
        ("event_relations", "related_event_id", "events"),
    ):
        keep(table, column, ids(target, TABLES[target].TABLE.key[0]))
    for row in kept["parties"]:
        if row["parent_party_id"] not in ids("parties", "party_id"):
            row["parent_party_id"] = None
    return kept


class Scribe:
    """Writes copies of tables one behind the other, each with names, codes and positions of its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tables: Tables = {name: [] for name in TABLES if name != "codes"}
        self.paragraph = self.position = 0
        self._taken: set[str] = set()
        self._countries = self.random.sample(sorted(COUNTRIES), len(COUNTRIES))

    def add(self, tables: Tables) -> None:
        """Put a copy of ``tables`` behind what is there."""
        names = {row[column] for table in NAMED for row in tables[table] for column in _naming(table)}
        while True:
            letters = self._letters()
            respelled = {_respelled(name, letters) for name in names}
            if not respelled & self._taken:
                break
        self._taken |= respelled
        start, paragraph = tables["segments"][0]["start"], tables["segments"][0]["paragraph"]
        later = self.paragraph + (paragraph > 0 and not self.paragraph) - paragraph
        codes = {row["country"] for row in tables["parties"]} - {None}
        countries = {code: self._countries.pop() if self._countries else None for code in sorted(codes)}
        number = self.random.randrange(10**9)
        place = self.random.uniform(-9, 9)

        def changed(table: str, name: str, value: Any) -> Any:
            keys = TABLES[table].TABLE.key + tuple(TABLES[table].TABLE.foreign_keys)
            if value is None:
                return None
            if name == "paragraph":
                return value + later
            if name in ("start", "end"):
                return value - start + self.position
            if name == "country":
                return countries[value]
            if name == "wikidata":
                return f"Q{int(value[1:]) + number}"
            if name in ("latitude", "longitude"):
                return round(value + place, 3)
            if name in keys and re.match("p[0-9]+s", value):
                return re.sub("[0-9]+", lambda found: str(int(found[0]) + later), value, count=1)
            if name in TEXTS or (name in keys and columns(table)[name].codelist is None):
                return _respelled(value, letters)
            return value

        for table, rows in tables.items():
            self.tables[table] += [{k: changed(table, k, v) for k, v in row.items()} for row in rows]
        for row in self.tables["event_relations"]:
            one, other = row["event_id"], row["related_event_id"]
            if row["relation"] in SYMMETRIC and natural_key((other,)) < natural_key((one,)):
                row |= {"event_id": other, "related_event_id": one}
        last = self.tables["segments"][-1]
        self.paragraph, self.position = last["paragraph"] + 1, last["end"] + 2

    def write(self, root: Path, name: str) -> None:
        """Write a package to ``root``, everything generated with it."""
        (root / "data").mkdir(parents=True)
        for table, rows in self.tables.items():
            key = TABLES[table].TABLE.key
            for row in rows:
                if "sha256" in row:
                    row["sha256"] = hashlib.sha256(f"{name} {row['start']} {row['end']}".encode()).hexdigest()
            rows.sort(key=lambda row: natural_key(tuple(row[one] for one in key)))
            cells = [[to_cell(value) for value in row.values()] for row in rows]
            (root / TABLES[table].TABLE.path).write_bytes(csvfile.write(list(columns(table)), cells))
        descriptor = {key: value for key, value in _model()[1].items() if key not in ("accepted", "resources")}
        size = {"bytes": self.position, "characters": self.position}
        source = {**descriptor["sources"][0], **size, "sha256": hashlib.sha256(name.encode()).hexdigest()}
        descriptor |= {"name": name, "title": f"Invented package {name}", "sources": [source]}
        (root / DESCRIPTOR).write_bytes(jsonfile.render(descriptor))
        _, issues = build(root)
        if issues:
            raise AssertionError(issues[0])

    def _letters(self) -> dict[int, int]:
        mixed = ["".join(self.random.sample(letters, len(letters))) for letters in (VOWELS, CONSONANTS)]
        old, new = VOWELS + CONSONANTS, "".join(mixed)
        return str.maketrans(old + old.upper(), new + new.upper())


def _respelled(text: str, letters: dict[int, int]) -> str:
    # Single letters stay, but in "U.S.": "A" in the place of "I" would be a pronoun.
    return re.sub("[A-Za-z]{2,}|[A-Z](?=[.])", lambda found: found[0].translate(letters), text)


def _naming(table: str) -> tuple[str, ...]:
    return (*TABLES[table].TABLE.key, *TABLES[table].TABLE.unique)


def package(out: Path, number: int, *, times: int = 0, seed: int = 0) -> Path:
    """Write package ``number`` below ``out``; with ``times`` it is that many copies of the bundled one."""
    tables = _model()[0]
    name = f"package-{number:06}" if not times else f"times-{times}"
    scribe = Scribe(seed * 1_000_003 + number)
    last = tables["segments"][-1]["paragraph"]
    if times:
        for _ in range(times):
            scribe.add(tables)
    else:
        length = scribe.random.randint(4, last + 1)
        first = scribe.random.randint(0, last + 1 - length)
        scribe.add(stretch(tables, range(first, first + length)))
    scribe.write(out / name, name)
    return out / name


def corpus(out: Path, packages: int, *, seed: int = 0) -> Iterator[Path]:
    """Write packages below ``out``, on all cores."""
    with ProcessPoolExecutor() as pool:
        yield from pool.map(partial(package, out, seed=seed), range(packages), chunksize=8)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--packages", type=int, default=1)
    parser.add_argument("--times", type=int, default=0, help="one package of so many copies of the bundled one")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.times:
        print(package(options.out, 0, times=options.times, seed=options.seed))
    else:
        print(sum(1 for _ in corpus(options.out, options.packages, seed=options.seed)), "packages")


if __name__ == "__main__":
    main()
