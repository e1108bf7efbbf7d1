"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Color, Format
from psfacts.errors import UsageError

Data = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        metavar="FILE",
        envvar="PSFACTS_DATA",
        help="Read another fact base than the built-in one: .json, .jsonl or .db. Several files are one base.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object, errors too.")]
Formats = Annotated[
    Format | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Answer as table, json, jsonl, csv, tsv or markdown.",
        show_default=False,
    ),
]
Colors = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        help="Use colour: auto (on a terminal, unless NO_COLOR is set), always or never.",
        show_default=False,
    ),
]


def shape(form: Format | None, json: bool) -> Format:
    """Give the format that ``--format`` and ``--json`` ask for together: a table where neither is given.

    Raises UsageError where they contradict each other.
    """
    if json and form not in (None, Format.JSON):
        raise UsageError(f"--json and --format {form} contradict each other", "give one of them")
    return Format.JSON if json else form or Format.TABLE
