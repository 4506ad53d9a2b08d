"""Descriptor: ``datapackage.json``, a Data Package (v2) of the model's tables.

The properties that speak of the package (title, sources, licence, ...) are its author's and are kept;
``resources`` are generated, hash and size included. What Data Package v2 knows is accepted; the rest is
the subset that the v2 text, its published profile and frictionless all read alike.
"""

# Not `from __future__ import annotations`: see records.py.

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

from jpkr_drills.model import columns as c
from jpkr_drills.model import edtf
from jpkr_drills.model.records import TABLES, Record

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
DIALECT_PROFILE = "https://datapackage.org/profiles/2.0/tabledialect.json"

_Text = Annotated[str, Field(pattern=c.TEXT, max_length=2000)]
_Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
_NAME = r"^(?:[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*)$"
_Name = Annotated[str, Field(pattern=_NAME, max_length=100)]
_Hex = Annotated[str, Field(pattern=c.SHA256, max_length=64)]
_HASH = "^(?:sha256:[0-9a-f]{64})$"
_Hash = Annotated[str, Field(pattern=_HASH, max_length=71)]
_Size = Annotated[int, Field(ge=0)]
# A URL of the web without a name or password in it, or a path inside the package.
_LINK = (
    r"^(?:[Hh][Tt][Tt][Pp][Ss]?://(?:\[[0-9A-Fa-f:.]+\]|[^\u0000- /?#@:\[]+)(?::[0-9]{1,5})?(?:[/?#][^\u0000- ]*)?"
    r"|(?:[.]/)?[A-Za-z0-9_-][^\u0000- :]*)$"
)
_Link = Annotated[str, Field(pattern=_LINK, max_length=1000)]
_DATED = f"^(?:not stated|{edtf.PATTERN.removeprefix('^(?:').removesuffix(')$')})$"
_Dated = Annotated[str, Field(pattern=_DATED)]
_LANGUAGE = "^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)$"
_LICENSE = "^(?:[A-Za-z0-9.+-]+)$"
# Inside data/, no empty or dotted step: nothing absolute, no "..", no URL, no hidden file.
_PATH = r"^(?:data(?:/[^/\\\u0000- .\u007f][^/\\\u0000-\u001f\u007f]*)+)$"
_Path = Annotated[str, Field(pattern=_PATH, max_length=200)]
FORMS = {
    c.TEXT: "text on one line, without a space at its ends",
    _NAME: "letters, digits, dots, hyphens and underscores, such as japan-korea-drills",
    c.SHA256: "64 hexadecimal digits in lower case",
    _HASH: "sha256: and 64 hexadecimal digits in lower case",
    _LINK: "an address that starts with https:// or http://, or a path inside the package",
    _DATED: "an EDTF date such as 2023-05-14, or the words: not stated",
    _LANGUAGE: "a tag of BCP 47 such as en or pt-BR",
    _PATH: "a path such as data/notes.csv; nothing is ever fetched",
    _LICENSE: "an SPDX or Open Definition licence's name such as CC-BY-4.0",
}
"""Pattern to the form that it asks for, in words."""
_SOME = Field(min_length=1, max_length=1000)

_ABSENT: Any = None
"""The value of an optional property that is left out; it is never null."""


class _Part(BaseModel):
    """A part of the descriptor. Properties that it doesn't know are kept (``unknown`` lists them)."""

    model_config = ConfigDict(strict=True, extra="allow")
    NEEDS: ClassVar[tuple[str, ...]] = ()
    """Properties of which it has one at least."""

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if self.NEEDS and all(getattr(self, name) is None for name in self.NEEDS):
            raise PydanticCustomError("missing_all", "needs {names}", {"names": " or ".join(self.NEEDS)})
        return self


def _needing(*names: str) -> ConfigDict:
    """That one of the properties is there, in JSON Schema."""
    return ConfigDict(json_schema_extra={"anyOf": [{"required": [name]} for name in names]})


class License(_Part):
    """A licence of the data."""

    NEEDS = ("name", "path")
    model_config = _needing(*NEEDS)
    name: Annotated[str, Field(pattern=_LICENSE, max_length=100)] = _ABSENT
    title: _Text = _ABSENT
    path: _Link = _ABSENT


class Contributor(_Part):
    """Who made the package."""

    NEEDS = ("title", "givenName", "familyName", "organization")
    model_config = _needing(*NEEDS)
    title: _Text = _ABSENT
    givenName: _Text = _ABSENT
    familyName: _Text = _ABSENT
    path: _Link = _ABSENT
    email: _Text = _ABSENT
    organization: _Text = _ABSENT
    roles: Annotated[list[_Text], _SOME] = _ABSENT


class Source(_Part):
    """A text the data rest on. The coded article's gives its hash and length; no other does."""

    title: _Text
    path: _Link = _ABSENT
    email: _Text = _ABSENT
    version: _Text = _ABSENT
    publisher: _Text = _ABSENT
    publicationDate: _Dated = Field(_ABSENT, description="The date that the source states, in EDTF, or 'not stated'.")
    language: Annotated[str, Field(pattern=_LANGUAGE)] = Field(
        _ABSENT, description="Language of the text, as in BCP 47; rules on English wording need en."
    )
    relation: Literal["coded", "cited"] = Field(
        description="coded: the article itself; cited: a text that the article cites."
    )
    sha256: _Hex = Field(_ABSENT, description="SHA-256 of the article's file.")
    bytes: _Size = Field(_ABSENT, description="Size of the article's file.")
    characters: _Size = Field(_ABSENT, description="Length of the article in Unicode code points, which offsets count.")


class Resource(_Part):
    """A file of the package."""

    name: _Name
    path: _Path
    bytes: _Size
    hash: _Hash
    profile: str = Field(_ABSENT, alias="$schema")
    type: Literal["table"] = _ABSENT
    title: _Text = _ABSENT
    description: _Prose = _ABSENT
    format: _Text = _ABSENT
    mediatype: _Text = _ABSENT
    encoding: _Text = _ABSENT
    homepage: _Link = _ABSENT
    dialect: Any = None
    # `schema` is the name of a method of pydantic's BaseModel
    table_schema: Any = Field(None, alias="schema")
    licenses: Annotated[list[License], _SOME] = _ABSENT
    sources: list[Any] = _ABSENT


class Accepted(_Part):
    """Advice that a coder has looked at and stands by: it isn't shown again."""

    rule: _Text
    record: _Text = Field(_ABSENT, description="The record's primary key; of advice about a file, its path.")
    reason: _Text


class Descriptor(_Part):
    """The descriptor of a package of articles, parties, events and claims."""

    profile: Literal["https://datapackage.org/profiles/2.0/datapackage.json"] = Field(alias="$schema")
    name: _Name
    id: _Text = _ABSENT
    title: _Text
    description: _Prose
    version: _Text
    created: _Text = _ABSENT
    homepage: _Link = _ABSENT
    image: _Text = _ABSENT
    keywords: Annotated[list[_Text], _SOME]
    licenses: Annotated[list[License], _SOME]
    contributors: Annotated[list[Contributor], _SOME] = _ABSENT
    sources: Annotated[list[Source], _SOME]
    accepted: Annotated[list[Accepted], Field(max_length=10_000)] = Field(
        _ABSENT, description="Advice of `validate` that the coders stand by, each with its reason."
    )
    resources: Annotated[list[Resource], _SOME]


def is_path(path: object) -> bool:
    """Whether a resource may have this path."""
    return isinstance(path, str) and len(path) <= 200 and re.fullmatch(_PATH, path) is not None


_NUMBER = "(?:0|[1-9][0-9]*)"
_TAG = "[0-9A-Za-z-]+(?:[.][0-9A-Za-z-]+)*"
CONVENTIONS = {
    "name": ("[a-z0-9]+(?:[._-][a-z0-9]+)*", "lower-case letters and digits, joined by . _ or -"),
    "version": (rf"{_NUMBER}[.]{_NUMBER}[.]{_NUMBER}(?:-{_TAG})?(?:[+]{_TAG})?", "a semantic version such as 1.0.0"),
}
"""Property to the form that Data Package v2 recommends for it, as a pattern and in words."""


def properties(part: type[BaseModel]) -> list[str]:
    """The properties that a part of the descriptor knows, as they are spelled in JSON."""
    return [info.alias or name for name, info in part.model_fields.items()]


_INSIDE: Mapping[str, type[_Part]] = {
    "licenses": License,
    "contributors": Contributor,
    "sources": Source,
    "accepted": Accepted,
    "resources": Resource,
}


def unknown(descriptor: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    """Path of each property that the model doesn't know, with the names that it knows there."""
    parts: list[tuple[tuple[str | int, ...], type[_Part], Mapping[str, Any]]] = [((), Descriptor, descriptor)]
    for name, part in _INSIDE.items():
        found: Any = descriptor.get(name)
        entries: list[Any] = found if isinstance(found, list) else []
        for index, one in enumerate(entries):
            if isinstance(one, dict):
                parts.append(((name, index), part, one))
    for path, part, said in parts:
        known = properties(part)
        yield from (((*path, name), known) for name in said if name not in known)


@cache
def descriptor_schema() -> Mapping[str, Any]:
    """JSON Schema (draft 2020-12) of the descriptor."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:jpkr-drills:schema:datapackage",
        **Descriptor.model_json_schema(schema_generator=_Generator),
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without the defaults of optional properties, which are left out and never null."""

    def default_schema(self, schema: Any) -> Any:
        return self.generate_inner(schema["schema"])


def _resource(table: str, record: type[Record]) -> dict[str, Any]:
    return {
        "$schema": RESOURCE_PROFILE,
        "name": table,
        "type": "table",
        "path": record.TABLE.path,
        "title": record.TABLE.title,
        "description": record.about(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "$schema": DIALECT_PROFILE,
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
    """What the models say of the resources that every package has, in order; hash and size come with the file."""
    dataset = {
        "$schema": RESOURCE_PROFILE,
        "name": "dataset",
        "path": "data/dataset.json",
        "title": "Every table as JSON",
        "description": "The same records as the CSV files, in one JSON object: numbers as numbers, "
        "an empty cell as null. schemas/json/dataset.schema.json describes it.",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }
    return [*(_resource(table, record) for table, record in TABLES.items()), dataset]
