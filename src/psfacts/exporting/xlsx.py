"""A fact base as a workbook with sheets of facts, indicators, countries and errata; no cell is a formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import UsageError
from psfacts.exporting import sheets
from psfacts.hooks import Progress
from psfacts.render.rows import Cell, Scalar, Table, cell_text
from psfacts.render.sources import link
from psfacts.store.store import Store
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_SHEETS = ("facts", "indicators", "countries", "errata", "sources")

_LONGEST = 32_767
"""Maximum length of a cell (Excel specifications and limits)."""

_MOST_ROWS = 1_048_575
"""Maximum number of rows below the header of a sheet."""

_MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; longer numbers are written as text."""

_FIRST_DAY = date(1900, 3, 1)
"""First day written as a date: spreadsheets disagree about earlier ones, which are text."""

_WIDE = 60
"""Maximum width of a column."""

_OPTIONS = {
    **dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False),
    "default_format_properties": {"valign": "top"},
    "default_date_format": "yyyy-mm-dd",
}


def write(path: Path, store: Store, progress: Progress) -> None:
    """Write ``store`` to the file ``path``. Raises UsageError if it has more facts than a sheet has rows."""
    from xlsxwriter import Workbook

    if (count := len(store.facts)) > _MOST_ROWS:
        raise UsageError(f"a sheet has {_MOST_ROWS:,} rows, and the base has {count:,} facts", "export a .db")
    tables = sheets.tables(store, progress)
    links = {key: link(source) for source in store.sources for key in (source.id, source.url)}
    with Workbook(path, _OPTIONS) as workbook:
        workbook.set_properties({"title": "psfacts fact base", "comments": f"version {store.data_version}"})
        for name in _SHEETS:
            _add(workbook, tables[name], links)


def _add(workbook: Workbook, table: Table, links: Mapping[str, str]) -> None:
    """Add a sheet with the rows of ``table`` and a frozen header with filters; sources are linked by ``links``."""
    head = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"text_wrap": True, "num_format": "@"})
    sheet = workbook.add_worksheet(table.title)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        values = [_value(row[place]) for row in table.rows]
        longest = max(len(str(value)) for value in (column, *values))
        sheet.set_column(place, place, min(_WIDE, longest + 2))
        sheet.write_string(0, place, column, head)
        for row, value in enumerate(values, 1):
            address = links.get(str(value)) if column in ("source", "url") else None
            if not address or sheet.write_url(row, place, address, string=value):  # not done, as an error tells
                sheet.write(row, place, value, text if isinstance(value, str) else None)


def _value(cell: Cell) -> Scalar:
    """Return the value of a cell: numbers and dates if all programs agree about them, or else text."""
    match cell:
        case bool():
            return cell
        case int() | float() if len(str(cell).lstrip("-")) <= _MOST_DIGITS:
            return cell
        case date() if cell >= _FIRST_DAY:
            return cell
    shown = "\n".join(map(visible, cell_text(cell).split("\n")))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
