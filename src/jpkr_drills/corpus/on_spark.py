"""The same on Spark, 3.5 or later, whose executors see the same files. Needs the extra ``spark``.

>>> from jpkr_drills.corpus import on_spark
>>> on_spark.validate(spark, ["corpus"]).groupBy("rule").count().show()  # doctest: +SKIP
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from jpkr_drills.corpus.checking import Checked, Finding, check, find
from jpkr_drills.corpus.parquet import Collecting, Gathered, Part, gather
from jpkr_drills.frames import need

Paths = Iterable[str | os.PathLike[str]]
COLUMNS = ", ".join(f"{name} {'int' if name == 'line' else 'string'}" for name in Finding._fields)


def validate(spark: Any, paths: Paths, *, only: Collection[str] = (), ignore: Collection[str] = ()) -> Any:
    """The findings of the packages at ``paths`` as a data frame with the columns of ``Finding``, not computed yet.

    ``spark`` is a ``SparkSession``; ``only`` and ``ignore`` are as for ``corpus.validate``.
    """

    def rows(path: str) -> list[dict[str, Any]]:
        return [finding._asdict() for finding in check(path, only=only, ignore=ignore).findings]

    return _mapped(spark, list(find(paths)), rows, COLUMNS)


def collect(spark: Any, paths: Paths, out: str | os.PathLike[str], **options: Any) -> Collecting:
    """As ``corpus.collect``, with its options ``only``, ``ignore`` and ``per_part``: a task a part."""

    def rows(part: str) -> list[dict[str, Any]]:
        return [{"gathered": json.dumps(gather(Part(*json.loads(part))))}]

    with Collecting(paths, out, **options) as collecting:
        parts = [json.dumps(part) for part in collecting.parts]
        for row in _mapped(spark, parts, rows, "gathered string").collect() if parts else ():
            checked, packages, files = json.loads(row.gathered)
            known = [Checked(path, count, [Finding(*one) for one in found]) for path, count, found in checked]
            collecting.add(Gathered(known, packages, tuple(files)))
    return collecting


def _mapped(spark: Any, items: list[str], rows: Callable[[str], list[dict[str, Any]]], columns: str) -> Any:
    names = [column.split()[0] for column in columns.split(", ")]

    def mapped(batches: Iterable[Any]) -> Iterator[Any]:
        arrow = need("pyarrow", "arrow")
        kinds = [(name, arrow.int32() if name == "line" else arrow.string()) for name in names]
        for batch in batches:
            for item in batch.column(0).to_pylist():
                yield arrow.RecordBatch.from_pylist(rows(item), schema=arrow.schema(kinds))

    frame = spark.createDataFrame([(item,) for item in items], "item string")
    tasks = min(len(items), 4 * spark.sparkContext.defaultParallelism)
    return frame.repartition(max(tasks, 1)).mapInArrow(mapped, columns)
