"""Defects of ``datapackage.json`` and of the generated schemas."""

from __future__ import annotations

import copy
import hashlib
import json
import os
from functools import partial

from corpus.draft import NOTES, Draft, Json
from corpus.registry import defect, register
from jpkr_drills.files import DESCRIPTOR, DESCRIPTOR_LIMIT, FILE_LIMIT

PROFILE_1 = "https://datapackage.org/profiles/1.0/datapackage.json"
TABLE_SCHEMA = "schemas/table/parties.json"
JSON_SCHEMA = "schemas/json/events.schema.json"

# --- not a descriptor at all -----------------------------------------------------------------


@defect
def descriptor_missing(draft: Draft) -> None:
    draft.remove(DESCRIPTOR)


@defect
def descriptor_empty_file(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"")


@defect
def descriptor_is_array(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"[" + draft.read(DESCRIPTOR) + b"]")


@defect
def descriptor_is_null(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"null\n")


@defect
def descriptor_is_text(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"name: jpkr-drills\n")


@defect
def descriptor_cut_off(draft: Draft) -> None:
    draft.write(DESCRIPTOR, draft.read(DESCRIPTOR)[:-10])


@defect
def descriptor_trailing_comma(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b"\n  ],", b",\n  ],")


@defect
def descriptor_with_comment(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b"{\n", b"{ // the package\n")


@defect
def descriptor_duplicate_key(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b'  "name":', b'  "name": "another",\n  "name":')


@defect
def descriptor_duplicate_key_in_resource(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b'      "path":', b'      "path": "data/other.csv",\n      "path":')


@defect
def descriptor_byte_order_mark(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"\xef\xbb\xbf" + draft.read(DESCRIPTOR))


@defect
def descriptor_utf_16(draft: Draft) -> None:
    draft.write(DESCRIPTOR, draft.read(DESCRIPTOR).decode().encode("utf-16"))


@defect
def descriptor_latin_1(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b'  "title": "', b'  "title": "\xe9')


@defect
def descriptor_nan(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b'      "bytes": ', b'      "bytes": NaN, "b": ')


@defect
def descriptor_lone_surrogate(draft: Draft) -> None:
    draft.replace(DESCRIPTOR, b'  "title": "', rb'  "title": "\ud800')


@defect
def descriptor_nested_too_deeply(draft: Draft) -> None:
    draft.write(DESCRIPTOR, b"[" * 100_000)


@defect
def descriptor_links_outside(draft: Draft) -> None:
    place = draft.root / DESCRIPTOR
    place.symlink_to(place.rename(draft.root.parent / DESCRIPTOR))


@defect
def descriptor_is_directory(draft: Draft) -> None:
    draft.remove(DESCRIPTOR).mkdir()


@defect
def descriptor_is_pipe(draft: Draft) -> None:
    os.mkfifo(draft.remove(DESCRIPTOR))


@defect
def descriptor_too_large(draft: Draft) -> None:
    os.truncate(draft.root / DESCRIPTOR, FILE_LIMIT + 1)


@defect
def descriptor_over_a_mebibyte(draft: Draft) -> None:
    draft.write(DESCRIPTOR, draft.read(DESCRIPTOR) + b" " * DESCRIPTOR_LIMIT)


# --- properties missing, misspelt, unknown, of a wrong type ----------------------------------


def _dropped(draft: Draft, name: str) -> None:
    draft.descriptor.pop(name)


def _said(draft: Draft, properties: Json) -> None:
    draft.descriptor.update(properties)


for _name in (
    *("$schema", "name", "title", "description", "version", "keywords", "licenses"),
    *("sources", "resources"),
):
    register(f"descriptor-without-{_name.strip('$')}", partial(_dropped, name=_name), base="synthetic")


def _renamed(owner: Json, old: str, new: str) -> None:
    owner[new] = owner.pop(old)


@defect
def descriptor_misspelt_licences(draft: Draft) -> None:
    _renamed(draft.descriptor, "licenses", "licences")


@defect
def descriptor_misspelt_contributors(draft: Draft) -> None:
    draft.descriptor.pop("contributors", None)
    draft.descriptor["contributers"] = [{"title": "Somebody"}]


@defect
def descriptor_misspelt_resource_title(draft: Draft) -> None:
    draft.add_resource(titel="Notes")


@defect
def descriptor_misspelt_resource_encoding(draft: Draft) -> None:
    draft.add_resource()
    _renamed(draft.resource("notes"), "encoding", "encodng")


_UNKNOWN: dict[str, Json] = {
    "descriptor-unknown-property": {"funding": "none"},
    "descriptor-v1-profile": {"profile": "tabular-data-package"},
    "descriptor-v1-author": {"author": "Somebody"},
    "descriptor-created": {"created": "2026-01-01T00:00:00Z"},
    "descriptor-with-views": {"views": []},
    "descriptor-capital-property": {"Title": "The same again"},
}
_WRONG: dict[str, Json] = {
    "descriptor-v1-schema-url": {"$schema": PROFILE_1},
    "descriptor-name-not-string": {"name": 7},
    "descriptor-name-upper-case": {"name": "Jpkr-Drills"},
    "descriptor-name-with-space": {"name": "jpkr drills"},
    "descriptor-name-trailing-newline": {"name": "jpkr-drills\n"},
    "descriptor-name-empty": {"name": ""},
    "descriptor-name-too-long": {"name": "n" * 101},
    "descriptor-title-null": {"title": None},
    "descriptor-title-list": {"title": ["A title"]},
    "descriptor-title-leading-space": {"title": " A title"},
    "descriptor-description-two-lines": {"description": "One line.\nAnother line."},
    "descriptor-description-too-long": {"description": "d" * 2001},
    "descriptor-version-number": {"version": 0.1},
    "descriptor-version-two-parts": {"version": "0.1"},
    "descriptor-version-with-v": {"version": "v0.1.0"},
    "descriptor-homepage-not-web": {"homepage": "ftp://example.org/"},
    "descriptor-homepage-javascript": {"homepage": "javascript:alert(1)"},
    "descriptor-keywords-string": {"keywords": "claims, events"},
    "descriptor-keywords-empty": {"keywords": []},
    "descriptor-keywords-not-strings": {"keywords": [1]},
    "descriptor-licenses-object": {"licenses": {"name": "CC-BY-4.0"}},
    "descriptor-licenses-empty": {"licenses": []},
    "descriptor-licenses-strings": {"licenses": ["CC-BY-4.0"]},
    "descriptor-license-without-name": {"licenses": [{"title": "Free"}]},
    "descriptor-license-unknown-property": {"licenses": [{"name": "CC-BY-4.0", "url": "x"}]},
    "descriptor-license-path-local": {"licenses": [{"name": "CC-BY-4.0", "path": "LICENSE"}]},
    "descriptor-sources-null": {"sources": None},
    "descriptor-sources-empty": {"sources": []},
    "descriptor-sources-strings": {"sources": ["An article"]},
    "descriptor-resources-null": {"resources": None},
    "descriptor-resources-object": {"resources": {}},
    "descriptor-resources-empty": {"resources": []},
    "descriptor-title-zero-width": {"title": "Harbour\u200b talks"},
    "descriptor-title-non-breaking-space": {"title": "Harbour\u00a0talks"},
    "descriptor-title-variation-selector": {"title": "Harbour\ufe0f talks"},
    "descriptor-title-escape": {"title": "Harbour \x1b[31mtalks"},
    "descriptor-description-decomposed": {"description": "A cafe\u0301."},
    "descriptor-keywords-look-alike": {"keywords": ["cl\u0430ims"]},
    "descriptor-keywords-twice": {"keywords": ["claims", "events", "Claims"]},
    "descriptor-licenses-twice": {"licenses": [{"name": "CC-BY-4.0"}] * 2},
    "descriptor-contributors-twice": {"contributors": [{"title": "Somebody"}] * 2},
    "descriptor-contributors-null": {"contributors": None},
    "descriptor-contributors-empty": {"contributors": []},
    "descriptor-contributor-roles-empty": {"contributors": [{"title": "Somebody", "roles": []}]},
    "descriptor-contributor-roles-twice": {
        "contributors": [{"title": "Somebody", "roles": ["author", "Author"]}]
    },
    "descriptor-contributor-placeholder": {"contributors": [{"title": "n/a"}]},
    "descriptor-title-placeholder": {"title": "TBD"},
    "descriptor-description-placeholder": {"description": "Not specified."},
    "descriptor-id-placeholder": {"id": "todo"},
    "descriptor-keyword-dots": {"keywords": ["claims", "..."]},
    "descriptor-keywords-too-many": {"keywords": [f"keyword {number}" for number in range(101)]},
    "descriptor-version-leading-zero": {"version": "00.02.0"},
    "descriptor-homepage-with-password": {"homepage": "https://user:password@example.org/"},
    "descriptor-homepage-without-host": {"homepage": "https://?"},
    "descriptor-homepage-half-a-bracket": {"homepage": "https://[::1"},
    "descriptor-homepage-of-this-machine": {"homepage": "http://localhost:8000/"},
    "descriptor-contributor-without-title": {"contributors": [{"roles": ["author"]}]},
    "descriptor-contributor-v1-role": {"contributors": [{"title": "Somebody", "role": "author"}]},
}
for _name, _properties in (_UNKNOWN | _WRONG).items():
    register(_name, partial(_said, properties=_properties), base="synthetic")

# --- resources -------------------------------------------------------------------------------

_BAD_RESOURCES: dict[str, Json] = {
    "resource-unknown-property": {"licence": "CC0"},
    "resource-v1-profile": {"profile": "data-resource"},
    "resource-v0-url": {"url": "https://example.org/notes.md"},
    "resource-inline-data": {"data": []},
    "resource-type-json": {"type": "json"},
    "resource-name-with-space": {"name": "my notes"},
    "resource-format-upper-case": {"format": "MD"},
    "resource-mediatype-malformed": {"mediatype": "markdown"},
    "resource-encoding-latin-1": {"encoding": "latin-1"},
    "resource-hash-malformed": {"hash": "sha256:0"},
    "resource-hash-of-another-kind": {"hash": "md5:d41d8cd98f00b204e9800998ecf8427e"},
    "resource-hash-null": {"hash": None},
    "resource-bytes-negative": {"bytes": -1},
    "resource-bytes-decimal": {"bytes": 21.0},
    "resource-bytes-text": {"bytes": "21"},
    "resource-title-zero-width": {"title": "No\u200btes"},
    "resource-schema-inline": {"schema": {"fields": []}},
    "resource-schema-url": {"schema": "https://example.org/schema.json"},
    "resource-schema-outside": {"schema": "schemas/table/../../other.json"},
    "resource-dialect-url": {"dialect": "https://example.org/dialect.json"},
    "resource-of-type-table": {"type": "table"},
    "resource-with-schema-of-a-table": {"schema": "schemas/table/claims.json"},
    "resource-with-schema-that-is-not-there": {"schema": "schemas/table/notes.json"},
    "resource-format-not-the-ending": {"format": "pdf"},
    "resource-path-absolute": {"path": "/etc/hostname"},
    "resource-path-parent": {"path": "../notes.md"},
    "resource-path-parent-inside": {"path": "data/../../notes.md"},
    "resource-path-url": {"path": "https://example.org/notes.md"},
    "resource-path-file-url": {"path": "file:///etc/hostname"},
    "resource-path-backslash": {"path": "data\\notes.md"},
    "resource-path-windows-drive": {"path": "C:/notes.md"},
    "resource-path-outside-data": {"path": "README.md"},
    "resource-path-dot": {"path": "data/./notes.md"},
    "resource-path-empty-step": {"path": "data//notes.md"},
    "resource-path-folder": {"path": "data/"},
    "resource-path-trailing-newline": {"path": "data/notes.md\n"},
    "resource-path-list": {"path": [NOTES]},
    "resource-path-null": {"path": None},
    "resource-path-descriptor": {"path": DESCRIPTOR},
}


def _declared(draft: Draft, properties: Json) -> None:
    draft.add_resource(**properties)
    if "path" in properties:
        draft.remove(NOTES)


for _name, _properties in _BAD_RESOURCES.items():
    register(_name, partial(_declared, properties=_properties), base="synthetic")


@defect
def resource_path_hidden_file(draft: Draft) -> None:
    draft.add_resource(path="data/.notes.md")
    draft.remove(NOTES).with_name(".notes.md").write_bytes(b"Notes on the coding.\n")


def _named(draft: Draft, path: str) -> None:
    draft.add_resource(path=path)
    place = draft.remove(NOTES)
    (draft.root / path).parent.mkdir(exist_ok=True)
    (draft.root / path).write_bytes(b"Notes on the coding.\n")
    assert not place.exists()


for _name, _path in {
    "resource-path-of-device": "data/NUL.md",
    "resource-path-in-folder-of-device": "data/com1/notes.md",
    "resource-path-trailing-dot": "data/notes.",
}.items():
    register(_name, partial(_named, path=_path))


def _further(draft: Draft, form: str, content: bytes) -> None:
    draft.write(f"data/more.{form}", content)
    digest = hashlib.sha256(content).hexdigest()
    said = {"path": f"data/more.{form}", "bytes": len(content), "hash": f"sha256:{digest}"}
    draft.add_resource(**said, format=form)
    draft.remove(NOTES)


for _name, _form, _content in (
    ("resource-csv-not-utf-8", "csv", b"name\ncaf\xe9\n"),
    ("resource-json-not-utf-8", "json", b'"caf\xe9"\n'),
    ("resource-text-utf-16", "md", "Notes.\n".encode("utf-16")),
    ("resource-text-escape", "md", b"Notes.\n\x1b[2J\n"),
    ("resource-text-turned-around", "txt", "Notes\u202e.\n".encode()),
    ("resource-csv-zero-width", "csv", "na\u200bme\n".encode()),
    ("resource-json-cut-off", "json", b"{\n"),
    ("resource-json-duplicate-key", "json", b'{"a": 1, "a": 2}\n'),
):
    register(_name, partial(_further, form=_form, content=_content))


@defect
def resource_not_object(draft: Draft) -> None:
    draft.descriptor["resources"].insert(0, NOTES)


@defect
def resource_without_path(draft: Draft) -> None:
    draft.add_resource()
    draft.remove(NOTES)
    draft.resource("notes").pop("path")


@defect
def resource_without_name(draft: Draft) -> None:
    draft.add_resource()
    draft.resource("notes").pop("name")


@defect
def resource_without_mediatype(draft: Draft) -> None:
    draft.add_resource()
    draft.resource("notes").pop("mediatype")


@defect
def resources_share_a_name(draft: Draft) -> None:
    twin = {**draft.add_resource(), "path": "data/notes-2.md"}
    draft.write("data/notes-2.md", draft.read(NOTES))
    draft.descriptor["resources"].insert(0, twin)


@defect
def resources_share_a_path(draft: Draft) -> None:
    draft.descriptor["resources"].insert(0, {**draft.add_resource(), "name": "notes-2"})


@defect
def resources_share_a_path_in_other_case(draft: Draft) -> None:
    twin = {**draft.add_resource(), "name": "notes-2", "path": "data/NOTES.md"}
    draft.write("data/NOTES.md", draft.read(NOTES))
    draft.descriptor["resources"].insert(0, twin)


@defect
def resource_without_hash(draft: Draft) -> None:
    draft.add_resource()
    draft.resource("notes").pop("hash")


@defect
def resource_given_twice(draft: Draft) -> None:
    draft.descriptor["resources"].append(draft.resource("places"))


@defect
def resource_of_table_missing(draft: Draft) -> None:
    draft.descriptor["resources"].remove(draft.resource("places"))


@defect
def resource_of_dataset_missing(draft: Draft) -> None:
    draft.descriptor["resources"].remove(draft.resource("dataset"))


@defect
def resource_of_table_renamed(draft: Draft) -> None:
    draft.resource("places")["name"] = "locations"


_CHANGED: dict[str, Json] = {
    "resource-title-changed": {"title": "Locations"},
    "resource-description-changed": {"description": "Somewhere."},
    "resource-format-changed": {"format": "tsv"},
    "resource-mediatype-changed": {"mediatype": "text/plain"},
    "resource-schema-of-another-table": {"schema": "schemas/table/parties.json"},
    "resource-path-of-another-file": {"path": "data/locations.csv"},
}


def _of_places(draft: Draft, properties: Json) -> None:
    draft.resource("places").update(properties)


for _name, _properties in _CHANGED.items():
    register(_name, partial(_of_places, properties=_properties), base="synthetic")


@defect
def resource_without_schema(draft: Draft) -> None:
    draft.resource("places").pop("schema")


@defect
def resource_without_dialect(draft: Draft) -> None:
    draft.resource("places").pop("dialect")


@defect
def resource_without_type(draft: Draft) -> None:
    draft.resource("places").pop("type")


@defect
def resource_dialect_semicolon(draft: Draft) -> None:
    draft.resource("places")["dialect"]["delimiter"] = ";"


@defect
def resource_dialect_unknown_property(draft: Draft) -> None:
    draft.resource("places")["dialect"]["commentChar"] = "#"


# --- sources ---------------------------------------------------------------------------------


def _source(draft: Draft, relation: str) -> Json:
    sources: list[Json] = draft.descriptor["sources"]
    return next(source for source in sources if source["relation"] == relation)


@defect
def source_none_coded(draft: Draft) -> None:
    draft.descriptor["sources"].remove(_source(draft, "coded"))


@defect
def source_two_coded(draft: Draft) -> None:
    draft.descriptor["sources"].append(copy.deepcopy(_source(draft, "coded")))


@defect
def source_cited_twice(draft: Draft) -> None:
    draft.descriptor["sources"].append(copy.deepcopy(_source(draft, "cited")))


@defect
def source_coded_is_cited_too(draft: Draft) -> None:
    title = _source(draft, "coded")["title"].upper()
    draft.descriptor["sources"].append({"title": title, "relation": "cited"})


@defect
def source_coded_is_cited_by_path(draft: Draft) -> None:
    path = _source(draft, "coded")["path"]
    draft.descriptor["sources"].append({"title": "A report", "path": f"{path}/", "relation": "cited"})


@defect
def source_with_fewer_bytes_than_characters(draft: Draft) -> None:
    source = _source(draft, "coded")
    source["bytes"] = source["characters"] - 1


@defect
def source_with_too_many_bytes_for_its_characters(draft: Draft) -> None:
    source = _source(draft, "coded")
    source["bytes"] = 4 * source["characters"] + 1


@defect
def source_hash_of_a_segment(draft: Draft) -> None:
    _source(draft, "coded")["sha256"] = draft.row("segments", "p0s1")["sha256"]


@defect
def source_title_too_long(draft: Draft) -> None:
    _source(draft, "cited")["title"] = "Title " * 33 + "end"


@defect
def source_date_is_none(draft: Draft) -> None:
    _source(draft, "cited")["publicationDate"] = "2030-99-99"


@defect
def source_coded_without_relation(draft: Draft) -> None:
    _source(draft, "coded").pop("relation")


@defect
def source_length_as_decimal(draft: Draft) -> None:
    _source(draft, "coded")["characters"] = 4100.0


@defect
def source_cited_with_hash(draft: Draft) -> None:
    _source(draft, "cited")["sha256"] = "0" * 64


@defect
def source_coded_without_hash(draft: Draft) -> None:
    _source(draft, "coded").pop("sha256")


@defect
def source_coded_without_length(draft: Draft) -> None:
    _source(draft, "coded").pop("characters")


@defect
def source_unknown_relation(draft: Draft) -> None:
    _source(draft, "cited")["relation"] = "mentioned"


@defect
def source_without_title(draft: Draft) -> None:
    _source(draft, "cited").pop("title")


@defect
def source_unknown_property(draft: Draft) -> None:
    _source(draft, "cited")["email"] = "desk@example.org"


@defect
def source_hash_malformed(draft: Draft) -> None:
    _source(draft, "coded")["sha256"] = "0" * 63


@defect
def source_length_not_whole(draft: Draft) -> None:
    _source(draft, "coded")["characters"] = 4063.5


# --- schemas ---------------------------------------------------------------------------------


@defect
def schema_missing(draft: Draft) -> None:
    draft.remove(TABLE_SCHEMA)


@defect
def schema_not_json(draft: Draft) -> None:
    draft.write(JSON_SCHEMA, b"{\n")


@defect
def schema_constraint_dropped(draft: Draft) -> None:
    schema = json.loads(draft.read(TABLE_SCHEMA))
    del schema["fields"][0]["constraints"]["pattern"]
    draft.write(TABLE_SCHEMA, json.dumps(schema, indent=2).encode())


@defect
def schema_code_added(draft: Draft) -> None:
    draft.replace(JSON_SCHEMA, b'"occurred"', b'"occurred",\n        "cancelled"')


@defect
def schema_laid_out_otherwise(draft: Draft) -> None:
    draft.write(JSON_SCHEMA, json.dumps(json.loads(draft.read(JSON_SCHEMA))).encode())


@defect
def schema_link_outside(draft: Draft) -> None:
    place = draft.remove(TABLE_SCHEMA)
    outside = draft.root.parent / "outside.json"
    outside.write_bytes(b"{}\n")
    place.symlink_to(outside)
