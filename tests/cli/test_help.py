"""Every command and option is told by its help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer import Context
from typer.core import TyperCommand

from psfacts.cli.app import Group, Program, made


def documented(command: object, path: str = "psfacts") -> Iterator[tuple[str, str | None]]:
    """Return every command and every parameter with its help."""
    assert isinstance(command, TyperCommand | Group)
    yield path, command.help
    for parameter in command.params:
        yield f"{path} {parameter.opts[0]}", getattr(parameter, "help", None)
    if isinstance(command, Group):
        for name in command.below:
            yield from documented(command.get_command(Context(command), name), f"{path} {name}")


ALL = dict(documented(made("psfacts", Program)))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_has_a_help(name: str) -> None:
    assert ALL[name]


def test_options_of_commands_below_commands_are_among_them() -> None:
    assert {"psfacts country names", "psfacts author build --output", "psfacts --version"} <= {*ALL}
