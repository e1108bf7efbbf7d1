"""Parts of pages: escaped text, styles, unbreakable text, and tables.

A table is a rich table if there is room, stacked rows if not, or one line per row to be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
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

Line = Sequence[Piece]
"""A row of a table, with one cell per column; a single piece stands across all columns between rows."""

Cells = Sequence[Text]
"""A line of a table as text."""

Row = tuple[Text, Text, Text]
"""A fact, or a part of one, with its label before it and at the right an aside: a time, or the countries involved."""

Lines = Iterator[RenderableType]
"""Renderables to print one after another."""


class Column(NamedTuple):
    """A column of a table."""

    head: Piece = ""
    """Header; empty if the cells are self-explanatory."""

    right: bool = False
    """Align cells to the right."""

    wraps: int = 0
    """Minimum width if space is short; 0 if it does not wrap."""

    grows: bool = False
    """Take the remaining width. It is the main column, which needs no header when stacked or read aloud."""

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


def run_on(texts: Iterable[Text]) -> Text:
    """Return ``texts`` as a line to be read aloud, with commas except after sentences."""
    told = Text()
    for text in texts:
        told = joined([told, text], " " if told.plain.endswith((".", "]")) else ", ")
    return told


class Hung(NamedTuple):
    """Text that is indented from where a line of it wraps."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Lines:
        """Return the lines."""
        for line in self.text.split("\n"):
            indent = 2 * GAP if line.cell_len > options.max_width else 0
            first, *rest = line.wrap(console, options.max_width - indent)
            yield first
            yield from (Padding(part, (0, 0, 0, 2 * GAP)) for part in rest)


def longest_line(text: Text) -> int:
    """Return the width of the longest line of ``text``."""
    return max(line.cell_len for line in text.split("\n")) if text else 0


def laid(columns: Sequence[Column], lines: Iterable[Line], width: int, spoken: bool) -> Lines:
    """Lay out ``lines`` in ``columns`` in whichever form fits ``width``, without cutting anything off.

    A row that is stacked or read aloud is its label, then each other cell after the header of its column.
    """
    rows = [[*map(words, line)] for line in lines]
    made = fitted(columns, rows, width) if rows and not spoken else []
    yield from made
    for label, *cells in () if made else rows:
        filled = [(column, cell) for column, cell in zip(columns[1:], cells, strict=False) if cell]
        told = [words(column.head, " ", cell) if column.head and not column.grows else cell for column, cell in filled]
        if not cells:
            yield from (Text(), Hung(label))
        elif spoken:
            rest = joined((run_on(cell.split("\n")) for cell in told), "; ")
            yield joined([label, rest], " " if label.plain.endswith("]") else ": ")
        else:
            yield from map(Hung, filter(None, [label]))
            yield Padding(joined(told), (0, 0, 0, GAP))


def fitted(columns: Sequence[Column], lines: Sequence[Cells], width: int) -> list[RenderableType]:
    """Return ``lines`` as tables with aligned columns; nothing if there is too little room.

    An empty column without a header is left out.
    """
    heads = [Text(style=STRONG).append_text(words(column.head)) for column in columns]
    widths = _widths(columns, [heads, *(line for line in lines if len(line) > 1)], width)
    if not widths:
        return []
    made: list[RenderableType] = []
    if any(heads):
        rule = "─" * (sum(widths) + GAP * (sum(map(bool, widths)) - 1))
        made = [_table(columns, widths, [heads]), Text(rule, RULE)]
    for is_across, block in groupby(lines, key=lambda line: len(line) == 1):
        told = list(block)
        made += map(Hung, chain.from_iterable(told)) if is_across else [_table(columns, widths, told)]
    return made


def _widths(columns: Sequence[Column], rows: Sequence[Cells], width: int) -> list[int]:
    """Return the widths of the columns; none if one would be too narrow to read.

    If space is short, each column that wraps gets the same share of what it lacks.
    """
    longest = [max(map(longest_line, cells)) for cells in zip(*rows, strict=True)]
    needs = [column.width or need for column, need in zip(columns, longest, strict=True)]
    widths = [min(need, column.wraps or need) for need, column in zip(needs, columns, strict=True)]
    room = width - GAP * (sum(map(bool, needs)) - 1)
    if sum(widths) > room:
        return []
    share = min(1, (room - sum(widths)) / (sum(needs) - sum(widths) or 1))
    widths = [wide + int(share * (need - wide)) for wide, need in zip(widths, needs, strict=True)]
    return [wide + (room - sum(widths)) * column.grows for wide, column in zip(widths, columns, strict=True)]


def _table(columns: Sequence[Column], widths: Sequence[int], rows: Iterable[Cells]) -> Table:
    table = Table.grid(padding=(0, GAP, 0, 0))
    for column, wide in zip(columns, widths, strict=True):
        if wide:
            table.add_column(width=wide, justify="right" if column.right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell for cell, wide in zip(row, widths, strict=True) if wide))
    return table
