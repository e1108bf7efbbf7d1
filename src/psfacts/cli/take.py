"""The commands for using facts elsewhere: citations, schemas, exports, and tools for agents."""

from __future__ import annotations

from pathlib import Path

import psfacts
from psfacts.cli import values
from psfacts.cli.console import progress, standard_output, wrote
from psfacts.cli.options import Options, Output, Printing, Reading
from psfacts.cli.values import flag
from psfacts.errors import UsageError, extra
from psfacts.exporting import Kind
from psfacts.files import is_standard_output
from psfacts.render import Format
from psfacts.text.phrases import either

STYLES = ("plain", "bibtex", "csl-json")


class Cite(Options):
    """Print a ready citation of the passage that a fact stands in.

    Examples:
      psfacts cite remittances-uzbekistan-2021
      psfacts cite remittances-uzbekistan-2021 --style bibtex
      psfacts cite remittances-uzbekistan-2021 --style csl-json
    """

    key: str = values.SOURCE_OR_FACT.required("ID", "Id of a fact, or of a source.")
    style: str = values.one_of(STYLES).option("STYLE", f"Print the citation as {either(STYLES)}.", "plain")

    @property
    def form(self) -> Format:
        """The requested format; that of a style, which acts as a format, if one is given."""
        if self.style == "plain":
            return super().form
        if self.json or self.format:
            wanted = "--json" if self.json else f"--format {self.format}"
            raise UsageError(f"--style {self.style} is a format of its own", f"leave out --style or {wanted}")
        return Format.JSON if "json" in self.style else Format.TABLE

    def _run(self) -> Output:
        citation = psfacts.cite(self.key, store=self.store())
        if self.style == "plain" and self.form is not Format.TABLE:
            return self.answered(citation)
        from psfacts.render import citation as styles

        return self.written(styles.STYLES[self.style](citation))


class Schema(Printing):
    """Print the JSON Schema of the fact base or of an answer.

    Without a NAME, list the names.

    Examples:
      psfacts schema
      psfacts schema fact-base -o facts.schema.json
      psfacts schema country
    """

    name: str | None = values.SCHEMA.optional("NAME", "fact-base, or the name of a command.")

    @property
    def form(self) -> Format:
        """JSON, but for the list of names."""
        return Format.JSON if self.name else Format.TABLE

    def _run(self) -> Output:
        from psfacts.answers.schema import NAMES, summary
        from psfacts.render import json

        if self.name is None:
            return self.written("".join(f"{name:<12}{summary(name)}\n" for name in NAMES))
        return self.written(json.document(psfacts.schema(self.name)))


class Export(Reading):
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

    target: str = values.TEXT.required("FILE", "The file to write, - for standard output; its ending names the format.")
    format: Kind | None = values.one_of([*Kind]).option(
        "FORMAT", f"Write {either(Kind)}, whatever the ending of FILE.", None, "-f"
    )
    force: bool = flag("Replace FILE if it exists.")

    def _run(self) -> Output:
        from psfacts.exporting.export import convert, kind_of

        kind = self.format or kind_of(self.target)
        is_stdout = self.target == "-" or is_standard_output(Path(self.target))
        with progress("Writing") as report:
            stream_or_file = standard_output() if self.target == "-" else Path(self.target)
            convert(self.data, stream_or_file, kind, force=self.force, progress=report)
        return Output("" if is_stdout else wrote(self.target))


class Mcp(Reading):
    """Serve the fact base to agents, over the Model Context Protocol on standard input and output.

    Agents' programs start this command themselves; docs/agents.md shows how to set up the usual ones. It needs the
    extra mcp: pip install 'psfacts[mcp]', or pip install '.[mcp]' in a checkout.

    Examples:
      psfacts mcp
      psfacts mcp --data facts.db
    """

    def _run(self) -> Output:
        store = self.store()
        try:
            from psfacts.agents.server import run
        except ImportError:
            raise UsageError("the package mcp is not installed", extra("mcp")) from None
        run(store, psfacts.__version__)
        return Output("")


class Skill(Printing):
    """Print the skill that tells an agent when and how to use psfacts.

    The installed package carries it too, where agents' tools look for it: psfacts/.agents/skills/psfacts/SKILL.md.

    Examples:
      psfacts skill
      psfacts skill > SKILL.md
    """

    form = Format.MARKDOWN

    def _run(self) -> Output:
        from psfacts.loading.files import resource

        return self.written(resource(".agents/skills/psfacts/SKILL.md").decode())
