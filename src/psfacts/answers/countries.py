"""The list of the countries."""

from __future__ import annotations

from collections.abc import Iterable

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.common import GROUPS, unique
from psfacts.model import Entity, Id, Iso, Record, Text
from psfacts.store.groups import Membership, countries_of, memberships, with_regions
from psfacts.store.resolve import names_in, resolve
from psfacts.store.store import Store


class CountrySummary(Record):
    """A line of the list of countries."""

    id: Id
    """Id of the country."""

    name: Text
    """English name."""

    iso: Iso | None
    """ISO 3166-1 codes."""

    capital: Text | None
    """Capital, in English."""

    regions: tuple[Id, ...]
    """Ids of the regions that it belongs to, the narrowest first."""

    memberships: tuple[Membership, ...]
    """What the fact base tells about its memberships."""

    facts: int
    """How many facts there are about the country itself, those about its regions not counted."""


class Countries(Answer):
    """Answer to: which countries are there?"""

    groups: tuple[Id, ...]
    """Ids of the regions and organizations that the list was narrowed to; empty for the whole list."""

    countries: tuple[CountrySummary, ...]
    """By region, then by name."""

    regions: tuple[Entity, ...]
    """The regions named in ``countries``, the narrowest first."""


@asked
def countries(*groups: str, store: Store = BUILT_IN) -> Countries:
    """List the countries that belong to a region, or those of any of ``groups``: regions and organizations."""
    named = unique(resolve(store, name, types=GROUPS) for name in names_in(store, groups))
    listed = countries_of(store, named) if named else store.home_countries()
    regions = _narrowest_first({region.id: region for one in listed for region in store.regions_of(one.id)}.values())
    ranks = {region.id: rank for rank, region in enumerate(regions)}
    summaries = [_summary(store, country) for country in listed]
    summaries.sort(key=lambda one: (ranks[one.regions[0]] if one.regions else len(ranks), one.name, one.id))
    return Countries(groups=tuple(one.id for one in named), countries=tuple(summaries), regions=regions)


def _summary(store: Store, entity: Entity) -> CountrySummary:
    around = with_regions(store, entity)
    return CountrySummary(
        id=entity.id,
        name=entity.name,
        iso=entity.iso,
        capital=entity.capital,
        regions=tuple(around[1:]),
        memberships=memberships(store, entity),
        facts=store.count_in_profile([entity.id]),
    )


def _narrowest_first(regions: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(regions, key=lambda one: (len(one.members), one.name, one.id)))
