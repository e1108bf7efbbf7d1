"""``psfacts indicators``."""

from __future__ import annotations

from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.BROWSE,
    """List what can be compared, and for how many countries.

    Examples:
      psfacts indicators
      psfacts indicators --json
    """,
)
def indicators(options: Options) -> AnswerOutput:
    from psfacts.answers.indicators import indicators

    return AnswerOutput(indicators(store=options.store()))
