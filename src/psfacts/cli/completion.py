"""Shell completion.

A shell may run completions: zsh evaluates typer's lines twice, and bash expands them. So nothing is
escaped here; anything that a shell could interpret is never offered.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from subprocess import SubprocessError
from typing import TYPE_CHECKING, get_args

import typer

import psfacts
from psfacts.cli.console import is_unicode
from psfacts.errors import OutputError, PsfactsError, UsageError
from psfacts.model import EntityType
from psfacts.text.visible import is_hidden

if TYPE_CHECKING:
    from psfacts.model import AnyRecord
    from psfacts.store.store import Store

Offer = tuple[str, str]
"""A completion, and the text that a shell may show beside it."""

Offers = Callable[[typer.Context, str], Iterable[Offer]]
"""Function that returns possible completions; it need not filter by the typed part, nor care about shells."""

VARIABLE = "_PSFACTS_COMPLETE"
"""Environment variable by which a shell requests completion."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")

_WORD = re.compile(r"[^\W_]+([-_,][^\W_]+)*")
"""Pattern of a completion: an id, a name of one word, or several with commas."""

_LONGEST = 38
"""Maximum length of the text beside a word: typer breaks lines that are longer than the screen."""


_MOST = 10_000_000
"""Maximum size of a file in bytes from which columns are completed, since TAB must respond at once."""


@contextmanager
def errors_in_words(given: Sequence[str]) -> Iterator[None]:
    """Report in one line why typer cannot complete or install completion; an invalid line has no completions.

    Raises UsageError if no shell can have asked, and OutputError if completion cannot be installed.
    """
    asked = os.environ.get(VARIABLE)
    try:
        if asked and not _REQUEST.fullmatch(asked):
            raise ValueError(asked)
        yield
    except typer.TyperException:
        if not asked:
            raise
    except (LookupError, ValueError, OSError, RuntimeError, SubprocessError) as error:
        if asked:
            message = f"{VARIABLE} is for shells, which set it on TAB"
            raise UsageError(message, "see: psfacts --install-completion") from None
        if "--install-completion" in given:
            raise OutputError(f"completion cannot be installed: {error}", "see: psfacts --show-completion") from None
        raise


def completer(offers: Offers) -> Callable[[typer.Context, str], list[Offer]]:
    """Return typer's callback to complete a word, which drops what a shell could interpret.

    Nothing is offered if the fact base is invalid. A pipe is not read: it can be read only once, and the command
    that is being typed needs it.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        if not all(path.is_file() for path in _read(ctx)):
            return []
        try:
            with redirect_stderr(None):  # the terminal is the shell's
                found = [offer for offer in offers(ctx, incomplete) if offer[0].startswith(incomplete)]
        except (PsfactsError, UnicodeError):  # what is typed need not be UTF-8
            return []
        return [(word, _shown(beside)) for word, beside in found if _is_word(word)]

    return complete


_READ = ("data", "article", "articles", "file")
"""Options and arguments with files to read."""


def _read(ctx: typer.Context) -> Iterator[Path]:
    """Return the files on the command line that the command would read."""
    for name in _READ:
        typed = ctx.params.get(name) or ()
        yield from map(Path, [typed] if isinstance(typed, str) else typed)


def _is_word(word: str) -> bool:
    """Return whether ``word`` is literal text in every shell."""
    return bool(_WORD.fullmatch(word)) and all(character in "_," or _is_plain(character) for character in word)


def _shown(text: str) -> str:
    """Return ``text`` with everything but letters, digits and hyphens replaced by blanks."""
    plain = "".join(character if _is_plain(character) else " " for character in text[:_LONGEST])
    return " ".join(plain.split())


def _is_plain(character: str) -> bool:
    """Return whether ``character`` is a letter, a mark, a digit or a hyphen, and can be written as it is."""
    if not (character.isascii() or is_unicode(sys.__stdout__)):
        return False
    return character == "-" or (unicodedata.category(character)[0] in "LMN" and not is_hidden(character))


def words(offered: Collection[str]) -> Offers:
    """Return an offer of fixed words."""
    return lambda *_: ((word, "") for word in offered)


def either(*several: Offers) -> Offers:
    """Return an offer of everything that any of ``several`` offers."""
    return lambda ctx, incomplete: (offer for offers in several for offer in offers(ctx, incomplete))


def asking(offered: Callable[[Store, str], Iterable[Offer]]) -> Offers:
    """Return an offer of words from the fact base that the command would read."""
    return lambda ctx, incomplete: offered(psfacts.load(ctx.params.get("data")), incomplete)


def _matching(records: Iterable[AnyRecord], incomplete: str) -> Iterator[Offer]:
    """Return the ids that begin with the typed part, or else the names.

    A name that adds nothing to an id is not shown beside it, since typer loads rich to show one.
    """
    for record in records:
        name = getattr(record, "name", "")
        alike = name.casefold() == record.id.replace("-", " ")
        if record.id.startswith(incomplete):
            yield record.id, "" if alike else name
        else:
            yield name, "" if alike else record.id


def of_types(*types: EntityType) -> Offers:
    """Return an offer of entities of ``types``."""
    return asking(lambda store, typed: _matching(store.entities_beginning(typed, types), typed))


entities = of_types(*get_args(EntityType))
countries = of_types("country")
groups = of_types("region", "organization")
indicators = asking(lambda store, typed: _matching(store.indicators, typed))
facts = asking(lambda store, typed: ((fact.id, fact.kind) for fact in store.facts_beginning(typed)))
topics = asking(lambda store, _: ((topic.id, topic.name) for topic in store.topics))
sources = asking(lambda store, _: ((source.id, source.title) for source in store.sources))
times = asking(lambda store, typed: ((time, "") for time in store.times_beginning(typed)))


def columns(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """Offer the columns of the command's answer, after those already typed."""
    from psfacts.cli.output import AnswerOutput, Said
    from psfacts.render.rows import known, tables

    typed = incomplete.split(",")[:-1]
    needed = (parameter for parameter in ctx.command.params if parameter.required)
    if any(parameter.value_is_missing(ctx.params.get(str(parameter.name))) for parameter in needed):
        return
    if any(path.stat().st_size > _MOST for path in _read(ctx)):
        return
    said = ctx.command.callback(**ctx.params) if ctx.command.callback else None
    if isinstance(said, Said) and isinstance(said.output, AnswerOutput):
        for column in known(tables(said.output.answer)):
            if column not in typed:
                yield ",".join([*typed, column]), ""


def schemas(*_: object) -> Iterator[Offer]:
    """Offer the names of schemas."""
    from psfacts.answers.schema import NAMES, summary

    return ((name, summary(name)) for name in NAMES)
