"""Building: what is generated from the tables and models, and whether it is up to date."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jpkr_drills import documents, files, jsonfile, writing
from jpkr_drills.checks import by_pydantic, integrity, references
from jpkr_drills.descriptor import (
    AUTHORED,
    DATASET,
    PROFILE,
    RESOURCE_PROPERTIES,
    generated_resources,
    has_form,
)
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, limited
from jpkr_drills.models import Record
from jpkr_drills.package import Package, open_package
from jpkr_drills.schemas import schema_files


class CannotBuild(Exception):
    """There is not enough to build from."""


def build(path: str | os.PathLike[str], *, check: bool = False) -> tuple[list[str], list[Issue]]:
    """Write the generated files of the package in the directory ``path``.

    Generated are ``schemas/``, ``data/dataset.json``, the blocks between markers in the codebook
    and the README, and ``resources`` of ``datapackage.json``; its other properties are kept, and so
    are resources that no model knows, with hash and size brought up to date. The same input gives
    the same bytes.

    Returns the paths that were written (with ``check``: that would be, and nothing is written) and
    the issues that keep the tables from being built from; with issues nothing is written.

    Raises:
        CannotBuild: no directory, no readable descriptor, or a resource that can't be read.
        OSError: a file can't be written; then no file has changed.
    """
    if not os.fspath(path):
        raise CannotBuild("the path is empty: give the directory of a package")
    root = Path(path)
    if not root.is_dir():
        raise CannotBuild(f"{path} is not a directory")
    with open_package(root) as package:
        engines = (integrity.check_form, by_pydantic.check, references.check)
        found = list(dict.fromkeys(one for check in engines for one in limited(check(package))))
        if found:
            return [], found
        contents = _generated(package)
    if check:
        return list(writing.outdated(root, contents)), []
    return writing.replace(root, contents), []


def _generated(package: Package) -> dict[str, bytes]:
    """Path to content; the descriptor last, so that it never names what isn't written yet."""
    if package.descriptor is None:
        raise CannotBuild(
            f"{DESCRIPTOR} {package.descriptor_problem}: "
            f"write one with the properties {', '.join(AUTHORED)}"
        )
    records = {
        name: [record for record in table.records if record is not None]
        for name, table in package.tables.items()
    }
    contents = dict(schema_files())
    contents[DATASET] = dataset_json(records)
    for name in documents.PATHS:
        try:
            text = files.read(package.files, name)
        except FileProblem as problem:
            if problem.rule == "file-missing":
                continue
            raise CannotBuild(f"{name}: {problem}") from problem
        contents[name] = _document(name, text, records)
    contents[DESCRIPTOR] = _descriptor(package, package.descriptor, contents)
    return contents


def _document(name: str, content: bytes, records: documents.Records) -> bytes:
    try:
        text = documents.filled(content.decode("utf-8"), records)
    except (documents.UnknownBlock, documents.BrokenBlock, UnicodeDecodeError) as error:
        raise CannotBuild(f"{name}: {error}") from error
    if lacking := documents.lacking(text):
        raise CannotBuild(
            f"{name}: lacks generated blocks, though it has others of their kind: {', '.join(lacking)}"
        )
    return text.encode("utf-8")


def dataset_json(records: Mapping[str, list[Record]]) -> bytes:
    """The content of ``data/dataset.json``."""
    return jsonfile.render(
        {name: [record.model_dump() for record in rows] for name, rows in records.items()}
    )


def _descriptor(package: Package, old: Mapping[str, Any], contents: Mapping[str, bytes]) -> bytes:
    generated = generated_resources()
    names = [resource["name"] for resource in generated]
    old_resources = old.get("resources", [])
    extra = [
        resource
        for resource in (old_resources if isinstance(old_resources, list) else [])
        if isinstance(resource, dict) and resource.get("name") not in names
    ]
    _refuse_unknown(old, "descriptor", (*AUTHORED, "resources"))
    for resource in extra:
        _refuse_unknown(resource, "resource", RESOURCE_PROPERTIES)
        if not isinstance(resource.get("name"), str):
            raise CannotBuild(f"{DESCRIPTOR}: a resource has no name")
    authored = {name: old[name] for name in AUTHORED if name in old}
    return jsonfile.render(
        {
            **authored,
            "$schema": PROFILE,
            "resources": [_measured(package, one, contents) for one in (*generated, *extra)],
        }
    )


def _refuse_unknown(said: Mapping[str, Any], what: str, known: Sequence[str]) -> None:
    """Nothing of the author's is dropped or kept in silence because it is misspelt."""
    unknown = [name for name in said if name not in known]
    if unknown:
        raise CannotBuild(f"{DESCRIPTOR}: a {what} has no property {', '.join(unknown)}")


def _measured(
    package: Package, resource: Mapping[str, Any], contents: Mapping[str, bytes]
) -> dict[str, Any]:
    """The resource with size and hash of its file."""
    path = str(resource.get("path"))
    if path in contents:
        digest, size = hashlib.sha256(contents[path]).hexdigest(), len(contents[path])
    else:
        try:
            if not has_form("path", path):
                raise FileProblem("resource-path", "is no path inside data/", path)
            digest, size = package.digest(path)
        except FileProblem as problem:
            raise CannotBuild(f"{path}: {problem}; declared in {DESCRIPTOR}") from problem
    kept = {key: value for key, value in resource.items() if key not in ("bytes", "hash")}
    return {**kept, "bytes": size, "hash": f"sha256:{digest}"}
