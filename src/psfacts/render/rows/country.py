"""The profiles of countries as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same
from psfacts.render.rows.countries import MEMBERSHIPS, stands
from psfacts.render.rows.records import ENTITY, entities, errata, facts_of, indicators

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
    return tuple(
        map(
            _stacked,
            zip(*([(profile.country.id, table) for table in _tables(profile)] for profile in profiles), strict=True),
        )
    )


def _stacked(told: tuple[tuple[str, Table], ...]) -> Table:
    """Return the same table of several profiles as one."""
    _, first = told[0]
    scopes = ({PROFILE: key, **scope} for key, table in told for scope in table.scopes)
    few = (f"{PROFILE}_name", *first.few) if first.few else ()
    return Table.of(first.record, first.title, scopes, {**same(PROFILE), **first.paths}, few)


def _tables(answer: Profile) -> tuple[Table, ...]:
    country = {**dict(answer.country), "memberships": answer.memberships, "_memberships": stands(answer.memberships)}
    facts: tuple[Fact, ...] = (*answer.observations, *answer.events, *answer.relations, *answer.claims)
    few = ("id", "name", "alpha2", "capital", "memberships")
    return (
        Table.of("country", "Country", [country], {**ENTITY, **MEMBERSHIPS}, few),
        entities("region", "Regions", answer.regions),
        indicators(answer.indicators),
        *facts_of(answer, answer.indicators).kinds(facts),
        errata(answer.errata, answer.locators),
    )
