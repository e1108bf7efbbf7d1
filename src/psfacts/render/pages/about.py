"""What is known about an entity of any type."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.about import About
from psfacts.model import Entity
from psfacts.render.pages import facts
from psfacts.render.pages.country import iso_codes
from psfacts.render.pages.parts import QUIET, STRONG, card, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store


def draw(about: About, store: Store, width: int) -> Iterator[RenderableType]:
    """Show who or what it is, then the facts by kind, then what the marks mean."""
    sheet = Sheet(store, width, about.errata, about.locators)
    entity = about.entity
    lines = [
        ("Office", words(_office(sheet, entity))),
        ("Short", words(entity.short or "")),
        ("Capital", words(entity.capital or "")),
        ("Members", words(sheet.names(entity.members))),
        ("Also known as", words(", ".join(entity.aliases))),
        ("Wikidata", words(entity.wikidata or "")),
    ]
    kind = words((entity.type, QUIET))
    yield card(words((entity.name, STRONG)), iso_codes(entity.iso) if entity.iso else kind, lines, width)
    yield from facts.all_kinds(sheet, about.facts, about.indicators, entity.id)
    if not about.facts:
        yield words("No facts.")
    yield from sheet.foot(about.facts)


def _office(sheet: Sheet, entity: Entity) -> str:
    """Return a person's office with what it belongs to: ``President, Moldova``."""
    return ", ".join(part for part in (entity.role, sheet.name(entity.of) if entity.of else None) if part)
