"""``psfacts timeline``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Show events in their order, each with its own precision.

    Examples:
      psfacts timeline
      psfacts timeline karabakh --since 2022
      psfacts timeline moldova russia --until 2022-04 --json
      psfacts timeline belarus --format markdown
      psfacts timeline -o timeline.svg
    """,
)
def timeline(
    options: Options,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Only events involving any of these. A date is a time to look at.",
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
) -> AnswerOutput:
    from psfacts.answers.timeline import timeline
    from psfacts.text import dates

    first = dates.first_day(since) if since is not None else None
    last = dates.last_day(until) if until is not None else None
    return AnswerOutput(timeline(*names or (), since=first, until=last, store=options.store()))
