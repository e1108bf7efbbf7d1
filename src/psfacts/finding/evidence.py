"""What each concept of a query finds: how well every fact has it, and how much it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING, NamedTuple

from psfacts.finding import index
from psfacts.finding.asked import Usage
from psfacts.finding.index import either, quoted
from psfacts.finding.query import Concept, Query
from psfacts.finding.roles import is_named
from psfacts.model import Entity, Fact, Id, Observation

if TYPE_CHECKING:
    from psfacts.store.connection import Database
    from psfacts.store.store import Store

MOST = 200
"""Facts that are looked at for one query. What more of them share is common, and only cuts down what others find."""

LIKELY = 20
"""Facts that are looked at because people ask for them in such words."""

COMMON_WEIGHT = 0.5
"""The least that a word or a name counts that many facts have; those that one has or none count 1."""
WEAK_WEIGHT = 0.25
"""What one counts that says little, or that is of another script, whose words the vocabulary lacks."""

SYNONYM = 0.8
"""How much a fact has of a concept for which it has other words; of one whose very words it holds it has all."""

NAMED = 0.9
"""How much a fact is about what it names, or of which it names a member; of its subject, and of what its headline
names, it tells wholly."""
AROUND = 0.5
"""How much it is about a member of the region that it names, and about who somebody belongs to."""


class Evidence(NamedTuple):
    """What one concept of a query finds."""

    concept: Concept
    weight: float
    quality: Mapping[Id, float]
    """How well each fact has it, up to 1."""
    is_required: bool
    """Whether a fact without it answers nothing, as with names."""

    @property
    def is_content(self) -> bool:
        """Whether it says what is asked about those that are named."""
        return not self.is_required and self.weight > WEAK_WEIGHT


class _Found(NamedTuple):
    """What a concept finds before facts are read."""

    concept: Concept
    ids: Sequence[Id]
    by_words: frozenset[Id]
    """Those of them that full text gives."""
    expression: str
    """What finds as much in full text."""

    @property
    def is_common(self) -> bool:
        return len(self.ids) > MOST


class Lookup:
    """Looks concepts up in a store, through its full-text index in ``database``."""

    def __init__(self, store: Store, database: Database) -> None:
        self._store = store
        self._database = database
        self._size = max(1, index.size(database)) + 1  # a file may number its facts as it likes

    def evidence(self, query: Query, usage: Usage) -> tuple[list[Evidence], Sequence[Fact]]:
        """Look up everything that ``query`` names; return what is found, and the facts that have most of it."""
        found = [self._found(concept) for concept in query.concepts]
        facts = self._store.led_to(["facts"], self._candidates(query, usage, found))
        # The full text of a file is not trusted, and of a common word not all facts are found.
        is_enough = not self._store.is_of_file and self._size <= MOST
        held = self._database if is_enough else index.of(self._store, facts)
        return [self._evidence(one, facts, held, query.is_foreign) for one in found], facts

    def _found(self, concept: Concept) -> _Found:
        ids: dict[Id, None] = {}
        by_words: frozenset[Id] = frozenset()
        expressions = []
        if concept.name:
            around = self._around(concept.entities)
            ids |= dict.fromkeys(self._store.ids_about([entity.id for entity in around], MOST + 1))
            expressions.append(f"names : ({either(entity.name for entity in around)})" if around else "")
        if concept.indicators:
            ids |= dict.fromkeys(self._store.ids_measuring(concept.indicators, MOST + 1))
            names = (self._store.indicator(key).name for key in concept.indicators)
            expressions.append(f"topics : ({either(names)})")
        if concept.has_words:
            words = _words(concept)
            matching = index.matching(self._database, words, MOST + 1)
            by_words = frozenset(matching)
            ids |= dict.fromkeys(matching)  # in the order of the index: of equals the same are always looked at
            expressions.append(words)
        return _Found(concept, list(ids), by_words, " OR ".join(filter(None, expressions)))

    def _around(self, keys: Iterable[Id]) -> list[Entity]:
        """Return the entities, the regions that they belong to and the members that they have."""
        around: dict[Id, Entity] = {}
        for key in keys:
            entity = self._store.entity(key)
            others = [*entity.members, entity.of] if entity.of else entity.members
            around |= {one.id: one for one in (entity, *self._store.regions_of(key), *map(self._store.entity, others))}
        return list(around.values())

    def _candidates(self, query: Query, usage: Usage, found: Sequence[_Found]) -> list[Id]:
        """Return the facts that have most of what is found; of what is common, those that have all of it."""
        common = [one for one in found if one.is_common]
        counted = Counter(key for one in found if not one.is_common for key in one.ids)
        likely = nlargest(LIKELY, usage.shares, key=usage.shares.__getitem__)
        counted.update(dict.fromkeys(self._store.known_facts(likely), len(found)))  # whatever else there is
        if common:
            together = " AND ".join(f"({one.expression})" for one in common)
            counted.update(dict.fromkeys(index.matching(self._database, together, MOST), len(common)))
        if not counted:
            counted.update(key for one in common for key in one.ids[: MOST // len(common)])
        if query.period and len(counted) < MOST:
            counted.update(self._store.ids_dated(query.period.bounds, query.period.months, MOST))
        return [key for key, _ in counted.most_common(MOST)]

    def _evidence(self, found: _Found, facts: Sequence[Fact], held: Database, is_foreign: bool) -> Evidence:
        concept = found.concept
        expressions = (_words(concept), quoted(concept.text)) if concept.has_words else ()
        matching = [set(index.matching(held, expression, MOST)) for expression in expressions]
        entities = [(self._store.entity(key), self._store.regions_of(key)) for key in concept.entities]
        quality: dict[Id, float] = {}
        for fact in facts:
            has_words, *is_exact = [fact.id in ids for ids in matching] or [False]
            self._store.hold(fact, has_words or fact.id not in found.by_words)
            is_value = isinstance(fact, Observation) and fact.indicator in concept.indicators
            by_words = 1.0 if any(is_exact) or is_value else SYNONYM if has_words else 0.0
            value = max([by_words, *(_about(*one, fact, concept.is_possessive) for one in entities)])
            if value:
                quality[fact.id] = value
        is_group = bool(entities) and all(entity.type == "group" for entity, _ in entities)  # described more than named
        is_required = not (concept.has_words or concept.is_left_out or is_group)
        return Evidence(concept, self._weight(found, is_foreign), quality, is_required)

    def _weight(self, found: _Found, is_foreign: bool) -> float:
        concept = found.concept
        if concept.is_left_out:
            return 0.0
        if not concept.name and (concept.is_weak or not (found.ids or (concept.text.isascii() and not is_foreign))):
            return WEAK_WEIGHT
        return max(COMMON_WEIGHT, 1 - log(len(found.ids) or 1, self._size))


def _about(entity: Entity, regions: Iterable[Entity], fact: Fact, is_possessive: bool) -> float:
    """Return how much a fact is about an entity, or says about it by way of a region."""
    if entity.id in fact.entities:
        return 1.0 if is_named(entity, fact.headline) else NAMED
    if _has_any(entity.members, fact):
        return NAMED
    if is_possessive and entity.of in fact.entities:
        return AROUND
    regions = [region for region in regions if region.id in fact.entities]
    # What names another of the region's members is about that one.
    is_told = bool(regions) and not any(_has_any(region.members, fact) for region in regions)
    return AROUND if is_told else 0.0


def _words(concept: Concept) -> str:
    """Return the full-text expression for a concept: its words, all of them apart, or others for it."""
    apart = " AND ".join(map(quoted, concept.words))
    return f"({apart}) OR {either((concept.text, *concept.synonyms))}"


def _has_any(members: Iterable[Id], fact: Fact) -> bool:
    subjects = (fact.subject,) if isinstance(fact, Observation) else fact.entities
    return any(member in subjects for member in members)
