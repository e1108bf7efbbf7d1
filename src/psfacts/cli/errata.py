"""``psfacts errata``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List misprints: how they are read, why, and how sure.

    Every place where the printed words are not to be taken as they stand, by kind.

    Examples:
      psfacts errata
      psfacts errata azerbaijan armenia
      psfacts errata --json
    """,
)
def errata(
    options: Options,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Only errata that touch one of these, or that go by these ids.",
            show_default=False,
            autocompletion=completion.entities,
        ),
    ] = None,
) -> AnswerOutput:
    from psfacts.answers.errata import errata

    return AnswerOutput(errata(*names or (), store=options.store()))
