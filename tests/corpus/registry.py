"""The register of defects: a name for each, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.draft import Draft

Spoil = Callable[[Draft], object]


@dataclass(frozen=True)
class Mutation:
    """A defect: how to make it, and whether to seal the package again.

    ``article``: whether it shows only beside the article's text.
    """

    spoil: Spoil
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


def register(name: str, spoil: Spoil, *, sealed: bool = True, article: bool = False) -> None:
    """Note a defect under its name; unless it isn't sealed, only it remains in the end."""
    assert name not in MUTATIONS, f"two defects are called {name}"
    MUTATIONS[name] = Mutation(spoil, sealed, article)


def register_all(defects: Mapping[str, Spoil], *, sealed: bool = True, article: bool = False) -> None:
    """Note many defects, by their names."""
    for name, spoil in defects.items():
        register(name, spoil, sealed=sealed, article=article)


def _named(spoil: Spoil) -> str:
    return str(getattr(spoil, "__name__", "")).strip("_").replace("_", "-")


def defect(spoil: Spoil) -> Spoil:
    """A defect named after its function; only it remains in the end."""
    register(_named(spoil), spoil)
    return spoil


def unsealed(spoil: Spoil) -> Spoil:
    """A defect that leaves hashes, sizes and ``data/dataset.json`` as they were."""
    register(_named(spoil), spoil, sealed=False)
    return spoil


def beside_article(spoil: Spoil) -> Spoil:
    """A defect to be looked for with the article at hand."""
    register(_named(spoil), spoil, article=True)
    return spoil
