"""The list of what can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from psfacts.answers.indicators import Indicators, IndicatorSummary
from psfacts.render.pages.parts import QUIET, STRONG, Body, joined, ledger, stacked, words
from psfacts.store.store import Store


def draw(indicators: Indicators, _store: Store, width: int) -> Iterator[RenderableType]:
    """Show each indicator's id, name, what its values are, and for how many countries there are any."""
    yield ledger([(words(one.id), _body(one)) for one in indicators.indicators], width)
    if not indicators.indicators:
        yield words("No indicators.")


def _body(one: IndicatorSummary) -> Body:
    values = one.unit or ", ".join(one.categories)
    count = "1 country" if one.countries == 1 else f"{one.countries} countries"
    return stacked(
        joined([(one.name, STRONG), values, count]),
        one.description,
        (f"also: {', '.join(one.aliases)}" if one.aliases else "", QUIET),
    )
