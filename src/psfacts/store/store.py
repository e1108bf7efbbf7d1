"""A fact base indexed by SQLite: records by id, facts by entity, kind and time, places in words.

Queries return ids; the records come from the base behind the store, which in memory has the validated
records themselves. No record is made twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from psfacts import model
from psfacts.errors import NotFoundError
from psfacts.model import NOUNS, AnyRecord, Entity, EntityType, Erratum, Event, Fact, Id, Indicator, Observation
from psfacts.store import tables
from psfacts.store.connection import Database, connected, unreadable
from psfacts.store.places import Locator, Locators, by_place, place
from psfacts.text.phrases import listed, quoted

T = TypeVar("T")
_Ids = Iterable[Id] | None
_Get = Callable[[str, Id], Any]

MOST_WEIGHED = 2500
"""Maximum number of names or ids on either side of an unknown one, in order, that are compared with it."""

_MOST_OFFERED = 1000
"""Maximum number of words offered to a shell."""

_LAST = "\U0010ffff"
_PLACE = "source, starts, ends, id"
_AMONG = "IN (SELECT value FROM json_each(?))"


class _Condition(NamedTuple):
    """A condition on facts."""

    sql: str
    parameters: tuple[str | int, ...]
    holds: Callable[[Any], object]
    """Returns whether a fact meets it, since a file, which is not trusted, may return any."""


def _of_kind(kind: model.Kind) -> _Condition:
    # It is no parameter, so that the indexes of a kind are used.
    return _Condition(f"kind = '{kind}'", (), lambda fact: fact.kind == kind)


def _among(column: str, keys: Iterable[Id]) -> _Condition:
    """Return the condition that a column has one of ``keys``."""
    wanted = {*keys}
    return _Condition(f"{column} {_AMONG}", (_array(wanted),), lambda fact: getattr(fact, column) in wanted)


def _about(entities: Iterable[Id]) -> _Condition:
    """Return the condition that a fact names any of ``entities``."""
    named = {*entities}
    sql = f"id IN (SELECT fact FROM fact_entities WHERE entity {_AMONG})"  # noqa: S608 -- only our own words
    return _Condition(sql, (_array(named),), lambda fact: not named.isdisjoint(fact.entities))


def _in_profile(entities: Iterable[Id]) -> tuple[_Condition, _Condition]:
    """Return the conditions that a fact names any of ``entities``, and is no observation of another."""
    own = {*entities}
    sql = f"(kind <> 'observation' OR subject {_AMONG})"
    is_own = _Condition(sql, (_array(own),), lambda fact: fact.kind != "observation" or fact.subject in own)
    return _about(own), is_own


def _between(since: date | None, until: date | None) -> _Condition:
    """Return the condition that a fact has a time, did not end before ``since``, and did not begin after ``until``."""
    first, last = since or date.min, until or date.max

    def holds(fact: Fact) -> bool:
        return fact.when is not None and fact.when.latest >= first and fact.when.earliest <= last

    return _Condition("latest >= ? AND earliest <= ?", (first.isoformat(), last.isoformat()), holds)


class Store:
    """A fact base to query. Make one with :meth:`of` or :func:`psfacts.load`."""

    sources: Sequence[model.Source]
    """All sources in file order, like all lists."""

    entities: Sequence[Entity]
    """All entities."""

    indicators: Sequence[Indicator]
    """All indicators."""

    topics: Sequence[model.Topic]
    """All declared topics."""

    facts: Sequence[Fact]
    """All facts."""

    errata: Sequence[Erratum]
    """All errata."""

    uncited: Sequence[model.Uncited]
    """All passages that no fact is drawn from."""

    def __init__(self, database: Database, lists: Mapping[str, Sequence[Any]], get: _Get, meta: model.Meta) -> None:
        """Query ``database``, which has the tables of :mod:`psfacts.store.tables`; ``get`` gives records by id."""
        self.lists = lists
        """All records by list."""
        vars(self).update(lists)
        self.database = database
        """The database behind the store, for code that uses other tables of a file."""
        self.name = database.name
        self.is_of_file = bool(self.name)
        """True if the base is in a database file, which is not trusted."""
        self.meta = meta
        """Versions and licence of the base."""
        self.data_version = meta.data_version
        """Version of the data, such as ``1.0.0``."""
        self.get = get
        """Returns the record of one of the LISTS with an id, or ``None``."""
        self._kept: dict[Callable[[Store], object], object] = {}

    @classmethod
    def of(cls, base: model.FactBase) -> Store:
        """Return a store of ``base`` in memory. It must be valid."""
        connection = connected()
        tables.in_memory(connection, base.lists)
        ids = {name: {record.id: record for record in records} for name, records in base.lists.items()}
        return cls(Database(connection), base.lists, lambda name, key: ids[name].get(key), base)

    @property
    def size(self) -> int:
        """The number of all records."""
        return sum(map(len, self.lists.values()))

    def source(self, key: Id) -> model.Source:
        """Return the source with this id. Raises NotFoundError if there is none, as do the next four methods."""
        return cast(model.Source, self._get("sources", key))

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

    def successors_of(self, key: str) -> tuple[Fact | Erratum, ...]:
        """Return the records that replaced one that no longer exists."""
        return self._looked_up("successors", key)

    def by_name(self, folded: str) -> tuple[Entity | Indicator, ...]:
        """Return the records with a name, which must be folded by :func:`psfacts.text.names.fold`."""
        return self._looked_up("names", folded)

    def regions_of(self, member: Id) -> tuple[Entity, ...]:
        """Return the regions that an entity belongs to, smallest first."""
        regions: tuple[Entity, ...] = self._looked_up("members", member)
        return tuple(sorted(regions, key=lambda region: (len(region.members), region.name, region.id)))

    def home_countries(self) -> tuple[Entity, ...]:
        """Return the countries that the base is about, by id: those in a region, or all if there are no regions."""
        members = {member for region in self._of_type("region") for member in region.members}
        return tuple(country for country in self._of_type("country") if not members or country.id in members)

    def membership_indicators(self, organization: Id | None = None) -> list[Id]:
        """Return the ids of the indicators of membership in ``organization``, or in any."""
        ids = self.database.ids("SELECT id FROM indicators WHERE membership_of IS NOT NULL ORDER BY id")
        found = self.led_to(["indicators"], ids, lambda indicator: indicator.membership_of)
        return [indicator.id for indicator in found if organization in (None, indicator.membership_of)]

    def memberships_of(self, member: Id) -> tuple[Observation, ...]:
        """Return the observations of ``member`` for indicators of membership, latest period first."""
        return self.observations(indicators=self.membership_indicators(), subjects=[member])

    def subjects_of(self, indicator: Id) -> dict[Id, EntityType]:
        """Return the entities with a value of ``indicator``, by id, each with its type."""
        sql = "SELECT DISTINCT subject FROM facts WHERE kind = 'observation' AND indicator = ? ORDER BY subject"
        return {subject.id: subject.type for subject in self.led_to(["entities"], self.database.ids(sql, indicator))}

    def similar_names(self, folded: str) -> Sequence[Entity | Indicator]:
        """Return candidates for an unknown name: the records beside it in the order of names."""
        return self.led_to(["entities", "indicators"], self._beside("SELECT DISTINCT id FROM names", "folded", folded))

    def similar_ids(self, key: str) -> Sequence[Id]:
        """Return candidates for an unknown id of a fact: those beside it in order."""
        return [*filter(model.is_id, self._beside("SELECT id FROM facts", "id", key))]

    def _beside(self, sql: str, column: str, word: str) -> list[Id]:
        """Return the ids next to ``word`` in the order of a column: all, if they are not very many."""
        after = self.database.ids(f"{sql} WHERE {column} >= ? ORDER BY {column} LIMIT ?", word, MOST_WEIGHED)
        before = self.database.ids(f"{sql} WHERE {column} < ? ORDER BY {column} DESC LIMIT ?", word, MOST_WEIGHED)
        return sorted({*after, *before})

    def entities_beginning(self, word: str, types: Collection[EntityType]) -> Sequence[Entity]:
        """Return some entities of ``types`` whose id or name begins with ``word``."""
        sql = f"SELECT id FROM entities WHERE (id BETWEEN ? AND ? OR name BETWEEN ? AND ?) AND type {_AMONG}"  # noqa: S608 -- our words
        ids = self.database.ids(f"{sql} ORDER BY id LIMIT {_MOST_OFFERED}", *(word, word + _LAST) * 2, _array(types))
        return self.led_to(["entities"], ids)

    def facts_beginning(self, word: str) -> Sequence[Fact]:
        """Return some facts whose id begins with ``word``."""
        sql = f"SELECT id FROM facts WHERE id BETWEEN ? AND ? ORDER BY id LIMIT {_MOST_OFFERED}"  # noqa: S608 -- as above
        return self.led_to(["facts"], self.database.ids(sql, word, word + _LAST))

    def times_beginning(self, word: str) -> list[str]:
        """Return some years, months or days in which facts begin or end, and that start with ``word``."""
        length = next((length for length in (4, 7) if len(word) <= length), 10)
        sql = "SELECT substr({0}, 1, {1}) FROM facts WHERE {0} BETWEEN ? AND ?"
        sql = " UNION ".join(sql.format(day, length) for day in ("earliest", "latest"))
        return self.database.ids(f"{sql} ORDER BY 1 LIMIT {_MOST_OFFERED}", *(word, word + _LAST) * 2)

    @cached_property
    def topic_names(self) -> Mapping[Id, str]:
        """The names of the declared topics by id."""
        return {topic.id: topic.name for topic in self.topics}

    @cached_property
    def has_many_sources(self) -> bool:
        """True if facts may be drawn from more than one source."""
        return len(self.sources) > 1

    def facts_about(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, in source order."""
        return self._facts(_about(entities))

    def ids_about(self, entities: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of facts that name any of ``entities``, up to a limit."""
        sql = f"SELECT DISTINCT fact FROM fact_entities WHERE entity {_AMONG} LIMIT ?"  # noqa: S608 -- our own words
        return self.database.ids(sql, _array(entities), most)

    def ids_measuring(self, indicators: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of observations for any of ``indicators``, up to a limit."""
        return self._ids([_of_kind("observation"), _among("indicator", indicators)], f"LIMIT {most}")

    def known_facts(self, ids: Iterable[Id]) -> list[Id]:
        """Return those of ``ids`` that are ids of facts."""
        return self._ids([_among("id", ids)])

    def ids_dated(self, bounds: tuple[date, date] | None, months: tuple[int, int], most: int) -> list[Id]:
        """Return the ids of facts that may be of a time, up to a limit; without a year, of events in ``months``."""
        if bounds:
            return self._ids([_between(*bounds)], f"LIMIT {most}")
        first, last = months  # a winter ends in a month before the one that it begins in
        sql = "latest < date(earliest,'+100 days') AND (substr(latest, 6, 2) >= ? AND substr(earliest, 6, 2) <= ? OR ?)"
        in_months = _Condition(sql, (f"{first:02}", f"{last:02}", first > last), bool)
        return self._ids([_of_kind("event"), in_months], f"LIMIT {most}")

    def facts_in_profile(self, entities: Collection[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, without observations of others, in source order."""
        return self._facts(*_in_profile(entities))

    def count_in_profile(self, entities: Collection[Id]) -> int:
        """Count the facts that :meth:`facts_in_profile` returns."""
        return len(self._ids(_in_profile(entities)))

    def observations(self, *, indicators: _Ids = None, subjects: _Ids = None) -> tuple[Observation, ...]:
        """Return the observations of ``subjects`` for ``indicators``, latest period first; ``None`` means all."""
        given = (("indicator", indicators), ("subject", subjects))
        conditions = (_among(column, keys) for column, keys in given if keys is not None)
        return self._facts(_of_kind("observation"), *conditions, order=f"latest DESC, earliest DESC, {_PLACE}")

    def events(self, *, about: _Ids = None, since: date | None = None, until: date | None = None) -> tuple[Event, ...]:
        """Return the events that name any of ``about`` and may have happened between ``since`` and ``until``.

        ``None`` is no limit. They are ordered by earliest day, latest day and source.
        """
        named = () if about is None else (_about(about),)
        return self._facts(_of_kind("event"), *named, _between(since, until), order=f"earliest, latest, {_PLACE}")

    def facts_between(self, since: date, until: date) -> tuple[Fact, ...]:
        """Return the facts of any kind that may have held or happened between two days, in source order."""
        return self._facts(_between(since, until))

    def kept(self, make: Callable[[Store], T]) -> T:
        """Return ``make(store)``, computed on first use and cached with the store."""
        if make not in self._kept:
            self._kept.setdefault(make, make(self))
        return cast(T, self._kept[make])

    def errata_of(self, *, touching: _Ids = (), facts: Iterable[Fact] = (), ids: _Ids = ()) -> tuple[Erratum, ...]:
        """Return the errata about entities, of facts or with given ids, in source order."""
        keys = {*(ids or ()), *(key for fact in facts for key in fact.errata)}
        keys |= {erratum.id for key in touching or () for erratum in self._looked_up("errata_entities", key)}
        return tuple(sorted(map(self.erratum, keys), key=by_place))

    def errata_within(self, source: Id, start: int, end: int) -> Sequence[Erratum]:
        """Return the errata printed between two offsets of a source."""
        sql = "SELECT DISTINCT erratum FROM errata_passages WHERE source = ? AND starts >= ? AND starts < ?"
        return self.led_to(["errata"], self.database.ids(sql, source, start, end))

    def locator(self, passage: model.Passage) -> Locator:
        """Return the place of ``passage`` in words: the section and paragraph where it starts."""
        return place(self.source(passage.source), passage)

    def place_of(self, record: AnyRecord) -> Locator | None:
        """Return the place of the first passage of a fact or an erratum."""
        return self.locator(record.evidence[0]) if isinstance(record, model.BaseFact | Erratum) else None

    def locators(self, records: Iterable[Fact | Erratum]) -> Locators:
        """Return the places of the evidence of each record, by its id."""
        return {record.id: tuple(dict.fromkeys(map(self.locator, record.evidence))) for record in records}

    def led_to(self, names: Sequence[str], ids: Iterable[Id], holds: Callable[[Any], object] = bool) -> tuple[Any, ...]:
        """Return the records of some lists with ids from a table, each of which has to hold what the table says.

        Raises InvalidError if one is not there, or does not.
        """
        found = []
        for key in ids:
            record = next(filter(None, (self.get(name, key) for name in names)), None)
            if record is None:
                raise unreadable(self.name, f"{names[-1]}: there is no {quoted(key)}, which is referred to")
            self.hold(record, holds(record))
            found.append(record)
        return tuple(found)

    def hold(self, record: AnyRecord, holds: object) -> None:
        """Raise InvalidError unless a record found through a table agrees with the table."""
        if not holds:
            raise unreadable(self.name, f"a look-up table says of {quoted(record.id)} what it does not")

    def _ids(self, conditions: Collection[_Condition], end: str = "") -> list[Id]:
        """Return the ids of the facts that meet all conditions; ``end`` orders or limits them."""
        where = " AND ".join(condition.sql for condition in conditions)
        parameters = [parameter for condition in conditions for parameter in condition.parameters]
        return self.database.ids(f"SELECT id FROM facts WHERE {where} {end}", *parameters)  # noqa: S608 -- our words

    def _facts(self, *conditions: _Condition, order: str = _PLACE) -> tuple[Any, ...]:
        ids = self._ids(conditions, f"ORDER BY {order}")
        return self.led_to(["facts"], ids, lambda fact: all(condition.holds(fact) for condition in conditions))

    def _looked_up(self, table: str, key: str) -> tuple[Any, ...]:
        """Return the records that an index table leads to from a key, by id."""
        lookup = tables.LOOKUPS[table]
        first, second = lookup.columns
        ids = self.database.ids(f"SELECT {second} FROM {table} WHERE {first} = ? ORDER BY {second}", key)  # noqa: S608 -- our words
        return self.led_to(lookup.lists, ids, lambda record: (key, record.id) in lookup.rows(record))

    def _of_type(self, kind: EntityType) -> tuple[Entity, ...]:
        """Return the entities of a type, by id."""
        ids = self.database.ids("SELECT id FROM entities WHERE type = ? ORDER BY id", kind)
        return self.led_to(["entities"], ids, lambda entity: entity.type == kind)

    def _get(self, name: str, key: Id) -> AnyRecord:
        record: AnyRecord | None = self.get(name, key)
        if record:
            return record
        if successors := self.successors_of(key):
            new = tuple(successor.id for successor in successors)
            command = "errata" if isinstance(successors[0], Erratum) else "fact"
            hint = f"try: psfacts {command} {' '.join(new)}"
            raise NotFoundError(f"{quoted(key)} was replaced by {listed(new)}", hint, new)
        raise NotFoundError(f"no {NOUNS[name]} has the id {quoted(key)}")


def _array(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
