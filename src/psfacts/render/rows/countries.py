"""The list of the countries as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    Row,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.countries import Countries
    from psfacts.store.groups import Membership


MEMBERSHIPS = ("memberships", "membership_facts")
"""Lists that go together: where the country stands with an organization, and the observation that says so."""


def memberships(known: tuple[Membership, ...]) -> Row:
    """Return the cells of MEMBERSHIPS."""
    return {
        "memberships": tuple(f"{one.organization}: {one.value}" for one in known),
        "membership_facts": tuple(one.fact for one in known),
    }


def tables(answer: Countries) -> tuple[Table, ...]:
    """Return a row a country."""
    columns = ("id", "name", "alpha2", "alpha3", "numeric", "capital", "regions", *MEMBERSHIPS, "facts")
    rows: list[Row] = [
        {
            "id": one.id,
            "name": one.name,
            "alpha2": one.iso.alpha2 if one.iso else None,
            "alpha3": one.iso.alpha3 if one.iso else None,
            "numeric": one.iso.numeric if one.iso else None,
            "capital": one.capital,
            "regions": one.regions,
            **memberships(one.memberships),
            "facts": one.facts,
        }
        for one in answer.countries
    ]
    return (Table.of("country", "Countries", rows, columns),)
