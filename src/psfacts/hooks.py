"""What is called from below: the pages of answers, set by the package itself, and a caller's report of progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.model import Record

Progress = Callable[[int, int], None]
"""Called with the amount of work done, and the total."""

page: Callable[[Record], RenderableType]
"""Returns the page of an answer, which rich can print."""

html: Callable[[Record], str]
"""Returns the page of an answer as HTML for a notebook."""
