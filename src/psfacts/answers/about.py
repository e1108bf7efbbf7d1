"""What is known about an entity of any type."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked, backing, indicators_of
from psfacts.model import Entity, Erratum, Fact, Indicator
from psfacts.store.groups import with_regions
from psfacts.store.places import Locators
from psfacts.store.resolve import resolve
from psfacts.store.store import Store


class About(Answer):
    """Answer to: what is known about an entity of any type?"""

    entity: Entity
    """The entity."""

    facts: tuple[Fact, ...]
    """Facts about it in the order of the source, or, for a region's member, about the region."""

    indicators: tuple[Indicator, ...]
    """The indicators of the observations among ``facts``."""

    errata: tuple[Erratum, ...]
    """Errata that touch it or that its facts rest on."""

    locators: Locators
    """Where facts and errata stand."""


@asked
def about(name: str, *, store: Store = BUILT_IN) -> About:
    """Return the facts that name an entity of any type, or a region that it belongs to."""
    entity = resolve(store, name)
    facts = store.facts_about(with_regions(store, entity))
    more = backing(store, facts, touching=[entity.id])
    return About(entity=entity, facts=facts, indicators=indicators_of(store, facts), **more)
