"""The commands that check: a fact base by itself, and against the article."""

from __future__ import annotations

from pathlib import Path

import psfacts
from psfacts.cli import values
from psfacts.cli.console import progress
from psfacts.cli.options import ARTICLE_VARIABLE, COMMON, Answering, Copied, Files, Options, Output, copies_of
from psfacts.cli.values import flag
from psfacts.errors import InvalidError

FOUND = 6
"""Exit code of verify if it found problems."""


class Coverage(Copied):
    """Show how much of the article the facts cover.

    For each section, the share that facts cite, the share that is set aside and why, and the rest; then the number of
    values for each country and indicator. With your copy of the article, the rest is quoted; a file that is not a copy
    of it is refused.

    Examples:
      psfacts coverage
      psfacts coverage --article article.txt
      psfacts coverage --json | jq '.sections[] | [.section, .cited, .length]'
    """

    def _run(self) -> Output:
        return self.answered(psfacts.coverage(copies_of(self.article), store=self.store()))


class Verify(Options, heading=COMMON):
    """Check every fact and erratum against your copy of the article.

    This shows that the cited words, numbers, dates and names are where the facts say, not that the article is right or
    that the facts interpret it correctly. Words that your copy adds or lacks are listed with their place. A fact drawn
    from several articles is checked only if all of them are given. The exit code is 0 if all checks pass, 6 if there
    are problems, and 4 if the file is not a copy of the article.

    Examples:
      psfacts verify article.txt
      psfacts verify article.txt --full
      psfacts verify article.txt --json | jq '.facts[] | select(.status != "ok")'
    """

    articles: Files = values.FILE.one_or_more(
        "ARTICLE", "Your own copy of each article, as plain text in UTF-8; - for standard input.", ARTICLE_VARIABLE
    )
    full: bool = flag("Show every check of every fact, not only the problems.", "--all")

    def _run(self) -> Output:
        store, copies = self.store(), copies_of(self.articles)
        with progress("Verifying") as report:
            found = psfacts.verify(copies, report, store=store)
        return self.answered(found, exit_code=0 if found.ok else FOUND)


class Validate(Answering):
    """List all problems in a fact base.

    Each comes with its place and what to do about it. The exit code is 0 if the file is a valid fact base, and 4 if
    not.

    Examples:
      psfacts validate facts.json
      psfacts validate facts.json --json | jq -r '.problems[]'
    """

    base: Path = values.FILE.required("FILE", "A fact base: .json, .jsonl or .db; - for standard input.")

    def _run(self) -> Output:
        found = psfacts.validate(self.base)
        return self.answered(found, exit_code=0 if found.ok else InvalidError.exit_code)
