"""``psfacts fact``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.article import Article, copies_of
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Show facts as whole records.

    All fields: the statement, when it held, who says so, and the passages that carry it.

    Examples:
      psfacts fact remittances-tajikistan-2021
      psfacts fact remittances-tajikistan-2021 remittances-uzbekistan-2021 --json
      psfacts fact remittances-uzbekistan-2021 --article article.txt
    """,
)
def fact(
    options: Options,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID", help="Ids of facts, as other commands show them.", autocompletion=completion.facts
        ),
    ],
    article: Article = None,
) -> AnswerOutput:
    from psfacts.answers.fact import fact

    return AnswerOutput(fact(*ids, copy=copies_of(article), store=options.store()))
