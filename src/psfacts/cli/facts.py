"""``psfacts facts``."""

from __future__ import annotations

from psfacts.cli.command import Group, command
from psfacts.cli.listing import Listing
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List the facts, all or those that pass the filters.

    Examples:
      psfacts facts --about moldova
      psfacts facts --by putin --kind claim
      psfacts facts --topic sanctions --since 2022 --format csv
    """,
)
def facts(options: Listing) -> AnswerOutput:
    from psfacts.answers.facts import facts

    return AnswerOutput(facts(options.wanted, limit=options.most, offset=options.first, store=options.store()))
