"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Color

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FILE",
        envvar="PSFACTS_DATA",
        help="Read another fact base than the one that comes with psfacts.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object, errors too.")]
Colors = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        help="Use colour: auto (on a terminal, unless NO_COLOR is set), always or never.",
        show_default=False,
    ),
]
