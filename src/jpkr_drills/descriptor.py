"""Descriptor: ``datapackage.json``, a closed subset of Data Package v2.

The properties that speak of the package (title, sources, licence, ...) are its author's and are
kept; ``resources`` are generated, hash and size included. The subset is the one that the v2 text,
its published profile and frictionless all read alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from jpkr_drills.models import EDTF, SHA256, TABLES, TEXT

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DATASET = "data/dataset.json"
CODEBOOK = "data/CODEBOOK.md"

_Text = Annotated[str, Field(pattern=TEXT, max_length=2000)]
# What stands for what is a line; a longer one is a text, and could be the article's.
_Title = Annotated[str, Field(pattern=TEXT, max_length=200)]
_Hex = Annotated[str, Field(pattern=SHA256, max_length=64)]
# A host with a dot, nobody's name or password, an ASCII path.
_Web = Annotated[
    str,
    Field(
        pattern=r"^(?:https?://[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?)$",
        max_length=500,
    ),
]
_Dated = Annotated[
    str,
    Field(pattern=f"^(?:not stated|{EDTF.removeprefix('^(?:').removesuffix(')$')})$", max_length=23),
]
_Name = Annotated[str, Field(pattern=r"^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*)$", max_length=100)]
_Size = Annotated[int, Field(ge=0)]
_Hash = Annotated[str, Field(pattern=r"^(?:sha256:[0-9a-f]{64})$", max_length=71)]
# Inside data/, no empty or dotted step: nothing absolute, no "..", no URL, no hidden file.
_Path = Annotated[
    str,
    Field(pattern=r"^(?:data(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)$", max_length=200),
]


_MEASURED: Mapping[str, Any] = {"path": _Path, "hash": _Hash, "bytes": _Size}


@cache
def _form(name: str) -> TypeAdapter[object]:
    return TypeAdapter(_MEASURED[name], config=ConfigDict(strict=True))


def has_form(name: Literal["path", "hash", "bytes"], value: object) -> bool:
    """Whether that property of a resource may have this value."""
    try:
        _form(name).validate_python(value)
    except ValidationError:
        return False
    return True


class _Closed(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class License(_Closed):
    """A licence of the data."""

    name: Annotated[str, Field(pattern=r"^(?:[A-Za-z0-9.+-]+)$", max_length=100)]
    title: _Text | None = None
    path: _Web | None = None


class Contributor(_Closed):
    """Who made the package."""

    title: _Text
    roles: Annotated[list[_Text], Field(min_length=1, max_length=100)] | None = None
    path: _Web | None = None


class Source(_Closed):
    """A text the data rest on. The coded article's gives its hash and length; no other does."""

    title: _Title
    path: _Web | None = None
    publisher: _Text | None = None
    publicationDate: _Dated | None = Field(
        None, description="The date that the source states, in EDTF, or 'not stated'."
    )
    relation: Literal["coded", "cited"] = Field(
        description="coded: the article itself; cited: a text that the article cites."
    )
    sha256: _Hex | None = Field(None, description="SHA-256 of the article's file.")
    bytes: _Size | None = Field(None, description="Size of the article's file.")
    characters: _Size | None = Field(
        None, description="Length of the article in Unicode code points, which offsets count."
    )


class CsvDialect(_Closed):
    """The CSV dialect, stated in full so that no reader has to guess."""

    delimiter: Literal[","]
    lineTerminator: Literal["\n"]
    quoteChar: Literal['"']
    doubleQuote: Literal[True]
    skipInitialSpace: Literal[False]
    header: Literal[True]


class Resource(_Closed):
    """A file of the package."""

    name: _Name
    type: Literal["table"] | None = None
    path: _Path
    title: _Text | None = None
    description: _Text | None = None
    format: Annotated[str, Field(pattern=r"^(?:[a-z0-9]+)$", max_length=20)]
    mediatype: Annotated[str, Field(pattern=r"^(?:[a-z]+/[a-z0-9.+-]+)$", max_length=100)]
    encoding: Literal["utf-8"]
    bytes: _Size
    hash: _Hash
    dialect: CsvDialect | None = None
    # `schema` is the name of a method of pydantic's BaseModel
    table_schema: (
        Annotated[str, Field(pattern=r"^(?:schemas/table/[a-z_]+[.]json)$", max_length=100)] | None
    ) = Field(None, alias="schema")


_NUMBER = "(?:0|[1-9][0-9]*)"


class Descriptor(_Closed):
    """The descriptor of a package of articles, parties, events and claims."""

    profile: Literal["https://datapackage.org/profiles/2.0/datapackage.json"] = Field(alias="$schema")
    name: _Name
    id: _Text | None = None
    title: _Text
    description: _Text
    version: Annotated[str, Field(pattern=rf"^(?:{_NUMBER}[.]{_NUMBER}[.]{_NUMBER})$", max_length=30)]
    homepage: _Web | None = None
    keywords: Annotated[list[_Text], Field(min_length=1, max_length=100)]
    licenses: Annotated[list[License], Field(min_length=1, max_length=100)]
    contributors: Annotated[list[Contributor], Field(min_length=1, max_length=1000)] | None = None
    sources: Annotated[list[Source], Field(min_length=1, max_length=1000)]
    resources: Annotated[list[Resource], Field(min_length=1, max_length=1000)]


AUTHORED = tuple(
    info.alias or name for name, info in Descriptor.model_fields.items() if name != "resources"
)
"""The properties that ``build`` keeps as their author wrote them."""


RESOURCE_PROPERTIES = tuple(info.alias or name for name, info in Resource.model_fields.items())


@cache
def descriptor_schema() -> Mapping[str, Any]:
    """JSON Schema (draft 2020-12) of the descriptor."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jpkr-drills:schema:datapackage",
        **_without_null(Descriptor.model_json_schema()),
    }


def _without_null(schema: Any) -> Any:
    """The schema without ``null``: an optional property of a descriptor is left out, never null."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    known = {key: _without_null(value) for key, value in schema.items()}
    if "anyOf" in known and {"type": "null"} in known["anyOf"]:
        (value,) = (choice for choice in known.pop("anyOf") if choice != {"type": "null"})
        known = {**value, **known}
        known.pop("default", None)
    return known


def generated_resource(table: str) -> dict[str, Any]:
    """What the models say of a table's resource; hash and size come with the file."""
    record = TABLES[table]
    return {
        "name": table,
        "type": "table",
        "path": f"data/{table}.csv",
        "title": record.TABLE.title,
        "description": " ".join((record.__doc__ or "").split()),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": f"schemas/table/{table}.json",
    }


def generated_resources() -> list[dict[str, Any]]:
    """What the models say of the resources that every package has, in order."""
    dataset = {
        "name": "dataset",
        "path": DATASET,
        "title": "Every table as JSON",
        "description": "The same records as the CSV files, in one JSON object: numbers as numbers, "
        "an empty cell as null. schemas/json/dataset.schema.json describes it.",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }
    return [*(generated_resource(table) for table in TABLES), dataset]
