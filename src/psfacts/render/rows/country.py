"""The profile of a country as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.countries import MEMBERSHIPS, memberships
from psfacts.render.rows.records import (
    ENTITY,
    Row,
    entities,
    entity,
    errata,
    facts_of,
    indicators,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.country import Profile, Profiles
    from psfacts.model import Fact


PROFILE = "profile"
"""The column that tells of which country's profile a row is, where there are several."""


def tables(answer: Profile | Profiles) -> tuple[Table, ...]:
    """Return countries, regions, indicators, facts by kind, and errata; of several countries, each row names whose."""
    profiles = answer.parts
    if len(profiles) == 1:
        return _tables(profiles[0])
    told = [(profile.country.id, _tables(profile)) for profile in profiles]
    return tuple(
        Table(
            first.record,
            first.title,
            (PROFILE, *first.columns),
            [(key, *row) for key, tables in told for row in tables[place].rows],
        )
        for place, first in enumerate(told[0][1])
    )


def _tables(answer: Profile) -> tuple[Table, ...]:
    country: Row = entity(answer.country) | memberships(answer.memberships)
    facts: tuple[Fact, ...] = (*answer.observations, *answer.events, *answer.relations, *answer.claims)
    return (
        Table.of("country", "Country", [country], (*ENTITY, *MEMBERSHIPS)),
        entities("region", "Regions", answer.regions),
        indicators(answer.indicators),
        *facts_of(answer, answer.indicators).kinds(facts),
        errata(answer.errata, answer.locators),
    )
