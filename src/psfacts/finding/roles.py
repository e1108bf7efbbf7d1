"""How much a fact is about an entity: from its subject down to a country whose region it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from psfacts.model import Entity, Fact, Id, Observation, Relation
from psfacts.text.names import spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

SUBJECT = 1.0
NAMED = 0.9
CONTEXT = 0.5
MEMBER = 0.5
REGION = 0.45
KIN = 0.5
"""Facts about kin: whoever has the entity in a name or an office."""
PLACE = 0.35
"""Facts about the country of somebody's office: it is often called by its leader's name."""

_NEVER_NAMED = 0.8
_CROWD = 0.03
_LATE = 0.05
_NARROW = 5
_COMMON = 0.25


class Roles:
    """Measures how much facts are about entities, for each entity once."""

    def __init__(self, store: Store, kin: Callable[[Entity], Iterable[Id]]) -> None:
        self._store = store
        self._kin = kin
        self._known: dict[Id, Mapping[Id, float]] = {}
        self._common: dict[Id, bool] = {}

    def about(self, key: Id) -> Mapping[Id, float]:
        """Return the facts that have to do with an entity, each with a measure up to 1, where it is the subject."""
        known = self._known.get(key)
        if known is None:
            around = [key, *(one.id for one in self._store.regions_of(key)), *self._store.entity(key).members]
            known = {fact.id: self._measured(key, fact) for fact in self._store.facts_about(around)}
            for kin in self._kin(self._store.entity(key)):
                for fact in self._store.facts_about([kin]):
                    known[fact.id] = max(known.get(fact.id, 0.0), KIN * self._own(self._store.entity(kin), fact))
            of = self._store.entity(key).of
            for fact in self._store.facts_about([of]) if of else ():
                if not self._names_person(fact):
                    known.setdefault(fact.id, PLACE)
            self._known[key] = known
        return known

    def is_common(self, key: Id) -> bool:
        """Return whether so many facts name an entity that the name tells little."""
        if key not in self._common:
            self._common[key] = len(self._store.facts_about([key])) > _COMMON * len(self._store.facts)
        return self._common[key]

    def _measured(self, key: Id, fact: Fact) -> float:
        entity = self._store.entity(key)
        own = self._own(entity, fact)
        if own:
            return own * (1 - _CROWD * min(len(fact.entities) - 1, 8))
        return max(self._by_region(key, fact), self._by_member(entity, fact))

    def _own(self, entity: Entity, fact: Fact) -> float:
        if entity.id not in fact.entities:
            return 0.0
        if isinstance(fact, Observation | Relation) and fact.subject == entity.id:
            return SUBJECT
        if entity.id in fact.asserted_by:
            return SUBJECT
        if isinstance(fact, Relation) and fact.object == entity.id:
            return NAMED
        if entity.id in fact.context:
            return CONTEXT
        match = _pattern(spellings(entity)).search(fact.statement)
        return SUBJECT - _LATE * match.start() / len(fact.statement) if match else _NEVER_NAMED

    def _by_region(self, key: Id, fact: Fact) -> float:
        """Measure what a fact about a region says about a member: less the more members there are.

        Where it names another of them, it is about that one.
        """
        regions = [one for one in self._store.regions_of(key) if one.id in fact.entities]
        if not regions or any(_about_any(one.members, fact) for one in regions):
            return 0.0
        smallest = min(len(one.members) for one in regions)
        return REGION * min(1.0, sqrt(_NARROW / smallest))

    def _names_person(self, fact: Fact) -> bool:
        return any(self._store.entity(key).type == "person" for key in fact.entities)

    def _by_member(self, entity: Entity, fact: Fact) -> float:
        """Measure what a fact about a member says about its region."""
        return MEMBER if _about_any(entity.members, fact) else 0.0


def _about_any(members: Iterable[Id], fact: Fact) -> bool:
    subjects = (fact.subject,) if isinstance(fact, Observation | Relation) else fact.entities
    return any(member in subjects for member in members)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})", re.IGNORECASE)
