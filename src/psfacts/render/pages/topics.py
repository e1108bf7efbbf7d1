"""The list of the topics."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.topics import Topics
from psfacts.render.pages.layout import Page, listed_of, way
from psfacts.render.pages.parts import STRONG, words
from psfacts.render.pages.tables import Column

_COLUMNS = (Column("Id"), Column("Topic", wraps=16), Column("Facts", right=True))


def draw(topics: Topics, page: Page) -> Iterator[RenderableType]:
    """Show a topic a line, with how many facts belong to it."""
    yield from page.head("Topics", listed_of(len(topics.topics), topics.total, "topic"))
    cells = [(words((one.id, STRONG)), words(one.name), words(str(one.facts))) for one in topics.topics]
    yield from page.table(_COLUMNS, cells)
    yield from page.foot(*(way("its facts", f"psfacts facts --topic {one.id}") for one in topics.topics[:1]))
