"""Types of values of options and arguments: how to parse and to complete them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from psfacts.cli import completion
from psfacts.errors import UsageError
from psfacts.text.phrases import either, quoted

T_co = TypeVar("T_co", covariant=True)
W = TypeVar("W", bound=str)

_DIGITS = 9
"""Maximum number of digits of a number in an option."""


class Values(NamedTuple, Generic[T_co]):
    """A type of values of an option or argument."""

    read: Callable[[str, str], T_co]
    """Function that parses a value, given the option's name. Raises UsageError if the value is invalid."""

    offers: completion.Offers | None = None
    """Completions; ``None`` leaves them to the shell, which offers files."""


def _as_typed(_: str, word: str) -> str:
    return word


def named(*offers: completion.Offers) -> Values[str]:
    """Return a type that accepts any word, and completes with all ``offers``."""
    return Values(_as_typed, completion.either(*offers))


def one_of(words: Collection[W], **others: W) -> Values[W]:
    """Return a type that accepts one of ``words`` (case-insensitive); ``others`` are undocumented synonyms."""
    known = {**{str(word): word for word in words}, **others}

    def read(option: str, word: str) -> W:
        if word.lower() not in known:
            raise UsageError(f"{option} cannot be {quoted(word)}", f"give {either(words)}")
        return known[word.lower()]

    return Values(read, completion.words(words))


def at_least(least: int) -> Values[int]:
    """Return a type that accepts an integer of at least ``least``."""

    def read(option: str, word: str) -> int:
        if not word.isdecimal() or len(word) > _DIGITS or int(word) < least:
            raise UsageError(f"{option} cannot be {quoted(word)}", f"give a whole number, {least} or more")
        return int(word)

    return Values(read)


def _columns(option: str, word: str) -> tuple[str, ...]:
    named = tuple(filter(None, map(str.strip, word.split(","))))
    if not named:
        raise UsageError(f"{option} names none", f"for example: {option} id,statement")
    return named


def _first_day(_: str, word: str) -> date:
    from psfacts.text import dates

    return dates.first_day(word)


def _last_day(_: str, word: str) -> date:
    from psfacts.text import dates

    return dates.last_day(word)


TEXT = Values(_as_typed)
FILE = Values(lambda _, word: Path(word))
ENTITY = named(completion.entities)
ANY = named(completion.entities, completion.indicators)
COUNTRY = named(completion.countries)
GROUP = named(completion.groups)
COMPARED = named(completion.indicators, completion.countries, completion.groups)
SORT_KEY = named(completion.indicators, completion.words(["name"]))
FACT = named(completion.facts)
TOPIC = named(completion.topics)
SCHEMA = named(completion.schemas)
SOURCE_OR_FACT = named(completion.facts, completion.sources)
COLUMNS = Values(_columns, completion.columns)
SINCE = Values(_first_day, completion.times)
UNTIL = Values(_last_day, completion.times)
