"""Markdown: the same reading as the page, for people without a browser and for pull requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import Source
from jpkr_drills.export.account import filled

_MARK = re.compile(r"(?=[\\`*_\[\]<>|~&#$])|^(?=[-+=])|^[0-9]+(?=[.)](?: |$))")
"""What stands in front of a mark: nothing, or the number of a list's item."""


def contents(source: Source) -> dict[str, bytes]:
    """The reading as the one file of this export."""
    return {source.name: render(source.dataset, source.coded).encode()}


def render(dataset: Dataset, source: Mapping[str, Any] | None = None) -> str:
    """The reading of a dataset as GitHub's Markdown; ``source`` as for the page.

    Every text from the package stands as it is: what Markdown would take for marks is escaped. Raises
    ``MissingExtra`` without jinja2.
    """
    return filled("reading.md", dataset, source, finalize=_plain)


def _plain(value: Any) -> Any:
    """A value with its marks escaped; what macros give counts as finished, and is let through."""
    from markupsafe import Markup

    return value if hasattr(value, "__html__") else Markup(_MARK.sub(r"\g<0>\\", str(value)))  # noqa: S704
