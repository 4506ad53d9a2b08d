"""Engine ``descriptor``: the Data Package itself, and the schemas it names."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate, islice
from typing import Any

from jpkr_drills import files, jsonfile
from jpkr_drills.checks.meaning.english import is_placeholder
from jpkr_drills.descriptor import descriptor_schema, generated_resources
from jpkr_drills.files import DESCRIPTOR, FileProblem
from jpkr_drills.issues import Issue, issue
from jpkr_drills.jsonschemas import Finding, findings
from jpkr_drills.models import Segment
from jpkr_drills.package import Package, coded_source
from jpkr_drills.records import SHORT
from jpkr_drills.schemas import schema_files
from jpkr_drills.text import flaw

FINDINGS_LIMIT = 1_000
"""Findings of the schema after which enough is known to be wrong, to bound time and memory."""
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
    found = list(islice(findings(descriptor_schema(), descriptor), FINDINGS_LIMIT))
    misspelt = _misspelt(found)
    for finding in found:
        if finding.path not in misspelt.values():
            yield _of_finding(finding, misspelt)
    wrong = {finding.path for finding in found}
    resources = {i: r for i, r in enumerate(_list(descriptor, "resources")) if isinstance(r, dict)}
    yield from _duplicates(resources.values())
    yield from _portable(resources, wrong)
    yield from _further(resources, wrong)
    if ("resources",) not in wrong:
        yield from _resources(resources, wrong)
    if not any(path[:1] == ("sources",) and path[2:] in ((), ("relation",)) for path in wrong):
        yield from _sources(descriptor)
        yield from _coded(package)
    yield from _repeated(descriptor)
    yield from _text(descriptor, wrong)
    yield from _placeholders(descriptor, wrong)
    yield from _schemas(package)


def _unreadable(package: Package) -> Issue:
    problem = package.descriptor_problem or FileProblem("descriptor-missing", "is missing")
    return issue(problem.rule, DESCRIPTOR, str(problem), engine="descriptor")


Path = tuple[str | int, ...]


def _misspelt(found: list[Finding]) -> dict[Path, Path]:
    """Unknown properties to the missing one beside them that they were meant to be."""
    missing = {finding.path for finding in found if finding.keyword == "required"}
    meant: dict[Path, Path] = {}
    for finding in found:
        if finding.keyword == "additionalProperties":
            *parent, name = finding.path
            names = [str(path[-1]) for path in missing if list(path[:-1]) == parent]
            close = difflib.get_close_matches(str(name), names, n=1) if len(str(name)) <= SHORT else []
            if close:
                meant[finding.path] = (*parent, close[0])
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


def _duplicates(resources: Collection[dict[str, Any]]) -> Iterator[Issue]:
    for prop in ("name", "path"):
        # There are file systems that take upper and lower case for the same.
        counts = Counter(json.dumps(r[prop]).casefold() for r in resources if prop in r)
        for value in (value for value, count in counts.items() if count > 1):
            message = f"{counts[value]} resources have the same {prop}, upper and lower case aside"
            yield issue("resource-duplicate", DESCRIPTOR, message, field="resources", value=value)
    spelled: dict[str, str] = {}
    paths = [path for resource in resources if isinstance(path := resource.get("path"), str)]
    for folder in (
        folder for path in paths for folder in accumulate(path.split("/")[:-1], "{}/{}".format)
    ):
        first = spelled.setdefault(files.folded(folder), folder)
        if first != folder:
            message = f"the folders {first} and {folder} differ in upper and lower case alone"
            yield issue("resource-duplicate", DESCRIPTOR, message, field="resources", value=folder)


def _portable(resources: Mapping[int, dict[str, Any]], wrong: Collection[Path]) -> Iterator[Issue]:
    for index, resource in resources.items():
        path = resource.get("path")
        if not isinstance(path, str) or ("resources", index, "path") in wrong:
            continue
        for step in (step for step in path.split("/") if files.unportable(step)):
            yield issue(
                "resource-path",
                DESCRIPTOR,
                f"{step!r} can't be the name of a file on Windows",
                field=f"resources.{index}.path",
                value=path,
                hint="give the file another name",
            )


_GENERATED = frozenset(resource["name"] for resource in generated_resources())
_OF_TABLES = ("type", "schema", "dialect")


def _further(resources: Mapping[int, dict[str, Any]], wrong: Collection[Path]) -> Iterator[Issue]:
    """What resources of the author's own may not say, at places where nothing is wrong already."""
    paths = {resource["path"] for resource in generated_resources()}
    for index, resource in resources.items():
        path, form, name = resource.get("path"), resource.get("format"), resource.get("name")
        broken = {place[2] for place in wrong if place[:2] == ("resources", index) and place[2:]}
        if not isinstance(path, str) or path in paths or name in tuple(_GENERATED):
            continue
        for prop in (one for one in _OF_TABLES if one in resource and one not in broken):
            yield issue(
                "descriptor-unknown-property",
                DESCRIPTOR,
                f"only the generated resources have {prop}: no engine checks another file by it",
                field=f"resources.{index}.{prop}",
            )
        ending = path.rpartition("/")[2].partition(".")[2].rpartition(".")[2]
        if ending and ending.lower() != form and not {"path", "format"} & broken and form is not None:
            yield issue(
                "resource-format",
                DESCRIPTOR,
                f"the path ends with .{ending}, which is not the format",
                field=f"resources.{index}.format",
                value=form,
            )


def _resources(resources: Mapping[int, dict[str, Any]], found_at: Collection[Path]) -> Iterator[Issue]:
    """What differs from the generated resources, at places where nothing is wrong already."""
    declared = {json.dumps(r.get("name")): (i, r) for i, r in resources.items()}
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
    said = {_plain(source.get(prop)) for source in coded for prop in ("title", "path")} - {""}
    for source in sources:
        if source not in coded and said & {_plain(source.get(prop)) for prop in ("title", "path")}:
            message = f"lists the coded article again as {source.get('relation')}, by its title or path"
            hint = "remove the second entry"
            yield issue("descriptor-source", DESCRIPTOR, message, field="sources", hint=hint)


def _plain(value: object) -> str:
    return value.casefold().rstrip("/.") if isinstance(value, str) else ""


def _coded(package: Package) -> Iterator[Issue]:
    """What can't be true of the coded article's file, whoever has it."""
    source = coded_source(package.descriptor) or {}
    size, length, digest = (source.get(prop) for prop in ("bytes", "characters", "sha256"))
    if type(size) is int and type(length) is int and not length <= size <= 4 * length:
        message = f"a file of {size} bytes can't have {length} characters in UTF-8"
        yield issue("descriptor-source", DESCRIPTOR, message, field="sources")
    segments = [one for one in package.tables["segments"].records if isinstance(one, Segment)]
    same = next((one.segment_id for one in segments if one.sha256 == digest), None)
    if same is not None and len(segments) > 1:
        message = f"the article's hash is that of its segment {same}"
        yield issue("descriptor-source", DESCRIPTOR, message, field="sources", value=digest)


def _repeated(descriptor: Mapping[str, Any]) -> Iterator[Issue]:
    """What a list of the descriptor holds twice."""
    lists = {
        name: _list(descriptor, name) for name in ("keywords", "licenses", "contributors", "sources")
    }
    for index, one in enumerate(lists["contributors"]):
        if isinstance(one, dict):
            lists[f"contributors.{index}.roles"] = _list(one, "roles")
    for name, listed in lists.items():
        counts = Counter(
            json.dumps(one, sort_keys=True).casefold()
            for one in listed
            # of the coded source there is one in any case
            if not (isinstance(one, dict) and one.get("relation") == "coded")
        )
        for value in (value for value, count in counts.items() if count > 1):
            message = f"holds the same {counts[value]} times, upper and lower case aside"
            hint = "remove what is given twice"
            yield issue("descriptor-value", DESCRIPTOR, message, field=name, value=value, hint=hint)


def _text(descriptor: Mapping[str, Any], wrong: Collection[Path]) -> Iterator[Issue]:
    """What hides in the descriptor's texts, at places where nothing is wrong already."""
    for path, text in jsonfile.strings(descriptor):
        if path[2:3] == ("dialect",):  # the line's end is one of its values
            continue
        if any(path[:length] in wrong for length in range(len(path) + 1)):
            continue
        if (found := flaw(text)) is None:
            continue
        rule, message = found
        field = ".".join(str(step) for step in path)
        yield issue(rule, DESCRIPTOR, message, field=field, value=text, engine="descriptor")


def _placeholders(descriptor: Mapping[str, Any], wrong: Collection[Path]) -> Iterator[Issue]:
    """Texts that stand in for something missing, at places where nothing is wrong already."""
    owned = {"id", "title", "description", "publisher", "keywords", "roles"}
    for path, text in jsonfile.strings(descriptor):
        if path in wrong or not text or owned.isdisjoint(path[-2:]):
            continue
        if is_placeholder(text):
            message = "stands in for something missing"
            field = ".".join(str(step) for step in path)
            hint = "write what is meant, or leave the property out"
            yield issue("descriptor-value", DESCRIPTOR, message, field=field, value=text, hint=hint)


def _schemas(package: Package) -> Iterator[Issue]:
    for path, expected in schema_files().items():
        try:
            found = files.read(package.files, path)
        except FileProblem as problem:
            if problem.rule == "file-missing":
                yield issue("schema-missing", path, "is missing")
            else:
                yield issue(problem.rule, problem.file or path, str(problem), engine="descriptor")
            continue
        if found != expected:
            yield issue("schema-differs", path, "differs from what the installed models generate")
