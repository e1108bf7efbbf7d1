"""What search knows beside the fact base: words of the field that mean nearly the same, and the world's countries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from psfacts.text.names import fold


@dataclass(frozen=True)
class Group:
    """Words that find one another, and ``further`` words that they find too."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    """Those that can be looked up: in no script without spaces, and without the star that stands for any ending."""
    further: tuple[str, ...]
    is_topic: bool
    """Whether a base that has none of them tells nothing about what they name."""


@dataclass(frozen=True)
class Country:
    """A country of the world."""

    name: str
    codes: tuple[str, str]
    others: tuple[str, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Read the groups of words."""
    found = []
    for line in _lines("vocabulary.txt"):
        words, _, further = line.removeprefix("= ").partition(" > ")
        every = tuple(words.split(", "))
        plain = tuple(word for word in every if word[-1] != "*" and word[0] < "\u2e80")
        found.append(Group(every, plain, tuple(filter(None, further.split(", "))), line.startswith("= ")))
    return tuple(found)


@cache
def countries() -> tuple[Country, ...]:
    """Read the countries."""
    found = []
    for line in _lines("countries.txt"):
        name, alpha2, alpha3, *others = line.split(", ")
        found.append(Country(name, (alpha2, alpha3), tuple(others)))
    return tuple(found)


@cache
def names() -> tuple[tuple[str, ...], ...]:
    """Read the names of what is no country, the usual one first."""
    return tuple(tuple(line.split(", ")) for line in _lines("names.txt"))


@cache
def months() -> dict[str, str]:
    """Read the months and seasons in other languages: the English name by the folded other."""
    named = (line.partition(": ") for line in _lines("months.txt"))
    return {fold(other): name for name, _, others in named for other in others.split()}


def _lines(name: str) -> Iterator[str]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


STOP = frozenset(word for line in _lines("stop.txt") for word in line.split())
"""Words that say nothing about what is looked for."""

WEAK = frozenset(word for line in _lines("weak.txt") for word in line.split())
"""Words that say little."""

ENGLISH = frozenset(word for line in _lines("english.txt") for word in line.split())
"""Stems of common English words."""
