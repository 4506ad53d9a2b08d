"""Defects of the files of a package: missing, empty, undeclared, changed, elsewhere, in an archive."""

from __future__ import annotations

import os
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

from corpus.draft import NOTES, Draft
from corpus.registry import defect, synthetic, unsealed
from jpkr_drills.descriptor import DATASET
from jpkr_drills.files import DESCRIPTOR, FILE_LIMIT, FURTHER_LIMIT

CSV = "data/event_places.csv"

# --- missing and empty -----------------------------------------------------------------------


@defect
def table_missing(draft: Draft) -> None:
    draft.remove(CSV)


@defect
def dataset_missing(draft: Draft) -> None:
    draft.remove(DATASET)


@defect
def declared_file_missing(draft: Draft) -> None:
    draft.add_resource()
    draft.remove(NOTES)


@defect
def table_in_other_case(draft: Draft) -> None:
    place = draft.root / CSV
    place.rename(place.with_name("Event_places.csv"))


@unsealed
def table_empty(draft: Draft) -> None:
    draft.write(CSV, b"")
    draft.resource("event_places").update(
        bytes=0, hash="sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@synthetic
def table_header_only(draft: Draft) -> None:
    draft.empty("places")
    for table in ("event_places", "mentions"):
        seen = set()
        for row in draft.rows(table):
            if row["place_id"] and row["place_id"] not in seen:
                seen.add(row["place_id"])
                draft.mark(table, row)


# --- undeclared ------------------------------------------------------------------------------


@defect
def undeclared_file(draft: Draft) -> None:
    draft.write("data/extra.csv", b"a,b\n1,2\n")


@defect
def undeclared_hidden_file(draft: Draft) -> None:
    draft.write("data/.DS_Store", b"\0\0\0\1Bud1")


@defect
def undeclared_file_in_folder(draft: Draft) -> None:
    draft.write("data/old/places.csv", b"a,b\n1,2\n")


@defect
def undeclared_backup(draft: Draft) -> None:
    draft.write("data/places.csv~", draft.read("data/places.csv"))


@defect
def undeclared_schema(draft: Draft) -> None:
    draft.write("schemas/table/notes.json", b"{}\n")


@defect
def undeclared_folders_too_deep(draft: Draft) -> None:
    (draft.root / "data" / "/".join("d" * 100)).mkdir(parents=True)


@defect
def undeclared_link(draft: Draft) -> None:
    (draft.root / "data/latest.csv").symlink_to("places.csv")


@defect
def undeclared_folder_in_other_case(draft: Draft) -> None:
    """It takes the place of ``data`` where upper and lower case are the same."""
    (draft.root / "Data").mkdir()


# --- changed ---------------------------------------------------------------------------------


@defect
def hash_wrong(draft: Draft) -> None:
    draft.resource("places")["hash"] = "sha256:" + "0" * 64


@defect
def hash_of_another_file(draft: Draft) -> None:
    draft.resource("places")["hash"] = draft.resource("parties")["hash"]


@defect
def size_wrong(draft: Draft) -> None:
    draft.resource("places")["bytes"] += 1


@defect
def size_zero(draft: Draft) -> None:
    draft.resource("places")["bytes"] = 0


@defect
def dataset_hash_wrong(draft: Draft) -> None:
    draft.resource("dataset")["hash"] = "sha256:" + "0" * 64


@defect
def dataset_size_wrong(draft: Draft) -> None:
    draft.resource("dataset")["bytes"] -= 1


@defect
def declared_file_changed(draft: Draft) -> None:
    draft.add_resource()
    draft.write(NOTES, b"Other notes.\n")


@defect
def further_csv_with_formula(draft: Draft) -> None:
    draft.add_resource(path="data/more.csv", format="csv", mediatype="text/csv")
    draft.remove(NOTES)
    draft.write("data/more.csv", b"a,b\n1,@SUM(A1)\n")
    draft.mark_line(2)


# --- not a regular file of the package -------------------------------------------------------


@defect
def table_is_directory(draft: Draft) -> None:
    draft.remove(CSV).mkdir()


@defect
def dataset_is_directory(draft: Draft) -> None:
    draft.remove(DATASET).mkdir()


@defect
def table_is_pipe(draft: Draft) -> None:
    os.mkfifo(draft.remove(CSV))


def _outside(draft: Draft, path: str) -> Path:
    """The file, moved out of the package."""
    place = draft.root / path
    return place.rename(draft.root.parent / place.name)


@defect
def table_links_outside(draft: Draft) -> None:
    (draft.root / CSV).symlink_to(_outside(draft, CSV))


@defect
def table_links_inside(draft: Draft) -> None:
    place = draft.root / CSV
    place.symlink_to(place.rename(draft.root / "moved.csv"))


@defect
def table_links_nowhere(draft: Draft) -> None:
    draft.remove(CSV).symlink_to("nowhere.csv")


@defect
def table_links_to_itself(draft: Draft) -> None:
    draft.remove(CSV).symlink_to(Path(CSV).name)


@defect
def dataset_links_outside(draft: Draft) -> None:
    (draft.root / DATASET).symlink_to(_outside(draft, DATASET))


@defect
def declared_file_links_outside(draft: Draft) -> None:
    draft.add_resource()
    (draft.root / NOTES).symlink_to(_outside(draft, NOTES))


@defect
def data_folder_links_outside(draft: Draft) -> None:
    (draft.root / "data").symlink_to(_outside(draft, "data"))


@defect
def schemas_folder_links_outside(draft: Draft) -> None:
    (draft.root / "schemas").symlink_to(_outside(draft, "schemas"))


# --- too large -------------------------------------------------------------------------------


@defect
def table_too_large(draft: Draft) -> None:
    os.truncate(draft.root / CSV, FILE_LIMIT + 1)


@defect
def dataset_too_large(draft: Draft) -> None:
    os.truncate(draft.root / DATASET, FILE_LIMIT + 1)


@defect
def declared_file_too_large(draft: Draft) -> None:
    draft.add_resource()
    os.truncate(draft.root / NOTES, FILE_LIMIT + 1)


@defect
def declared_file_too_large_to_compare(draft: Draft) -> None:
    draft.add_resource("word " * (FURTHER_LIMIT // 5 + 1))


# --- archives --------------------------------------------------------------------------------


def _archive(
    draft: Draft,
    *more: zipfile.ZipInfo | str,
    without: str = "",
    method: int = zipfile.ZIP_DEFLATED,
) -> None:
    """Make a zip of the package, and of further entries, the thing to validate."""
    draft.target = draft.root.parent / "package.zip"
    with zipfile.ZipFile(draft.target, "w", method) as archive:
        for place in sorted(draft.root.rglob("*")):
            name = place.relative_to(draft.root).as_posix()
            if place.is_file() and name != without:
                archive.write(place, name)
        with warnings.catch_warnings(action="ignore"):  # of names given twice
            for entry in more:
                archive.writestr(entry, b"x")


@defect
def zip_not_an_archive(draft: Draft) -> None:
    draft.target = draft.root.parent / "package.zip"
    draft.target.write_bytes(b"This is no archive.\n")


@defect
def zip_cut_off(draft: Draft) -> None:
    _archive(draft)
    draft.target.write_bytes(draft.target.read_bytes()[:-100])


@defect
def zip_without_descriptor(draft: Draft) -> None:
    _archive(draft, without=DESCRIPTOR)


@defect
def zip_without_table(draft: Draft) -> None:
    _archive(draft, without=CSV)


@defect
def zip_undeclared_entry(draft: Draft) -> None:
    _archive(draft, "data/extra.csv")


@defect
def zip_damaged_entry(draft: Draft) -> None:
    _archive(draft, method=zipfile.ZIP_STORED)
    content = draft.target.read_bytes()
    assert b",camp-david," in content
    draft.target.write_bytes(content.replace(b",camp-david,", b",camp-davis,", 1))


@defect
def zip_damaged_compressed_entry(draft: Draft) -> None:
    _archive(draft)
    with zipfile.ZipFile(draft.target) as archive:
        entry = archive.getinfo(CSV)
    content = bytearray(draft.target.read_bytes())
    content[entry.header_offset + 30 + len(CSV) + 5] ^= 0xFF  # a byte of its compressed data
    draft.target.write_bytes(content)


@defect
def zip_entry_parent(draft: Draft) -> None:
    _archive(draft, "../evil.csv")


@defect
def zip_entry_parent_inside(draft: Draft) -> None:
    _archive(draft, "data/../../evil.csv")


@defect
def zip_entry_absolute(draft: Draft) -> None:
    _archive(draft, "/etc/evil.csv")


@defect
def zip_entry_backslash(draft: Draft) -> None:
    _archive(draft, "data\\..\\evil.csv")


@defect
def zip_entry_drive(draft: Draft) -> None:
    _archive(draft, "C:/evil.csv")


@defect
def zip_entry_twice(draft: Draft) -> None:
    _archive(draft, CSV)


@defect
def zip_entry_link(draft: Draft) -> None:
    link = zipfile.ZipInfo("data/link.csv")
    link.create_system = 3  # Unix
    link.external_attr = 0o120777 << 16
    _archive(draft, link)


@defect
def zip_entry_encrypted(draft: Draft) -> None:
    _archive(draft, "data/extra.csv")
    content = bytearray(draft.target.read_bytes())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(start) + flags] |= 1
    draft.target.write_bytes(content)


@defect
def zip_bomb(draft: Draft) -> None:
    os.truncate(draft.root / DATASET, FILE_LIMIT + 1)
    _archive(draft)


@defect
def zip_entry_in_other_case(draft: Draft) -> None:
    _archive(draft, "data/Places.csv")


@defect
def zip_entry_below_a_file(draft: Draft) -> None:
    _archive(draft, "data/places.csv/more.csv")


@defect
def zip_entry_named_as_device(draft: Draft) -> None:
    _archive(draft, "data/NUL.csv")


@defect
def zip_folder_link(draft: Draft) -> None:
    link = zipfile.ZipInfo("data/evil/")
    link.create_system = 3  # Unix
    link.external_attr = 0o120777 << 16
    _archive(draft, link)


@defect
def zip_entry_with_a_second_name(draft: Draft) -> None:
    entry = zipfile.ZipInfo("NOTES.md")
    said = b"\x01" + struct.pack("<I", zlib.crc32(b"NOTES.md")) + b"data/events.csv"
    entry.extra = struct.pack("<HH", 0x7075, len(said)) + said
    _archive(draft, entry)


@defect
def zip_entry_with_another_name_before_its_content(draft: Draft) -> None:
    _archive(draft, "NOTES.of.names.5")
    assert draft.target is not None
    content = draft.target.read_bytes()
    draft.target.write_bytes(content.replace(b"NOTES.of.names.5", b"data/events.csv5", 1))


@defect
def zip_entry_that_nobody_may_read(draft: Draft) -> None:
    entry = zipfile.ZipInfo("NOTES.md")
    entry.external_attr = 0o100200 << 16
    _archive(draft, entry)
