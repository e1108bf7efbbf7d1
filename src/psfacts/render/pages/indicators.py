"""The list of what can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.indicators import Indicators, IndicatorSummary
from psfacts.render.pages.layout import Page, way
from psfacts.render.pages.parts import STRONG, joined, stacked, words
from psfacts.render.pages.tables import Cells, Column
from psfacts.text.phrases import counted


def draw(indicators: Indicators, page: Page) -> Iterator[RenderableType]:
    """Show an indicator a line, with what its values are and who has one; then those for which nobody has."""
    found = [one for one in indicators.indicators if one.subjects]
    without = [one.id for one in indicators.indicators if not one.subjects]
    yield from page.head("Indicators", counted(len(indicators.indicators), "indicator"))
    if page.full:
        yield from page.rule()
        yield from page.table(
            [Column(), Column(wraps=24, grows=True)], [_in_full(one) for one in indicators.indicators]
        )
    else:
        yield from page.table(_COLUMNS, [_row(page, one) for one in found])
        if without:
            yield words("No values: ", ", ".join(without))
    example = sorted(found, key=lambda one: not one.unit)[:1]
    ways = [way("values", f"psfacts compare {one.id}") for one in example]
    yield from page.foot(*ways, *([] if page.full else [way("descriptions and aliases", "--full")]))


_COLUMNS = (Column("Id"), Column("Indicator", wraps=24, grows=True), Column("Countries", wraps=12))


def _row(page: Page, one: IndicatorSummary) -> Cells:
    unit = f", {one.unit}" if one.unit else ""
    return words((one.id, STRONG)), words(one.name, unit), words(" ".join(map(page.code, one.subjects)))


def _in_full(one: IndicatorSummary) -> Cells:
    """Return an indicator with its description, its values, who has one, and its other names."""
    count = "1 country" if one.countries == 1 else f"{one.countries} countries"
    aliases = f"also: {', '.join(one.aliases)}" if one.aliases else ""
    head = joined([(one.name, STRONG), one.unit or ", ".join(one.categories), count])
    return words((one.id, STRONG)), Text("\n").join(stacked(head, one.description, aliases))
