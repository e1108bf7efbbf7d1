"""``psfacts topics``."""

from __future__ import annotations

from psfacts.cli.command import Group, command
from psfacts.cli.listing import Listing
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List the topics, and how many facts belong to each.

    Examples:
      psfacts topics
      psfacts topics --about moldova
    """,
)
def topics(options: Listing) -> AnswerOutput:
    from psfacts.answers.topics import topics

    return AnswerOutput(topics(options.wanted, limit=options.most, offset=options.first, store=options.store()))
