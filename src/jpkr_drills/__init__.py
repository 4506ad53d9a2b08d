"""jpkr-drills: parties, events and claims of one news article, as tables that can be checked.

>>> from jpkr_drills import load, validate
>>> dataset = load()
>>> dataset.events["drills-suspension"].date
'2016'

Importing this package imports nothing but itself; pydantic comes with the first record, frictionless
and jsonschema with the first ``validate``, a data-frame library with the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "1.0.0"

if TYPE_CHECKING:
    from jpkr_drills.dataset import Dataset as Dataset
    from jpkr_drills.dataset import Table as Table
    from jpkr_drills.frames import MissingExtra as MissingExtra
    from jpkr_drills.issues import Issue as Issue
    from jpkr_drills.loader import InvalidPackage as InvalidPackage
    from jpkr_drills.loader import load as load
    from jpkr_drills.validator import validate as validate

_HOMES = {
    "Dataset": "dataset",
    "Table": "dataset",
    "MissingExtra": "frames",
    "Issue": "issues",
    "InvalidPackage": "loader",
    "load": "loader",
    "validate": "validator",
}
__all__ = ["Dataset", "InvalidPackage", "Issue", "MissingExtra", "Table", "load", "validate"]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import gc
    from importlib import import_module

    collecting = gc.isenabled()
    gc.disable()  # imports leave no garbage, and looking for it takes a tenth of their time
    try:
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    finally:
        if collecting:
            gc.enable()
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
