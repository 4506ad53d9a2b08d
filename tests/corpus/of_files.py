"""Defects of the files of a package: missing, empty, undeclared, changed, elsewhere, in an archive."""

from __future__ import annotations

import hashlib
import os
import warnings
import zipfile
from functools import partial
from pathlib import Path

from corpus.draft import NOTES, Draft
from corpus.registry import Spoil, defect, register, register_all, unsealed
from jpkr_drills.package.files import DATASET, DESCRIPTOR, Limits
from tables import both

LIMIT = Limits().file_bytes
CSV = "data/event_places.csv"
SCHEMA = "schemas/table/parties.json"


def _declare(draft: Draft) -> None:
    draft.add_resource()


# --- missing, empty, undeclared ----------------------------------------------------------------------


@defect
def table_in_other_case(draft: Draft) -> None:
    place = draft.root / CSV
    place.rename(place.with_name("Event_places.csv"))


@unsealed
def table_empty(draft: Draft) -> None:
    draft.write(CSV, b"")
    draft.resource("event_places").update(bytes=0, hash=f"sha256:{hashlib.sha256(b'').hexdigest()}")


_UNDECLARED = {
    "undeclared-file": "data/extra.csv",
    "undeclared-hidden-file": "data/.DS_Store",
    "undeclared-lock-file": "data/~$parties.csv",
    "undeclared-file-in-folder": "data/old/places.csv",
    "undeclared-backup": "data/places.csv~",
    "undeclared-schema": "schemas/table/notes.json",
}
for _name, _path in _UNDECLARED.items():
    register(_name, partial(Draft.write, path=_path, content=b"a,b\n1,2\n"))

# --- changed, not a regular file of the package, too large -----------------------------------------------


def _moved(path: str, *, outside: bool = True) -> Spoil:
    """The file is a link to where it was moved."""

    def spoil(draft: Draft) -> None:
        place = draft.root / path
        other = (draft.root.parent if outside else draft.root) / f"moved-{place.name}"
        place.symlink_to(place.rename(other))

    return spoil


def _resource(name: str, **properties: object) -> Spoil:
    return lambda draft: draft.resource(name).update(properties)


def _formula(draft: Draft) -> None:
    content = b"a,b\n1,@SUM(A1)\n-1.5,+2\n"
    said = {"path": "data/more.csv", "format": "csv", "mediatype": "text/csv"}
    draft.add_resource(content, **said)
    draft.write("data/more.csv", content)
    draft.remove(NOTES)
    draft.mark_line(2)


register_all(
    {
        "table-missing": lambda draft: draft.remove(CSV),
        "dataset-missing": lambda draft: draft.remove(DATASET),
        "declared-file-missing": both(_declare, lambda draft: draft.remove(NOTES)),
        "undeclared-link": lambda draft: (draft.root / "data/latest.csv").symlink_to("places.csv"),
        "hash-wrong": _resource("places", hash="sha256:" + "0" * 64),
        "hash-of-another-file": lambda draft: draft.resource("places").update(hash=draft.resource("parties")["hash"]),
        "size-wrong": _resource("places", bytes=7),
        "size-zero": _resource("places", bytes=0),
        "dataset-hash-wrong": _resource("dataset", hash="sha256:" + "0" * 64),
        "dataset-size-wrong": _resource("dataset", bytes=7),
        "declared-file-changed": both(_declare, lambda draft: draft.write(NOTES, b"Other notes.\n")),
        "further-csv-with-formula": _formula,
        "table-is-directory": lambda draft: draft.remove(CSV).mkdir(),
        "dataset-is-directory": lambda draft: draft.remove(DATASET).mkdir(),
        "table-is-pipe": lambda draft: os.mkfifo(draft.remove(CSV)),
        "table-links-outside": _moved(CSV),
        "table-links-inside": _moved(CSV, outside=False),
        "table-links-nowhere": lambda draft: draft.remove(CSV).symlink_to("nowhere.csv"),
        "table-links-to-itself": lambda draft: draft.remove(CSV).symlink_to(Path(CSV).name),
        "dataset-links-outside": _moved(DATASET),
        "declared-file-links-outside": both(_declare, _moved(NOTES)),
        "data-folder-links-outside": _moved("data"),
        "schemas-folder-links-outside": _moved("schemas"),
        "schema-link-outside": _moved(SCHEMA),
        "descriptor-links-outside": _moved(DESCRIPTOR),
        "descriptor-is-directory": lambda draft: draft.remove(DESCRIPTOR).mkdir(),
        "descriptor-is-pipe": lambda draft: os.mkfifo(draft.remove(DESCRIPTOR)),
        "descriptor-too-large": lambda draft: draft.grow(DESCRIPTOR, LIMIT + 1),
        "table-too-large": lambda draft: draft.grow(CSV, LIMIT + 1),
        "dataset-too-large": lambda draft: draft.grow(DATASET, LIMIT + 1),
        "declared-file-too-large": both(_declare, lambda draft: draft.grow(NOTES, LIMIT + 1)),
    }
)

# --- archives ----------------------------------------------------------------------------------------


def _archive(*more: zipfile.ZipInfo | str, without: str = "", method: int = zipfile.ZIP_DEFLATED) -> Spoil:
    """Make a zip of the package, and of further entries, the thing to validate."""

    def spoil(draft: Draft) -> None:
        draft.target = draft.root.parent / "package.zip"
        with zipfile.ZipFile(draft.target, "w", method) as archive:
            for place in sorted(draft.root.rglob("*")):
                name = place.relative_to(draft.root).as_posix()
                if place.is_file() and name != without:
                    archive.write(place, name)
            with warnings.catch_warnings(action="ignore"):  # of names given twice
                for entry in more:
                    archive.writestr(entry, b"x")

    return spoil


def _entry(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3  # Unix
    entry.external_attr = mode << 16
    return entry


register_all(
    {
        "zip-without-descriptor": _archive(without=DESCRIPTOR),
        "zip-without-table": _archive(without=CSV),
        "zip-undeclared-entry": _archive("data/extra.csv"),
        "zip-entry-parent": _archive("../evil.csv"),
        "zip-entry-parent-inside": _archive("data/../../evil.csv"),
        "zip-entry-absolute": _archive("/etc/evil.csv"),
        "zip-entry-backslash": _archive("data\\..\\evil.csv"),
        "zip-entry-drive": _archive("C:/evil.csv"),
        "zip-entry-twice": _archive(CSV),
        "zip-entry-in-other-case": _archive("data/Places.csv"),
        "zip-entry-named-as-device": _archive("data/NUL.csv"),
        "zip-entry-link": _archive(_entry("data/link.csv", 0o120777)),
        "zip-folder-link": _archive(_entry("data/evil/", 0o120777)),
        "zip-entry-below-a-file": _archive("data/places.csv/more.csv"),
        "zip-of-too-many-entries": _archive(*(f"more/{number}" for number in range(Limits().entries))),
        "zip-bomb": both(lambda draft: draft.grow(DATASET, LIMIT + 1), _archive()),
    }
)


@defect
def zip_not_an_archive(draft: Draft) -> None:
    draft.target = draft.root.parent / "package.zip"
    draft.target.write_bytes(b"This is no archive.\n")


@defect
def zip_cut_off(draft: Draft) -> None:
    _archive()(draft)
    draft.target.write_bytes(draft.target.read_bytes()[:-100])


@defect
def zip_damaged_entry(draft: Draft) -> None:
    _archive(method=zipfile.ZIP_STORED)(draft)
    content = draft.target.read_bytes()
    assert b",cafe-moewe," in content
    draft.target.write_bytes(content.replace(b",cafe-moewe,", b",cafe-mowe-,", 1))


@defect
def zip_damaged_compressed_entry(draft: Draft) -> None:
    _archive()(draft)
    with zipfile.ZipFile(draft.target) as archive:
        entry = archive.getinfo(CSV)
    content = bytearray(draft.target.read_bytes())
    content[entry.header_offset + 30 + len(CSV) + 5] ^= 0xFF  # a byte of its compressed data
    draft.target.write_bytes(content)


@defect
def zip_entry_encrypted(draft: Draft) -> None:
    _archive("data/extra.csv")(draft)
    content = bytearray(draft.target.read_bytes())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(start) + flags] |= 1
    draft.target.write_bytes(content)
