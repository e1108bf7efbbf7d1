"""What is wrong with a fact base."""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text

from psfacts.answers.validate import Validation
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import STRONG, words
from psfacts.render.pages.tables import Lines
from psfacts.text.phrases import counted


def validate(found: Validation, page: Page) -> Lines:  # noqa: ARG001 -- nothing is asked of the page
    """Show every problem with its place, or what the base holds."""
    if found.ok:
        held = ", ".join(f"{count} {noun}" for noun, count in found.counts.items())
        yield words((f"{found.file}: a valid fact base", STRONG), f" ({held})")
        return
    yield from (words((f"{found.file}: {counted(found.total, 'problem')}", STRONG)), Text())
    for problem in found.problems:
        place, _, what = problem.partition(": ")
        # The place is there to be copied, and so never broken.
        yield Text(words(place).plain, style=STRONG, overflow="ignore", no_wrap=True) if what else words(place)
        yield from [Padding(words(what), (0, 0, 1, 2))] if what else []
    if found.total > len(found.problems):
        yield words(f"and {found.total - len(found.problems)} more")
