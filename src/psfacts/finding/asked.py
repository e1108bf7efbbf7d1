"""What people ask: how much each word of a query, and each pair of neighbouring words, speaks for every fact.

The weights are learnt from questions that the facts of the built-in base answer, and from others that none of them
does. Their file is sorted, and searched for the few words of a query: nothing is made of it before the first one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from psfacts.loading.files import resource
from psfacts.model import Id

FILE = "finding/asked.txt"
"""A line for what it was learnt from, one with the ids of facts, and then a line for each feature: its weight for there
being no answer, and the places of facts among those ids by the weights that they get, in base 36:
``kyiv -2 3:c,1f 1:0``. ``tools/asked.py`` writes it."""

PAGE_FILE = "exporting/site/asked.txt"
"""The like for the page, in which search knows no pairs of words."""

STEP = 0.5
"""The unit of weights."""

ALWAYS = "*"
"""The feature that every query has."""

UNLIKELY = 15.0
"""Below which logarithm of its probability a fact is not asked for at all."""


class Usage(NamedTuple):
    """What is known of queries in these words."""

    shares: Mapping[Id, float]
    """How likely each fact is to be the one that is asked for, on a logarithmic scale from 0 to 1."""
    odds: Mapping[Id, float]
    """How surely each fact answers: halfway between the logarithms of the odds that it does, and that any does."""
    unknown: float
    """Which part of the words stands in no query that was learnt from, from 0 to 1."""


class _Weights(NamedTuple):
    """What a feature speaks for."""

    nothing: float
    facts: Mapping[Id, float]


class Asked:
    """The weights of queries' features, by facts."""

    def __init__(self, content: bytes) -> None:
        _, ids, self._lines = content.split(b"\n", 2)
        self._ids = ids.decode().split()
        self._of = lru_cache(maxsize=1000)(self._find)
        self.facts = frozenset(self._ids)
        """The facts that queries were written for."""

    def usage(self, words: Sequence[str], entities: Sequence[Id]) -> Usage:
        """Return what is known of a query with these stems, in their order, that names ``entities``."""
        found = {feature: self._of(feature) for feature in features(words, entities)}
        nothing = sum(one.nothing for one in found.values() if one)
        speaking = dict.fromkeys(self._ids, 0.0)
        for one in found.values():
            for key, weight in one.facts.items() if one else ():
                speaking[key] += weight
        most = max(speaking.values(), default=0.0)
        total = most + log(sum(exp(value - most) for value in speaking.values()) or 1.0)
        shares = {key: max(0.0, 1 + (value - total) / UNLIKELY) for key, value in speaking.items()}
        odds = {key: (value + total) / 2 - nothing for key, value in speaking.items()}
        return Usage(shares, odds, sum(not found[word] for word in {*words}) / (len({*words}) or 1))

    def speaks_for(self, stem: str, fact: Id) -> bool:
        """Return whether a word speaks for a fact rather than for no answer."""
        found = self._of(stem)
        return found is not None and found.facts.get(fact, 0.0) > found.nothing

    def weights(self) -> Iterator[tuple[str, float, Mapping[Id, float]]]:
        """Return all features, each with its weight for nothing and those for facts."""
        for line in self._lines.decode().splitlines():
            feature, _, cells = line.partition(" ")
            yield feature, *self._parsed(cells)

    def _find(self, feature: str) -> _Weights | None:
        key = feature.encode()
        start = bisect_left(range(len(self._lines)), key, key=self._feature_at)
        if not self._lines.startswith(key + b" ", start):
            return None
        return self._parsed(self._lines[start + len(key) + 1 : self._lines.index(b"\n", start)].decode())

    def _feature_at(self, at: int) -> bytes:
        """Return the feature whose line has the byte at ``at``."""
        start = self._lines.rfind(b"\n", 0, at) + 1
        return self._lines[start : self._lines.index(b" ", start)]

    def _parsed(self, cells: str) -> _Weights:
        nothing, *groups = cells.split(" ")
        parted = (group.split(":") for group in groups)
        facts = {
            self._ids[int(place, 36)]: int(weight) * STEP for weight, places in parted for place in places.split(",")
        }
        return _Weights(int(nothing) * STEP, facts)


def features(words: Sequence[str], entities: Sequence[Id]) -> list[str]:
    """Return what is counted of a query: its stems, neighbouring ones in pairs, and the entities that it names."""
    pairs = (f"{first}_{second}" for first, second in pairwise(words))
    return [*dict.fromkeys((ALWAYS, *words, *pairs, *(f"@{key}" for key in entities)))]


@cache
def asked() -> Asked:
    """Return what is asked about the facts of the built-in base."""
    return Asked(resource(FILE))
