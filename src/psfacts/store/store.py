"""A fact base indexed by SQLite: records by id, facts by entity, kind and time, places in words.

SQL answers with ids; the records behind them come from one mapping a list, which for a base in memory holds the
validated records themselves. No record is made twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from psfacts.errors import NotFoundError
from psfacts.model import (
    LISTS,
    NOUNS,
    AnyRecord,
    Entity,
    EntityType,
    Erratum,
    Event,
    Fact,
    FactBase,
    Id,
    Indicator,
    Kind,
    Meta,
    Observation,
    Passage,
    Source,
    Topic,
    Uncited,
    is_id,
)
from psfacts.store import tables
from psfacts.store.connection import Database, in_memory, unreadable
from psfacts.store.places import Locator, Locators, place
from psfacts.text.names import fold, labels
from psfacts.text.phrases import listed, quoted

R = TypeVar("R", bound=AnyRecord)
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

MOST_WEIGHED = 5000
"""Names or ids that are all weighed when one is not known; of more, those that begin alike."""

_SOME = 200
"""How many that begin alike are weighed."""

_MOST_OFFERED = 1000
"""How many words a shell is offered."""

_LAST = "\U0010ffff"
_PLACE = "source, starts, ends, id"


class Records(Protocol[R_co]):
    """One list of a fact base: its records by id, and all of them in a row."""

    def get(self, key: Id, /) -> R_co | None:
        """Return the record with this id, if there is one."""
        ...

    def listed(self) -> Sequence[R_co]:
        """Return all records in the order of the file."""
        ...


Lists = Mapping[str, Records[Any]]
"""The records behind the ids, by list."""


class _Held(dict[Id, R]):
    """A list that is held in memory."""

    def listed(self) -> Sequence[R]:
        return tuple(self.values())


class _Condition(NamedTuple):
    """What facts are asked to be, in SQL; and a fact, which a database that is not trusted may have given wrongly."""

    sql: str
    parameter: str | None
    holds: Callable[[Fact], bool]

    def with_plus(self) -> _Condition:
        """Return the condition as one that SQLite looks no facts up by: another leads to fewer."""
        return self._replace(sql=f"+{self.sql}")


def _about(ids: Iterable[Id]) -> _Condition:
    keys = set(ids)
    sql = "id IN (SELECT fact FROM fact_entities WHERE entity IN (SELECT value FROM json_each(?)))"
    return _Condition(sql, _array(keys), lambda fact: not keys.isdisjoint(fact.entities))


def _of_kind(kind: Kind) -> _Condition:
    return _Condition(f"kind = '{kind}'", None, lambda fact: fact.kind == kind)


def _among(column: str, ids: Iterable[Id]) -> _Condition:
    keys = set(ids)
    sql = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- only our own words
    return _Condition(sql, _array(keys), lambda fact: getattr(fact, column) in keys)


def _own(ids: Iterable[Id]) -> _Condition:
    """Return that a fact is no observation of others."""
    keys = set(ids)
    sql = "(kind <> 'observation' OR subject IN (SELECT value FROM json_each(?)))"
    return _Condition(sql, _array(keys), lambda fact: fact.kind != "observation" or fact.subject in keys)


def _since(day: date) -> _Condition:
    return _Condition("latest >= ?", day.isoformat(), lambda fact: bool(fact.when and fact.when.latest >= day))


def _until(day: date) -> _Condition:
    return _Condition("earliest <= ?", day.isoformat(), lambda fact: bool(fact.when and fact.when.earliest <= day))


class Store:
    """A fact base that can be asked. Make one with :meth:`of` or :func:`psfacts.load`."""

    def __init__(self, database: Database, lists: Lists, meta: Meta, name: str = "") -> None:
        """Ask ``database``, which has the tables of :mod:`psfacts.store.tables`; ``name`` is what errors call it."""
        self._database = database
        self._lists = lists
        self.name = name
        self._kept: dict[Callable[[Store], object], object] = {}
        self.meta = meta
        """What the base says of itself."""

    @classmethod
    def of(cls, base: FactBase) -> Store:
        """Index ``base`` in memory. It must be free of :func:`psfacts.loading.gathered.problems`."""
        connection = in_memory()
        with connection:
            _index(connection, base)
        lists = {name: _Held((record.id, record) for record in getattr(base, name)) for name in LISTS}
        return cls(Database(connection), lists, base)

    @property
    def data_version(self) -> str:
        """Version of the data, such as ``1.0.0``."""
        return self.meta.data_version

    @property
    def sources(self) -> Sequence[Source]:
        """All sources, in the order of the file, as all lists come."""
        return self.records("sources")

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities."""
        return self.records("entities")

    @property
    def indicators(self) -> Sequence[Indicator]:
        """All indicators."""
        return self.records("indicators")

    @property
    def topics(self) -> Sequence[Topic]:
        """All topics that are declared."""
        return self.records("topics")

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts."""
        return self.records("facts")

    @property
    def errata(self) -> Sequence[Erratum]:
        """All errata."""
        return self.records("errata")

    @property
    def uncited(self) -> Sequence[Uncited]:
        """All passages that no fact is drawn from."""
        return self.records("uncited")

    def records(self, name: str) -> Sequence[Any]:
        """Return all records of one of the LISTS."""
        return self._lists[name].listed()

    def source(self, key: Id) -> Source:
        """Return the source with this id. Raises NotFoundError where there is none, as the next four do."""
        return cast(Source, self._get("sources", key))

    def entity(self, key: Id) -> Entity:
        """Return the entity with this id."""
        return cast(Entity, self._get("entities", key))

    def indicator(self, key: Id) -> Indicator:
        """Return the indicator with this id."""
        return cast(Indicator, self._get("indicators", key))

    def fact(self, key: Id) -> Fact:
        """Return the fact with this id."""
        return cast(Fact, self._get("facts", key))

    def erratum(self, key: Id) -> Erratum:
        """Return the erratum with this id."""
        return cast(Erratum, self._get("errata", key))

    def has(self, name: str, key: str) -> bool:
        """Return whether a record of one of the LISTS has this id."""
        return self._lists[name].get(key) is not None

    def successors_of(self, key: str) -> tuple[Fact | Erratum, ...]:
        """Return the records that took the place of one that is no more."""
        ids = self._database.ids("SELECT id FROM successors WHERE replaced = ? ORDER BY id", key)
        found = [self._lists["facts"].get(one) or self._record("errata", one) for one in ids]
        return tuple(self.held(record, key in record.replaces) for record in found)

    def by_name(self, folded: str) -> tuple[Entity | Indicator, ...]:
        """Return the records that go by a name, which is given as :func:`psfacts.text.names.fold` makes it."""
        ids = self._database.ids("SELECT id FROM names WHERE folded = ? ORDER BY id", folded)
        found = map(self._entity_or_indicator, ids)
        return tuple(self.held(record, folded in map(fold, labels(record))) for record in found)

    def regions_of(self, member: Id) -> tuple[Entity, ...]:
        """Return the regions that an entity belongs to, those with the fewest members first."""
        sql = "SELECT id FROM entities JOIN members ON region = id WHERE member = ? ORDER BY size, name, id"
        regions = self._records("entities", self._database.ids(sql, member))
        return tuple(self.held(region, member in region.members) for region in regions)

    def home_countries(self) -> tuple[Entity, ...]:
        """Return the countries that the base is about, by id: those in a region, or all where it has no regions."""
        regions = self._of_type("region")
        members = {member for region in regions for member in region.members}
        countries = self._of_type("country")
        return tuple(country for country in countries if not members or country.id in members)

    def membership_indicators(self, organization: Id) -> tuple[Indicator, ...]:
        """Return the indicators that record who the members of ``organization`` are."""
        ids = self._database.ids("SELECT id FROM indicators WHERE membership_of = ? ORDER BY id", organization)
        found = self._records("indicators", ids)
        return tuple(self.held(one, one.membership_of == organization) for one in found)

    def memberships_of(self, member: Id) -> tuple[Observation, ...]:
        """Return the observations of ``member`` by indicators of membership: the latest period first."""
        ids = self._database.ids("SELECT id FROM indicators WHERE membership_of IS NOT NULL")
        found = [self.held(one, one.membership_of is not None) for one in self._records("indicators", ids)]
        return self.observations(indicators=[indicator.id for indicator in found], subjects=[member])

    def subjects_of(self, indicator: Id) -> dict[Id, EntityType]:
        """Return the entities that have a value of ``indicator``, by id, each with its type."""
        sql = "SELECT DISTINCT subject FROM facts WHERE kind = 'observation' AND indicator = ? ORDER BY subject"
        subjects = self._records("entities", self._database.ids(sql, indicator))
        return {subject.id: subject.type for subject in subjects}

    def similar_names(self, folded: str) -> Sequence[Entity | Indicator]:
        """Return those that an unknown name may be meant for: all, or of many those of which a name begins alike."""
        if not self._database.rows("SELECT id FROM names LIMIT 1 OFFSET ?", MOST_WEIGHED):
            return (*self.entities, *self.indicators)
        ids = self._alike("SELECT DISTINCT id FROM names WHERE folded >= ? AND folded < ? LIMIT ?", folded)
        return tuple(map(self._entity_or_indicator, sorted(ids)))

    def similar_ids(self, key: str) -> Sequence[Id]:
        """Return the ids of facts that an unknown one may be meant for: all, or of many those that begin alike."""
        if not self._database.rows("SELECT id FROM facts LIMIT 1 OFFSET ?", MOST_WEIGHED):
            ids = self._database.ids("SELECT id FROM facts ORDER BY id")
        else:
            ids = sorted(self._alike("SELECT id FROM facts WHERE id >= ? AND id < ? LIMIT ?", key))
        return [one for one in ids if is_id(one)]

    def _alike(self, sql: str, word: str) -> set[Id]:
        """Return what ``sql`` finds between two words, of those that share most of the beginning of ``word``."""
        found: set[Id] = set()
        for length in range(min(len(word), 100), 0, -1):
            found.update(self._database.ids(sql, word[:length], word[:length] + _LAST, _SOME))
            if len(found) >= _SOME:
                break
        return found

    def _of_type(self, kind: EntityType) -> list[Entity]:
        """Return the entities of a type, by id."""
        ids = self._database.ids("SELECT id FROM entities WHERE type = ? ORDER BY id", kind)
        return [self.held(entity, entity.type == kind) for entity in self._records("entities", ids)]

    def _entity_or_indicator(self, key: Id) -> Entity | Indicator:
        return self._lists["entities"].get(key) or self._record("indicators", key)  # type: ignore[no-any-return]

    def entities_beginning(self, word: str, types: Collection[EntityType]) -> list[Entity]:
        """Return the entities of ``types`` of which id or name begins with ``word``; only so many."""
        sql = """
            SELECT id FROM entities
            WHERE ((id >= ? AND id < ?) OR (name >= ? AND name < ?)) AND type IN (SELECT value FROM json_each(?))
            ORDER BY id LIMIT ?
        """
        bounds = (word, word + _LAST)
        return list(self._records("entities", self._database.ids(sql, *bounds, *bounds, _array(types), _MOST_OFFERED)))

    def facts_beginning(self, word: str) -> list[Fact]:
        """Return the facts of which the id begins with ``word``; only so many."""
        sql = "SELECT id FROM facts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return list(self._records("facts", self._database.ids(sql, word, word + _LAST, _MOST_OFFERED)))

    @cached_property
    def has_many_sources(self) -> bool:
        """Whether facts may be drawn from more than one source."""
        return len(self.sources) > 1

    def facts_about(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, in the order of the source."""
        return tuple(self._facts([_about(entities)], _PLACE))

    def facts_led_to(self, ids: Iterable[Id]) -> list[Fact]:
        """Return the facts with ids that a table gave. Raises InvalidError where the table is wrong."""
        return list(self._records("facts", ids))

    def ids_about(self, entities: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of at most so many facts that name any of ``entities``."""
        sql = "SELECT DISTINCT fact FROM fact_entities WHERE entity IN (SELECT value FROM json_each(?)) LIMIT ?"
        return self._database.ids(sql, _array(entities), most)

    def ids_measuring(self, indicators: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of at most so many observations by any of ``indicators``."""
        sql = """
            SELECT id FROM facts WHERE kind = 'observation' AND indicator IN (SELECT value FROM json_each(?)) LIMIT ?
        """
        return self._database.ids(sql, _array(indicators), most)

    def ids_dated(self, bounds: tuple[date, date] | None, months: tuple[int, int], most: int) -> list[Id]:
        """Return the ids of at most so many facts that may be of a time; without a year, of events in ``months``."""
        if bounds:
            sql = "SELECT id FROM facts WHERE latest >= ? AND earliest <= ? LIMIT ?"
            return self._database.ids(sql, bounds[0].isoformat(), bounds[1].isoformat(), most)
        sql = """
            SELECT id FROM facts WHERE kind = 'event'
                AND substr(latest, 6, 2) >= ? AND substr(earliest, 6, 2) <= ? AND latest < date(earliest, '+100 days')
            LIMIT ?
        """
        return self._database.ids(sql, f"{months[0]:02}", f"{months[1]:02}", most)

    def facts_in_profile(self, entities: Collection[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities`` but observations of others, in the order of the source."""
        return tuple(self._facts([_about(entities), _own(entities)], _PLACE))

    def count_in_profile(self, entities: Collection[Id]) -> int:
        """Count the facts that :meth:`facts_in_profile` returns."""
        sql, parameters = _selecting("count(*)", [_about(entities), _own(entities)])
        ((count,),) = self._database.rows(sql, *parameters)
        return int(count)

    def observations(
        self, *, indicators: Iterable[Id] | None = None, subjects: Iterable[Id] | None = None
    ) -> tuple[Observation, ...]:
        """Return the observations of ``subjects`` by ``indicators``, ``None`` being all: the latest period first."""
        where = [_of_kind("observation")]
        if indicators is not None:
            among = _among("indicator", indicators)
            where.append(among if subjects is None else among.with_plus())  # an entity has fewer than an indicator
        if subjects is not None:
            where.append(_among("subject", subjects))
        return cast(tuple[Observation, ...], tuple(self._facts(where, f"latest DESC, earliest DESC, {_PLACE}")))

    def events(
        self, *, about: Iterable[Id] | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[Event, ...]:
        """Return the events that name any of ``about`` and may have happened between ``since`` and ``until``.

        ``None`` is no limit. They come by earliest day, then latest day, then in the order of the source.
        """
        where = [_of_kind("event")]
        where += [_since(since)] if since else []
        where += [_until(until)] if until else []
        if about is not None:  # few facts name the entities, and there may be many events of a time
            where = [*(condition.with_plus() for condition in where), _about(about)]
        return cast(tuple[Event, ...], tuple(self._facts(where, f"earliest, latest, {_PLACE}")))

    def facts_between(self, since: date, until: date) -> tuple[Fact, ...]:
        """Return the facts of any kind that may have held or happened between two days, in the order of the source."""
        return tuple(self._facts([_since(since), _until(until)], _PLACE))

    @property
    def is_of_file(self) -> bool:
        """Whether the base is asked in a file, which is not trusted."""
        return bool(self.name)

    @property
    def database(self) -> Database:
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
                UNION SELECT value FROM json_each(?)
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words
        touched = set(touching)
        keys = {*ids, *(key for fact in facts for key in fact.errata)}
        errata = self._records("errata", self._database.ids(sql, _array(touched), _array(keys)))
        return tuple(
            self.held(erratum, erratum.id in keys or not touched.isdisjoint(erratum.entities)) for erratum in errata
        )

    def errata_within(self, source: Id, start: int, end: int) -> tuple[Erratum, ...]:
        """Return the errata that are printed between two places of a source, in the order of the source."""
        sql = f"""
            SELECT id FROM errata WHERE id IN (
                SELECT erratum FROM errata_passages WHERE source = ? AND starts >= ? AND starts < ?
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words
        errata = self._records("errata", self._database.ids(sql, source, start, end))
        spans = ((erratum, [one.start for one in erratum.evidence if one.source == source]) for erratum in errata)
        return tuple(self.held(erratum, any(start <= at < end for at in starts)) for erratum, starts in spans)

    def locator(self, passage: Passage) -> Locator:
        """Return the place of ``passage`` in words: by the section and the paragraph that it starts in."""
        source = self.source(passage.source)
        section, paragraph = place(source, passage)
        return Locator(source=source.id, section=section.id, title=section.title, paragraph=paragraph)

    def locators(self, records: Iterable[Fact | Erratum]) -> Locators:
        """Return the places of the evidence of each record, by its id."""
        return {one.id: tuple(dict.fromkeys(self.locator(passage) for passage in one.evidence)) for one in records}

    def _facts(self, where: Sequence[_Condition], order: str) -> Iterator[Fact]:
        """Return the facts for which every condition holds."""
        sql, parameters = _selecting("id", where)
        for fact in self._records("facts", self._database.ids(f"{sql} ORDER BY {order}", *parameters)):
            yield self.held(fact, all(condition.holds(fact) for condition in where))

    def _records(self, name: str, ids: Iterable[Id]) -> Iterator[Any]:
        """Return the records of a list that a table leads to."""
        return (self._record(name, key) for key in ids)

    def _record(self, name: str, key: Id) -> Any:  # noqa: ANN401 -- of which kind, the name of the list tells
        record = self._lists[name].get(key)
        if record is None:
            raise unreadable(self.name, f"{name}: there is no {quoted(key)}, which is referred to")
        return record

    def held(self, record: R, holds: bool) -> R:
        """Return a record that a table led to. Raises InvalidError where it is not what the table says."""
        if not holds:
            raise unreadable(self.name, f"a look-up table says of {quoted(record.id)} what it does not")
        return record

    def _get(self, name: str, key: Id) -> AnyRecord:
        record: AnyRecord | None = self._lists[name].get(key)
        if record is not None:
            return record
        if successors := self.successors_of(key):
            new = tuple(successor.id for successor in successors)
            command = "errata" if isinstance(successors[0], Erratum) else "fact"
            hint = f"try: psfacts {command} {' '.join(new)}"
            raise NotFoundError(f"{quoted(key)} was replaced by {listed(new)}", hint, new)
        raise NotFoundError(f"no {NOUNS[name]} has the id {quoted(key)}")


def _selecting(what: str, where: Sequence[_Condition]) -> tuple[str, list[str]]:
    """Return the question for facts for which every condition holds, and its parameters."""
    sql = f"SELECT {what} FROM facts WHERE {' AND '.join(one.sql for one in where)}"  # noqa: S608 -- only our own words
    return sql, [one.parameter for one in where if one.parameter is not None]


def _array(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))


def _index(database: sqlite3.Connection, base: FactBase) -> None:
    """Make the tables of a base in memory and fill them."""
    for sql in tables.in_memory():
        database.execute(sql)
    for name, table in tables.TABLES.items():
        records = getattr(base, name)
        if cells := [column.cell for column in table.asked if column.cell]:
            _insert(database, name, (tuple([cell(record) for cell in cells]) for record in records))
        for lookup in table.lookups:
            if lookup.is_asked:
                _insert(database, lookup.name, sorted(row for record in records for row in lookup.rows(record)))
    for sql in tables.INDEXES:
        database.execute(sql)


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tables.Row]) -> None:
    found = iter(rows)
    if first := next(found, None):
        database.executemany(tables.insertion(table, len(first)), chain([first], found))
