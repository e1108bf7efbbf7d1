"""The list of countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from psfacts.answers.countries import Countries, CountrySummary
from psfacts.render.pages.country import iso_codes, membership_words
from psfacts.render.pages.parts import GAP, LABEL, heading, ledger, stacked, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store

_FLEXIBLE = 3
"""Number of the column that wraps where there is too little room: the memberships."""

_LEAST = 18
"""Width below which that column is too narrow to read."""


def draw(countries: Countries, store: Store, width: int) -> Iterator[RenderableType]:
    """Show a line a country under the narrowest region that it belongs to."""
    sheet = Sheet(store, width)
    names = {region.id: region.name for region in countries.regions}
    rows = {one.id: _cells(sheet, one) for one in countries.countries}
    widths = _widths(list(rows.values()), width)
    for region, group in groupby(countries.countries, key=lambda one: one.regions[:1]):
        yield heading(names[region[0]] if region else "Elsewhere", width)
        cells = [rows[one.id] for one in group]
        yield _grid(cells, widths) if widths else _blocks(cells, width)
    if not countries.countries:
        yield words("No countries.")


def _cells(sheet: Sheet, one: CountrySummary) -> list[Text]:
    count = f"{one.facts} fact" if one.facts == 1 else f"{one.facts} facts"
    return [
        words((one.name, LABEL)),
        iso_codes(one.iso),
        words(one.capital or ""),
        membership_words(sheet, one.memberships),
        words(count),
    ]


def _widths(rows: Sequence[Sequence[Text]], width: int) -> list[int]:
    """Return the columns' widths; none where the room is too narrow for columns."""
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    if not widths:
        return []
    wanted = widths[_FLEXIBLE]
    widths[_FLEXIBLE] = min(wanted, width - sum(widths) + wanted - GAP * (len(widths) - 1))
    return widths if widths[_FLEXIBLE] >= min(wanted, _LEAST) else []


def _grid(rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> RenderableType:
    table = Table.grid(padding=(0, GAP, 0, 0))
    for number, wide in enumerate(widths):
        last = number == len(widths) - 1
        table.add_column(width=wide, justify="right" if last else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _blocks(rows: Sequence[Sequence[Text]], width: int) -> RenderableType:
    return ledger([(row[0], stacked(*row[1:])) for row in rows], width)
