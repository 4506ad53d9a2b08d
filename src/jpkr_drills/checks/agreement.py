"""Engine ``agreement``: the CSV files, ``data/dataset.json`` and the codebook say the same."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.build import documents
from jpkr_drills.issues import Issue, together
from jpkr_drills.model.records import TABLES
from jpkr_drills.package import Package, TableFile, listed
from jpkr_drills.package.files import DATASET
from jpkr_drills.package.rows import key_of
from jpkr_drills.rules import BUILD, define

VALUE, RECORD, ORDER, TABLE, CODES, DOCUMENT = define(
    "agreement",
    f"""
csv-json-value | A CSV cell and its counterpart in `data/dataset.json` say the same. | {BUILD}
csv-json-record | The CSV and `data/dataset.json` have the same records. | {BUILD}
csv-json-order | The records of `data/dataset.json` stand in the order of the CSV. | {BUILD}
csv-json-table | `data/dataset.json` has exactly the tables of the package. | {BUILD}
codes-differ | `data/codes.csv` has exactly the codes of the installed models, with their titles and definitions. | {BUILD}; if the package was made by another version, validate it with that version
codebook-differs | The generated blocks of the documents in `data/` hold what the tables and the installed models say. | {BUILD}; if the package was made by another version, validate it with that version
""",
)


def check(package: Package, faulty: Collection[str] = ()) -> Iterator[Issue]:
    """Where the tables and what is made of them differ.

    A table that was edited and whose file is among the ``faulty`` ones isn't compared: nothing can be made
    of it before its faults are fixed.
    """
    codes = together(_codes(package, faulty), "codes likewise")
    found = [*codes, *_dataset(package, {*faulty, *(issue.file for issue in codes)})]
    yield from found
    # Of tables that were edited, or have rows that are no records, there is no codebook yet.
    tables = package.tables.values()
    if not found and all(table.sound and not _edited(package, table) for table in tables):
        yield from _documents(package)


def _codes(package: Package, faulty: Collection[str]) -> Iterator[Issue]:
    table = package.tables["codes"]
    if not table.sound or table.path in faulty:
        return
    expected = {entry.key(): entry for entry in documents.code_entries()}
    found = {record.key(): (record, row.line) for record, row in zip(table.records, table.rows, strict=True) if record}
    missing = [key for key in expected if key not in found]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        yield CODES.issue(table.path, f"lacks the code {missing[0]}{more}")
    for key, (record, line) in found.items():
        if key not in expected:
            yield CODES.issue(table.path, "is no code of the model", line=line, record=key)
        elif record != expected[key]:
            field = next(name for name, value in record if value != getattr(expected[key], name))
            yield CODES.issue(table.path, "differs from the installed model", line=line, record=key, field=field)


def _documents(package: Package) -> Iterator[Issue]:
    for path in documents.in_package(package.files.names()):
        file = package.file(path)
        try:
            text = file.content.decode("utf-8")
            blocks = documents.outdated(text, package.records) if file.problem is None else []
        except UnicodeDecodeError:
            continue  # the integrity engine speaks of it
        except documents.BadBlock as reason:
            yield DOCUMENT.issue(path, str(reason), hint="fix the marker, then run `jpkr-drills build`")
            continue
        if blocks:
            yield DOCUMENT.issue(path, f"generated blocks differ from what `build` writes: {', '.join(blocks)}")


def _dataset(package: Package, faulty: Collection[str]) -> Iterator[Issue]:
    """Where the two differ. A table that couldn't be read to its end is not compared."""
    if package.as_built:
        return
    document, issue = package.dataset
    if issue is not None:
        return  # the integrity engine speaks of it
    if not isinstance(document, dict):
        yield TABLE.issue(DATASET, "is not an object of tables")
        return
    for name in (name for name in document if name not in TABLES):
        yield TABLE.issue(DATASET, "is no table of the package", field=name)
    if [name for name in document if name in TABLES] != [n for n in TABLES if n in document]:
        yield ORDER.issue(DATASET, "the tables don't stand in their order")
    absent = (TABLE.issue(DATASET, "the table is missing", field=name) for name in TABLES if name not in document)
    yield from together(absent, "are missing")
    for table in (one for one in package.tables.values() if one.table in document):
        if not isinstance(document[table.table], list):
            yield TABLE.issue(DATASET, "is not a list of records", field=table.table)
        elif table.whole and not (table.path in faulty and _edited(package, table)):
            more = f"differences between {table.path} and {DATASET}"
            yield from together(_compare(package, table, document[table.table]), more)


def _compare(package: Package, table: TableFile, records: list[Any]) -> list[Issue]:
    rows = [table.values(index) for index in range(len(table.rows))]
    if json.dumps(rows) == json.dumps(records):
        return []
    ours = [key_of(table.table, row) for row in rows]
    theirs = [key_of(table.table, one) if isinstance(one, dict) else None for one in records]
    matches = dict(zip(reversed(theirs), reversed(records), strict=True))
    known: set[str | None] = set(ours)
    found: list[Issue] = []
    for index, (key, row) in enumerate(zip(ours, rows, strict=True)):
        if key in matches:
            found += _differences(package, table, index, row, matches[key])
        elif index < len(theirs) and theirs[index] is not None and theirs[index] not in known:
            # A row and the record at its place differ in the key, and have no other counterparts.
            found += _differences(package, table, index, row, records[index])
            known.add(theirs[index])
        else:
            line = table.rows[index].line
            found.append(RECORD.issue(table.path, f"the row isn't in {DATASET}", line=line, record=key))
    for other in dict.fromkeys(one for one in theirs if one not in known):
        field = None if other else table.table
        found.append(RECORD.issue(DATASET, f"the record isn't in {table.path}", record=other, field=field))
    if len(theirs) > len(set(theirs)) and len(ours) == len(set(ours)):
        found.append(RECORD.issue(DATASET, "a record stands there twice", field=table.table))
    if not found and len(rows) == len(records):  # then nothing but their order is left to differ
        message = f"the records or their fields don't stand in the order of {table.path}"
        found.append(ORDER.issue(DATASET, message, field=table.table))
    return found


def _differences(
    package: Package, table: TableFile, index: int, row: Mapping[str, Any], record: Mapping[str, Any]
) -> Iterator[Issue]:
    edited = _edited(package, table) or table.records[index] is None
    for field in dict.fromkeys([*row, *record]):
        if field in row and field in record and jsonfile.same(row[field], record[field]):
            continue
        ours = json.dumps(row[field], ensure_ascii=False) if field in row else "no such column"
        theirs = json.dumps(record[field], ensure_ascii=False) if field in record else "no such field"
        line = table.rows[index].line
        yield VALUE.issue(
            table.path if edited else DATASET,
            f"{table.path}:{line} says {ours}, {DATASET} says {theirs}",
            line=line if edited else None,
            record=table.key(index) if edited else key_of(table.table, record),
            field=field,
            value=row.get(field) if edited else record.get(field),
        )


def _edited(package: Package, table: TableFile) -> bool:
    """Whether the CSV isn't the one that the descriptor was made for: then the CSV is what changed."""
    given = [one.get("hash") for one in listed(package.descriptor, "resources") if one.get("path") == table.path]
    return given[:1] != [f"sha256:{table.file.sha256}"]
