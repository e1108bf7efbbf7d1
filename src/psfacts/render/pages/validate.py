"""What is wrong with a fact base."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from psfacts.answers.validate import Validation
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import STRONG, words
from psfacts.text.phrases import counted


def draw(found: Validation, page: Page) -> Iterator[RenderableType]:
    """Show every problem with its place, or what the base holds."""
    del page
    if found.ok:
        held = ", ".join(f"{count} {noun}" for noun, count in found.counts.items())
        yield words((f"{found.file}: a valid fact base", STRONG), f" ({held})")
        return
    yield words((f"{found.file}: {counted(found.total, 'problem')}", STRONG))
    yield Text()
    for problem in found.problems:
        yield from _lines(problem)
    if found.total > len(found.problems):
        yield words(f"and {found.total - len(found.problems)} more")


def _lines(problem: str) -> Iterator[RenderableType]:
    """Set the place of a problem above what is wrong there; it is there to be copied, and so never broken."""
    place, _, what = problem.partition(": ")
    yield Text(words(place).plain, style=STRONG, overflow="ignore", no_wrap=True) if what else words(place)
    if what:
        yield Padding(words(what), (0, 0, 1, 2))
