"""Misspelt words put right against all words that the base, the vocabulary and the world's names have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from string import ascii_lowercase

from psfacts.finding.periods import WORDS
from psfacts.finding.words import STOP, WEAK, vocabulary, world

SHORTEST = 4
"""Letters of the shortest word that is put right."""
_LONGEST = 30
_MOST = 2
"""Letters by which a word with several mistakes is longer or shorter than the one that is meant."""
_NEAR = 0.8
"""How like it has to be, by :mod:`difflib`."""
_SHORTEST_TWICE = 7
"""Letters of the shortest word that several mistakes are looked for in."""

Counts = Mapping[str, int]
"""Words, each with how many facts and names have it."""


class Speller:
    """Puts words right: first two neighbouring letters that changed places, then one mistake, then several."""

    def __init__(self, spelt: Callable[[Collection[str]], Counts], starting: Callable[[str, int, int], Counts]) -> None:
        """Take what gives the words of the base that are among some, or that start alike and are about as long."""
        self._spelt = spelt
        self._starting = starting

    def nearest(self, word: str) -> str | None:
        """Return the known word that ``word`` is most likely meant to be; ``None`` where none is near enough."""
        if not SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        if self._known(frozenset({word})):
            return None
        if best := self._best(word, self._known(frozenset(_swapped(word)))):
            return best
        # Short words that differ in the first letter alone are many, and it is seldom mistyped.
        is_short = len(word) < _SHORTEST_TWICE
        changed = (other for other in _changed(word) if not is_short or other[:1] == word[0] or len(other) != len(word))
        if best := self._best(word, self._known(frozenset(changed))):
            return best
        if is_short:
            return None
        from difflib import get_close_matches  # seldom needed

        return next(iter(get_close_matches(word, self._alike(word), 1, _NEAR)), None)

    def _known(self, words: frozenset[str]) -> Counts:
        return dict.fromkeys(words & self._others, 0) | dict(self._spelt(words))

    def _alike(self, word: str) -> list[str]:
        """Return the words that start alike and are about as long."""
        lengths = range(len(word) - _MOST, len(word) + _MOST + 1)
        others = (other for other in self._others if other[0] == word[0] and len(other) in lengths)
        return [*others, *self._starting(word[0], lengths[0], lengths[-1])]

    @cached_property
    def _others(self) -> frozenset[str]:
        words = vocabulary().words | world().words | STOP | WEAK | WORDS
        return frozenset(word for word in words if word.isalpha() and word == word.lower())

    @staticmethod
    def _best(word: str, counts: Counts) -> str | None:
        """Return the word that starts and ends alike, and of several the one that most facts have."""
        if not counts:
            return None
        return max(
            sorted(counts),
            key=lambda known: ((known[0] == word[0]) + (known[-1] == word[-1]), counts[known], len(known)),
        )


def _swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _changed(word: str) -> Iterator[str]:
    """Return what becomes of ``word`` with one letter taken out, put in or changed."""
    letters = ascii_lowercase if word.isascii() else "".join(chr(code) for code in range(ord("а"), ord("я") + 1))
    for at in range(len(word) + 1):
        first, last = word[:at], word[at:]
        if last:
            yield first + last[1:]
        for letter in letters:
            yield first + letter + last
            if last:
                yield first + letter + last[1:]
