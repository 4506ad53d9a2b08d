"""Integrity: hashes, further files and what lies undeclared, on a package in memory."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from helpers import Memory, table_file
from jpkr_drills import csvfile, files
from jpkr_drills.checks import integrity
from jpkr_drills.descriptor import DATASET
from jpkr_drills.files import FileProblem
from jpkr_drills.issues import Issue
from jpkr_drills.models import TABLES
from jpkr_drills.package import Package, TableFile
from jpkr_drills.schemas import schema_files


class Draft:
    """A package of empty tables and two notes, sound until it is changed."""

    def __init__(self) -> None:
        self.files = {**schema_files(), "datapackage.json": b"{}", DATASET: b"{}\n"}
        self.files |= {f"data/{table}.csv": b"" for table in TABLES}
        self.tables = {table: table_file(table, ()) for table in TABLES}
        self.resources: list[Any] = []
        self.note("data/one.txt", b"One.\n")
        self.note("data/two.txt", b"Two.\n")

    def note(self, path: str, content: bytes, **said: object) -> None:
        self.files[path] = content
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        form = path.rpartition(".")[2]
        self.resources.append(
            {"path": path, "format": form, "hash": digest, "bytes": len(content), **said}
        )

    def issues(self) -> list[Issue]:
        package = Package(Memory(self.files), {"resources": self.resources}, tables=self.tables)
        return list(integrity.check(package))

    def places(self) -> list[tuple[str, str]]:
        return [(one.rule, one.file) for one in self.issues()]


@pytest.fixture
def draft() -> Draft:
    return Draft()


def test_the_package_is_sound(draft: Draft) -> None:
    assert draft.issues() == []


# --- tables ----------------------------------------------------------------------------------


def test_what_the_reader_of_a_table_found_is_told_where_it_is(draft: Draft) -> None:
    reading = draft.tables["places"].reading
    assert reading is not None
    reading.faults += [
        csvfile.Fault("csv-blank-line", "is empty", 3),
        csvfile.Fault("csv-header", "is misspelt", 1, "name", "nmae"),
    ]
    assert [(one.rule, one.file, one.line, one.field, one.value) for one in draft.issues()] == [
        ("csv-blank-line", "data/places.csv", 3, None, None),
        ("csv-header", "data/places.csv", 1, "name", "nmae"),
    ]


def test_a_table_that_cannot_be_read_is_told_where_the_problem_is(draft: Draft) -> None:
    draft.tables["places"] = TableFile("places", None, FileProblem("file-outside", "is a link", "data"))
    draft.tables["events"] = TableFile("events", None, FileProblem("file-missing", "is missing", ""))
    draft.resources += [{"path": "data/places.csv"}, {"path": "data/events.csv"}]
    assert draft.places() == [("file-outside", "data"), ("file-missing", "data/events.csv")]


def test_rows_of_one_key_are_in_order(draft: Draft) -> None:
    places = [(name, name.upper(), "sea", "", "", "none", "") for name in ("b", "a", "a")]
    draft.tables["places"] = table_file("places", places)
    (issue,) = draft.issues()
    assert (issue.rule, issue.line, issue.record) == ("row-order", 3, "a")


# --- hashes ----------------------------------------------------------------------------------


def test_behind_a_file_that_is_missing_the_next_is_measured(draft: Draft) -> None:
    del draft.files["data/one.txt"]
    draft.files["data/two.txt"] = b"Changed.\n"
    assert draft.places() == [
        ("file-missing", "data/one.txt"),
        ("hash-mismatch", "data/two.txt"),
    ]


def test_behind_a_path_that_is_none_the_next_is_measured(draft: Draft) -> None:
    draft.resources.insert(0, {"path": "../x", "hash": "sha256:x"})
    draft.files["data/two.txt"] = b"Changed.\n"
    assert draft.places() == [("hash-mismatch", "data/two.txt")]


def test_a_hash_and_a_size_are_told_as_they_are(draft: Draft) -> None:
    draft.resources[0]["hash"] = f"sha256:{'0' * 64}"
    draft.resources[1]["bytes"] = 4
    first, second = draft.issues()
    assert (first.rule, first.value) == (
        "hash-mismatch",
        f"sha256:{hashlib.sha256(b'One.' + bytes([10])).hexdigest()}",
    )
    assert (second.rule, second.value) == ("size-mismatch", "5")


def test_of_a_table_the_reading_is_measured(draft: Draft) -> None:
    reading = draft.tables["places"].reading
    assert reading is not None
    said = {"path": "data/places.csv", "hash": f"sha256:{reading.sha256}", "bytes": reading.size}
    draft.resources.append(said)
    assert draft.issues() == []
    said["bytes"] = reading.size - 1
    assert draft.places() == [("size-mismatch", "data/places.csv")]


def test_of_a_table_that_was_too_large_to_be_read_nothing_is_measured(draft: Draft) -> None:
    reading = draft.tables["places"].reading
    assert reading is not None
    reading.sha256, reading.size = "", 5
    declared = {"path": "data/places.csv", "hash": f"sha256:{'0' * 64}", "bytes": 9}
    draft.resources.insert(0, declared)
    draft.files["data/two.txt"] = b"Changed.\n"
    assert draft.places() == [("hash-mismatch", "data/two.txt")]


@pytest.mark.parametrize("said", [{"hash": "md5:x"}, {"bytes": "5"}, {"hash": None, "bytes": None}])
def test_what_has_no_form_is_left_to_the_descriptor(draft: Draft, said: dict[str, Any]) -> None:
    draft.resources[0].update(said)
    assert draft.issues() == []


def test_all_further_files_together_have_a_limit(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FURTHER_TOTAL", 10)
    assert draft.issues() == []
    draft.resources.append(draft.resources[0])  # counted once
    assert draft.issues() == []
    monkeypatch.setattr(files, "FURTHER_TOTAL", 9)
    (issue,) = draft.issues()
    assert (issue.rule, issue.file) == ("file-too-large", "data/two.txt")
    assert ": 9 bytes" in issue.message


# --- further texts ---------------------------------------------------------------------------

HIDDEN = "text-hidden-character"


@pytest.mark.parametrize(
    ("path", "said", "looked_into"),
    [
        *((f"data/n.{form}", {}, True) for form in ("csv", "html", "md", "tsv", "txt")),
        *((f"data/n.{form}", {}, True) for form in ("xml", "yaml", "yml")),
        ("data/n.rst", {"mediatype": "text/x-rst"}, True),
        ("data/n.md", {"mediatype": "application/octet-stream"}, True),
        ("data/n.png", {"mediatype": "image/png"}, False),
        ("data/n.png", {}, False),
    ],
)
def test_texts_are_looked_into_and_other_files_not(
    draft: Draft, path: str, said: dict[str, Any], looked_into: bool
) -> None:
    draft.note(path, "One\n\tTwo\r\nTh\u200bree\nFo\u200bur\n".encode(), **said)
    issues = draft.issues()
    assert [(one.rule, one.file, one.line) for one in issues] == [(HIDDEN, path, 3)] * looked_into
    assert all("U+200B" in one.message for one in issues)


@pytest.mark.parametrize(
    ("path", "content", "rule", "message"),
    [
        ("data/n.md", b"ab\xff", "text-encoding", "byte 3 "),
        ("data/n.csv", b"\xff", "csv-encoding", "byte 1 "),
        ("data/n.json", b'"\xff"', "json-not-json", "byte 2 "),
        ("data/n.json", b"{", "json-not-json", ""),
        ("data/n.json", b'{"a": 1, "a": 1}', "json-duplicate-key", ""),
        ("data/n.yaml", b"{", None, ""),
    ],
)
def test_a_text_that_is_not_what_it_is_said_to_be_is_told_and_the_next_looked_into(
    draft: Draft, path: str, content: bytes, rule: str | None, message: str
) -> None:
    draft.note(path, content)
    draft.note("data/last.txt", b"x\x07")
    *issues, last = draft.issues()
    assert [(one.rule, one.file) for one in issues] == ([(rule, path)] if rule else [])
    assert all(message in one.message for one in issues)
    assert (last.rule, last.file) == (HIDDEN, "data/last.txt")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a,b\n=1+1,2\n", 2),
        ("a,b\n1,@SUM(A1)\n", 2),
        ('a,b\n1,"=HYPERLINK(""x"")"\n', 2),
        ("a\tb\n1\t=1\n", 2),
        ("a;b\n1;=1\n", 2),  # a comma is no mark where it stands in numbers
        ("a,b\n1,  =1\n", 2),
        ("a,b\r\n1,2\r\n=1,2\r\n", 3),
        ('a,b\n1,"two\nlines"\n-cmd,2\n', 4),
        ('a,b\n"x"y,+A1\n', 2),
        (f"a,b\n{'x' * 200_000},=1\n", 2),
        ("a,b\n1,\uff1d1\n", 2),
        ("a,b\n+81 (0)3,=1\n@x,2\n", 2),
        ("\n=1\n", 2),
        ("a,b\n-5,+0.5e-3\n-,+10%\n-1.000.5,+09:00\n", None),
        ('a,b\n"one, =two",three =four\n', None),
        ('a,b\n"it said ""x"", =y",a-b\n', None),
        ('a,b\n1,"an open quote\n=1', None),
        ("", None),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_told(
    draft: Draft, content: str, line: int | None
) -> None:
    for path, looked_into in (("data/n.csv", True), ("data/n.tsv", True), ("data/n.txt", False)):
        draft.note(path, content.encode())
        told = [(one.rule, one.file, one.line) for one in draft.issues()]
        assert told == ([("text-formula", path, line)] if line and looked_into else [])
        del draft.files[path], draft.resources[-1]


def test_a_formula_is_shown_without_its_quotes(draft: Draft) -> None:
    draft.note("data/n.csv", b'a,"=1+""1"""\n')
    (issue,) = draft.issues()
    assert issue.value == "=1+1"


def test_behind_a_text_that_cannot_be_read_the_next_is_looked_into(draft: Draft) -> None:
    del draft.files["data/one.txt"]
    draft.note("data/last.txt", b"x\x07")
    assert draft.places() == [("file-missing", "data/one.txt"), (HIDDEN, "data/last.txt")]


def test_a_text_that_is_named_twice_is_looked_into_once(draft: Draft) -> None:
    draft.note("data/last.txt", b"x\x07")
    draft.resources.append(draft.resources[-1])
    assert draft.places() == [(HIDDEN, "data/last.txt")]


# --- dataset.json ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"{", "json-not-json"),
        (b'{"a": 1, "a": 1}', "json-duplicate-key"),
        (b"{}", "json-not-canonical"),
        (b"[ ]\n", "json-not-canonical"),
        (b"[]\n", None),
    ],
)
def test_the_dataset_is_json_as_build_writes_it(draft: Draft, content: bytes, rule: str | None) -> None:
    draft.files[DATASET] = content
    assert draft.places() == ([(rule, DATASET)] if rule else [])


def test_a_dataset_that_is_not_there_is_missing(draft: Draft) -> None:
    del draft.files[DATASET]
    assert draft.places() == [("file-missing", DATASET)]


# --- what lies undeclared --------------------------------------------------------------------


def test_what_is_not_declared_is_told(draft: Draft) -> None:
    draft.files["data/more.txt"] = b""
    draft.files["schemas/old.json"] = b""
    assert draft.places() == [
        ("file-undeclared", "data/more.txt"),
        ("file-undeclared", "schemas/old.json"),
    ]


@pytest.mark.parametrize("path", [" data/more.txt", "data/./more.txt", "data//more.txt"])
def test_a_file_whose_path_is_ill_formed_is_meant_all_the_same(draft: Draft, path: str) -> None:
    draft.files["data/more.txt"] = b""
    draft.resources.append({"path": path})
    assert draft.issues() == []


def test_without_resources_nothing_is_undeclared(draft: Draft) -> None:
    draft.files["data/more.txt"] = b""
    draft.resources.clear()
    assert draft.issues() == []


def test_files_that_cannot_be_listed_are_told(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(files: Memory) -> None:
        raise FileProblem("file-too-large", "has too many files", "data/deep")

    monkeypatch.setattr(Memory, "names", refuse)
    assert draft.places() == [("file-too-large", "data/deep")]


def test_a_file_in_the_place_of_a_folder_is_told(draft: Draft) -> None:
    draft.files["data"] = b""
    (issue,) = draft.issues()
    assert (issue.rule, issue.file) == ("file-undeclared", "data")
    assert "must be a folder" in issue.message
