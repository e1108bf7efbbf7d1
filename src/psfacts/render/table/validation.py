"""What is wrong with a fact base."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.render.table.parts import MARK, STRONG, ledger, words
from psfacts.validation import Validation


def draw(found: Validation, store: None, width: int) -> Iterator[RenderableType]:
    """Show every problem with its place, or what the base holds. There is no ``store`` of what is no fact base."""
    del store
    if found.ok:
        held = ", ".join(f"{count} {noun}" for noun, count in found.counts.items())
        yield words((f"{found.file}: a valid fact base", STRONG), f" ({held})")
        return
    count = len(found.problems)
    yield words((f"{found.file}: {count} problem{'s' if count != 1 else ''}", STRONG))
    yield Text()
    yield ledger([_row(problem) for problem in found.problems], width)


def _row(problem: str) -> tuple[Text, RenderableType]:
    """Set the place of a problem apart from what is wrong there."""
    place, _, what = problem.partition(": ")
    return (words((place, MARK)), words(what)) if what else (Text(), words(place))
