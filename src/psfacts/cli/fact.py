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

    The sentence, when it held, who says so, and where in the source; all fields with --full. The id of any other record
    is answered as by the command that tells about it.

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
            metavar="ID",
            help="Ids of facts, or the id of any other record.",
            autocompletion=completion.facts,
        ),
    ],
    article: Article = None,
) -> AnswerOutput:
    from psfacts.answers.fact import record

    return AnswerOutput(record(*ids, copy=copies_of(article), store=options.store()))
