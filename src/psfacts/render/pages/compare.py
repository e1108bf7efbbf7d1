"""Countries side by side: indicators as columns, or countries as columns, or a block an indicator; whatever fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from psfacts.answers.compare import Comparison
from psfacts.render.pages.parts import LABEL, QUIET, columns, heading, joined, ledger, words
from psfacts.render.pages.series import LONGEST_BAR, SHORTEST_BAR, Series
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store
from psfacts.text.phrases import listed

_BARS = (*range(LONGEST_BAR, SHORTEST_BAR - 1, -1), 0)
"""Lengths of bars to try."""


def draw(comparison: Comparison, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the values, then for each indicator when they held, who says so and where, then who is silent."""
    sheet = Sheet(store, width, comparison.errata, comparison.locators)
    series = [Series.of(sheet, indicator, comparison.rows) for indicator in comparison.indicators]
    several = len({row.source for row in comparison.rows}) > 1
    names = [words((row.name, LABEL), (f" {row.source}" if several else "", QUIET)) for row in comparison.rows]
    shown = [one for each in series for one in each.found]
    if names:
        yield from _values(names, series, width)
    if comparison.silent:
        yield Text()
        yield words(f"The source gives no value for {listed([sheet.name(key) for key in comparison.silent])}.")
    elif not names:
        yield words("No values.")
    yield from sheet.foot(shown)


def _values(names: Sequence[Text], series: Sequence[Series], width: int) -> Iterator[RenderableType]:
    """Show all values in one table with its notes below, or an indicator after the other."""
    table = _crosswise(names, series, width) or _lengthwise(names, series, width)
    if not table:
        for one in series:
            yield from _block(names, one, width)
        return
    yield table
    if any(any(one.silent) for one in series):
        yield words(("– the source gives no value", QUIET))
    yield Text()
    yield ledger([(words(one.indicator.name), one.note()) for one in series if one.found], width)


def _lengthwise(names: Sequence[Text], series: Sequence[Series], width: int) -> Table | None:
    """Return a table with a column an indicator, with bars as long as there is room for; ``None`` without room."""
    titles = [Text(), *(_title(one) for one in series)]
    for bar in _BARS:
        if table := columns(titles, [names, *(one.texts(bar) for one in series)], width):
            return table
    return None


def _crosswise(names: Sequence[Text], series: Sequence[Series], width: int) -> Table | None:
    """Return a table with a column a country where these are fewer than the indicators and it fits, else ``None``."""
    if len(names) >= len(series):
        return None
    indicators = [words((one.indicator.name, LABEL)) for one in series]
    countries = zip(*(one.texts(unit=True) for one in series), strict=True)
    return columns([Text(), *names], [indicators, *map(list, countries)], width)


def _title(one: Series) -> Text:
    """Return a column's title, the unit of its numbers below it."""
    return Text("\n").join(
        [words(one.indicator.name), *([words((one.indicator.unit, QUIET))] if one.indicator.unit else [])]
    )


def _block(names: Sequence[Text], one: Series, width: int) -> Iterator[RenderableType]:
    """Show one indicator alone: a line a country that has a value, then the note."""
    yield heading(joined([one.indicator.name, one.indicator.unit or ""], ", "), width)
    if not one.found:
        yield words("The source gives no value.")
        return
    present = [name for name, cell in zip(names, one.cells, strict=True) if cell]
    only = one.without_gaps()
    for bar in _BARS:
        if table := columns([Text(), Text()], [present, only.texts(bar)], width):
            yield table
            break
    else:
        rows = [(name, [text]) for name, text in zip(present, only.texts(unit=True), strict=True)]
        yield ledger(rows, width, spaced=False)
    if absent := [name.plain for name, silent in zip(names, one.silent, strict=True) if silent]:
        yield words((f"no value for {listed(absent)}", QUIET))
    yield Text()
    yield from one.note()
