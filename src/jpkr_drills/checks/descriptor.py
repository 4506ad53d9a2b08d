"""Engine ``descriptor``: the Data Package itself, and the schemas it names."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jpkr_drills import files
from jpkr_drills.descriptor import descriptor_schema, generated_resources
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.jsonschemas import Finding, findings
from jpkr_drills.package import Package
from jpkr_drills.schemas import schema_files

_RULES = {
    "required": "descriptor-required",
    "additionalProperties": "descriptor-unknown-property",
}


def check(package: Package) -> Iterator[Issue]:
    """What is wrong with the descriptor and the generated schemas."""
    if package.descriptor is None:
        yield _unreadable(package)
        return
    descriptor = package.descriptor
    found = list(findings(descriptor_schema(), descriptor))
    misspelt = _misspelt(found)
    for finding in found:
        if finding.path not in misspelt.values():
            yield _of_finding(finding, misspelt)
    resources = [r for r in _list(descriptor, "resources") if isinstance(r, dict)]
    yield from _duplicates(resources)
    yield from _resources(resources, {finding.path for finding in found})
    yield from _sources(descriptor)
    yield from _schemas(package)


def _unreadable(package: Package) -> Issue:
    problem = package.descriptor_problem or ""
    if problem == "file-missing":
        return issue("descriptor-missing", DESCRIPTOR, "is missing")
    return issue("descriptor-not-json", DESCRIPTOR, problem)


Path = tuple[str | int, ...]


def _misspelt(found: list[Finding]) -> dict[Path, Path]:
    """Unknown properties to the missing one beside them that they were meant to be."""
    missing = {finding.path for finding in found if finding.keyword == "required"}
    meant: dict[Path, Path] = {}
    for finding in found:
        if finding.keyword == "additionalProperties":
            *parent, name = finding.path
            names = [str(path[-1]) for path in missing if list(path[:-1]) == parent]
            for close in difflib.get_close_matches(str(name), names, n=1):
                meant[finding.path] = (*parent, close)
    return meant


def _of_finding(finding: Finding, misspelt: Mapping[Path, Path]) -> Issue:
    rule = _RULES.get(finding.keyword, "descriptor-value")
    if finding.path[:1] == ("resources",) and finding.path[2:] == ("path",):
        rule = "resource-path"
    meant = misspelt.get(finding.path)
    hint = None if meant is None else f"did you mean {meant[-1]}?"
    field = ".".join(str(step) for step in finding.path) or None
    return issue(rule, DESCRIPTOR, finding.message, field=field, value=finding.value, hint=hint)


def _list(descriptor: Mapping[str, Any], name: str) -> list[Any]:
    value = descriptor.get(name)
    return value if isinstance(value, list) else []


def _duplicates(resources: list[dict[str, Any]]) -> Iterator[Issue]:
    for prop in ("name", "path"):
        counts = Counter(json.dumps(r[prop]) for r in resources if prop in r)
        for value in (value for value, count in counts.items() if count > 1):
            message = f"{counts[value]} resources have the same {prop}"
            yield issue("resource-duplicate", DESCRIPTOR, message, field="resources", value=value)


def _resources(resources: list[dict[str, Any]], found_at: Collection[Path]) -> Iterator[Issue]:
    """What differs from the generated resources, at places where nothing is wrong already."""
    declared = {json.dumps(r.get("name")): (i, r) for i, r in enumerate(resources)}
    for expected in generated_resources():
        name = expected["name"]
        index, found = declared.get(json.dumps(name), (0, None))
        if found is None:
            yield issue(
                "resource-missing", DESCRIPTOR, f"resource {name!r} is not declared", field="resources"
            )
            continue
        for prop, value in expected.items():
            known = any(path[:3] == ("resources", index, prop) for path in found_at)
            if found.get(prop) != value and not known:
                yield issue(
                    "resource-differs",
                    DESCRIPTOR,
                    f"{prop} of resource {name!r} must be {json.dumps(value, ensure_ascii=False)}",
                    record=name,
                    field=prop,
                    value=json.dumps(found.get(prop)),
                )


def _sources(descriptor: Mapping[str, Any]) -> Iterator[Issue]:
    sources = [s for s in _list(descriptor, "sources") if isinstance(s, dict)]
    coded = [s for s in sources if s.get("relation") == "coded"]
    pinned = {"sha256", "bytes", "characters"}
    if len(coded) != 1:
        message = f"{len(coded)} sources have the relation coded, there must be one"
        yield issue("descriptor-source", DESCRIPTOR, message, field="sources")
    for source in sources:
        given = pinned & source.keys()
        if given != (pinned if source in coded else set()):
            what = "must give" if source in coded else "is only cited and must not give"
            message = f"source {source.get('title')!r} {what} {', '.join(sorted(pinned))}"
            yield issue("descriptor-source", DESCRIPTOR, message, field="sources")


def _schemas(package: Package) -> Iterator[Issue]:
    for path, expected in schema_files().items():
        try:
            found = files.read(package.files, path)
        except FileProblem as problem:
            if problem.rule == "file-missing":
                yield issue("schema-missing", path, "is missing")
            else:
                yield issue(problem.rule, path, str(problem), engine="descriptor")
            continue
        if found != expected:
            yield issue("schema-differs", path, "differs from what the installed models generate")
