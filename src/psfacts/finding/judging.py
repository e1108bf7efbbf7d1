"""Whether the best of the facts answers a query, and what the base does not have where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from psfacts.finding.asked import Usage, asked
from psfacts.finding.evidence import AROUND, Evidence
from psfacts.finding.query import Query
from psfacts.finding.ranking import Scored, has_number, is_of_the_time
from psfacts.finding.roles import Roles
from psfacts.model import Entity, Fact, Id, Observation, Record, Text
from psfacts.text.phrases import listed, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store

LEAST = 0.3
"""The share that an answer must have of what the query says beside names: what only shares the country answers nothing.
It is held against facts of which nobody knows what people ask about them."""

ENOUGH = 1.0
"""How sure an answer must be that people ask for: by the odds, and by what follows."""

MATCH = 5.0
"""How much what a fact tells itself counts beside the odds."""

MEASURED = 10.0
"""How much the match of a value counts that lacks nothing, where its indicator and its subject alone are named."""

UNKNOWN = 4.0
"""How much it counts that nobody has asked in such words, whose weights then say little against an answer."""

LACKING = {"names": 5, "office": 3, "time": 5, "speaker": 5, "number": 5, "content": 3, "roles": 7, "date": 3}
"""How much each thing counts against an answer that it lacks: most that it is told the other way round, least what may
be told in words that are not recognized."""

CLOSE = 0.7
"""The share of the best score from which on further facts are hits."""

_TOLD = {
    "office": "No fact about that names who holds the office.",
    "time": "There is nothing like that from {time}.",
    "speaker": "There is nothing that {speakers} said about that.",
    "number": "No fact about that states the number that is asked for.",
    "roles": "The fact that comes closest tells it the other way round, or of others.",
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

    def __init__(self, store: Store, query: Query, evidence: Sequence[Evidence], usage: Usage, roles: Roles) -> None:
        self._store = store
        self._query = query
        self._evidence = evidence
        self._usage = usage
        self._roles = roles
        self._names = [one for one in evidence if one.is_required]
        self._content = [one for one in evidence if one.is_content]
        self._indicators = [store.indicator(key) for key in query.indicators]

    def hits(self, ranked: Sequence[Scored]) -> list[Scored]:
        """Return the facts that answer the query: none if the best does not, and none that falls far behind it."""
        if not ranked or not self._answers(ranked[0]):
            return []
        least = CLOSE * ranked[0].score
        return [one for one in ranked if one.score >= least and self._answers(one)]

    def has_all(self, fact: Fact) -> bool:
        """Return whether a fact lacks nothing that is asked for."""
        return not any(self._lacks(fact))

    def unread(self, facts: Sequence[Fact]) -> set[str]:
        """Return the words that say something and are in none of ``facts``, nor in questions about it."""
        unread = (one for one in self._evidence if not any(self._has(one, fact) for fact in facts))
        return {word for one in unread for word in one.concept.words}

    def _answers(self, scored: Scored) -> bool:
        """Return whether a fact is sure enough to be an answer."""
        odds = self._usage.odds.get(scored.fact.id)
        if odds is None or self._is_open:
            return self.has_all(scored.fact) and self._share(scored.fact) >= LEAST
        if any(not (one.concept.entities or self._is_meant(one, scored.fact)) for one in self._names):
            return False
        against = sum(LACKING[lack] for lack in self._lacks(scored.fact))
        weight = MEASURED if not against and self._is_measured(scored.fact) else MATCH
        return odds + weight * scored.match + UNKNOWN * self._usage.unknown - against >= ENOUGH

    def _is_measured(self, fact: Fact) -> bool:
        """Return whether a fact is a value of what is named, of the only one who is named."""
        named = self._query.entities
        return isinstance(fact, Observation) and fact.indicator in self._query.indicators and named == (fact.subject,)

    @property
    def _is_open(self) -> bool:
        """Whether a query names somebody and asks for nothing in particular."""
        return bool(self._names) and not (self._content or self._query.wants)

    def _lacks(self, fact: Fact) -> Iterator[str]:
        """Return what a fact lacks of all that an answer has, in the order in which that is told."""
        return (lack for has, lack in self._held(fact) if not has)

    def _held(self, fact: Fact) -> Iterator[tuple[bool, str]]:
        """Hold a fact against all that an answer has, one thing at a time: often the first that it lacks is enough."""
        wants = self._query.wants
        yield self._has_names(fact), "names"
        yield self._roles.has_office(fact), "office"
        yield not self._query.period or is_of_the_time(fact, self._query), "time"
        yield self._roles.are_said(fact), "speaker"
        yield "number" not in wants or has_number(fact), "number"
        yield not self._content or any(self._has(one, fact) for one in self._content), "content"
        yield not self._roles.are_swapped(fact), "roles"
        yield "time" not in wants or self._is_dated(fact), "date"

    def _has_names(self, fact: Fact) -> bool:
        # What is said of its region is no value of a country.
        least = AROUND if self._indicators or self._query.wants else 0.0
        return all(one.quality.get(fact.id, 0.0) > least or self._is_meant(one, fact) for one in self._names)

    def _is_meant(self, name: Evidence, fact: Fact) -> bool:
        """Return whether a name that a fact lacks is one that people use who ask for more than the name."""
        return not self._is_open and _is_asked_by(name, fact)

    def _has(self, one: Evidence, fact: Fact) -> bool:
        """Return whether something is told by a fact, or is what people ask about it."""
        return fact.id in one.quality or _is_asked_by(one, fact)

    def _share(self, fact: Fact) -> float:
        """Return how much a fact has of what is said beside names."""
        total = sum(one.weight for one in self._content)
        return sum(one.weight for one in self._content if fact.id in one.quality) / total if total else 1.0

    def _is_dated(self, fact: Fact) -> bool:
        """Return whether a fact tells a time of its own, and not only that it held when the source was written."""
        written = self._store.source(fact.evidence[0].source).published
        return fact.when is not None and not fact.when.earliest == fact.when.latest == written

    def missing(self, ranked: Sequence[Scored]) -> Iterator[Missing]:
        """Return what the base does not have, as far as that can be told, if none of ``ranked`` is a hit."""
        strangers = [concept for concept in (one.concept for one in self._names) if not concept.entities]
        about = self._entities
        lack = next(self._lacks(ranked[0].fact), "") if ranked else "content"
        if strangers:
            for concept in strangers:
                name = concept.name.text if concept.name else concept.text
                yield Missing(text=f"There is nothing about {quoted(name)}.", words=(concept.text,))
        elif self._query.offices and (vacant := self._vacant(ranked)):
            office = self._query.offices[0].text.removesuffix(" of")
            text = f"Nobody is named as {quoted(office)} of {_names(vacant)}."
            yield Missing(text=text, words=(office,), entities=_ids(vacant))
        elif all(one.concept.indicators for one in self._content) and (unmeasured := self._unmeasured()):
            yield from unmeasured
        elif lack in ("names", "content", "") and (unmatched := self._unmatched(about, [one.fact for one in ranked])):
            yield unmatched
        elif ranked or self._query.period:
            lack = lack if ranked else "time"
            asked = self._query.period_words
            told = _TOLD.get(lack, "The facts that come closest do not tell that.")
            text = told.format(time=quoted(asked), speakers=_names(self._roles.speakers))
            yield Missing(text=text, words=(asked,) if lack == "time" else (), entities=_ids(about))

    def _vacant(self, ranked: Sequence[Scored]) -> list[Entity]:
        """Return the named countries and organizations, if no fact names who holds the office there."""
        if any(self._roles.has_office(scored.fact) for scored in ranked):
            return []
        return [entity for entity in self._entities if entity.type != "person"]

    def _unmeasured(self) -> list[Missing]:
        """Return for each indicator which of the named entities have no value of it."""
        places = [one for one in self._entities if one.type in ("country", "place", "region")] or self._entities
        missing = []
        for indicator in self._indicators:
            measured = set(self._store.subjects_of(indicator.id))
            if without := [entity for entity in places if measured.isdisjoint((entity.id, *entity.members))]:
                text = f"There is no value of {quoted(indicator.name)} for {_names(without)}."
                missing.append(Missing(text=text, entities=_ids(without), indicators=(indicator.id,)))
        return missing

    def _unmatched(self, about: Sequence[Entity], facts: Sequence[Fact]) -> Missing | None:
        """Return that no fact has all names together, or that none with these has some of the words."""
        ids = _ids(about)
        together = set.intersection(*(set(one.quality) for one in self._names)) if self._names else None
        if len(about) > 1 and not together:
            return Missing(text=f"There is no fact about {_names(about)} together.", entities=ids)
        among = [fact for fact in facts if together is None or fact.id in together]
        words = tuple(one.concept.text for one in self._content if not any(self._has(one, fact) for fact in among))
        beside = f" that has to do with {_names(about)}" if about else ""
        text = f"There is nothing on {listed([quoted(word) for word in words])}{beside}."
        return Missing(text=text, words=words, entities=ids) if words else None

    @cached_property
    def _entities(self) -> list[Entity]:
        """The named entities."""
        return [self._store.entity(one.concept.entities[0]) for one in self._names if one.concept.entities]


def _is_asked_by(one: Evidence, fact: Fact) -> bool:
    """Return whether people ask about a fact in words that it does not have."""
    features = [f"@{key}" for key in one.concept.entities] or one.concept.stems
    return any(fact.id in asked().spoken_for(feature) for feature in features)


def _ids(entities: Sequence[Entity]) -> tuple[Id, ...]:
    return tuple(entity.id for entity in entities)


def _names(entities: Sequence[Entity]) -> str:
    return listed([one.name for one in entities])
