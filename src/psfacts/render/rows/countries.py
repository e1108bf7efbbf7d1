"""The list of the countries as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same
from psfacts.render.rows.records import ENTITY

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.countries import Countries
    from psfacts.store.groups import Membership

MEMBERSHIPS = {"memberships": "_memberships", "membership_facts": "memberships.fact"}
"""Lists that go together: where the country stands with an organization, and the observation that says so."""

COUNTRY = {
    **{name: ENTITY[name] for name in ("id", "name", "alpha2", "alpha3", "numeric", "capital")},
    **same("regions"),
    **MEMBERSHIPS,
    **same("facts"),
}
"""Columns of a country."""


def stands(memberships: tuple[Membership, ...]) -> tuple[str, ...]:
    """Return where a country stands with organizations."""
    return tuple(f"{membership.organization}: {membership.value}" for membership in memberships)


def tables(answer: Countries) -> tuple[Table, ...]:
    """Return a row a country."""
    scopes = ({**dict(country), "_memberships": stands(country.memberships)} for country in answer.countries)
    return (Table.of("country", "Countries", scopes, COUNTRY),)
