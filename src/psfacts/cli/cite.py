"""``psfacts cite``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.console import Format, Reply, Said
from psfacts.cli.options import Data, Formats, Json, shape
from psfacts.errors import UsageError


class Style(StrEnum):
    """How a citation is written."""

    PLAIN = "plain"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def cite(
    key: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id of a fact, or of a source.", autocompletion=completion.facts),
    ],
    style: Annotated[
        Style, typer.Option("--style", help="plain, bibtex or csl-json.", show_default=True)
    ] = Style.PLAIN,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
) -> Reply | Said:
    """Print a ready citation of the passage that a fact stands in.

    Examples:
      psfacts cite remittances-uzbekistan-2021
      psfacts cite remittances-uzbekistan-2021 --style bibtex
      psfacts cite remittances-uzbekistan-2021 --style csl-json

    """
    from psfacts import load
    from psfacts.answers.cite import cite as cited

    wanted = shape(form, json)
    if style is not Style.PLAIN and wanted is not Format.TABLE:
        raise UsageError(f"--style {style} is a format of its own", f"leave out --style or --format {wanted}")
    store = load(data)
    citation = cited(key, store=store)
    if wanted is not Format.TABLE:
        return Reply(citation, wanted)
    from psfacts.render.citation import STYLES

    return Said(STYLES[style](citation), is_json=style is Style.CSL_JSON)
