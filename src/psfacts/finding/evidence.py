"""What each concept of a query finds: how well every fact has it, and how much it counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from psfacts.finding import index
from psfacts.finding.index import quoted
from psfacts.finding.query import Concept, Query
from psfacts.finding.roles import Roles
from psfacts.finding.vocabulary import WEAK
from psfacts.model import Entity, Id
from psfacts.text.names import spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

NAME_WEIGHT = 1.4
INDICATOR_WEIGHT = 1.3
UNKNOWN_WEIGHT = 0.7
"""What a word counts that neither the base nor the vocabulary has."""
FOREIGN_WEIGHT = 0.3
"""What one of another script counts: of these, the vocabulary has fewer."""
COMMON_WEIGHT = 0.4
"""The least that a word counts that many facts have; rare ones count up to 1."""
HALF_WEIGHT = 0.5
"""The most that a word counts that says little, where the vocabulary has it."""
WEAK_WEIGHT = 0.25
"""What one counts where it has not."""
_RARE = 1.3

EXACT = (0.7, 1.0)
"""The least and the most that a fact has of a concept whose very words it holds."""
SYNONYM = (0.48, 0.6)
"""The same for other words for it."""
ONLY_SYNONYM = (0.6, 0.75)
"""The same where no fact holds the very words."""
AKIN = 0.85
"""What an observation has of a concept that is another word for its indicator."""
HINT = 0.8
"""What facts have of words that hint at the entity that they are about."""
PART_OF_NAME = 0.6
"""What they have of a part of its name."""

_NEAR_WORDS = 8
_MOST_NAMES = 3


@dataclass(frozen=True)
class Evidence:
    """What one concept of a query finds."""

    concept: Concept
    weight: float
    quality: Mapping[Id, float]
    """How well each fact has it, up to 1."""
    is_required: bool
    """Whether a fact without it answers nothing, as with names."""
    is_office: bool = False
    """Whether it is an office that somebody is asked for who holds it."""


class Lookup:
    """Looks concepts up in a store, through its full-text index in ``database``."""

    def __init__(self, store: Store, database: sqlite3.Connection) -> None:
        self._store = store
        self._database = database
        self._size = len(store.facts) + 1
        self.roles = Roles(store, self._kin)

    def evidence(self, query: Query) -> list[Evidence]:
        """Look up everything that ``query`` names."""
        return [self._evidence(query, concept) for concept in query.concepts]

    def _evidence(self, query: Query, concept: Concept) -> Evidence:
        meaning = concept.meaning
        exact = index.matches(self._database, quoted(concept.text))
        others = [quoted(word) for word in meaning.synonyms]
        if len(concept.words) > 1:
            others.append(f"NEAR({' '.join(map(quoted, concept.words))}, {_NEAR_WORDS})")
        alike = index.matches(self._database, " OR ".join(others)) if others else {}
        weight = self._weight(concept, exact or alike)
        if query.asks_for_person and concept.holders:
            found = self._about(self._asked_holders(query, concept.holders))
            return Evidence(concept, weight, found, is_required=True, is_office=True)
        quality: dict[Id, float] = {}
        if not meaning.entity or meaning.synonyms or meaning.indicator:
            _keep(quality, exact, EXACT)
            _keep(quality, alike, SYNONYM if exact else ONLY_SYNONYM)
        if meaning.entity and not meaning.indicator:
            quality = {key: SYNONYM[1] * value for key, value in quality.items()}
        self._keep_names(quality, concept)
        for indicator, share in ((meaning.measured, AKIN), (meaning.indicator, 1.0)):
            for one in self._store.observations(indicators=[indicator]) if indicator else ():
                quality[one.id] = max(quality.get(one.id, 0.0), share)
        return Evidence(concept, weight, quality, is_required=concept.is_named and not self._is_described(concept))

    def _is_described(self, concept: Concept) -> bool:
        """Return whether a concept names a group: that is a description more than a name."""
        key = concept.meaning.entity
        return key is not None and self._store.entity(key).type == "group"

    def _weight(self, concept: Concept, found: Mapping[Id, float]) -> float:
        if concept.is_named or concept.is_unknown_name:
            return NAME_WEIGHT
        if concept.meaning.indicator:
            return INDICATOR_WEIGHT
        is_weak = concept.text in WEAK
        if is_weak and not concept.meaning.is_of_field:
            return WEAK_WEIGHT
        if not found:
            return FOREIGN_WEIGHT if concept.is_foreign else UNKNOWN_WEIGHT
        rarity = _RARE * log(self._size / len(found)) / log(self._size)
        return max(COMMON_WEIGHT, min(HALF_WEIGHT if is_weak else 1.0, rarity))

    def _keep_names(self, quality: dict[Id, float], concept: Concept) -> None:
        """Count facts about what the concept names, hints at, or has a part of the name of, where few have it."""
        meaning = concept.meaning
        shares = dict.fromkeys(meaning.hinted, HINT)
        if meaning.entity:
            shares[meaning.entity] = 1.0
        elif not meaning.indicator:
            partly = index.entities(self._database, quoted(concept.text))
            shares = dict.fromkeys(partly if len(partly) <= _MOST_NAMES else (), PART_OF_NAME) | shares
        for key, share in shares.items():
            for fact, value in self.roles.about(key).items():
                quality[fact] = max(quality.get(fact, 0.0), share * value)

    def _asked_holders(self, query: Query, holders: Sequence[Id]) -> list[Id]:
        """Keep those holders of an office who hold it where the query names."""
        places = {one.meaning.entity for one in query.concepts}
        if not any(key and self._store.entity(key).type in ("country", "organization") for key in places):
            return list(holders)
        return [key for key in holders if self._store.entity(key).of in places]

    def _about(self, keys: Iterable[Id]) -> dict[Id, float]:
        """Return how much each fact is about any of the entities."""
        found: dict[Id, float] = {}
        for key in keys:
            for fact, value in self.roles.about(key).items():
                found[fact] = max(found.get(fact, 0.0), value)
        return found

    def _kin(self, entity: Entity) -> list[Id]:
        """Return those who have the entity in a name, or their office there."""
        names = " OR ".join(quoted(name) for name in spellings(entity))
        return [key for key in index.entities(self._database, names) if key != entity.id]


def _keep(quality: dict[Id, float], found: Mapping[Id, float], between: tuple[float, float]) -> None:
    """Spread BM25 scores between the least and the most that they are to count."""
    least, most = between
    highest = max(found.values(), default=0.0)
    for key, score in found.items():
        value = least + (most - least) * (score / highest if highest > 0 else 1.0)
        quality[key] = max(quality.get(key, 0.0), value)
