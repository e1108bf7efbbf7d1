"""One indicator's values in a comparison, as cells of text with bars.

What all of the values share, the period and who says so, is told once in a note; where they differ, each cell tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from psfacts.answers.compare import Row
from psfacts.model import Id, Indicator, Observation
from psfacts.render.pages.parts import LABEL, QUIET, Body, Piece, joined, stacked, words
from psfacts.render.pages.sheet import Sheet, time
from psfacts.text.amounts import amount, digits

SHORTEST_BAR = 8
LONGEST_BAR = 40

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


@dataclass(frozen=True)
class Series:
    """The values of one indicator, one a row.

    A row without one is ``silent`` where the source has none for its country; else another row of it has one.
    """

    sheet: Sheet
    indicator: Indicator
    cells: tuple[Observation | None, ...]
    silent: tuple[bool, ...]

    @classmethod
    def of(cls, sheet: Sheet, indicator: Indicator, rows: Sequence[Row]) -> Series:
        """Take the values of ``indicator`` out of the rows of a comparison."""
        told = {row.country for row in rows if row.values[indicator.id]}
        cells = tuple(row.values[indicator.id] for row in rows)
        return cls(sheet, indicator, cells, tuple(row.country not in told for row in rows))

    def without_gaps(self) -> Series:
        """Return the same values alone."""
        return Series(self.sheet, self.indicator, self.found, (False,) * len(self.found))

    @property
    def found(self) -> tuple[Observation, ...]:
        """The values that there are."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def shares_period(self) -> bool:
        """Whether all values hold for the same time."""
        return len({one.when for one in self.found}) == 1

    @property
    def shares_says(self) -> bool:
        """Whether all values have the same one behind them."""
        return len({(one.standing, one.asserted_by) for one in self.found}) == 1

    def note(self) -> Body:
        """Return what all values share, and quietly which facts they are and where these stand."""
        found = self.found
        shared: list[Piece] = [time(found[0].when)] if found and self.shares_period else []
        shared += [self.sheet.says(found[0])] if found and self.shares_says else []
        return stacked(*([joined(shared)] if shared else []), *self._places())

    def _places(self) -> Iterator[Text]:
        ids: dict[str, list[Id]] = {}
        for one in self.found:
            ids.setdefault(self.sheet.place(one.id), []).append(one.id)
        for place, here in ids.items():
            yield words((f"{place}: {', '.join(here)}", QUIET))

    def texts(self, bar: int = 0, unit: bool = False) -> list[Text]:
        """Return the cells, with bars of up to ``bar`` columns; with the ``unit`` or with numbers flush right."""
        values = [self._value(one, unit) for one in self.found]
        flush = max((value.cell_len for value in values), default=0)
        texts = iter([self._text(one, value, flush, bar) for one, value in zip(self.found, values, strict=True)])
        return [
            next(texts) if cell else words(("–" if silent else "", QUIET))
            for cell, silent in zip(self.cells, self.silent, strict=True)
        ]

    def _value(self, one: Observation, unit: bool) -> Text:
        """Return a value with its marks, a number without its unit ending flush with the others."""
        if unit or isinstance(one.value, str):
            return words(amount(one.value, self.indicator), self.sheet.marks(one.errata))
        flush = max(len(digits(other.value)) for other in self.found if not isinstance(other.value, str))
        return words(digits(one.value).rjust(flush), self.sheet.marks(one.errata))

    def _text(self, one: Observation, value: Text, flush: int, bar: int) -> Text:
        apart = [] if self.shares_period else [time(one.when)]
        told = joined([*apart, *([] if self.shares_says else [self.sheet.says(one)])])
        drawn = self._bar(one.value, bar) if bar and not isinstance(one.value, str) else ""
        text = value.copy()
        if told or drawn:
            text.pad_right(flush - value.cell_len)
        if told and drawn:
            drawn = drawn.ljust(bar)
        return Text("  ").join(part for part in (text, words((drawn, LABEL)), told) if part)

    def _bar(self, value: float, bar: int) -> str:
        """Draw ``value`` to the scale on which the largest takes ``bar`` columns, in eighths of a column."""
        largest = max(one.value for one in self.found if not isinstance(one.value, str))
        if len(self.found) == 1 or not 0 < value <= largest < 2**1000:
            return ""
        eighths = max(1, round(8 * bar * (value / largest)))
        return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]
