"""``psfacts export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.command import Group, command
from psfacts.cli.console import standard_output
from psfacts.cli.options import Reading, offering, one_of
from psfacts.cli.output import TextOutput
from psfacts.cli.progress import progress
from psfacts.exporting.export import Kind
from psfacts.text.phrases import either
from psfacts.text.visible import visible


@command(
    Group.TAKE_AWAY,
    """Write the whole fact base to a file for other programs, or for a browser.

    .csv and .parquet hold the facts in long form, a row a fact; .jsonl every record of the base, so that it can be
    made again; .db a SQLite database; .xlsx a workbook; .md a document to read; .html a page to look at and to search,
    which needs nothing else; a folder (folder/) a data package of CSV files; --format timelinejs the events for
    TimelineJS, and --format datasette what Datasette shows beside base.db.

    Examples:
      psfacts export facts.csv
      psfacts export facts.html
      psfacts export base.db --force
      psfacts export metadata.json --format datasette
    """,
)
def export(
    options: Reading,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Where it goes, - for standard output; the ending names the format.")
    ],
    form: Annotated[
        str | None,
        typer.Option(
            *("--format", "-f"),
            metavar="FORMAT",
            help=f"Write {either(Kind)}, whatever FILE ends in.",
            show_default=False,
            autocompletion=offering(Kind),
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> TextOutput:
    from psfacts.exporting.export import convert, kind_of
    from psfacts.files import is_standard_output

    kind = one_of(Kind, "--format", form) if form is not None else kind_of(file)
    is_stdout = file == "-" or is_standard_output(Path(file))
    with progress("Writing") as tell:
        target = standard_output() if file == "-" else Path(file)
        convert(options.data or (), target, kind, force=force, progress=tell)
    return TextOutput("" if is_stdout else f"wrote {visible(file)}\n")
