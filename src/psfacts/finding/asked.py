"""What people ask: how much each word of a query, and each pair of neighbouring words, speaks for every fact.

A small network has learnt from questions that the facts of the built-in base answer, and from others that none of them
does. The file of its weights is sorted, and searched for the few words of a query: nothing is made of it before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import exp, log
from mmap import ACCESS_READ, mmap
from operator import mul
from pathlib import Path
from typing import NamedTuple

from psfacts.loading.files import resource
from psfacts.model import Id

FILE = "finding/asked.txt"
"""A line for what it was learnt from, and then a line for each feature of queries and for each answer: its weights for
the hidden units of the networks, a character each. ``tools/asked.py`` writes it."""

STEP = 0.05
"""The unit of weights."""

MIDDLE = 80
"""The code of the character for a weight of 0; those of others are as many steps away from it."""

ALWAYS = "*"
"""The feature that every query has."""

ANSWER = "="
"""What stands before the id of a fact in the file, and alone for there being no answer."""

UNLIKELY = 15.0
"""Below which logarithm of its probability a fact is not asked for at all."""


class Usage(NamedTuple):
    """What is known of queries in these words."""

    shares: Mapping[Id, float]
    """How likely each fact is to be the one that is asked for, on a logarithmic scale from 0 to 1."""
    odds: Mapping[Id, float]
    """How surely each fact answers: halfway between the logarithms of the odds that it does, and that any does; nearer
    to 0 the more words are unknown."""
    unknown: float
    """Which part of the words stands in no query that was learnt from, from 0 to 1."""


class Asked:
    """The weights of the networks."""

    def __init__(self, content: bytes | mmap) -> None:
        self._lines = content  # the first of which, without a blank, is no feature's
        self._of = lru_cache(maxsize=1000)(self._find)
        self.spoken_for = lru_cache(maxsize=1000)(self._spoken_for)

    @cached_property
    def answers(self) -> Mapping[Id, bytes]:
        """The weights, as in the file, of the facts that queries were written for, and with an empty id of none."""
        lines = self._lines[self._start(ANSWER) : self._start(chr(ord(ANSWER) + 1))].splitlines()
        return {key.decode(): weights for key, _, weights in (line[1:].partition(b" ") for line in lines)}

    @cached_property
    def _always(self) -> Mapping[Id, float]:
        """How much every query speaks for each answer."""
        return self._speaking([ALWAYS])

    def usage(self, words: Sequence[str], entities: Sequence[Id]) -> Usage:
        """Return what is known of a query with these stems, in their order, that names ``entities``."""
        speaking = self._speaking(features(words, entities))
        nothing = speaking.pop("", 0.0)
        most = max(speaking.values(), default=0.0)
        total = most + log(sum(exp(value - most) for value in speaking.values()) or 1.0)
        shares = {key: max(0.0, 1 + (value - total) / UNLIKELY) for key, value in speaking.items()}
        unknown = sum(not self._of(word) for word in {*words}) / (len({*words}) or 1)
        odds = {key: (1 - unknown) * ((value + total) / 2 - nothing) for key, value in speaking.items()}
        return Usage(shares, odds, unknown)

    def _spoken_for(self, feature: str) -> frozenset[Id]:
        """Return the facts that a word or an entity by itself speaks for, rather than for no answer."""
        if not self._of(feature):
            return frozenset()
        alone, always = self._speaking([ALWAYS, feature]), self._always
        return frozenset(key for key in alone if alone[key] - always[key] > alone[""] - always[""])

    def _speaking(self, features: Sequence[str]) -> dict[Id, float]:
        """Return how much features speak for each answer."""
        found = [weights for weights in map(self._of, features) if weights]
        hidden = [max(0, sum(column) - MIDDLE * len(found)) for column in zip(*found, strict=True)]
        middle = MIDDLE * sum(hidden)
        return {key: STEP**2 * (sum(map(mul, hidden, weights)) - middle) for key, weights in self.answers.items()}

    def _find(self, feature: str) -> bytes | None:
        start = self._start(feature)
        name, _, characters = self._lines[start : self._lines.find(b"\n", start)].partition(b" ")
        return characters if name == feature.encode() else None

    def _start(self, feature: str) -> int:
        """Return where the line of a feature begins, or would."""
        return bisect_left(range(len(self._lines)), feature.encode(), key=self._feature_at)

    def _feature_at(self, at: int) -> bytes:
        """Return the feature whose line has the byte at ``at``."""
        start = self._lines.rfind(b"\n", 0, at) + 1
        return self._lines[start : self._lines.find(b" ", start)]


def features(words: Sequence[str], entities: Sequence[Id]) -> list[str]:
    """Return what is counted of a query: its stems, neighbouring ones in pairs, and the entities that it names."""
    pairs = (f"{first}_{second}" for first, second in pairwise(words))
    return [*dict.fromkeys((ALWAYS, *words, *pairs, *(f"@{key}" for key in entities)))]


@cache
def asked() -> Asked:
    """Return what is asked about the facts of the built-in base."""
    with suppress(OSError, ValueError), (Path(__file__).parents[1] / FILE).open("rb") as file:
        return Asked(mmap(file.fileno(), 0, access=ACCESS_READ))  # of which a query needs a small part
    return Asked(resource(FILE))  # from a zip file
