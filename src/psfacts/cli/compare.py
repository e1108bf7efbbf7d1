"""``psfacts compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def compare(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Indicators (the columns), and countries, regions or organizations (the rows), in any order.",
            autocompletion=completion.compared,
        ),
    ],
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Compare countries by indicators.

    Without indicators all that have a value are compared; without countries or groups, all countries.

    Examples:
      psfacts compare remittances
      psfacts compare tajikistan uzbekistan
      psfacts compare remittances migrants central-asia --json
      psfacts compare remittances --format csv > remittances.csv

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.compare(*names, store=store), shape(form, json), color)
