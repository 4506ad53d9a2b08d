"""Revision: the files of a package as a commit of its git repository has them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from jpkr_drills.package.files import FILE_MISSING, Unreadable

PREFIX = "git:"


class Revision:
    """The package that the folder ``root`` held at ``revision``, a commit, branch or tag.

    Raises ``ValueError`` where git knows no such revision there, ``OSError`` where there is no git.
    """

    def __init__(self, root: Path, revision: str) -> None:
        self._root = root
        # As a commit's hash: whatever the revision's name, it is no option of the commands below.
        answer = self._git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if answer.returncode:
            outside = b"not a git repository" in answer.stderr
            why = "is in no git repository" if outside else f"has no revision {revision!r}"
            raise ValueError(f"{PREFIX}{revision}: {root.resolve()} {why}")
        self._commit = answer.stdout.decode().strip()

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["git", *arguments]
        return subprocess.run(command, cwd=self._root, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603

    def read(self, name: str) -> bytes:
        """The content of a file, as it was committed. Raises ``Unreadable``."""
        answer = self._git("cat-file", "blob", f"{self._commit}:./{name}")
        if answer.returncode:
            raise Unreadable(FILE_MISSING.issue(name, "is missing"))
        return answer.stdout

    def close(self) -> None:
        """Nothing was opened."""
