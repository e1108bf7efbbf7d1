"""What the answers share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from psfacts.errors import UsageError
from psfacts.model import Entity, EntityType, Fact, Id, Indicator, Kind, Observation, Standing
from psfacts.store.groups import with_regions
from psfacts.store.resolve import resolve
from psfacts.store.store import Store

T = TypeVar("T")
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


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a fact must be to be looked at; what is empty lets all pass."""

    kinds: Collection[Kind] = ()
    about: Collection[Id] = ()
    by: Collection[Id] = ()
    topics: Collection[Id] = ()
    standings: Collection[Standing] = ()
    since: date | None = None
    until: date | None = None

    def matches(self, fact: Fact) -> bool:
        """Return whether ``fact`` passes; one without a time does not where a time is asked for."""
        if (self.kinds and fact.kind not in self.kinds) or (self.standings and fact.standing not in self.standings):
            return False
        asked = ((self.about, fact.entities), (self.by, fact.asserted_by), (self.topics, fact.topics))
        if any(wanted and set(wanted).isdisjoint(found) for wanted, found in asked):
            return False
        if not (self.since or self.until):
            return True
        since, until = self.since or date.min, self.until or date.max
        return bool(fact.when and fact.when.latest >= since and fact.when.earliest <= until)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which facts a list is made of, in a person's words: names of entities, and days, both included."""

    about: Sequence[str] = ()
    by: Sequence[str] = ()
    kinds: Collection[Kind] = ()
    topics: Collection[Id] = ()
    standings: Collection[Standing] = ()
    since: date | None = None
    until: date | None = None

    def facts(self, store: Store) -> list[Fact]:
        """Return the facts of ``store``, in the order of the source.

        Raises UsageError where ``since`` is after ``until``.
        """
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since ({self.since}) is after until ({self.until})", "swap them")
        filters = Filters(
            kinds=self.kinds,
            about=[key for name in self.about for key in with_regions(store, resolve(store, name))],
            by=[resolve(store, name).id for name in self.by],
            topics=self.topics,
            standings=self.standings,
            since=self.since,
            until=self.until,
        )
        if filters.about:
            found: Sequence[Fact] = store.facts_about(filters.about)
        elif filters.since or filters.until:
            found = store.facts_between(filters.since or date.min, filters.until or date.max)
        else:
            found = sorted(store.facts, key=lambda fact: (fact.evidence[0].source, fact.evidence[0].start, fact.id))
        return [fact for fact in found if filters.matches(fact)]

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


def part(records: Sequence[T], limit: int | None, offset: int) -> tuple[T, ...]:
    """Return so many of ``records`` from a place on. Raises UsageError where these are no counts."""
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}", "ask for at least 1")
    if offset < 0:
        raise UsageError(f"offset is {offset}", "give 0 or more")
    return tuple(records[offset : None if limit is None else offset + limit])
