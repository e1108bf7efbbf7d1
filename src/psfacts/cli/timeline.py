"""``psfacts timeline``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def timeline(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Only events involving any of these.",
            show_default=False,
            autocompletion=completion.entities,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="From this year, month or day on.", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Up to and with this year, month or day.", show_default=False),
    ] = None,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Show events in their order, each with its own precision.

    Examples:
      psfacts timeline
      psfacts timeline karabakh --since 2022
      psfacts timeline moldova russia --until 2022-04 --json
      psfacts timeline belarus --format markdown

    """
    import psfacts
    from psfacts.text import dates

    store = psfacts.load(data)
    first = dates.first_day(since) if since is not None else None
    last = dates.last_day(until) if until is not None else None
    return Reply(psfacts.timeline(*names or (), since=first, until=last, store=store), shape(form, json), color)
