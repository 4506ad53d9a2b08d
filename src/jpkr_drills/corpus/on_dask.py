"""The same on Dask, on this machine or a cluster that sees the same files. Needs the extra ``dask``.

>>> from jpkr_drills.corpus import on_dask
>>> findings = on_dask.validate(["corpus"]).to_dataframe()  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from operator import attrgetter
from typing import Any

from jpkr_drills.corpus.checking import PathLike, Paths, check, find
from jpkr_drills.corpus.parquet import Collecting, gather
from jpkr_drills.frames import need


def validate(
    paths: Paths, *, only: Collection[str] = (), ignore: Collection[str] = (), partition_size: int = 50
) -> Any:
    """The findings of the packages at ``paths`` as a ``dask.bag.Bag`` of ``Finding``, not computed yet.

    ``only`` and ``ignore`` are as for ``corpus.validate``; raises ``MissingExtra`` without Dask.
    """
    bag = need("dask.bag", "dask").from_sequence(list(find(paths)), partition_size=partition_size)
    return bag.map(partial(check, only=only, ignore=ignore)).map(attrgetter("findings")).flatten()


def collect(paths: Paths, out: PathLike, **options: Any) -> Collecting:
    """As ``corpus.collect``, with its options ``only``, ``ignore`` and ``per_part``: a task a part."""
    dask = need("dask.bag", "dask")
    with Collecting(paths, out, **options) as collecting:
        parts = collecting.parts
        for gathered in dask.from_sequence(parts, partition_size=1).map(gather).compute() if parts else ():
            collecting.add(gathered)
    return collecting
