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
from psfacts.model import LISTS, NOUNS, AnyRecord, Entity, EntityType, Erratum, Fact, Id, Indicator, Observation
from psfacts.store import tables
from psfacts.store.connection import Database, in_memory, unreadable
from psfacts.store.places import Locator, Locators, Place, place
from psfacts.text.names import fold, labels
from psfacts.text.phrases import listed, quoted

R = TypeVar("R", bound=AnyRecord)
T = TypeVar("T")

Get = Callable[[str, Id], AnyRecord | None]
"""Function that returns the record of a list with an id, or ``None``."""

MOST_WEIGHED = 5000
"""Maximum number of names or ids that are all compared with an unknown one; of more, those that begin alike."""

_SOME = 200
"""Number of those that begin alike to compare."""

_MOST_OFFERED = 1000
"""Maximum number of words offered to a shell."""

_LAST = "\U0010ffff"
_PLACE = "source, starts, ends, id"
_AMONG = "IN (SELECT value FROM json_each(?))"


class _Condition(NamedTuple):
    """A condition on facts in SQL, and the same in Python, since an untrusted database may return wrong facts."""

    sql: str
    parameter: str
    holds: Callable[[Fact], bool]

    def with_plus(self) -> _Condition:
        """Return the condition so that SQLite does not use its index, because another leads to fewer facts."""
        return self._replace(sql=f"+{self.sql}")


def _about(ids: Iterable[Id]) -> _Condition:
    keys = set(ids)
    sql = f"id IN (SELECT fact FROM fact_entities WHERE entity {_AMONG})"  # noqa: S608 -- only our own words
    return _Condition(sql, _array(keys), lambda fact: not keys.isdisjoint(fact.entities))


def _among(column: str, ids: Iterable[Id]) -> _Condition:
    keys = set(ids)
    return _Condition(f"{column} {_AMONG}", _array(keys), lambda fact: getattr(fact, column) in keys)


def _own(ids: Iterable[Id]) -> _Condition:
    """Return the condition that a fact is not an observation of other subjects."""
    keys = set(ids)
    sql = f"(kind <> 'observation' OR subject {_AMONG})"
    return _Condition(sql, _array(keys), lambda fact: fact.kind != "observation" or fact.subject in keys)


def _since(day: date) -> _Condition:
    return _Condition("latest >= ?", day.isoformat(), lambda fact: bool(fact.when and fact.when.latest >= day))


def _until(day: date) -> _Condition:
    return _Condition("earliest <= ?", day.isoformat(), lambda fact: bool(fact.when and fact.when.earliest <= day))


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

    def __init__(
        self, database: Database, lists: Mapping[str, Sequence[AnyRecord]], get: Get, meta: model.Meta, name: str = ""
    ) -> None:
        """Query ``database``, which has the tables of :mod:`psfacts.store.tables`; errors call it ``name``."""
        for list_name in LISTS:
            setattr(self, list_name, lists[list_name])
        self.database = database
        """The database behind the store, for code that uses other tables of a file."""
        self.name = name
        self.is_of_file = bool(name)
        """Whether the base is in a database file, which is not trusted."""
        self.meta = meta
        """Versions and licence of the base."""
        self.data_version = meta.data_version
        """Version of the data, such as ``1.0.0``."""
        self.get = get
        self._kept: dict[Callable[[Store], object], object] = {}

    @classmethod
    def of(cls, base: model.FactBase) -> Store:
        """Return a store of ``base`` in memory. It must be free of :func:`psfacts.loading.gathered.problems`."""
        connection = in_memory()
        with connection:
            tables.in_memory(connection, base.lists)
        ids = {name: {record.id: record for record in records} for name, records in base.lists.items()}
        return cls(Database(connection), base.lists, lambda name, key: ids[name].get(key), base)

    def records(self, name: str) -> Sequence[Any]:
        """Return all records of one of the LISTS."""
        return cast(Sequence[Any], getattr(self, name))

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

    def has(self, name: str, key: str) -> bool:
        """Return whether a record of one of the LISTS has this id."""
        return self.get(name, key) is not None

    def successors_of(self, key: str) -> tuple[Fact | Erratum, ...]:
        """Return the records that replaced one that no longer exists."""
        ids = self.database.ids("SELECT id FROM successors WHERE replaced = ? ORDER BY id", key)
        return self._led(("facts", "errata"), ids, lambda record: key in record.replaces)

    def by_name(self, folded: str) -> tuple[Entity | Indicator, ...]:
        """Return the records with a name, which must be folded by :func:`psfacts.text.names.fold`."""
        ids = self.database.ids("SELECT id FROM names WHERE folded = ? ORDER BY id", folded)
        return self._led(("entities", "indicators"), ids, lambda record: folded in map(fold, labels(record)))

    def regions_of(self, member: Id) -> tuple[Entity, ...]:
        """Return the regions that an entity belongs to, smallest first."""
        sql = "SELECT id FROM entities JOIN members ON region = id WHERE member = ? ORDER BY size, name, id"
        return self._led(("entities",), self.database.ids(sql, member), lambda region: member in region.members)

    def home_countries(self) -> tuple[Entity, ...]:
        """Return the countries that the base is about, by id: those in a region, or all if there are no regions."""
        members = {member for region in self._of_type("region") for member in region.members}
        return tuple(country for country in self._of_type("country") if not members or country.id in members)

    def membership_indicators(self, organization: Id) -> tuple[Indicator, ...]:
        """Return the indicators of membership in ``organization``."""
        ids = self.database.ids("SELECT id FROM indicators WHERE membership_of = ? ORDER BY id", organization)
        return self._led(("indicators",), ids, lambda indicator: indicator.membership_of == organization)

    def memberships_of(self, member: Id) -> tuple[Observation, ...]:
        """Return the observations of ``member`` for indicators of membership, latest period first."""
        ids = self.database.ids("SELECT id FROM indicators WHERE membership_of IS NOT NULL")
        found = self._led(("indicators",), ids, lambda indicator: indicator.membership_of is not None)
        return self.observations(indicators=[indicator.id for indicator in found], subjects=[member])

    def subjects_of(self, indicator: Id) -> dict[Id, EntityType]:
        """Return the entities with a value of ``indicator``, by id, each with its type."""
        sql = "SELECT DISTINCT subject FROM facts WHERE kind = 'observation' AND indicator = ? ORDER BY subject"
        return {subject.id: subject.type for subject in self._led(("entities",), self.database.ids(sql, indicator))}

    def similar_names(self, folded: str) -> Sequence[Entity | Indicator]:
        """Return candidates for an unknown name: all records, or if there are many, those with a similar beginning."""
        if not self.database.rows("SELECT id FROM names LIMIT 1 OFFSET ?", MOST_WEIGHED):
            return (*self.entities, *self.indicators)
        ids = self._alike("SELECT DISTINCT id FROM names WHERE folded >= ? AND folded < ? LIMIT ?", folded)
        return self._led(("entities", "indicators"), sorted(ids))

    def similar_ids(self, key: str) -> Sequence[Id]:
        """Return candidates for an unknown id of a fact: all, or if there are many, those with a similar beginning."""
        if not self.database.rows("SELECT id FROM facts LIMIT 1 OFFSET ?", MOST_WEIGHED):
            ids = self.database.ids("SELECT id FROM facts ORDER BY id")
        else:
            ids = sorted(self._alike("SELECT id FROM facts WHERE id >= ? AND id < ? LIMIT ?", key))
        return [*filter(model.is_id, ids)]

    def entities_beginning(self, word: str, types: Collection[EntityType]) -> Sequence[Entity]:
        """Return some entities of ``types`` whose id or name begins with ``word``."""
        sql = f"""
            SELECT id FROM entities
            WHERE ((id >= ? AND id < ?) OR (name >= ? AND name < ?)) AND type {_AMONG} ORDER BY id LIMIT ?
        """  # noqa: S608 -- only our own words
        bounds = (word, word + _LAST)
        return self._led(("entities",), self.database.ids(sql, *bounds, *bounds, _array(types), _MOST_OFFERED))

    def facts_beginning(self, word: str) -> Sequence[Fact]:
        """Return some facts whose id begins with ``word``."""
        sql = "SELECT id FROM facts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return self._led(("facts",), self.database.ids(sql, word, word + _LAST, _MOST_OFFERED))

    def times_beginning(self, word: str) -> list[str]:
        """Return some years, months or days in which facts begin or end, and that start with ``word``."""
        sql = """
            WITH asked(length, first, last) AS (VALUES (?, ?, ?))
            SELECT substr(earliest, 1, length) FROM asked JOIN facts ON earliest >= first AND earliest < last
            UNION SELECT substr(latest, 1, length) FROM asked JOIN facts ON latest >= first AND latest < last
            ORDER BY 1 LIMIT ?
        """
        length = next((length for length in (4, 7) if len(word) <= length), 10)
        return self.database.ids(sql, length, word, word + _LAST, _MOST_OFFERED)

    @cached_property
    def topic_names(self) -> Mapping[Id, str]:
        """The names of the declared topics by id."""
        return {topic.id: topic.name for topic in self.topics}

    @cached_property
    def has_many_sources(self) -> bool:
        """Whether facts may be drawn from more than one source."""
        return len(self.sources) > 1

    def facts_about(self, entities: Iterable[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, in source order."""
        return self._facts([_about(entities)])

    def facts_led_to(self, ids: Iterable[Id]) -> list[Fact]:
        """Return the facts with ids from a table. Raises InvalidError if the table is wrong."""
        return list(self._led(("facts",), ids))

    def ids_about(self, entities: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of facts that name any of ``entities``, up to a limit."""
        sql = f"SELECT DISTINCT fact FROM fact_entities WHERE entity {_AMONG} LIMIT ?"  # noqa: S608 -- our own words
        return self.database.ids(sql, _array(entities), most)

    def ids_measuring(self, indicators: Iterable[Id], most: int) -> list[Id]:
        """Return the ids of observations for any of ``indicators``, up to a limit."""
        sql = f"SELECT id FROM facts WHERE kind = 'observation' AND indicator {_AMONG} LIMIT ?"  # noqa: S608 -- as above
        return self.database.ids(sql, _array(indicators), most)

    def ids_dated(self, bounds: tuple[date, date] | None, months: tuple[int, int], most: int) -> list[Id]:
        """Return the ids of facts that may be of a time, up to a limit; without a year, of events in ``months``."""
        if bounds:
            sql = "SELECT id FROM facts WHERE latest >= ? AND earliest <= ? LIMIT ?"
            return self.database.ids(sql, bounds[0].isoformat(), bounds[1].isoformat(), most)
        sql = """
            SELECT id FROM facts WHERE kind = 'event'
                AND (substr(latest, 6, 2) >= ? AND substr(earliest, 6, 2) <= ? OR ?)
                AND latest < date(earliest, '+100 days')
            LIMIT ?
        """
        first, last = months  # a winter ends in a month before the one that it begins in
        return self.database.ids(sql, f"{first:02}", f"{last:02}", first > last, most)

    def facts_in_profile(self, entities: Collection[Id]) -> tuple[Fact, ...]:
        """Return the facts that name any of ``entities``, without observations of others, in source order."""
        return self._facts([_about(entities), _own(entities)])

    def count_in_profile(self, entities: Collection[Id]) -> int:
        """Count the facts that :meth:`facts_in_profile` returns."""
        sql, parameters = _selecting("count(*)", [_about(entities), _own(entities)])
        ((count,),) = self.database.rows(sql, *parameters)
        return int(count)

    def observations(
        self, *, indicators: Iterable[Id] | None = None, subjects: Iterable[Id] | None = None
    ) -> tuple[Observation, ...]:
        """Return the observations of ``subjects`` for ``indicators``, latest period first; ``None`` means all."""
        where = []
        if indicators is not None:
            among = _among("indicator", indicators)
            where.append(among if subjects is None else among.with_plus())  # an entity has fewer than an indicator
        if subjects is not None:
            where.append(_among("subject", subjects))
        found = self._facts(where, "observation", f"latest DESC, earliest DESC, {_PLACE}")
        return cast(tuple[Observation, ...], found)

    def events(
        self, *, about: Iterable[Id] | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[model.Event, ...]:
        """Return the events that name any of ``about`` and may have happened between ``since`` and ``until``.

        ``None`` is no limit. They are ordered by earliest day, latest day and source.
        """
        where = [_since(since)] if since else []
        where += [_until(until)] if until else []
        if about is not None:  # few facts name the entities, and there may be many events of a time
            where = [*(condition.with_plus() for condition in where), _about(about)]
        return cast(tuple[model.Event, ...], self._facts(where, "event", f"earliest, latest, {_PLACE}"))

    def facts_between(self, since: date, until: date) -> tuple[Fact, ...]:
        """Return the facts of any kind that may have held or happened between two days, in source order."""
        return self._facts([_since(since), _until(until)])

    def kept(self, make: Callable[[Store], T]) -> T:
        """Return ``make(store)``, computed on first use and cached with the store."""
        if make not in self._kept:
            self._kept.setdefault(make, make(self))
        return cast(T, self._kept[make])

    def errata_of(
        self, *, touching: Iterable[Id] = (), facts: Iterable[Fact] = (), ids: Iterable[Id] = ()
    ) -> tuple[Erratum, ...]:
        """Return the errata about entities, of facts or with given ids, in source order."""
        sql = f"""
            SELECT id FROM errata WHERE id IN (
                SELECT erratum FROM errata_entities WHERE entity {_AMONG} UNION SELECT value FROM json_each(?)
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words
        touched = set(touching)
        keys = {*ids, *(key for fact in facts for key in fact.errata)}
        found = self.database.ids(sql, _array(touched), _array(keys))
        return self._led(
            ("errata",), found, lambda erratum: erratum.id in keys or not touched.isdisjoint(erratum.entities)
        )

    def errata_within(self, source: Id, start: int, end: int) -> tuple[Erratum, ...]:
        """Return the errata printed between two offsets of a source, in source order."""
        sql = f"""
            SELECT id FROM errata WHERE id IN (
                SELECT erratum FROM errata_passages WHERE source = ? AND starts >= ? AND starts < ?
            ) ORDER BY {_PLACE}
        """  # noqa: S608 -- only our own words

        def is_within(erratum: Erratum) -> bool:
            return any(place.source == source and start <= place.start < end for place in erratum.evidence)

        return self._led(("errata",), self.database.ids(sql, source, start, end), is_within)

    def locator(self, passage: model.Passage) -> Locator:
        """Return the place of ``passage`` in words: the section and paragraph where it starts."""
        source = self.source(passage.source)
        section, paragraph = place(source, passage)
        return Locator(source=source.id, section=section.id, title=section.title, paragraph=paragraph)

    def place_of(self, record: AnyRecord) -> Place | None:
        """Return the place of the first passage of a fact or an erratum."""
        if not isinstance(record, model.BaseFact | Erratum):
            return None
        return place(self.source(record.evidence[0].source), record.evidence[0])

    def locators(self, records: Iterable[Fact | Erratum]) -> Locators:
        """Return the places of the evidence of each record, by its id."""
        return {record.id: tuple(dict.fromkeys(map(self.locator, record.evidence))) for record in records}

    def held(self, record: R, holds: bool) -> R:
        """Check a record found through a table, and return it. Raises InvalidError if it disagrees with the table."""
        if not holds:
            raise unreadable(self.name, f"a look-up table says of {quoted(record.id)} what it does not")
        return record

    def _facts(
        self, where: Sequence[_Condition], kind: model.Kind | None = None, order: str = _PLACE
    ) -> tuple[Fact, ...]:
        """Return the facts, of any or one kind, that meet all conditions."""
        sql, parameters = _selecting("id", where, kind)
        ids = self.database.ids(f"{sql} ORDER BY {order}", *parameters)
        return self._led(
            ("facts",),
            ids,
            lambda fact: fact.kind == (kind or fact.kind) and all(condition.holds(fact) for condition in where),
        )

    def _of_type(self, kind: EntityType) -> tuple[Entity, ...]:
        """Return the entities of a type, by id."""
        ids = self.database.ids("SELECT id FROM entities WHERE type = ? ORDER BY id", kind)
        return self._led(("entities",), ids, lambda entity: entity.type == kind)

    def _alike(self, sql: str, word: str) -> set[Id]:
        """Return what ``sql`` finds with the longest common beginning with ``word``."""
        found: set[Id] = set()
        for length in range(min(len(word), 100), 0, -1):
            found.update(self.database.ids(sql, word[:length], word[:length] + _LAST, _SOME))
            if len(found) >= _SOME:
                break
        return found

    def _led(
        self, names: Sequence[str], ids: Iterable[Id], holds: Callable[[Any], bool] = lambda _: True
    ) -> tuple[Any, ...]:
        """Return the records of some lists found through a table, each checked against it."""
        return tuple(self.held(record, holds(record)) for record in (self._record(names, key) for key in ids))

    def _record(self, names: Sequence[str], key: Id) -> Any:  # noqa: ANN401 -- of which kind, the lists tell
        record = next(filter(None, (self.get(name, key) for name in names)), None)
        if record is None:
            raise unreadable(self.name, f"{names[-1]}: there is no {quoted(key)}, which is referred to")
        return record

    def _get(self, name: str, key: Id) -> AnyRecord:
        record = self.get(name, key)
        if record is not None:
            return record
        if successors := self.successors_of(key):
            new = tuple(successor.id for successor in successors)
            command = "errata" if isinstance(successors[0], Erratum) else "fact"
            hint = f"try: psfacts {command} {' '.join(new)}"
            raise NotFoundError(f"{quoted(key)} was replaced by {listed(new)}", hint, new)
        raise NotFoundError(f"no {NOUNS[name]} has the id {quoted(key)}")


def _selecting(what: str, where: Sequence[_Condition], kind: model.Kind | None = None) -> tuple[str, list[str]]:
    """Return the query for facts that meet all conditions, and its parameters."""
    of_kind = [f"kind = '{kind}'"] if kind else []  # a word, not a parameter: so the indexes of a kind are used
    conditions = " AND ".join([*of_kind, *(condition.sql for condition in where)])
    sql = f"SELECT {what} FROM facts WHERE {conditions}"  # noqa: S608 -- only our own words
    return sql, [condition.parameter for condition in where]


def _array(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
