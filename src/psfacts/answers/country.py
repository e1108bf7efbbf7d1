"""Profiles of countries, the facts about entities of any type, timelines of events, and comparisons of countries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import zip_longest

from psfacts import model
from psfacts.answers.answer import BUILT_IN, COUNTRY, GROUPS, Answer, Backed, Wanted, asked, backing, measured, unique
from psfacts.errors import UsageError
from psfacts.model import Entity, Event, Fact, Frozen, Id, Indicator, Observation, Record, Text
from psfacts.store.resolve import Membership, countries_of, memberships, names_in, resolve, resolve_any, with_regions
from psfacts.store.store import Store
from psfacts.text.names import fold
from psfacts.text.phrases import either


class Profile(Backed):
    """Answer to: what is known about a country?

    It has the facts about the country itself and about the regions that it belongs to.
    """

    country: Entity
    """The country."""

    regions: tuple[Entity, ...]
    """Its regions, smallest first."""

    memberships: tuple[Membership, ...]
    """Its memberships."""

    indicators: tuple[Indicator, ...]
    """The indicators of ``observations``."""

    observations: tuple[Observation, ...]
    """Observations of the country, then of its regions, by indicator, latest first."""

    events: tuple[Event, ...]
    """Events in chronological order."""

    relations: tuple[model.Relation, ...]
    """Relations, those that start from the country first."""

    claims: tuple[model.Claim, ...]
    """Claims in source order."""


class Profiles(Answer):
    """Answer to: what is known about each of several countries?"""

    countries: tuple[Profile, ...]
    """Their profiles, in the requested order."""

    @property
    def parts(self) -> tuple[Profile, ...]:
        """The profiles, to be shown one by one."""
        return self.countries


@asked
def profiles(*names: str, store: Store = BUILT_IN) -> Profile | Profiles:
    """Return the profile of one or more countries; without ``names``, of all countries in a region.

    The words of a name may be separate arguments.
    """
    wanted = [resolve(store, name, types=COUNTRY) for name in names_in(store, names)] or store.home_countries()
    found = [country(entity.id, store=store) for entity in unique(wanted)]
    return found[0] if len(found) == 1 else Profiles(countries=tuple(found))


@asked
def country(name: str, *, store: Store = BUILT_IN) -> Profile:
    """Return the profile of a country: the facts that name it or a region that it belongs to.

    Observations of other countries that only mention it are left out.
    """
    entity = resolve(store, name, types=COUNTRY)
    facts = store.facts_in_profile(with_regions(store, entity))
    observations = [fact for fact in facts if isinstance(fact, Observation)]
    observations.sort(key=lambda fact: (store.indicator(fact.indicator).name, -fact.when.latest.toordinal()))
    events = [fact for fact in facts if isinstance(fact, Event)]
    relations = [fact for fact in facts if isinstance(fact, model.Relation)]
    return Profile(
        country=entity,
        regions=store.regions_of(entity.id),
        memberships=memberships(store, entity),
        indicators=measured(store, facts),
        observations=tuple(sorted(observations, key=lambda fact: fact.subject != entity.id)),
        events=tuple(sorted(events, key=lambda fact: (fact.when.earliest, fact.when.latest))),
        relations=tuple(sorted(relations, key=lambda fact: fact.subject != entity.id)),
        claims=tuple(fact for fact in facts if isinstance(fact, model.Claim)),
        **backing(store, facts, touching=[entity.id]),
    )


class About(Backed, command="about"):
    """Answer to: what is known about an entity of any type?"""

    entity: Entity
    """The entity."""

    facts: tuple[Fact, ...]
    """Facts about it or a region that it belongs to, in source order."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""


@asked
def about(name: str, *, store: Store = BUILT_IN) -> About:
    """Return the facts that name an entity of any type, or a region that it belongs to."""
    entity = resolve(store, name)
    facts = store.facts_about(with_regions(store, entity))
    more = backing(store, facts, touching=[entity.id])
    return About(entity=entity, facts=facts, indicators=measured(store, facts), **more)


class Timeline(Backed, command="timeline"):
    """Answer to: what happened, in order?"""

    about: tuple[Id, ...]
    """Ids of the entities that the timeline is limited to; empty for all."""

    topics: tuple[Id, ...]
    """Ids of the topics that the timeline is limited to; empty for all."""

    since: date | None
    """First day of the requested period."""

    until: date | None
    """Last day of the requested period."""

    events: tuple[Event, ...]
    """Events by earliest day, then latest day, then place in the source."""


@asked
def timeline(
    *names: str,
    topics: Collection[Id] = (),
    since: date | None = None,
    until: date | None = None,
    store: Store = BUILT_IN,
) -> Timeline:
    """Return the events that involve any of ``names``, a member of it or a region that it belongs to, by time.

    With ``topics``, only events on any of these.
    A date among ``names`` sets ``since`` and ``until`` to its first and last day, unless an entity has that name.
    An event matches if it may have happened, at least in part, between them (inclusive).

    Raises UsageError if ``since`` is after ``until``, and NotFoundError for an unknown topic.
    """
    if names:
        from psfacts.text import dates  # which most timelines do without

        times = [name for name in names if dates.is_date(name) and not store.by_name(fold(name))]
        since = since or min((dates.span(time)[0] for time in times), default=None)
        until = until or max((dates.span(time)[1] for time in times), default=None)
        names = tuple(name for name in names if name not in times)
    wanted = Wanted(topics=topics, since=since, until=until).resolved(store)
    named = unique(resolve(store, name) for name in names_in(store, names))
    about = [key for entity in named for key in (*with_regions(store, entity), *entity.members)] if named else None
    events = tuple(filter(wanted.matches, store.events(about=about, since=since, until=until)))
    entities, topics = tuple(entity.id for entity in named), tuple(wanted.topics)
    return Timeline(about=entities, topics=topics, since=since, until=until, events=events, **backing(store, events))


class Row(Record):
    """One country's line in a comparison."""

    country: Id
    """Id of the country."""

    name: Text
    """English name."""

    source: Id
    """Id of the source of all values in the row."""

    values: Frozen[Id, Observation | None]
    """The observation by indicator id; ``None`` where the source is silent."""


class Comparison(Backed, command="compare"):
    """Answer to: how do countries compare?

    A country with several observations of an indicator (other periods, other sources) has several rows.
    """

    indicators: tuple[Indicator, ...]
    """The columns."""

    rows: tuple[Row, ...]
    """Countries with at least one value, by name or by an indicator (numbers descending, categories in order)."""

    silent: tuple[Id, ...]
    """Ids of the requested countries without any value in the source."""


BY_NAME = "name"
"""The value of ``sort`` that sorts rows by name."""


@asked
def compare(*names: str, sort: str | None = None, store: Store = BUILT_IN) -> Comparison:
    """Compare countries by indicators.

    Among ``names``, indicators become the columns, and countries, regions and organizations the rows. Without
    indicators the columns are all that have a value for the rows; without others the rows are the countries of
    :func:`countries` and any other country that has a value.

    ``sort`` is ``name`` or the name of a column: numbers descending, categories in their order. By default it
    is the first indicator of ``names``, or ``name`` if there is none.

    Raises UsageError if ``names`` is empty, or ``sort`` is not a column.
    """
    if not names:
        raise UsageError("compare needs at least one name", "try: psfacts compare remittances, or psfacts indicators")
    records = unique(resolve_any(store, name, types=COUNTRY + GROUPS) for name in names_in(store, names))
    columns = [record for record in records if isinstance(record, Indicator)]
    groups = [record for record in records if isinstance(record, Entity)]
    wanted = countries_of(store, groups) if groups else store.home_countries()
    subjects = [country.id for country in wanted] if groups else None
    found = store.observations(indicators=[column.id for column in columns] or None, subjects=subjects)
    key = columns[0].id if columns else BY_NAME
    if sort is not None:
        key = sort if sort == BY_NAME else resolve_any(store, sort, types=()).id
    columns = columns or list(measured(store, found))
    known = [column.id for column in columns]
    if key not in (BY_NAME, *known):
        raise UsageError(f"{key} is not compared here", f"sort by name, or by {either(known)}")
    series: dict[Id, dict[Id, list[Observation]]] = defaultdict(lambda: {column: [] for column in known})
    for observation in found:
        series[observation.subject][observation.indicator].append(observation)
    others = (entity for entity in map(store.entity, [*series]) if entity.type == "country")
    countries = [*unique([*wanted, *others])]
    countries.sort(key=lambda country: (_rank(store, series[country.id].get(key)), country.name, country.id))
    rows = tuple(row for country in countries for row in _rows(country, series[country.id]))
    values = [value for row in rows for value in row.values.values() if value]
    silent = tuple(country.id for country in countries if not any(series[country.id].values()))
    return Comparison(indicators=tuple(columns), rows=rows, silent=silent, **backing(store, values))


def _rank(store: Store, values: Sequence[Observation] | None) -> tuple[bool, float | int]:
    """Return the sort key of a country by its latest value: numbers descending, categories in their order."""
    if not values:
        return True, 0
    value = values[0].value
    return False, store.indicator(values[0].indicator).categories.index(value) if isinstance(value, str) else -value


def _rows(subject: Entity, series: dict[Id, list[Observation]]) -> Iterable[Row]:
    """Return one row for each period and source with values of the country, so that no cell has two."""
    for source in dict.fromkeys(fact.evidence[0].source for values in series.values() for fact in values):
        told = ([fact for fact in values if fact.evidence[0].source == source] for values in series.values())
        for values in zip_longest(*told):
            cells = dict(zip(series, values, strict=True))
            yield Row(country=subject.id, name=subject.name, source=source, values=cells)
