"""Facts held against a query: how much of what it names each of them has, and how well it fits what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from psfacts.finding.evidence import COMMON_WEIGHT, Evidence
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

UNFIT = 0.9
"""Factor for each name that a fact lacks, and for what is told of, or by, somebody who is not named."""


class Scored(NamedTuple):
    """A fact with what speaks for it."""

    fact: Fact
    score: float
    """From 0 to 1, or a little more."""
    content: float
    """The share that it has of what the query says beside names and words that say little; 1 where that is nothing."""


class Ranker:
    """Scores facts for one query."""

    def __init__(self, query: Query, evidence: Sequence[Evidence], roles: Roles, stemmer: Stemmer) -> None:
        self._query = query
        self._roles = roles
        self._evidence = evidence
        self._stemmer = stemmer
        self._asked = set(query.entities)
        # A code or another name of somebody is as good as the usual one.
        said = [fold(one.concept.name.text) if one.concept.name else one.concept.text for one in evidence]
        self._stems = frozenset(stemmer.stems(" ".join(said).split()))
        # That it was since or until a time is said of much.
        self._time = 0.0 if not query.period else COMMON_WEIGHT if query.period.bound else 1.0
        self._total = sum(one.weight for one in evidence) + self._time or 1.0
        self._content = sum(one.weight for one in evidence if one.is_content)

    def ranked(self, facts: Sequence[Fact]) -> list[Scored]:
        """Score ``facts``, the best first, and of equals the latest."""
        words = {word for fact in facts for word in _words(fact.headline)}
        stem_of = dict(zip(words, self._stemmer.stems(list(words)), strict=True))
        scored = [self._scored(fact, frozenset(stem_of[word] for word in _words(fact.headline))) for fact in facts]
        return sorted(scored, key=self._order)

    def _order(self, one: Scored) -> tuple[bool, float, int, Id]:
        """Return what puts facts in order: first those that somebody says whose words are asked for."""
        return not self._roles.are_said(one.fact), -round(one.score, 6), -_latest(one.fact), one.fact.id

    def _scored(self, fact: Fact, headline: frozenset[str]) -> Scored:
        """Score a fact, of whose headline the stems are given: better the less it tells that nobody asked for."""
        reached = sum(one.weight * one.quality.get(fact.id, 0.0) for one in self._evidence) + self._time * self._dated(
            fact
        )
        content = sum(one.weight for one in self._evidence if one.is_content and fact.id in one.quality)
        is_asked = 1 + HEADLINE * len(headline & self._stems) / (len(headline) or 1)
        lacking = sum(fact.id not in one.quality for one in self._evidence if one.is_required)
        misfits = lacking + self._is_of_another(fact) + self._roles.goes_back(fact)
        return Scored(
            fact=fact,
            score=reached / self._total * is_asked * UNFIT**misfits,
            content=content / self._content if self._content else 1.0,
        )

    def _dated(self, fact: Fact) -> float:
        """Return how well a fact fits the query's time: best where it lies wholly within."""
        period, when = self._query.period, fact.when
        return 0.5 + 0.5 * period.share(when) if period and when and period.meets(when) else 0.0

    def _is_of_another(self, fact: Fact) -> bool:
        """Return whether a fact is a value of somebody who is not named, or what such a one says."""
        told = (fact.subject,) if isinstance(fact, Observation) else fact.asserted_by
        return bool(told) and self._asked.isdisjoint(told)


def _latest(fact: Fact) -> int:
    return fact.when.latest.toordinal() if fact.when else 0


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(fold(title).split()) - STOP


def has_number(fact: Fact) -> bool:
    """Return whether a fact states a number that is no date."""
    if isinstance(fact, Observation):
        return not isinstance(fact.value, str)
    from psfacts.text.dates import without_dates  # seldom needed, and slow to load
    from psfacts.text.numbers import find

    text = without_dates(fact.statement)
    return any(not _ORDINAL.search(text[number.start : number.end]) for number in find(text))
