"""``psfacts skill``."""

from __future__ import annotations

from psfacts.cli.command import Group, command
from psfacts.cli.options import Writing
from psfacts.cli.output import TextOutput


@command(
    Group.TAKE_AWAY,
    """Print the skill that tells an agent when and how to use psfacts.

    The installed package carries it too, where agents' tools look for it: psfacts/.agents/skills/psfacts/SKILL.md.

    Examples:
      psfacts skill
      psfacts skill > SKILL.md
    """,
)
def skill(options: Writing) -> TextOutput:  # noqa: ARG001 -- how it is written
    from psfacts.loading.files import resource

    return TextOutput(resource(".agents/skills/psfacts/SKILL.md").decode())
