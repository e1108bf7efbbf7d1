"""Pieces of a page: text made safe to show, styles, and what keeps words together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from psfacts.text.visible import visible

STRONG = "bold"
VIEW = "italic"
DOUBT = "bold reverse"
"""Doubt, and nothing else: a boxed question mark."""

TONE = "color(29)"
"""What is drawn: bars, and marks of time."""

RULE = "color(243)"
"""Rules. No text is coloured: what is read has the contrast of the reader's own colours. What is drawn has at least
4.5 to 1 on white and on black (WCAG 2.2, 1.4.11 asks for 3)."""

MATCH = "bold underline"

GAP = 2
"""Columns between two columns of a table."""

GLUE = "\ud800"
"""Stands for a blank at which no line is broken: a lone surrogate, which no text from outside has once it is visible.

A no-break space will not do: to rich it is a blank like any other.
"""

Piece = str | Text | tuple[str, str]
"""Words, words with a style, or text already made."""

Body = Sequence[Text]
"""Texts below each other."""


def words(*pieces: Piece) -> Text:
    """Join ``pieces`` to one text. Strings are made visible, and never read as markup."""
    text = Text()
    for piece in pieces:
        if isinstance(piece, Text):
            text.append_text(piece)
        elif isinstance(piece, tuple):
            text.append(visible(piece[0]), piece[1])
        else:
            text.append(visible(piece))
    return text


def joined(pieces: Iterable[Piece], between: str = f" ·{GLUE}") -> Text:
    """Join those of ``pieces`` that are not empty; a point stands before what it parts from the rest, in any line."""
    return Text(between).join([text for text in map(words, pieces) if text])


def stacked(*pieces: Piece) -> Body:
    """Set those of ``pieces`` that are not empty below each other."""
    return [text for text in map(words, pieces) if text]


def glued(*pieces: Piece) -> Text:
    """Return ``pieces`` as one text that is broken nowhere."""
    text = words(*pieces)
    text.plain = text.plain.replace(" ", GLUE)
    return text


def after(text: Text, sign: Text, blank: str = GLUE) -> Text:
    """Return ``text`` with a sign, if there is one, behind its last word, from which no line break parts it."""
    return words(text, Text(blank), sign) if sign else text
