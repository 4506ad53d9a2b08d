"""No network: nothing is ever fetched, whatever a descriptor names."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import NoReturn

import pytest

from helpers import descriptor, rules, write_json
from jpkr_drills import load, validate
from jpkr_drills.build import CannotBuild, build

URL = "https://example.org/claims.csv"


@pytest.fixture(autouse=True)
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every attempt at a connection; each fails, and is remembered where the error is swallowed."""
    made: list[str] = []

    def refuse(*arguments: object, **_: object) -> NoReturn:
        made.append(str(arguments))
        raise AssertionError("tried to use the network")

    monkeypatch.setattr(socket, "socket", type("Refused", (socket.socket,), {"__init__": refuse}))
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return made


def test_the_guard_sees_an_attempt(attempts: list[str]) -> None:
    import urllib.request

    with pytest.raises(AssertionError, match="network"):
        urllib.request.urlopen(URL)
    assert attempts


def test_a_package_is_validated_and_loaded_without_network(attempts: list[str]) -> None:
    assert validate() == []
    assert load().claims
    assert attempts == []


@pytest.mark.parametrize("url", [URL, "http://example.org/x", "ftp://example.org/x", "//example.org/x"])
def test_a_remote_path_is_refused_and_not_fetched(package: Path, attempts: list[str], url: str) -> None:
    said = descriptor(package)
    said["resources"][0]["path"] = url
    write_json(package / "datapackage.json", said)
    assert "resource-path" in rules(validate(package))
    assert attempts == []


def test_a_remote_resource_of_the_author_is_neither_validated_nor_built(package: Path, attempts: list[str]) -> None:
    said = descriptor(package)
    said["resources"].append({"name": "more", "path": URL})
    write_json(package / "datapackage.json", said)
    assert "resource-path" in rules(validate(package))
    with pytest.raises(CannotBuild):
        build(package)
    assert attempts == []


@pytest.mark.parametrize("take", [validate, load])
def test_a_url_is_no_path(attempts: list[str], take: object) -> None:
    assert callable(take)
    with pytest.raises(FileNotFoundError):
        take("https://example.org/datapackage.json")
    assert attempts == []
