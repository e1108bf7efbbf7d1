"""``psfacts verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.article import ARTICLE_VARIABLE, copies_of
from psfacts.cli.command import Group, command
from psfacts.cli.options import COMMON, Options
from psfacts.cli.output import AnswerOutput
from psfacts.cli.progress import progress

FOUND = 6
"""Exit code where verify ran and found something."""


class Verifying(Options):
    """What verify takes: ``--full`` has had another name there."""

    full: Annotated[
        bool,
        typer.Option(
            *("--full", "--all"),
            help="Show every check of every fact, not only what was found.",
            rich_help_panel=COMMON,
        ),
    ] = False


@command(
    Group.CHECK,
    """Hold every fact and erratum against your copy of the article.

    Shows that the cited words, numbers, dates and names stand where the facts say; not that the article is right, nor
    that the facts read it rightly. Words that the copy has more or less than the article are told with their place. A
    fact that rests on several articles is checked where all of them are given. Exits with 0 where all holds, 6 where
    something was found, 4 where the file is no copy of the article.

    Examples:
      psfacts verify article.txt
      psfacts verify article.txt --full
      psfacts verify article.txt --json | jq '.facts[] | select(.status != "ok")'
    """,
)
def verify(
    options: Verifying,
    articles: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARTICLE",
            help="Your own copy of each article, as plain text in UTF-8; - for standard input.",
            envvar=ARTICLE_VARIABLE,
            show_envvar=False,
        ),
    ],
) -> AnswerOutput:
    from psfacts.answers.verify import verify

    store, copies = options.store(), copies_of(articles)
    with progress("Verifying") as tell:
        found = verify(copies, tell, store=store)
    return AnswerOutput(found, exit_code=0 if found.ok else FOUND)
