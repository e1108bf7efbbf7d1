"""What shells are offered to complete a word with.

A shell runs what completion tells it: typer's lines for zsh are evaluated, twice, and bash expands them. So nothing is
escaped here; what could be more than letters to any shell is never offered.
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
"""A word to complete to, and what a shell may show beside it."""

Offers = Callable[[typer.Context, str], Iterable[Offer]]
"""What may be offered where a word is typed in part. It need not look at that, nor at what a shell would make of it."""

VARIABLE = "_PSFACTS_COMPLETE"
"""Where a shell says that it asks for completion, and in which form."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")

_WORD = re.compile(r"[^\W_]+([-_,][^\W_]+)*")
"""A word to complete to: an id, a name of one word, or several with commas."""

_LONGEST = 38
"""Characters that are shown beside a word: typer breaks lines that are longer than the screen."""


_MOST = 10_000_000
"""Bytes of a file that a command may be asked about for its columns: TAB has to answer at once."""


@contextmanager
def errors_in_words(given: Sequence[str]) -> Iterator[None]:
    """Say in a line what keeps typer from completing or from installing completion; to a wrong line nothing is offered.

    Raises UsageError where no shell can have asked, and OutputError where completion cannot be installed.
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
    """Return what typer calls to complete a word: of what is offered, what no shell takes for more than letters.

    Nothing is offered where the fact base is unusable. A pipe is not read: it can be read but once, and the command
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
"""The options and arguments that are files to read."""


def _read(ctx: typer.Context) -> Iterator[Path]:
    """Return the files among what is typed that the command would read."""
    for name in _READ:
        typed = ctx.params.get(name) or ()
        yield from map(Path, [typed] if isinstance(typed, str) else typed)


def _is_word(word: str) -> bool:
    """Return whether every shell takes ``word`` for letters, digits, hyphens and the like."""
    return bool(_WORD.fullmatch(word)) and all(character in "_," or _is_plain(character) for character in word)


def _shown(text: str) -> str:
    """Return the letters, digits and hyphens of ``text``, a blank for all else."""
    plain = "".join(character if _is_plain(character) else " " for character in text[:_LONGEST])
    return " ".join(plain.split())


def _is_plain(character: str) -> bool:
    """Return whether ``character`` is a letter, a mark, a digit or a hyphen, and can be written as it is."""
    if not (character.isascii() or is_unicode(sys.__stdout__)):
        return False
    return character == "-" or (unicodedata.category(character)[0] in "LMN" and not is_hidden(character))


def words(offered: Collection[str]) -> Offers:
    """Return what offers certain words."""
    return lambda *_: ((word, "") for word in offered)


def either(*several: Offers) -> Offers:
    """Return what offers what any of ``several`` does."""
    return lambda ctx, incomplete: (offer for offers in several for offer in offers(ctx, incomplete))


def asking(offered: Callable[[Store, str], Iterable[Offer]]) -> Offers:
    """Return what offers words of the fact base that the command would read."""
    return lambda ctx, incomplete: offered(psfacts.load(ctx.params.get("data")), incomplete)


def _matching(records: Iterable[AnyRecord], incomplete: str) -> Iterator[Offer]:
    """Return the ids that start with what was typed, else the names.

    Where the one tells nothing beyond the other, it is not shown beside it: to show anything there, typer loads rich.
    """
    for record in records:
        name = getattr(record, "name", "")
        alike = name.casefold() == record.id.replace("-", " ")
        if record.id.startswith(incomplete):
            yield record.id, "" if alike else name
        else:
            yield name, "" if alike else record.id


def of_types(*types: EntityType) -> Offers:
    """Return what offers entities of ``types``."""
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
    """Offer the columns of what the command would answer, behind those that are typed."""
    from psfacts.cli.output import AnswerOutput, Said
    from psfacts.render import rows
    from psfacts.render.rows.columns import known

    typed = incomplete.split(",")[:-1]
    needed = (parameter for parameter in ctx.command.params if parameter.required)
    if any(parameter.value_is_missing(ctx.params.get(str(parameter.name))) for parameter in needed):
        return
    if any(path.stat().st_size > _MOST for path in _read(ctx)):
        return
    said = ctx.command.callback(**ctx.params) if ctx.command.callback else None
    if isinstance(said, Said) and isinstance(said.output, AnswerOutput):
        for column in known(rows.tables(said.output.answer)):
            if column not in typed:
                yield ",".join([*typed, column]), ""


def schemas(*_: object) -> Iterator[Offer]:
    """Offer the names of schemas."""
    from psfacts.answers.schema import NAMES, summary

    return ((name, summary(name)) for name in NAMES)
