"""Facts held against a query: how much of what it names each of them has, and how well it fits what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from psfacts.finding.asked import Usage
from psfacts.finding.evidence import Evidence
from psfacts.finding.query import Query
from psfacts.finding.roles import Roles
from psfacts.finding.stemming import Stemmer
from psfacts.finding.words import STOP
from psfacts.model import Fact, Id, Observation
from psfacts.text.names import fold

_ORDINAL = re.compile(r"(?:st|(?<!sa)nd|rd|th)$", re.IGNORECASE)
"""How a number ends that counts nothing: ``second``, ``350th``, and not ``thousand``."""

HEADLINE = 0.1
"""How much more a fact counts of which the query has the whole headline."""

OF_ANOTHER = 0.9
"""Factor for a value of somebody who is not named, and for what such a one says."""

ASKED = 0.6
"""How much counts how likely a fact is to be asked for, where that is known, and not what the fact says."""


class Scored(NamedTuple):
    """A fact with what speaks for it."""

    fact: Fact
    score: float
    """From 0 to 1, or a little more."""
    match: float
    """How much of it is told by the fact itself, likewise."""


class Ranker:
    """Scores facts for one query."""

    def __init__(
        self, query: Query, evidence: Sequence[Evidence], usage: Usage, roles: Roles, stemmer: Stemmer
    ) -> None:
        self._query = query
        self._usage = usage
        self._roles = roles
        self._evidence = evidence
        self._stemmer = stemmer
        words = [word for one in evidence if not one.concept.name for word in one.concept.words]
        self._stems = frozenset(stemmer.stems(words))
        self._total = sum(one.weight for one in evidence) + bool(query.period) or 1.0

    def ranked(self, facts: Sequence[Fact]) -> list[Scored]:
        """Score ``facts``, the best first; of equals the one of the most exact time, and of these the latest."""
        words = {word for fact in facts for word in _words(fact.headline)}
        stem_of = dict(zip(words, self._stemmer.stems(list(words)), strict=True))
        scored = [self._scored(fact, frozenset(stem_of[word] for word in _words(fact.headline))) for fact in facts]
        return sorted(scored, key=self._order)

    def _order(self, one: Scored) -> tuple[bool, float, timedelta, timedelta, Id]:
        """Return what puts facts in order: first those that somebody says whose words are asked for."""
        first, last = (one.fact.when.earliest, one.fact.when.latest) if one.fact.when else (date.min, date.max)
        return not self._roles.are_said(one.fact), -round(one.score, 6), last - first, date.max - last, one.fact.id

    def _scored(self, fact: Fact, headline: frozenset[str]) -> Scored:
        """Score a fact, of whose headline the stems are given: better the less it tells that nobody asked for."""
        reached = sum(one.weight * one.quality.get(fact.id, 0.0) for one in self._evidence)
        reached += is_of_the_time(fact, self._query)
        is_asked = 1 + HEADLINE * len(headline & self._stems) / (len(headline) or 1)
        match = reached / self._total * is_asked * (OF_ANOTHER if self._is_of_another(fact) else 1)
        share = self._usage.shares.get(fact.id, match)
        return Scored(fact, match + ASKED * (share - match), match)

    def _is_of_another(self, fact: Fact) -> bool:
        """Return whether a fact is a value of somebody who is not named, or what such a one says."""
        told = (fact.subject,) if isinstance(fact, Observation) else fact.asserted_by
        return bool(told) and set(told).isdisjoint(self._query.entities)


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(fold(title).split()) - STOP


def is_of_the_time(fact: Fact, query: Query) -> bool:
    """Return whether a fact may be of the time that a query names."""
    return bool(query.period and fact.when and query.period.meets(fact.when))


def has_number(fact: Fact) -> bool:
    """Return whether a fact states a number that is no date."""
    if isinstance(fact, Observation):
        return not isinstance(fact.value, str)
    from psfacts.text.dates import without_dates  # seldom needed, and slow to load
    from psfacts.text.numbers import find

    text = without_dates(fact.statement)
    return any(not _ORDINAL.search(text[number.start : number.end]) for number in find(text))
