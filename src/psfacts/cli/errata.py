"""``psfacts errata``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def errata(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Only errata that touch one of these.",
            show_default=False,
            autocompletion=completion.entities,
        ),
    ] = None,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """List misprints: how they are read, why, and how sure.

    Every place where the printed words are not to be taken as they stand, by kind.

    Examples:
      psfacts errata
      psfacts errata azerbaijan armenia
      psfacts errata --json

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.errata(*names or (), store=store), shape(form, json), color)
