"""A fact base indexed by SQLite: records by id, facts by entity, kind and time, places in words.

SQL answers with ids; the records behind them come from one mapping a list, which for a base in memory holds the
validated records themselves. No record is made twice.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from psfacts.errors import NotFoundError
from psfacts.model import Entity, Erratum, Event, Fact, FactBase, Id, Indicator, Observation, Passage, Source, Uncited
from psfacts.names import fold, labels
from psfacts.phrases import quoted
from psfacts.results import Locator, Locators

_SCHEMA = """
CREATE TABLE sources (id TEXT PRIMARY KEY);
CREATE TABLE entities (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE members (region TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (member, region)) WITHOUT ROWID;
CREATE TABLE indicators (id TEXT PRIMARY KEY, name TEXT NOT NULL, membership_of TEXT);
CREATE TABLE names (folded TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (folded, record)) WITHOUT ROWID;
CREATE TABLE facts (
    id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, standing TEXT NOT NULL,
    earliest TEXT, latest TEXT, indicator TEXT, subject TEXT
);
CREATE TABLE fact_entities (entity TEXT NOT NULL, fact TEXT NOT NULL, PRIMARY KEY (entity, fact)) WITHOUT ROWID;
CREATE TABLE fact_errata (fact TEXT NOT NULL, erratum TEXT NOT NULL, PRIMARY KEY (fact, erratum)) WITHOUT ROWID;
CREATE TABLE errata (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE TABLE errata_entities (
    entity TEXT NOT NULL, erratum TEXT NOT NULL, PRIMARY KEY (entity, erratum)
) WITHOUT ROWID;
CREATE TABLE uncited (id TEXT PRIMARY KEY);
"""
"""``seq`` counts records in the order of the source; ``size`` is a region's number of members."""

R = TypeVar("R")

_OWN = "(kind <> 'observation' OR subject IN (SELECT value FROM json_each(?)))"
_ABOUT = "id IN (SELECT fact FROM fact_entities WHERE entity IN (SELECT value FROM json_each(?)))"


@dataclass(frozen=True)
class _Records:
    """The records behind the ids, by list."""

    sources: Mapping[Id, Source]
    entities: Mapping[Id, Entity]
    indicators: Mapping[Id, Indicator]
    facts: Mapping[Id, Fact]
    errata: Mapping[Id, Erratum]
    uncited: Mapping[Id, Uncited]


class Store:
    """A fact base that can be asked. Make one with :meth:`of` or :func:`psfacts.load`."""

    def __init__(self, database: sqlite3.Connection, records: _Records) -> None:
        self._database = database
        self._records = records
        weakref.finalize(self, database.close)

    @classmethod
    def of(cls, base: FactBase) -> Store:
        """Index ``base`` in memory. It must be free of :func:`psfacts.loading.problems`."""
        # Threads may share a store: nothing is written once it is indexed, and SQLite serialises the reading.
        database = sqlite3.connect(":memory:", check_same_thread=False)
        database.executescript(_SCHEMA)
        with database:
            _index(database, base)
        records = _Records(
            sources={record.id: record for record in base.sources},
            entities={record.id: record for record in base.entities},
            indicators={record.id: record for record in base.indicators},
            facts={record.id: record for record in base.facts},
            errata={record.id: record for record in base.errata},
            uncited={record.id: record for record in base.uncited},
        )
        return cls(database, records)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, by id."""
        return tuple(self._records.sources.values())

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, by id."""
        return tuple(self._records.entities.values())

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, by id."""
        return tuple(self._records.indicators.values())

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, by id."""
        return tuple(self._records.facts.values())

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """All errata, by id."""
        return tuple(self._records.errata.values())

    @property
    def uncited(self) -> tuple[Uncited, ...]:
        """All passages that no fact is drawn from, by id."""
        return tuple(self._records.uncited.values())

    def source(self, key: Id) -> Source:
        """Give the source with this id. Raises NotFoundError where there is none, as the next four do."""
        return _get(self._records.sources, key, "source")

    def entity(self, key: Id) -> Entity:
        """Give the entity with this id."""
        return _get(self._records.entities, key, "entity")

    def indicator(self, key: Id) -> Indicator:
        """Give the indicator with this id."""
        return _get(self._records.indicators, key, "indicator")

    def fact(self, key: Id) -> Fact:
        """Give the fact with this id."""
        return _get(self._records.facts, key, "fact")

    def erratum(self, key: Id) -> Erratum:
        """Give the erratum with this id."""
        return _get(self._records.errata, key, "erratum")

    def named(self, folded: str) -> tuple[Entity | Indicator, ...]:
        """Give the records that go by a name, which is given as :func:`psfacts.names.fold` makes it."""
        ids = self._ids("SELECT record FROM names WHERE folded = ? ORDER BY record", folded)
        entities, indicators = self._records.entities, self._records.indicators
        return tuple(entities[key] if key in entities else indicators[key] for key in ids)

    def regions_of(self, member: Id) -> tuple[Entity, ...]:
        """Give the regions that an entity belongs to, those with the fewest members first."""
        ids = self._ids(
            "SELECT id FROM entities JOIN members ON region = id WHERE member = ? ORDER BY size, name, id", member
        )
        return tuple(self._records.entities[key] for key in ids)

    def facts_about(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Give the facts that name any of ``entities``, in the order of the source."""
        return tuple(self._facts({_ABOUT: _array(entities)}, "seq"))

    def profile_of(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Give the facts that name any of ``entities``, observations of others left out, in the order of the source."""
        ids = _array(entities)
        return tuple(self._facts({_ABOUT: ids, _OWN: ids}, "seq"))

    def count_profile(self, entities: Iterable[Id]) -> int:
        """Count the facts that :meth:`profile_of` gives."""
        ids = _array(entities)
        sql = f"SELECT count(*) FROM facts WHERE {_ABOUT} AND {_OWN}"  # noqa: S608 -- only our own words
        (count,) = self._database.execute(sql, (ids, ids)).fetchone()
        return int(count)

    def observations(
        self, *, indicators: Iterable[Id] | None = None, subjects: Iterable[Id] | None = None
    ) -> tuple[Observation, ...]:
        """Give the observations of ``subjects`` by ``indicators``, ``None`` being all: the latest period first."""
        where = {"kind = ?": "observation"}
        if indicators is not None:
            where["indicator IN (SELECT value FROM json_each(?))"] = _array(indicators)
        if subjects is not None:
            where["subject IN (SELECT value FROM json_each(?))"] = _array(subjects)
        facts = self._facts(where, "latest DESC, earliest DESC, seq")
        return tuple(fact for fact in facts if isinstance(fact, Observation))

    def events(
        self, *, about: Iterable[Id] | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[Event, ...]:
        """Give the events that name any of ``about`` and may have happened between ``since`` and ``until``.

        ``None`` is no limit. They come by earliest day, then latest day, then in the order of the source.
        """
        where = {"kind = ?": "event"}
        if about is not None:
            where[_ABOUT] = _array(about)
        if since is not None:
            where["latest >= ?"] = since.isoformat()
        if until is not None:
            where["earliest <= ?"] = until.isoformat()
        facts = self._facts(where, "earliest, latest, seq")
        return tuple(fact for fact in facts if isinstance(fact, Event))

    def errata_of(
        self, *, touching: Iterable[Id] = (), facts: Iterable[Fact] = (), ids: Iterable[Id] = ()
    ) -> tuple[Erratum, ...]:
        """Give the errata that touch an entity, that a fact rests on or that have an id, in the order of the source."""
        sql = """
            SELECT id FROM errata
            WHERE id IN (SELECT erratum FROM errata_entities WHERE entity IN (SELECT value FROM json_each(?)))
               OR id IN (SELECT erratum FROM fact_errata WHERE fact IN (SELECT value FROM json_each(?)))
               OR id IN (SELECT value FROM json_each(?))
            ORDER BY seq
        """
        found = self._ids(sql, _array(touching), _array(fact.id for fact in facts), _array(ids))
        return tuple(self._records.errata[key] for key in found)

    def locator(self, passage: Passage) -> Locator:
        """Tell the place of ``passage`` in words: by the section and the paragraph that it starts in."""
        sections = self._records.sources[passage.source].sections
        section = sections[bisect_right(sections, passage.start, key=lambda section: section.start) - 1]
        paragraph = bisect_right(section.paragraphs, passage.start) or None
        return Locator(source=passage.source, section=section.id, title=section.title, paragraph=paragraph)

    def locators(self, records: Iterable[Fact | Erratum]) -> Locators:
        """Tell the places of the evidence of each record, by its id."""
        return {one.id: tuple(dict.fromkeys(self.locator(passage) for passage in one.evidence)) for one in records}

    def _facts(self, where: Mapping[str, str], order: str) -> Iterator[Fact]:
        """Give the facts for which every condition in ``where`` holds with its one parameter."""
        sql = f"SELECT id FROM facts WHERE {' AND '.join(where)} ORDER BY {order}"  # noqa: S608 -- only our own words
        return (self._records.facts[key] for key in self._ids(sql, *where.values()))

    def _ids(self, sql: str, *parameters: str) -> list[Id]:
        return [key for (key,) in self._database.execute(sql, parameters)]


def _get(records: Mapping[Id, R], key: Id, noun: str) -> R:
    if key not in records:
        raise NotFoundError(f"no {noun} has the id {quoted(key)}")
    return records[key]


def _array(ids: Iterable[Id]) -> str:
    return json.dumps(list(ids))


def _index(database: sqlite3.Connection, base: FactBase) -> None:
    def insert(table: str, columns: int, rows: Iterable[tuple[str | int | None, ...]]) -> None:
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608 -- only our own words

    facts, errata = sorted(base.facts, key=_place), sorted(base.errata, key=_place)
    named: tuple[Entity | Indicator, ...] = (*base.entities, *base.indicators)
    insert("sources", 1, ((one.id,) for one in base.sources))
    insert("entities", 4, ((one.id, one.type, one.name, len(one.members)) for one in base.entities))
    insert("members", 2, ((one.id, member) for one in base.entities for member in one.members))
    insert("indicators", 3, ((one.id, one.name, one.membership_of) for one in base.indicators))
    insert("names", 2, (name for one in named for name in _names(one)))
    insert("facts", 8, (_fact_row(seq, one) for seq, one in enumerate(facts)))
    insert("fact_entities", 2, ((entity, one.id) for one in facts for entity in one.entities))
    insert("fact_errata", 2, ((one.id, erratum) for one in facts for erratum in one.errata))
    insert("errata", 3, ((one.id, seq, one.kind) for seq, one in enumerate(errata)))
    insert("errata_entities", 2, ((entity, one.id) for one in errata for entity in one.entities))
    insert("uncited", 1, ((one.id,) for one in base.uncited))


def _place(record: Fact | Erratum) -> tuple[Id, int, int, Id]:
    first, last = record.evidence[0], record.evidence[-1]
    return first.source, first.start, last.end, record.id


def _names(record: Entity | Indicator) -> Iterator[tuple[str, Id]]:
    for folded in {fold(label) for label in labels(record)}:
        yield folded, record.id


def _fact_row(seq: int, fact: Fact) -> tuple[str | int | None, ...]:
    earliest, latest = (fact.when.earliest.isoformat(), fact.when.latest.isoformat()) if fact.when else (None, None)
    measured = (fact.indicator, fact.subject) if isinstance(fact, Observation) else (None, None)
    return fact.id, seq, fact.kind, fact.standing, earliest, latest, *measured
