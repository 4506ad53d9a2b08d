"""Progress: on a terminal a bar, and the first finding of each cause when it is found."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from jpkr_drills.corpus.checking import Finding


class Progress:
    """Says on stderr how far a run is; without a terminal, or without tqdm, it only names findings."""

    def __init__(self, total: int) -> None:
        self._bar: Any = None
        if sys.stderr.isatty():
            try:
                from tqdm import tqdm
            except ImportError:
                return
            self._bar = tqdm(total=total, unit=" packages", smoothing=0.1)

    def step(self, new: Iterable[Finding]) -> None:
        """A package is done; ``new`` are the findings to name."""
        for finding in new:
            say = self._bar.write if self._bar else print
            say(str(finding), file=sys.stderr)
        if self._bar:
            self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.close()
