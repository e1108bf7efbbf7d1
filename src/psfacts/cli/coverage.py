"""``psfacts coverage``."""

from __future__ import annotations

from psfacts.cli.article import Article, copies_of
from psfacts.cli.command import Group, command
from psfacts.cli.options import Options
from psfacts.cli.output import AnswerOutput


@command(
    Group.CHECK,
    """Show how much of the article is used.

    By section: the share that facts cite, the share that is set aside and why, and what is left; then country by
    indicator, how many values there are. With your copy of the article, what is left is shown in its words.

    Examples:
      psfacts coverage
      psfacts coverage --article article.txt
      psfacts coverage --json | jq '.sections[] | [.section, .cited, .length]'
    """,
)
def coverage(
    options: Options,
    article: Article = None,
) -> AnswerOutput:
    from psfacts.answers.coverage import coverage

    return AnswerOutput(coverage(copies_of(article), store=options.store()))
