"""``psfacts coverage``."""

from __future__ import annotations

from psfacts.cli.article import Article, copy_of
from psfacts.cli.console import Color, Reply
from psfacts.cli.options import Colors, Data, Formats, Json, shape


def coverage(
    article: Article = None,
    data: Data = None,
    form: Formats = None,
    json: Json = False,
    color: Colors = Color.AUTO,
) -> Reply:
    """Show how much of the article is used.

    By section: the share that facts cite, the share that is set aside and why, and what is left; then country by
    indicator, how many values there are. With your copy of the article, what is left is shown in its words.

    Examples:
      psfacts coverage
      psfacts coverage --article article.txt
      psfacts coverage --json | jq '.sections[] | [.section, .cited, .length]'

    """
    from psfacts import load
    from psfacts.answers.coverage import coverage as measured

    store, copy = load(data), copy_of(article)
    return Reply(measured(copy, store=store), shape(form, json), color)
