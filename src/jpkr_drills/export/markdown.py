"""Markdown: the same reading as the page, for people without a browser and for pull requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jpkr_drills.dataset import Dataset
from jpkr_drills.export import MARK, Source
from jpkr_drills.export.account import Account, environment
from jpkr_drills.package import coded_source

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]|^[-+=]|^[0-9]+(?=[.)](?: |$))")


def contents(source: Source) -> dict[str, bytes]:
    """The reading as the one file of this export."""
    return {source.name: render(source.dataset, coded_source(source.descriptor)).encode()}


def render(dataset: Dataset, source: Mapping[str, Any] | None = None) -> str:
    """The reading of a dataset as GitHub's Markdown; ``source`` as for the page.

    Every text from the package stands as it is: what Markdown would take for marks is escaped. Raises
    ``MissingExtra`` without jinja2.
    """
    # What macros give counts as finished, and is let through.
    template = environment(finalize=_plain).get_template("reading.md")
    text: str = template.render(a=Account(dataset, source), d=dataset, mark=MARK)
    return text


def _plain(value: Any) -> Any:
    from markupsafe import Markup

    return value if hasattr(value, "__html__") else Markup(_SPECIAL.sub(_escaped, str(value)))  # noqa: S704


def _escaped(found: re.Match[str]) -> str:
    text = found.group()
    return f"{text}\\" if text.isdigit() else f"\\{text}"
