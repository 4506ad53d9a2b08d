"""Annotations: claims and mentions as W3C Web Annotations; with the article's text also for brat and Label Studio."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.export import CARD, MARK, Source
from jpkr_drills.model.records import Claim, Mention, columns
from jpkr_drills.package import coded_source

_CODES = {c.name: list(c.codelist.codes) for t in ("claims", "mentions") for c in columns(t).values() if c.codelist}
"""Coded column to codes, of claims and mentions."""
_PRIVATE = (
    "The files in brat/ and label-studio/ hold the article's text: they are for private use, not to be passed on."
)


def contents(source: Source) -> dict[str, bytes]:
    """``annotations.jsonld``, and with the article ``brat/`` and ``label-studio/``."""
    found = {"annotations.jsonld": jsonfile.render(_page(source))}
    said = [f"# {source.dataset.title}: annotations", f"Version {source.dataset.version}. {MARK}."]
    if source.article is not None:
        found |= _brat(source, source.article) | _label_studio(source, source.article)
        said.append(_PRIVATE)
    return {**found, CARD: ("\n\n".join(said) + "\n").encode()}


def _spans(source: Source) -> Iterator[tuple[Claim | Mention, str, str, dict[str, str]]]:
    """Each claim and mention with its id, what it stands for, and its codes."""
    dataset = source.dataset
    for claim in dataset.claims:
        codes = {name: value for name, value in claim if name in _CODES}
        yield claim, claim.claim_id, claim.statement, codes
    for mention in dataset.mentions:
        name = (
            dataset.parties[mention.party_id].name if mention.party_id else dataset.places[mention.place_id or ""].name
        )
        yield mention, mention.mention_id, name, {"form": mention.form}


# --- W3C Web Annotation ------------------------------------------------------------------------


def _page(source: Source) -> dict[str, Any]:
    """All annotations; positions count the code points of the article, whose text isn't in them."""
    article = coded_source(source.descriptor)
    text = article.get("path") or f"urn:sha256:{article.get('sha256', '')}"
    items: list[dict[str, Any]] = []
    for record, key, stands_for, codes in _spans(source):
        body: dict[str, Any] = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": stands_for,
        }
        tags = [f"{name}: {code}" for name, code in codes.items()]
        if isinstance(record, Claim):
            tags += [f"speaker: {party.name}" for party in source.dataset.speakers_of(record)]
        items.append(
            {
                "id": f"urn:jpkr-drills:{source.about.get('name')}:{record.TABLE.name}:{key}",
                "type": "Annotation",
                "motivation": "describing" if isinstance(record, Claim) else "identifying",
                "body": [body, *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags)],
                "target": {
                    "source": text,
                    "selector": {"type": "TextPositionSelector", "start": record.start, "end": record.end},
                },
            }
        )
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:jpkr-drills:{source.about.get('name')}:annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


# --- brat --------------------------------------------------------------------------------------


def _brat(source: Source, text: str) -> dict[str, bytes]:
    """The text, the annotations in standoff form, and what brat must know to show them."""
    dataset, lines, number = source.dataset, list[str](), dict[str, str]()
    for record, key, stands_for, codes in _spans(source):
        number[key] = mark = f"T{len(number) + 1}"
        # brat takes no span across a line break: such a one is given in pieces.
        pieces = [m.span() for m in re.finditer(r"[^\n]+", text[record.start : record.end])]
        places = ";".join(f"{record.start + first} {record.start + last}" for first, last in pieces)
        words = " ".join(text[record.start + first : record.start + last] for first, last in pieces)
        lines.append(f"{mark}\t{_kind(record)} {places}\t{words}")
        lines.append(f"#{len(number)}\tAnnotatorNotes {mark}\t{key}: {stands_for}")
        lines += [f"A{len(lines) + at}\t{name} {mark} {code}" for at, (name, code) in enumerate(codes.items(), 1)]
    for at, link in enumerate(dataset.claim_relations, 1):
        lines.append(f"R{at}\t{link.relation} Arg1:{number[link.claim_id]} Arg2:{number[link.related_claim_id]}")
    relations = columns("claim_relations")["relation"].codelist
    conf = ["[entities]", "Claim", "Mention", "[relations]"]
    conf += [f"{code} Arg1:Claim, Arg2:Claim" for code in (relations.codes if relations else ())]
    conf += ["<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "[events]", "[attributes]"]
    conf += [f"{name} Arg:<ENTITY>, Value:{'|'.join(codes)}" for name, codes in _CODES.items()]
    files = {"article.txt": text, "article.ann": "\n".join(lines) + "\n", "annotation.conf": "\n".join(conf) + "\n"}
    return {f"brat/{name}": content.encode() for name, content in files.items()}


def _kind(record: Claim | Mention) -> str:
    return type(record).__name__


# --- Label Studio ------------------------------------------------------------------------------


def _label_studio(source: Source, text: str) -> dict[str, bytes]:
    """A task with its annotations, and the labels that the project needs."""

    def at(position: int) -> int:  # Label Studio counts as JavaScript does, in UTF-16
        return len(text[:position].encode("utf-16-le")) // 2

    result: list[dict[str, Any]] = []
    for record, key, stands_for, codes in _spans(source):
        place = {"start": at(record.start), "end": at(record.end), "text": text[record.start : record.end]}
        region = {"id": key, "to_name": "text"}
        result.append({**region, "from_name": "label", "type": "labels", "value": {**place, "labels": [_kind(record)]}})
        result.append({**region, "from_name": "note", "type": "textarea", "value": {**place, "text": [stands_for]}})
        for name, code in codes.items():
            result.append({**region, "from_name": name, "type": "choices", "value": {**place, "choices": [code]}})
    for link in source.dataset.claim_relations:
        ends = {"from_id": link.claim_id, "to_id": link.related_claim_id}
        result.append({"type": "relation", "direction": "right", "labels": [link.relation], **ends})
    config = ["<View>", '<Labels name="label" toName="text"><Label value="Claim"/><Label value="Mention"/></Labels>']
    config += ['<Text name="text" value="$text"/>', '<TextArea name="note" toName="text" perRegion="true"/>']
    for name, known in _CODES.items():
        choices = "".join(f'<Choice value="{code}"/>' for code in known)
        config.append(f'<Choices name="{name}" toName="text" perRegion="true">{choices}</Choices>')
    tasks = [{"data": {"text": text}, "annotations": [{"result": result}]}]
    return {
        "label-studio/tasks.json": (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode(),
        "label-studio/config.xml": "\n".join([*config, "</View>\n"]).encode(),
    }
