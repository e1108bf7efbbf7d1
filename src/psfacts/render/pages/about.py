"""What is known about an entity of any type."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.about import About
from psfacts.model import Entity
from psfacts.render.pages import shown
from psfacts.render.pages.layout import Page, way
from psfacts.render.pages.parts import joined, words
from psfacts.text.phrases import counted


def draw(about: About, page: Page) -> Iterator[RenderableType]:
    """Show who or what it is, then the facts by kind; of a country the way to its profile, too."""
    entity = about.entity
    own = [fact for fact in about.facts if entity.id in fact.entities]
    yield from page.head(entity.name, _told(page, entity), counted(len(own), "fact"))
    if entity.members:
        yield words("Members  ", page.names(entity.members))
    if entity.aliases and page.full:
        yield words("Also known as  ", ", ".join(entity.aliases))
    ways = [way("profile", f"psfacts country {entity.id}")] if entity.type == "country" else []
    regions = page.store.regions_of(entity.id)
    yield from shown.about(page, about.facts, entity, regions, *ways, errata=about.errata)


def _told(page: Page, entity: Entity) -> str:
    """Return what an entity is: of a person the office, of anything else the type."""
    office = f"{entity.role} of {page.name(entity.of)}" if entity.role and entity.of else entity.role
    known = (office or entity.type, entity.short, entity.capital, entity.wikidata if page.full else None)
    return joined(part for part in known if part).plain
