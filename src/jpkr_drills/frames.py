"""Frames: named columns with their types, on the way to pandas, polars or Arrow, and as a small table."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, overload

from jpkr_drills.issues import printable
from jpkr_drills.model.records import Column, Record, columns

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


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


@dataclass(frozen=True, slots=True, repr=False)
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
        return cls(record.TABLE.name, known, data, description=record.about())

    @property
    def types(self) -> dict[str, type]:
        """Column name to the type of its values, in order."""
        return {name: list if name in self.lists else column.kind for name, column in self.columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self.data.values())))

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} rows, {len(self.columns)} columns>"

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        return {name: values[index] for name, values in self.data.items()}

    def _kinds(self, kinds: Mapping[type, Any], coded: Callable[[list[str]], Any]) -> dict[str, Any]:
        """Column name to what a library calls its type: that of ``kinds``, or what ``coded`` makes of its codes."""
        types = self.types
        return {
            name: coded(list(column.codelist.codes)) if column.codelist else kinds[types[name]]
            for name, column in self.columns.items()
        }

    def to_pandas(self) -> pandas.DataFrame:
        """A ``pandas.DataFrame``: ``string``, ``Int64`` and ``Float64`` columns, ``pd.NA`` for empty.

        A coded column is an ordered ``category`` of all its codes; a column of lists holds lists.
        """
        lib = need("pandas", "pandas")
        names = {str: "string", int: "Int64", float: "Float64", list: "object"}
        kinds = self._kinds(names, partial(lib.CategoricalDtype, ordered=True))
        made: pandas.DataFrame = lib.DataFrame(
            {name: lib.Series(self.data[name], dtype=kind) for name, kind in kinds.items()}
        )
        return made

    def to_polars(self) -> polars.DataFrame:
        """A ``polars.DataFrame``: ``String``, ``Int64``, ``Float64`` and ``List(String)`` columns.

        A coded column is an ``Enum`` of all its codes.
        """
        lib = need("polars", "polars")
        kinds = {str: lib.String, int: lib.Int64, float: lib.Float64, list: lib.List(lib.String)}
        made: polars.DataFrame = lib.DataFrame(dict(self.data), schema=self._kinds(kinds, lib.Enum))
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
            codelist, values = self.columns[name].codelist, self.data[name]
            if codelist:
                at = {code: index for index, code in enumerate(codelist.codes)}
                indices = lib.array([None if value is None else at[value] for value in values], lib.int8())
                arrays.append(lib.DictionaryArray.from_arrays(indices, list(codelist.codes), ordered=True))
            else:
                arrays.append(lib.array(values, kinds[kind]))
        fields = [
            lib.field(c.name, array.type, c.nullable, {"title": c.title, "description": c.description})
            for c, array in zip(self.columns.values(), arrays, strict=True)
        ]
        return lib.Table.from_arrays(arrays, schema=lib.schema(fields))

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        return as_html([list(self.columns), *(list(row.values()) for row in self[:10])], len(self))


def as_html(rows: Sequence[Sequence[object]], count: int) -> str:
    """A small HTML table: the first of ``rows`` is its head, ``count`` how many there are in all."""
    import html  # which few need, and not to load

    def shown(row: Sequence[object], tag: str) -> str:
        cells = (html.escape(printable(text(value), 100)) for value in row)
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    head, *body = rows
    lines = "".join(shown(row, "td") for row in body)
    more = f"<p>{len(body)} of {count} rows</p>" if count > len(body) else ""
    return f"<table><thead>{shown(head, 'th')}</thead><tbody>{lines}</tbody></table>{more}"


def text(value: object) -> str:
    """A cell as text: empty for ``None``, a list joined by ``; ``."""
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
