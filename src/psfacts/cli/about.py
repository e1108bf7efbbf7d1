"""``psfacts about``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Regional
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Show what is known about anybody or anything.

    Examples:
      psfacts about putin
      psfacts about transnistria
      psfacts about "World Bank" --json
    """,
)
def about(
    options: Regional,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="A person, organization, place, region, group or country.",
            autocompletion=completion.entities,
        ),
    ],
) -> AnswerOutput:
    from psfacts.answers.about import about

    return AnswerOutput(about(" ".join(words), store=options.store()))
