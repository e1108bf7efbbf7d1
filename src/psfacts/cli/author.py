"""Help with writing a fact base.

Examples:
  psfacts author passage article.txt "closed the strait"
  psfacts author build draft.json article.txt -o facts.json
"""

from __future__ import annotations

from pathlib import Path

from psfacts.cli import values
from psfacts.cli.command import AnswerOutput, Output, TextOutput
from psfacts.cli.console import wrote
from psfacts.cli.options import COMMON, STDOUT, Files, Names, Writing
from psfacts.cli.values import flag
from psfacts.errors import InvalidError
from psfacts.render import Format


class Finding(Writing, heading=COMMON):
    """Options of commands that list passages."""

    json: bool = flag("Print JSON, errors too.")


def passage(
    options: Finding,
    article: Path = values.FILE.required("ARTICLE", "The article, as plain text in UTF-8; - for standard input."),
    words: Names = values.TEXT.one_or_more("WORDS", "Words of the article; ' … ' stands for anything between."),
    source: str = values.TEXT.option("ID", "Id of the source that the passages are from.", "source"),
) -> TextOutput:
    """Print the passage (offsets and digest) of each place where an article has these words.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author passage article.txt "In March … foreign ships."
    """
    from psfacts.article.text import read
    from psfacts.authoring.quotes import Article, passages, passages_lines
    from psfacts.render import json

    text = read(article)
    found = [*passages(Article(text), source, " ".join(words))]
    if options.json:
        return TextOutput(json.value([passage.model_dump(mode="json") for passage in found]), Format.JSON)
    return TextOutput(passages_lines(found, text))


def build(
    draft: Path = values.FILE.required("DRAFT", "A fact base with quotes instead of passages."),
    articles: Files = values.FILE.one_or_more("ARTICLE", "The articles, in the order of the draft's sources."),
    output: Path = values.FILE.required("FILE", "The file to write; - for standard output.", "-o"),
    force: bool = flag("Replace FILE if it exists."),
) -> Output:
    """Make a fact base from a draft: locate its quotes, measure its sources, sort its records.

    If a quote is not found, nothing is written, and all such quotes are listed. Check the result with psfacts validate
    and psfacts verify.

    Examples:
      psfacts author build draft.json article.txt -o facts.json
    """
    from psfacts.answers.validate import Validation
    from psfacts.authoring.build import built
    from psfacts.files import write

    try:
        base = built(draft, articles)
    except InvalidError as error:
        if len(error.problems) <= 1:
            raise
        found = Validation(ok=False, file=str(draft), problems=error.problems, total=error.total, counts={})
        return AnswerOutput(found, exit_code=error.exit_code)
    if output == STDOUT:
        return TextOutput(base, Format.JSON)
    write(output, base, force)
    return TextOutput(wrote(output))
