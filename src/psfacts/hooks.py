"""What is called from below: the renderer of answers, set by the package itself, and a caller's report of progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.model import Record


Progress = Callable[[int, int], None]
"""Called with the amount of work done, and the total."""


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
