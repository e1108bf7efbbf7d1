"""``psfacts cite``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options, offering, one_of
from psfacts.cli.output import AnswerOutput, Output, TextOutput
from psfacts.errors import UsageError
from psfacts.render import Format


class Style(StrEnum):
    """How a citation is written."""

    PLAIN = "plain"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


class Citing(Options):
    """What cite takes: a style is a format of its own."""

    style: Annotated[
        str,
        typer.Option("--style", metavar="STYLE", help=f"{', '.join(Style)}.", autocompletion=offering(Style)),
    ] = Style.PLAIN

    @property
    def form(self) -> Format:
        """The format asked for; that of a page, where a style is."""
        if one_of(Style, "--style", self.style) is Style.PLAIN:
            return super().form
        if self.json or self.format:
            wanted = "--json" if self.json else f"--format {self.format}"
            raise UsageError(f"--style {self.style} is a format of its own", f"leave out --style or {wanted}")
        return Format.TABLE


@command(
    Group.TAKE_AWAY,
    """Print a ready citation of the passage that a fact stands in.

    Examples:
      psfacts cite remittances-uzbekistan-2021
      psfacts cite remittances-uzbekistan-2021 --style bibtex
      psfacts cite remittances-uzbekistan-2021 --style csl-json
    """,
)
def cite(
    options: Citing,
    key: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id of a fact, or of a source.", autocompletion=completion.facts),
    ],
) -> Output:
    from psfacts.answers.cite import cite
    from psfacts.render.citation import STYLES

    citation = cite(key, store=options.store())
    if options.form is not Format.TABLE:
        return AnswerOutput(citation)
    style = Style(options.style.lower())
    return TextOutput(STYLES[style](citation), form=Format.JSON if style is Style.CSL_JSON else Format.TABLE)
