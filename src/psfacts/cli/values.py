"""Options and arguments, declared as data: how their values are read, completed and explained."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import redirect_stderr
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast, get_args

import typer

import psfacts
from psfacts.cli.console import is_unicode
from psfacts.errors import PsfactsError, UsageError
from psfacts.model import EntityType
from psfacts.text.phrases import either, quoted
from psfacts.text.visible import is_hidden

if TYPE_CHECKING:
    from psfacts.model import Entity, Indicator
    from psfacts.store.store import Store

T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D")
W = TypeVar("W", bound=str)

Offers = Callable[[typer.Context, str], Iterable[str]]
"""Function that returns possible completions; it need not filter by the typed part, nor care about shells."""

TEXT_MARK = "\0"
"""Prefix of arguments that look like options but are text; no argument of a process can contain it."""

_WORD = re.compile(r"[^\W_]+(-[^\W_]+)*")
"""Pattern of a completion, which no shell interprets: an id, or a name of one word."""


class Option(NamedTuple, Generic[T_co]):
    """An option or argument, named like the parameter or attribute that it is the default of.

    To a type checker, the methods return the value that the command gets; in truth, they return the declaration.
    """

    read: Callable[[str, str], T_co]
    """Function that parses a value, given the option's name. Raises UsageError if the value is invalid."""

    offers: Offers | None = None
    """Completions; ``None`` leaves them to the shell, which offers files."""

    metavar: str | None = None
    """Placeholder of the value in the help; an option without one is a flag."""

    help: str = ""
    """Text in the help."""

    default: object = None
    """Default value; an ellipsis if it is required."""

    other_names: tuple[str, ...] = ()
    """Additional names of an option."""

    several: bool = False
    """True if it takes several values."""

    positional: bool = False
    """True for an argument, false for an option."""

    variable: str | None = None
    """Environment variable with the default."""

    heading: str | None = None
    """Heading of an option in the help."""

    def option(self, metavar: str, text: str, default: D, *other_names: str) -> T_co | D:
        """Declare an option that takes a value."""
        return cast(T_co, self._replace(metavar=metavar, help=text, default=default, other_names=other_names))

    def repeated(self, metavar: str, text: str, variable: str | None = None) -> Sequence[T_co]:
        """Declare an option that may be repeated."""
        several = self._replace(metavar=metavar, help=text, default=(), several=True, variable=variable)
        return cast(Sequence[T_co], several)

    def required(self, metavar: str, text: str, *other_names: str) -> T_co:
        """Declare a required argument, or with ``other_names`` a required option."""
        needed = self._replace(metavar=metavar, help=text, default=..., other_names=other_names)
        return cast(T_co, needed._replace(positional=not other_names))

    def optional(self, metavar: str, text: str) -> T_co | None:
        """Declare an optional argument."""
        return cast(T_co, self._replace(metavar=metavar, help=text, positional=True))

    def any_number(self, metavar: str, text: str) -> Sequence[T_co]:
        """Declare an argument with any number of values."""
        several = self._replace(metavar=metavar, help=text, default=(), several=True, positional=True)
        return cast(Sequence[T_co], several)

    def one_or_more(self, metavar: str, text: str, variable: str | None = None) -> Sequence[T_co]:
        """Declare an argument with at least one value."""
        several = self._replace(metavar=metavar, help=text, default=..., several=True, positional=True)
        return cast(Sequence[T_co], several._replace(variable=variable))

    def initial(self) -> object:
        """Return the default value for typer; empty parts of an environment variable are ignored."""
        named = [part for part in os.environ.get(self.variable or "", "").split(os.pathsep) if part]
        if named or self.default == ():
            return named
        return str(self.default) if self.metavar and isinstance(self.default, str | int) else self.default

    def means(self, name: str, given: object) -> object:
        """Return the given value converted for the command. Raises UsageError if it is invalid."""
        match given:
            case str():
                return self.read(str(self.metavar) if self.positional else f"--{name}", given.removeprefix(TEXT_MARK))
            case list() | tuple():
                return tuple(self.means(name, item) for item in given)
        return given

    def completions(self, ctx: typer.Context, incomplete: str) -> list[str]:
        """Return what completes a word, without what a shell could interpret.

        A shell may run completions: zsh evaluates typer's lines twice, and bash expands them. So nothing is escaped,
        and what is no literal text in every shell is dropped. Nothing is offered if the fact base is invalid. A pipe
        is not read: it can be read only once, and the command that is being typed needs it.
        """
        if not self.offers or not all(Path(file).is_file() for file in ctx.params.get("data") or ()):
            return []
        try:
            with redirect_stderr(None):  # the terminal is the shell's
                return [word for word in self.offers(ctx, incomplete) if word.startswith(incomplete) and _is_word(word)]
        except (PsfactsError, UnicodeError):  # what is typed need not be UTF-8
            return []


def _is_word(word: str) -> bool:
    """Return whether ``word`` is literal text in every shell, and can be written as it is."""
    is_written = word.isascii() or is_unicode(sys.__stdout__)
    return is_written and bool(_WORD.fullmatch(word)) and not any(map(is_hidden, word))


TEXT = Option(lambda _, word: word)
"""Any word."""


def flag(text: str, *other_names: str) -> bool:
    """Declare a flag."""
    return cast(bool, TEXT._replace(help=text, default=False, other_names=other_names))


def one_of(words: Collection[W], **others: W) -> Option[W]:
    """Return an option for one of ``words`` (case-insensitive); ``others`` are undocumented synonyms."""
    known = {**{str(word): word for word in words}, **others}

    def read(option: str, word: str) -> W:
        if word.lower() not in known:
            raise UsageError(f"{option} cannot be {quoted(word)}", f"give {either(words)}")
        return known[word.lower()]

    return Option(read, lambda *_: words)


def at_least(least: int) -> Option[int]:
    """Return an option for an integer of at least ``least``."""

    def read(option: str, word: str) -> int:
        if not re.fullmatch(r"\d{1,9}", word) or int(word) < least:
            raise UsageError(f"{option} cannot be {quoted(word)}", f"give a whole number, {least} or more")
        return int(word)

    return Option(read)


def _path(option: str, word: str) -> Path:
    if not word:
        raise UsageError(f"{option} is empty", "give the path of a file")
    return Path(word)


def _columns(option: str, word: str) -> tuple[str, ...]:
    named = tuple(filter(None, map(str.strip, word.split(","))))
    if not named:
        raise UsageError(f"{option} names none", f"for example: {option} id,statement")
    return named


def _asking(*offered: Callable[[Store, str], Iterable[str]]) -> Option[str]:
    """Return an option for any word, completed with words from the fact base that the command would read."""

    def offers(ctx: typer.Context, typed: str) -> Iterable[str]:
        store = psfacts.load(ctx.params.get("data"))
        return chain.from_iterable(offer(store, typed) for offer in offered)

    return TEXT._replace(offers=offers)


def _of_types(*types: EntityType) -> Callable[[Store, str], Iterable[str]]:
    return lambda store, typed: _beginning(typed, store.entities_beginning(typed, types))


def _indicators(store: Store, typed: str) -> Iterable[str]:
    return _beginning(typed, store.indicators)


def _facts(store: Store, typed: str) -> Iterable[str]:
    return (fact.id for fact in store.facts_beginning(typed))


def _beginning(typed: str, records: Iterable[Entity | Indicator]) -> Iterator[str]:
    """Return the ids that begin with the typed part, or else the names."""
    return (record.id if record.id.startswith(typed) else record.name for record in records)


def _schemas(*_: object) -> Iterable[str]:
    from psfacts.answers.schema import NAMES

    return NAMES


def _span(word: str) -> tuple[date, date]:
    from psfacts.text import dates

    return dates.span(word)


_TIME = _asking(lambda store, typed: store.times_beginning(typed))

FILE = Option(_path)
OUTPUT = Option(lambda option, word: None if word == "-" else _path(option, word))
ENTITY = _asking(_of_types(*get_args(EntityType)))
ANY = _asking(_of_types(*get_args(EntityType)), _indicators)
COUNTRY = _asking(_of_types("country"))
GROUP = _asking(_of_types("region", "organization"))
COMPARED = _asking(_indicators, _of_types("country"), _of_types("region", "organization"))
SORT_KEY = _asking(_indicators, lambda *_: ["name"])
FACT = _asking(_facts)
SOURCE_OR_FACT = _asking(_facts, lambda store, _: (source.id for source in store.sources))
TOPIC = _asking(lambda store, _: (topic.id for topic in store.topics))
SCHEMA = TEXT._replace(offers=_schemas)
COLUMNS = Option(_columns)
SINCE = Option(lambda _, word: _span(word)[0], _TIME.offers)
UNTIL = Option(lambda _, word: _span(word)[1], _TIME.offers)
