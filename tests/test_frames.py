"""Frames: the same columns, types and empty cells in pandas, polars and Arrow."""

from __future__ import annotations

import importlib
import pickle
from typing import Any

import pytest

from jpkr_drills import Dataset, MissingExtra
from jpkr_drills.cells import columns
from jpkr_drills.frames import Frame, need
from jpkr_drills.models import TABLES

pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

KINDS = {
    "to_pandas": {str: "string", int: "Int64", float: "Float64"},
    "to_polars": {str: "String", int: "Int64", float: "Float64"},
    "to_arrow": {str: "string", int: "int64", float: "double"},
}


def types(frame: Any) -> dict[str, str]:
    if isinstance(frame, pandas.DataFrame):
        return {name: str(kind) for name, kind in frame.dtypes.items()}
    if isinstance(frame, polars.DataFrame):
        return {name: str(kind) for name, kind in frame.schema.items()}
    return {field.name: str(field.type) for field in frame.schema}


def values(frame: Any) -> dict[str, list[Any]]:
    if isinstance(frame, pandas.DataFrame):
        return {name: [None if value is pandas.NA else value for value in frame[name]] for name in frame}
    if isinstance(frame, polars.DataFrame):
        return frame.to_dict(as_series=False)  # type: ignore[no-any-return]
    return frame.to_pydict()  # type: ignore[no-any-return]


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_columns_stand_in_order_with_the_types_of_the_models(
    dataset: Dataset, table: str, method: str
) -> None:
    frame = getattr(dataset.tables[table], method)()
    expected = {name: KINDS[method][kind] for name, kind in columns(table).items()}
    assert list(types(frame).items()) == list(expected.items())


@pytest.mark.parametrize("method", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_values_are_those_of_the_records_and_empty_is_missing(
    dataset: Dataset, table: str, method: str
) -> None:
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
    frame = Frame({"n": int}, {"n": [1, None]})
    made = getattr(frame, method)()
    assert types(made) == {"n": KINDS[method][int]}
    assert values(made) == {"n": [1, None]}


@pytest.mark.parametrize("method", KINDS)
def test_a_column_of_empty_cells_keeps_its_type(method: str) -> None:
    frame = Frame({"n": int, "s": str, "f": float}, {"n": [None], "s": [None], "f": [None]})
    assert types(getattr(frame, method)()) == {
        name: KINDS[method][kind] for name, kind in frame.types.items()
    }


@pytest.mark.parametrize("method", KINDS)
def test_codes_keep_their_leading_zeros(dataset: Dataset, method: str) -> None:
    assert "042" in values(getattr(dataset.events, method)())["cameo"]


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
    assert str(caught.value) == (
        f"{library} is not installed; get it with: pip install 'jpkr-drills[{extra}]'"
    )
    assert caught.value.name == library
    assert isinstance(caught.value, ImportError)


def test_what_is_needed_and_there_is_imported() -> None:
    assert need("pandas", "pandas") is pandas


def test_the_error_of_a_missing_extra_pickles() -> None:
    error = MissingExtra("pandas", "pandas")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
