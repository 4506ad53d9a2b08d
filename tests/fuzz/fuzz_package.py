"""Fuzzing by coverage: hostile bytes for each reader, and for one file of a whole package.

Needs atheris (``pip install atheris``), which the project doesn't depend on. pytest only shows each
target its seeds and some bytes around them (``tests/test_fuzz.py``).

    python tests/fuzz/fuzz_package.py TARGET KEEP [option of libFuzzer ...]

TARGET is ``zip``, ``csv``, ``json``, ``descriptor`` or ``package``; seeds and inputs that fail are
kept in the folder KEEP. A kind of failure, an exception at a line of this project, is told once and
fuzzing goes on: an input that stops the first second would hide all others. The exit code is 1 where
there was one; it becomes a test in ``tests/test_hostile.py`` or a package of ``tests/corpus``. So:

    python tests/fuzz/fuzz_package.py zip /tmp/fuzz -max_total_time=90
"""

from __future__ import annotations

import hashlib
import importlib
import io
import itertools
import os
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
FILES = ("datapackage.json", "data/dataset.json", "data/claims.csv", "data/mentions.csv")
"""What the target ``package`` changes, chosen by the input's first byte."""
SLOW = 50
"""One in so many packages is shown to frictionless too, which takes ten times as long as all others."""

Target = Callable[[bytes], None]


def of_zip(work: Path) -> Target:
    """Open an archive and read every file in it."""
    from jpkr_drills import files

    place = work / "a.zip"

    def target(content: bytes) -> None:
        place.write_bytes(content)
        try:
            opened = files.open_files(place)
        except files.FileProblem:
            return
        try:
            for name in (*opened.names(), "data/none.csv"):
                try:
                    files.read(opened, name)
                except files.FileProblem:
                    continue
        finally:
            opened.close()

    return target


def of_csv(work: Path) -> Target:
    """Read a table, and build its records; what was read clean is written the same."""
    from jpkr_drills import csvfile
    from jpkr_drills.cells import columns
    from jpkr_drills.models import TABLES
    from jpkr_drills.records import record_of, typed

    tables = list(TABLES)

    def target(content: bytes) -> None:
        table = tables[content[0] % len(tables)] if content else tables[0]
        header = tuple(columns(table))
        body = ",".join(header).encode() + b"\n" + content[1:]
        reading = csvfile.read(io.BytesIO(body), header)
        for row in reading.rows:
            record_of(table, typed(table, row.cells))
        if not reading.faults:
            assert csvfile.write(header, (row.cells for row in reading.rows)) == body

    return target


def of_json(work: Path) -> Target:
    """Parse JSON; what is accepted can be written, and is the same when it is read again."""
    from jpkr_drills import jsonfile

    def target(content: bytes) -> None:
        try:
            value = jsonfile.parse(content)
        except jsonfile.JsonProblem:
            return
        assert jsonfile.parse(jsonfile.render(value)) == value

    return target


def of_descriptor(work: Path) -> Target:
    """Check a package whose descriptor is the input, with the engines that read it."""
    import synthetic
    from jpkr_drills.validation import validate

    root, _ = synthetic.make(work)
    engines = ("descriptor", "integrity", "agreement")

    def target(content: bytes) -> None:
        (root / "datapackage.json").write_bytes(content)
        validate(root, only=engines)

    return target


def of_package(work: Path) -> Target:
    """Validate and load a package one of whose files is the input."""
    import synthetic
    from jpkr_drills import InvalidPackage, load
    from jpkr_drills.rules import ENGINES
    from jpkr_drills.validation import validate

    root, article = synthetic.make(work)
    good = {name: (root / name).read_bytes() for name in FILES}
    quick = tuple(engine for engine in ENGINES if engine != "frictionless")
    count = itertools.count()

    def target(content: bytes) -> None:
        name = FILES[content[0] % len(FILES)] if content else FILES[0]
        (root / name).write_bytes(content[1:])
        try:
            validate(root, article=article, only=quick if next(count) % SLOW else ())
            load(root)
        except InvalidPackage:
            pass
        finally:
            (root / name).write_bytes(good[name])

    return target


def _zips() -> list[bytes]:
    """Small archives, one for each way of packing."""
    made = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", method) as archive:
            for name in ("datapackage.json", "data/codes.csv", "schemas/"):
                archive.writestr(name, "" if name.endswith("/") else "some text " * 9)
        made.append(content.getvalue())
    return made


def seeds(target: str) -> list[bytes]:
    """Good inputs for a target to start from."""
    if target == "zip":
        return _zips()
    if target == "csv":
        parts = []
        for number, place in enumerate(_tables()):
            lines = place.read_bytes().splitlines(keepends=True)
            parts.append(bytes([number]) + b"".join(lines[1:4]))
        return parts
    import synthetic

    if target == "json":
        return [b'{"a": [1, -2.5e3, null, true, "\\u00e4\\ud83d\\ude00"]}', b"[" * 9 + b"]" * 9]
    with tempfile.TemporaryDirectory() as work:
        root, _ = synthetic.make(Path(work))
        if target == "descriptor":
            return [(root / "datapackage.json").read_bytes()]
        return [bytes([number]) + (root / name).read_bytes() for number, name in enumerate(FILES)]


def _tables() -> list[Path]:
    from jpkr_drills.models import TABLES

    return [ROOT / f"data/{name}.csv" for name in TABLES]


class Keeper:
    """Runs a target; tells each kind of failure once and keeps the input that showed it."""

    def __init__(self, target: Target, keep: Path) -> None:
        self.target = target
        self.keep = keep
        self.known: set[str] = set()

    def __call__(self, content: bytes) -> None:
        try:
            self.target(content)
        except Exception as error:
            kind = f"{type(error).__name__} at {_place(error)}"
            if kind not in self.known:
                self.known.add(kind)
                found = self.keep / f"found-{hashlib.sha256(content).hexdigest()[:12]}"
                found.write_bytes(content)
                print(f"FOUND {kind}: {str(error)[:200]!r}; input kept in {found}", flush=True)


def _place(error: Exception) -> str:
    """The innermost line of this project that the exception went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "jpkr_drills" in Path(frame.filename).parts] or list(frames)
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


TARGETS: dict[str, Callable[[Path], Target]] = {
    "zip": of_zip,
    "csv": of_csv,
    "json": of_json,
    "descriptor": of_descriptor,
    "package": of_package,
}


def main(arguments: list[str]) -> None:
    """Fuzz the target named first, until libFuzzer's own limits end it."""
    if len(arguments) < 2 or arguments[0] not in TARGETS:
        sys.exit(__doc__)
    name, folder, *options = arguments
    keep = Path(folder)
    corpus = keep / name
    corpus.mkdir(parents=True, exist_ok=True)
    before = set(keep.glob("found-*"))
    child = os.fork()  # libFuzzer ends the process that it runs in
    if child == 0:
        _fuzz(name, keep, corpus, options)
    _, status = os.waitpid(child, 0)
    found = set(keep.glob("found-*")) - before
    print(f"{name}: {len(found)} kinds of failure found")
    sys.exit(1 if found or status else 0)


def _fuzz(name: str, keep: Path, corpus: Path, options: list[str]) -> None:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["jpkr_drills", "zipfile"]):
        importlib.import_module("zipfile")
        importlib.import_module("jpkr_drills.validation")
        importlib.import_module("jpkr_drills.loading")
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    with tempfile.TemporaryDirectory() as work:
        keeper = Keeper(TARGETS[name](Path(work)), keep)
        limits = ["-max_len=200000", "-timeout=60", "-rss_limit_mb=4096", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, *options, str(corpus)], keeper)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
