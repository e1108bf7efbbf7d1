"""What each concept of a query finds: how well every fact has it, and how much it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from psfacts.finding import index
from psfacts.finding.index import either, quoted
from psfacts.finding.query import Concept, Query
from psfacts.finding.roles import is_named
from psfacts.finding.stemming import Stemmer
from psfacts.model import Entity, Fact, Id, Observation

if TYPE_CHECKING:
    from psfacts.store.connection import Database
    from psfacts.store.store import Store

MOST = 300
"""Facts that are looked at for one query. What more of them share is common, and only cuts down what others find."""

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
"""How much it is about what only the text around it names, and about a member of the region that it names."""
_KEPT = 1000
"""Of how many entities the regions are remembered."""


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

    def __init__(self, store: Store, database: Database, stemmer: Stemmer) -> None:
        self._store = store
        self._database = database
        self._stemmer = stemmer
        self._size = max(1, index.size(database)) + 1  # a file may number its facts as it likes
        self._regions_of = lru_cache(_KEPT)(store.regions_of)

    def evidence(self, query: Query) -> tuple[list[Evidence], Sequence[Fact]]:
        """Look up everything that ``query`` names; return what is found, and the facts that have most of it."""
        found = [self._found(concept) for concept in query.concepts]
        facts = self._store.led_to(["facts"], self._candidates(query, found))
        if self._store.is_of_file:
            self._hold(found, facts)
        return [self._evidence(one, facts, query.is_foreign) for one in found], facts

    def _hold(self, found: Sequence[_Found], facts: Sequence[Fact]) -> None:
        """Raise InvalidError where the full text of a file, which is not trusted, has words of a fact that has none."""
        held = index.of(self._store, facts)
        for one in found:
            if one.by_words and not one.is_common:
                true = set(index.matching(held, _words(one.concept), MOST))
                for fact in facts:
                    self._store.hold(fact, fact.id in true or fact.id not in one.by_words)

    def _found(self, concept: Concept) -> _Found:
        ids: dict[Id, None] = {}
        by_words: frozenset[Id] = frozenset()
        expressions = []
        if concept.name:
            around = self._around(concept.name.entities)
            ids |= dict.fromkeys(self._store.ids_about([entity.id for entity in around], MOST + 1))
            expressions.append(f"names : ({either(entity.name for entity in around)})" if around else "")
        if concept.indicators:
            ids |= dict.fromkeys(self._store.ids_measuring(concept.indicators, MOST + 1))
            names = (self._store.indicator(key).name for key in concept.indicators)
            expressions.append(f"topics : ({either(names)})")
        if not concept.name or concept.indicators:
            words = _words(concept)
            matching = index.matching(self._database, words, MOST + 1)
            by_words = frozenset(matching)
            ids |= dict.fromkeys(matching)
            expressions.append(words)
        return _Found(concept, list(ids), by_words, " OR ".join(filter(None, expressions)))

    def _around(self, keys: Iterable[Id]) -> list[Entity]:
        """Return the entities, the regions that they belong to and the members that they have."""
        around: dict[Id, Entity] = {}
        for key in keys:
            entity = self._store.entity(key)
            others = [*entity.members, entity.of] if entity.of else entity.members
            around |= {one.id: one for one in (entity, *self._regions_of(key), *map(self._store.entity, others))}
        return list(around.values())

    def _candidates(self, query: Query, found: Sequence[_Found]) -> list[Id]:
        """Return the facts that have most of what is found; of what is common, those that have all of it."""
        common = [one.expression for one in found if one.is_common]
        counted: Counter[Id] = Counter()
        for one in found:
            if not one.is_common:
                counted.update(one.ids)
        if common:
            together = " AND ".join(f"({expression})" for expression in common)
            counted.update(dict.fromkeys(index.matching(self._database, together, MOST), len(common)))
        if not counted and common:
            counted.update(key for one in found if one.is_common for key in one.ids[: MOST // len(common)])
        if query.period and len(counted) < MOST:
            counted.update(self._store.ids_dated(query.period.bounds, query.period.months, MOST))
        return [key for key, _ in counted.most_common(MOST)]

    def _evidence(self, found: _Found, facts: Sequence[Fact], is_foreign: bool) -> Evidence:
        concept = found.concept
        quality = self._by_words(found, facts) if not concept.name or concept.indicators else {}
        for fact in facts:
            value = quality.get(fact.id, 0.0)
            if isinstance(fact, Observation) and fact.indicator in concept.indicators:
                value = 1.0
            if concept.name:
                value = max([value, *(self._about(key, fact, concept.is_possessive) for key in concept.name.entities)])
            if value:
                quality[fact.id] = value
        is_plain = concept.name is not None and not (concept.indicators or concept.is_left_out)
        is_required = is_plain and not self._is_described(concept)
        return Evidence(concept, self._weight(found, is_foreign), quality, is_required)

    def _by_words(self, found: _Found, facts: Sequence[Fact]) -> dict[Id, float]:
        """Return how well facts have the words of a concept, or others for it."""
        concept = found.concept
        if found.is_common:
            texts = [f"{fact.statement} {'. '.join(fact.keywords)}" for fact in facts]
            marked = self._stemmer.marks(texts, _words(concept))
            return {fact.id: 1.0 for fact, marks in zip(facts, marked, strict=True) if marks}
        exact = set(index.matching(self._database, quoted(concept.text), MOST))
        return {key: 1.0 if key in exact else SYNONYM for key in found.by_words}

    def _is_described(self, concept: Concept) -> bool:
        """Return whether a concept names a group: that is a description more than a name."""
        keys = concept.name.entities if concept.name else ()
        return bool(keys) and all(self._store.entity(key).type == "group" for key in keys)

    def _weight(self, found: _Found, is_foreign: bool) -> float:
        concept = found.concept
        if concept.is_left_out:
            return 0.0
        if not concept.name and (concept.is_weak or not (found.ids or (concept.text.isascii() and not is_foreign))):
            return WEAK_WEIGHT
        if concept.indicators or not found.ids:
            return 1.0
        return max(COMMON_WEIGHT, 1 - log(len(found.ids), self._size))

    def _about(self, key: Id, fact: Fact, is_possessive: bool) -> float:
        """Return how much a fact is about an entity, or says about it by way of a region."""
        if key in fact.entities:
            is_prominent = is_named(self._store.entity(key), fact.headline)
            return 1.0 if is_prominent else AROUND if key in fact.context else NAMED
        if _has_any(self._store.entity(key).members, fact):
            return NAMED
        if is_possessive and (of := self._store.entity(key).of) and of in fact.entities:
            return AROUND
        regions = [region for region in self._regions_of(key) if region.id in fact.entities]
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
