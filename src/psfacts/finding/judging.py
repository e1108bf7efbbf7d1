"""Which facts answer a query, and what the base does not have where none does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from psfacts.finding.evidence import WEAK_WEIGHT, Evidence
from psfacts.finding.query import Query
from psfacts.finding.ranking import Scored, has_number
from psfacts.model import Entity, Fact, Id, Record, Text
from psfacts.text.dates import Dates
from psfacts.text.phrases import listed, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store

LEAST_COVERED = 0.25
"""The share of the query's weight that a hit must have."""

LEAST_CONTENT = 0.15
"""The same, of what the query says beside names: a fact that shares only the country answers nothing."""

PLAIN = 0.5
"""The share of content from which on one of several names may lack, if it is one that very many facts share."""

LEAST_NAMED = 0.3
"""How much a hit must be about each name: what is said of all post-Soviet countries says too little about one."""

LEAST_MEASURED = 0.5
"""The same where an indicator is asked for: what is said of its region is no value of a country."""

CLEARLY = 0.75
"""How much a fact must be about a name for that to say something by itself."""

ENOUGH_NAMES = 3
"""How many names, a time among them, tell a fact without further words."""

Lack = Literal["names", "content", "time", "number"]
"""Why a fact does not answer a query."""


class Missing(Record):
    """Something that a query asks for and the fact base does not have."""

    text: Text
    """What it does not have, in a sentence."""

    words: tuple[str, ...] = ()
    """The words of the query that nothing was found for."""

    entities: tuple[Id, ...] = ()
    """Ids of the entities that it has nothing of the kind about."""

    indicators: tuple[Id, ...] = ()
    """Ids of the indicators that it has no value of for ``entities``."""


class Judge:
    """Tells answers from facts that are merely close, for one query."""

    def __init__(
        self, store: Store, query: Query, evidence: Sequence[Evidence], is_common: Callable[[Id], bool]
    ) -> None:
        self._store = store
        self._is_common = is_common
        self._query = query
        self._evidence = evidence
        self._names = [one for one in evidence if one.is_required]
        self._organizations = [one for one in self._names if self._is_organization(one)]
        self._are_alternatives = len(self._organizations) > 1 and not set.intersection(
            *(_clear(one.quality) for one in self._names)
        )
        measured = [one.concept.meaning.indicator or one.concept.meaning.measured for one in evidence]
        self._indicators = [store.indicator(key) for key in dict.fromkeys(measured) if key]
        is_plain = bool(self._names) and all(
            key or one.is_required for key, one in zip(measured, evidence, strict=True)
        )
        self._asks_for_number = "number" in query.wants or (
            is_plain and any(one.type == "number" for one in self._indicators)
        )

        content = [one for one in evidence if not one.is_required and one.weight > WEAK_WEIGHT]
        self._is_off_topic = any(one.concept.meaning.is_topic and not one.quality for one in content)
        self._is_all_unknown = len(self._names) > 1 and bool(content) and not any(one.quality for one in content)

    def is_hit(self, scored: Scored) -> bool:
        """Return whether a fact answers the query."""
        return not any(self._lacks(scored))

    def _lacks(self, scored: Scored) -> Iterator[Lack]:
        fact = scored.fact
        if not self._has_names(scored):
            yield "names"
        is_little = scored.covered < LEAST_COVERED or scored.content < LEAST_CONTENT
        if self._is_off_topic or (is_little and not self._is_told_by_names(fact)):
            yield "content"
        if not self._is_of_the_time(fact):
            yield "time"
        if self._asks_for_number and not has_number(fact):
            yield "number"

    def _is_told_by_names(self, fact: Fact) -> bool:
        """Return whether names and the time say enough of a fact, though it lacks the other words; never a value's."""
        if self._is_all_unknown:
            return True
        if self._indicators:
            return False
        held = sum(one.quality.get(fact.id, 0.0) >= CLEARLY for one in self._names)
        period = self._query.period
        if period and period.years and not period.is_bound and fact.when:
            held += period.share(fact.when) == 1
        return held >= ENOUGH_NAMES

    def _has_names(self, scored: Scored) -> bool:
        """Return whether a fact is about all that is named; one common name may lack where the rest is plain enough."""
        least = LEAST_MEASURED if self._indicators else LEAST_NAMED
        lacking = [one for one in self._names if one.quality.get(scored.fact.id, 0.0) < least]
        if self._are_alternatives and len(self._organizations) > len(lacking):
            lacking = [one for one in lacking if one not in self._organizations]
        if not lacking:
            return True
        keys = [one.concept.meaning.entity for one in lacking]
        is_common = len(keys) == 1 and keys[0] is not None and self._is_common(keys[0])
        return is_common and len(self._names) > 1 and scored.content >= PLAIN

    def _is_organization(self, name: Evidence) -> bool:
        key = name.concept.meaning.entity
        return key is not None and self._store.entity(key).type == "organization"

    def missing(self, ranked: Sequence[Scored]) -> Iterator[Missing]:
        """Return what the base does not have, as far as that can be told, if none of ``ranked`` is a hit."""
        strangers = [one for one in self._names if not one.quality]
        if strangers:
            yield from map(self._unknown, strangers)
            return
        lacks = {tuple(self._lacks(one)) for one in ranked}
        about = self._entities()
        ids = tuple(one.id for one in about)
        if ("time",) in lacks:
            words = (self._query.period_words,)
            yield Missing(text=f"There is nothing like that from {quoted(words[0])}.", words=words, entities=ids)
        elif ("number",) in lacks and "number" in self._query.wants:
            yield Missing(text="There are facts about that, but none states such a number.", entities=ids)
        elif self._indicators and about:
            for indicator in self._indicators:
                text = f"There is no value of {quoted(indicator.name)} for {_names(about)}."
                yield Missing(text=text, entities=ids, indicators=(indicator.id,))
        else:
            yield from self._unmatched(about)

    def _unknown(self, stranger: Evidence) -> Missing:
        concept = stranger.concept
        if stranger.is_office:
            about = self._entities()
            of = f" of {_names(about)}" if about else ""
            text = f"Nobody is named as {quoted(concept.text)}{of}."
            return Missing(text=text, words=(concept.text,), entities=tuple(one.id for one in about))
        text = f"There is nothing about {quoted(concept.meaning.elsewhere or concept.text)}."
        return Missing(text=text, words=(concept.text,))

    def _unmatched(self, about: Sequence[Entity]) -> Iterator[Missing]:
        ids = tuple(one.id for one in about)
        together = set.intersection(*(_clear(one.quality) for one in self._names)) if self._names else None
        if len(about) > 1 and not together:
            yield Missing(text=f"There is no fact about {_names(about)} together.", entities=ids)
            return
        rest = [(one.concept.text, set(one.quality)) for one in self._evidence if not one.is_required]
        words = tuple(text for text, found in rest if not (found if together is None else together & found))
        if words:
            beside = f" that has to do with {_names(about)}" if about else ""
            text = f"There is nothing on {listed([quoted(word) for word in words])}{beside}."
            yield Missing(text=text, words=words, entities=ids)

    def _entities(self) -> list[Entity]:
        """Return the named entities; where an indicator is named too, only those that can have a value."""
        keys = dict.fromkeys(one.concept.meaning.entity for one in self._names)
        named = [self._store.entity(key) for key in keys if key]
        able = [one for one in named if one.type in ("country", "place", "region")]
        return able if able and self._indicators else named

    def _is_of_the_time(self, fact: Fact) -> bool:
        """Return whether a fact may be of the query's time, or names it."""
        period = self._query.period
        if period is None or period.is_bound:
            return True
        if fact.when and period.meets(fact.when):
            return True
        told = _dates(fact.statement)
        is_year = bool(period.years and set(range(period.years[0], period.years[1] + 1)) & told.years)
        is_month = period.months == (1, 12) or bool(set(range(period.months[0], period.months[1] + 1)) & told.months)
        return is_year and is_month


@lru_cache(maxsize=4096)
def _dates(statement: str) -> Dates:
    return Dates.of(statement)


def _clear(quality: Mapping[str, float]) -> set[str]:
    return {key for key, value in quality.items() if value >= LEAST_NAMED}


def _names(entities: Sequence[Entity]) -> str:
    return listed([one.name for one in entities])
