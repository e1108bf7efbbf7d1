"""``psfacts export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Said
from psfacts.cli.options import Data
from psfacts.cli.progress import progress
from psfacts.exporting.export import Kind, convert, kind_of
from psfacts.text.visible import visible


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where it goes; the ending names the format.")],
    form: Annotated[
        Kind | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Write csv, datapackage, db, jsonl, markdown, parquet, timelinejs or xlsx, whatever FILE ends in.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
    data: Data = None,
) -> Said:
    """Write the whole fact base to a file for other programs.

    .csv and .parquet hold the facts in long form, a row a fact; .jsonl every record of the base, so that it can be
    made again; .db a SQLite database; .xlsx a workbook; .md a document to read; --format timelinejs the events for
    TimelineJS; a folder (folder/) a data package of CSV files.

    Examples:
      psfacts export facts.csv
      psfacts export facts.db --force
      psfacts export timeline.json --format timelinejs

    """
    kind = form or kind_of(file)
    with progress("Writing") as tell:
        convert(data or (), Path(file), kind, force=force, progress=tell)
    return Said(f"wrote {visible(file)}\n")
