"""One indicator's values in a comparison, as cells.

What all of the values share, the time, who says so and the doubts, is told once; where they differ, each cell tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.text import Text

from psfacts.answers.compare import Row
from psfacts.model import Id, Indicator, Observation
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import STRONG, TONE, Piece, glued, joined, stacked, words
from psfacts.render.pages.tables import Cells
from psfacts.text.amounts import MILLION, amount, digits

Line = tuple[Text, Cells]
"""A label, and a cell a country."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


@dataclass(frozen=True)
class Series:
    """The values of one indicator, one a row.

    A row without one is ``silent`` where the source has none for its country; else another row of it has one.
    """

    page: Page
    indicator: Indicator
    cells: tuple[Observation | None, ...]
    silent: tuple[bool, ...]

    @classmethod
    def of(cls, page: Page, indicator: Indicator, rows: Sequence[Row]) -> Series:
        """Take the values of ``indicator`` out of the rows of a comparison."""
        told = {row.country for row in rows if row.values[indicator.id]}
        cells = tuple(row.values[indicator.id] for row in rows)
        return cls(page, indicator, cells, tuple(row.country not in told for row in rows))

    @cached_property
    def found(self) -> tuple[Observation, ...]:
        """The values that there are."""
        return tuple(cell for cell in self.cells if cell)

    @cached_property
    def _shares_time(self) -> bool:
        return len({fact.when for fact in self.found}) == 1

    @cached_property
    def _shares_speaker(self) -> bool:
        return len({(fact.standing, fact.asserted_by) for fact in self.found}) == 1

    @cached_property
    def _shared_errata(self) -> set[Id]:
        return set.intersection(*(set(fact.errata) for fact in self.found))

    @cached_property
    def title(self) -> Text:
        """The name of the indicator, with the marks that all values share."""
        shared = [key for key in self.found[0].errata if key in self._shared_errata]
        return self.page.marked(words((self.indicator.name, STRONG)), *self.found, errata=shared)

    @cached_property
    def measure(self) -> Text:
        """The unit, and the time that all values hold for."""
        time = glued(self.page.brief_time(self.found[0])) if self._shares_time else ""
        return joined([self.indicator.unit or "", time], ", ")

    @cached_property
    def speaker(self) -> Text:
        """Who stands behind all values, where they are not plainly reported."""
        return self.page.unless_reported(self.found[0]) if self._shares_speaker else Text()

    @cached_property
    def label(self) -> Text:
        """The indicator with all that its values share."""
        return joined([self.title, self.measure, self.speaker])

    def told(self, fact: Observation) -> Text:
        """Return the time and who says so, as far as the values differ in it."""
        time = "" if self._shares_time else glued(self.page.brief_time(fact))
        return joined([time, "" if self._shares_speaker else self.page.unless_reported(fact)])

    def value(self, fact: Observation, *, unit: bool = False) -> Text:
        """Return a value with its own marks, and with its ``unit`` where that stands nowhere else."""
        if unit or isinstance(fact.value, str):
            return self.own(fact, amount(fact.value, self.indicator))
        return self.own(fact, digits(fact.value))

    def own(self, fact: Observation, piece: Piece) -> Text:
        """Return ``piece`` with the marks of a value that not all share."""
        return self.page.marked(piece, fact, errata=[key for key in fact.errata if key not in self._shared_errata])

    def texts(self) -> list[Text]:
        """Return the cells: values with what they differ in below them, a dash where the source is silent."""
        return [
            Text("\n").join(stacked(self.value(fact), self.told(fact))) if fact else words("–" if silent else "")
            for fact, silent in zip(self.cells, self.silent, strict=True)
        ]

    def by_category(self) -> dict[str, list[int]]:
        """Return the places of the rows that have each category, the categories in their order."""
        found: dict[str, list[int]] = {category: [] for category in self.indicator.categories}
        for place, fact in enumerate(self.cells):
            if fact:
                found[str(fact.value)].append(place)
        return {category: places for category, places in found.items() if places}

    def matrix(self) -> list[Text | Line]:
        """Return the cells in as little room as can be: a line for numbers, a line a category to tick it off."""
        dashes = [words("–" if silent else "") for silent in self.silent]
        if self.indicator.unit:
            return [
                (
                    self.label,
                    [self._compact(fact) if fact else dash for fact, dash in zip(self.cells, dashes, strict=True)],
                )
            ]
        ticked: dict[tuple[str, str], list[Text]] = {}
        labels: dict[tuple[str, str], Text] = {}
        for category, places in self.by_category().items():
            for place in places:
                fact = self.cells[place]
                if fact:
                    more = self.told(fact)
                    labels[category, more.plain] = joined([category, more])
                    ticked.setdefault((category, more.plain), dashes.copy())[place] = self.own(fact, ("✓", TONE))
        if len(ticked) == 1:
            ((key, ticks),) = ticked.items()
            return [(joined([words(self.title, ": ", labels[key]), self.measure, self.speaker]), ticks)]
        return [self.label, *((words("  ", labels[key]), ticks) for key, ticks in ticked.items())]

    def _compact(self, fact: Observation) -> Text:
        """Return a number in few columns of the screen, ``4.5m``, with what it does not share below it."""
        value = self.value(fact)
        if isinstance(fact.value, int) and MILLION // 10 <= fact.value < 1000 * MILLION and not fact.value % 10_000:
            value = self.own(fact, f"{fact.value / MILLION:.2f}".rstrip("0").rstrip(".") + "m")
        return Text("\n").join(stacked(value, self.told(fact)))

    def bar(self, fact: Observation, length: int) -> Text:
        """Draw a number to the scale on which the largest takes ``length`` columns, in eighths of a column."""
        numbers = [other.value for other in self.found if not isinstance(other.value, str)]
        value, largest = fact.value, max(numbers, default=0)
        if isinstance(value, str) or len(numbers) == 1 or not 0 < value <= largest < 2**1000:
            return Text()
        eighths = max(1, round(8 * length * (value / largest)))
        return words(("█" * (eighths // 8) + _EIGHTHS[eighths % 8], TONE))
