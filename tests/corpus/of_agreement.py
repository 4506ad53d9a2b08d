"""Disagreement of the CSV and ``data/dataset.json``, and tampering, with hashes kept right or not."""

from __future__ import annotations

import hashlib
from typing import Any

from corpus.draft import Draft, Json
from corpus.registry import defect, register, unsealed
from jpkr_drills.descriptor import CODEBOOK, DATASET
from jpkr_drills.jsonfile import MARKS_LIMIT
from jpkr_drills.package import table_path

# --- data/dataset.json says something else, with the right hash ------------------------------


def _record(document: dict[str, list[Json]], table: str, **fields: object) -> Json:
    return next(record for record in document[table] if fields.items() <= record.items())


def _said(name: str, table: str, fields: Json, changed: Json) -> None:
    """A record of the JSON, found by its fields, says something else."""

    def spoil(draft: Draft) -> None:
        document = draft.dataset()
        _record(document, table, **fields).update(changed)
        draft.write_dataset(document)

    register(name, spoil)


_PLACE = {"place_id": "camp-david"}
_SEGMENT = {"segment_id": "p0s1"}
_said("json-text-differs", "places", _PLACE, {"name": "Camp Davis"})
_said("json-text-differs-by-case", "places", _PLACE, {"name": "camp David"})
_said("json-number-differs", "segments", _SEGMENT, {"end": 52})
_said("json-code-differs", "places", _PLACE, {"place_type": "locality"})
_said("json-filled-for-empty", "places", _PLACE, {"wikidata": "Q1"})
_said("json-null-for-text", "parties", {"party_id": "japan"}, {"wikidata": None})
_said("json-null-for-required", "places", _PLACE, {"name": None})
_said("json-text-as-list", "places", _PLACE, {"name": ["Camp David"]})
_said("json-text-as-object", "places", _PLACE, {"name": {"en": "Camp David"}})
_said("json-text-as-number", "events", {"event_id": "camp-david-summit"}, {"cameo": 42})
_said("json-empty-text-for-null", "places", _PLACE, {"wikidata": ""})
_said("json-number-as-text", "segments", _SEGMENT, {"start": "0"})
_said("json-whole-number-as-decimal", "segments", _SEGMENT, {"start": 0.0})
_said("json-decimal-as-whole-number", "places", {"place_id": "east-china-sea"}, {"latitude": 30})
_said("json-trailing-newline", "places", _PLACE, {"name": "Camp David\n"})
_said("json-id-trailing-newline", "claims", {"claim_id": "p0s1-1"}, {"segment_id": "p0s1\n"})
_said("json-extra-field", "places", _PLACE, {"note": "wooded"})
_said("json-number-as-false", "segments", _SEGMENT, {"start": False})
_said("json-id-malformed", "places", _PLACE, {"place_id": "Camp David"})
_said("json-id-null", "places", _PLACE, {"place_id": None})
_said("json-part-of-id-malformed", "event_places", _PLACE, {"place_id": "Camp David"})
_said("json-text-decomposed", "places", _PLACE, {"name": "Camp Da\u0301vid"})


def _document(name: str, table: str, change: str) -> None:
    """The records of a table in the JSON are not those of the CSV."""

    def spoil(draft: Draft) -> None:
        document = draft.dataset()
        records: list[Any] = document[table]
        if change == "missing":
            records.pop(1)
            draft.mark_line(3)
        elif change == "extra":
            records.append({**records[-1], "party_id": "zeta", "name": "Zeta"})
        elif change == "twice":
            records.append(records[-1])
        elif change == "swapped":
            records[:2] = records[1::-1]
        elif change == "fields swapped":
            records[1] = dict(reversed(records[1].items()))
        elif change == "fields sorted":
            records[:] = [dict(sorted(record.items())) for record in records]
        elif change == "field missing":
            records[0].pop("name")
        elif change == "null":
            records[1] = None
            draft.mark_line(3)
        draft.write_dataset(document)

    register(name, spoil)


_document("json-record-missing", "parties", "missing")
_document("json-record-extra", "parties", "extra")
_document("json-record-twice", "parties", "twice")
_document("json-records-swapped", "parties", "swapped")
_document("json-fields-swapped", "parties", "fields swapped")
_document("json-fields-sorted", "parties", "fields sorted")
_document("json-field-missing", "parties", "field missing")
_document("json-record-null", "parties", "null")


@defect
def json_table_missing(draft: Draft) -> None:
    document = draft.dataset()
    del document["places"]
    draft.write_dataset(document)


@defect
def json_table_extra(draft: Draft) -> None:
    draft.write_dataset({**draft.dataset(), "sources": []})


@defect
def json_table_misspelt(draft: Draft) -> None:
    draft.write_dataset({{"places": "place"}.get(n, n): rows for n, rows in draft.dataset().items()})


@defect
def json_tables_swapped(draft: Draft) -> None:
    draft.write_dataset(dict(reversed(draft.dataset().items())))


@defect
def json_table_null(draft: Draft) -> None:
    draft.write_dataset({**draft.dataset(), "places": None})


@defect
def json_table_as_object(draft: Draft) -> None:
    document = draft.dataset()
    by_id = {record["place_id"]: record for record in document["places"]}
    draft.write_dataset({**document, "places": by_id})


@defect
def json_is_array(draft: Draft) -> None:
    draft.write_dataset([draft.dataset()])


@defect
def json_is_null(draft: Draft) -> None:
    draft.write_dataset(None)


# --- the CSV says something else, with the right hash ----------------------------------------


@defect
def csv_cell_changed_with_hash(draft: Draft) -> None:
    path = table_path("places")
    draft.mark("places", "camp-david")
    draft.replace(path, b",Camp David,", b",Camp Davis,")


@defect
def csv_row_removed_with_hash(draft: Draft) -> None:
    lines = draft.read(table_path("event_relations")).splitlines(keepends=True)
    draft.write(table_path("event_relations"), b"".join([lines[0], *lines[2:]]))


@defect
def csv_row_added_with_hash(draft: Draft) -> None:
    line = b"yoon-ties-priority,precedes,missile-tests\n"
    draft.write(table_path("event_relations"), draft.read(table_path("event_relations")) + line)
    draft.mark_line(len(draft.rows("event_relations")) + 2)


# --- tampering that leaves the hashes as they were -------------------------------------------


@unsealed
def tampered_csv(draft: Draft) -> None:
    draft.set("places", "camp-david", name="Camp Davis")


@unsealed
def tampered_explicitness(draft: Draft) -> None:
    draft.set("claims", draft.find("claims", explicitness="presupposed"), explicitness="asserted")


@unsealed
def tampered_csv_appended_row(draft: Draft) -> None:
    row = draft.add(
        "event_relations",
        event_id="yoon-ties-priority",
        relation="precedes",
        related_event_id="missile-tests",
    )
    assert draft.rows("event_relations")[-1] is row


@unsealed
def tampered_csv_removed_row(draft: Draft) -> None:
    draft.drop("event_relations", draft.rows("event_relations")[0])


@unsealed
def tampered_json(draft: Draft) -> None:
    document = draft.dataset()
    _record(document, "places", **_PLACE)["name"] = "Camp Davis"
    draft.write_dataset(document)


# Tables lost, added or reshaped, and nobody brought the hash up to date.
for _spoil in (
    json_table_missing,
    json_table_extra,
    json_table_null,
    json_tables_swapped,
    json_is_array,
):
    register(_spoil.__name__.replace("json", "tampered-json").replace("_", "-"), _spoil, sealed=False)


@unsealed
def tampered_csv_and_json(draft: Draft) -> None:
    draft.set("places", "camp-david", name="Camp Davis")
    document = draft.dataset()
    _record(document, "places", **_PLACE)["name"] = "Camp Davis"
    draft.write_dataset(document)


@unsealed
def tampered_codebook(draft: Draft) -> None:
    draft.write("data/CODEBOOK.md", draft.read("data/CODEBOOK.md") + b"Anything goes.\n")


@unsealed
def tampered_files_exchanged(draft: Draft) -> None:
    one, other = table_path("claim_parties"), table_path("event_parties")
    first, second = draft.read(one), draft.read(other)
    draft.write(one, second)
    draft.write(other, first)


@unsealed
def tampered_hash_of_changed_file_only(draft: Draft) -> None:
    """Cell, JSON and the CSV's hash agree; the JSON's hash was forgotten."""
    tampered_csv_and_json(draft)
    changed = draft.read(table_path("places")).replace(b",Camp David,", b",Camp Davis,")
    digest = hashlib.sha256(changed).hexdigest()
    draft.resource("places").update(bytes=len(changed), hash=f"sha256:{digest}")


@unsealed
def tampered_line_order_with_size(draft: Draft) -> None:
    """The same bytes in another order: the size can't tell."""
    draft.swap_lines("event_places", 2, 3)
    draft.mark_line(3)


# --- the codebook says something else, with the right hash -----------------------------------


@defect
def codebook_block_changed(draft: Draft) -> None:
    draft.replace(CODEBOOK, b"| Certain |", b"| Made up |")


@defect
def codebook_of_other_codes(draft: Draft) -> None:
    draft.write(CODEBOOK, draft.read(CODEBOOK))  # as it is, so that it isn't written anew
    draft.set("codes", "certainty/certain", title="Certain beyond doubt")


@defect
def codebook_marker_misspelt(draft: Draft) -> None:
    draft.replace(CODEBOOK, b"<!-- generated: codes ", b"<!-- generated: cods ")


@defect
def codebook_marker_without_end(draft: Draft) -> None:
    draft.replace(CODEBOOK, b"<!-- end -->", b"")


@defect
def codebook_block_missing(draft: Draft) -> None:
    text = draft.read(CODEBOOK)
    start = text.index(b"<!-- generated: codes ")
    end = text.index(b"<!-- end -->", start) + len(b"<!-- end -->")
    draft.write(CODEBOOK, text[:start] + text[end:])


@defect
def json_of_too_many_values(draft: Draft) -> None:
    draft.write(DATASET, b"[" + b"[]," * (MARKS_LIMIT // 2) + b"[]]")
