"""Engine ``agreement``: the CSV files, ``data/dataset.json`` and the codebook say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jpkr_drills import documents, files, jsonfile
from jpkr_drills.cells import columns
from jpkr_drills.descriptor import CODEBOOK, DATASET
from jpkr_drills.files import FURTHER_LIMIT, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.models import TABLES, codelists
from jpkr_drills.package import Package, TableFile
from jpkr_drills.records import key_of, typed


def check(package: Package) -> Iterator[Issue]:
    """Where the tables and what is made of them differ."""
    agreed = True
    for found in _dataset(package):
        agreed = False
        yield found
    if agreed:  # otherwise `build` has to be run anyway, and nobody knows on which of the two
        yield from _codebook(package)


def _codebook(package: Package) -> Iterator[Issue]:
    """Where the codebook's generated blocks aren't those of these tables and models.

    Of tables that were edited, or have rows that are no records, there is no codebook yet.
    """
    records = {name: [r for r in t.records if r is not None] for name, t in package.tables.items()}
    known = {entry.key() for entry in records["codes"]}
    coded = all(
        f"{name}/{code}" in known for name, column in codelists().items() for code in column.codes
    )
    tables = package.tables.values()
    if not coded or any(not t.whole or None in t.records or _is_edited(package, t) for t in tables):
        return
    try:
        text = files.read(package.files, CODEBOOK, FURTHER_LIMIT).decode("utf-8")
        blocks = documents.outdated(text, records)
        lacking = documents.lacking(text)
    except (FileProblem, UnicodeDecodeError):
        return  # there is none, or the integrity engine speaks of it
    except (documents.UnknownBlock, documents.BrokenBlock) as error:
        hint = "mend the marker, then run `jpkr-drills build`"
        yield issue("codebook-differs", CODEBOOK, str(error), hint=hint)
        return
    if blocks:
        message = f"what is generated differs from what `build` writes: {', '.join(blocks)}"
        yield issue("codebook-differs", CODEBOOK, message)
    elif lacking:
        message = f"lacks generated blocks, though it has others of their kind: {', '.join(lacking)}"
        yield issue("codebook-differs", CODEBOOK, message, hint="add them, and run `jpkr-drills build`")


def _dataset(package: Package) -> Iterator[Issue]:
    """Where the two differ. A table that couldn't be read to its end is not compared."""
    try:
        document = jsonfile.parse(files.read(package.files, DATASET))
    except (FileProblem, jsonfile.JsonProblem):
        return  # the integrity engine speaks of it
    if not isinstance(document, dict):
        yield issue("csv-json-table", DATASET, "is not an object of tables")
        return
    for name in (name for name in document if name not in TABLES):
        yield issue("csv-json-table", DATASET, "is no table of the package", field=name)
    if [name for name in document if name in TABLES] != [n for n in TABLES if n in document]:
        yield issue("csv-json-order", DATASET, "the tables don't stand in their order")
    for table in package.tables.values():
        if table.table not in document:
            yield issue("csv-json-table", DATASET, "the table is missing", field=table.table)
        elif not isinstance(document[table.table], list):
            yield issue("csv-json-table", DATASET, "is not a list of records", field=table.table)
        elif table.whole:
            yield from _compare(package, table, document[table.table])


def _compare(package: Package, table: TableFile, records: list[Any]) -> Iterator[Issue]:
    rows = [typed(table.table, row.cells) for row in table.rows]
    if json.dumps(rows) == json.dumps(records):
        return
    ours: list[str | None] = [key_of(table.table, row) for row in rows]
    theirs = [key_of(table.table, one) if isinstance(one, dict) else None for one in records]
    matches = dict(zip(reversed(theirs), reversed(records), strict=True))
    known = set(ours)
    for index, (key, row) in enumerate(zip(ours, rows, strict=True)):
        if key in matches:
            yield from _differences(package, table, index, row, matches[key])
        elif index < len(theirs) and theirs[index] is not None and theirs[index] not in known:
            # A row and the record at its place differ in the key, and have no other counterparts.
            yield from _differences(package, table, index, row, records[index])
            ours[index] = theirs[index]
            known.add(theirs[index])
        else:
            line = table.rows[index].line
            message = f"the row isn't in {DATASET}"
            yield issue("csv-json-record", table.path, message, line=line, record=key)
    for key in dict.fromkeys(key for key in theirs if key not in known):
        message = f"the record isn't in {table.path}"
        yield issue("csv-json-record", DATASET, message, record=key, field=None if key else table.table)
    if len(theirs) > len(set(theirs)) and len(ours) == len(set(ours)):
        yield issue("csv-json-record", DATASET, "a record stands there twice", field=table.table)
    common = [key for key in dict.fromkeys(theirs) if key in known]
    if common != [key for key in dict.fromkeys(ours) if key in matches]:
        message = f"the records don't stand in the order of {table.path}"
        yield issue("csv-json-order", DATASET, message, field=table.table)
    names = list(columns(table.table))
    if astray := sum(isinstance(one, dict) and _astray(one, names) for one in records):
        message = f"the fields of {astray} of the records don't stand in the order of the columns"
        yield issue("json-not-canonical", DATASET, message, field=table.table, engine="agreement")


def _astray(record: Mapping[str, Any], names: list[str]) -> bool:
    """Whether fields that are columns stand in another order."""
    return [name for name in record if name in names] != [name for name in names if name in record]


def _differences(
    package: Package, table: TableFile, index: int, row: Mapping[str, Any], record: Mapping[str, Any]
) -> Iterator[Issue]:
    edited = _is_edited(package, table) or any(at == index for at, _ in table.faults)
    for field in row.keys() | record.keys():
        if field in row and field in record and jsonfile.same(row[field], record[field]):
            continue
        ours = json.dumps(row[field], ensure_ascii=False) if field in row else "no such column"
        theirs = json.dumps(record[field], ensure_ascii=False) if field in record else "no such field"
        line = table.rows[index].line
        yield issue(
            "csv-json-value",
            table.path if edited else DATASET,
            f"{table.path}:{line} says {ours}, {DATASET} says {theirs}",
            line=line if edited else None,
            record=table.key(index) if edited else key_of(table.table, record),
            field=field,
            value=row.get(field) if edited else record.get(field),
        )


def _is_edited(package: Package, table: TableFile) -> bool:
    """Whether the CSV isn't the one that the descriptor was made for: then the CSV is what changed."""
    resources = (package.descriptor or {}).get("resources")
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict) and resource.get("path") == table.path and table.reading:
            return bool(resource.get("hash") != f"sha256:{table.reading.sha256}")
    return True
