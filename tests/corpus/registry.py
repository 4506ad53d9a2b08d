"""The register of defects: a name for each, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.draft import Draft

Spoil = Callable[[Draft], object]
Named = Callable[[Draft], None]
Base = Literal["bundled", "synthetic"]


@dataclass(frozen=True)
class Mutation:
    """A defect: how to make it, of which good package, and whether to seal the package again.

    ``article``: whether it shows only beside the article's text, which the synthetic package has.
    """

    spoil: Spoil
    base: Base
    sealed: bool
    article: bool

    def apply(self, good: Path, root: Path, article: Path) -> Draft:
        """A copy of the ``good`` package at ``root``, with the defect."""
        draft = Draft(good, root, article if self.article else None)
        self.spoil(draft)
        draft.finish(sealed=self.sealed)
        return draft


MUTATIONS: dict[str, Mutation] = {}
"""Name of the defect to its mutation."""


def register(
    name: str,
    spoil: Spoil,
    *,
    base: Base = "bundled",
    sealed: bool = True,
    article: bool = False,
) -> None:
    """Note a defect under its name."""
    assert name not in MUTATIONS, f"two defects are called {name}"
    MUTATIONS[name] = Mutation(spoil, base, sealed, article)


def _named(spoil: Named) -> str:
    return spoil.__name__.strip("_").replace("_", "-")


def defect(spoil: Named) -> Named:
    """A defect of the bundled package, named after its function; only it remains in the end."""
    register(_named(spoil), spoil)
    return spoil


def unsealed(spoil: Named) -> Named:
    """A defect that leaves hashes, sizes and ``data/dataset.json`` as they were."""
    register(_named(spoil), spoil, sealed=False)
    return spoil


def synthetic(spoil: Named) -> Named:
    """A defect of the synthetic package."""
    register(_named(spoil), spoil, base="synthetic")
    return spoil


def beside_article(spoil: Named) -> Named:
    """A defect of the synthetic package, to be looked for with its article at hand."""
    register(_named(spoil), spoil, base="synthetic", article=True)
    return spoil
