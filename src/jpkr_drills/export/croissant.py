"""Croissant: schema.org metadata of the data set, with every table and view as a record set in the same file.

The records stand in the file itself, where no reader can take a code such as 042 for a number.
"""

from __future__ import annotations

from typing import Any

from jpkr_drills.export import MARK, Source, authors
from jpkr_drills.export.folder import bibtex
from jpkr_drills.frames import Frame
from jpkr_drills.jsonfile import render
from jpkr_drills.model.records import TABLES

# The context of Croissant 1.1; its readers warn of any other.
_OWN = """arrayShape citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format
includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace
samplingRate separator source subField transform"""
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{word: f"cr:{word}" for word in _OWN.split()},
}
_TYPES = {str: "sc:Text", int: "sc:Integer", float: "sc:Float"}


def contents(source: Source) -> dict[str, bytes]:
    """The metadata file."""
    about = source.about
    known = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": about.get("name"),
        "alternateName": about.get("title"),
        "description": about.get("description"),
        "version": about.get("version"),
        "datePublished": str(about.get("created", ""))[:10] or None,
        "url": about.get("homepage"),
        "keywords": about.get("keywords"),
        "inLanguage": source.coded.get("language"),
        "license": [one.get("path", one.get("name")) for one in about.get("licenses", [])] or None,
        "creator": [{"@type": "Organization", "name": name} for name in authors(about)] or None,
        "citeAs": bibtex(about),
        "isBasedOn": [_work(one) for one in about.get("sources", [])],
        "sdPublisher": {"@type": "Organization", "name": MARK},
        "distribution": [_file(one) for one in source.descriptor.get("resources", [])],
        "recordSet": [_record_set(frame) for frame in source.frames],
    }
    return {source.name: render({name: value for name, value in known.items() if value is not None})}


def _work(said: dict[str, Any]) -> dict[str, Any]:
    found = {"name": said.get("title"), "url": said.get("path"), "publisher": said.get("publisher")}
    return {"@type": "CreativeWork", **{name: value for name, value in found.items() if value is not None}}


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    """A file of the package, by its path in it."""
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource.get("description", ""),
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource.get("mediatype", "text/plain"),
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(frame: Frame) -> dict[str, Any]:
    def field(name: str) -> str:
        return f"{frame.name}/{name}"

    key = TABLES[frame.name].TABLE.key if frame.name in TABLES else [next(iter(frame.columns))]
    return {
        "@type": "cr:RecordSet",
        "@id": frame.name,
        "name": frame.name,
        "description": frame.description,
        "key": [{"@id": field(name)} for name in key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": field(column.name),
                "name": field(column.name),
                "description": f"{column.title}: {column.description}",
                "dataType": _TYPES[column.kind],
                **({"isArray": True, "arrayShape": "-1"} if column.name in frame.lists else {}),
            }
            for column in frame.columns.values()
        ],
        "data": [{field(name): value for name, value in row.items()} for row in frame],
    }
