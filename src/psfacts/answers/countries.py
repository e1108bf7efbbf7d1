"""The list of the countries."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, GROUPS, Answer, asked, unique
from psfacts.model import Entity, Id, Iso, Record, Text
from psfacts.store.groups import Membership, countries_of, memberships
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
    found = unique(region for country in listed for region in store.regions_of(country.id))
    regions = sorted(found, key=lambda region: (len(region.members), region.name, region.id))
    ranks = {region.id: rank for rank, region in enumerate(regions)}
    summaries = [
        CountrySummary(
            id=country.id,
            name=country.name,
            iso=country.iso,
            capital=country.capital,
            regions=tuple(region.id for region in store.regions_of(country.id)),
            memberships=memberships(store, country),
            facts=store.count_in_profile([country.id]),
        )
        for country in listed
    ]
    summaries.sort(key=lambda line: (ranks[line.regions[0]] if line.regions else len(ranks), line.name, line.id))
    groups_named = tuple(group.id for group in named)
    return Countries(groups=groups_named, countries=tuple(summaries), regions=tuple(regions))
