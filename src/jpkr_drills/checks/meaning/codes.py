"""Rules about the codebook's codes."""

from __future__ import annotations

from collections.abc import Iterator

from jpkr_drills import models as m
from jpkr_drills.checks.meaning.coding import Coding, Found, gist, rule


@rule("codelist-known")
def _codelist_known(coding: Coding) -> Iterator[Found]:
    known = m.codelists()
    for entry in coding.of(m.CodeEntry):
        if entry.codelist not in known:
            yield Found(entry, "codelist", "is no enumerated column")


@rule("code-known")
def _code_known(coding: Coding) -> Iterator[Found]:
    known = m.codelists()
    for entry in coding.of(m.CodeEntry):
        if entry.codelist in known and entry.code not in known[entry.codelist].codes:
            yield Found(entry, "code", f"is no code of {entry.codelist}")


@rule("codes-complete", m.CodeEntry)
def _codes_complete(coding: Coding) -> Iterator[Found]:
    entries = coding.of(m.CodeEntry)
    if not entries:
        yield Found(m.CodeEntry, "", "defines no code at all")
        return
    defined = {(entry.codelist, entry.code) for entry in entries}
    for codelist, column in m.codelists().items():
        missing = [code for code in column.codes if (codelist, code) not in defined]
        if missing:
            near = next((one for one in entries if one.codelist == codelist), entries[-1])
            yield Found(near, "codelist", f"{codelist} lacks the code {', '.join(missing)}")


@rule("codes-told-apart")
def _codes_told_apart(coding: Coding) -> Iterator[Found]:
    for field in ("title", "definition"):
        seen: dict[tuple[str, tuple[str, ...]], str] = {}
        for entry in coding.of(m.CodeEntry):
            what = (entry.codelist, gist(getattr(entry, field)))
            if what in seen:
                yield Found(entry, field, f"{seen[what]} has the same")
            seen.setdefault(what, entry.code)
