"""Kill ``build`` or ``export`` at every step of its writing, and look at what is left.

    python tests/killing.py PACKAGE           # what build writes
    python tests/killing.py PACKAGE ARCHIVE   # what export writes

Prints as JSON how often it was killed, how many kills left some files new and some old, and each file
that was neither or that writing once more didn't make new.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import helpers
from jpkr_drills import building, exporting, writing

write = writing.replace
DEEDS = re.compile("open|write|flush|sync|close|chmod|mkdir|link|replace|rename|remove|trunc|send|copy")
"""How the functions of C code are called that change files or what is in them."""


class Killer:
    """A profiler that ends the process behind so many of the deeds, as a lost power supply would."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_return" and DEEDS.search(argument.__name__):
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left -= 1


def _files(root: Path) -> dict[str, bytes]:
    """Path to content, but for what a killed process leaves behind."""
    found = helpers.contents(root)
    return {name: content for name, content in found.items() if not name.startswith(writing.SCRATCH)}


def _killed_at(root: Path, new: Mapping[str, bytes], step: int) -> bool:
    """Write in a child that is killed; whether it was, before it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            sys.setprofile(Killer(step))
            write(root, new)
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and status:
        raise SystemExit("writing failed")
    return os.WIFSIGNALED(status)


def at_every_step(root: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Stands in for ``writing.replace``."""
    old, new = _files(root), dict(contents)
    whole = old | new
    torn: set[str] = set()
    kills = between = 0
    while _killed_at(root, new, kills):
        kills += 1
        found = _files(root)
        torn |= {name for name in whole if found.get(name) not in (old.get(name), whole[name])}
        between += found not in (old, whole)
        write(root, new)
        torn |= {name for name, content in _files(root).items() if content != whole.get(name)}
        for place in root.rglob("*"):
            name = place.relative_to(root).as_posix()
            if place.is_file() and name not in old:
                place.unlink()
        for name, content in old.items():
            (root / name).write_bytes(content)
    print(json.dumps({"kills": kills, "between": between, "torn": sorted(torn)}))
    return write(root, new)


def main(package: str, archive: str | None = None) -> None:
    writing.replace = at_every_step
    if archive is None:
        building.build(package)
    else:
        exporting.export(package, archive)


if __name__ == "__main__":
    main(*sys.argv[1:])
