"""Integrity: files unchanged, rows in order, and what lies in the folders of a package."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import descriptor, write_json
from jpkr_drills.issues import Issue
from jpkr_drills.validator import report


def found(package: Path) -> list[tuple[str, str, int | None]]:
    said = report(package, only=["integrity"])
    return [(one.rule, one.file, one.line) for one in [*said.issues, *said.advice]]


def declare(package: Path, name: str, content: bytes, form: str = "md") -> None:
    """A further resource; its hash and size are right."""
    import hashlib

    (package / "data" / name).write_bytes(content)
    said = descriptor(package)
    more = {"name": "more", "path": f"data/{name}", "format": form, "bytes": len(content)}
    said["resources"].append({**more, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"})
    write_json(package / "datapackage.json", said)


@pytest.mark.parametrize(
    ("form", "content", "rule"),
    [
        ("md", b"caf\xe9", "text-encoding"),
        ("json", b"{", "text-encoding"),
        ("json", b'{"a": 1}', None),
        ("png", b"\xff\xfe", None),
        ("csv", "a\u200b,\u202eb\n".encode(), None),
        ("csv", b"a\n=1+1\n@x\n-1.5\n+3\n", "text-formula"),
        ("tsv", b"a\tb\n1\t+SUM(A1)\n", "text-formula"),
        ("csv", b"a\n-1.5\n+3\n-\n", "text-formula"),
        ("csv", b"a\n-1.5\n+3\n", None),
        ("md", b"=1+1\n", None),
    ],
)
def test_of_a_further_file_little_is_asked(package: Path, form: str, content: bytes, rule: str | None) -> None:
    declare(package, f"more.{form}", content, form)
    if rule == "text-formula" and content.endswith(b"-\n"):
        rule = None  # a dash alone is no formula
    assert [one[:2] for one in found(package)] == [(rule, f"data/more.{form}")] * bool(rule)


def test_formulas_of_a_file_are_one_piece_of_advice(package: Path) -> None:
    declare(package, "more.csv", b"a\n=1\n=2\n=3\n", "csv")
    (issue,) = report(package, only=["integrity"]).advice
    assert (issue.line, issue.level) == (2, "advice")
    assert issue.message.endswith("also on lines 3, 4")


def _hash(said: dict[str, object]) -> None:
    said["hash"] = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_hash, "hash-mismatch"),
        (lambda said: said.update(bytes=7), "size-mismatch"),
        (lambda said: said.update(bytes=7, hash="sha256:" + "0" * 64), "hash-mismatch"),
        (lambda said: said.update(hash="md5:0"), None),  # the descriptor's own fault
        (lambda said: said.update(bytes="7"), None),
        (lambda said: said.update(bytes=True), None),
    ],
)
def test_what_the_descriptor_says_of_a_file_is_compared(package: Path, change: object, rule: str | None) -> None:
    said = descriptor(package)
    assert callable(change)
    change(next(one for one in said["resources"] if one["name"] == "places"))
    write_json(package / "datapackage.json", said)
    assert [one[:2] for one in found(package)] == [(rule, "data/places.csv")] * bool(rule)


def test_a_mismatch_names_what_the_file_has(package: Path) -> None:
    place = package / "data/places.csv"
    place.write_bytes(place.read_bytes().replace(b"57.9", b"57.8"))
    issue: Issue = next(one for one in report(package, only=["integrity"]).issues)
    assert str(issue.value).startswith("sha256:")
    assert "jpkr-drills build" in issue.hint


@pytest.mark.parametrize("name", ["README.md", "src/x.py", "other/data/x"])
def test_what_lies_beside_the_folders_of_the_package_is_not_looked_at(package: Path, name: str) -> None:
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).touch()
    assert found(package) == []


def test_ids_are_ordered_by_the_numbers_in_them(package: Path) -> None:
    place = package / "data/claim_events.csv"
    place.write_text("claim_id,event_id\np2s1-1,a\np2s2-9,a\np2s2-10,a\np10s1-1,a\n", encoding="utf-8")
    assert "row-order" not in {rule for rule, *_ in found(package)}
