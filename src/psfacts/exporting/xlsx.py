"""A fact base as a workbook: facts, indicators, countries and errata, a sheet each; nothing in it is a formula."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import UsageError
from psfacts.exporting import sheets
from psfacts.render.csv import SEPARATOR
from psfacts.render.rows import Cell, Table, written
from psfacts.store.store import Store
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters that a cell takes (Excel specifications and limits)."""

_MOST_ROWS = 1_048_575
"""Rows below the head that a sheet takes."""

_MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; longer ones are text."""

_FIRST_DAY = date(1900, 3, 1)
"""Days before it are text: spreadsheets disagree about them."""

_WIDE = 60
_NARROW = 10


def require() -> None:
    """Raise UsageError where XlsxWriter is not installed."""
    try:
        import xlsxwriter  # noqa: F401 -- only whether it is there
    except ImportError:
        message = "a workbook needs XlsxWriter, which is not installed"
        raise UsageError(message, "pip install 'psfacts[xlsx]'") from None


def write(path: Path, store: Store, progress: Callable[[int, int], None]) -> None:
    """Write ``store`` to the file ``path``. Raises UsageError where it has more facts than a sheet has rows."""
    from xlsxwriter import Workbook

    if len(store.facts) > _MOST_ROWS:
        raise UsageError(
            f"a sheet has {_MOST_ROWS:,} rows, and the base has {len(store.facts):,} facts", "export a .db"
        )
    options = {"in_memory": False, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with Workbook(path, options) as workbook:
        workbook.set_properties({"title": "psfacts fact base", "comments": f"version {store.data_version}"})
        workbook.set_calc_mode("manual")
        made = _Sheets(workbook, {source.id: source.url for source in store.sources})
        for table in (
            sheets.facts(store),
            sheets.all_indicators(store),
            sheets.countries(store),
            sheets.all_errata(store),
        ):
            made.add(table)
        made.add(sheets.sources(store))
        progress(len(store.facts), len(store.facts))


class _Sheets:
    """Adds tables to a workbook."""

    def __init__(self, workbook: Workbook, links: dict[str, str]) -> None:
        self._workbook = workbook
        self._links = links
        self._head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self._number = workbook.add_format({"valign": "top"})

    def add(self, table: Table) -> None:
        """Add a sheet with the rows of ``table`` under a frozen head with filters."""
        sheet = self._workbook.add_worksheet(table.title)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for place, column in enumerate(table.columns):
            longest = max((len(_text(row[place])) for row in table.rows), default=0)
            sheet.set_column(place, place, max(_NARROW, min(_WIDE, max(longest, len(column)) + 1)))
            sheet.write_string(0, place, column, self._head)
        for number, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                self._write(sheet, number, place, table.columns[place], cell)

    def _write(self, sheet: Worksheet, row: int, place: int, column: str, cell: Cell) -> None:
        match cell:
            case None | ():
                return
            case bool():
                sheet.write_boolean(row, place, cell, self._number)
            case int() | float() if len(str(cell).lstrip("-")) <= _MOST_DIGITS:
                sheet.write_number(row, place, cell, self._number)
            case date() if cell >= _FIRST_DAY:
                sheet.write_datetime(row, place, cell, self._day)
            case _:
                self._write_text(sheet, row, place, column, _text(cell), self._text)

    def _write_text(self, sheet: Worksheet, row: int, place: int, column: str, text: str, form: Format) -> None:
        address = text if column == "url" else self._links.get(text, "") if column == "source" else ""
        if address.startswith(("http://", "https://")) and sheet.write_url(row, place, address, string=text) == 0:
            return
        sheet.write_string(row, place, text, form)


def _text(cell: Cell) -> str:
    words = SEPARATOR.join(map(written, cell)) if isinstance(cell, tuple) else written(cell)
    shown = "\n".join(map(visible, words.split("\n")))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
