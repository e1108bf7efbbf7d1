"""What the answers share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from psfacts.model import Entity, EntityType, Fact, Indicator, Observation
from psfacts.store.store import Store

R = TypeVar("R", Entity, Indicator, Entity | Indicator, Fact)

COUNTRY: tuple[EntityType, ...] = ("country",)
"""The type of what has a profile."""

GROUPS: tuple[EntityType, ...] = ("region", "organization")
"""The types of what has countries as members."""


def unique(records: Iterable[R]) -> tuple[R, ...]:
    """Return each of ``records`` once, in the order in which they first come."""
    return tuple({record.id: record for record in records}.values())


def by_name(records: Iterable[Indicator]) -> list[Indicator]:
    """Sort ``records`` as a reader looks for them."""
    return sorted(records, key=lambda one: (one.name, one.id))


def indicators_of(store: Store, facts: Iterable[Fact]) -> tuple[Indicator, ...]:
    """Return the indicators of the observations among ``facts``, by name."""
    keys = {fact.indicator for fact in facts if isinstance(fact, Observation)}
    return tuple(by_name(store.indicator(key) for key in keys))
