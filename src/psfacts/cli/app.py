"""Answer factual questions about the post-Soviet states: who says so, when it held, where it stands.

Examples:
  psfacts country moldova
  psfacts compare remittances
  psfacts timeline karabakh --since 2022
"""

from __future__ import annotations

from psfacts.cli import ask, author, browse, check, take
from psfacts.cli.command import Family, commands_of

PROGRAM = Family(
    __doc__,
    {
        "Ask": commands_of(ask),
        "Browse": commands_of(browse),
        "Check": commands_of(check),
        "Take away": commands_of(take),
        "Write a base": {"author": Family(author.__doc__, {"Write a base": commands_of(author)})},
    },
    completed=True,
)
"""The program: its commands, under their headings in the help. Like those of commands, its help is a docstring."""

COMMANDS = tuple(name for name in PROGRAM.commands if name != "author")
"""All commands by name but for those of ``author``."""
