"""The list of the countries."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, GROUPS, Answer, asked, unique
from psfacts.model import Entity, Id, Iso, Record, Text
from psfacts.store.groups import Membership, countries_of, memberships
from psfacts.store.resolve import names_in, resolve
from psfacts.store.store import Store


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


class Countries(Answer):
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
