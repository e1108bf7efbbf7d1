"""A citation on a screen is the plain one."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.cite import Citation
from psfacts.render.citation import plain
from psfacts.render.pages.parts import words
from psfacts.store.store import Store


def draw(citation: Citation, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the plain citation, wrapped."""
    del store, width
    yield from map(words, plain(citation).splitlines())
