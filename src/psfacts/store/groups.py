"""Groups of countries: regions and members of organizations."""

from __future__ import annotations

from collections.abc import Iterable

from psfacts.errors import NotFoundError
from psfacts.model import Entity, Id, Record, Text
from psfacts.store.store import Store
from psfacts.text.names import command_for


class Membership(Record):
    """The relation of a country to an organization."""

    organization: Id
    """Id of the organization."""

    value: Text
    """``member``, or another category of the indicator, such as ``candidate``."""

    fact: Id
    """Id of the observation that says so."""

    @property
    def in_words(self) -> str:
        """The membership as a label: ``eaeu: member``."""
        return f"{self.organization}: {self.value}"


def with_regions(store: Store, entity: Entity) -> list[Id]:
    """Return the ids of ``entity`` and of the regions that it belongs to."""
    return [entity.id, *(region.id for region in store.regions_of(entity.id))]


def countries_of(store: Store, groups: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the countries among ``groups`` and their members, without duplicates.

    Raises NotFoundError if the base does not say who the members of an organization are.
    """
    members = dict.fromkeys(key for group in groups for key in _members(store, group))
    return tuple(entity for entity in map(store.entity, members) if entity.type == "country")


def _members(store: Store, group: Entity) -> Iterable[Id]:
    if group.type != "organization":
        return group.members or (group.id,)
    indicators = [indicator.id for indicator in store.membership_indicators(group.id)]
    observations = store.observations(indicators=indicators)
    latest = {observation.subject: observation.value for observation in reversed(observations)}
    members = [subject for subject, value in latest.items() if value == "member"]
    if not members:
        command = f"psfacts compare {observations[0].indicator}" if observations else command_for(group)
        raise NotFoundError(f"the fact base does not tell who is a member of {group.name}", f"try: {command}")
    return members


def memberships(store: Store, entity: Entity) -> tuple[Membership, ...]:
    """Return the memberships of a country by the latest observation for each organization."""
    found = reversed(store.memberships_of(entity.id))
    latest = {store.indicator(observation.indicator).membership_of: observation for observation in found}
    known = (
        Membership(organization=organization, value=str(observation.value), fact=observation.id)
        for organization, observation in latest.items()
        if organization
    )
    return tuple(sorted(known, key=lambda membership: store.entity(membership.organization).name))
