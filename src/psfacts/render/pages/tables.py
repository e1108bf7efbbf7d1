"""Tables on pages: rich tables if there is room, stacked rows if not, or one line per row to be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from psfacts.render.pages.parts import GAP, RULE, STRONG, Column, Line, Lines, joined, words

Cells = Sequence[Text]
"""A row of a table, with one text per column."""


def run_on(texts: Iterable[Text]) -> Text:
    """Return ``texts`` as a line to be read aloud, with commas except after sentences."""
    told = Text()
    for text in texts:
        told = joined([told, text], " " if told.plain.endswith((".", "]")) else ", ")
    return told


def longest_line(text: Text) -> int:
    """Return the width of the longest line of ``text``."""
    return max(line.cell_len for line in text.split("\n")) if text else 0


def laid(columns: Sequence[Column], lines: Iterable[Line], width: int, spoken: bool) -> Lines:
    """Lay out ``lines`` in ``columns`` in whichever form fits ``width``, without cutting anything off."""
    told = [line if isinstance(line, Text) else list(map(words, line)) for line in lines]
    made = [] if spoken else fitted(columns, told, width)
    yield from made
    for line in () if made else told:
        if isinstance(line, Text):
            yield from (Text(), line)
        else:
            yield from [_heard(columns, line)] if spoken else _below(columns, line)


def fitted(columns: Sequence[Column], lines: Sequence[Text | Cells], width: int) -> list[RenderableType]:
    """Return ``lines`` as tables with aligned columns; nothing if there is too little room.

    An empty column without a header is left out.
    """
    widths = _widths(columns, [line for line in lines if not isinstance(line, Text)], width)
    heads = [Text(style=STRONG).append_text(words(column.head)) for column in columns]
    made: list[RenderableType] = []
    if widths and any(heads):
        rule = "─" * (sum(widths) + GAP * (sum(map(bool, widths)) - 1))
        made = [_table(columns, widths, [heads]), Text(rule, RULE)]
    for _, block in groupby(lines if widths else (), key=lambda line: isinstance(line, Text)):
        told = list(block)
        rows = [line for line in told if not isinstance(line, Text)]
        made += [_table(columns, widths, rows)] if rows else [line for line in told if isinstance(line, Text)]
    return made


def _widths(columns: Sequence[Column], rows: Sequence[Cells], width: int) -> list[int]:
    """Return the widths of the columns; none if one would be too narrow to read.

    If space is short, each column that wraps gets the same share of what it lacks.
    """
    needs = [
        column.width or max([longest_line(words(column.head)), *(longest_line(row[place]) for row in rows)])
        for place, column in enumerate(columns)
    ]
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


def _below(columns: Sequence[Column], row: Cells) -> Lines:
    """Return a row as its label with the other cells below it."""
    yield from filter(None, row[:1])
    yield Padding(joined(_told(columns, row)), (0, 0, 0, GAP))


def _heard(columns: Sequence[Column], row: Cells) -> Text:
    """Return a row as a line to be read aloud: its label, then the other cells."""
    label, rest = row[0], joined((run_on(cell.split("\n")) for cell in _told(columns, row)), "; ")
    return joined([label, rest], " " if label.plain.endswith("]") else ": ")


def _told(columns: Sequence[Column], row: Cells) -> list[Text]:
    """Return the cells after the label that are not empty, each after the header of its column."""
    cells = [(column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell]
    return [words(column.head, " ", cell) if column.head and not column.grows else cell for column, cell in cells]
