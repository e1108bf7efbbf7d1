"""``psfacts validate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Formats, Json, shape
from psfacts.errors import InvalidError


def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A fact base: .json, .jsonl or .db.")],
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Name every problem of a fact base in one run.

    Each problem comes with its place and what to do about it.

    Exits with 0 where the file is a fact base, else with 4.

    Examples:
      psfacts validate facts.json
      psfacts validate facts.json --json | jq -r '.problems[]'

    """
    from psfacts.answers.validate import validate as validated

    found = validated(file)
    return Reply(found, shape(form, json), color, exit_code=0 if found.ok else InvalidError.exit_code)
