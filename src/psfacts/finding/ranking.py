"""Facts held against a query: how much of what it names each of them has, and how well it fits what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from psfacts.finding.evidence import WEAK_WEIGHT, Evidence
from psfacts.finding.query import Query, Want
from psfacts.model import Event, Fact, Observation, Relation
from psfacts.text.dates import without_dates
from psfacts.text.names import fold
from psfacts.text.numbers import numbers

if TYPE_CHECKING:
    from psfacts.store.store import Store

DATE_WEIGHT = 1.0
"""What the query's time counts beside its concepts."""
UNDATED = 0.2
"""How well a fact without a time fits it."""

FITS = 1.08
"""Factor for what is asked for."""
UNFIT = 0.85
"""Factor for what is not."""
UNASKED = 0.93
"""Factor for a value of somebody who is not named."""
SPOKEN = 1.2
"""Factor for what somebody said, where that is asked for."""

_CLEAR = 1.6
"""Times which a quality counts as cover: other words for a thing cover it as well."""


@dataclass(frozen=True)
class Scored:
    """A fact with what speaks for it."""

    fact: Fact
    score: float
    """From 0 to 1, or a little more."""
    covered: float
    """The share of the query that the fact has anything to do with."""
    content: float
    """The same, of what the query says beside names and words that say little; 1 where it says nothing else."""


class Ranker:
    """Scores facts for one query."""

    def __init__(self, store: Store, query: Query, evidence: Sequence[Evidence]) -> None:
        self._store = store
        self._query = query
        self._evidence = evidence
        self._asked = {one.concept.meaning.entity for one in evidence}
        self._asks_for_office = any(one.is_office for one in evidence)
        self._words = {word for one in evidence for word in one.concept.words}
        self._is_only_named = all(one.concept.is_named for one in evidence)
        self._parts = [
            (one.weight, one.quality.get, not one.is_required and one.weight > WEAK_WEIGHT) for one in evidence
        ]
        self._total = sum(one.weight for one in evidence) + (DATE_WEIGHT if query.period else 0.0)
        self._contents = sum(weight for weight, _, is_content in self._parts if is_content)

    def ranked(self, facts: Iterable[Fact]) -> list[Scored]:
        """Score ``facts``, the best first, and of equals the latest."""
        scored = list(map(self._scored, facts))
        scored.sort(key=lambda one: (-round(one.score, 6), -_latest(one.fact), one.fact.id))
        return scored

    def _scored(self, fact: Fact) -> Scored:
        key = fact.id
        reached = covered = content = 0.0
        for weight, quality_of, is_content in self._parts:
            quality = quality_of(key, 0.0)
            if quality:
                reached += weight * quality
                cover = weight * min(1.0, quality * _CLEAR)
                covered += cover
                content += cover if is_content else 0.0
        if self._query.period:
            dated = DATE_WEIGHT * self._dated(fact)
            reached += dated
            covered += dated
        return Scored(
            fact=fact,
            score=reached / (self._total or 1.0) * self._fit(fact),
            covered=covered / (self._total or 1.0),
            content=content / self._contents if self._contents else 1.0,
        )

    def _dated(self, fact: Fact) -> float:
        """Return how well a fact fits the query's time: best where it lies wholly within."""
        period = self._query.period
        if period is None or fact.when is None:
            return UNDATED
        return 0.5 + 0.5 * period.share(fact.when) if period.meets(fact.when) else 0.0

    def _fit(self, fact: Fact) -> float:
        """Prefer facts of the kind that is asked for, and those that hold just what is named."""
        wants = self._query.wants
        fit = _wanted(wants, fact) * (SPOKEN if "words" in wants and self._asked & set(fact.asserted_by) else 1.0)
        return fit * FITS if self._is_just_it(fact) else fit * UNASKED if self._is_of_another(fact) else fit

    def _is_just_it(self, fact: Fact) -> bool:
        match fact:
            case Observation():
                return self._store.indicator(fact.indicator).membership_of in self._asked - {None}
            case Relation() if self._asks_for_office:
                return self._store.entity(fact.subject).of == fact.object
            case Relation():
                return {fact.subject, fact.object} <= self._asked
            case Event():
                is_of_period = self._query.period is not None and self._is_only_named
                return is_of_period or self._words <= _words(fact.title)
        return False

    def _is_of_another(self, fact: Fact) -> bool:
        return isinstance(fact, Observation) and fact.subject not in self._asked


def _latest(fact: Fact) -> int:
    return fact.when.latest.toordinal() if fact.when else 0


def _wanted(wants: frozenset[Want], fact: Fact) -> float:
    """Prefer facts of the kind that a question word asks for."""
    fit = 1.0
    if "number" in wants:
        fit *= FITS if has_number(fact) else UNFIT
    if "time" in wants:
        fit *= FITS if isinstance(fact, Event) else 1.0 if fact.when else UNFIT
    if "words" in wants:
        fit *= 1.0 if fact.standing == "reported" else FITS
    return fit


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(fold(title).split())


def has_number(fact: Fact) -> bool:
    """Return whether a fact states a number that is no date."""
    if isinstance(fact, Observation):
        return not isinstance(fact.value, str)
    return _states_number(fact.statement)


@lru_cache(maxsize=4096)
def _states_number(statement: str) -> bool:
    return bool(numbers(without_dates(statement)))
