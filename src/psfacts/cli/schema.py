"""``psfacts schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Writing
from psfacts.cli.output import TextOutput


@command(
    Group.TAKE_AWAY,
    """Print the JSON Schema of the fact base or of an answer.

    Without a NAME, list the names.

    Examples:
      psfacts schema
      psfacts schema fact-base -o facts.schema.json
      psfacts schema country
    """,
)
def schema(
    options: Writing,  # noqa: ARG001 -- how it is written
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="fact-base, or a command's name.",
            show_default=False,
            autocompletion=completion.schemas,
        ),
    ] = None,
) -> TextOutput:
    from psfacts.answers.schema import NAMES, schema, summary
    from psfacts.render import json

    if name is None:
        return TextOutput("".join(f"{name:<12}{summary(name)}\n" for name in NAMES))
    return TextOutput(json.document(schema(name)))
