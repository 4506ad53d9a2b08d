"""The same on Spark, 3.5 or later, whose executors see the same files. Needs the extra ``spark``.

>>> from jpkr_drills.corpus import on_spark
>>> on_spark.validate(spark, ["corpus"]).groupBy("rule").count().show()  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from jpkr_drills.corpus.checking import Finding, PathLike, Paths, check, find
from jpkr_drills.corpus.parquet import Collecting, gather

COLUMNS = ", ".join(f"{name} {'int' if name == 'line' else 'string'}" for name in Finding._fields)


def validate(spark: Any, paths: Paths, *, only: Collection[str] = (), ignore: Collection[str] = ()) -> Any:
    """The findings of the packages at ``paths`` as a data frame with the columns of ``Finding``, not computed yet.

    ``spark`` is a ``SparkSession``; ``only`` and ``ignore`` are as for ``corpus.validate``.
    """
    packages = _spread(spark, list(find(paths)))
    found = packages.flatMap(lambda path: check(path, only=only, ignore=ignore).findings)
    return spark.createDataFrame(found, COLUMNS)


def collect(spark: Any, paths: Paths, out: PathLike, **options: Any) -> Collecting:
    """As ``corpus.collect``, with its options ``only``, ``ignore`` and ``per_part``: a task a part."""
    with Collecting(paths, out, **options) as collecting:
        for gathered in _spread(spark, collecting.parts).map(gather).collect():
            collecting.add(gathered)
    return collecting


def _spread(spark: Any, items: Sequence[Any]) -> Any:
    """The items as an RDD, a few tasks for each core."""
    tasks = min(len(items), 4 * spark.sparkContext.defaultParallelism)
    return spark.sparkContext.parallelize(items, max(tasks, 1))
