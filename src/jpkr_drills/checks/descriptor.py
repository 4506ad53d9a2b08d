"""Engine ``descriptor``: the Data Package itself, and the schemas it names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
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
    for finding in findings(descriptor_schema(), descriptor):
        yield _of_finding(finding)
    resources = [r for r in _list(descriptor, "resources") if isinstance(r, dict)]
    yield from _duplicates(resources)
    yield from _resources(resources)
    yield from _sources(descriptor)
    yield from _schemas(package)


def _unreadable(package: Package) -> Issue:
    problem = package.descriptor_problem or ""
    if problem == "file-missing":
        return issue("descriptor-missing", DESCRIPTOR, "is missing")
    return issue("descriptor-not-json", DESCRIPTOR, problem)


def _of_finding(finding: Finding) -> Issue:
    rule = _RULES.get(finding.keyword, "descriptor-value")
    path = list(finding.path)
    if path[:1] == ["resources"] and path[-1:] == ["path"]:
        rule = "resource-path"
    field = ".".join(str(step) for step in path) or None
    return issue(rule, DESCRIPTOR, finding.message, field=field, value=finding.value)


def _list(descriptor: Mapping[str, Any], name: str) -> list[Any]:
    value = descriptor.get(name)
    return value if isinstance(value, list) else []


def _duplicates(resources: list[dict[str, Any]]) -> Iterator[Issue]:
    for prop in ("name", "path"):
        counts = Counter(json.dumps(r[prop]) for r in resources if prop in r)
        for value in (value for value, count in counts.items() if count > 1):
            message = f"{counts[value]} resources have the same {prop}"
            yield issue("resource-duplicate", DESCRIPTOR, message, field="resources", value=value)


def _resources(resources: list[dict[str, Any]]) -> Iterator[Issue]:
    declared = {json.dumps(r.get("name")): r for r in resources}
    for expected in generated_resources():
        name = expected["name"]
        found = declared.get(json.dumps(name))
        if found is None:
            yield issue(
                "resource-missing", DESCRIPTOR, f"resource {name!r} is not declared", field="resources"
            )
            continue
        for prop, value in expected.items():
            if found.get(prop) != value:
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
