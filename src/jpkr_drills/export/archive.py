"""Archive: the package as one deterministic zip file, with the flat views as CSV."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO

from jpkr_drills import views
from jpkr_drills.export import MARK, Source
from jpkr_drills.frames import text
from jpkr_drills.model.columns import to_cell
from jpkr_drills.package import csvfile

# The first moment a zip entry can state: the archive depends on the content alone.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def contents(source: Source) -> dict[str, bytes]:
    """The archive: every file of the package, LICENSE and CITATION.cff, and ``views/``."""
    return {source.name: zipped({**source.files, **view_files(source)}, MARK)}


def view_files(source: Source) -> dict[str, bytes]:
    """The flat views as CSV, lists joined by ``; ``."""
    found: dict[str, bytes] = {}
    for frame in source.frames[-len(views.VIEWS) :]:
        rows = ([text(v) if isinstance(v, list) else to_cell(v) for v in row.values()] for row in frame)
        found[f"views/{frame.name.removeprefix('view_')}.csv"] = csvfile.write(list(frame.columns), rows)
    return found


def zipped(files: Mapping[str, bytes], comment: str = "", *, stored: Collection[str] = ()) -> bytes:
    """A zip archive of ``files`` that depends on nothing else; ``stored`` are not compressed."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", compresslevel=9) as archive:
        archive.comment = comment.encode()
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return content.getvalue()
