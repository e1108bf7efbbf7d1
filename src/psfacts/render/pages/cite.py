"""A citation on a screen is the plain one."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.cite import Citation
from psfacts.render.citation import plain
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import words


def draw(citation: Citation, page: Page) -> Iterator[RenderableType]:
    """Show the plain citation, wrapped."""
    del page
    yield from map(words, plain(citation).splitlines())
