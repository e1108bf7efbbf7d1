"""The renderer of answers, set by the package itself so that ``answers`` need not import it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.model import Record


class Renderer(Protocol):
    """Renders answers."""

    def page(self, answer: Record) -> RenderableType:
        """Return the page of an answer, which rich can print."""
        ...

    def html(self, answer: Record) -> str:
        """Return the page of an answer as HTML for a notebook."""
        ...


renderer: Renderer | None = None
"""The renderer in use; ``None`` until ``psfacts`` is imported."""
