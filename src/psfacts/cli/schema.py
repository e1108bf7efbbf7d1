"""``psfacts schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Said


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="fact-base, or a command's name.",
            show_default=False,
            autocompletion=completion.schemas,
        ),
    ] = None,
) -> Said:
    """Print the JSON Schema of the fact base or of an answer.

    Without a NAME, list the names.

    Examples:
      psfacts schema
      psfacts schema fact-base > facts.schema.json
      psfacts schema country

    """
    from psfacts.answers.schema import NAMES, summary
    from psfacts.answers.schema import schema as schema_of
    from psfacts.render import json

    if name is None:
        return Said("".join(f"{one:<12}{summary(one)}\n" for one in NAMES))
    return Said(json.document(schema_of(name)))
