"""The program: its commands by name, and what it does without one."""

from __future__ import annotations

from inspect import Parameter
from typing import Annotated

import typer

from psfacts.answers import QUESTIONS
from psfacts.cli.command import Family, Group

COMMANDS = (*QUESTIONS, "browse", "schema", "export", "mcp", "skill")
"""All commands by name but for those of ``author``; each is what its module has by its name."""


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
    {name: f"psfacts.cli.{name}" for name in (*COMMANDS, "author")},
    Group.ASK,
    """Answer factual questions about the post-Soviet states: who says so, when it held, where it stands.

    Examples:
      psfacts country moldova
      psfacts compare remittances
      psfacts timeline karabakh --since 2022
    """,
    completed=True,
)
