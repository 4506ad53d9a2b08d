"""Reports: what a validation found, as text, as JSON or as GitHub annotations."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from jpkr_drills.issues import COMMAND, Issue, printable
from jpkr_drills.rules import ENGINES
from jpkr_drills.validation import Report


def as_text(report: Report) -> str:
    """One issue a line, ``file:line: record: field: what is wrong [rule]``, then how to mend it; a
    summary at the end."""
    lines = [line for issue in report.issues for line in _issue_lines(issue)]
    title = f" — {printable(report.title, 120)}" if report.title else ""
    package = printable(report.package, 300)
    rows = sum(report.tables.values())
    if report.valid:
        lines.append(f"valid: {package}{title}")
    else:
        count = len(report.issues)
        lines.append(f"invalid: {package}{title}: {count} issue{'s' * (count != 1)}")
    lines.append(f"  {len(report.tables)} tables, {rows} rows")
    lines += _columns([f"{name} {count}" for name, count in report.tables.items()])
    lines.append(f"  {len(ENGINES) - len(report.not_run)} of {len(ENGINES)} engines ran")
    lines += [f"    {engine:<13}{_engine_word(report, engine)}" for engine in ENGINES]
    return "\n".join(lines) + "\n"


def _issue_lines(issue: Issue) -> list[str]:
    value = "" if issue.value is None else f" (value: {issue.value})"
    return [f"{issue}{value}", f"  mend: {issue.hint}"]


def _columns(items: list[str], across: int = 4) -> list[str]:
    rows = [items[i : i + across] for i in range(0, len(items), across)]
    return ["    " + "".join(f"{item:<23}" for item in row).rstrip() for row in rows]


def _engine_word(report: Report, engine: str) -> str:
    if engine in report.not_run:
        return f"not run: {report.not_run[engine]}"
    count = report.engines[engine]
    return "ok" if count == 0 else f"{count} issue{'s' * (count != 1)}"


def as_json(report: Report) -> str:
    """One JSON object: ``valid``, ``package``, ``issues``, ``tables``, ``engines``, ``not_run``."""
    said = json.dumps(
        {
            "valid": report.valid,
            "package": report.package,
            "issues": [asdict(issue) for issue in report.issues],
            "tables": report.tables,
            "engines": report.engines,
            "not_run": report.not_run,
        },
        ensure_ascii=True,
        indent=2,
    )
    return COMMAND.sub(r"\\u0023", said) + "\n"


def as_github(report: Report) -> str:
    """A workflow command for each issue, which GitHub shows beside the line, and a closing line."""
    lines = []
    folder = _folder(report.package)
    for issue in report.issues:
        line = "" if issue.line is None else f",line={issue.line}"
        place = f"file={_property(folder + issue.file)}{line},title={_property(issue.rule)}"
        what = ": ".join(part for part in (issue.record, issue.field, issue.message) if part)
        lines.append(f"::error {place}::{_data(f'{what}. To mend: {issue.hint}')}")
    word = "valid" if report.valid else f"invalid, {len(report.issues)} issues"
    # The word first: a line that starts with "::" would be a command.
    lines.append(f"{word}: {printable(report.package, 300)}")
    return "\n".join(lines) + "\n"


def _folder(package: str) -> str:
    """Where a package's files are, seen from here: GitHub looks for them from the repository's top."""
    try:
        path = os.path.relpath(package).replace(os.sep, "/") if Path(package).is_dir() else "."
    except (OSError, ValueError):  # no path at all, or on another drive of Windows
        return ""
    return "" if path == "." or path.startswith("..") else f"{path}/"


def _data(text: str) -> str:
    """Escaped as GitHub's toolkit does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
"""Format name to renderer."""
