"""A coding that is made in code: an article of a few sentences, and the tables that code it."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers import table_path
from jpkr_drills import jsonfile
from jpkr_drills.build import build, documents
from jpkr_drills.export.reading import Memory
from jpkr_drills.model.columns import to_cell
from jpkr_drills.model.records import TABLES, columns
from jpkr_drills.package import Package, csvfile
from jpkr_drills.package.files import DESCRIPTOR, Limits
from tables import Tables

KEPT = {
    "claim_type": "event",
    "voice": "article",
    "certainty": "certain",
    "polarity": "positive",
    "explicitness": "asserted",
    "salience": "core",
}
"""How a claim is coded where a test doesn't say."""


class Coding(Tables):
    """An article and its tables, which can be written as a package or checked in memory."""

    def __init__(self, text: str, sentences: Mapping[str, str], **descriptor: object) -> None:
        super().__init__({table: [] for table in TABLES})
        self.text = text
        self.sentences = dict(sentences)
        self.more: dict[str, bytes] = {}
        """Further files of the package."""
        self.cited: list[dict[str, Any]] = []
        self.descriptor: dict[str, Any] = {
            "name": "coding",
            "title": "A coding",
            "description": "The coding of an invented article.",
            "version": "0.1.0",
            "keywords": ["example"],
            "licenses": [{"name": "CC-BY-4.0"}],
            "language": "en",
            **descriptor,
        }
        for name, words in sentences.items():
            paragraph, _, sentence = name[1:].partition("s")
            self.add("segments", segment_id=name, paragraph=paragraph, sentence=sentence, **self.span(name, words))
        for entry in documents.code_entries():
            self.add("codes", **{name: to_cell(value) for name, value in entry})

    def copy(self) -> Coding:
        """A coding of its own that says the same."""
        return copy.deepcopy(self)

    def span(self, segment: str, words: str) -> dict[str, str]:
        """Start, end and hash of words of a sentence."""
        start = self.text.index(words, self.text.index(self.sentences[segment]))
        digest = hashlib.sha256(words.encode()).hexdigest()
        return {"start": str(start), "end": str(start + len(words)), "sha256": digest}

    def claim(
        self,
        name: str,
        words: str,
        statement: str,
        about: str = "",
        events: str = "",
        places: str = "",
        speaker: str = "",
        **coding: str,
    ) -> None:
        """A claim, what carries it, and what it is linked to: ids with spaces between them."""
        home = name.partition("-")[0]
        said = {**KEPT, "proposition_id": name, **({"voice": "attributed"} if speaker else {}), **coding}
        self.add("claims", claim_id=name, segment_id=home, statement=statement, **self.span(home, words), **said)
        for role, parties in (("about", about), ("speaker", speaker)):
            for party in parties.split():
                self.add("claim_parties", claim_id=name, party_id=party, role=role)
        for event in events.split():
            self.add("claim_events", claim_id=name, event_id=event)
        for place in places.split():
            self.add("claim_places", claim_id=name, place_id=place)

    def mention(self, name: str, words: str, form: str, party: str = "", place: str = "") -> None:
        """A mention of a party or a place."""
        home = name.partition("-")[0]
        span = self.span(home, words)
        del span["sha256"]
        refers = {"party_id": party, "place_id": place}
        self.add("mentions", mention_id=name, segment_id=home, surface=words, form=form, **span, **refers)

    # --- as a package --------------------------------------------------------------------------

    def source(self) -> dict[str, Any]:
        """What the descriptor says of the article."""
        content = self.text.encode()
        return {
            "title": self.sentences["p0s1"],
            "relation": "coded",
            "language": self.descriptor["language"],
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "characters": len(self.text),
        }

    def files(self) -> dict[str, bytes]:
        """Path to content of the tables and the descriptor: what is authored."""
        said = {key: value for key, value in self.descriptor.items() if key != "language"}
        files = {DESCRIPTOR: jsonfile.render({"sources": [self.source(), *self.cited], **said}), **self.more}
        for table in TABLES:
            self.sort(table)
            rows = (tuple(row.values()) for row in self.rows(table))
            files[table_path(table)] = csvfile.write(tuple(columns(table)), rows)
        return files

    def package(self) -> Package:
        """The package as it stands, in memory; nothing is generated."""
        return Package(Memory("memory", self.files()), Limits())

    def write(self, root: Path) -> tuple[Path, Path]:
        """Write the article and its package below ``root``, built; returns the package and the article."""
        package, article = root / "package", root / "article.txt"
        for name, content in self.files().items():
            place = package / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        article.write_bytes(self.text.encode())
        _, issues = build(package)
        assert issues == [], issues
        return package, article
