"""New: a package for another article, ready for a coder; ``steps.md`` beside this module becomes its README."""

from __future__ import annotations

import os
import pkgutil
import re
import secrets
import shutil
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

from jpkr_drills import __version__, jsonfile
from jpkr_drills.build import build, writing
from jpkr_drills.coding import sheet, span
from jpkr_drills.coding.article import Article
from jpkr_drills.model.descriptor import PROFILE, RESOURCE_PROFILE
from jpkr_drills.model.records import TABLES, codelists, columns
from jpkr_drills.package.files import CODEBOOK, DESCRIPTOR
from jpkr_drills.text import hidden_character


class Started(NamedTuple):
    """What was found out about the article."""

    title: str
    language: str
    sentences: int


def start(path: str | os.PathLike[str], article: Article, *, language: str | None = None) -> Started:
    """Make a package for ``article`` in the folder ``path``, complete but for the coder's tables.

    ``language`` is a tag of BCP 47, such as ``de`` or ``pt-BR``; without it the text's language is looked for.
    Needs the extra ``new``.

    Raises:
        FileExistsError: the folder has something in it, or is a file.
        ValueError: ``language`` is no tag of BCP 47.
    """
    root = Path(path).absolute()
    if root.is_file() or (root.is_dir() and any(root.iterdir())):
        raise FileExistsError(f"{path} exists and isn't an empty folder: give another name")
    language = language or article.language()
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language):
        raise ValueError(f"{language!r} is no language tag, such as en, de or pt-BR")
    sentences = article.sentences(language)
    headline = " ".join(article.text[one.start : one.end] for one in sentences if one.paragraph == 0)
    seen = "".join(char for char in " ".join(headline.split()) if hidden_character(char) is None)
    title = seen[:1000].strip() or Path(article.name).stem
    rows = {"segments": [span.segment_row(one, article.text) for one in sentences]}
    contents = {
        record.TABLE.path: sheet.content(table, list(columns(table)), rows.get(table, ()))
        for table, record in TABLES.items()
    }
    contents[CODEBOOK] = _codebook().encode()
    steps = (pkgutil.get_data("jpkr_drills.coding", "steps.md") or b"").decode()
    contents["README.md"] = steps.replace("{title}", title, 1).encode()
    # Hashes are of these bytes: git on Windows would write other line ends.
    contents[".gitattributes"] = b"".join(
        b"%s text=auto eol=lf\n" % one for one in (b"data/**", b"schemas/**", b"*.json")
    )
    contents[DESCRIPTOR] = jsonfile.render(_descriptor(root, title, language, article))
    scratch = (root if root.exists() else root.parent) / f"{writing.SCRATCH}{secrets.token_hex(8)}"
    try:
        scratch.mkdir(parents=True)
        writing.replace(scratch, contents)
        build(scratch)
        if root.exists():
            for one in scratch.iterdir():
                one.rename(root / one.name)
        else:
            scratch.rename(root)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Started(title, language, len(sentences))


def _descriptor(root: Path, title: str, language: str, article: Article) -> dict[str, Any]:
    folder = unicodedata.normalize("NFKD", root.name.casefold()).encode("ascii", "ignore").decode()
    name = "-".join(re.findall("[a-z0-9]+", folder))[:100].strip("-")
    return {
        "$schema": PROFILE,
        "name": name or f"article-{article.sha256[:8]}",
        "title": f"{title}: parties, events and claims",
        "description": "What one news article asserts, who it says asserts it, and how firmly, as tables that "
        "point to its words. Nothing is checked against the world.",
        "version": "0.1.0",
        "keywords": ["event data", "claims", "attribution"],
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [
            {
                "title": title,
                "relation": "coded",
                "sha256": article.sha256,
                "bytes": len(article.content),
                "characters": len(article.text),
                "language": language,
            }
        ],
        "resources": [
            {
                "$schema": RESOURCE_PROFILE,
                "name": "codebook",
                "path": CODEBOOK,
                "title": "Codebook",
                "format": "md",
                "mediatype": "text/markdown",
                "encoding": "utf-8",
            }
        ],
    }


def _codebook() -> str:
    """A short codebook: what each table holds and what each code means, in blocks that ``build`` keeps up to date."""
    parts = [
        "# Codebook\n\nThe tables say what one article asserts, who it says asserts it, and how firmly: from the text "
        "only, an empty cell where the text doesn't say. This page lists columns and codes. How to decide "
        f"between them (what is one claim, whose voice, which status) is in the full codebook of jpkr-drills {__version__}, "
        "`data/CODEBOOK.md` there.\n"
    ]
    for table, record in TABLES.items():
        if table == "codes":
            continue
        parts.append(f"## {table}\n\n{record.about()}\n\n<!-- generated: fields {table} -->\n<!-- end -->\n")
        parts += [
            f"<!-- generated: codes {name} -->\n<!-- end -->\n" for name, (of, _) in codelists().items() if of == table
        ]
    return "\n".join(parts)
