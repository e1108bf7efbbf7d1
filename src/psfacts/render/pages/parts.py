"""Pieces of a page: escaped text, styles, unbreakable text, and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from psfacts.text.visible import visible

STRONG = "bold"

TONE = "color(29)"
"""Style of drawn marks: bars, and signs of precision."""

RULE = "color(243)"
"""Rules. No text is coloured: what is read has the contrast of the reader's own colours. What is drawn has at least
4.5 to 1 on white and on black (WCAG 2.2, 1.4.11 asks for 3)."""

GAP = 2
"""Space between columns of a table."""

GLUE = "\ud800"
"""Placeholder of an unbreakable blank: a lone surrogate, which no text from outside has once it is visible.

A no-break space will not do: to rich it is a blank like any other.
"""

Piece = str | Text | tuple[str, str]
"""A string, a string with a style, or rich text."""

Line = Text | Sequence[Piece]
"""A row of a table, or a text across all columns between rows."""

Lines = Iterator[RenderableType]
"""Renderables to print one after another."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    head: Piece = ""
    """Header; empty if the cells are self-explanatory."""

    right: bool = False
    """Whether cells are aligned to the right."""

    wraps: int = 0
    """Minimum width if space is short; 0 if it does not wrap."""

    grows: bool = False
    """Whether it takes the remaining width. It is the main column, which needs no header when stacked or read aloud."""

    width: int = 0
    """Fixed width; 0 for as much as the cells need."""


def words(*pieces: Piece) -> Text:
    """Join ``pieces`` into one text. Strings are escaped, and never read as markup."""
    text = Text()
    for piece in pieces:
        if isinstance(piece, Text):
            text.append_text(piece)
        else:
            plain, style = (piece, None) if isinstance(piece, str) else piece
            text.append(visible(plain), style)
    return text


def joined(pieces: Iterable[Piece], between: str = f" ·{GLUE}") -> Text:
    """Join non-empty ``pieces`` with a point, which stays on the line of the piece after it."""
    return Text(between).join([text for text in map(words, pieces) if text])


def stacked(*pieces: Piece) -> Text:
    """Return non-empty ``pieces`` on separate lines."""
    return joined(pieces, "\n")


def glued(*pieces: Piece) -> Text:
    """Return ``pieces`` as one unbreakable text."""
    text = words(*pieces)
    text.plain = text.plain.replace(" ", GLUE)
    return text


def signed(*pieces: Piece) -> Text:
    """Return words with the signs that follow their last word, if any, on the same line."""
    return joined(pieces, GLUE)
