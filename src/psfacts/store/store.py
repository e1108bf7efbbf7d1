"""A fact base indexed by SQLite: records by id, facts by entity, kind and time, places in words.

SQL answers with ids; the records behind them come from one mapping a list, which for a base in memory holds the
validated records themselves. No record is made twice.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from psfacts.errors import InvalidError, NotFoundError
from psfacts.model import (
    Entity,
    EntityType,
    Erratum,
    Event,
    Fact,
    FactBase,
    Id,
    Indicator,
    Observation,
    Passage,
    Source,
    Uncited,
)
from psfacts.store import tables
from psfacts.store.connection import shared
from psfacts.store.places import Locator, Locators, section_number
from psfacts.text.phrases import quoted

R = TypeVar("R")
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

MOST_WEIGHED = 5000
"""Names or ids that are all weighed when one is not known; of more, those that begin alike."""

_SOME = 200
"""How many that begin alike are weighed."""

_MOST_OFFERED = 1000
"""How many words a shell is offered."""

FAILURES = (sqlite3.Error, UnicodeError)
"""What reading a file that is no sound database may end in."""

_LAST = "\U0010ffff"
_PLACE = "source, starts, ends, id"
_OWN = "(kind <> 'observation' OR subject IN (SELECT value FROM json_each(?)))"
_ABOUT = "id IN (SELECT fact FROM fact_entities WHERE entity IN (SELECT value FROM json_each(?)))"


class Records(Protocol[R_co]):
    """One list of a fact base: its records by id, and all of them in a row."""

    def __getitem__(self, key: Id, /) -> R_co: ...

    def __contains__(self, key: object, /) -> bool: ...

    def listed(self) -> Sequence[R_co]:
        """Return all records by id."""
        ...


class _Held(dict[Id, R]):
    """A list that is held in memory."""

    def listed(self) -> Sequence[R]:
        return tuple(self.values())


@dataclass(frozen=True)
class Lists:
    """The records behind the ids, by list, and the version of the data."""

    data_version: str
    sources: Records[Source]
    entities: Records[Entity]
    indicators: Records[Indicator]
    facts: Records[Fact]
    errata: Records[Erratum]
    uncited: Records[Uncited]


class Store:
    """A fact base that can be asked. Make one with :meth:`of` or :func:`psfacts.load`."""

    def __init__(self, database: sqlite3.Connection, lists: Lists, name: str = "") -> None:
        """Ask ``database``, which has the tables of :mod:`psfacts.store.tables`; ``name`` is what errors call it."""
        self._database = database
        self._records = lists
        self._name = name
        self._kept: dict[Callable[[Store], object], object] = {}
        weakref.finalize(self, database.close)

    @classmethod
    def of(cls, base: FactBase) -> Store:
        """Index ``base`` in memory. It must be free of :func:`psfacts.loading.json.problems`."""
        database = shared()
        database.executescript(tables.MEMORY)
        with database:
            _index(database, base)
        lists = Lists(
            data_version=base.data_version,
            sources=_Held((record.id, record) for record in base.sources),
            entities=_Held((record.id, record) for record in base.entities),
            indicators=_Held((record.id, record) for record in base.indicators),
            facts=_Held((record.id, record) for record in base.facts),
            errata=_Held((record.id, record) for record in base.errata),
            uncited=_Held((record.id, record) for record in base.uncited),
        )
        return cls(database, lists)

    @property
    def data_version(self) -> str:
        """Version of the data, such as ``1.0.0``."""
        return self._records.data_version

    @property
    def sources(self) -> Sequence[Source]:
        """All sources, by id."""
        return self._records.sources.listed()

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities, by id."""
        return self._records.entities.listed()

    @property
    def indicators(self) -> Sequence[Indicator]:
        """All indicators, by id."""
        return self._records.indicators.listed()

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts, by id."""
        return self._records.facts.listed()

    @property
    def errata(self) -> Sequence[Erratum]:
        """All errata, by id."""
        return self._records.errata.listed()

    @property
    def uncited(self) -> Sequence[Uncited]:
        """All passages that no fact is drawn from, by id."""
        return self._records.uncited.listed()

    def source(self, key: Id) -> Source:
        """Return the source with this id. Raises NotFoundError where there is none, as the next four do."""
        return _get(self._records.sources, key, "source")

    def entity(self, key: Id) -> Entity:
        """Return the entity with this id."""
        return _get(self._records.entities, key, "entity")

    def indicator(self, key: Id) -> Indicator:
        """Return the indicator with this id."""
        return _get(self._records.indicators, key, "indicator")

    def fact(self, key: Id) -> Fact:
        """Return the fact with this id."""
        return _get(self._records.facts, key, "fact")

    def erratum(self, key: Id) -> Erratum:
        """Return the erratum with this id."""
        return _get(self._records.errata, key, "erratum")

    def has_source(self, key: str) -> bool:
        """Return whether a source has this id."""
        return key in self._records.sources

    def has_erratum(self, key: str) -> bool:
        """Return whether an erratum has this id."""
        return key in self._records.errata

    def named(self, folded: str) -> tuple[Entity | Indicator, ...]:
        """Return the records that go by a name, which is given as :func:`psfacts.text.names.fold` makes it."""
        ids = self._ids("SELECT id FROM names WHERE folded = ? ORDER BY id", folded)
        entities, indicators = self._records.entities, self._records.indicators
        return tuple(entities[key] if key in entities else indicators[key] for key in ids)

    def regions_of(self, member: Id) -> tuple[Entity, ...]:
        """Return the regions that an entity belongs to, those with the fewest members first."""
        ids = self._ids(
            "SELECT id FROM entities JOIN members ON region = id WHERE member = ? ORDER BY size, name, id", member
        )
        return tuple(self._records.entities[key] for key in ids)

    def home_countries(self) -> tuple[Entity, ...]:
        """Return the countries that the base is about, by id: those in a region, or all where it has no regions."""
        sql = """
            SELECT id FROM entities WHERE type = 'country' AND (
                id IN (SELECT member FROM members) OR NOT EXISTS (SELECT 1 FROM members)
            ) ORDER BY id
        """
        return tuple(self._records.entities[key] for key in self._ids(sql))

    def membership_indicators(self, organization: Id) -> tuple[Indicator, ...]:
        """Return the indicators that record who the members of ``organization`` are."""
        sql = "SELECT id FROM indicators WHERE membership_of = ? ORDER BY id"
        return tuple(self._records.indicators[key] for key in self._ids(sql, organization))

    def memberships_of(self, member: Id) -> tuple[Observation, ...]:
        """Return the observations of ``member`` by indicators of membership: the latest period first."""
        of = "indicator IN (SELECT id FROM indicators WHERE membership_of IS NOT NULL)"
        where = {"kind = 'observation'": None, "subject = ?": member, of: None}
        facts = self._facts(where, f"latest DESC, earliest DESC, {_PLACE}")
        return tuple(fact for fact in facts if isinstance(fact, Observation))

    def subjects_of(self, indicator: Id) -> dict[Id, EntityType]:
        """Return the entities that have a value of ``indicator``, by id, each with its type."""
        sql = """
            SELECT id, type FROM entities WHERE id IN (
                SELECT subject FROM facts WHERE kind = 'observation' AND indicator = ?
            ) ORDER BY id
        """
        return dict(self._ask(sql, indicator))

    def called_like(self, folded: str) -> Sequence[Entity | Indicator]:
        """Return those that an unknown name may be meant for: all, or of many those of which a name begins alike."""
        if not self._ids("SELECT id FROM names LIMIT 1 OFFSET ?", MOST_WEIGHED):
            return (*self.entities, *self.indicators)
        ids = self._alike("SELECT DISTINCT id FROM names WHERE folded >= ? AND folded < ? LIMIT ?", folded)
        found = ids.keys()
        entities, indicators = self._records.entities, self._records.indicators
        return tuple(entities[key] if key in entities else indicators[key] for key in sorted(found))

    def ids_like(self, key: str) -> Sequence[Id]:
        """Return the ids of facts that an unknown one may be meant for: all, or of many those that begin alike."""
        if not self._ids("SELECT id FROM facts LIMIT 1 OFFSET ?", MOST_WEIGHED):
            return self._ids("SELECT id FROM facts ORDER BY id")
        return sorted(self._alike("SELECT id FROM facts WHERE id >= ? AND id < ? LIMIT ?", key))

    def _alike(self, sql: str, word: str) -> dict[Id, None]:
        """Return what ``sql`` finds between two words, of those that share most of the beginning of ``word``."""
        found: dict[Id, None] = {}
        for length in range(min(len(word), 100), 0, -1):
            found.update(dict.fromkeys(self._ids(sql, word[:length], word[:length] + _LAST, _SOME)))
            if len(found) >= _SOME:
                break
        return found

    def entities_beginning(self, word: str, types: Collection[EntityType]) -> list[tuple[Id, str]]:
        """Return ids and names of entities of ``types`` of which id or name begins with ``word``; only so many."""
        sql = """
            SELECT id, name FROM entities
            WHERE ((id >= ? AND id < ?) OR (name >= ? AND name < ?)) AND type IN (SELECT value FROM json_each(?))
            ORDER BY id LIMIT ?
        """
        bounds = (word, word + _LAST)
        return self._ask(sql, *bounds, *bounds, _array(types), _MOST_OFFERED)

    def facts_beginning(self, word: str) -> list[tuple[Id, str]]:
        """Return ids and kinds of facts of which the id begins with ``word``; only so many."""
        sql = "SELECT id, kind FROM facts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return self._ask(sql, word, word + _LAST, _MOST_OFFERED)

    @cached_property
    def has_many_sources(self) -> bool:
        """Whether facts may be drawn from more than one source."""
        return len(self.sources) > 1

    def facts_about(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, in the order of the source."""
        return tuple(self._facts({_ABOUT: _array(entities)}, _PLACE))

    def ids_about(self, entities: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of at most so many facts that name any of ``entities``."""
        sql = "SELECT DISTINCT fact FROM fact_entities WHERE entity IN (SELECT value FROM json_each(?)) LIMIT ?"
        return self._ids(sql, _array(entities), most)

    def ids_measuring(self, indicators: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of at most so many observations by any of ``indicators``."""
        sql = """
            SELECT id FROM facts WHERE kind = 'observation' AND indicator IN (SELECT value FROM json_each(?)) LIMIT ?
        """
        return self._ids(sql, _array(indicators), most)

    def ids_dated(self, bounds: tuple[date, date] | None, months: tuple[int, int], most: int) -> list[Id]:
        """Return the ids of at most so many facts that may be of a time; without a year, of events in ``months``."""
        if bounds:
            sql = "SELECT id FROM facts WHERE latest >= ? AND earliest <= ? LIMIT ?"
            return self._ids(sql, bounds[0].isoformat(), bounds[1].isoformat(), most)
        sql = """
            SELECT id FROM facts WHERE kind = 'event'
                AND substr(latest, 6, 2) >= ? AND substr(earliest, 6, 2) <= ? AND latest < date(earliest, '+100 days')
            LIMIT ?
        """
        return self._ids(sql, f"{months[0]:02}", f"{months[1]:02}", most)

    def profile_of(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities`` but observations of others, in the order of the source."""
        ids = _array(entities)
        return tuple(self._facts({_ABOUT: ids, _OWN: ids}, _PLACE))

    def count_profile(self, entities: Iterable[Id]) -> int:
        """Count the facts that :meth:`profile_of` gives."""
        ids = _array(entities)
        ((count,),) = self._ask(f"SELECT count(*) FROM facts WHERE {_ABOUT} AND {_OWN}", ids, ids)  # noqa: S608 -- only our own words
        return int(count)

    def observations(
        self, *, indicators: Iterable[Id] | None = None, subjects: Iterable[Id] | None = None
    ) -> tuple[Observation, ...]:
        """Return the observations of ``subjects`` by ``indicators``, ``None`` being all: the latest period first."""
        where: dict[str, str | None] = {"kind = 'observation'": None}
        if indicators is not None:
            plus = "" if subjects is None else "+"  # an entity has fewer observations than an indicator
            where[f"{plus}indicator IN (SELECT value FROM json_each(?))"] = _array(indicators)  # noqa: S608 -- only our own words
        if subjects is not None:
            where["subject IN (SELECT value FROM json_each(?))"] = _array(subjects)
        facts = self._facts(where, f"latest DESC, earliest DESC, {_PLACE}")
        return tuple(fact for fact in facts if isinstance(fact, Observation))

    def events(
        self, *, about: Iterable[Id] | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[Event, ...]:
        """Return the events that name any of ``about`` and may have happened between ``since`` and ``until``.

        ``None`` is no limit. They come by earliest day, then latest day, then in the order of the source.
        """
        # A plus keeps SQLite from going through all events of a time where few name the entities.
        plus = "" if about is None else "+"
        where: dict[str, str | None] = {f"{plus}kind = 'event'": None}
        if about is not None:
            where[_ABOUT] = _array(about)
        if since is not None:
            where[f"{plus}latest >= ?"] = since.isoformat()
        if until is not None:
            where[f"{plus}earliest <= ?"] = until.isoformat()
        facts = self._facts(where, f"earliest, latest, {_PLACE}")
        return tuple(fact for fact in facts if isinstance(fact, Event))

    def dated(self, since: date, until: date) -> tuple[Fact, ...]:
        """Return the facts of any kind that may have held or happened between two days, in the order of the source."""
        return tuple(self._facts({"latest >= ?": since.isoformat(), "earliest <= ?": until.isoformat()}, _PLACE))

    @property
    def connection(self) -> sqlite3.Connection:
        """The database behind the store, for those who know more tables of a file than are asked here."""
        return self._database

    def kept(self, make: Callable[[Store], T]) -> T:
        """Return what ``make`` makes of the store, made when it is first asked for and kept with the store."""
        if make not in self._kept:
            self._kept.setdefault(make, make(self))
        return cast(T, self._kept[make])

    def errata_of(
        self, *, touching: Iterable[Id] = (), facts: Iterable[Fact] = (), ids: Iterable[Id] = ()
    ) -> tuple[Erratum, ...]:
        """Return the errata that touch an entity, a fact rests on or have an id, in the order of the source."""
        sql = f"""
            SELECT id FROM errata WHERE id IN (
                SELECT erratum FROM errata_entities WHERE entity IN (SELECT value FROM json_each(?))
                UNION SELECT erratum FROM fact_errata WHERE fact IN (SELECT value FROM json_each(?))
                UNION SELECT value FROM json_each(?)
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words
        found = self._ids(sql, _array(touching), _array(fact.id for fact in facts), _array(ids))
        return tuple(self._records.errata[key] for key in found)

    def errata_within(self, source: Id, start: int, end: int) -> tuple[Erratum, ...]:
        """Return the errata that are printed between two places of a source, in the order of the source."""
        sql = f"""
            SELECT id FROM errata WHERE id IN (
                SELECT erratum FROM errata_passages WHERE source = ? AND starts >= ? AND starts < ?
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words
        return tuple(self._records.errata[key] for key in self._ids(sql, source, start, end))

    def locator(self, passage: Passage) -> Locator:
        """Return the place of ``passage`` in words: by the section and the paragraph that it starts in."""
        source = self._records.sources[passage.source]
        section = source.sections[section_number(source, passage.start)]
        paragraph = bisect_right(section.paragraphs, passage.start) or None
        return Locator(source=passage.source, section=section.id, title=section.title, paragraph=paragraph)

    def locators(self, records: Iterable[Fact | Erratum]) -> Locators:
        """Return the places of the evidence of each record, by its id."""
        return {one.id: tuple(dict.fromkeys(self.locator(passage) for passage in one.evidence)) for one in records}

    def _facts(self, where: Mapping[str, str | None], order: str) -> Iterator[Fact]:
        """Return the facts for which every condition in ``where`` holds with its one parameter, if it has one."""
        sql = f"SELECT id FROM facts WHERE {' AND '.join(where)} ORDER BY {order}"  # noqa: S608 -- only our own words
        parameters = [one for one in where.values() if one is not None]
        return (self._records.facts[key] for key in self._ids(sql, *parameters))

    def _ids(self, sql: str, *parameters: str | int) -> list[Id]:
        return [key for (key,) in self._ask(sql, *parameters)]

    def _ask(self, sql: str, *parameters: str | int) -> list[Any]:
        try:
            return self._database.execute(sql, parameters).fetchall()
        except FAILURES as error:
            raise unreadable(self._name, error) from None


def unreadable(name: str, error: Exception) -> InvalidError:
    """Return the error that a file of the name ``name`` cannot be read as a fact base."""
    return InvalidError(f"{name}: cannot be read: {error}", "make it anew with psfacts export", (str(error),))


def _get(records: Records[R], key: Id, noun: str) -> R:
    if key not in records:
        raise NotFoundError(f"no {noun} has the id {quoted(key)}")
    return records[key]


def _array(ids: Iterable[Id]) -> str:
    return json.dumps(list(ids))


def _index(database: sqlite3.Connection, base: FactBase) -> None:
    def insert(table: str, columns: int, rows: Iterable[tables.Row]) -> None:
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608 -- only our own words

    named: tuple[Entity | Indicator, ...] = (*base.entities, *base.indicators)
    insert("entities", 4, map(tables.entity_row, base.entities))
    insert("members", 2, ((one.id, member) for one in base.entities for member in one.members))
    insert("indicators", 2, ((one.id, one.membership_of) for one in base.indicators))
    insert("names", 2, (name for one in named for name in tables.name_rows(one)))
    insert("facts", 9, map(tables.fact_row, base.facts))
    insert("fact_entities", 2, sorted((entity, one.id) for one in base.facts for entity in one.entities))
    insert("fact_errata", 2, ((one.id, erratum) for one in base.facts for erratum in one.errata))
    insert("errata", 4, map(tables.erratum_row, base.errata))
    insert("errata_entities", 2, ((entity, one.id) for one in base.errata for entity in one.entities))
    insert("errata_passages", 4, (row for one in base.errata for row in tables.passage_rows(one)))
    database.executescript(tables.INDEXES)
