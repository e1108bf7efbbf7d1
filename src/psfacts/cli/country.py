"""``psfacts country``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Show the profile of a country.

    Its numbers, timeline, relations and claims; who says so, and where in the source.

    Examples:
      psfacts country moldova
      psfacts country MD
      psfacts country chisinau --json
    """,
)
def country(
    options: Options,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Name, ISO code, capital, demonym or id of a country, in any of its languages.",
            autocompletion=completion.countries,
        ),
    ],
) -> AnswerOutput:
    from psfacts.answers.country import country

    return AnswerOutput(country(name, store=options.store()))
