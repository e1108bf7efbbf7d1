"""The commands that check: a fact base by itself, and against the article."""

from __future__ import annotations

from pathlib import Path

import psfacts
from psfacts.cli import values
from psfacts.cli.command import Section
from psfacts.cli.options import (
    ARTICLE_VARIABLE,
    COMMON,
    Answering,
    Copied,
    Files,
    Options,
    copies_of,
    flag,
    one_or_more,
    required,
)
from psfacts.cli.output import AnswerOutput
from psfacts.errors import InvalidError

FOUND = 6
"""Exit code where verify ran and found something."""

section = Section("Check")


@section.command
def coverage(options: Copied) -> AnswerOutput:
    """Show how much of the article is used.

    By section: the share that facts cite, the share that is set aside and why, and what is left; then country by
    indicator, how many values there are. With your copy of the article, what is left is shown in its words.

    Examples:
      psfacts coverage
      psfacts coverage --article article.txt
      psfacts coverage --json | jq '.sections[] | [.section, .cited, .length]'
    """
    return AnswerOutput(psfacts.coverage(options.copies, store=options.store()))


class Verifying(Options, heading=COMMON):
    """What verify takes: ``--full`` has had another name there."""

    full: bool = flag("Show every check of every fact, not only what was found.", "--all")


@section.command
def verify(
    options: Verifying,
    articles: Files = one_or_more(
        "ARTICLE",
        "Your own copy of each article, as plain text in UTF-8; - for standard input.",
        values.FILE,
        ARTICLE_VARIABLE,
    ),
) -> AnswerOutput:
    """Hold every fact and erratum against your copy of the article.

    Shows that the cited words, numbers, dates and names stand where the facts say; not that the article is right, nor
    that the facts read it rightly. Words that the copy has more or less than the article are told with their place. A
    fact that rests on several articles is checked where all of them are given. Exits with 0 where all holds, 6 where
    something was found, 4 where the file is no copy of the article.

    Examples:
      psfacts verify article.txt
      psfacts verify article.txt --full
      psfacts verify article.txt --json | jq '.facts[] | select(.status != "ok")'
    """
    from psfacts.cli.progress import progress

    store, copies = options.store(), copies_of(articles)
    with progress("Verifying") as tell:
        found = psfacts.verify(copies, tell, store=store)
    return AnswerOutput(found, exit_code=0 if found.ok else FOUND)


@section.command
def validate(
    options: Answering,  # noqa: ARG001 -- how the answer is written
    file: Path = required("FILE", "A fact base: .json, .jsonl or .db; - for standard input.", values.FILE),
) -> AnswerOutput:
    """Name every problem of a fact base in one run.

    Each problem comes with its place and what to do about it.

    Exits with 0 where the file is a fact base, else with 4.

    Examples:
      psfacts validate facts.json
      psfacts validate facts.json --json | jq -r '.problems[]'
    """
    found = psfacts.validate(file)
    return AnswerOutput(found, exit_code=0 if found.ok else InvalidError.exit_code)
