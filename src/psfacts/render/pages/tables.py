"""Rows in columns: a rich table where there is room, each row stacked where there is none, and a line a row to hear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from psfacts.render.pages.parts import GAP, ORNAMENT, STRONG, Piece, glued, joined, words

Cells = Sequence[Text]
"""One row: a text a column."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    head: Piece = ""
    """What stands above it; nothing where the cells say by themselves what they are."""

    right: bool = False
    """Whether its cells end, rather than begin, below each other."""

    wraps: int = 0
    """Columns of the screen down to which it gives way where there is too little room; 0 if it does not."""

    grows: bool = False
    """Whether it takes what room is left: what the rows are about, so that stacked and heard it needs no head."""

    width: int = 0
    """Columns of the screen that it takes whatever stands in it; 0 for as many as its cells need."""

    once: bool = False
    """Whether a cell is left empty where the one above says the same; those who listen hear it in each row."""


def rows(columns: Sequence[Column], cells: Sequence[Cells], width: int, spoken: bool) -> Iterator[RenderableType]:
    """Lay ``cells`` out in ``columns``, nothing cut off, in whichever form fits ``width``.

    A column without a head in which nothing stands is left out.
    """
    kept = [place for place, column in enumerate(columns) if column.head or any(row[place] for row in cells)]
    columns = [columns[place] for place in kept]
    cells = [[row[place] for place in kept] for row in cells]
    if spoken:
        yield from (_line(columns, row) for row in cells)
    elif made := table(columns, cells, width):
        yield made
    else:
        for above, row in zip([(), *cells], cells, strict=False):
            yield from _stack(columns, _once(columns, row, above), width)


def _widths(columns: Sequence[Column], cells: Sequence[Cells], width: int, gap: int) -> list[int]:
    """Return how wide each column is; none where one would be too narrow to read."""
    found = [
        column.width or max([longest_line(words(column.head)), *(longest_line(row[place]) for row in cells)])
        for place, column in enumerate(columns)
    ]
    flexible = [place for place, column in enumerate(columns) if column.wraps]
    room = width - gap * (len(columns) - 1) - sum(wide for place, wide in enumerate(found) if place not in flexible)
    weights = {place: sum(row[place].cell_len for row in cells) or 1 for place in flexible}
    while weights and sum(found[place] for place in weights) > room:
        shares = {place: room * weight // sum(weights.values()) for place, weight in weights.items()}
        short = {place: columns[place].wraps for place in weights if shares[place] < columns[place].wraps}
        enough = {place: found[place] for place in weights if shares[place] >= found[place]}
        for place, wide in (short or enough or shares).items():
            found[place] = wide
            room -= wide
            del weights[place]
    left = width - gap * (len(columns) - 1) - sum(found)
    return [] if left < 0 else [wide + left * column.grows for wide, column in zip(found, columns, strict=True)]


def spanned(
    columns: Sequence[Column], lines: Sequence[Cells | Text], width: int, gap: int = GAP
) -> list[RenderableType]:
    """Return a table with lines across all of its columns between its rows; nothing where it does not fit."""
    widths = _widths(columns, [line for line in lines if not isinstance(line, Text)], width, gap)
    if not widths:
        return []
    fixed = [replace(column, width=wide, wraps=0) for column, wide in zip(columns, widths, strict=True)]
    bare = [replace(column, head="") for column in fixed]
    parts: list[RenderableType | None] = [table(fixed, [], width, gap)] if any(one.head for one in columns) else []
    block: list[Cells] = []
    for line in (*lines, Text()):
        if not isinstance(line, Text):
            block.append(line)
            continue
        parts += [table(bare, block, width, gap) if block else None, line]
        block = []
    return [part for part in parts[:-1] if part]


def table(columns: Sequence[Column], cells: Sequence[Cells], width: int, gap: int = GAP) -> Table | None:
    """Return a table; ``None`` where there is too little room for one."""
    widths = _widths(columns, cells, width, gap)
    if not widths:
        return None
    headed = any(column.head for column in columns)
    made = Table(
        box=box.SIMPLE_HEAD if headed else None,
        show_header=headed,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap - 1 if headed else gap, 0, 0),
        border_style=ORNAMENT,
        header_style=STRONG,
    )
    for column, wide in zip(columns, widths, strict=True):
        made.add_column(
            words(column.head), width=wide, justify="right" if column.right else "left", vertical="top", overflow="fold"
        )
    if any(column.once for column in columns) and all(column.once or column.wraps for column in columns):
        cells = _merged(columns, cells)
    for above, row in zip([(), *cells], cells, strict=False):
        made.add_row(*_once(columns, row, above))
    return made


def _merged(columns: Sequence[Column], cells: Sequence[Cells]) -> list[list[Text]]:
    """Return rows that share what is said once as one, so that a label has room beside all that belongs to it."""
    merged: list[list[Text]] = []
    for above, row in zip([(), *cells], cells, strict=False):
        if any(_once(columns, row, above)[place] for place, column in enumerate(columns) if column.once) or not merged:
            merged.append(list(row))
        else:
            told = zip(columns, merged[-1], row, strict=True)
            merged[-1] = [over if column.once else Text("\n").join([over, cell]) for column, over, cell in told]
    return merged


def _once(columns: Sequence[Column], row: Cells, above: Cells) -> Cells:
    """Return ``row`` without what its columns say once and the row ``above`` has said."""
    if not above:
        return row
    told = zip(columns, row, above, strict=True)
    return [Text() if column.once and cell.plain == over.plain else cell for column, cell, over in told]


def _stack(columns: Sequence[Column], row: Cells, width: int) -> Iterator[RenderableType]:
    """Return a row as lines: what is short beside its first cell where it fits, and below it what is long."""
    cells = [(column, _told(column, cell)) for column, cell in zip(columns[1:], row[1:], strict=True) if cell]
    short = Text("  ").join(glued(cell) for column, cell in cells if not column.wraps)
    line = joined([row[0], short], "  ")
    below = [short] if short and line.cell_len > width else []
    if row[0] if below else line:
        yield row[0] if below else line
    below += [cell for column, cell in cells if column.wraps]
    yield from (Padding(text, (0, 0, 0, GAP)) for text in below)


def _line(columns: Sequence[Column], row: Cells) -> Text:
    """Return a row as a line to hear: its label, then what belongs to it."""
    cells = [_told(column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell]
    told = joined((Text(", ").join(cell.split("\n")) for cell in cells), "; ")
    return joined([row[0], told], ": ")


def _told(column: Column, cell: Text) -> Text:
    return words(column.head, " ", cell) if column.head and not column.grows else cell


def longest_line(text: Text) -> int:
    """Return the columns of the screen that ``text`` takes if none of its lines is broken."""
    return text.cell_len if "\n" not in text.plain else max(line.cell_len for line in text.split("\n"))
