"""Defects of ``datapackage.json`` and of the generated schemas."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import partial

from corpus.draft import NOTES, Draft, Json
from corpus.registry import Spoil, register, register_all
from jpkr_drills.package.files import DESCRIPTOR
from tables import both

PROFILE_1 = "https://datapackage.org/profiles/1.0/datapackage.json"
TABLE_SCHEMA = "schemas/table/parties.json"
JSON_SCHEMA = "schemas/json/events.schema.json"

# --- not a descriptor at all ---------------------------------------------------------------------------


def _rewritten(change: Callable[[bytes], bytes]) -> Spoil:
    return lambda draft: draft.write(DESCRIPTOR, change(draft.read(DESCRIPTOR)))


def _replaced(old: bytes, new: bytes) -> Spoil:
    return lambda draft: draft.replace(DESCRIPTOR, old, new)


register_all(
    {
        "descriptor-missing": lambda draft: draft.remove(DESCRIPTOR),
        "descriptor-empty-file": _rewritten(lambda content: b""),
        "descriptor-is-array": _rewritten(lambda content: b"[" + content + b"]"),
        "descriptor-is-null": _rewritten(lambda content: b"null\n"),
        "descriptor-is-text": _rewritten(lambda content: b"name: jpkr-drills\n"),
        "descriptor-cut-off": _rewritten(lambda content: content[:-10]),
        "descriptor-byte-order-mark": _rewritten(lambda content: b"\xef\xbb\xbf" + content),
        "descriptor-utf-16": _rewritten(lambda content: content.decode().encode("utf-16")),
        "descriptor-nested-too-deeply": _rewritten(lambda content: b"[" * 100_000),
        "descriptor-trailing-comma": _replaced(b"\n  ],", b",\n  ],"),
        "descriptor-with-comment": _replaced(b"{\n", b"{ // the package\n"),
        "descriptor-duplicate-key": _replaced(b'  "name":', b'  "name": "another",\n  "name":'),
        "descriptor-duplicate-key-in-resource": _replaced(b'      "path":', b'      "path": "x",\n      "path":'),
        "descriptor-latin-1": _replaced(b'  "title": "', b'  "title": "\xe9'),
        "descriptor-nan": _replaced(b'      "bytes": ', b'      "bytes": NaN, "b": '),
        "descriptor-lone-surrogate": _replaced(b'  "title": "', rb'  "title": "\ud800'),
    }
)

# --- properties missing, misspelt, unknown, of a wrong type ------------------------------------------------

for _name in ("$schema", "name", "title", "description", "version", "keywords", "licenses", "sources", "resources"):
    register(f"descriptor-without-{_name.strip('$')}", lambda draft, name=_name: draft.descriptor.pop(name))  # type: ignore[misc]


def _renamed(old: str, new: str) -> Spoil:
    def spoil(draft: Draft) -> None:
        draft.descriptor[new] = draft.descriptor.pop(old)

    return spoil


register("descriptor-misspelt-licences", _renamed("licenses", "licences"))
register("descriptor-misspelt-contributors", _renamed("contributors", "contributers"))
register("descriptor-misspelt-title", _renamed("title", "Title"))
_SOMEBODY = {"title": "Somebody"}
_SAID: dict[str, Json] = {
    # not known here: a near-miss is an error, the rest is advice
    "descriptor-unknown-property": {"funding": "none"},
    "descriptor-v1-profile": {"profile": "tabular-data-package"},
    "descriptor-v1-author": {"author": "Somebody"},
    "descriptor-with-views": {"views": []},
    "descriptor-capital-property": {"Title": "The same again"},
    "descriptor-license-unknown-property": {"licenses": [{"name": "CC-BY-4.0", "url": "x"}]},
    "descriptor-contributor-v1-role": {"contributors": [{**_SOMEBODY, "role": "author"}]},
    # of another form
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
    "descriptor-title-escape": {"title": "Harbour \x1b[31mtalks"},
    "descriptor-title-zero-width": {"title": "Harbour\u200b talks"},
    "descriptor-description-too-long": {"description": "d" * 20_001},
    "descriptor-version-number": {"version": 0.1},
    "descriptor-version-two-parts": {"version": "0.1"},
    "descriptor-version-with-v": {"version": "v0.1.0"},
    "descriptor-version-leading-zero": {"version": "00.02.0"},
    "descriptor-homepage-not-web": {"homepage": "ftp://example.org/"},
    "descriptor-homepage-javascript": {"homepage": "javascript:alert(1)"},
    "descriptor-homepage-with-password": {"homepage": "https://user:password@example.org/"},
    "descriptor-homepage-without-host": {"homepage": "https://?"},
    "descriptor-keywords-string": {"keywords": "claims, events"},
    "descriptor-keywords-empty": {"keywords": []},
    "descriptor-keywords-not-strings": {"keywords": [1]},
    "descriptor-licenses-object": {"licenses": {"name": "CC-BY-4.0"}},
    "descriptor-licenses-empty": {"licenses": []},
    "descriptor-licenses-strings": {"licenses": ["CC-BY-4.0"]},
    "descriptor-license-without-name": {"licenses": [{"title": "Free"}]},
    "descriptor-license-path-file-url": {"licenses": [{"name": "CC-BY-4.0", "path": "file:///LICENSE"}]},
    "descriptor-sources-null": {"sources": None},
    "descriptor-sources-empty": {"sources": []},
    "descriptor-sources-strings": {"sources": ["An article"]},
    "descriptor-resources-null": {"resources": None},
    "descriptor-resources-object": {"resources": {}},
    "descriptor-resources-empty": {"resources": []},
    "descriptor-contributors-null": {"contributors": None},
    "descriptor-contributors-empty": {"contributors": []},
    "descriptor-contributor-roles-empty": {"contributors": [{**_SOMEBODY, "roles": []}]},
    "descriptor-contributor-without-title": {"contributors": [{"roles": ["author"]}]},
    # accepted advice
    "descriptor-accepted-object": {"accepted": {"rule": "claim-once", "reason": "It is so."}},
    "descriptor-accepted-fits-nothing": {"accepted": [{"rule": "claim-once", "record": "p0s1-1", "reason": "So."}]},
    "descriptor-accepted-of-no-rule": {"accepted": [{"rule": "no-such-rule", "record": "p0s1-1", "reason": "So."}]},
    "descriptor-accepted-of-an-error": {"accepted": [{"rule": "enum", "record": "p0s1-1", "reason": "So."}]},
}
for _name, _properties in _SAID.items():
    register(_name, lambda draft, said=_properties: draft.descriptor.update(said))  # type: ignore[misc]


def _accepted_for_no_reason(draft: Draft) -> None:
    draft.set("parties", "norway", title="Kingdom")
    draft.descriptor["accepted"] = [{"rule": "title-of-person", "record": "norway"}]


register("descriptor-accepted-without-reason", _accepted_for_no_reason)

# --- resources -------------------------------------------------------------------------------------------

_BAD_RESOURCES: dict[str, Json] = {
    "descriptor-misspelt-resource-title": {"titel": "Notes"},
    "resource-unknown-property": {"licence": "CC0"},
    "resource-v1-profile": {"profile": "data-resource"},
    "resource-v0-url": {"url": "https://example.org/notes.md"},
    "resource-inline-data": {"data": []},
    "resource-type-json": {"type": "json"},
    "resource-name-with-space": {"name": "my notes"},
    "resource-format-not-the-ending": {"format": "pdf"},
    "resource-encoding-null": {"encoding": None},
    "resource-hash-malformed": {"hash": "sha256:0"},
    "resource-hash-of-another-kind": {"hash": "md5:d41d8cd98f00b204e9800998ecf8427e"},
    "resource-hash-null": {"hash": None},
    "resource-bytes-negative": {"bytes": -1},
    "resource-bytes-decimal": {"bytes": 21.0},
    "resource-bytes-text": {"bytes": "21"},
    "resource-title-zero-width": {"title": "No\u200btes"},
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
    register(_name, partial(_declared, properties=_properties))


def _elsewhere(draft: Draft, path: str) -> None:
    draft.add_resource(path=path)
    content = draft.read(NOTES)
    draft.remove(NOTES)
    draft.write(path, content)
    draft._written.discard(path)


for _name, _path in {
    "resource-path-hidden-file": "data/.notes.md",
    "resource-path-of-device": "data/NUL.md",
    "resource-path-in-folder-of-device": "data/com1/notes.md",
    "resource-path-trailing-dot": "data/notes.",
}.items():
    register(_name, partial(_elsewhere, path=_path))


def _further(draft: Draft, form: str, content: bytes) -> None:
    draft.add_resource(content, path=f"data/more.{form}", format=form)
    draft.remove(NOTES)
    draft.write(f"data/more.{form}", content)


for _name, _form, _content in (
    ("resource-csv-not-utf-8", "csv", b"name\ncaf\xe9\n"),
    ("resource-json-not-utf-8", "json", b'"caf\xe9"\n'),
    ("resource-text-utf-16", "md", "Notes.\n".encode("utf-16")),
    ("resource-json-cut-off", "json", b"{\n"),
    ("resource-json-duplicate-key", "json", b'{"a": 1, "a": 2}\n'),
):
    register(_name, partial(_further, form=_form, content=_content))


def _declare(draft: Draft) -> None:
    draft.add_resource()


def _without(name: str, prop: str) -> Spoil:
    return lambda draft: draft.resource(name).pop(prop)


def _twin(copied: bool, **properties: object) -> Spoil:
    """A second resource that is like the notes but for these properties, with a file of its own or the same."""

    def spoil(draft: Draft) -> None:
        twin = {**draft.add_resource(), **properties}
        if copied:
            draft.write(str(twin["path"]), draft.read(NOTES))
        draft.descriptor["resources"].insert(0, twin)

    return spoil


def _places(**properties: object) -> Spoil:
    return lambda draft: draft.resource("places").update(properties)


def _dialect(**properties: object) -> Spoil:
    return lambda draft: draft.resource("places")["dialect"].update(properties)


register_all(
    {
        "resource-not-object": lambda draft: draft.descriptor["resources"].insert(0, NOTES),
        "resource-without-path": both(_declare, lambda draft: draft.remove(NOTES), _without("notes", "path")),
        "resource-without-name": both(_declare, _without("notes", "name")),
        "resource-without-hash": both(_declare, _without("notes", "hash")),
        "resources-share-a-name": _twin(copied=True, path="data/notes-2.md"),
        "resources-share-a-path": _twin(copied=False, name="notes-2"),
        "resources-share-a-path-in-other-case": _twin(copied=True, name="notes-2", path="data/NOTES.md"),
        "resources-in-folders-of-other-case": both(
            _twin(copied=True, name="notes-2", path="data/more/a.md"),
            _twin(copied=True, name="notes-3", path="data/More/b.md"),
            lambda draft: draft.descriptor["resources"].pop(1),
        ),
        "resource-given-twice": lambda draft: draft.descriptor["resources"].append(draft.resource("places")),
        "resource-of-table-missing": lambda draft: draft.descriptor["resources"].remove(draft.resource("places")),
        "resource-of-dataset-missing": lambda draft: draft.descriptor["resources"].remove(draft.resource("dataset")),
        "resource-of-table-renamed": _places(name="locations"),
        "resource-title-changed": _places(title="Locations"),
        "resource-description-changed": _places(description="Somewhere."),
        "resource-format-changed": _places(format="tsv"),
        "resource-mediatype-changed": _places(mediatype="text/plain"),
        "resource-schema-of-another-table": _places(schema="schemas/table/parties.json"),
        "resource-schema-inline": _places(schema={"fields": []}),
        "resource-schema-url": _places(schema="https://example.org/schema.json"),
        "resource-path-of-another-file": _places(path="data/locations.csv"),
        "resource-without-schema": _without("places", "schema"),
        "resource-without-dialect": _without("places", "dialect"),
        "resource-without-type": _without("places", "type"),
        "resource-dialect-semicolon": _dialect(delimiter=";"),
        "resource-dialect-unknown-property": _dialect(commentChar="#"),
        "resource-dialect-url": _places(dialect="https://example.org/dialect.json"),
        "resource-dialect-double-quote-as-number": _dialect(doubleQuote=1),
    }
)

# --- sources -----------------------------------------------------------------------------------------------


def _source(kind: str, /, **properties: object) -> Spoil:
    return lambda draft: draft.source(kind).update(properties)


def _source_without(relation: str, prop: str) -> Spoil:
    return lambda draft: draft.source(relation).pop(prop)


def _bytes(factor: int, more: int) -> Spoil:
    return lambda draft: draft.source("coded").update(bytes=factor * draft.source("coded")["characters"] + more)


register_all(
    {
        "source-none-coded": lambda draft: draft.descriptor["sources"].remove(draft.source("coded")),
        "source-two-coded": lambda draft: draft.descriptor["sources"].append(copy.deepcopy(draft.source("coded"))),
        "source-with-fewer-bytes-than-characters": _bytes(1, -1),
        "source-with-too-many-bytes-for-its-characters": _bytes(4, 1),
        "source-date-is-none": _source("cited", publicationDate="2030-99-99"),
        "source-coded-without-relation": _source_without("coded", "relation"),
        "source-length-as-decimal": _source("coded", characters=610.0),
        "source-length-not-whole": _source("coded", characters=610.5),
        "source-cited-with-hash": _source("cited", sha256="0" * 64),
        "source-coded-without-hash": _source_without("coded", "sha256"),
        "source-coded-without-length": _source_without("coded", "characters"),
        "source-unknown-relation": _source("cited", relation="mentioned"),
        "source-without-title": _source_without("cited", "title"),
        "source-unknown-property": _source("cited", desk="Foreign"),
        "source-language-in-words": _source("coded", language="English (UK)"),
        "source-hash-malformed": _source("coded", sha256="0" * 63),
    }
)

# --- schemas -----------------------------------------------------------------------------------------------


def _constraint_dropped(draft: Draft) -> None:
    schema = json.loads(draft.read(TABLE_SCHEMA))
    del schema["fields"][0]["constraints"]["pattern"]
    draft.write(TABLE_SCHEMA, json.dumps(schema, indent=2).encode())


register_all(
    {
        "schema-missing": lambda draft: draft.remove(TABLE_SCHEMA),
        "schemas-missing": lambda draft: [draft.remove(path) for path in (TABLE_SCHEMA, JSON_SCHEMA)],
        "schema-not-json": lambda draft: draft.write(JSON_SCHEMA, b"{\n"),
        "schema-constraint-dropped": _constraint_dropped,
        "schema-code-added": lambda draft: draft.replace(JSON_SCHEMA, b'"occurred"', b'"occurred",\n        "missed"'),
        "schema-laid-out-otherwise": lambda draft: draft.write(
            JSON_SCHEMA, json.dumps(json.loads(draft.read(JSON_SCHEMA))).encode()
        ),
    }
)
