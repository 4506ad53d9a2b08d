"""Annotations: claims and mentions as W3C Web Annotations; with the article's text also for brat and Label Studio."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.dataset import Dataset
from jpkr_drills.export import CARD, MARK, Source
from jpkr_drills.model.records import Claim, Mention, columns
from jpkr_drills.model.vocabularies import LISTS

_CODES = {c.name: list(c.codelist.codes) for t in ("claims", "mentions") for c in columns(t).values() if c.codelist}
"""Coded column to codes, of claims and mentions."""
_LINE = re.compile(r"[^\n]+")
_PRIVATE = (
    "The files in brat/ and label-studio/ hold the article's text: they are for private use, not to be passed on."
)


def contents(source: Source) -> dict[str, bytes]:
    """``annotations.jsonld``, and with the article ``brat/`` and ``label-studio/``."""
    found = {"annotations.jsonld": jsonfile.render(_page(source))}
    said = [f"# {source.dataset.title}: annotations", f"Version {source.dataset.version}. {MARK}."]
    if source.article is not None:
        found |= _brat(source.dataset, source.article) | _label_studio(source.dataset, source.article)
        said.append(_PRIVATE)
    return {**found, CARD: ("\n\n".join(said) + "\n").encode()}


def _spans(dataset: Dataset) -> Iterator[tuple[Claim | Mention, str, dict[str, str]]]:
    """Each claim and mention with what it stands for, and its codes."""
    records: list[Claim | Mention] = [*dataset.claims, *dataset.mentions]
    named = [row["party_name"] or row["place_name"] for row in dataset.view("mentions")]
    said = [*(claim.statement for claim in dataset.claims), *named]
    for record, stands_for in zip(records, said, strict=True):
        yield record, stands_for, {name: value for name, value in record if name in _CODES}


# --- W3C Web Annotation ------------------------------------------------------------------------


def _page(source: Source) -> dict[str, Any]:
    """All annotations; positions count the code points of the article, whose text isn't in them."""
    urn = f"urn:jpkr-drills:{source.descriptor.get('name')}"
    text = source.coded.get("path") or f"urn:sha256:{source.coded.get('sha256', '')}"
    items: list[dict[str, Any]] = []
    for record, stands_for, codes in _spans(source.dataset):
        speakers = source.dataset.speakers_of(record) if isinstance(record, Claim) else []
        tags = [f"{name}: {code}" for name, code in codes.items()] + [f"speaker: {party.name}" for party in speakers]
        body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": stands_for}
        selector = {"type": "TextPositionSelector", "start": record.start, "end": record.end}
        items.append(
            {
                "id": f"{urn}:{record.TABLE.name}:{record.key()}",
                "type": "Annotation",
                "motivation": "describing" if isinstance(record, Claim) else "identifying",
                "body": [body, *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags)],
                "target": {"source": text, "selector": selector},
            }
        )
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{urn}:annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


# --- brat --------------------------------------------------------------------------------------


def _brat(dataset: Dataset, text: str) -> dict[str, bytes]:
    """The text, the annotations in standoff form, and what brat must know to show them."""
    lines: list[str] = []
    marks: dict[str, str] = {}
    for number, (record, stands_for, codes) in enumerate(_spans(dataset), 1):
        marks[record.key()] = mark = f"T{number}"
        # brat takes no span across a line break: such a one is given in pieces.
        pieces = list(_LINE.finditer(text, record.start, record.end))
        places = ";".join(f"{piece.start()} {piece.end()}" for piece in pieces)
        lines.append(f"{mark}\t{type(record).__name__} {places}\t{' '.join(piece.group() for piece in pieces)}")
        lines.append(f"#{number}\tAnnotatorNotes {mark}\t{record.key()}: {stands_for}")
        lines += [f"A{len(lines) + at}\t{name} {mark} {code}" for at, (name, code) in enumerate(codes.items(), 1)]
    for at, link in enumerate(dataset.claim_relations, 1):
        lines.append(f"R{at}\t{link.relation} Arg1:{marks[link.claim_id]} Arg2:{marks[link.related_claim_id]}")
    conf = ["[entities]", "Claim", "Mention", "[relations]"]
    conf += [f"{code} Arg1:Claim, Arg2:Claim" for code in LISTS["claim_relations.relation"].codes]
    conf += ["<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "[events]", "[attributes]"]
    conf += [f"{name} Arg:<ENTITY>, Value:{'|'.join(codes)}" for name, codes in _CODES.items()]
    files = {"article.txt": text, "article.ann": "\n".join(lines) + "\n", "annotation.conf": "\n".join(conf) + "\n"}
    return {f"brat/{name}": content.encode() for name, content in files.items()}


# --- Label Studio ------------------------------------------------------------------------------


def _label_studio(dataset: Dataset, text: str) -> dict[str, bytes]:
    """A task with its annotations, and the labels that the project needs."""

    def at(position: int) -> int:  # Label Studio counts as JavaScript does, in UTF-16
        return len(text[:position].encode("utf-16-le")) // 2

    result: list[dict[str, Any]] = []
    for record, stands_for, codes in _spans(dataset):
        place = {"start": at(record.start), "end": at(record.end), "text": text[record.start : record.end]}
        said = [("label", "labels", {"labels": [type(record).__name__]}), ("note", "textarea", {"text": [stands_for]})]
        said += [(name, "choices", {"choices": [code]}) for name, code in codes.items()]
        for name, kind, value in said:
            region = {"id": record.key(), "to_name": "text", "from_name": name, "type": kind}
            result.append({**region, "value": {**place, **value}})
    for link in dataset.claim_relations:
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
