"""``psfacts about``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def about(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A person, organization, place, region, group or country.",
            autocompletion=completion.entities,
        ),
    ],
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Show what is known about anybody or anything.

    Examples:
      psfacts about putin
      psfacts about transnistria
      psfacts about "World Bank" --json

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.about(name, store=store), shape(form, json), color)
