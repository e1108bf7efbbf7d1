"""Who does what to whom: in a query by its grammar, in a fact by its types, or by the order of its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from psfacts.finding.query import ASKING, Concept, Query
from psfacts.model import Entity, Event, Fact, Id, Observation, Relation
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import words_of

if TYPE_CHECKING:
    from psfacts.store.store import Store

_BESIDE = words_of("and or with between among from of about over by as than like is are was were be")
"""Words before somebody to whom nothing is done."""

_TOWARDS = words_of("to on against towards")
"""Words before somebody to whom something is done where no question says so: ``X's visit to Y``."""

_OUT = words_of("from left leaving leave leaves out")
_IN = words_of("to into onto enter enters entered entering")
"""Words before where something comes from and goes."""

_RECEIVING = words_of("get gets got receive receives received obtain obtains obtained accept accepts accepted")
"""Verbs whose subject has something done to it, by whoever it is ``from``."""

SAYING = words_of(
    "say says said claim claims claimed quote quotes quotation quotations statement statements remarks speech words"
    " comment comments accusation accusations accuse accuses accused blame blames blamed"
)
"""Words for what somebody says."""

_SAID_BY = words_of("by of from to")


class Roles:
    """Holds who acts in one query against who acts in facts."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store = store
        self._query = query
        self._named = {concept.at: concept for concept in query.concepts if concept.entities}
        self._asks_who = query.words[:1] in (("who",), ("whom",), ("which",))
        actors = (concept for at, concept in self._named.items() if self._before(at) in ASKING)
        self._asked = next(actors, None)
        """Who acts in a question: ``did X …``, ``can X …``."""

    @cached_property
    def _giver(self) -> Concept | None:
        """Whom somebody receives something from."""
        if _RECEIVING.isdisjoint(self._query.words):
            return None
        return next((one for at, one in self._named.items() if self._before(at) == "from"), None)

    @cached_property
    def _actor(self) -> Concept | None:
        """Who the query says acts: where it is no question, who it begins with."""
        return self._giver or self._asked or self._named.get(0)

    @cached_property
    def _done_to(self) -> set[Id]:
        """The entities to whom the query says something is done."""
        first = self._asked.at if self._asked else 1
        others = {at: one for at, one in self._named.items() if one is not self._actor}
        if self._giver:
            chosen = [*others.values()]
        elif self._asked or self._asks_who:
            chosen = [one for at, one in others.items() if at > first and self._before(at) not in _BESIDE]
        else:
            chosen = [one for at, one in others.items() if self._before(at) in _TOWARDS]
        return {key for concept in chosen for key in concept.entities} - self._acting

    @cached_property
    def speakers(self) -> list[Entity]:
        """The entities whose words are asked for: ``what did X say``, ``according to X``, ``X quotes``."""
        words = self._query.words
        for at, concept in self._named.items():
            before, after = words[max(0, at - 2) : at], words[at + len(concept.words) :][:1]
            is_source = before[1:] and before[1] in _SAID_BY and before[0] in ("according", *SAYING)
            if is_source or not SAYING.isdisjoint(after):
                return [self._store.entity(key) for key in concept.entities]
        return []

    def are_swapped(self, fact: Fact) -> bool:
        """Return whether in a fact somebody else acts than in the query."""
        return self._goes_back(fact) or (not _is_mutual(fact) and self._has_other_actor(fact))

    def _goes_back(self, fact: Fact) -> bool:
        """Return whether something comes in a fact from where it goes in the query, or the other way round."""
        out, into = self._route
        if not (out or into):
            return False
        before = {key: fact.headline[: max(0, at)].split()[-1:] for at, key in self._places(fact, fact.headline)}
        came = {key for key, words in before.items() if not _OUT.isdisjoint(words)}
        went = {key for key, words in before.items() if not _IN.isdisjoint(words)}
        return bool(came & into or went & out) and not (came & out or went & into)

    def _has_other_actor(self, fact: Fact) -> bool:
        """Return whether in a fact another one whom the query names acts than in the query."""
        order = self._order(fact)
        if self._actor and self._acting.isdisjoint(order):
            is_open = isinstance(fact, Observation) or bool(fact.asserted_by) or not self._asked
            if is_open and not isinstance(fact, Relation):
                return False
            sentence = self._order(fact, fact.statement)  # which names whom the headline leaves out
            if self._acting.isdisjoint(sentence):
                return not set(order[:1]).isdisjoint(self._query.entities)
            order = sentence
        if not self._actor and (len(order) < 2 or not isinstance(fact, Relation | Event)):
            return False
        named = [key for key in order if key in self._acting | self._done_to or not self._actor]
        return not self._done_to.isdisjoint(named[:1])

    @property
    def _acting(self) -> set[Id]:
        """The entities that act in the query."""
        return set(self._actor.entities) if self._actor else set()

    @cached_property
    def _route(self) -> tuple[set[Id], set[Id]]:
        """Where something comes from in the query, and where it goes."""
        starts = {concept.at for concept in self._query.concepts}
        # A name before a noun is an adjective: ``from Tajik workers``.
        places = {at: one for at, one in self._named.items() if at + len(one.words) not in starts}
        out = {key for at, one in places.items() if self._before(at) in _OUT for key in one.entities}
        into = {key for at, one in places.items() if self._before(at) in _IN for key in one.entities}
        if into and not out and self._asked:  # whoever sends something to somebody
            out = {*self._asked.entities} - into
        return out, into

    def are_said(self, fact: Fact) -> bool:
        """Return whether a fact tells what the one says whose words are asked for, or one of its officers."""
        if not self.speakers:
            return True
        keys = {speaker.id for speaker in self.speakers}
        by = {*fact.asserted_by, *(self._store.entity(key).of for key in fact.asserted_by)}
        return bool(keys & by)

    def has_office(self, fact: Fact) -> bool:
        """Return whether a fact names somebody who holds the office that is asked for, where that is asked."""
        places = set(self._query.entities)
        if not (self._query.offices and places):
            return True
        people = [self._store.entity(key) for key in fact.entities]
        roles = [fold(person.role) for person in people if person.role and person.of in places]
        return any(office.text in role for office in self._query.offices for role in roles)

    def _before(self, at: int) -> str:
        """Return the word before a place, an article left out, and ``of`` behind ``out``."""
        words = [word for word in self._query.words[:at] if word != "the"]
        return "out" if words[-2:] == ["out", "of"] else "".join(words[-1:])

    def _order(self, fact: Fact, text: str = "") -> list[Id]:
        """Return the entities of a fact as ``text``, or its headline, has them act."""
        match fact:
            case Relation():
                return [fact.subject, fact.object]
            case Observation():
                return [fact.subject]
        text = text or fact.headline
        return [key for _, key in sorted(self._places(fact, text))]

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
