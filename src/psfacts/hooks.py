"""Functions that lower rooms call: the pages of answers, and reports of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from psfacts.model import Record

T = TypeVar("T")

STEP = 100
"""Number of records between reports of progress."""

Progress = Callable[[int, int], None]
"""Called with the amount of work done, and the total."""

page: Callable[[Record], RenderableType]
"""Returns the page of an answer, which rich can print; set by the package itself."""


def unreported(done: int, total: int) -> None:
    """Report no progress."""


def counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Yield ``items``, and report how many of about ``total`` are done."""
    for done, item in enumerate(items, 1):
        yield item
        if done % STEP == 0:
            progress(min(done, total), total)
