"""``psfacts country``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def country(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Name, ISO code, capital, demonym or id of a country, in any of its languages.",
            autocompletion=completion.countries,
        ),
    ],
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Show the profile of a country.

    Its numbers, timeline, relations and claims; who says so, and where in the source.

    Examples:
      psfacts country moldova
      psfacts country MD
      psfacts country chisinau --json

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.country(name, store=store), shape(form, json), color)
