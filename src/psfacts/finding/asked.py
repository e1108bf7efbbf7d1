"""What people ask: in how many questions that a fact of the built-in base answers each word stands.

The file is searched as text for the few words of a query, so that nothing is made of it before the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log, log1p
from typing import NamedTuple

from psfacts.loading.files import resource
from psfacts.model import Id

FILE = "finding/asked.txt"
"""First the ids of facts; then a line for each stem: ten times how much it speaks for a query's being answered, and the
places of facts among those, each with the number of queries with the stem that it answers, if not 1, and the number of
near misses with it, if any: ``kyiv -3 12 40:3 41:0:2``. ``tools/asked.py`` writes it."""

STATED = 8
"""How many questions count as much as that the fact itself states a word, in its sentence or headline."""

FIRST = 0.3
"""How few questions tell something: the fewer, the more the first one tells, and the less those that come after."""

_KEPT = 1000
"""Words that are remembered."""


class Usage(NamedTuple):
    """How usual words are in the queries about facts."""

    shares: Mapping[Id, float]
    """From 0 to 1, for the fact that they are asked about most."""
    rarity: float
    """How much they tell of which fact is asked for: the more, the fewer facts are asked about in these words."""
    counts: Mapping[Id, int]
    """In how many of the questions they stand."""

    def certainty(self, key: Id) -> float:
        """Return how sure a fact is to be asked about in these words, from 0 to 1."""
        return min(1.0, self.counts.get(key, 0) / STATED)


class Word(NamedTuple):
    """A word of queries."""

    odds: float = 0.0
    """The logarithm of how often queries with it are answered in proportion to those that are not."""
    counts: Mapping[Id, int] = {}
    """How many queries with it each fact answers."""
    misses: Mapping[Id, int] = {}
    """How many queries with it come near each fact and are not answered by it."""


class Asked:
    """The words of queries, by facts."""

    def __init__(self, text: str) -> None:
        ids, _, lines = text.partition("\n")
        self._ids = ids.split()
        self._lines = f"\n{lines}"
        self._word = lru_cache(_KEPT)(self._find)
        self.facts = frozenset(self._ids)
        """The facts that queries were written for."""

    def usage(self, stems: Sequence[str]) -> Usage:
        """Return how usual it is to ask about facts with all of ``stems``."""
        of_each = [self._word(stem).counts for stem in stems] or [{}]
        shared = [key for key in of_each[0] if all(key in of for of in of_each)]
        counts = {key: min(of[key] for of in of_each) for key in shared}
        told = {key: log1p(count / FIRST) for key, count in counts.items()}
        most = max(told.values(), default=1.0)
        rarity = log((len(self._ids) + 1) / (len(told) + 0.5)) if told else 0.0
        return Usage({key: value / most for key, value in told.items()}, rarity * most, counts)

    def odds(self, stems: Iterable[str], fact: Id) -> float:
        """Return how much words speak for a query's being answered, and by a fact; below 0 how much against it."""
        words = [self._word(stem) for stem in stems]
        return sum(log((one.counts.get(fact, 0) + 1) / (one.misses.get(fact, 0) + 1)) + one.odds for one in words)

    def words(self) -> Iterator[tuple[str, Word]]:
        """Return all stems, each with what is known of it."""
        lines = (line.partition(" ") for line in self._lines[1:].splitlines())
        return ((stem, self._parsed(line)) for stem, _, line in lines)

    def _find(self, stem: str) -> Word:
        start = self._lines.find(f"\n{stem} ")
        if start < 0:
            return Word()
        return self._parsed(self._lines[start + len(stem) + 2 : self._lines.index("\n", start + 1)])

    def _parsed(self, line: str) -> Word:
        odds, *cells = line.split(" ")
        counts: dict[Id, int] = {}
        misses: dict[Id, int] = {}
        for at, *numbers in (cell.split(":") for cell in cells):
            key = self._ids[int(at)]
            count, *more = map(int, numbers or "1")
            if count:
                counts[key] = count
            if more:
                misses[key] = more[0]
        return Word(int(odds) / 10, counts, misses)


@cache
def asked() -> Asked:
    """Return what is asked about the facts of the built-in base."""
    return Asked(resource(FILE).decode())
