"""The commands for using facts elsewhere: citations, schemas, exports, and tools for agents."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path

import psfacts
from psfacts.cli import values
from psfacts.cli.command import AnswerOutput, Output, TextOutput
from psfacts.cli.console import progress, standard_output, wrote
from psfacts.cli.options import Options, Reading, Writing
from psfacts.cli.values import flag
from psfacts.errors import UsageError, extra
from psfacts.exporting import Kind
from psfacts.render import Format
from psfacts.text.phrases import either

STYLES = ("plain", "bibtex", "csl-json")


class Citing(Options):
    """Options of cite, where a style acts as a format."""

    style: str = values.one_of(STYLES).option("STYLE", f"Print the citation as {either(STYLES)}.", "plain")

    @property
    def form(self) -> Format:
        """The requested format; that of a page if a style is given."""
        if self.style == "plain":
            return super().form
        if self.json or self.format:
            wanted = "--json" if self.json else f"--format {self.format}"
            raise UsageError(f"--style {self.style} is a format of its own", f"leave out --style or {wanted}")
        return Format.TABLE


def cite(
    options: Citing,
    key: str = values.SOURCE_OR_FACT.required("ID", "Id of a fact, or of a source."),
) -> Output:
    """Print a ready citation of the passage that a fact stands in.

    Examples:
      psfacts cite remittances-uzbekistan-2021
      psfacts cite remittances-uzbekistan-2021 --style bibtex
      psfacts cite remittances-uzbekistan-2021 --style csl-json
    """
    citation = psfacts.cite(key, store=options.store())
    if options.form is not Format.TABLE:
        return AnswerOutput(citation)
    from psfacts.render import citation as styles

    return TextOutput(styles.STYLES[options.style](citation), Format.JSON if "json" in options.style else Format.TABLE)


def schema(
    options: Writing,  # noqa: ARG001 -- how it is written
    name: str | None = values.SCHEMA.optional("NAME", "fact-base, or the name of a command."),
) -> TextOutput:
    """Print the JSON Schema of the fact base or of an answer.

    Without a NAME, list the names.

    Examples:
      psfacts schema
      psfacts schema fact-base -o facts.schema.json
      psfacts schema country
    """
    from psfacts.answers.schema import NAMES, summary
    from psfacts.render import json

    if name is None:
        return TextOutput("".join(f"{name:<12}{summary(name)}\n" for name in NAMES))
    return TextOutput(json.document(psfacts.schema(name)))


class Exporting(Reading):
    """Options of export, whose formats are not those of answers."""

    format: Kind | None = values.one_of([*Kind]).option(
        "FORMAT", f"Write {either(Kind)}, whatever the ending of FILE.", None, "-f"
    )
    force: bool = flag("Replace FILE if it exists.")


def export(
    options: Exporting,
    target: str = values.TEXT.required(
        "FILE", "The file to write, - for standard output; its ending names the format."
    ),
) -> TextOutput:
    """Write the whole fact base to a file for other programs, or for a browser.

    .csv and .parquet hold one row per fact; .json and .jsonl all records, and can be read with --data, as can .db, a
    SQLite database; .xlsx is a workbook; .md a document; .html a page to read and search offline; a folder (folder/) a
    data package of CSV files; --format timelinejs the events for TimelineJS, and --format datasette the metadata that
    Datasette shows with base.db. .xlsx and .parquet need the extras xlsx and parquet (see docs/formats.md).

    Examples:
      psfacts export facts.csv
      psfacts export facts.html
      psfacts export base.db --force
      psfacts export metadata.json --format datasette
    """
    from psfacts.exporting.export import convert, kind_of
    from psfacts.files import is_standard_output

    kind = options.format or kind_of(target)
    is_stdout = target == "-" or is_standard_output(Path(target))
    with progress("Writing") as report:
        stream_or_file = standard_output() if target == "-" else Path(target)
        convert(options.data, stream_or_file, kind, force=options.force, progress=report)
    return TextOutput("" if is_stdout else wrote(target))


def mcp(options: Reading) -> TextOutput:
    """Serve the fact base to agents, over the Model Context Protocol on standard input and output.

    Agents' programs start this command themselves; docs/agents.md shows how to set up the usual ones. It needs the
    extra mcp: pip install 'psfacts[mcp]', or pip install '.[mcp]' in a checkout.

    Examples:
      psfacts mcp
      psfacts mcp --data facts.db
    """
    store = options.store()
    try:
        from psfacts.agents.server import run
    except ImportError:
        raise UsageError("the package mcp is not installed", extra("mcp")) from None
    with redirect_stdout(sys.__stdout__):
        run(store, psfacts.__version__)
    return TextOutput("")


def skill(options: Writing) -> TextOutput:  # noqa: ARG001 -- how it is written
    """Print the skill that tells an agent when and how to use psfacts.

    The installed package carries it too, where agents' tools look for it: psfacts/.agents/skills/psfacts/SKILL.md.

    Examples:
      psfacts skill
      psfacts skill > SKILL.md
    """
    from psfacts.loading.files import resource

    return TextOutput(resource(".agents/skills/psfacts/SKILL.md").decode())
