"""``psfacts author``: the aid for those who write a fact base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.console import Format, Reply, Said
from psfacts.cli.options import Json
from psfacts.errors import InvalidError
from psfacts.text.visible import visible

SEVERAL = 2
"""How many problems take more than the one line of an error."""

author = typer.Typer(rich_markup_mode=None)


@author.callback(invoke_without_command=True)
def shown(context: typer.Context) -> None:
    """Help those who write a fact base."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


Source = Annotated[str, typer.Option("--source", metavar="ID", help="Id of the source that the passages are of.")]


def passage(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="The article, as plain text in UTF-8.")],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words of the article; ' … ' stands for anything between.")
    ],
    source: Source = "source",
    json: Json = False,
) -> Said:
    """Print the passage, offsets and digest, of each place in an article that has certain words.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author passage article.txt "In March … foreign ships."

    """
    from psfacts.article.text import read
    from psfacts.authoring.draft import passages
    from psfacts.authoring.listing import passages_json, passages_lines

    text = read(article)
    found = passages(text, source, " ".join(words))
    return Said(passages_json(found), is_json=True) if json else Said(passages_lines(found, text))


def build(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="A fact base with quotes for passages.")],
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLE...", help="The articles, in the order of the draft's sources.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the fact base goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> Reply | Said:
    """Make a fact base of a draft: quotes become passages, sources are measured, lists are sorted.

    Where a quote is not found, nothing is written, and every such quote is named. Check the result with psfacts
    validate and psfacts verify.

    Examples:
      psfacts author build draft.json article.txt -o facts.json

    """
    from psfacts.answers.validate import Validation
    from psfacts.authoring.draft import built
    from psfacts.files import write

    try:
        base = built(draft, articles)
    except InvalidError as error:
        if len(error.problems) < SEVERAL:
            raise
        found = Validation(ok=False, file=str(draft), problems=error.problems, counts={})
        return Reply(found, Format.TABLE, exit_code=error.exit_code)
    write(output, base, force)
    return Said(f"wrote {visible(str(output))}\n")
