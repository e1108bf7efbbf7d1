"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import typer

from psfacts.cli.console import Color, Format
from psfacts.errors import UsageError

Asked = TypeVar("Asked", bool, Format | None)

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


def _agreed(context: typer.Context, value: Asked) -> Asked:
    """Refuse ``--json`` beside another ``--format`` before anything is read; whichever comes second sees the first."""
    form = value if isinstance(value, Format) else context.params.get("form")
    if (value is True or context.params.get("json")) and form not in (None, Format.JSON):
        raise UsageError(f"--json and --format {form} contradict each other", "give one of them")
    return value


Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object, errors too.", callback=_agreed)]
Formats = Annotated[
    Format | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Answer as table, json, jsonl, csv, tsv or markdown.",
        show_default=False,
        callback=_agreed,
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
    """Return the format that ``--format`` and ``--json`` ask for together: a table where neither is given."""
    return Format.JSON if json else form or Format.TABLE
