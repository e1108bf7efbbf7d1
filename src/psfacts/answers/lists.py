"""Lists of countries, facts, entities, indicators, topics, sources and errata."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from psfacts import model
from psfacts.answers.answer import ALL, BUILT_IN, GROUPS, Answer, Backed, Wanted, asked, backing, measured, part, unique
from psfacts.model import Entity, EntityType, Erratum, Fact, Frozen, Id, Indicator, Record, Source, Text
from psfacts.store.places import Locators, by_place
from psfacts.store.resolve import Membership, countries_of, memberships, names_in, resolve, resolve_any
from psfacts.store.store import Store


class CountrySummary(Record):
    """Summary of a country."""

    id: Id
    """Id of the country."""

    name: Text
    """English name."""

    iso: model.Iso | None
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
    return Countries(groups=tuple(group.id for group in named), countries=tuple(summaries), regions=tuple(regions))


class Facts(Backed, command="facts"):
    """Answer to: which facts are there?"""

    total: int
    """Total number of matching facts, of which ``facts`` may be a part."""

    facts: tuple[Fact, ...]
    """Facts in source order."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""


@asked
def facts(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Facts:
    """List the ``wanted`` facts: all, or at most ``limit`` of them from ``offset`` on.

    Raises UsageError if ``limit`` is less than 1, or ``offset`` less than 0.
    """
    found = wanted.facts(store)
    shown = part(found, limit, offset)
    return Facts(total=len(found), facts=shown, indicators=measured(store, shown), **backing(store, shown))


class Entities(Answer, command="entities"):
    """Answer to: who and what are the facts about?"""

    total: int
    """Total number of matching entities, of which ``entities`` may be a part."""

    entities: tuple[Entity, ...]
    """Entities by name."""

    facts: Frozen[Id, int]
    """Number of matching facts that name each entity, by its id."""


@asked
def entities(
    kind: EntityType | None = None,
    wanted: Wanted = ALL,
    *,
    limit: int | None = None,
    offset: int = 0,
    store: Store = BUILT_IN,
) -> Entities:
    """List the entities that ``wanted`` facts name, of a ``kind`` or all; ``limit``, ``offset`` as in :func:`facts`."""
    counts = Counter(key for fact in wanted.facts(store) for key in fact.entities)
    named = (entity for entity in store.entities if wanted == ALL or counts[entity.id])
    of_kind = (entity for entity in named if kind in (None, entity.type))
    found = sorted(of_kind, key=lambda entity: (entity.name, entity.id))
    shown = part(found, limit, offset)
    return Entities(total=len(found), entities=shown, facts={entity.id: counts[entity.id] for entity in shown})


class IndicatorSummary(Indicator):
    """An indicator, with the entities that have a value for it."""

    subjects: tuple[Id, ...]
    """Ids of the entities with at least one observation. Sorted."""

    countries: int
    """Number of countries with at least one observation."""


class Indicators(Answer, command="indicators"):
    """Answer to: what can be compared?"""

    indicators: tuple[IndicatorSummary, ...]
    """All indicators, by name."""


@asked
def indicators(*, store: Store = BUILT_IN) -> Indicators:
    """List the indicators, with the entities that have a value for each."""
    found = []
    for indicator in sorted(store.indicators, key=lambda indicator: (indicator.name, indicator.id)):
        subjects = store.subjects_of(indicator.id)
        countries = sum(kind == "country" for kind in subjects.values())
        found.append(IndicatorSummary(**dict(indicator), subjects=tuple(subjects), countries=countries))
    return Indicators(indicators=tuple(found))


class TopicSummary(Record):
    """A topic, with its number of facts."""

    id: Id
    """Id of the topic."""

    name: Text
    """Name of the topic; if the base declares no topics, the words of its id."""

    facts: int
    """Number of matching facts on the topic."""


class Topics(Answer, command="topics"):
    """Answer to: what are the facts about?"""

    total: int
    """Total number of topics of matching facts, of which ``topics`` may be a part."""

    topics: tuple[TopicSummary, ...]
    """Topics, by descending number of facts."""


@asked
def topics(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Topics:
    """List the topics of the ``wanted`` facts; ``limit`` and ``offset`` as in :func:`facts`."""
    counts = Counter(key for fact in wanted.facts(store) for key in fact.topics)
    if wanted == ALL:
        counts.update(dict.fromkeys(store.topic_names, 0))
    names = {**{key: key.replace("-", " ").capitalize() for key in counts}, **store.topic_names}
    found = [TopicSummary(id=key, name=names[key], facts=count) for key, count in counts.items()]
    found.sort(key=lambda topic: (-topic.facts, topic.id))
    return Topics(total=len(found), topics=part(found, limit, offset))


class Sources(Answer, command="sources"):
    """Answer to: what are the facts drawn from?"""

    total: int
    """Total number of sources of matching facts, of which ``sources`` may be a part."""

    sources: tuple[Source, ...]
    """Sources by id."""

    facts: Frozen[Id, int]
    """Number of matching facts that cite each source, by its id."""


@asked
def sources(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Sources:
    """List the sources of the ``wanted`` facts; ``limit`` and ``offset`` as in :func:`facts`."""
    counts = Counter(key for fact in wanted.facts(store) for key in {passage.source for passage in fact.evidence})
    found = [source for source in store.sources if wanted == ALL or counts[source.id]]
    shown = part(found, limit, offset)
    return Sources(total=len(found), sources=shown, facts={source.id: counts[source.id] for source in shown})


class Errata(Answer, command="errata"):
    """Answer to: which printed words are not to be taken literally?"""

    about: tuple[Id, ...]
    """Ids of the entities and indicators that the list is limited to; empty for all."""

    errata: tuple[Erratum, ...]
    """Errata by kind, then in source order."""

    locators: Locators
    """Places where they are printed."""


@asked
def errata(*names: str, store: Store = BUILT_IN) -> Errata:
    """List the errata, or only those about any of ``names``.

    A name can also be the id of an erratum, or be that of an indicator, for the errata of its values.
    """
    ids = [name for name in names if store.get("errata", name) or store.successors_of(name)]
    named = unique(resolve_any(store, name) for name in names_in(store, [name for name in names if name not in ids]))
    about = tuple(record.id for record in named)
    values = store.observations(indicators=[record.id for record in named if isinstance(record, Indicator)])
    keys = [store.erratum(key).id for key in ids]
    found = store.errata_of(touching=about, facts=values, ids=keys) if named or ids else store.errata
    listed = sorted(found, key=lambda erratum: (get_args(model.ErratumKind).index(erratum.kind), by_place(erratum)))
    return Errata(about=about, errata=tuple(listed), locators=store.locators(listed))
