"""Descriptor: what Data Package v2 knows is taken, a near-miss is an error, and model and schema agree."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers import ROOT, descriptor, write_json
from jpkr_drills.checks.witnesses import refusals
from jpkr_drills.issues import Issue
from jpkr_drills.model.descriptor import Descriptor, descriptor_schema, unknown
from jpkr_drills.validator import report

SAID = descriptor(ROOT)
Edit = Callable[[dict[str, Any]], object]


def by_model(document: object) -> bool:
    try:
        Descriptor.model_validate(document)
    except ValidationError:
        return False
    return True


def by_schema(document: object) -> bool:
    return not list(refusals(descriptor_schema(), document))


def issues(package: Path, edit: Edit) -> list[Issue]:
    said = descriptor(package)
    edit(said)
    write_json(package / "datapackage.json", said)
    found = report(package, only=["descriptor"])
    return [*found.issues, *found.advice]


def test_the_committed_descriptor_is_taken_by_both() -> None:
    assert by_model(SAID)
    assert by_schema(SAID)
    assert list(unknown(SAID)) == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda said: said.update(created="2024-05-01T00:00:00Z", image="a.png", id="urn:x", homepage="https://example.org/"),
        lambda said: said["licenses"][0].update(title="A licence", path="https://example.org/x"),
        lambda said: said.update(licenses=[{"name": "CC-BY-4.0", "path": "LICENSE.md"}]),
        lambda said: said.update(contributors=[{"title": "A", "email": "a@example.org", "organization": "B", "path": "https://a.b"}]),
        lambda said: said.update(contributors=[{"title": "A", "givenName": "A", "familyName": "B", "roles": ["x"]}]),
        lambda said: said.update(contributors=[{"givenName": "A", "familyName": "B"}, {"organization": "C"}]),
        lambda said: said.update(licenses=[{"path": "./LICENSE", "title": "Ours"}], homepage="HTTPS://[2001:db8::1]/x"),
        lambda said: said.update(description="A paragraph.\n\n" + "Another. " * 300),
        lambda said: said["sources"][0].update(email="a@example.org", version="2"),
        lambda said: said["sources"][0].update(publicationDate="2023-05/..", language="pt-BR"),
        lambda said: said.update(accepted=[{"rule": "title-of-person", "record": "norway", "reason": "So it is."}]),
        lambda said: said.update(accepted=[]),
        lambda said: said.update(keywords=["a", "A", "а", "n/a"]),
        lambda said: said.update(title="Harbour\u00a0talks, \ufe0f and café"),
    ],
)  # fmt: skip
def test_what_is_known_is_taken(package: Path, edit: Edit) -> None:
    assert [one for one in issues(package, edit) if one.rule != "accepted-unused"] == []


@pytest.mark.parametrize(
    ("edit", "field", "meant"),
    [
        (lambda said: said.update(licences=[]), "licences", "licenses"),
        (lambda said: said.update(Title="x"), "Title", "title"),
        (lambda said: said.update(contributers=[]), "contributers", "contributors"),
        (lambda said: said["sources"][0].update(sha265="0"), "sources.0.sha265", "sha256"),
        (lambda said: said["licenses"][0].update(nam="x"), "licenses.0.nam", "name"),
        (lambda said: said["resources"][0].update(discription="x"), "resources.0.discription", "description"),
        (lambda said: said.update(contributors=[{"title": "A", "organisation": "x"}]), "contributors.0.organisation", "organization"),
    ],
)  # fmt: skip
def test_a_near_miss_of_a_known_property_is_an_error(package: Path, edit: Edit, field: str, meant: str) -> None:
    (issue,) = issues(package, edit)
    assert (issue.rule, issue.level, issue.field) == ("descriptor-unknown-property", "error", field)
    assert issue.hint == f"did you mean {meant}?"


def test_a_property_that_is_misspelt_is_not_missing_too(package: Path) -> None:
    (issue,) = issues(package, lambda said: said.update(licences=said.pop("licenses")))
    assert issue.rule == "descriptor-unknown-property"


@pytest.mark.parametrize("name", ["funding", "x-note", "views", "profile", "rights"])
def test_any_other_property_is_advice(package: Path, name: str) -> None:
    (issue,) = issues(package, lambda said: said.update({name: {"a": 1}}))
    assert (issue.rule, issue.level, issue.field) == ("descriptor-other-property", "advice", name)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 1.0),
        (("name",), "two words"),
        (("title",), ""),
        (("title",), None),
        (("homepage",), None),
        (("contributors",), None),
        (("keywords",), []),
        (("licenses", 0, "path"), "file:///x"),
        (("sources", 0, "bytes"), 1.0),
        (("sources", 0, "bytes"), True),
        (("sources", 0, "language"), "English"),
        (("sources", 0, "language"), None),
        (("resources", 0, "bytes"), -1),
        (("accepted",), [{"rule": "x", "record": "y"}]),
        (("accepted",), None),
        (("accepted", 0), {"rule": "x", "record": "y", "reason": ""}),
    ],
)
def test_model_and_schema_refuse_the_same_and_name_the_place(
    package: Path, path: tuple[str | int, ...], value: object
) -> None:
    def edit(said: dict[str, Any]) -> None:
        said["accepted"] = [{}] if path[:2] == ("accepted", 0) else []
        place: Any = said
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    document = copy.deepcopy(SAID)
    edit(document)
    assert not by_schema(document)
    assert not by_model(document)
    field = ".".join(map(str, path))
    found = [one for one in issues(package, edit) if one.level == "error"]
    assert len(found) == 1
    assert str(found[0].field).startswith(field)


def test_a_number_for_a_truth_is_one_issue_of_one_engine(package: Path) -> None:
    """Model and schema leave the dialect to the comparison with what is generated."""
    found = issues(package, lambda said: said["resources"][0]["dialect"].update(doubleQuote=1))
    assert [(one.rule, one.field) for one in found] == [("resource-differs", "resources.0.dialect.doubleQuote")]
    said = descriptor(package)
    assert by_model(said) is by_schema(said)


_VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.0, 10**30, "", "x", " x", "x\n", [], {}, [None], ["x"], [{}], "https://a.b"]
)


@st.composite
def _documents(draw: st.DrawFn) -> Any:
    document = copy.deepcopy(SAID)
    document["contributors"] = [{"title": "A", "roles": ["x"]}]
    document["accepted"] = [{"rule": "a", "record": "b", "reason": "c"}]
    part = draw(st.sampled_from([None, "licenses", "sources", "contributors", "resources", "accepted"]))
    place = document if part is None else document[part][0]
    known = st.sampled_from([*place, "path", "title", "homepage", "email", "record", "language"])
    name = draw(known)
    if draw(st.booleans()) and name in place:
        del place[name]
    else:
        place[name] = draw(_VALUES)
    return document


@given(_documents())
def test_model_and_schema_agree(document: Any) -> None:
    assert by_model(document) is by_schema(document)
