"""Revision: the files of a package as a commit of its git repository has them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from jpkr_drills.package.files import FILE_MISSING, FILE_TOO_LARGE, Limits, Unreadable

PREFIX = "git:"


class Revision:
    """The package that the folder ``root`` held at ``revision``, a commit, branch or tag.

    Raises ``ValueError`` where git knows no such revision there, ``OSError`` where there is no git.
    """

    def __init__(self, root: str | os.PathLike[str], revision: str, limits: Limits) -> None:
        self.name = f"{PREFIX}{revision}"
        self._root = Path(root)
        self._limits = limits
        # As a commit's hash: whatever the revision's name, it is no option of the commands below.
        answer = self._git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if answer.returncode:
            outside = b"not a git repository" in answer.stderr
            why = "is in no git repository" if outside else f"has no revision {revision!r}"
            raise ValueError(f"{self.name}: {self._root.resolve()} {why}")
        self._commit = answer.stdout.decode().strip()

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=self._root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

    def read(self, name: str) -> bytes:
        """The content of a file, as it was committed. Raises ``Unreadable``."""
        blob = f"{self._commit}:./{name}"
        size = self._git("cat-file", "-s", blob)
        if size.returncode:
            raise Unreadable(FILE_MISSING.issue(name, "is missing"))
        if int(size.stdout) > self._limits.file_bytes:
            raise Unreadable(FILE_TOO_LARGE.issue(name, f"is larger than {self._limits.file_bytes} bytes"))
        return self._git("cat-file", "blob", blob).stdout

    def close(self) -> None:
        """Nothing was opened."""
