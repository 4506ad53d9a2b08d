"""The targets of the fuzzer: they take their seeds and what is near them, and tell what fails."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fuzz.fuzz_package import TARGETS, Keeper, seeds

NEAR = 20
"""Inputs made of each seed."""


def _near(seed: bytes) -> Iterator[bytes]:
    """The seed, and the seed with some bytes changed, put in, taken out or cut off."""
    yield seed
    chance = random.Random(0)  # noqa: S311 -- no secret
    for _ in range(NEAR):
        changed = bytearray(seed)
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(1, len(changed))
            changed[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 4))
        yield bytes(changed if chance.random() < 0.9 else changed[: chance.randint(0, len(changed))])


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_what_is_near_them(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "work").mkdir()
    keeper = Keeper(TARGETS[name](tmp_path / "work"), tmp_path)
    for seed in seeds(name):
        for content in _near(seed):
            keeper(content)
    assert keeper.known == set(), capsys.readouterr().out


def test_a_failure_is_told_once_and_its_input_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(content: bytes) -> None:
        raise RuntimeError(content.decode())

    keeper = Keeper(fail, tmp_path)
    keeper(b"one")
    keeper(b"two")
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == b"one"
    assert capsys.readouterr().out.count("FOUND RuntimeError at test_fuzz.py:") == 1
