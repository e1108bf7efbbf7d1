"""Answers as tables of GitHub Flavored Markdown, with all data escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.rows import Cell, Scalar, brief, cell_text, tables, written
from psfacts.text.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
"""Characters that Markdown may interpret anywhere in a line."""

_LIVE = re.compile(r"@(?=\w)|#(?=\d)|:(?=[\w+-]+:)")
"""Characters that GitHub turns into mentions, references or pictures even when escaped."""

_BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+=-]))")
"""Beginnings of a text that Markdown may take for a heading or a list item."""

_NOTHING = "<!-- -->"
"""An empty comment, which is invisible and separates the text around it."""


class Markup(str):
    """Text that is already Markdown."""


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as a table, or as one table with a heading for each kind of records."""
    parts = tables(result, view.columns, silent=view.silent)
    if not (view.columns or view.full):
        parts = tuple(brief(part, result.store) for part in parts)
    texts = ["".join(lines(part.columns, part.rows)) for part in parts]
    if len(parts) == 1:
        return texts[0]
    return "\n".join(f"## {part.title}\n\n{text}" for part, text in zip(parts, texts, strict=True) if part.rows)


def lines(columns: Iterable[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Return the lines of a table without empty columns."""
    every = [(name, [row[place] for row in rows]) for place, name in enumerate(columns)]
    shown = [(name, cells) for name, cells in every if any(map(_is_filled, cells))] or every
    yield _line(name for name, _ in shown)
    yield _line("---:" if _is_numeric(cells) else "---" for _, cells in shown)
    yield from map(_line, zip(*([cell_text(cell, _text) for cell in cells] for _, cells in shown), strict=True))


def escaped(text: str) -> str:
    """Return ``text`` escaped for Markdown; line feeds become breaks."""
    shown = "\n".join(map(visible, text.split("\n")))
    literal = _BLOCK.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", shown))
    return _LIVE.sub(rf"\g<0>{_NOTHING}", literal).replace("\n", "<br>")


def _text(value: Scalar) -> str:
    return escaped(value) if isinstance(value, str) and not isinstance(value, Markup) else written(value)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _is_filled(cell: Cell) -> bool:
    return cell is not None and cell != ()


def _is_numeric(cells: Sequence[Cell]) -> bool:
    filled = [*filter(_is_filled, cells)]
    return bool(filled) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in filled)
