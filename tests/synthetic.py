"""A second package, of an invented article about two towns and a bridge.

``make`` writes the article and a package of the same thirteen tables that codes it, and lets
``jpkr_drills.building.build`` generate the rest. It stands in where a test needs the text of an
article (the bundled package's is not shipped), and proves that nothing knows the bundled article:
another article's package builds, validates and loads with the same code.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jpkr_drills import csvfile, jsonfile
from jpkr_drills.building import build
from jpkr_drills.cells import columns
from jpkr_drills.files import DESCRIPTOR
from jpkr_drills.models import TABLES
from jpkr_drills.package import table_path

REPOSITORY = Path(__file__).resolve().parents[1]

TITLE = "Aldermoor and Brackwater to Reopen Old Ferry Bridge"
SENTENCES = {
    "p0s1": TITLE,
    "p1s1": "Aldermoor and Brackwater have agreed to reopen the Old Ferry Bridge, closed since 2011.",
    "p1s2": "Mayor Inês Tarrow said the crossing would bring the two towns closer.",
    "p2s1": "Both councils met at the Café Möwe in March 2024.",
}
TEXT = "{p0s1}\n\n{p1s1} {p1s2}\n\n{p2s1}\n".format(**SENTENCES)

PARTIES = (
    ("aldermoor", "Aldermoor", "government_body", "", "", "", "", "One of the two towns."),
    ("brackwater", "Brackwater", "government_body", "", "", "", "", "One of the two towns."),
    ("ines-tarrow", "Inês Tarrow", "person", "aldermoor", "", "Mayor", "", "Presented as a mayor."),
)
PLACES = (
    ("cafe-moewe", "Café Möwe", "facility", "", "", "none", ""),
    ("old-ferry-bridge", "Old Ferry Bridge", "facility", "", "", "none", ""),
)
EVENTS = (
    "bridge-closure,Closure of the bridge,suspension,occurred,single,2011,since 2011,calendar,,",
    "bridge-reopening,Reopening of the bridge,cooperation,planned,single,,,not_stated,,",
    "council-meeting,Meeting of the councils,meeting,occurred,single,2024-03,in March 2024,calendar,"
    "040,CONSULT",
    "mayor-remarks,Remarks by the mayor,statement,occurred,single,,,not_stated,,",
    "reopening-agreement,Agreement to reopen,agreement,occurred,single,,,not_stated,030,AGREE",
)
EVENT_PARTIES = (
    ("council-meeting", "aldermoor", "participant"),
    ("council-meeting", "brackwater", "participant"),
    ("mayor-remarks", "ines-tarrow", "issuer"),
    ("reopening-agreement", "aldermoor", "participant"),
    ("reopening-agreement", "brackwater", "participant"),
)
EVENT_PLACES = (("council-meeting", "cafe-moewe", "at"),)
EVENT_RELATIONS = (("reopening-agreement", "agrees_to", "bridge-reopening"),)


@dataclass(frozen=True)
class _Claim:
    """A claim, the words that carry it, and what it is linked to."""

    claim_id: str
    words: str
    statement: str
    coding: tuple[str, str, str, str, str]
    about: tuple[str, ...]
    events: tuple[str, ...]
    speaker: str = ""


_PLAN = ("plan", "article", "certain", "positive", "asserted")
_EVENT = ("event", "article", "certain", "positive", "asserted")
CLAIMS = (
    _Claim(
        "p0s1-1",
        TITLE,
        "The two towns will open the Old Ferry Bridge again.",
        _PLAN,
        ("aldermoor", "brackwater"),
        ("bridge-reopening",),
    ),
    _Claim(
        "p1s1-1",
        "Aldermoor and Brackwater have agreed to reopen",
        "Aldermoor and Brackwater agreed on the reopening.",
        _EVENT,
        ("aldermoor", "brackwater"),
        ("bridge-reopening", "reopening-agreement"),
    ),
    _Claim(
        "p1s1-2",
        "the Old Ferry Bridge, closed since 2011",
        "The Old Ferry Bridge was closed in 2011.",
        _EVENT,
        (),
        ("bridge-closure",),
    ),
    _Claim(
        "p1s2-1",
        "Mayor Inês Tarrow said",
        "Inês Tarrow spoke about the crossing.",
        _EVENT,
        ("ines-tarrow",),
        ("mayor-remarks",),
    ),
    _Claim(
        "p1s2-2",
        "the crossing would bring the two towns closer",
        "The crossing will draw Aldermoor and Brackwater together.",
        ("plan", "attributed", "probable", "positive", "asserted"),
        ("aldermoor", "brackwater"),
        ("bridge-reopening",),
        "ines-tarrow",
    ),
    _Claim(
        "p2s1-1",
        "Both councils met at the Café Möwe in March 2024",
        "The councils of Aldermoor and Brackwater met in March 2024.",
        _EVENT,
        ("aldermoor", "brackwater"),
        ("council-meeting",),
    ),
)
CLAIM_RELATIONS = (("p1s1-1", "elaborates", "p0s1-1", ""),)
# id, words, form, party, place
MENTIONS = (
    ("p0s1-m1", "Aldermoor", "name", "aldermoor", ""),
    ("p0s1-m2", "Brackwater", "name", "brackwater", ""),
    ("p0s1-m3", "Old Ferry Bridge", "name", "", "old-ferry-bridge"),
    ("p1s1-m1", "Aldermoor", "name", "aldermoor", ""),
    ("p1s1-m2", "Brackwater", "name", "brackwater", ""),
    ("p1s1-m3", "Old Ferry Bridge", "name", "", "old-ferry-bridge"),
    ("p1s2-m1", "Inês Tarrow", "name", "ines-tarrow", ""),
    ("p1s2-m2", "the two towns", "collective", "aldermoor", ""),
    ("p1s2-m3", "the two towns", "collective", "brackwater", ""),
    ("p2s1-m1", "Café Möwe", "name", "", "cafe-moewe"),
)


def make(root: Path) -> tuple[Path, Path]:
    """Write the article and its package below ``root``; returns the package and the article."""
    article, package = root / "article.txt", root / "package"
    article.write_bytes(TEXT.encode())
    (package / "data").mkdir(parents=True)
    for table, rows in _tables().items():
        (package / table_path(table)).write_bytes(csvfile.write(tuple(columns(table)), rows))
    shutil.copyfile(REPOSITORY / table_path("codes"), package / table_path("codes"))
    (package / DESCRIPTOR).write_bytes(jsonfile.render(_descriptor()))
    _, issues = build(package)
    assert issues == []
    return package, article


def _tables() -> dict[str, list[Sequence[str]]]:
    events = [(*row.split(","), f"{row.split(',')[1]}, as the article tells it.") for row in EVENTS]
    about = [(one.claim_id, party, "about") for one in CLAIMS for party in one.about]
    said = [(one.claim_id, one.speaker, "speaker") for one in CLAIMS if one.speaker]
    tables: dict[str, list[Sequence[str]]] = {
        "segments": [(name, name[1], name[3], *_span(name, words)) for name, words in SENTENCES.items()],
        "parties": list(PARTIES),
        "places": list(PLACES),
        "events": list(events),
        "event_parties": list(EVENT_PARTIES),
        "event_places": list(EVENT_PLACES),
        "event_relations": list(EVENT_RELATIONS),
        "claims": [
            (
                one.claim_id,
                _home(one.claim_id),
                *_span(_home(one.claim_id), one.words),
                one.statement,
                *one.coding,
            )
            for one in CLAIMS
        ],
        "claim_parties": [*sorted([*about, *said])],
        "claim_events": [(one.claim_id, event) for one in CLAIMS for event in one.events],
        "claim_relations": list(CLAIM_RELATIONS),
        "mentions": [
            (name, _home(name), *_span(_home(name), words)[:2], words, form, party, place)
            for name, words, form, party, place in MENTIONS
        ],
    }
    assert {*tables, "codes"} == TABLES.keys()
    return tables


def _home(name: str) -> str:
    """The segment of a claim or mention, by its id."""
    return name.partition("-")[0]


def _span(segment: str, words: str) -> tuple[str, str, str]:
    """Start, end and hash of words of a segment, counted in code points of the whole text."""
    # A sentence may repeat the headline's words: look from where it starts.
    start = TEXT.index(words, TEXT.index(SENTENCES[segment]))
    return str(start), str(start + len(words)), hashlib.sha256(words.encode()).hexdigest()


def _descriptor() -> dict[str, object]:
    content = TEXT.encode()
    return {
        "name": "two-towns",
        "title": "Two towns and a bridge",
        "description": "The coding of an invented article.",
        "version": "0.1.0",
        "keywords": ["example"],
        "licenses": [{"name": "CC-BY-4.0"}],
        "sources": [
            {
                "title": TITLE,
                "relation": "coded",
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
                "characters": len(TEXT),
            }
        ],
    }
