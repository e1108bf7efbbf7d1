"""Answers as rows of text: JSON Lines, CSV (RFC 4180), tab-separated values, and tables of GitHub Flavored Markdown.

CSV and tab-separated values are safe to open in a spreadsheet; in Markdown, all data is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View, json
from psfacts.render.rows import RECORD, Cell, Scalar, brief, cell_text, joined, tables, written
from psfacts.text.visible import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of cells that a spreadsheet may run as formulas, from OWASP's page on CSV injection."""

_EMPTY = '""'
"""A record with a single empty cell, since an empty line would not be a record."""

_QUOTED = re.compile(r'[",;\t\r\n]|^0[0-9]+$')
"""Cells to quote in CSV: those with a comma or another separator that LibreOffice uses by default.

So are codes such as 051, which LibreOffice keeps if set to treat quoted fields as text.
"""

_QUOTED_IN_TSV = re.compile(r'^"|[,;]"*[=+\-@＝＋－＠]')
"""Cells to quote in tab-separated values; all others stay plain for cut and awk.

A quotation mark in front, without which sqlite3 and others would take the next one for the end of the cell, lines away;
and what LibreOffice would make a formula of, parting cells at commas and semicolons too.
"""

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


def jsonl(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as one JSON object per row, with typed cells and lists.

    If it has several kinds of records, each row names its kind.
    """
    parts = tables(result, view.columns, silent=view.silent)
    named = len(parts) > 1 and not view.columns
    rows = ((part.record, dict(zip(part.columns, row, strict=True))) for part in parts for row in part.rows)
    return "".join(json.value({RECORD: record, **row} if named else row) for record, row in rows)


def csv(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as CSV: one table with a header, and CRLF line ends."""
    return "".join(csv_lines(*_table(result, view)))


def tsv(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as tab-separated values: one table with a header, and LF line ends."""
    return "".join(tsv_lines(*_table(result, view)))


def _table(result: Answer, view: View) -> tuple[Iterable[str], Sequence[tuple[Cell, ...]]]:
    table = joined(tables(result, view.columns, silent=view.silent), named=not view.columns)
    return table.columns, table.rows


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Return the header and one record per row, quoted where needed. Line feeds and tabs within cells are kept."""
    for row in chain([columns], rows):
        yield f"{','.join(map(_csv_cell, row)) or _EMPTY}\r\n"


def tsv_lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    r"""Return the header and one line per row. Tabs and line ends within cells become ``\t``, ``\n`` and ``\r``."""
    for row in chain([columns], rows):
        line = "\t".join(_quoted(visible(defused(cell)), _QUOTED_IN_TSV) for cell in row)
        yield f"{line or _EMPTY}\n"


def defused(cell: Cell) -> str:
    """Return ``cell`` as text: empty for ``None``, ISO 8601 for dates; an apostrophe defuses formulas.

    Numbers are never touched.
    """
    text = cell_text(cell)
    return f"'{text}" if isinstance(cell, str | tuple) and text.startswith(_FORMULA) else text


def _csv_cell(cell: Cell) -> str:
    text = "".join(part if part in ("\n", "\t") else visible(part) for part in re.split(r"([\n\t])", defused(cell)))
    return _quoted(text, _QUOTED) if isinstance(cell, str | tuple) else text


def _quoted(text: str, needed: re.Pattern[str]) -> str:
    """Return ``text`` quoted if it matches ``needed``; quotation marks in it are doubled."""
    return '"' + text.replace('"', '""') + '"' if needed.search(text) else text


def markdown(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as a table, or as one table with a heading for each kind of records."""
    parts = tables(result, view.columns, silent=view.silent)
    if not (view.columns or view.full):
        parts = tuple(brief(part, result.store) for part in parts)
    texts = ["".join(markdown_lines(part.columns, part.rows)) for part in parts]
    if len(parts) == 1:
        return texts[0]
    return "\n".join(f"## {part.title}\n\n{text}" for part, text in zip(parts, texts, strict=True) if part.rows)


def markdown_lines(columns: Iterable[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Return the lines of a table without empty columns."""
    every = [(name, [row[place] for row in rows]) for place, name in enumerate(columns)]
    shown = [(name, cells) for name, cells in every if any(cell not in (None, ()) for cell in cells)] or every
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


def _is_numeric(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell not in (None, ())]
    return bool(filled) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in filled)
