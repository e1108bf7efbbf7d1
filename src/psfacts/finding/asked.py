"""What people ask: in how many questions that a fact of the built-in base answers each word stands.

The file is searched as text for the few words of a query, so that nothing is made of it before the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log, log1p
from typing import NamedTuple

from psfacts.loading.files import resource
from psfacts.model import Id

FILE = "finding/asked.txt"
"""First the ids of facts; then a line for each stem: ten times how much it speaks for a query's being answered, and the
places of facts among those, each with the number of their questions that have the stem, where it is not one:
``kyiv -3 12 40:3``. ``tools/asked.py`` writes it."""

STATED = 8
"""How many questions count as much as that the fact itself states a word, in its sentence or headline."""

FIRST = 0.3
"""How few questions tell something: the fewer, the more the first one tells, and the less those that come after."""


class Usage(NamedTuple):
    """How usual words are in the questions about facts."""

    shares: Mapping[Id, float]
    """From 0 to 1, for the fact that they are asked about most."""
    rarity: float
    """How much they tell of which fact is asked for: the more, the fewer facts are asked about in these words."""
    counts: Mapping[Id, int]
    """In how many of the questions they stand."""

    def certainty(self, key: Id) -> float:
        """Return how sure a fact is to be asked about in these words, from 0 to 1."""
        return min(1.0, self.counts.get(key, 0) / STATED)


class Asked:
    """The words of questions, by facts."""

    def __init__(self, text: str) -> None:
        ids, _, lines = text.partition("\n")
        self._ids = ids.split()
        self._lines = f"\n{lines}"
        self.facts = frozenset(self._ids)
        """The facts that questions were written for."""

    def usage(self, stems: Sequence[str]) -> Usage:
        """Return how usual it is to ask about facts with all of ``stems``."""
        of_each = [self._counts(stem) for stem in stems] or [{}]
        shared = set(of_each[0]).intersection(*of_each[1:])
        counts = {key: min(of[key] for of in of_each) for key in shared}
        told = {key: log1p(count / FIRST) for key, count in counts.items()}
        most = max(told.values(), default=1.0)
        rarity = log((len(self._ids) + 1) / (len(told) + 0.5)) if told else 0.0
        return Usage({key: value / most for key, value in told.items()}, rarity * most, counts)

    def odds(self, stems: Iterable[str]) -> float:
        """Return how much words speak for a query's being answered, and below 0 how much against it.

        It is the logarithm of how often queries with them are answered in proportion to those that are not.
        """
        return sum(int(line.partition(" ")[0]) for line in map(self._line, stems) if line) / 10

    def every(self) -> Iterator[tuple[str, float, dict[Id, int]]]:
        """Return each stem with its odds, and the facts that questions with it were written for, with how many."""
        for line in self._lines[1:].splitlines():
            stem, odds, *_ = line.split(" ", 2)
            yield stem, int(odds) / 10, self._counts(stem)

    def _counts(self, stem: str) -> dict[Id, int]:
        counts = (cell.partition(":") for cell in self._line(stem).split(" ")[1:])
        return {self._ids[int(at)]: int(count or 1) for at, _, count in counts}

    def _line(self, stem: str) -> str:
        start = self._lines.find(f"\n{stem} ")
        return self._lines[start + len(stem) + 2 : self._lines.index("\n", start + 1)] if start >= 0 else ""


@cache
def asked() -> Asked:
    """Return what is asked about the facts of the built-in base."""
    return Asked(resource(FILE).decode())
