"""``psfacts search``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import FactKind, Options, at_least, offering, one_of
from psfacts.cli.output import AnswerOutput


@command(
    Group.ASK,
    """Find the facts that answer a question, or say what is missing.

    Names in any language, codes, capitals, misspelt words and other words for a thing are understood. Where no fact
    answers, none is shown as if it did: only what comes closest, apart.

    Examples:
      psfacts search how many tajiks work in russia
      psfacts search "who mediated the karabakh ceasefire?"
      psfacts search embargo --about belarus --kind claim
      psfacts search KZ inflation --json
    """,
)
def search(
    options: Options,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help="A question or keywords, in your own words.", show_default=False),
    ],
    limit: Annotated[str, typer.Option("--limit", metavar="N", help="Show at most this many facts.")] = "5",
    offset: Annotated[str, typer.Option("--offset", metavar="N", help="Leave out this many of the best.")] = "0",
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only facts of this kind: observation, event, relation or claim. May be repeated.",
            show_default=False,
            autocompletion=offering(FactKind),
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only facts that name this, or a region that it belongs to. May be repeated.",
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
    from psfacts.answers.search import search
    from psfacts.text import dates

    answer = search(
        " ".join(words),
        limit=at_least(1, "--limit", limit),
        offset=at_least(0, "--offset", offset),
        kinds=[one_of(FactKind, "--kind", kind).value for kind in kinds or ()],
        about=about or (),
        since=dates.first_day(since) if since is not None else None,
        until=dates.last_day(until) if until is not None else None,
        store=options.store(),
    )
    return AnswerOutput(answer)
