"""The command ``jpkr-drills``."""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

from jpkr_drills import __version__
from jpkr_drills.export import FORMATS
from jpkr_drills.issues import Issue, lines, printable
from jpkr_drills.rules import ENGINES, FMT

VALID, INVALID, COULD_NOT_RUN = 0, 1, 2
"""The exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 (valid or done), 1 (invalid) or 2 (could not run)."""
    if sys.stdout is None:
        return _complain("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A stream that takes only some characters gets escapes for the others.
        sys.stdout.reconfigure(errors="backslashreplace")
    # What else is installed has no part in the models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    options = _PARSER.parse_args(arguments)
    # A command makes much and leaves little lying: looking for garbage took a fifth of its time.
    gc.set_threshold(100_000, 50)
    try:
        code: int = options.run(options)
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
        # Of an invalid package a line for each issue; what else was given may hold line breaks of its own.
        for said in str(error).splitlines() if hasattr(error, "issues") else [_words(error)]:
            _say(said)
        return COULD_NOT_RUN
    return code


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    return str(error)


def _say(message: str) -> None:
    print(f"jpkr-drills: {printable(message, 2000)}", file=sys.stderr)


def _complain(message: str) -> int:
    _say(message)
    return COULD_NOT_RUN


def _refused(issues: Iterable[Issue], why: str) -> int:
    """Tell the issues for which nothing was written."""
    print("\n".join(lines(issues)))
    _say(f"nothing was written: {why}")
    return INVALID


# --- arguments -------------------------------------------------------------------------------------


_PARSER = argparse.ArgumentParser(
    prog="jpkr-drills",
    description="Parties, events and claims of one news article, as tables that can be checked.",
    epilog="Exit codes: 0 valid or done, 1 invalid, 2 could not run.",
)
_PARSER.add_argument("--version", action="version", version=f"jpkr-drills {__version__}")
_COMMANDS = _PARSER.add_subparsers(title="commands", required=True, metavar="COMMAND")


_Run = Callable[[argparse.Namespace], int]
_argument = partial(methodcaller, "add_argument")
"""What adds an argument to the parser of a command; several share some."""


def _command(name: str, help: str, *arguments: methodcaller, **more: Any) -> Callable[[_Run], _Run]:  # noqa: A002
    """Make a command of a function that takes the options and returns the exit code."""

    def add(run: _Run) -> _Run:
        parser = _COMMANDS.add_parser(name, help=help, **more)
        for argument in arguments:
            argument(parser)
        parser.set_defaults(run=run, refuse=parser.error)
        return run

    return add


def _positive(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


_EITHER = "directory or .zip of a package; without it, the package in the current folder, else the bundled one"
_PATH = _argument("--path", help=_EITHER)
_HERE = _argument("path", nargs="?", default=".", help="directory of the package (default: here)")
_CHECK = _argument("--check", action="store_true", help="write nothing; exit 1 if something would change")
_FAST = _argument("--fast", action="store_true", help="our own engines alone: no frictionless, no jsonschema")
_JOBS = _argument("--jobs", type=_positive, metavar="N", help="of several packages, how many at a time (all cores)")


def _package(path: str | None) -> str | None:
    """The package that a command is about; of one that wasn't named it is said which one it is."""
    if path is not None:
        return path
    here = os.path.lexists("datapackage.json")
    which = f"the package in the current folder, {Path.cwd()}" if here else "the bundled package"
    _say(f"taking {which}")
    return os.curdir if here else None


# --- commands --------------------------------------------------------------------------------------


@_command(
    "validate",
    "check a package and say what is wrong",
    _argument("path", nargs="*", help=f"{_EITHER}; of several, or of a folder of packages, each cause is told once"),
    _argument("--article", metavar="FILE", help="the coded article, to verify every span"),
    _argument("--format", choices=("text", "json", "github", "junit"), default="text"),
    _argument("--strict", action="store_true", help="advice makes the package invalid too"),
    _argument(
        "--ignore", action="append", default=[], metavar="RULE", help="a rule of advice not to run (may be repeated)"
    ),
    _FAST,
    _argument("--max-rows", type=_positive, metavar="N", help="rows that all tables may have together"),
    _argument("--only", nargs="+", default=(), metavar="ENGINE", help=f"run only these engines: {', '.join(ENGINES)}"),
    _JOBS,
)
def _validate(options: argparse.Namespace) -> int:
    paths, only = options.path, list(options.only)
    if not paths and only[1:] and only[-1] not in ENGINES and Path(only[-1]).exists():
        paths = [only.pop()]  # argparse takes a path behind the engines for one of them
    from jpkr_drills.package.files import Limits
    from jpkr_drills.report import FORMATS, as_summary
    from jpkr_drills.validator import OWN_ENGINES, report

    if options.fast:
        only = only or list(OWN_ENGINES)
    if len(paths) > 1 or (paths and _has_packages(Path(paths[0]))):
        return _validate_many(options, paths, only)
    found = report(
        _package(paths[0] if paths else None),
        article=options.article,
        ignore=options.ignore,
        only=only,
        limits=None if options.max_rows is None else Limits(rows=options.max_rows),
    )
    if options.format == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        try:
            with Path(summary).open("a", encoding="utf-8") as stream:
                stream.write(as_summary(found))
        except OSError as error:
            _say(f"the summary can't be written: {_words(error)}")
    if options.format == "junit" and options.strict:  # where nothing but a failure fails
        found = replace(found, issues=[*found.issues, *found.advice], advice=[])
    sys.stdout.write(FORMATS[options.format](found))
    return INVALID if found.issues or (options.strict and found.advice) else VALID


def _has_packages(folder: Path) -> bool:
    """Whether it is a folder of packages, and no package."""
    if not folder.is_dir() or (folder / "datapackage.json").exists():
        return False
    from jpkr_drills.corpus import find

    return list(find([folder])) != [str(folder)]


def _validate_many(options: argparse.Namespace, paths: Iterable[str], only: Sequence[str]) -> int:
    from jpkr_drills import corpus
    from jpkr_drills.corpus.summary import progress

    if options.article or options.max_rows is not None or options.format not in ("text", "json"):
        options.refuse("--article, --max-rows and other formats than text and json are for one package")
    found = list(corpus.find(paths))
    summary = corpus.Summary()
    with progress(len(found), summary) as told:
        for checked in corpus.validate(found, only=only, ignore=options.ignore, jobs=options.jobs):
            told(checked)
            if options.format == "json":
                sys.stdout.writelines(f"{finding.as_json()}\n" for finding in checked.findings)
    print(summary, file=sys.stderr if options.format == "json" else sys.stdout)
    advised = any(group.first.level == "advice" for group in summary.causes.values())
    return INVALID if summary.valid < summary.packages or (options.strict and advised) else VALID


@_command("build", "write the generated files of a package", _HERE, _CHECK)
def _build(options: argparse.Namespace) -> int:
    from jpkr_drills.build import build

    changed, issues = build(options.path, check=options.check)
    if issues:
        form = any(FMT in issue.hint for issue in issues)
        return _refused(issues, f"{FMT} first" if form else "fix the tables first")
    for name in changed:
        print(f"{name}: is out of date; run `jpkr-drills build` to fix it" if options.check else f"wrote {name}")
    if not changed:
        print("everything generated is up to date")
    return INVALID if options.check and changed else VALID


@_command("fmt", "write the tables in canonical form; no value changes", _HERE, _CHECK)
def _fmt(options: argparse.Namespace) -> int:
    from jpkr_drills.coding.fmt import fmt

    done, issues = fmt(options.path, check=options.check)
    if issues:
        return _refused(issues, "what can't be read as a table is to be fixed by hand")
    for name, what in done.items():
        print(f"{name}: {'needs `jpkr-drills fmt`:' if options.check else 'fixed'} {what}")
    if not done:
        print("every table has its canonical form")
    return INVALID if options.check and done else VALID


@_command(
    "show",
    "show the dataset, a table or a record",
    _argument("what", nargs="?", help="a table's name or a record's id"),
    _PATH,
)
def _show(options: argparse.Namespace) -> int:
    from jpkr_drills.loader import load
    from jpkr_drills.show import show

    sys.stdout.write(show(load(_package(options.path)), options.what))
    return VALID


@_command(
    "explain",
    "look up a rule, a column or a code",
    _argument(
        "what",
        nargs="?",
        help="a rule (enum), a table, a column (claims.voice), a code (voice:unclear or unclear); without it, all",
    ),
)
def _explain(options: argparse.Namespace) -> int:
    from jpkr_drills.explain import explain

    sys.stdout.write(explain(options.what))
    return VALID


@_command(
    "diff",
    "say what changed between two packages, by record and column",
    _argument("old", help="directory or .zip of a package, or git:REVISION"),
    _argument("new", nargs="?", help=f"likewise; {_EITHER.partition('; ')[2]}"),
    _argument("--format", choices=("text", "markdown", "json"), default="text"),
)
def _diff(options: argparse.Namespace) -> int:
    from jpkr_drills.diff import FORMATS, diff

    sys.stdout.write(FORMATS[options.format](diff(options.old, _package(options.new))))
    return VALID


@_command(
    "export",
    "write a package in another format: zip, SQLite, Excel, Parquet, ...",
    _argument("target", metavar="OUT", help="the file or folder to write; its ending says the format"),
    _argument("--format", metavar="F", help="the format: one of the endings below, where OUT has another"),
    _PATH,
    _argument("--article", metavar="FILE", help="the coded article, for formats that hold its text"),
    _argument("--force", action="store_true", help="replace what is at OUT, whoever wrote it"),
    formatter_class=argparse.RawDescriptionHelpFormatter,
    epilog="\n".join(["formats:", *(f"  {ending:<14}{one.what}" for ending, one in FORMATS.items())]),
)
def _export(options: argparse.Namespace) -> int:
    from jpkr_drills.export import export

    path = _package(options.path)
    issues = export(path, options.target, format=options.format, article=options.article, force=options.force)
    if issues:
        return _refused(issues, "an invalid package is not exported")
    print(f"wrote {options.target}")
    return VALID


@_command(
    "new",
    "start a package for another article",
    _argument("path", metavar="DIR", help="the folder to make"),
    _argument("--article", metavar="FILE", required=True, help="the article: text in UTF-8, the headline first"),
    _argument("--language", metavar="TAG", help="its language, such as de or pt-BR (default: found by the text)"),
)
def _new(options: argparse.Namespace) -> int:
    from jpkr_drills.coding import article, new
    from jpkr_drills.package import bundled
    from jpkr_drills.package.files import CODEBOOK

    text = article.read(options.article)
    found = new.start(options.path, text, language=options.language)
    notes = [f"{options.article}: {trouble}" for trouble in text.troubles()]
    if options.language is None:
        notes.append("the language was found by the text; --language sets another")
    if article.sentence_rules(found.language) != found.language.casefold().split("-")[0]:
        said = f"there are no sentence rules for {found.language}: those of English were used"
        notes.append(f"{said}; look at the sentences")
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    print(f"wrote {options.path}: {found.sentences} sentences, language {found.language}, {found.title!r}")
    print(f"next: {Path(options.path) / 'README.md'} has the steps, {bundled() / CODEBOOK} the rules of coding")
    return VALID


@_command(
    "span",
    "find words in the article; fill positions from words",
    _argument("segment", nargs="?", help="a sentence's id, such as p1s2"),
    _argument("find", nargs="?", metavar="WORDS", help="words to find in it"),
    _argument("--article", metavar="FILE", required=True, help="the coded article"),
    _argument("--path", default=".", help="the package's folder (default: here)"),
    *(
        _argument(f"--{table}", dest="tables", action="append_const", const=table, help=f"data/{table}.csv")
        for table in ("segments", "claims", "mentions")
    ),
    _argument("--words", action="store_true", help="put words in the place of positions, to code or change them"),
    description="Without a table: print the sentences, one of them, or each place of words in it, as start, end, "
    "SHA-256. With one: fill its positions from its column words; with --words, the other way round.",
)
def _span(options: argparse.Namespace) -> int:
    from jpkr_drills.coding import article, sheet, span

    if options.tables and options.segment:
        options.refuse("give a sentence or tables, not both")
    if options.words and not options.tables:
        options.refuse("--words needs --segments, --claims or --mentions")
    text = article.read(options.article)
    try:
        if options.tables:
            change = span.unfill if options.words else span.fill
            for name in change(options.path, options.tables, text):
                print(f"wrote {name}")
            if "segments" in options.tables and not options.words:
                print("note: ids may be new: `validate` names the claims and mentions that don't fit", file=sys.stderr)
            return VALID
        sentences = span.sentences(options.path, text)
    except sheet.BadSheet as error:
        print("\n".join(printable(one, 500) for one in error.problems))
        print("nothing was written", file=sys.stderr)
        return INVALID
    if options.segment is None:
        for name, (start, end) in sentences.items():
            print(name, " ".join(text.text[start:end].split()), sep="\t")
        return VALID
    if options.segment not in sentences:
        raise LookupError(f"there is no sentence {options.segment}")
    place = sentences[options.segment]
    found = [place] if options.find is None else span.find(text.text, options.find, *place)
    for start, end in found:
        print(start, end, hashlib.sha256(text.text[start:end].encode()).hexdigest(), text.text[start:end], sep=",")
    return VALID if found else _complain(f"{options.find!r} doesn't stand in {options.segment}")


@_command(
    "agreement",
    "how far two codings of one article agree",
    _argument("first", help="directory or .zip of a package"),
    _argument("second", help="another coding of the same article"),
    _argument("matches", nargs="?", help="CSV with columns first, second: claims that are the same"),
    _argument("--write-matches", metavar="FILE", help="write the claims that were matched, to correct them"),
)
def _agreement(options: argparse.Namespace) -> int:
    from jpkr_drills.coding.agreement import agreement
    from jpkr_drills.package import csvfile

    found = agreement(options.first, options.second, options.matches)
    if options.write_matches:
        Path(options.write_matches).write_bytes(csvfile.write(("first", "second"), found.claims.items()))
    print(found.markdown(), end="")
    return VALID


@_command(
    "collect",
    "gather many packages as one set of Parquet tables",
    _argument("path", nargs="+", metavar="DIR", help="packages, or folders of packages"),
    _argument("out", metavar="OUT", help="the folder to make, or to add new packages to"),
    _FAST,
    _JOBS,
)
def _collect(options: argparse.Namespace) -> int:
    from jpkr_drills import corpus
    from jpkr_drills.corpus.summary import progress
    from jpkr_drills.validator import OWN_ENGINES

    paths = list(corpus.find(options.path))
    summary = corpus.Summary()
    with progress(len(paths), summary) as told:
        only = OWN_ENGINES if options.fast else ()
        done = corpus.collect(paths, options.out, only=only, jobs=options.jobs, told=told)
    print(summary)
    print(f"{options.out}: {done.packages} packages added, {done.known} there before")
    return INVALID if summary.valid < summary.packages else VALID
