"""The list of the entities."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.entities import Entities
from psfacts.render.pages.layout import Page, listed_of, way
from psfacts.render.pages.parts import STRONG, words
from psfacts.render.pages.tables import Column
from psfacts.text.names import command_for

_COLUMNS = (Column("Id"), Column("Name", wraps=16, grows=True), Column("What", wraps=12), Column("Facts", right=True))


def draw(entities: Entities, page: Page) -> Iterator[RenderableType]:
    """Show an entity a line, with what it is and how many facts name it."""
    yield from page.head("Entities", listed_of(len(entities.entities), entities.total, "entity"))
    cells = []
    for entity in entities.entities:
        office = f"{entity.role} of {page.short(entity.of)}" if entity.role and entity.of else entity.role
        name = f"{entity.name} ({entity.short})" if entity.short else entity.name
        told = (office or entity.type, str(entities.facts[entity.id]))
        cells.append((words((entity.id, STRONG)), words(name), *map(words, told)))
    yield from page.table(_COLUMNS, cells)
    yield from page.foot(*(way("all about one", command_for(entity)) for entity in entities.entities[:1]))
