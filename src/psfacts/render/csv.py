"""Answers as CSV (RFC 4180) and as tab-separated values, safe to open in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.rows import Cell, cell_text, joined, tables
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


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as CSV: one table with a header, and CRLF line ends."""
    return "".join(lines(*_table(result, view)))


def tsv(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as tab-separated values: one table with a header, and LF line ends."""
    return "".join(tsv_lines(*_table(result, view)))


def _table(result: Answer, view: View) -> tuple[Iterable[str], Sequence[tuple[Cell, ...]]]:
    table = joined(tables(result, view.columns, silent=view.silent), named=not view.columns)
    return table.columns, table.rows


def lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
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
    is_text = isinstance(cell, str | tuple)
    return f"'{text}" if is_text and text.startswith(_FORMULA) else text


def _csv_cell(cell: Cell) -> str:
    text = "".join(part if part in ("\n", "\t") else visible(part) for part in re.split(r"([\n\t])", defused(cell)))
    return _quoted(text, _QUOTED) if isinstance(cell, str | tuple) else text


def _quoted(text: str, needed: re.Pattern[str]) -> str:
    """Return ``text`` quoted if it matches ``needed``; quotation marks in it are doubled."""
    return '"' + text.replace('"', '""') + '"' if needed.search(text) else text
