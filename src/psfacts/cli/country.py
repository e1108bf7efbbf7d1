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
      psfacts country MD UA
      psfacts country chisinau --json
    """,
)
def country(
    options: Options,
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
