"""Every defect of the corpus, by name."""

from corpus import (
    of_advice,
    of_agreement,
    of_article,
    of_bytes,
    of_cells,
    of_descriptor,
    of_files,
    of_keys,
    of_meaning,
)
from corpus.registry import MUTATIONS, Mutation

__all__ = ["HOMES", "MUTATIONS", "Mutation"]

HOMES = (of_descriptor, of_files, of_bytes, of_cells, of_keys, of_meaning, of_advice, of_agreement, of_article)
"""The modules that register them."""
