"""Answers as CSV (RFC 4180) and as tab-separated values, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.rows import Cell, Table, joined, tables, written
from psfacts.text.visible import visible

SEPARATOR = "; "
"""Stands between the items of a list in a cell."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell starts with that a spreadsheet may run, after OWASP's page on CSV injection."""


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as CSV: one table, its lines ended by CRLF, the names of the columns first."""
    table = _table(result, view)
    return "".join(lines(table.columns, table.rows))


def tsv(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as tab-separated values: one table, its lines ended by LF, the names of the columns first."""
    table = _table(result, view)
    return "".join(tsv_lines(table.columns, table.rows))


def _table(result: Answer, view: View) -> Table:
    return joined(tables(result, view.columns, silent=view.silent), named=not view.columns)


def lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Return the header and a record a row, quoted where they need it. Line feeds and tabs within cells stay."""
    for row in chain([columns], (map(_csv_cell, row) for row in rows)):
        buffer = StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        yield buffer.getvalue()


def tsv_lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    r"""Return the header and a line a row. Tabs and line ends within cells are written ``\t``, ``\n`` and ``\r``."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(visible(defused(cell)) for cell in row) + "\n"


def defused(cell: Cell) -> str:
    """Return ``cell`` as text: nothing for ``None``, dates in ISO 8601; formulas after an apostrophe.

    Numbers are never touched.
    """
    text = SEPARATOR.join(map(written, cell)) if isinstance(cell, tuple) else written(cell)
    is_text = isinstance(cell, str | tuple)
    return f"'{text}" if is_text and text.startswith(_FORMULA) else text


def _csv_cell(cell: Cell) -> str:
    return "".join(part if part in ("\n", "\t") else visible(part) for part in re.split(r"([\n\t])", defused(cell)))
