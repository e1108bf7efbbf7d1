"""Every command and option is told by its help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from psfacts.cli.app import app_for


def documented(command: object, path: str = "psfacts") -> Iterator[tuple[str, str | None]]:
    """Return every command and every parameter with its help."""
    assert isinstance(command, TyperCommand | TyperGroup)
    yield path, command.help
    for parameter in command.params:
        yield f"{path} {parameter.opts[0]}", getattr(parameter, "help", None)
    for name, below in command.commands.items() if isinstance(command, TyperGroup) else ():
        yield from documented(below, f"{path} {name}")


ALL = dict(documented(get_command(app_for([]))))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_has_a_help(name: str) -> None:
    assert ALL[name]


def test_options_of_commands_below_commands_are_among_them() -> None:
    assert {"psfacts country name", "psfacts author build --output", "psfacts --version"} <= {*ALL}
