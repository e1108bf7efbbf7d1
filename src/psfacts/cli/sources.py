"""``psfacts sources``."""

from __future__ import annotations

from psfacts.cli.command import Group, command
from psfacts.cli.listing import Listing
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List the sources that the facts are drawn from.

    Examples:
      psfacts sources
      psfacts sources --json
    """,
)
def sources(options: Listing) -> AnswerOutput:
    from psfacts.answers.sources import sources

    return AnswerOutput(sources(options.wanted, limit=options.most, offset=options.first, store=options.store()))
