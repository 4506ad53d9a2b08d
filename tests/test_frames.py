"""Frames: the same columns, types and empty cells in pandas, polars and Arrow."""

from __future__ import annotations

import importlib
import pickle
from typing import Any

import pytest

from jpkr_drills import Dataset, MissingExtra
from jpkr_drills.frames import Frame, need
from jpkr_drills.model.records import TABLES, Column, columns

pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

KINDS = {
    "to_pandas": {str: "string", int: "Int64", float: "Float64", list: "object"},
    "to_polars": {str: "String", int: "Int64", float: "Float64", list: "List(String)"},
    "to_arrow": {str: "string", int: "int64", float: "double", list: "list<item: string>"},
}
CODED = {"to_pandas": "category", "to_polars": "Enum", "to_arrow": "dictionary"}


def one_column(kind: Any, values: list[Any]) -> Frame:
    column = Column("n", "N", "A number.", "", kind if kind is not list else str, True, None, False)
    return Frame("t", {"n": column}, {"n": values}, frozenset({"n"} if kind is list else ()))


def types(frame: Any) -> dict[str, str]:
    if isinstance(frame, pandas.DataFrame):
        return {name: str(kind) for name, kind in frame.dtypes.items()}
    if isinstance(frame, polars.DataFrame):
        return {name: str(kind) for name, kind in frame.schema.items()}
    return {field.name: str(field.type) for field in frame.schema}


def values(frame: Any) -> dict[str, list[Any]]:
    if isinstance(frame, pandas.DataFrame):
        return {n: [v if isinstance(v, list) or not pandas.isna(v) else None for v in frame[n]] for n in frame}
    if isinstance(frame, polars.DataFrame):
        return frame.to_dict(as_series=False)  # type: ignore[no-any-return]
    return frame.to_pydict()  # type: ignore[no-any-return]


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_columns_stand_in_order_with_the_types_of_the_models(dataset: Dataset, table: str, method: str) -> None:
    frame = getattr(dataset.tables[table], method)()
    found = types(frame)
    assert list(found) == list(columns(table))
    for name, column in columns(table).items():
        assert found[name].startswith(CODED[method] if column.codelist else KINDS[method][column.kind])


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_values_are_those_of_the_records_and_empty_is_missing(dataset: Dataset, table: str, method: str) -> None:
    found = values(getattr(dataset.tables[table], method)())
    for name in columns(table):
        assert found[name] == [getattr(record, name) for record in dataset.tables[table]]


def test_empty_cells_are_missing_in_every_library(dataset: Dataset) -> None:
    empty = sum(place.latitude is None for place in dataset.places)
    assert empty
    assert dataset.places.to_pandas()["latitude"].isna().sum() == empty
    assert dataset.places.to_polars()["latitude"].null_count() == empty
    assert dataset.places.to_arrow()["latitude"].null_count == empty


@pytest.mark.parametrize("method", KINDS)
def test_whole_numbers_with_empty_cells_stay_whole(method: str) -> None:
    made = getattr(one_column(int, [1, None]), method)()
    assert types(made) == {"n": KINDS[method][int]}
    assert values(made) == {"n": [1, None]}


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("kind", [str, int, float, list])
def test_a_column_of_empty_cells_keeps_its_type(method: str, kind: type) -> None:
    made = getattr(one_column(kind, [[]] if kind is list else [None]), method)()
    assert types(made)["n"].startswith(KINDS[method][kind][:10])


def test_codes_are_ordered_as_in_the_codebook(dataset: Dataset) -> None:
    order = ["certain", "probable", "possible", "uncommitted"]
    categories = dataset.claims.to_pandas()["certainty"].cat
    assert (list(categories.categories), categories.ordered) == (order, True)
    assert dataset.claims.to_polars().schema["certainty"] == polars.Enum(order)
    kind = dataset.claims.to_arrow().schema.field("certainty").type
    assert kind.ordered


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("view", ["claims", "events", "mentions", "propositions"])
def test_a_view_becomes_a_frame(dataset: Dataset, method: str, view: str) -> None:
    frame = dataset.view(view)
    assert values(getattr(frame, method)()) == frame.data


def test_a_frame_is_a_sequence_of_rows(dataset: Dataset) -> None:
    frame = dataset.places.frame()
    assert len(frame) == len(dataset.places)
    assert frame[0] == dict(dataset.places[0])
    assert frame[-2:] == [dict(place) for place in dataset.places[-2:]]


@pytest.mark.parametrize("method", KINDS)
def test_codes_keep_their_leading_zeros(dataset: Dataset, method: str) -> None:
    assert "020" in values(getattr(dataset.events, method)())["cameo"]


@pytest.mark.parametrize("method", KINDS)
def test_a_join_becomes_a_frame(dataset: Dataset, method: str) -> None:
    frame = dataset.join("claim_parties")
    found = values(getattr(frame, method)())
    assert list(found) == list(frame.data)
    assert found == frame.data


@pytest.mark.parametrize(
    ("method", "library", "extra"),
    [
        ("to_pandas", "pandas", "pandas"),
        ("to_polars", "polars", "polars"),
        ("to_arrow", "pyarrow", "arrow"),
    ],
)
def test_without_the_library_the_line_that_installs_it_is_named(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, method: str, library: str, extra: str
) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(MissingExtra) as caught:
        getattr(dataset.events, method)()
    assert str(caught.value) == (f"{library} is not installed; get it with: pip install 'jpkr-drills[{extra}]'")
    assert caught.value.name == library
    assert isinstance(caught.value, ImportError)


def test_what_is_needed_and_there_is_imported() -> None:
    assert need("pandas", "pandas") is pandas


def test_the_error_of_a_missing_extra_pickles() -> None:
    error = MissingExtra("pandas", "pandas")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
