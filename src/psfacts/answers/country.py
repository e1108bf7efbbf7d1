"""The list of countries, their profiles, the facts about entities of any type, and timelines of events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from psfacts.answers.answer import BUILT_IN, COUNTRY, GROUPS, Answer, Wanted, asked, backing, indicators_of, unique
from psfacts.model import Claim, Entity, Erratum, Event, Fact, Id, Indicator, Iso, Observation, Record, Relation, Text
from psfacts.store.places import Locators
from psfacts.store.resolve import Membership, countries_of, memberships, names_in, resolve, with_regions
from psfacts.store.store import Store
from psfacts.text.names import fold


class CountrySummary(Record):
    """Summary of a country."""

    id: Id
    """Id of the country."""

    name: Text
    """English name."""

    iso: Iso | None
    """ISO 3166-1 codes."""

    capital: Text | None
    """Capital, in English."""

    regions: tuple[Id, ...]
    """Ids of its regions, smallest first."""

    memberships: tuple[Membership, ...]
    """Its memberships of organizations, as far as the fact base says."""

    facts: int
    """Number of facts about the country itself, not counting those about its regions."""


class Countries(Answer, command="countries"):
    """Answer to: which countries are there?"""

    groups: tuple[Id, ...]
    """Ids of the regions and organizations that the list is limited to; empty for the whole list."""

    countries: tuple[CountrySummary, ...]
    """Countries by region, then by name."""

    regions: tuple[Entity, ...]
    """Regions of these countries, smallest first."""


@asked
def countries(*groups: str, store: Store = BUILT_IN) -> Countries:
    """List the countries that belong to a region, or to any of ``groups`` (regions and organizations)."""
    named = unique(resolve(store, name, types=GROUPS) for name in names_in(store, groups))
    listed = countries_of(store, named) if named else store.home_countries()
    regions_of = {country.id: store.regions_of(country.id) for country in listed}
    found = unique(region for regions in regions_of.values() for region in regions)
    regions = sorted(found, key=lambda region: (len(region.members), region.name, region.id))
    ranks = {region.id: rank for rank, region in enumerate(regions)}
    summaries = [
        CountrySummary(
            id=country.id,
            name=country.name,
            iso=country.iso,
            capital=country.capital,
            regions=tuple(region.id for region in regions_of[country.id]),
            memberships=memberships(store, country),
            facts=store.count_in_profile([country.id]),
        )
        for country in listed
    ]
    summaries.sort(key=lambda line: (ranks[line.regions[0]] if line.regions else len(ranks), line.name, line.id))
    groups_named = tuple(group.id for group in named)
    return Countries(groups=groups_named, countries=tuple(summaries), regions=tuple(regions))


class Profile(Answer):
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

    relations: tuple[Relation, ...]
    """Relations, those that start from the country first."""

    claims: tuple[Claim, ...]
    """Claims in source order."""

    errata: tuple[Erratum, ...]
    """Errata about the country, or that its facts depend on."""

    locators: Locators
    """Places of facts and errata in the source."""


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
    named = names_in(store, names) if names else []
    wanted = [resolve(store, name, types=COUNTRY) for name in named] or store.home_countries()
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
    relations = [fact for fact in facts if isinstance(fact, Relation)]
    return Profile(
        country=entity,
        regions=store.regions_of(entity.id),
        memberships=memberships(store, entity),
        indicators=indicators_of(store, facts),
        observations=tuple(sorted(observations, key=lambda fact: fact.subject != entity.id)),
        events=tuple(sorted(events, key=lambda fact: (fact.when.earliest, fact.when.latest))),
        relations=tuple(sorted(relations, key=lambda fact: fact.subject != entity.id)),
        claims=tuple(fact for fact in facts if isinstance(fact, Claim)),
        **backing(store, facts, touching=[entity.id]),
    )


class About(Answer, command="about"):
    """Answer to: what is known about an entity of any type?"""

    entity: Entity
    """The entity."""

    facts: tuple[Fact, ...]
    """Facts about it or a region that it belongs to, in source order."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata about it, or that its facts depend on."""

    locators: Locators
    """Places of facts and errata in the source."""


@asked
def about(name: str, *, store: Store = BUILT_IN) -> About:
    """Return the facts that name an entity of any type, or a region that it belongs to."""
    entity = resolve(store, name)
    facts = store.facts_about(with_regions(store, entity))
    more = backing(store, facts, touching=[entity.id])
    return About(entity=entity, facts=facts, indicators=indicators_of(store, facts), **more)


class Timeline(Answer, command="timeline"):
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

    errata: tuple[Erratum, ...]
    """Errata that the events' readings depend on."""

    locators: Locators
    """Places of the events and errata in the source."""


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
