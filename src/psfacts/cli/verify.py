"""``psfacts verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.article import ARTICLE_VARIABLE, copy_of
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape
from psfacts.cli.progress import progress

FOUND = 6
"""Exit code where verify ran and found something."""


def verify(
    article: Annotated[
        Path,
        typer.Argument(
            metavar="ARTICLE",
            help="Your own copy of the article, as plain text in UTF-8.",
            envvar=ARTICLE_VARIABLE,
            show_envvar=False,
        ),
    ],
    every: Annotated[
        bool, typer.Option("--all", help="Show every check of every fact, not only what was found.")
    ] = False,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Hold every fact and erratum against your copy of the article.

    Shows that the cited words, numbers, dates and names stand where the facts say; not that the article is right, nor
    that the facts read it rightly. Exits with 0 where all holds, 6 where something was found, 4 where the file is no
    copy of the article.

    Examples:
      psfacts verify article.txt
      psfacts verify article.txt --all
      psfacts verify article.txt --json | jq '.facts[] | select(.status != "ok")'

    """
    from psfacts import load
    from psfacts.answers.verify import verify as verified

    store, copy = load(data), copy_of(article)
    assert copy  # noqa: S101 -- the argument is required
    with progress("Verifying") as tell:
        found = verified(copy, tell, store=store)
    return Reply(found, shape(form, json), color, exit_code=0 if found.ok else FOUND, details=every)
