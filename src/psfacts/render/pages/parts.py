"""What tables and layouts share: styles, spacing, and one helper that goes from columns to stacked blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.panel import Panel
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from psfacts.text.visible import visible

QUIET = "dim"
STRONG = "bold"
LABEL = "cyan"
SAYS = "yellow"
VIEW = "magenta"
MARK = "red"
MATCH = "bold underline"

GAP = 2
"""Columns between two columns of a table."""

NARROW = 34
"""Width of a column of prose below which it goes under its label instead of beside it."""

Piece = str | Text | tuple[str, str]
"""Words, words with a style, or text already made."""

Body = Sequence[Text]
"""What belongs to a label: texts below each other."""


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


def joined(pieces: Iterable[Piece], between: str = " · ") -> Text:
    """Join those of ``pieces`` that are not empty."""
    return Text(between).join([text for text in map(words, pieces) if text])


def stacked(*pieces: Piece) -> Body:
    """Set those of ``pieces`` that are not empty below each other."""
    return [text for text in (one if isinstance(one, Text) else words(one) for one in pieces) if text]


def heading(title: Piece, width: int) -> Text:
    """Return the line that opens a section, with room around it."""
    head = words(title)
    head.stylize_before(STRONG)
    return words(Text("\n"), head, (f" {'─' * (width - head.cell_len - 1)}", QUIET), Text("\n"))


def card(title: Text, aside: Text, lines: Sequence[tuple[str, Text]], width: int) -> RenderableType:
    """Return the box that heads a page: a title, a few words on its right, and labelled lines that are not empty."""
    inner = width - 4
    room = inner - title.cell_len - aside.cell_len
    top = [words(title, " " * room, aside)] if room >= GAP else [title, aside]
    below = ledger([(words(label), [text]) for label, text in lines if text], inner, spaced=False, least=NARROW // 2)
    return Panel(Group(*top, below), box=box.ROUNDED, border_style=QUIET, padding=(0, 1), width=width)


def subheading(title: str) -> Text:
    """Return the line that opens a part of a section."""
    return words(Text("\n"), (title, STRONG), Text("\n"))


@dataclass(frozen=True)
class Ledger:
    """Labels with what belongs to each: beside it, or below it where there is too little room.

    It is laid out line by line, since most of a page is ledgers, and a table of rich's takes three times as long.
    """

    rows: Sequence[tuple[Text, Body]]
    """Labels, and what belongs to each."""

    label: int
    """Columns for the labels; 0 sets them above."""

    rest: int
    """Columns for what belongs to them."""

    spaced: bool
    """Whether an empty line follows each row."""

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> RenderResult:
        """Return the lines, none longer than there is room for."""
        for title, body in self.rows:
            label = title.copy()
            label.stylize_before(LABEL)
            yield from self._beside(label, body, console) if self.label else self._below(label, body, console)
            if self.spaced:
                yield Segment.line()

    def _beside(self, label: Text, body: Body, console: Console) -> RenderResult:
        lines = zip_longest(_wrapped([label], self.label, console), _wrapped(body, self.rest, console))
        for left, right in lines:
            if left:
                yield from _drawn(left, console)
            if right:
                yield Segment(" " * (self.label + GAP - (left.cell_len if left else 0)))
                yield from _drawn(right, console)
            yield Segment.line()

    def _below(self, label: Text, body: Body, console: Console) -> RenderResult:
        indent = GAP if label else 0
        for line in _wrapped([label], self.rest, console) if label else ():
            yield from _drawn(line, console)
            yield Segment.line()
        for line in _wrapped(body, self.rest - indent, console):
            yield Segment(" " * indent)
            yield from _drawn(line, console)
            yield Segment.line()


def _drawn(line: Text, console: Console) -> Iterable[Segment]:
    return line.render(console) if console.color_system else [Segment(line.plain)]


def _wrapped(texts: Iterable[Text], width: int, console: Console) -> Iterator[Text]:
    for text in texts:
        if text.cell_len <= width and "\n" not in text.plain:
            yield text
        else:
            yield from text.wrap(console, width, overflow="fold")


def ledger(
    rows: Sequence[tuple[Text, Body]],
    width: int,
    label: int | None = None,
    spaced: bool = True,
    least: int = NARROW,
) -> Ledger:
    """Lay out labels with what belongs to each: beside it, or below it where less than ``least`` columns are left.

    ``label`` is the width of the labels, by default what the longest takes, up to a third of ``width``; ``spaced``
    leaves an empty line after each row.
    """
    longest = max((title.cell_len for title, _ in rows), default=0)
    beside = min(longest, width // 3) if label is None else label
    if not longest or width - beside - GAP < least:
        return Ledger(rows, 0, width, spaced)
    return Ledger(rows, beside, width - beside - GAP, spaced)


def columns(titles: Sequence[Text], cells: Sequence[Sequence[Text]], width: int) -> Table | None:
    """Return a table with a line under the titles, which wrap if they must; ``None`` if it does not fit."""
    for narrowest in (_longest_line, _longest_word):
        widths = [
            max([narrowest(title), *map(_longest_line, column)]) for title, column in zip(titles, cells, strict=True)
        ]
        if sum(widths) + GAP * (len(widths) - 1) <= width:
            return _table(titles, cells, widths)
    return None


def _table(titles: Sequence[Text], cells: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=any(titles),
        border_style=QUIET,
        header_style=STRONG,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for title, wide in zip(titles, widths, strict=True):
        table.add_column(title, width=wide, vertical="bottom", overflow="fold")
    for row in zip(*cells, strict=True):
        table.add_row(*row)
    return table


def _longest_line(text: Text) -> int:
    return text.cell_len if "\n" not in text.plain else max(line.cell_len for line in text.split())


def _longest_word(text: Text) -> int:
    return max((cell_len(word) for word in text.plain.split()), default=0)
