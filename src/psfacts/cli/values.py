"""The values that options and arguments take: what TAB offers for each, and what its words mean."""

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
"""Digits of the largest number that an option takes."""


class Values(NamedTuple, Generic[T_co]):
    """What an option or argument takes."""

    read: Callable[[str, str], T_co]
    """Returns what a word means, for the option of a name. Raises UsageError where it means nothing."""

    offers: completion.Offers | None = None
    """What TAB offers; ``None`` leaves that to the shell, which offers files."""


def _as_typed(_: str, word: str) -> str:
    return word


def named(*offers: completion.Offers) -> Values[str]:
    """Return what takes any word, and offers what any of ``offers`` does."""
    return Values(_as_typed, completion.either(*offers))


def one_of(words: Collection[W], **others: W) -> Values[W]:
    """Return what takes one of ``words``, in either case; ``others`` are words for some of them that are not told."""
    known = {**{str(word): word for word in words}, **others}

    def read(option: str, word: str) -> W:
        if word.lower() not in known:
            raise UsageError(f"{option} cannot be {quoted(word)}", f"give {either(words)}")
        return known[word.lower()]

    return Values(read, completion.words(words))


def at_least(least: int) -> Values[int]:
    """Return what takes a whole number that is not under ``least``."""

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
