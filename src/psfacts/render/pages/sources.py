"""The list of the sources."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.sources import Sources
from psfacts.render.pages import notes
from psfacts.render.pages.layout import BODY, Page, listed_of
from psfacts.render.pages.parts import STRONG, stacked, words
from psfacts.render.pages.tables import Column
from psfacts.render.sources import access
from psfacts.text.phrases import counted


def draw(sources: Sources, page: Page) -> Iterator[RenderableType]:
    """Show each source as a bibliography names it, with how it was read and how many facts cite it."""
    yield from page.head("Sources", listed_of(len(sources.sources), sources.total, "source"))
    yield from page.rule()
    cells = []
    for source in sources.sources:
        cited = notes.cited(source, Text(), page.view.linked)
        read = access(source) if page.full else ""
        body = stacked((source.title, STRONG), *cited, read, counted(sources.facts[source.id], "fact"))
        cells.append((words((source.id, STRONG)), Text("\n").join(body)))
    yield from page.table([Column(), Column(wraps=BODY)], cells)
