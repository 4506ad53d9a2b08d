"""``python -m benchmarks``: measure, and print the tables of the README. Needs the extra ``bench``.

Every figure is of a whole process, from its start to its end; the commands of a table run in turn, round
after round in one run, and the median of a command's rounds counts. A ratio is told only where two commands
give the same answer. ``--data DIR`` keeps the generated packages, ``--quick`` leaves out the large ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

# Nothing of ours is imported here: a process never shows less memory than the one that started it.
PYTHON = sys.executable
OURS = [PYTHON, "-m", "jpkr_drills"]
BARE = "pydantic and one model, nothing else"
"""What every loader of ours starts with: the ratio to it is what reading and checking the rows adds."""


class Command(NamedTuple):
    """What is run, and how to read its answer from what it prints."""

    name: str
    run: Sequence[str]
    answer: Callable[[str], object] = lambda said: said.strip()


class Cost(NamedTuple):
    """Medians of a command: seconds of processor and of the clock, megabytes at the peak; and its answer."""

    cpu: float
    wall: float
    memory: float
    answer: object


def cost(command: Command) -> Cost:
    """One run of a command, its processes included."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command.run, stdout=out, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        out.seek(0)
        unit = 1 if sys.platform == "darwin" else 1024
        return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 1e6, command.answer(out.read()))


def measured(commands: Sequence[Command], runs: int) -> dict[str, Cost]:
    """The commands in turn, once more than ``runs``: the first round warms up."""
    costs: dict[str, list[Cost]] = {command.name: [] for command in commands}
    for turn in range(runs + 1):
        for command in commands:
            one = cost(command)
            if turn:
                costs[command.name].append(one)
    middle = statistics.median
    return {
        name: Cost(
            middle(o.cpu for o in all_), middle(o.wall for o in all_), middle(o.memory for o in all_), all_[0].answer
        )
        for name, all_ in costs.items()
    }


def table(title: str, costs: dict[str, Cost], base: str, what: str) -> None:
    """Print costs; the ratio is that of processor time to that of ``base``."""
    print(f"\n{title}\n\n| | {what} | CPU s | ratio | wall s | MB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, one in costs.items():
        comparable = base == BARE or str(one.answer) == str(costs[base].answer)
        ratio = f"{one.cpu / costs[base].cpu:.2f}" if comparable else "—"
        print(f"| {name} | {one.answer} | {one.cpu:.2f} | {ratio} | {one.wall:.2f} | {one.memory:.0f} |")


def peer(name: str, what: str, root: Path) -> Command:
    """A command of ``peers``."""
    return Command(name, [PYTHON, "-m", "benchmarks.peers", what, str(root)])


def loading(root: Path, runs: int) -> None:
    """What reading the tables takes."""
    names = {
        BARE: "load_pydantic",
        "jpkr_drills.load()": "load_ours",
        "polars": "load_polars",
        "pandas": "load_pandas",
        "frictionless": "load_frictionless",
    }
    commands = [peer(name, what, root) for name, what in names.items()]
    table("Loading the bundled package", measured(commands, runs), BARE, "rows")


def _errors(said: str) -> object:
    return len(json.loads(said)["issues"])


def _frictionless(said: str) -> object:
    return json.loads(said)["stats"]["errors"]


def checks(root: Path) -> list[Command]:
    """Every checker on a package."""
    library = shutil.which("frictionless", path=Path(PYTHON).parent) or "frictionless"
    return [
        Command(
            "frictionless validate", [library, "validate", "--json", str(root / "datapackage.json")], _frictionless
        ),
        Command("jpkr-drills validate", [*OURS, "validate", "--format", "json", str(root)], _errors),
        Command("jpkr-drills validate --fast", [*OURS, "validate", "--fast", "--format", "json", str(root)], _errors),
        peer("jsonschema", "check_jsonschema", root),
        peer("jsonschema-rs", "check_jsonschema_rs", root),
        peer("pandas, plain check", "check_pandas", root),
        peer("polars, plain check", "check_polars", root),
        peer("DuckDB, plain check", "check_duckdb", root),
    ]


UNTOLD = "a text changed without a new hash"
DEFECTS: dict[str, tuple[str, bytes, bytes]] = {
    "a code that isn't one": ("claims", b",certain,", b",sure,"),
    "an id that points nowhere": ("event_parties", b",japan,", b",japn,"),
    "a name given twice": ("parties", b",China,", b",Japan,"),
    "an empty cell that must be filled": ("events", b",meeting,", b",,"),
    "a date that doesn't exist": ("events", b",2023,", b",2023-02-30,"),
    "a sign before a number": ("segments", b"p1s1,1,", b"p1s1,+1,"),
    "a span that ends before it starts": ("claims", b"p0s1-1,p0s1,0,", b"p0s1-1,p0s1,900,"),
    "rows out of order": ("parties", b"china,", b"zchina,"),
    "a byte-order mark": ("places", b"place_id", b"\xef\xbb\xbfplace_id"),
    "another line end": ("mentions", b"\n", b"\r\n"),
    "an attributed claim without a speaker": ("claims", b",article,certain,", b",attributed,certain,"),
    UNTOLD: ("places", b",Camp David,", b",Camp Davis,"),
}


def found(root: Path, scratch: Path) -> None:
    """How many of the defects each checker finds, one package each; but for one, the file's new hash is declared."""
    counts: dict[str, int] = {}
    for number, (name, (file, old, new)) in enumerate(DEFECTS.items()):
        copy = scratch / f"defect-{number}"
        for folder in ("data", "schemas"):
            shutil.copytree(root / folder, copy / folder)
        shutil.copy(root / "datapackage.json", copy)
        place = copy / f"data/{file}.csv"
        content = place.read_bytes()
        if old not in content or old == new:
            raise LookupError(f"{old!r} is not in {file}")
        content = content.replace(old, new, 1)
        place.write_bytes(content)
        about = json.loads((copy / "datapackage.json").read_text())
        for resource in about["resources"]:
            if resource["path"] == f"data/{file}.csv" and name != UNTOLD:
                digest = hashlib.sha256(content).hexdigest()
                resource |= {"bytes": len(content), "hash": f"sha256:{digest}"}
        (copy / "datapackage.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
        for command in checks(copy):
            try:
                noticed = cost(command).answer not in (0, "0")
            except ValueError:  # it died, and said so
                noticed = True
            counts[command.name] = counts.get(command.name, 0) + noticed
    print(f"\nDefects found, of {len(DEFECTS)} packages with one each\n\n| | found |\n| --- | ---: |")
    for name, count in counts.items():
        print(f"| {name} | {count} |")


def growth(roots: dict[int, Path], runs: int) -> None:
    """Time and memory against rows."""
    commands = [peer("0", "load_pydantic", roots[1])]
    commands += [peer(str(times), "load_ours", root) for times, root in roots.items()]
    costs = measured(commands, runs)
    bare = costs.pop("0")
    print("\nload() against rows\n\n| rows | s beyond pydantic | µs a row | KB a row |\n| ---: | ---: | ---: | ---: |")
    for one in costs.values():
        rows = int(str(one.answer))
        more, memory = one.cpu - bare.cpu, (one.memory - bare.memory) * 1e3
        print(f"| {rows} | {more:.2f} | {more / rows * 1e6:.0f} | {memory / rows:.2f} |")


def corpora(folder: Path, packages: int, runs: int) -> None:
    """Many packages: on one core and on all, and gathered; once each where ``runs`` is 0."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    out = folder.parent / "collected"

    def validate(jobs: int) -> Command:
        run = [*OURS, "validate", "--fast", "--jobs", str(jobs), str(folder)]
        return Command(f"validate --fast, {jobs} process{'es' * (jobs > 1)}", run)

    collect = Command(f"collect --fast, {cores} processes", [*OURS, "collect", "--fast", str(folder), str(out)])
    both = [validate(1), validate(cores)]
    costs = measured(both, runs) if runs else {one.name: cost(one) for one in both}
    shutil.rmtree(out, ignore_errors=True)
    costs[collect.name] = cost(collect)
    costs[f"{collect.name}, again"] = cost(collect)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
    first = next(iter(costs.values())).wall
    print(f"\n{packages} packages; collected they have {size:.0f} MB\n")
    print("| | s | packages a second | times as fast | MB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, one in costs.items():
        times = f"{first / one.wall:.2f}" if name.startswith("validate") else ""
        print(f"| {name} | {one.wall:.1f} | {packages / one.wall:.1f} | {times} | {one.memory:.0f} |")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of generated packages, to keep and use again")
    parser.add_argument("--runs", type=int, default=7, help="rounds that count")
    parser.add_argument("--quick", action="store_true", help="without the large packages and corpora")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp())
    data = options.data or scratch
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}; load before: {load:.1f}")
    try:
        root = Path(said("-c", "from jpkr_drills.package import bundled; print(bundled())"))
        loading(root, options.runs)
        roots = {}
        for times in (1, 10) if options.quick else (1, 10, 100):
            roots[times] = data / f"times-{times}"
            if not roots[times].exists():
                make(data, "--times", str(times))
        table(
            "Validating the bundled package",
            measured(checks(root), options.runs),
            "frictionless validate",
            "errors",
        )
        for times, larger in roots.items():
            runs = options.runs if times < 100 else 3
            title = f"Validating a generated package of {times} times its rows"
            table(title, measured(checks(larger), runs), "frictionless validate", "errors")
        growth(roots, min(options.runs, 5))
        found(root, scratch)
        for packages in (100,) if options.quick else (100, 5000):
            folder = data / f"c{packages}"
            if not folder.exists():
                make(folder, "--packages", str(packages))
            corpora(folder, packages, 0 if packages > 100 else 3)
    finally:
        shutil.rmtree(scratch)
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")


def said(*arguments: str) -> str:
    """What this Python prints."""
    return subprocess.run([PYTHON, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def make(out: Path, *arguments: str) -> None:
    """Generate packages below ``out``."""
    said("-m", "benchmarks.generate", str(out), *arguments)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
