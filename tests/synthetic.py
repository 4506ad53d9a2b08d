"""The package that most tests spoil or read: the coding of an invented article about two towns and a bridge.

It has what rules look for (a state with its capital, a sea, a relay, tensions, dates of each kind, a codebook),
and proves that nothing knows the bundled article.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from coding import Coding
from jpkr_drills.package.files import CODEBOOK

TITLE = "Aldermoor and Brackwater to Reopen Old Ferry Bridge"
SENTENCES = {
    "p0s1": TITLE,
    "p1s1": "Aldermoor and Brackwater have agreed to reopen the Old Ferry Bridge, closed since 2011.",
    "p1s2": "Mayor Inês Tarrow said the crossing would bring the two towns closer.",
    "p2s1": "Both councils met at the Café Möwe in March 2024.",
    "p2s2": "Oslo halted its ferry across the Grey Sound last spring, the Brackwater Post reported, "
    "and the ferry may never sail again.",
    "p3s1": "Norwegian engineers warned that ice could damage it.",
    "p3s2": "The closure never hurt trade, traders in the two towns say, but trade fell by half after 2011.",
}
TEXT = "{p0s1}\n\n{p1s1} {p1s2}\n\n{p2s1} {p2s2}\n\n{p3s1} {p3s2}\n".format(**SENTENCES)

PARTIES = """
aldermoor|Aldermoor|government_body|||||One of the two towns.
brackwater|Brackwater|government_body|||||One of the two towns.
brackwater-post|Brackwater Post|media|||||A newspaper that the article cites.
engineers|Norwegian engineers|experts|norway|NOR|||Engineers who speak of the ice.
ines-tarrow|Inês Tarrow|person|aldermoor||Mayor||Presented as a mayor.
norway|Norway|state||NOR||Q20|The state that ran the ferry.
"""
PLACES = """
cafe-moewe|Café Möwe|facility|||not_given|
grey-sound|Grey Sound|sea|57.9|9.5|centroid|Q4115189
old-ferry-bridge|Old Ferry Bridge|facility|58.25|9.0|point|
"""
EVENTS = """
bridge-closure|Closure of the bridge|suspension|occurred|single|2011|since 2011|calendar||
bridge-reopening|Reopening of the bridge|cooperation|planned|single|||not_stated||
council-meeting|Meeting of the councils|meeting|occurred|single|2024-03|in March 2024|calendar|040|CONSULT
ferry-halt|Halt of the ferry|suspension|occurred|single||last spring|relative||
ferry-service|Ferry across the sound|movement|halted|process|||not_stated||
mayor-remarks|Remarks by the mayor|statement|occurred|single|||not_stated||
mayoralty|Mayor in Aldermoor|office|ongoing|process|||not_stated||
post-report|Report by the newspaper|statement|occurred|single|||not_stated||
reopening-agreement|Agreement to reopen|agreement|occurred|single|||not_stated|030|AGREE
"""
EVENT_PARTIES = """
council-meeting|aldermoor|participant
council-meeting|brackwater|participant
ferry-halt|norway|actor
mayor-remarks|ines-tarrow|issuer
mayoralty|ines-tarrow|actor
post-report|brackwater-post|issuer
reopening-agreement|aldermoor|participant
reopening-agreement|brackwater|participant
"""
EVENT_PLACES = """
council-meeting|cafe-moewe|at
ferry-service|grey-sound|in
"""
EVENT_RELATIONS = """
bridge-closure|precedes|reopening-agreement
council-meeting|alongside|reopening-agreement
ferry-halt|halts|ferry-service
post-report|reports|ferry-halt
reopening-agreement|agrees_to|bridge-reopening
"""
CLAIM_RELATIONS = """
p1s1-1|elaborates|p0s1-1|
p3s1-1|explains|p1s1-2|
p3s2-1|in_tension_with|p3s2-2|The closing does no harm in the one and does harm in the other.
"""
MENTIONS = """
p0s1-m1|Aldermoor|name|aldermoor
p0s1-m2|Brackwater|name|brackwater
p0s1-m3|Old Ferry Bridge|name||old-ferry-bridge
p1s1-m1|Aldermoor|name|aldermoor
p1s1-m2|Brackwater|name|brackwater
p1s1-m3|Old Ferry Bridge|name||old-ferry-bridge
p1s2-m1|Inês Tarrow|name|ines-tarrow
p1s2-m2|the two towns|collective|aldermoor
p1s2-m3|the two towns|collective|brackwater
p2s1-m1|Café Möwe|name||cafe-moewe
p2s2-m1|Oslo|capital|norway
p2s2-m2|Grey Sound|name||grey-sound
p2s2-m3|Brackwater Post|name|brackwater-post
p3s1-m1|Norwegian|demonym|norway
p3s1-m2|Norwegian engineers|description|engineers
p3s1-m3|it|pronoun||old-ferry-bridge
p3s2-m1|the two towns|collective|aldermoor
p3s2-m2|the two towns|collective|brackwater
"""
_CODEBOOK = """# Codebook

How sure a claim is:

<!-- generated: codes certainty -->
<!-- end -->
"""


def coding() -> Coding:
    """The coding, to be changed."""
    return _coding().copy()


@cache
def _coding() -> Coding:
    made = Coding(TEXT, SENTENCES, name="two-towns", title="Two towns and a bridge")
    made.descriptor["contributors"] = [{"title": "Somebody", "roles": ["coder"]}]
    made.descriptor["resources"] = [
        {"name": "codebook", "path": CODEBOOK, "format": "md", "mediatype": "text/markdown"}
    ]
    made.cited.append({"title": "Bridge Closed", "publisher": "Brackwater Post", "relation": "cited"})
    made.more[CODEBOOK] = _CODEBOOK.encode()
    for table, rows in {
        "parties": PARTIES,
        "places": PLACES,
        "events": EVENTS,
        "event_parties": EVENT_PARTIES,
        "event_places": EVENT_PLACES,
        "event_relations": EVENT_RELATIONS,
        "claim_relations": CLAIM_RELATIONS,
    }.items():
        for line in rows.strip().splitlines():
            row = made.add(table)
            row.update(zip(row, line.split("|"), strict=False))
            if table == "events":
                row["description"] = f"{row['title']}, as the article tells it."
    for line in MENTIONS.strip().splitlines():
        made.mention(*line.split("|"))
    _make_claims(made)
    return made


def _make_claims(made: Coding) -> None:
    towns = "aldermoor brackwater"
    made.claim(
        *("p0s1-1", TITLE, "The two towns will open the Old Ferry Bridge again."),
        *(towns, "bridge-reopening", "old-ferry-bridge"),
        claim_type="plan",
    )
    made.claim(
        *("p1s1-1", "Aldermoor and Brackwater have agreed to reopen"),
        *("Aldermoor and Brackwater agreed on the reopening.", towns, "bridge-reopening reopening-agreement"),
    )
    made.claim(
        *("p1s1-2", "the Old Ferry Bridge, closed since 2011", "The Old Ferry Bridge was closed in 2011."),
        *("", "bridge-closure", "old-ferry-bridge"),
    )
    made.claim(
        *("p1s1-3", "reopen the Old Ferry Bridge", "The two towns will reopen the Old Ferry Bridge."),
        *(towns, "bridge-reopening"),
        claim_type="plan",
        proposition_id="p0s1-1",
        explicitness="implied",
    )
    made.claim(
        *("p1s2-1", "Mayor Inês Tarrow said", "Inês Tarrow spoke about the crossing.", "ines-tarrow"),
        *("mayor-remarks",),
    )
    made.claim(
        *("p1s2-2", "the crossing would bring the two towns closer"),
        *("The crossing will draw Aldermoor and Brackwater together.", towns, "bridge-reopening", "", "ines-tarrow"),
        claim_type="plan",
        certainty="probable",
    )
    made.claim(
        *("p1s2-3", "Mayor Inês Tarrow", "Inês Tarrow is the mayor of Aldermoor.", "ines-tarrow", "mayoralty"),
        claim_type="state",
        explicitness="presupposed",
        salience="background",
    )
    made.claim(
        *("p2s1-1", "Both councils met at the Café Möwe in March 2024"),
        *("The councils of Aldermoor and Brackwater met in March 2024.", towns, "council-meeting", "cafe-moewe"),
    )
    made.claim(
        *("p2s2-1", "Oslo halted its ferry across the Grey Sound last spring"),
        *("Norway stopped a ferry across the Grey Sound.", "norway", "ferry-halt", "grey-sound", "brackwater-post"),
    )
    made.claim(
        *("p2s2-2", "the Brackwater Post reported", "The Brackwater Post wrote about the ferry."),
        *("brackwater-post", "post-report"),
    )
    made.claim(
        *("p2s2-3", "the ferry may never sail again", "The ferry will not resume.", "", "ferry-service"),
        claim_type="assessment",
        voice="unclear",
        certainty="possible",
        polarity="negative",
    )
    made.claim(
        *("p3s1-1", "ice could damage it", "Ice can damage the Old Ferry Bridge.", "", "", "old-ferry-bridge"),
        *("engineers",),
        claim_type="cause",
        certainty="possible",
    )
    made.claim(
        *("p3s2-1", "The closure never hurt trade", "The closing did no harm to trade.", "", "bridge-closure"),
        claim_type="state",
        voice="unclear",
        polarity="negative",
        salience="supporting",
    )
    made.claim(
        *("p3s2-2", "trade fell by half after 2011", "Trade halved behind the closing.", "", "bridge-closure"),
        claim_type="state",
        salience="supporting",
    )


def make(root: Path) -> tuple[Path, Path]:
    """Write the article and its package below ``root``; returns the package and the article."""
    return coding().write(root)
