"""Exporting: the package as one deterministic zip archive."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

from jpkr_drills import files, writing
from jpkr_drills.issues import Issue
from jpkr_drills.package import open_package
from jpkr_drills.validation import validate

# The first moment a zip entry can state: the archive depends on the content alone.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def export(path: str | os.PathLike[str] | None, target: str | os.PathLike[str]) -> list[Issue]:
    """Write the package at ``path`` (without one, the bundled package) to the zip file ``target``.

    The same content gives the same bytes. An invalid package is not exported: its issues are
    returned, and ``target`` is left as it was. Raises ``FileNotFoundError`` where there is no
    package, ``OSError`` where the target can't be written.
    """
    issues = validate(path)
    if issues:
        return issues
    content = BytesIO()
    with (
        open_package(path) as package,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name in package.files.names():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files.read(package.files, name))
    place = Path(target)
    writing.replace(place.parent, {place.name: content.getvalue()})
    return []
