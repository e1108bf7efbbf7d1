"""What shells are offered to complete an argument with.

A shell runs what completion tells it: typer's lines for zsh are evaluated, twice, and bash expands them. So nothing is
escaped here; what could be more than letters to any shell is never offered.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import TYPE_CHECKING, get_args

import typer

from psfacts.cli.console import is_unicode
from psfacts.errors import OutputError, PsfactsError, UsageError
from psfacts.text.visible import is_hidden

if TYPE_CHECKING:
    from psfacts.model import Entity, Indicator
    from psfacts.store.store import Store

Offer = tuple[str, str]
"""A word to complete to, and what a shell may show beside it."""

Completer = Callable[[typer.Context, str], list[Offer]]

VARIABLE = "_PSFACTS_COMPLETE"
"""Where a shell says that it asks for completion, and in which form."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")

_WORD = re.compile(r"[^\W_]+(-[^\W_]+)*")
"""A word to complete to: an id, or a name of one word."""

_LONGEST = 38
"""Characters that are shown beside a word: typer breaks lines that are longer than the screen."""


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


def _completer(offers: Callable[[Store, str], Iterable[Offer]]) -> Completer:
    """Make a callback that asks the fact base given so far, and offers nothing where that is unusable.

    A pipe is not read: it can be read but once, and the command that is being typed needs it.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        from psfacts import load

        data: list[Path] | None = ctx.params.get("data")
        if not all(path.is_file() for path in data or ()):
            return []
        try:
            return [(word, _shown(beside)) for word, beside in offers(load(data), incomplete) if _is_word(word)]
        except (PsfactsError, UnicodeError):  # what is typed need not be UTF-8
            return []

    return complete


def _is_word(word: str) -> bool:
    """Return whether every shell takes ``word`` for letters, digits and hyphens."""
    return bool(_WORD.fullmatch(word)) and all(map(_is_plain, word))


def _shown(text: str) -> str:
    """Return the letters, digits and hyphens of ``text``, a blank for all else."""
    plain = "".join(character if _is_plain(character) else " " for character in text[:_LONGEST])
    return " ".join(plain.split())


def _is_plain(character: str) -> bool:
    """Return whether ``character`` is a letter, a mark, a digit or a hyphen, and can be written as it is."""
    if not (character.isascii() or is_unicode(sys.__stdout__)):
        return False
    return character == "-" or (unicodedata.category(character)[0] in "LMN" and not is_hidden(character))


def _matching(records: Iterable[Entity | Indicator], incomplete: str) -> Iterator[Offer]:
    """Return the ids that start with what was typed, else the names.

    Where the one tells nothing beyond the other, it is not shown beside it: to show anything there, typer loads rich.
    """
    for key, name in ((record.id, record.name) for record in records):
        alike = name.casefold() == key.replace("-", " ")
        if key.startswith(incomplete):
            yield key, "" if alike else name
        elif name.startswith(incomplete):
            yield name, "" if alike else key


def _countries(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching(store.entities_beginning(incomplete, ["country"]), incomplete)


def _groups(store: Store, incomplete: str) -> Iterator[Offer]:
    return _matching(store.entities_beginning(incomplete, ["region", "organization"]), incomplete)


def _entities(store: Store, incomplete: str) -> Iterator[Offer]:
    from psfacts.model import EntityType

    return _matching(store.entities_beginning(incomplete, get_args(EntityType)), incomplete)


def _compared(store: Store, incomplete: str) -> Iterator[Offer]:
    yield from _matching(store.indicators, incomplete)
    yield from _countries(store, incomplete)
    yield from _groups(store, incomplete)


def _facts(store: Store, incomplete: str) -> Iterator[Offer]:
    return ((fact.id, fact.kind) for fact in store.facts_beginning(incomplete))


def _topics(store: Store, incomplete: str) -> Iterator[Offer]:
    return ((topic.id, topic.name) for topic in store.topics if topic.id.startswith(incomplete))


countries = _completer(_countries)
groups = _completer(_groups)
entities = _completer(_entities)
compared = _completer(_compared)
facts = _completer(_facts)
topics = _completer(_topics)


def schemas(incomplete: str) -> list[Offer]:
    """Offer the names of schemas."""
    from psfacts.answers.schema import NAMES, summary

    return [(name, summary(name)) for name in NAMES if name.startswith(incomplete)]
