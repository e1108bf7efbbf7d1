"""Answers as Markdown: the tables of GitHub Flavored Markdown, with every word of the data as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.rows import Cell, Scalar, Table, tables, written
from psfacts.render.rows.columns import brief
from psfacts.text.visible import visible

SEPARATOR = "; "
"""Stands between the items of a list in a cell."""

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
"""What Markdown, in any place of a line, may take for more than text."""

_LIVE = re.compile(r"@(?=\w)|#(?=\d)|:(?=[\w+-]+:)")
"""What GitHub makes a mention, a reference or a picture of, even where it is escaped."""

_BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+=-]))")
"""What Markdown, at the beginning of a text, may take for a heading or an item of a list."""

_NOTHING = "<!-- -->"
"""A comment: shows nothing, and parts what stands around it."""


class Markup(str):
    """Text that is Markdown already."""


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as a table, or, where it holds several sorts of records, as a table each under its heading."""
    parts = tables(result, view.columns, silent=view.silent)
    if not (view.columns or view.full):
        parts = tuple(brief(part, result.store) for part in parts)
    if len(parts) == 1:
        return "".join(lines(parts[0]))
    return "\n".join(f"## {part.title}\n\n{''.join(lines(part))}" for part in parts if part.rows)


def lines(table: Table) -> Iterator[str]:
    """Return the lines of ``table``; a column in which nothing stands is left out."""
    shown = [place for place in range(len(table.columns)) if any(_is_filled(row[place]) for row in table.rows)]
    shown = shown or list(range(len(table.columns)))
    yield _line(table.columns[place] for place in shown)
    yield _line("---:" if _is_numeric(table, place) else "---" for place in shown)
    for row in table.rows:
        yield _line(cell_text(row[place]) for place in shown)


def cell_text(cell: Cell) -> str:
    """Return ``cell`` as it stands in a table: nothing for ``None``, dates in ISO 8601."""
    return SEPARATOR.join(map(_text, cell)) if isinstance(cell, tuple) else _text(cell)


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is; line feeds become breaks."""
    shown = "\n".join(map(visible, text.split("\n")))
    literal = _BLOCK.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", shown))
    return _LIVE.sub(rf"\g<0>{_NOTHING}", literal).replace("\n", "<br>")


def _text(one: Scalar) -> str:
    return escaped(one) if isinstance(one, str) and not isinstance(one, Markup) else written(one)


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _is_filled(cell: Cell) -> bool:
    return cell is not None and cell != ()


def _is_numeric(table: Table, place: int) -> bool:
    cells = [row[place] for row in table.rows if _is_filled(row[place])]
    return bool(cells) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
