"""The user's copy of the article, as commands take it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from psfacts.article.copy import Copy

ARTICLE_VARIABLE = "PSFACTS_ARTICLE"

Article = Annotated[
    list[Path] | None,
    typer.Option(
        "--article",
        metavar="FILE",
        envvar=ARTICLE_VARIABLE,
        help="Your own copy of the article, as plain text in UTF-8; once for each article.",
        show_default=False,
    ),
]


def copies_of(paths: Sequence[Path] | None) -> list[Copy]:
    """Read the copies in ``paths``. Raises InvalidError where one cannot be read."""
    from psfacts.article.copy import Copy
    from psfacts.article.text import read

    return [Copy(read(path)) for path in paths or ()]
