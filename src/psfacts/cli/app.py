"""The program: its commands, and what it does without one."""

from __future__ import annotations

from inspect import Parameter
from typing import Annotated

import typer

from psfacts.cli import ask, author, browse, check, take
from psfacts.cli.command import Family


def _print_version(wanted: bool) -> None:
    if wanted:
        from psfacts import __version__

        typer.echo(f"psfacts {__version__}")
        raise typer.Exit


VERSION = Parameter(
    "version",
    Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ],
)

PROGRAM = Family(
    """Answer factual questions about the post-Soviet states: who says so, when it held, where it stands.

    Examples:
      psfacts country moldova
      psfacts compare remittances
      psfacts timeline karabakh --since 2022
    """,
    [module.section for module in (ask, browse, check, take, author)],
    completed=True,
)

COMMANDS = tuple(name for section in PROGRAM.sections[:-1] for name in section.commands)
"""All commands by name but for those of ``author``."""
