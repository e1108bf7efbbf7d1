"""A citation on a screen is the plain one."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.citations import Citation
from psfacts.render.citation import plain
from psfacts.render.table.parts import words
from psfacts.store import Store


def draw(citation: Citation, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the plain citation, wrapped."""
    del store, width
    yield words(plain(citation).rstrip())
