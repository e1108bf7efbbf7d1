"""What the commands that list parts of a fact base take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.options import FactKind, FactStanding, Options, at_least, offering, one_of

if TYPE_CHECKING:
    from psfacts.answers.common import Wanted

FILTERS = "Filters"
"""The heading of the help that the filters stand under."""


class Listing(Options):
    """Which facts a list is made of, and which part of it is shown."""

    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about",
            metavar="NAME",
            help="Only facts that name this, or a region that it belongs to. May be repeated, as the others may.",
            show_default=False,
            autocompletion=completion.entities,
            rich_help_panel=FILTERS,
        ),
    ] = None
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Only facts that this one asserts.",
            show_default=False,
            autocompletion=completion.entities,
            rich_help_panel=FILTERS,
        ),
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only facts of this kind: observation, event, relation or claim.",
            show_default=False,
            autocompletion=offering(FactKind),
            rich_help_panel=FILTERS,
        ),
    ] = None
    topic: Annotated[
        list[str] | None,
        typer.Option(
            "--topic",
            metavar="ID",
            help="Only facts of this topic.",
            show_default=False,
            autocompletion=completion.topics,
            rich_help_panel=FILTERS,
        ),
    ] = None
    standing: Annotated[
        list[str] | None,
        typer.Option(
            "--standing",
            metavar="STANDING",
            help="Only facts that are reported, attributed or assessed.",
            show_default=False,
            autocompletion=offering(FactStanding),
            rich_help_panel=FILTERS,
        ),
    ] = None
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            help="From this year, month or day on.",
            show_default=False,
            rich_help_panel=FILTERS,
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="Up to and with this year, month or day.",
            show_default=False,
            rich_help_panel=FILTERS,
        ),
    ] = None
    limit: Annotated[
        str | None,
        typer.Option("--limit", metavar="N", help="List at most this many.", show_default=False),
    ] = None
    offset: Annotated[str, typer.Option("--offset", metavar="N", help="Leave out this many of the first.")] = "0"

    @property
    def wanted(self) -> Wanted:
        """Which facts the list is made of."""
        from psfacts.answers.common import Wanted
        from psfacts.text import dates

        return Wanted(
            about=self.about or (),
            by=self.by or (),
            kinds=tuple(one_of(FactKind, "--kind", word).value for word in self.kind or ()),
            topics=self.topic or (),
            standings=tuple(one_of(FactStanding, "--standing", word).value for word in self.standing or ()),
            since=dates.first_day(self.since) if self.since is not None else None,
            until=dates.last_day(self.until) if self.until is not None else None,
        )

    @property
    def most(self) -> int | None:
        """How many are listed at most."""
        return None if self.limit is None else at_least(1, "--limit", self.limit)

    @property
    def first(self) -> int:
        """How many are left out before them."""
        return at_least(0, "--offset", self.offset)
