"""The commands that help with writing a fact base."""

from __future__ import annotations

from pathlib import Path

from psfacts.cli import values
from psfacts.cli.options import Answering, Files, Names, Output, Printing
from psfacts.cli.values import flag
from psfacts.errors import InvalidError
from psfacts.render import Format


class Passage(Printing):
    """Print the passage (offsets and digest) of each place where an article has these words.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author passage article.txt "In March … foreign ships."
    """

    article: Path = values.FILE.required("ARTICLE", "The article, as plain text in UTF-8; - for standard input.")
    words: Names = values.TEXT.one_or_more("WORDS", "Words of the article; ' … ' stands for anything between.")
    source: str = values.TEXT.option("ID", "Id of the source that the passages are from.", "source")
    json: bool = flag("Print JSON, errors too.")

    @property
    def form(self) -> Format:
        """JSON, or plain text."""
        return Format.JSON if self.json else Format.TABLE

    def _run(self) -> Output:
        from psfacts.article.text import read
        from psfacts.authoring.build import Article, passages, passages_lines
        from psfacts.render import json

        text = read(self.article)
        found = [*passages(Article(text), self.source, " ".join(self.words))]
        if self.json:
            return self.written(json.value([passage.model_dump(mode="json") for passage in found]))
        return self.written(passages_lines(found, text))


class Build(Printing):
    """Make a fact base from a draft: locate its quotes, measure its sources, sort its records.

    If a quote is not found, nothing is written, and all such quotes are listed. Check the result with psfacts validate
    and psfacts verify.

    Examples:
      psfacts author build draft.json article.txt -o facts.json
    """

    draft: Path = values.FILE.required("DRAFT", "A fact base with quotes instead of passages.")
    articles: Files = values.FILE.one_or_more("ARTICLE", "The articles, in the order of the draft's sources.")
    output: Path | None = values.OUTPUT.required("FILE", "The file to write; - for standard output.", "-o")
    form = Format.JSON

    def _run(self) -> Output:
        from psfacts.answers.checks import Validation
        from psfacts.authoring.build import built

        try:
            base = built(self.draft, self.articles)
        except InvalidError as error:
            if len(error.problems) <= 1:
                raise
            found = Validation(ok=False, file=str(self.draft), problems=error.problems, total=error.total, counts={})
            return Answering(color=self.color).answered(found, exit_code=error.exit_code)
        return self.written(base)
