"""``psfacts countries``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List the countries by region.

    Each with its codes, capital and memberships, and how many facts there are.

    Examples:
      psfacts countries
      psfacts countries central-asia
      psfacts countries csto --json
    """,
)
def countries(
    options: Options,
    groups: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GROUP",
            help="Only the countries of these regions and organizations.",
            show_default=False,
            autocompletion=completion.groups,
        ),
    ] = None,
) -> AnswerOutput:
    from psfacts.answers.countries import countries

    return AnswerOutput(countries(*groups or (), store=options.store()))
