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
    from psfacts.answers.country import Profile
    from psfacts.model import Fact


def tables(answer: Profile) -> tuple[Table, ...]:
    """Return the country, its regions and indicators, its facts by kind, and the errata."""
    country: Row = entity(answer.country) | memberships(answer.memberships)
    facts: tuple[Fact, ...] = (*answer.observations, *answer.events, *answer.relations, *answer.claims)
    return (
        Table.of("country", "Country", [country], (*ENTITY, *MEMBERSHIPS)),
        entities("region", "Regions", answer.regions),
        indicators(answer.indicators),
        *facts_of(answer, answer.indicators).kinds(facts),
        errata(answer.errata, answer.locators),
    )
