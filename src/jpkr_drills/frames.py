"""Frames: named columns with their types, on the way to pandas, polars or Arrow, and as a small table."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from jpkr_drills.issues import printable
from jpkr_drills.model.records import Column, Record, columns

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

ROWS_SHOWN = 10
"""Rows that a table shows of itself in a notebook."""
CELL_SHOWN = 100
"""Characters that it shows of a cell."""


class MissingExtra(ImportError):
    """A library that an optional part needs is not installed; the message says how to get it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"{library} is not installed; get it with: pip install 'jpkr-drills[{extra}]'", name=library)
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (str(self.name), self.extra)


def need(library: str, extra: str) -> Any:
    """Import ``library``; raises ``MissingExtra`` where it isn't installed."""
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise MissingExtra(library.partition(".")[0], extra) from error


@dataclass(frozen=True, slots=True)
class Frame(Sequence[dict[str, Any]]):
    """Rows of named columns; ``None`` stands for an empty cell. As a sequence, its rows as dictionaries.

    Attributes:
        name: what it is called.
        columns: column name to its description, in order.
        data: column name to its values, all equally many.
        lists: names of the columns whose every cell is a list.
        description: what a row is, in a sentence.
    """

    name: str
    columns: Mapping[str, Column]
    data: Mapping[str, list[Any]]
    lists: frozenset[str] = frozenset()
    description: str = ""

    @classmethod
    def of(cls, record: type[Record], records: Iterable[Record | None]) -> Frame:
        """The columns of ``records``; a ``None`` among them is a row of empty cells."""
        rows, known = list(records), columns(record.TABLE.name)
        data = {name: [getattr(row, name, None) for row in rows] for name in known}
        return cls(record.TABLE.name, known, data, description=" ".join((record.__doc__ or "").split()))

    @property
    def types(self) -> dict[str, type]:
        """Column name to the type of its values, in order."""
        return {name: list if name in self.lists else column.kind for name, column in self.columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self.data.values())))

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        return {name: values[index] for name, values in self.data.items()}

    def widened(self, other: Frame, prefix: str, without: str) -> Frame:
        """This frame with the columns of ``other`` but one behind it, each with ``prefix_`` in front.

        A name that starts with the prefix already is left as it is, unless this frame has it.
        """

        def named(name: str) -> str:
            short = name.startswith(f"{prefix}_") and name not in self.columns
            return name if short else f"{prefix}_{name}"

        names = {name: named(name) for name in other.columns if name != without}
        return Frame(
            self.name,
            {**self.columns, **{new: other.columns[old]._replace(name=new) for old, new in names.items()}},
            {**self.data, **{new: other.data[old] for old, new in names.items()}},
        )

    def to_pandas(self) -> pandas.DataFrame:
        """A ``pandas.DataFrame``: ``string``, ``Int64`` and ``Float64`` columns, ``pd.NA`` for empty.

        A coded column is an ordered ``category`` of all its codes; a column of lists holds lists.
        """
        lib = need("pandas", "pandas")
        names = {str: "string", int: "Int64", float: "Float64", list: "object"}

        def dtype(name: str, kind: type) -> Any:
            codes = self.columns[name].codelist
            return lib.CategoricalDtype(list(codes.codes), ordered=True) if codes and kind is str else names[kind]

        made: pandas.DataFrame = lib.DataFrame(
            {name: lib.Series(self.data[name], dtype=dtype(name, kind)) for name, kind in self.types.items()}
        )
        return made

    def to_polars(self) -> polars.DataFrame:
        """A ``polars.DataFrame``: ``String``, ``Int64``, ``Float64`` and ``List(String)`` columns.

        A coded column is an ``Enum`` of all its codes.
        """
        lib = need("polars", "polars")
        kinds = {str: lib.String, int: lib.Int64, float: lib.Float64, list: lib.List(lib.String)}

        def dtype(name: str, kind: type) -> Any:
            codes = self.columns[name].codelist
            return lib.Enum(list(codes.codes)) if codes and kind is str else kinds[kind]

        schema = {name: dtype(name, kind) for name, kind in self.types.items()}
        made: polars.DataFrame = lib.DataFrame(dict(self.data), schema=schema)
        return made

    def to_arrow(self) -> pyarrow.Table:  # pyright: ignore[reportUnknownParameterType]
        """A ``pyarrow.Table``: ``string``, ``int64``, ``double`` and ``list<string>`` columns.

        A coded column is an ordered dictionary of all its codes. Each field has its title and description
        in its metadata.
        """
        lib = need("pyarrow", "arrow")
        kinds = {str: lib.string(), int: lib.int64(), float: lib.float64(), list: lib.list_(lib.string())}
        arrays: list[Any] = []
        for name, kind in self.types.items():
            codes, values = self.columns[name].codelist, self.data[name]
            if codes and kind is str:
                at = {code: index for index, code in enumerate(codes.codes)}
                indices = lib.array([None if value is None else at[value] for value in values], lib.int8())
                arrays.append(lib.DictionaryArray.from_arrays(indices, list(codes.codes), ordered=True))
            else:
                arrays.append(lib.array(values, kinds[kind]))
        fields = [
            lib.field(c.name, array.type, c.nullable, {"title": c.title, "description": c.description})
            for c, array in zip(self.columns.values(), arrays, strict=True)
        ]
        made: pyarrow.Table = lib.Table.from_arrays(arrays, schema=lib.schema(fields))
        return made

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        return as_html([list(self.columns), *([row[n] for n in self.columns] for row in self[:ROWS_SHOWN])], len(self))


def as_html(rows: Sequence[Sequence[object]], count: int) -> str:
    """A small HTML table: the first of ``rows`` is its head, ``count`` how many there are in all."""
    import html  # which few need, and not to load

    def cells(row: Sequence[object], tag: str) -> str:
        return (
            f"<tr>{''.join(f'<{tag}>{html.escape(printable(text(value), CELL_SHOWN))}</{tag}>' for value in row)}</tr>"
        )

    head, *body = rows
    more = f"<p>{len(body)} of {count} rows</p>" if count > len(body) else ""
    return (
        f"<table><thead>{cells(head, 'th')}</thead><tbody>{''.join(cells(r, 'td') for r in body)}</tbody></table>{more}"
    )


def text(value: object) -> str:
    """A cell as text: empty for ``None``, a list joined by ``; ``."""
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
