"""``psfacts country``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Regional
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Show the profile of a country.

    What is known at a glance, what happened when, and who says what: the weightiest first, all of it with --full.

    Examples:
      psfacts country moldova
      psfacts country moldova --full
      psfacts country MD UA
      psfacts country chisinau --json
    """,
)
def country(
    options: Regional,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Names, ISO codes, capitals, demonyms or ids of countries, in any of their languages; all for all.",
            autocompletion=completion.countries,
        ),
    ],
) -> AnswerOutput:
    from psfacts.answers.country import profiles

    return AnswerOutput(profiles(*names, store=options.store()))
