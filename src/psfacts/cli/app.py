"""The app: commands registered, and what the program does without one."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Annotated

import typer

from psfacts.cli.about import about
from psfacts.cli.author import author, build, passage
from psfacts.cli.cite import cite
from psfacts.cli.compare import compare
from psfacts.cli.console import Reply, Said
from psfacts.cli.countries import countries
from psfacts.cli.country import country
from psfacts.cli.coverage import coverage
from psfacts.cli.errata import errata
from psfacts.cli.fact import fact
from psfacts.cli.indicators import indicators
from psfacts.cli.timeline import timeline
from psfacts.cli.validate import validate
from psfacts.cli.verify import verify

Command = Callable[..., Reply | Said]

COMMANDS: dict[str, Command] = {
    command.__name__: command
    for command in (
        *(countries, country, indicators, compare, timeline, about, fact, errata),
        *(coverage, verify, cite, validate),
    )
}
"""All commands by name, in the order of the help."""

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def help_of(command: Callable[..., object]) -> str:
    """Give a command's docstring as help, the lines under ``Examples:`` kept apart."""
    return (getdoc(command) or "").replace("Examples:\n", "\b\nExamples:\n")


def _print_version(wanted: bool) -> None:
    if wanted:
        from psfacts import __version__

        typer.echo(f"psfacts {__version__}")
        raise typer.Exit


def psfacts(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Answer factual questions about the post-Soviet states: who says so, when it held, where it stands.

    Examples:
      psfacts country moldova
      psfacts compare remittances
      psfacts timeline karabakh --since 2022

    """


app.callback(help=help_of(psfacts))(psfacts)
for name, command in COMMANDS.items():
    app.command(name, help=help_of(command))(command)

for command in (passage, build):
    author.command(command.__name__, help=help_of(command))(command)
app.add_typer(author, name="author", help="Help those who write a fact base: passages, and drafts made into bases.")
