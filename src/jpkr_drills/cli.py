"""The command ``jpkr-drills``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jpkr_drills import __version__
from jpkr_drills.rules import ENGINES

VALID, INVALID, COULD_NOT_RUN = 0, 1, 2
"""The exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 (valid or done), 1 (invalid) or 2 (could not run)."""
    if sys.stdout is None:
        return _complain("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A stream that takes only some characters gets escapes for the others.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has had enough; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return _complain("interrupted")
    except MemoryError:
        return _complain("there isn't enough memory for this package")
    except (ImportError, OSError, ValueError, LookupError, RecursionError) as error:
        return _complain(_words(error))
    return code


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    return str(error)


def _complain(message: str) -> int:
    from jpkr_drills.issues import printable

    print(f"jpkr-drills: {printable(message, 2000)}", file=sys.stderr)
    return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jpkr-drills",
        description="Parties, events and claims of one news article, as tables that can be checked.",
        epilog="Exit codes: 0 valid or done, 1 invalid, 2 could not run.",
    )
    parser.add_argument("--version", action="version", version=f"jpkr-drills {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    validate = commands.add_parser("validate", help="check a package and say what is wrong")
    validate.add_argument(
        "path", nargs="?", help="directory or .zip of a package; without it, the bundled package"
    )
    validate.add_argument("--article", metavar="FILE", help="the coded article, to verify every span")
    validate.add_argument("--format", choices=("text", "json", "github"), default="text")
    validate.add_argument(
        "--only",
        nargs="+",
        default=(),
        metavar="ENGINE",
        help=f"run only these engines: {', '.join(ENGINES)}",
    )
    validate.set_defaults(run=_validate, refuse=validate.error)

    build = commands.add_parser("build", help="write the generated files of a package")
    build.add_argument("path", nargs="?", default=".", help="directory of the package (default: here)")
    build.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a generated file is out of date"
    )
    build.set_defaults(run=_build)

    show = commands.add_parser("show", help="show the dataset, a table or a record")
    show.add_argument("what", nargs="?", help="a table's name or a record's id")
    show.add_argument("--path", help="directory or .zip of a package; without it, the bundled package")
    show.set_defaults(run=_show)

    export = commands.add_parser("export", help="write a package to a deterministic .zip")
    export.add_argument("target", help="the .zip file to write")
    export.add_argument("--path", help="directory or .zip of a package; without it, the bundled package")
    export.set_defaults(run=_export)
    return parser


def _validate(options: argparse.Namespace) -> int:
    path, only = options.path, list(options.only)
    if path is None and only[1:] and only[-1] not in ENGINES and Path(only[-1]).exists():
        path = only.pop()  # argparse takes a path behind the engines for one of them
    if unknown := [engine for engine in only if engine not in ENGINES]:
        said = f"no engine {', '.join(unknown)}; the engines are {', '.join(ENGINES)}"
        options.refuse(f"argument --only: {said}")

    from jpkr_drills.report import FORMATS
    from jpkr_drills.validation import report

    found = report(path, article=options.article, only=only)
    sys.stdout.write(FORMATS[options.format](found))
    return VALID if found.valid else INVALID


def _build(options: argparse.Namespace) -> int:
    from jpkr_drills.building import CannotBuild, build

    try:
        changed, issues = build(options.path, check=options.check)
    except CannotBuild as error:
        return _complain(str(error))
    for issue in issues:
        print(f"{issue}\n  mend: {issue.hint}")
    if issues:
        print("nothing was written: mend the tables first", file=sys.stderr)
        return INVALID
    if options.check and changed:
        for name in changed:
            print(f"{name}: is out of date; run `jpkr-drills build` to mend it")
        return INVALID
    for name in changed:
        print(f"wrote {name}")
    if not changed:
        print("everything generated is up to date")
    return VALID


def _show(options: argparse.Namespace) -> int:
    from jpkr_drills.loading import load
    from jpkr_drills.showing import show

    sys.stdout.write(show(load(options.path), options.what))
    return VALID


def _export(options: argparse.Namespace) -> int:
    from jpkr_drills.exporting import export

    issues = export(options.path, options.target)
    for issue in issues:
        print(f"{issue}\n  mend: {issue.hint}")
    if issues:
        print("nothing was written: an invalid package is not exported", file=sys.stderr)
        return INVALID
    print(f"wrote {options.target}")
    return VALID
