"""Archive: the package as one deterministic zip file, with the flat views as CSV."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO

from jpkr_drills.export import MARK, Source
from jpkr_drills.frames import text
from jpkr_drills.model.columns import to_cell
from jpkr_drills.package import csvfile
from jpkr_drills.views import VIEWS

# The first moment a zip entry can state: the archive depends on the content alone.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def contents(source: Source) -> dict[str, bytes]:
    """The archive: every file of the package, LICENSE and CITATION.cff, and ``views/``, lists joined by ``; ``."""
    files = dict(source.files)
    for name in VIEWS:
        frame = source.dataset.view(name)
        rows = ([text(v) if isinstance(v, list) else to_cell(v) for v in row.values()] for row in frame)
        files[f"views/{name}.csv"] = csvfile.write(list(frame.columns), rows)
    return {source.name: zipped(files, MARK)}


def zipped(files: Mapping[str, bytes], comment: str = "", *, stored: Collection[str] = ()) -> bytes:
    """A zip archive of ``files`` that depends on nothing else; ``stored`` are not compressed."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.comment = comment.encode()
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, body, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return content.getvalue()
