"""Engine ``jsonschema``: ``data/dataset.json`` against the generated JSON Schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from jpkr_drills import files, jsonfile
from jpkr_drills.descriptor import DATASET
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.jsonschemas import Finding, findings
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package
from jpkr_drills.records import RecordFault, cell_fault, key_of, row_fault, typed
from jpkr_drills.schemas import dataset_schema

FINDINGS_LIMIT = 20_000
"""Findings after which enough is known to be wrong, to bound time and memory."""


def check(package: Package) -> Iterator[Issue]:
    """What the schema finds in the JSON. A record that the CSV has alike is named by its CSV line."""
    try:
        document = jsonfile.parse(files.read(package.files, DATASET))
    except (FileProblem, jsonfile.JsonProblem):
        return  # the integrity engine speaks of it
    of_record: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in islice(findings(dataset_schema(), document), FINDINGS_LIMIT):
        match finding.path:
            case (str() as table, int() as index, *_) if isinstance(document[table][index], dict):
                of_record[table, index].append(finding)
            case _:
                yield _misshapen(finding)
    for (table, index), found in of_record.items():
        yield from _of_record(package, table, index, document[table][index], found)


def _misshapen(finding: Finding) -> Issue:
    """The document isn't an object of arrays of objects, or has other tables."""
    rule = "type" if len(finding.path) > 1 else "csv-json-table"
    field = str(finding.path[0]) if finding.path else None
    return issue(rule, DATASET, finding.message, field=field, engine="jsonschema")


def _of_record(
    package: Package, table: str, index: int, row: dict[str, Any], found: list[Finding]
) -> Iterator[Issue]:
    # As in the models, rules across cells speak only once each cell is right.
    cells = [finding for finding in found if finding.clause is None]
    csv = package.tables[table]
    file, line = DATASET, None
    if index < len(csv.rows) and jsonfile.same(typed(table, csv.rows[index].cells), row):
        file, line = csv.path, csv.rows[index].line
    for fault in (_fault(table, row, finding) for finding in cells or found):
        yield issue(
            fault.rule,
            file,
            fault.message,
            line=line,
            record=key_of(table, row),
            field=fault.field,
            value=fault.value,
            hint=fault.hint,
            engine="jsonschema",
        )


def _fault(table: str, row: dict[str, Any], finding: Finding) -> RecordFault:
    """The finding in the words of the models' own faults."""
    if finding.clause is not None:
        said = [rule for rule in TABLES[table].TABLE.rules if rule.schema is not None]
        return row_fault(said[finding.clause], row)
    field, value = str(finding.path[-1]), finding.value
    match finding.keyword:
        case "required":
            return RecordFault("missing-field", field, finding.message, None)
        case "additionalProperties":
            return RecordFault("unknown-field", field, finding.message, None)
        case "enum" if value is not None:
            expected = ", ".join(finding.said) if isinstance(finding.said, list) else ""
            return cell_fault("enum", field, value, {"expected": expected})
        case "pattern" | "not":
            return cell_fault("pattern", field, value, {"pattern": str(finding.said)})
        case "minimum":
            return cell_fault("minimum", field, value, {"ge": finding.said})
        case "maximum":
            return cell_fault("maximum", field, value, {"le": finding.said})
        case "maxLength":
            return cell_fault("max-length", field, value, {"max_length": finding.said})
        case _:
            return cell_fault("required" if value is None else "type", field, value, {})
