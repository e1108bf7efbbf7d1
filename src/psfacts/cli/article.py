"""The user's copy of the article, as commands take it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from psfacts.article.copy import Copy

ARTICLE_VARIABLE = "PSFACTS_ARTICLE"

Article = Annotated[
    Path | None,
    typer.Option(
        "--article",
        metavar="FILE",
        envvar=ARTICLE_VARIABLE,
        help="Your own copy of the article, as plain text in UTF-8.",
        show_default=False,
    ),
]


def copy_of(path: Path | None) -> Copy | None:
    """Read the copy in ``path``, if there is one. Raises InvalidError where it cannot be read."""
    if path is None:
        return None
    from psfacts.article.copy import Copy
    from psfacts.article.text import read

    return Copy(read(path))
