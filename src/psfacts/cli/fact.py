"""``psfacts fact``."""

from __future__ import annotations

from typing import Annotated

import typer

from psfacts.cli import completion
from psfacts.cli.article import Article, copy_of
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def fact(
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID", help="Ids of facts, as other commands show them.", autocompletion=completion.facts
        ),
    ],
    article: Article = None,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Show facts as whole records.

    All fields: the statement, when it held, who says so, and the passages that carry it.

    Examples:
      psfacts fact remittances-tajikistan-2021
      psfacts fact remittances-tajikistan-2021 remittances-uzbekistan-2021 --json
      psfacts fact remittances-uzbekistan-2021 --article article.txt

    """
    import psfacts

    store = psfacts.load(data)
    return Reply(psfacts.fact(*ids, copy=copy_of(article), store=store), shape(form, json), color)
