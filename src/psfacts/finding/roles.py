"""Who does what to whom: in a query by its grammar, in a fact by its types, or by the order of its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from psfacts.finding.query import Concept, Query
from psfacts.model import Entity, Event, Fact, Id, Observation, Relation
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import words_of

if TYPE_CHECKING:
    from psfacts.store.store import Store

_ASKING = words_of("did do does has have had will would can could should may might didnt doesnt dont wont")
"""Auxiliary verbs: in a question, who acts comes after them."""

_BESIDE = words_of("and or with between among from in into of about over by near as than like is was are were be")
"""Words before somebody to whom nothing is done."""

_TOWARDS = words_of("to on against towards")
"""Words before somebody to whom something is done where no question says so: ``X's visit to Y``."""

_SAYING = words_of(
    "say says said claim claims claimed quote quotes quotation quotations statement statements remarks speech"
)
_SAID_BY = words_of("by of from to")


class Roles:
    """Holds who acts in one query against who acts in facts."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store = store
        self._query = query
        self._named = {concept.at: concept for concept in query.concepts if concept.entities}
        self._asks_who = query.words[:1] in (("who",), ("whom",), ("which",))
        actors = (concept for at, concept in self._named.items() if self._before(at) in _ASKING)
        self._asked = next(actors, None)
        """Who acts in a question: ``did X …``, ``can X …``."""

    @cached_property
    def _actor(self) -> Concept | None:
        """Who the query says acts: where it is no question, who it begins with."""
        return self._asked or self._named.get(0)

    @cached_property
    def _others(self) -> tuple[Concept, ...]:
        """Whom the query says something is done to."""
        if self._asked or self._asks_who:
            first = self._asked.at if self._asked else 1
            return tuple(one for at, one in self._named.items() if at > first and self._before(at) not in _BESIDE)
        return tuple(one for at, one in self._named.items() if at and self._before(at) in _TOWARDS)

    @cached_property
    def speakers(self) -> list[Entity]:
        """The entities whose words are asked for: ``what did X say``, ``according to X``, ``X quotes``."""
        words = self._query.words
        for at, concept in self._named.items():
            before, after = words[max(0, at - 2) : at], words[at + len(concept.words) :][:1]
            is_source = before[1:] and before[1] in _SAID_BY and before[0] in ("according", *_SAYING)
            if is_source or not _SAYING.isdisjoint(after):
                return [self._store.entity(key) for key in concept.entities]
        return []

    def are_swapped(self, fact: Fact) -> bool:
        """Return whether a fact has somebody act whom the query has something done to, or nobody whom it asks for."""
        asked = set(self._query.entities)
        if asked and self._query.words[0] in ("who", "whom") and asked.issuperset(fact.entities):
            return True
        if _is_mutual(fact):
            return False
        order = self._order(fact)
        done_to = [order.index(key) for concept in self._others for key in concept.entities if key in order]
        if not done_to:
            return False
        if self._actor:
            acting = [order.index(key) for key in self._actor.entities if key in order]
            # A relation is told of its subject and its object alone.
            return min(done_to) < min(acting, default=len(order) if isinstance(fact, Relation) else 0)
        return min(done_to) == 0 and len(order) > 1 and isinstance(fact, Relation | Event)

    def are_said(self, fact: Fact) -> bool:
        """Return whether a fact tells what the one says whose words are asked for, or one of its officers."""
        if not self.speakers:
            return True
        keys = {speaker.id for speaker in self.speakers}
        by = {*fact.asserted_by, *(self._store.entity(key).of for key in fact.asserted_by)}
        return bool(keys & by) or (isinstance(fact, Event) and not keys.isdisjoint(self._order(fact)[:1]))

    def has_office(self, fact: Fact) -> bool:
        """Return whether a fact names somebody who holds the office that is asked for, where that is asked."""
        places = set(self._query.entities)
        if not (self._query.offices and places):
            return True
        people = [self._store.entity(key) for key in fact.entities]
        roles = [fold(person.role) for person in people if person.role and person.of in places]
        words = [word for office in self._query.offices for word in (office.text, *office.synonyms)]
        return any(word in role for word in words for role in roles)

    def _before(self, at: int) -> str:
        """Return the word before a place, an article left out."""
        words = [word for word in self._query.words[:at] if word != "the"]
        return words[-1] if words else ""

    def _order(self, fact: Fact) -> tuple[Id, ...]:
        """Return the entities of a fact, those that act first; those that only say so left out."""
        match fact:
            case Relation():
                return fact.subject, fact.object
            case Observation():
                return (fact.subject,)
        text = fact.headline
        return tuple(dict.fromkeys(key for _, key in sorted(self._places(fact, text)) if key not in fact.asserted_by))

    def _places(self, fact: Fact, text: str) -> Iterator[tuple[int, Id]]:
        for key in fact.entities:
            match = _pattern(spellings(self._store.entity(key))).search(text)
            if match:
                is_actor = text[: match.start()].endswith(" by ")
                place = -1 if is_actor else match.start()
                yield place, key
                # Whoever is in office acts for the country.
                if (of := self._store.entity(key).of) and of in fact.entities:
                    yield place, of


def _is_mutual(fact: Fact) -> bool:
    """Return whether a relation holds both ways."""
    return isinstance(fact, Relation) and (fact.predicate.endswith(" with") or fact.predicate == "borders")


def is_named(entity: Entity, text: str) -> bool:
    """Return whether ``text`` names an entity."""
    return _pattern(spellings(entity)).search(text) is not None


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})", re.IGNORECASE)
