"""``psfacts author``: the aid for those who write a fact base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psfacts.cli.command import Family, Group, command
from psfacts.cli.options import COMMON, STDOUT, Writing
from psfacts.cli.output import AnswerOutput, Output, TextOutput
from psfacts.errors import InvalidError
from psfacts.render import Format
from psfacts.text.visible import visible

SEVERAL = 2
"""How many problems take more than the one line of an error."""

author = Family(
    {"passage": __name__, "build": __name__},
    Group.WRITE,
    """Help those who write a fact base.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author build draft.json article.txt -o facts.json
    """,
)


class Listing(Writing):
    """What a command takes that lists passages."""

    json: Annotated[bool, typer.Option("--json", help="Print JSON, errors too.", rich_help_panel=COMMON)] = False


@command(
    Group.WRITE,
    """Print the passage, offsets and digest, of each place in an article that has certain words.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author passage article.txt "In March … foreign ships."
    """,
)
def passage(
    options: Listing,
    article: Annotated[
        Path, typer.Argument(metavar="ARTICLE", help="The article, as plain text in UTF-8; - for standard input.")
    ],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Words of the article; ' … ' stands for anything between.")
    ],
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="Id of the source that the passages are of.")
    ] = "source",
) -> TextOutput:
    from psfacts.article.text import read
    from psfacts.authoring.listing import passages_json, passages_lines
    from psfacts.authoring.quotes import Article, passages

    text = read(article)
    found = passages(Article(text), source, " ".join(words))
    if options.json:
        return TextOutput(passages_json(found), form=Format.JSON)
    return TextOutput(passages_lines(found, text))


@command(
    Group.WRITE,
    """Make a fact base of a draft: quotes become passages, sources are measured, all is put in order.

    Where a quote is not found, nothing is written, and every such quote is named. Check the result with psfacts
    validate and psfacts verify.

    Examples:
      psfacts author build draft.json article.txt -o facts.json
    """,
)
def build(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="A fact base with quotes for passages.")],
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLE", help="The articles, in the order of the draft's sources.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="Where the fact base goes; - for standard output."),
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
) -> Output:
    from psfacts.answers.validate import Validation
    from psfacts.authoring.build import built
    from psfacts.files import write

    try:
        base = built(draft, articles)
    except InvalidError as error:
        if len(error.problems) < SEVERAL:
            raise
        found = Validation(ok=False, file=str(draft), problems=error.problems, total=error.total, counts={})
        return AnswerOutput(found, exit_code=error.exit_code)
    if output == STDOUT:
        return TextOutput(base, form=Format.JSON)
    write(output, base, force)
    return TextOutput(f"wrote {visible(str(output))}\n")
