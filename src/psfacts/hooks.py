"""How an answer shows itself, set by the facade: answers know nothing of the renderer above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.model import Record


class Renderer(Protocol):
    """What shows answers."""

    def page(self, answer: Record) -> RenderableType:
        """Return the page of an answer, which rich can print."""
        ...

    def html(self, answer: Record) -> str:
        """Return the page of an answer as HTML for a notebook."""
        ...


renderer: Renderer | None = None
"""The one that answers use; ``None`` until the facade is there."""
