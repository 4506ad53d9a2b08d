"""Report: what a validation found, and how it is told: as text, JSON, GitHub annotations or JUnit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from jpkr_drills.issues import COMMAND, Issue, lines, markdown, printable
from jpkr_drills.rules import ENGINES, RULES


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found.

    Attributes:
        valid: whether no engine that ran found an error.
        package: path of the package, as given; "the bundled package" where none was.
        issues: every error, sorted by place; empty for a valid package.
        advice: every piece of advice that isn't accepted in the descriptor, sorted by place.
        tables: table name to number of rows.
        engines: engine to number of errors that it saw, for all nine engines.
        not_run: engine to the reason why it didn't run.
        title: title of the package, empty where the descriptor gives none.
    """

    package: str
    issues: list[Issue]
    advice: list[Issue]
    tables: dict[str, int]
    not_run: dict[str, str]
    title: str = ""

    @property
    def valid(self) -> bool:
        """Whether no engine that ran found an error."""
        return not self.issues

    @property
    def engines(self) -> dict[str, int]:
        """Engine to number of errors that it saw."""
        return {engine: sum(engine in one.found_by for one in self.issues) for engine in ENGINES}

    @property
    def partial(self) -> bool:
        """Whether an engine didn't run, but for the article's where no article was given."""
        return bool(self.not_run.keys() - {"article"})


def _verdict(report: Report) -> str:
    """The outcome in a word; a run of part of the engines is never just valid."""
    if not report.valid:
        return f"invalid: {_count(len(report.issues), 'error')}"
    ran = len(ENGINES) - len(report.not_run)
    return f"no errors in {ran} of {len(ENGINES)} engines" if report.partial else "valid"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def as_text(report: Report) -> str:
    """One issue a line, ``file:line: record: field: what is wrong [rule]``, then how to fix it; errors
    first, then advice, and a summary at the end."""
    said = [*lines([*report.issues, *report.advice]), _closing(report)]
    tables = [f"{f'{name} {count}':<23}" for name, count in report.tables.items()]
    said.append(f"  {len(tables)} tables, {sum(report.tables.values())} rows")
    said += ["    " + "".join(tables[at : at + 4]).rstrip() for at in range(0, len(tables), 4)]
    said.append(f"  {len(ENGINES) - len(report.not_run)} of {len(ENGINES)} engines ran")
    for engine, errors in report.engines.items():
        outcome = _count(errors, "error") if errors else "ok"
        said.append(f"    {engine:<13}{f'not run: {report.not_run[engine]}' if engine in report.not_run else outcome}")
    return "\n".join(said) + "\n"


def _closing(report: Report) -> str:
    """The verdict, and of which package."""
    title = f" — {printable(report.title, 120)}" if report.title else ""
    advice = f", {_count(len(report.advice), 'piece')} of advice" if report.advice else ""
    return f"{_verdict(report)}{advice}: {printable(report.package, 300)}{title}"


IN_JSON = ("valid", "package", "issues", "advice", "tables", "engines", "not_run")


def as_json(report: Report) -> str:
    """One JSON object, as the JSON Schema ``schemas/json/report.schema.json`` describes it."""
    said = json.dumps({name: getattr(report, name) for name in IN_JSON}, default=asdict, indent=2)
    return COMMAND.sub(r"\\u0023", said) + "\n"


# What GitHub's toolkit escapes in the words of a command, and in its properties.
_WORDS = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_WORDS, **str.maketrans({":": "%3A", ",": "%2C"})}


def as_github(report: Report) -> str:
    """A workflow command for each issue, which GitHub shows beside the line, and a closing line.

    Paths are relative to ``GITHUB_WORKSPACE`` where that is set, else to the working directory.
    """
    said = []
    folder = _folder(report.package)
    for issue in [*report.issues, *report.advice]:
        line = "" if issue.line is None else f",line={issue.line}"
        kind = "error" if issue.level == "error" else "warning"
        place = f"file={(folder + issue.file).translate(_PROPERTY)}{line},title={issue.rule.translate(_PROPERTY)}"
        what = ": ".join(part for part in (issue.record, issue.field, issue.message) if part)
        words = f"{what}. To fix: {issue.hint}".translate(_WORDS)
        said.append(f"::{kind} {place}::{words}")
    # The word first: a line that starts with "::" would be a command.
    said.append(f"{_verdict(report)}: {printable(report.package, 300)}")
    return "\n".join(said) + "\n"


def _folder(package: str) -> str:
    """Where a package's files are, seen from the repository's top, where GitHub looks for them."""
    if not Path(package).is_dir():
        return ""
    try:
        top = os.environ.get("GITHUB_WORKSPACE") or os.curdir
        path = os.path.relpath(Path(package).resolve(), Path(top).resolve()).replace(os.sep, "/")
    except (OSError, ValueError):  # on another drive of Windows
        return ""
    return "" if path == "." or path.startswith("..") else f"{path}/"


_SUMMARY_LIMIT = 1_000_000
"""Bytes; GitHub shows no summary of a step that is larger than a mebibyte."""


def as_summary(report: Report) -> str:
    """Every issue in Markdown, by cause with counts: GitHub shows only the first ten annotations."""
    said = [f"## jpkr-drills: {markdown(_closing(report))}", ""]
    by_rule = attrgetter("rule")
    for rule, found in groupby([*sorted(report.issues, key=by_rule), *sorted(report.advice, key=by_rule)], by_rule):
        same = list(found)
        kind = _count(len(same), "error") if same[0].level == "error" else f"{len(same)} × advice"
        said += [f"<details{' open' * (same[0].level == 'error')}><summary><code>{rule}</code>: {kind}</summary>", ""]
        said += [RULES[rule].asks, ""] if rule in RULES else []
        said += [f"{'  <br>' if at % 2 else '- '}{markdown(line)}" for at, line in enumerate(lines(same))]
        said += ["", "</details>", ""]
    text = "\n".join(said) + "\n"
    cut = text.encode()[:_SUMMARY_LIMIT].decode(errors="ignore")
    return text if cut == text else cut.rpartition("\n")[0] + "\n\n</details>\n\n… and more: see the log.\n"


def as_junit(report: Report) -> str:
    """JUnit XML, as GitLab, Jenkins and others show it: a failed test for each error, one for each engine
    that found none or didn't run; advice stands in the output of the suite."""
    from xml.etree import ElementTree as Xml

    fine = [engine for engine, errors in report.engines.items() if not errors]
    skipped = report.not_run.keys() & fine
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    errors = len(report.issues)
    counts = {"tests": errors + len(fine), "failures": errors, "errors": 0, "skipped": len(skipped)}
    numbers = {name: str(count) for name, count in counts.items()}
    place = {"hostname": "localhost", "timestamp": now, "time": "0"}
    suite = Xml.Element("testsuite", {"name": "jpkr-drills", **numbers, **place})
    Xml.SubElement(suite, "properties")

    def case(group: str, name: str) -> Xml.Element:
        return Xml.SubElement(suite, "testcase", {"classname": group, "name": name, "time": "0"})

    for issue in report.issues:
        where = "/".join(filter(None, (f"line {issue.line}" if issue.line else "", issue.record, issue.field)))
        about = {"type": issue.rule, "message": issue.message}
        failure = Xml.SubElement(case(issue.file, f"{issue.rule} {where}".rstrip()), "failure", about)
        failure.text = "\n".join(lines([issue]))
    for engine in fine:
        test = case("engines", engine)
        if engine in skipped:
            Xml.SubElement(test, "skipped")
    Xml.SubElement(suite, "system-out").text = "\n".join([_closing(report), *lines(report.advice)])
    Xml.SubElement(suite, "system-err")
    Xml.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(suite, encoding="unicode")}\n'


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "junit": as_junit,
}
"""Format name to renderer."""
