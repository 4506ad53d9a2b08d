"""Writing: files replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

SCRATCH = ".jpkr-drills-"
"""How the names of temporary files start; one stays behind only where the process was killed."""


def replace(root: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write ``contents`` (path below ``root`` to bytes), leaving alone what is the same already.

    Each file is complete on disk before any takes its place, and takes it in one step: a reader or
    a second writer sees the old file or the new. Temporary files stand in ``root``, outside of the
    package's folders. Returns the paths written. Raises ``OSError`` that names the file; then none has
    changed, unless the disk fails between two renames.
    """
    changed = outdated(root, contents)
    for name in changed:
        if not (root / name).parent.resolve().is_relative_to(root.resolve()):
            raise OSError(errno.ELOOP, "leads out of the package through a link", name)
    ready: list[tuple[Path, Path]] = []
    place = root
    try:
        for name, content in changed.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            scratch = root / f"{SCRATCH}{secrets.token_hex(8)}"
            ready.append((scratch, place))
            with scratch.open("xb") as stream:  # with the mode that any new file of this user has
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        while ready:
            scratch, place = ready[0]
            scratch.replace(place)
            ready.pop(0)
    except OSError as error:  # which may name the temporary file, or none, as where the disk is full
        raise OSError(error.errno, error.strerror or str(error), str(place)) from error
    finally:
        for scratch, _ in ready:
            scratch.unlink(missing_ok=True)
    return list(changed)


def outdated(root: Path, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of ``contents`` that don't stand in their files below ``root``."""
    return {name: content for name, content in contents.items() if _content(root / name) != content}


def _content(place: Path) -> bytes | None:
    """What is in the file; a link or pipe in its place is not looked into."""
    try:
        kind = place.lstat().st_mode
        return place.read_bytes() if stat.S_ISREG(kind) or stat.S_ISDIR(kind) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
