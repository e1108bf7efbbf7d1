"""The app: commands registered, and what the program does without one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from inspect import getdoc
from typing import Annotated

import typer

from psfacts.answers import QUESTIONS
from psfacts.cli.console import Reply, Said

COMMANDS = (*QUESTIONS, "schema", "export", "mcp", "skill")
"""All commands by name, in the order of the help; each is the function of that name in the module of that name."""

Command = Callable[..., Reply | Said]


def app_for(given: Sequence[str]) -> typer.Typer:
    """Make the app for the arguments ``given``: with their one command, or with all where they name none.

    Making a command costs more than running it, so that no more are made than are needed.
    """
    named = [word for word in (given or _completed())[:1] if word in COMMANDS]
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=help_of(psfacts))(psfacts)
    for name in named or COMMANDS:
        command: Command = getattr(import_module(f"psfacts.cli.{name}"), name)
        app.command(name, help=help_of(command))(command)
    if not named:
        _add_author(app)
    return app


def _completed() -> list[str]:
    """Return the words of a command line to complete, without the program's name and the last word."""
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
    return line.split()[1:-1]


def _add_author(app: typer.Typer) -> None:
    from psfacts.cli.author import author, build, passage

    for command in (passage, build):
        author.command(command.__name__, help=help_of(command))(command)
    app.add_typer(author, name="author")


def help_of(command: Callable[..., object]) -> str:
    """Return a command's docstring as help, the lines under ``Examples:`` kept apart."""
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
