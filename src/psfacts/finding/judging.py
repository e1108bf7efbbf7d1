"""Whether the best of the facts answers a query, and what the base does not have where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from psfacts.finding.asked import asked
from psfacts.finding.evidence import AROUND, Evidence
from psfacts.finding.query import OPENING, Query
from psfacts.finding.ranking import Scored, has_number
from psfacts.finding.roles import Roles
from psfacts.model import Entity, Fact, Id, Observation, Record, Text
from psfacts.text.phrases import listed, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store

LEAST = 0.3
"""The share that an answer must have of what the query says beside names: what only shares the country answers nothing.
It is held against facts of which nobody knows what people ask about them."""

ENOUGH = 1.1
"""What that share and the score must make with the odds that the query is answered, where that is known."""

ODDS = 0.12
"""How much the odds count."""

USUAL = 0.6
"""How usual a name that a fact lacks has to be in questions about it."""

CLOSE = 0.7
"""The share of the best score from which on further facts are hits."""

_PLACES = ("country", "place", "region")

_TOLD = {
    "office": "No fact about that names who holds the office.",
    "time": "There is nothing like that from {time}.",
    "speaker": "There is nothing that {speakers} said about that.",
    "number": "No fact about that states the number that is asked for.",
    "person": "No fact about that names who it was.",
    "roles": "The fact that comes closest tells it the other way round.",
    "date": "No fact about that tells when.",
}
"""What is told of the fact that comes closest by what it lacks, where that is no name and no word."""


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

    def __init__(self, store: Store, query: Query, evidence: Sequence[Evidence], roles: Roles) -> None:
        self._store = store
        self._query = query
        self._evidence = evidence
        self._roles = roles
        self._names = [one for one in evidence if one.is_required]
        self._content = [one for one in evidence if one.is_content]
        self._indicators = [store.indicator(key) for key in query.indicators]
        self._is_plain = (
            bool(self._names) and bool(self._indicators) and all(one.concept.indicators for one in self._content)
        )

    def hits(self, ranked: Sequence[Scored]) -> list[Scored]:
        """Return the facts that answer the query: none if the best does not, and none that falls far behind it."""
        if not ranked or self._lack(ranked[0]):
            return []
        least = CLOSE * ranked[0].score
        return [one for one in ranked if one.score >= least and not self._lack(one)]

    def _lack(self, scored: Scored) -> str:
        """Return what a fact lacks first that an answer has; nothing if it is one."""
        return next((lack for is_lacking, lack in self._lacks(scored) if is_lacking), "")

    def _lacks(self, scored: Scored) -> Iterator[tuple[bool, str]]:
        """Hold a fact against all that an answer has, in the order in which it is told what is missing."""
        fact = scored.fact
        wants = self._query.wants
        yield not self._has_names(fact), "names"
        yield not self._roles.has_office(fact), "office"
        yield not self._is_of_the_time(fact), "time"
        yield not self._roles.are_said(fact), "speaker"
        yield "number" in wants and not (self._is_in_unit(fact) and has_number(fact)), "number"
        yield not self._has_content(scored), "content"
        yield not self._roles.tells_who(fact), "person"
        yield self._roles.are_swapped(fact), "roles"
        yield "time" in wants and not self._is_dated(fact), "date"

    def _is_in_unit(self, fact: Fact) -> bool:
        """Return whether a value is in a unit that the query names, if it names any."""
        if not (self._query.units and isinstance(fact, Observation)):
            return True
        unit = self._store.indicator(fact.indicator).unit or ""
        return any(asked in unit for asked in self._query.units)

    def _has_names(self, fact: Fact) -> bool:
        # What is said of its region is no value of a country.
        least = AROUND if self._indicators else 0.0
        return all(one.quality.get(fact.id, 0.0) > least or self._is_usual(one, fact) for one in self._names)

    def _is_usual(self, name: Evidence, fact: Fact) -> bool:
        """Return whether a name of the base is one that people use when they ask about a fact."""
        return bool(name.concept.entities) and name.usage.shares.get(fact.id, 0.0) >= USUAL

    def _has_content(self, scored: Scored) -> bool:
        """Return whether a fact has enough of what is said beside names, and any of what ``which`` asks for."""
        key = scored.fact.id
        if self._which and not self._which.has(key):
            return False
        total = sum(one.weight for one in self._content)
        share = sum(one.weight * one.has(key) for one in self._content) / total if total else 1.0
        if key not in asked().facts:
            return share >= LEAST
        return share > 0 and share + scored.score + ODDS * asked().odds(self._query.stems, key) >= ENOUGH

    @cached_property
    def _which(self) -> Evidence | None:
        """What is asked for by ``which`` or ``what``: what stands right behind it."""
        words = self._query.words[:OPENING]
        at = next((at for at, word in enumerate(words, 1) if word in ("which", "what")), -1)
        return next((one for one in self._content if one.concept.at == at), None)

    def _is_dated(self, fact: Fact) -> bool:
        """Return whether a fact tells a time of its own, and not only that it held when the source was written."""
        written = self._store.source(fact.evidence[0].source).published
        return fact.when is not None and not fact.when.earliest == fact.when.latest == written

    def _is_of_the_time(self, fact: Fact) -> bool:
        """Return whether a fact may be of the query's time."""
        period = self._query.period
        return period is None or bool(fact.when and period.meets(fact.when))

    def missing(self, ranked: Sequence[Scored]) -> Iterator[Missing]:
        """Return what the base does not have, as far as that can be told, if none of ``ranked`` is a hit."""
        strangers = [concept for concept in (one.concept for one in self._names) if not concept.entities]
        about = self._entities
        lack = self._lack(ranked[0]) if ranked else "content"
        if strangers:
            for concept in strangers:
                name = concept.name.text if concept.name else concept.text
                yield Missing(text=f"There is nothing about {quoted(name)}.", words=(concept.text,))
        elif self._query.offices and about and lack in ("names", "office", "content"):
            office = self._query.offices[0].text.removesuffix(" of")
            text = f"Nobody is named as {quoted(office)} of {_names(about)}."
            yield Missing(text=text, words=(office,), entities=_ids(about))
        elif self._is_plain and lack in ("names", "content"):
            able = [entity for entity in about if entity.type in _PLACES] or about
            for indicator in self._indicators:
                text = f"There is no value of {quoted(indicator.name)} for {_names(able)}."
                yield Missing(text=text, entities=_ids(able), indicators=(indicator.id,))
        elif lack in ("names", "content"):
            yield from self._unmatched(about)
        else:
            asked = self._query.period_words
            text = _TOLD[lack].format(time=quoted(asked), speakers=_names(self._roles.speakers))
            yield Missing(text=text, words=(asked,) if lack == "time" else (), entities=_ids(about))

    def _unmatched(self, about: Sequence[Entity]) -> Iterator[Missing]:
        ids = _ids(about)
        together = set.intersection(*(set(one.quality) for one in self._names)) if self._names else None
        if len(about) > 1 and not together:
            yield Missing(text=f"There is no fact about {_names(about)} together.", entities=ids)
            return
        found = [(one.concept.text, set(one.quality)) for one in self._content]
        words = tuple(text for text, keys in found if not (keys if together is None else together & keys))
        if words:
            beside = f" that has to do with {_names(about)}" if about else ""
            text = f"There is nothing on {listed([quoted(word) for word in words])}{beside}."
            yield Missing(text=text, words=words, entities=ids)

    @cached_property
    def _entities(self) -> list[Entity]:
        """The named entities."""
        return [self._store.entity(one.concept.entities[0]) for one in self._names if one.concept.entities]


def _ids(entities: Sequence[Entity]) -> tuple[Id, ...]:
    return tuple(entity.id for entity in entities)


def _names(entities: Sequence[Entity]) -> str:
    return listed([one.name for one in entities])
