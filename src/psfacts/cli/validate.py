"""``psfacts validate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.command import Group, command
from psfacts.cli.options import Answering
from psfacts.cli.output import AnswerOutput
from psfacts.errors import InvalidError


@command(
    Group.CHECK,
    """Name every problem of a fact base in one run.

    Each problem comes with its place and what to do about it.

    Exits with 0 where the file is a fact base, else with 4.

    Examples:
      psfacts validate facts.json
      psfacts validate facts.json --json | jq -r '.problems[]'
    """,
)
def validate(
    options: Answering,  # noqa: ARG001 -- how the answer is written
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A fact base: .json, .jsonl or .db; - for standard input.")
    ],
) -> AnswerOutput:
    from psfacts.answers.validate import validate

    found = validate(file)
    return AnswerOutput(found, exit_code=0 if found.ok else InvalidError.exit_code)
