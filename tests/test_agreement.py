"""Agreement: tables, JSON and codebook of a package in memory, where they differ and on which side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers import Memory, rows, table_file
from jpkr_drills import documents, jsonfile
from jpkr_drills.checks import agreement
from jpkr_drills.descriptor import CODEBOOK, DATASET
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES, codelists
from jpkr_drills.package import Package, TableFile, table_path
from jpkr_drills.records import typed

Cells = tuple[str, ...]
JSON, CSV = DATASET, "data/places.csv"


def place(name: str, title: str = "", kind: str = "sea") -> Cells:
    return (name, title or name.title(), kind, "", "", "none", "")


class Draft:
    """Three places and all codes, alike in tables, JSON and codebook until one is changed."""

    def __init__(self) -> None:
        self.tables = {table: table_file(table, ()) for table in TABLES}
        self.tables["codes"] = table_file("codes", [tuple(row.values()) for row in rows("codes")])
        self.set(place("a"), place("b"), place("c"))
        self.document: Any = {
            name: [typed(name, row.cells) for row in table.rows] for name, table in self.tables.items()
        }
        self.files: dict[str, bytes | FileProblem] = {CODEBOOK: self.codebook().encode()}
        self.resources: Any = [5, *({"path": table_path(name)} for name in TABLES)]
        for name in TABLES:
            self.pin(name)

    def pin(self, table: str) -> None:
        """Make the table that of the descriptor."""
        reading = self.tables[table].reading
        assert reading is not None
        resource = self.resources[1 + list(TABLES).index(table)]
        resource["hash"] = f"sha256:{reading.sha256}"

    def set(self, *places: Cells) -> None:
        self.tables["places"] = table_file("places", places)

    def codebook(self) -> str:
        names = [*(f"fields {name}" for name in TABLES), *(f"codes {name}" for name in codelists())]
        text = "\n".join(f"<!-- generated: {name} -->\n<!-- end -->\n" for name in names)
        return documents.filled(
            text, {name: [r for r in t.records if r] for name, t in self.tables.items()}
        )

    def issues(self) -> list[Issue]:
        files = {DATASET: jsonfile.render(self.document), **self.files}
        return list(
            agreement.check(Package(Memory(files), {"resources": self.resources}, tables=self.tables))
        )

    def places(self) -> list[tuple[str, str, str | None, str | None]]:
        return [(one.rule, one.file, one.record, one.field) for one in self.issues()]


@pytest.fixture
def draft() -> Draft:
    return Draft()


def test_the_package_agrees(draft: Draft) -> None:
    assert draft.issues() == []


# --- values ----------------------------------------------------------------------------------


def test_a_value_is_told_where_the_other_side_is_the_descriptors(draft: Draft) -> None:
    draft.document["places"][1]["name"] = "Bé"
    (issue,) = draft.issues()
    assert (issue.rule, issue.file, issue.line, issue.record, issue.field, issue.value) == (
        *("csv-json-value", JSON, None, "b", "name", "Bé"),
    )
    assert issue.message == f'{CSV}:3 says "B", {DATASET} says "Bé"'


def test_a_value_is_told_in_the_table_where_that_was_edited(draft: Draft) -> None:
    draft.set(place("a"), place("b", "Bé"), place("c"))
    (issue,) = draft.issues()
    assert (issue.rule, issue.file, issue.line, issue.record, issue.field) == (
        *("csv-json-value", CSV, 3, "b", "name"),
    )
    assert issue.message == f'{CSV}:3 says "Bé", {DATASET} says "B"'


@pytest.mark.parametrize("resources", [None, {}, [5], [{"path": "data/parties.csv", "hash": "x"}]])
def test_a_table_that_no_hash_is_given_for_may_have_been_edited(draft: Draft, resources: object) -> None:
    draft.resources = resources
    draft.document["places"][1]["name"] = "Other"
    assert draft.places() == [("csv-json-value", CSV, "b", "name")]


def test_a_row_that_is_no_record_is_told_in_the_table(draft: Draft) -> None:
    draft.set(place("a"), place("b", kind="see"), place("c"))
    draft.pin("places")
    for place_ in draft.document["places"]:
        place_["name"] = "Other"
    assert set(draft.places()) == {
        ("csv-json-value", CSV, "b", "name"),
        ("csv-json-value", CSV, "b", "place_type"),
        ("csv-json-value", JSON, "a", "name"),
        ("csv-json-value", JSON, "c", "name"),
    }


def test_a_key_that_differs_is_a_value_that_differs(draft: Draft) -> None:
    draft.document["places"][1]["place_id"] = "bb"
    assert draft.places() == [("csv-json-value", JSON, "bb", "place_id")]


def test_a_field_that_only_one_side_has_is_told(draft: Draft) -> None:
    draft.document["places"][0]["more"] = 1
    del draft.document["places"][1]["name"]
    first, second = draft.issues()
    assert (first.record, first.field) == ("a", "more")
    assert "says no such column" in first.message
    assert (second.record, second.field) == ("b", "name")
    assert "says no such field" in second.message


# --- records ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda there: there.pop(), [("csv-json-record", CSV, "c", None)]),
        (lambda there: there.pop(0), [("csv-json-record", CSV, "a", None)]),
        (
            lambda there: there.__delitem__(slice(1, None)),
            [("csv-json-record", CSV, "b", None), ("csv-json-record", CSV, "c", None)],
        ),
        (lambda there: there.append({"place_id": "d"}), [("csv-json-record", JSON, "d", None)]),
        (lambda there: there.append(5), [("csv-json-record", JSON, None, "places")]),
        (lambda there: there.append(there[0]), [("csv-json-record", JSON, None, "places")]),
        (
            lambda there: there.__setitem__(1, 5),
            [("csv-json-record", CSV, "b", None), ("csv-json-record", JSON, None, "places")],
        ),
        (lambda there: there.reverse(), [("csv-json-order", JSON, None, "places")]),
        (
            lambda there: there.insert(0, there.pop(1)),
            [("csv-json-order", JSON, None, "places")],
        ),
        (
            lambda there: there.__setitem__(1, dict(reversed(there[1].items()))),
            [("json-not-canonical", JSON, None, "places")],
        ),
    ],
)
def test_records_that_only_one_side_has_or_that_stand_elsewhere_are_told(
    draft: Draft, edit: Callable[[list[Any]], object], told: list[Any]
) -> None:
    edit(draft.document["places"])
    assert draft.places() == told


def test_the_order_is_that_of_the_table_whatever_it_is(draft: Draft) -> None:
    draft.set(place("b"), place("a"), place("c"))
    assert draft.places() == [("csv-json-order", JSON, None, "places")]


def test_a_record_that_stands_twice_on_both_sides_is_no_difference(draft: Draft) -> None:
    draft.set(place("a"), place("b"), place("b"))
    draft.document["places"] = [typed("places", cells) for cells in (place("a"), place("b"), place("b"))]
    draft.document["places"][0]["name"] = "Other"
    assert draft.places() == [("csv-json-value", CSV, "a", "name")]


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda said: said.pop("places"), [("csv-json-table", JSON, None, "places")]),
        (lambda said: said.update(places={}), [("csv-json-table", JSON, None, "places")]),
        (lambda said: said.update(more=[]), [("csv-json-table", JSON, None, "more")]),
        (
            lambda said: said.update(segments=said.pop("segments")),
            [("csv-json-order", JSON, None, None)],
        ),
    ],
)
def test_tables_that_are_missing_too_many_or_out_of_order_are_told(
    draft: Draft, edit: Callable[[dict[str, Any]], object], told: list[Any]
) -> None:
    edit(draft.document)
    assert draft.places() == told


def test_what_is_no_object_is_no_set_of_tables(draft: Draft) -> None:
    draft.document = []
    assert draft.places() == [("csv-json-table", JSON, None, None)]


def test_a_table_that_was_not_read_to_its_end_is_not_compared(draft: Draft) -> None:
    draft.tables["places"] = table_file("places", [place("a")], whole=False)
    assert draft.issues() == []
    draft.tables["places"] = TableFile("places", None, FileProblem("file-missing", "is missing"))
    assert draft.issues() == []


@pytest.mark.parametrize("content", [b"{", FileProblem("file-missing", "is missing")])
def test_json_that_cannot_be_read_is_not_compared(draft: Draft, content: bytes | FileProblem) -> None:
    draft.files[DATASET] = content
    assert draft.issues() == []


# --- the codebook ----------------------------------------------------------------------------

DIFFERS = [("codebook-differs", CODEBOOK, None, None)]


def test_a_block_that_was_edited_is_named(draft: Draft) -> None:
    draft.files[CODEBOOK] = draft.codebook().replace("| column |", "| colum |", 1).encode()
    (issue,) = draft.issues()
    assert (issue.rule, issue.file) == ("codebook-differs", CODEBOOK)
    assert issue.message.endswith(": fields segments")


def test_blocks_that_are_lacking_are_named(draft: Draft) -> None:
    text = draft.codebook()
    for block in ("fields events", "codes status"):
        head, _, tail = text.partition(f"<!-- generated: {block} -->")
        text = head + tail.partition("<!-- end -->\n")[2]
    draft.files[CODEBOOK] = text.encode()
    (issue,) = draft.issues()
    assert (issue.rule, issue.file) == ("codebook-differs", CODEBOOK)
    assert issue.message.endswith("others of their kind: fields events, codes status")
    assert issue.hint == "add them, and run `jpkr-drills build`"


def test_where_tables_and_json_differ_the_codebook_waits(draft: Draft) -> None:
    draft.files[CODEBOOK] = draft.codebook().replace("| column |", "| colum |", 1).encode()
    draft.document["places"][1]["name"] = "Other"
    assert draft.places() == [("csv-json-value", JSON, "b", "name")]


@pytest.mark.parametrize(("old", "new"), [("fields segments", "fields more"), ("<!-- end -->", "")])
def test_a_marker_that_is_none_is_told(draft: Draft, old: str, new: str) -> None:
    draft.files[CODEBOOK] = draft.codebook().replace(old, new, 1).encode()
    assert draft.places() == DIFFERS
    assert "mend the marker" in draft.issues()[0].hint


@pytest.mark.parametrize("content", [b"\xff", FileProblem("file-missing", "is missing")])
def test_a_codebook_that_cannot_be_read_is_left_to_others(
    draft: Draft, content: bytes | FileProblem
) -> None:
    draft.files[CODEBOOK] = content
    assert draft.issues() == []


def test_of_tables_that_wait_for_build_there_is_no_codebook_yet(draft: Draft) -> None:
    draft.files[CODEBOOK] = draft.codebook().replace("| column |", "| colum |", 1).encode()
    assert draft.places() == DIFFERS
    draft.resources[1]["hash"] = "sha256:x"  # a table was edited
    assert draft.issues() == []


def test_of_codes_without_entry_there_is_no_codebook_yet(draft: Draft) -> None:
    kept = [tuple(row.values()) for row in rows("codes")][1:]
    draft.tables["codes"] = table_file("codes", kept)
    draft.document["codes"] = [typed("codes", cells) for cells in kept]
    draft.pin("codes")
    assert draft.issues() == []
