"""Building: what is generated from the tables and models, and whether it is up to date."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from typing import Any

from jpkr_drills import jsonfile
from jpkr_drills.build import documents, writing
from jpkr_drills.checks import integrity
from jpkr_drills.issues import Issue, merge
from jpkr_drills.loader import defects
from jpkr_drills.model.columns import to_cell
from jpkr_drills.model.descriptor import PROFILE, Descriptor, generated_resources, properties
from jpkr_drills.model.records import TABLES, Record, columns
from jpkr_drills.model.schemas import schema_files
from jpkr_drills.package import Package, csvfile, dataset_json, listed, open_package
from jpkr_drills.package.files import DATASET, DESCRIPTOR, folder_to_write
from jpkr_drills.rules import ENGINES

README = "README.md"
"""A document outside of ``data/`` that may hold generated blocks too."""


class CannotBuild(ValueError):
    """There is not enough to build from."""


def build(path: str | os.PathLike[str], *, check: bool = False) -> tuple[list[str], list[Issue]]:
    """Write the generated files of the package in the directory ``path``.

    Generated are ``schemas/``, ``data/codes.csv``, ``data/dataset.json``, the blocks between markers in
    the documents, and ``resources`` of ``datapackage.json``; its other properties are kept, and so are
    resources that no model knows, with hash and size brought up to date. The same input gives the same
    bytes.

    Returns the paths that were written (with ``check``: that would be, and nothing is written) and
    the issues that keep the tables from being built from; with issues nothing is written.

    Raises:
        FileNotFoundError: no folder is at ``path``.
        CannotBuild: no readable descriptor, or a resource that can't be read.
        OSError: a file can't be written; then no file has changed.
    """
    root = folder_to_write(path)
    with open_package(root) as package:
        if package.descriptor is None:
            wrong = package.descriptor_issues[0]
            needed = ", ".join(name for name in properties(Descriptor) if name != "resources")
            raise CannotBuild(f"{DESCRIPTOR} {wrong.message}: {wrong.hint}; it has the properties {needed}")
        form = [one for one in integrity.check_form(package) if one.file != TABLES["codes"].TABLE.path]
        links = [one for one in defects(package) if one.file != TABLES["codes"].TABLE.path]
        if found := merge([*form, *links], {}, ENGINES):
            return [], found
        contents = _generated(package, package.descriptor)
    if check:
        return list(writing.outdated(root, contents)), []
    return writing.replace(root, contents), []


def _generated(package: Package, descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """Path to content; the descriptor last, so that it never names what isn't written yet."""
    records: dict[str, list[Record]] = {**package.records, "codes": list(documents.code_entries())}
    contents = dict(schema_files())
    codes = ([to_cell(value) for _, value in record] for record in records["codes"])
    contents[TABLES["codes"].TABLE.path] = csvfile.write(list(columns("codes")), codes)
    contents[DATASET] = dataset_json(records)
    for name in [*documents.in_package(package.files.names()), README]:
        file = package.file(name)
        if file.problem is None:
            try:
                contents[name] = documents.filled(file.content.decode("utf-8"), records).encode()
            except ValueError as reason:
                raise CannotBuild(f"{name}: {reason}") from reason
        elif not file.missing:
            raise CannotBuild(f"{name}: {file.problem.message}")
    contents[DESCRIPTOR] = _descriptor(package, descriptor, contents)
    return contents


def _descriptor(package: Package, old: Mapping[str, Any], contents: Mapping[str, bytes]) -> bytes:
    generated = generated_resources()
    names = [resource["name"] for resource in generated]
    extra = [one for one in listed(old, "resources") if one.get("name") not in names]
    measured = [_measured(package, one, contents) for one in (*generated, *extra)]
    return jsonfile.render({**old, "$schema": PROFILE, "resources": measured})


def _measured(package: Package, resource: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
    """The resource with size and hash of its file."""
    path = resource.get("path")
    if not isinstance(path, str) or not path.startswith("data/"):
        raise CannotBuild(f"{DESCRIPTOR}: resource {resource.get('name')!r} has no path inside data/")
    file = package.file(path)
    if path not in contents and file.problem is not None:
        raise CannotBuild(f"{path} {file.problem.message}; it is declared in {DESCRIPTOR}")
    content = contents.get(path, file.content)
    kept = {key: value for key, value in resource.items() if key not in ("bytes", "hash")}
    digest = hashlib.sha256(content).hexdigest()
    return {**kept, "bytes": len(content), "hash": f"sha256:{digest}"}
