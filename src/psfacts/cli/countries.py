"""``psfacts countries``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def countries(
    groups: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GROUP",
            help="Only the countries of these regions and organizations.",
            show_default=False,
            autocompletion=completion.groups,
        ),
    ] = None,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """List the countries by region.

    Each with its codes, capital and memberships, and how many facts there are.

    Examples:
      psfacts countries
      psfacts countries central-asia
      psfacts countries csto --json

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.countries(*groups or (), store=store), shape(form, json), color)
