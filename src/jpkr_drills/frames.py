"""Frames: columns with their types, on the way to pandas, polars or Arrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jpkr_drills.cells import columns
from jpkr_drills.models import Record


class MissingExtra(ImportError):
    """A library that an optional part needs is not installed; the message says how to get it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(
            f"{library} is not installed; get it with: pip install 'jpkr-drills[{extra}]'", name=library
        )
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (str(self.name), self.extra)


def need(library: str, extra: str) -> Any:
    """Import ``library``; raises ``MissingExtra`` where it isn't installed."""
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise MissingExtra(library, extra) from error


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of equal length, each with one type; ``None`` stands for an empty cell."""

    types: Mapping[str, type[str] | type[int] | type[float]]
    data: Mapping[str, list[Any]]

    @classmethod
    def of(cls, record: type[Record], records: Iterable[Record | None]) -> Frame:
        """The columns of ``records``; a ``None`` among them is a row of empty cells."""
        rows = list(records)
        types = columns(record.TABLE.name)
        return cls(types, {name: [getattr(row, name, None) for row in rows] for name in types})

    def widened(self, other: Frame, prefix: str, without: str) -> Frame:
        """This frame with the columns of ``other`` but one behind it, each with ``prefix_`` in front.

        A name that starts with the prefix already is left as it is, unless this frame has it.
        """

        def named(name: str) -> str:
            short = name.startswith(f"{prefix}_") and name not in self.types
            return name if short else f"{prefix}_{name}"

        names = {name: named(name) for name in other.types if name != without}
        return Frame(
            {**self.types, **{new: other.types[old] for old, new in names.items()}},
            {**self.data, **{new: other.data[old] for old, new in names.items()}},
        )

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``: ``string``, ``Int64`` and ``Float64`` columns, ``pd.NA`` for empty."""
        pandas = need("pandas", "pandas")
        names = {str: "string", int: "Int64", float: "Float64"}
        return pandas.DataFrame(
            {name: pandas.array(self.data[name], dtype=names[kind]) for name, kind in self.types.items()}
        )

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``: ``String``, ``Int64`` and ``Float64`` columns."""
        polars = need("polars", "polars")
        kinds = {str: polars.String, int: polars.Int64, float: polars.Float64}
        return polars.DataFrame(
            dict(self.data), schema={name: kinds[kind] for name, kind in self.types.items()}
        )

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``: ``string``, ``int64`` and ``double`` columns."""
        arrow = need("pyarrow", "arrow")
        kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
        return arrow.table(
            {name: arrow.array(self.data[name], kinds[kind]) for name, kind in self.types.items()}
        )
