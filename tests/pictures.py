"""The README's pictures of the page: ``python tests/pictures.py`` makes them, a test checks that they are of this page.

A picture holds the SHA-256 of what it shows: of the page's style and of the part that is in sight. Comparing
that needs no browser and no font; making one needs Debian's chromium and the package playwright.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from helpers import ROOT, descriptor
from jpkr_drills import load
from jpkr_drills.export import page
from jpkr_drills.package import coded_source

FOLDER = ROOT / ".github" / "pictures"
_KEY = b"tEXtshown\0"


class Picture(NamedTuple):
    """What a picture shows: a place in the page, the part around it, and how."""

    anchor: str
    part: str
    scheme: str


PICTURES = {
    "minute.png": Picture("top", r"<header>.*</ol>\n</section>(?=\n\n<section aria-labelledby=\"claims\")", "light"),
    "events.png": Picture("drills-suspension", r"<section aria-labelledby=\"events\">.*?\n</section>\n", "dark"),
}
SIZE = {"width": 1040, "height": 860}


def html() -> str:
    """The page of this checkout."""
    return page.render(load(ROOT), coded_source(descriptor()))


def shown(name: str, text: str) -> str:
    """SHA-256 of what a picture shows of a page."""
    found = re.search(PICTURES[name].part, text, re.S)
    style = re.search("<style>.*</style>", text, re.S)
    assert found
    assert style
    return hashlib.sha256(f"{PICTURES[name]}{SIZE}{style[0]}{found[0]}".encode()).hexdigest()


def held(name: str) -> str:
    """The SHA-256 that a picture holds; empty where there is none."""
    place = FOLDER / name
    _, _, rest = (place.read_bytes() if place.is_file() else b"").partition(_KEY)
    return rest[:64].decode("ascii")


def make() -> None:
    """Make the pictures."""
    from playwright.sync_api import sync_playwright

    text = html()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "drills.html").write_text(text, "utf-8")
        browser: Any = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, picture in PICTURES.items():
            tab = browser.new_page(viewport=SIZE, device_scale_factor=1.5, color_scheme=picture.scheme)
            tab.goto(f"{Path(folder).as_uri()}/drills.html#{picture.anchor}")
            tab.wait_for_timeout(500)
            image = tab.screenshot()
            body = _KEY + shown(name, text).encode()
            chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(image[:33] + chunk + image[33:])  # behind the signature and the header
        browser.close()


if __name__ == "__main__":
    make()
