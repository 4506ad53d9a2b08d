"""Engine ``descriptor``: the Data Package itself, and the schemas it names."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from jpkr_drills import jsonfile
from jpkr_drills.issues import Issue, together
from jpkr_drills.model.descriptor import CONVENTIONS, FORMS, Descriptor, generated_resources, unknown
from jpkr_drills.model.schemas import schema_files
from jpkr_drills.package import Package, coded_source, listed
from jpkr_drills.package.files import DESCRIPTOR, folded, unportable
from jpkr_drills.package.rows import SHORT
from jpkr_drills.rules import BUILD, define
from jpkr_drills.text import hidden_character

REQUIRED, UNKNOWN, VALUE, SOURCE, UNDECLARED, DUPLICATE, OUTSIDE, DIFFERS, SCHEMA_MISSING, SCHEMA_DIFFERS = define(
    "descriptor",
    f"""
descriptor-required | The descriptor has every property that a package of this kind needs. | add the property
descriptor-unknown-property | No property of the descriptor is a misspelt known one: it would be ignored in silence. | fix the spelling
descriptor-value | Every property of the descriptor has the right type and form. | give the property a value of that type
descriptor-source | Exactly one of the sources is the coded article and gives its hash and length, which can be true. | give `sha256`, `bytes` and `characters` of the article's file to its source, and to no other
resource-missing | Every table and `data/dataset.json` is declared as a resource. | {BUILD}
resource-duplicate | No two resources share a name or a path, upper and lower case aside. | remove one of them
resource-path | A resource's path stays inside `data/`: relative, without `..`, not a URL, no name that a system can't hold. | give a path such as data/notes.csv; nothing is ever fetched
resource-differs | A resource of this format is declared exactly as the models generate it. | {BUILD}
schema-missing | Every generated schema is in `schemas/`. | {BUILD}
schema-differs | Every schema says what the installed models say. | {BUILD}; if the package was made by another version, validate it with that version
""",
)
OTHER, CONVENTION, FORMAT, HIDDEN = define(
    "descriptor",
    """
descriptor-other-property | The descriptor has no property that Data Package v2 and this format don't know. | remove the property, or accept this advice: nothing reads it
descriptor-convention | The package's name and version have the form that Data Package v2 recommends. | write them in that form, or accept this advice
resource-format | The format of a resource is the ending of its path. | give the format that the file has, or the path its ending
descriptor-text | The descriptor's texts hold no character that can't be seen. | remove the character
""",
    level="advice",
)

Path = tuple[str | int, ...]


def check(package: Package) -> Iterator[Issue]:
    """What is wrong with the descriptor and the generated schemas."""
    if package.descriptor is None:
        yield from package.descriptor_issues
        return
    descriptor = package.descriptor
    wrong: set[Path] = set()
    misspelt = _misspelt(descriptor)
    for issue, path in _by_model(descriptor, set(misspelt.values())):
        wrong.add(path)
        yield issue
    for path, meant in misspelt.items():
        rule, hint = (UNKNOWN, f"did you mean {meant[-1]}?") if meant else (OTHER, None)
        yield rule.issue(DESCRIPTOR, "is not known here", field=_dotted(path), hint=hint)
    for name, (pattern, form) in CONVENTIONS.items():
        said = descriptor.get(name)
        if isinstance(said, str) and (name,) not in wrong and not re.fullmatch(pattern, said):
            message, hint = "isn't in the form that is recommended", f"write {form}, or accept this advice"
            yield CONVENTION.issue(DESCRIPTOR, message, field=name, value=said, hint=hint)
    resources = listed(descriptor, "resources")
    yield from _duplicates(resources)
    yield from _paths(resources, wrong)
    if ("resources",) not in wrong:
        yield from _resources(descriptor, wrong)
    if not any(path[:1] == ("sources",) and path[2:] in ((), ("relation",)) for path in wrong):
        yield from _sources(package)
    for path, text in jsonfile.strings(descriptor):
        hidden = hidden_character(" ".join(text.splitlines()))
        ours = path[2:3] != ("dialect",) and path[:1] + path[2:] != ("sources", "title")
        if hidden is not None and ours and path not in wrong:
            message = f"holds U+{ord(hidden):04X}, which can't be seen"
            yield HIDDEN.issue(DESCRIPTOR, message, field=_dotted(path), value=text)
    yield from _schemas(package)


def _dotted(path: Path) -> str | None:
    return ".".join(map(str, path)) or None


def _by_model(descriptor: Mapping[str, Any], told: set[Path]) -> Iterator[tuple[Issue, Path]]:
    """What the model refuses, with its path; ``told`` are the paths that a misspelt property means."""
    try:
        Descriptor.model_validate(descriptor)
    except ValidationError as reason:
        for detail in reason.errors(include_url=False):
            path = detail["loc"]
            if path in told:
                continue
            rule = REQUIRED if detail["type"] in ("missing", "missing_all") else VALUE
            if path[:1] == ("resources",) and path[2:] == ("path",):
                rule = OUTSIDE
            message, hint = _words(detail)
            value = None if rule is REQUIRED else json.dumps(detail["input"])[:SHORT]
            yield rule.issue(DESCRIPTOR, message, field=_dotted(path), value=value, hint=hint), path


def _words(detail: Any) -> tuple[str, str | None]:
    """Message and hint about a value that the model refuses, in words that need no knowledge of patterns."""
    match detail["type"]:
        case "missing":
            return "is missing", None
        case "string_pattern_mismatch":
            return "doesn't have the form of this property", f"write {FORMS[detail['ctx']['pattern']]}"
        case _ if detail["input"] is None:
            return "must not be null", "give it a value, or leave it out if it isn't needed"
        case _:
            message = str(detail["msg"])
            return message[0].lower() + message[1:], None


def _misspelt(descriptor: Mapping[str, Any]) -> dict[Path, Path]:
    """Path of each unknown property, to that of the known one which it nearly is; empty where it is none."""
    meant: dict[Path, Path] = {}
    for path, known in unknown(descriptor):
        *parent, name = path
        close = difflib.get_close_matches(str(name)[:SHORT].casefold(), known, n=1, cutoff=0.8)
        meant[path] = (*parent, *close) if close else ()
    return meant


def _duplicates(resources: list[dict[str, Any]]) -> Iterator[Issue]:
    for prop in ("name", "path"):
        # There are file systems that take upper and lower case for the same.
        counts = Counter(folded(str(one[prop])) for one in resources if prop in one)
        for value in (value for value, count in counts.items() if count > 1):
            message = f"{counts[value]} resources have the same {prop}, upper and lower case aside"
            yield DUPLICATE.issue(DESCRIPTOR, message, field="resources", value=value)
    spelled: dict[str, str] = {}
    paths = (str(one.get("path")).split("/") for one in resources)
    for folder in (step for path in paths for step in accumulate(path[:-1], "{}/{}".format)):
        first = spelled.setdefault(folded(folder), folder)
        if first != folder:
            message = f"the folders {first} and {folder} differ in upper and lower case alone"
            yield DUPLICATE.issue(DESCRIPTOR, message, field="resources", value=folder)


def _paths(resources: list[dict[str, Any]], wrong: set[Path]) -> Iterator[Issue]:
    generated = {one["path"] for one in generated_resources()}
    for index, resource in enumerate(resources):
        path, form = resource.get("path"), resource.get("format")
        if not isinstance(path, str) or path in generated or ("resources", index, "path") in wrong:
            continue
        for step in (step for step in path.split("/") if step and unportable(step)):
            field = f"resources.{index}.path"
            message = f"{step!r} can't be the name of a file on Windows"
            yield OUTSIDE.issue(DESCRIPTOR, message, field=field, value=path, hint="give the file another name")
        ending = path.rpartition("/")[2].rpartition(".")[2] if "." in path else ""
        field = f"resources.{index}.format"
        if (
            isinstance(form, str)
            and ending
            and ending.lower() != form.lower()
            and ("resources", index, "format") not in wrong
        ):
            message = f"the path ends with .{ending}, which is not the format"
            yield FORMAT.issue(DESCRIPTOR, message, field=field, value=form)


def _resources(descriptor: Mapping[str, Any], wrong: set[Path]) -> Iterator[Issue]:
    """What differs from the generated resources, at places where nothing is wrong already."""
    resources = enumerate(descriptor.get("resources", ()))
    declared = {str(one.get("name")): (index, one) for index, one in resources if isinstance(one, dict)}
    missing = [one["name"] for one in generated_resources() if one["name"] not in declared]
    told = (UNDECLARED.issue(DESCRIPTOR, f"resource {name!r} is not declared", field="resources") for name in missing)
    yield from together(told, "resources likewise")
    for expected in (one for one in generated_resources() if one["name"] in declared):
        name = expected["name"]
        index, resource = declared[name]
        for prop, value in expected.items():
            path = ("resources", index, prop)
            given = resource.get(prop)
            differs = jsonfile.first_difference(given, value, _dotted(path) or "")
            if differs is not None and path not in wrong:
                inner = differs.split(".")[len(path) :]
                wanted, found = (json.dumps(jsonfile.at(one, inner), ensure_ascii=False) for one in (value, given))
                yield DIFFERS.issue(DESCRIPTOR, f"must be {wanted}", record=name, field=differs, value=found)


def _sources(package: Package) -> Iterator[Issue]:
    def wrong(message: str) -> Issue:
        return SOURCE.issue(DESCRIPTOR, message, field="sources")

    sources = listed(package.descriptor, "sources")
    coded = [one for one in sources if one.get("relation") == "coded"]
    pinned = ("bytes", "characters", "sha256")
    if len(coded) != 1:
        yield wrong(f"{len(coded)} sources have the relation coded, there must be one")
    for source in sources:
        wanted = pinned if source in coded else ()
        if [prop for prop in pinned if prop in source] != list(wanted):
            what = "must give" if wanted else "is only cited and must not give"
            yield wrong(f"source {source.get('title')!r} {what} {', '.join(pinned)}")
    article = coded_source(package.descriptor)
    size, length = article.get("bytes"), article.get("characters")
    if type(size) is int and type(length) is int and not length <= size <= 4 * length:
        yield wrong(f"a file of {size} bytes can't have {length} characters in UTF-8")


def _schemas(package: Package) -> Iterator[Issue]:
    expected = schema_files()
    files = {path: package.file(path) for path in expected}
    missing = [path for path, file in files.items() if file.missing]
    if missing:
        more = f"; of {len(expected)} schemas {len(missing)} are missing" if len(missing) > 1 else ""
        yield SCHEMA_MISSING.issue(missing[0], f"is missing{more}")
    yield from (file.problem for file in files.values() if file.problem is not None and not file.missing)
    readable = ((path, file.content) for path, file in files.items() if file.problem is None)
    differing = (_differs(path, said, expected[path]) for path, said in readable if said != expected[path])
    yield from together(differing, "schemas differ")


def _differs(path: str, content: bytes, expected: bytes) -> Issue:
    try:
        field = jsonfile.first_difference(jsonfile.parse(content), jsonfile.parse(expected))
        message = "differs from what the installed models generate"
    except ValueError as reason:
        field, message = None, str(reason)
    return SCHEMA_DIFFERS.issue(path, message, field=field)
