"""``psfacts author``: the aid for those who write a fact base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Said
from psfacts.cli.options import Json

author = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

Source = Annotated[str, typer.Option("--source", metavar="ID", help="Id of the source that the passages are of.")]


def passage(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="The article, as plain text in UTF-8.")],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words of the article; ' … ' stands for anything between.")
    ],
    source: Source = "source",
    json: Json = False,
) -> Said:
    """Give the passage, offsets and digest, of each place in an article that has certain words.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author passage article.txt "In March … foreign ships."

    """
    from psfacts.article import read
    from psfacts.authoring import passages
    from psfacts.render.authoring import passages_json, passages_lines

    text = read(article)
    found = passages(text, source, " ".join(words))
    return Said(passages_json(found) if json else passages_lines(found, text))


def build(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="A fact base with quotes for passages.")],
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLE...", help="The articles, in the order of the draft's sources.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the fact base goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> Said:
    """Make a fact base of a draft: quotes become passages, sources are measured, lists are sorted.

    Nothing is written where a quote is not found. Check the result with psfacts validate and psfacts verify.

    Examples:
      psfacts author build draft.json article.txt -o facts.json

    """
    from psfacts.authoring import built
    from psfacts.files import write

    write(output, built(draft, articles), force)
    return Said(f"{output} is written\n")
