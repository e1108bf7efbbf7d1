"""The page of a comparison: bars, categories, or a table in whichever form fits.

The time, speaker and doubts that all values of an indicator share are shown once; where they differ, each cell
has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.compare import Comparison, Row
from psfacts.model import Indicator, Observation
from psfacts.render.pages import facts
from psfacts.render.pages.layout import BODY, PAIR, Page, way
from psfacts.render.pages.parts import GAP, STRONG, TONE, Piece, after, glued, joined, stacked, words
from psfacts.render.pages.tables import Cells, Column, Lines, fitted, longest_line
from psfacts.text.amounts import MILLION, amount, digits
from psfacts.text.phrases import counted, listed

SHORTEST_BAR = 8
"""Minimum length of the longest bar, in columns; below it, no bars are drawn."""

FEW = 2
"""Maximum number of indicators or countries in the title of a page."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def compare(comparison: Comparison, page: Page) -> Lines:
    """Show the values, each with its time and speaker, then what has no values."""
    every, rows = comparison.indicators, comparison.rows
    told = [indicator for indicator in every if any(row.values[indicator.id] for row in rows)]
    found = [_Series(page, indicator, rows) for indicator in told]
    names = [indicator.name for indicator in told]
    if not found:
        yield from page.head(listed([indicator.name for indicator in every]) or "No indicators")
    elif len(every) == 1:
        yield from page.head(found[0].title, found[0].measure, found[0].speaker)
        if not found[0].indicator.unit:
            yield words(found[0].indicator.description)
        yield from page.rule()
        yield from _alone(comparison, found[0])
    else:
        places = _places(comparison, page)
        yield from page.head(
            *((listed(names), places) if len(found) <= FEW else (places, counted(len(found), "indicator")))
        )
        yield from _together(comparison, page, found)
    without = [indicator.name for indicator in every if told and indicator not in told]
    for absent in ([page.name(key) for key in comparison.silent], without):
        if absent:
            yield Text()
            many = f"{len(absent)}: " if len(absent) > 1 else ""
            yield words(f"No value in the source for {many}{', '.join(absent)}")
    for series in found if page.full else ():
        yield from page.section(series.indicator.name)
        yield from (words(series.indicator.description), Text())
        values = [(fact, page.name(fact.subject), facts.value(page, fact)) for fact in series.found]
        yield from page.rows([facts.row(page, *parts) for parts in values])
    dashes = not page.view.spoken and len(found) > 1 and any(any(series.dashes) for series in found)
    pictures = [way("picture", f"-o {series.indicator.id}.svg") for series in found if len(every) == 1]
    signs = [words("– no value in the source")] if dashes else []
    yield from page.foot(*pictures, way("data", "--format csv"), signs=signs)


def _places(comparison: Comparison, page: Page) -> str:
    """Return the countries in words: a few by name, more as their region or their number."""
    countries = dict.fromkeys([*(row.country for row in comparison.rows), *comparison.silent])
    if len(countries) <= FEW:
        return listed([page.name(key) for key in countries])
    regions = (entity.name for entity in page.store.entities if set(entity.members) == set(countries))
    return next(regions, counted(len(countries), "country"))


class _Series:
    """The values of one indicator, one per row."""

    def __init__(self, page: Page, indicator: Indicator, rows: Sequence[Row]) -> None:
        self.page = page
        self.indicator = indicator
        self.cells = [row.values[indicator.id] for row in rows]
        self.found = [fact for fact in self.cells if fact]
        # A row without a value is one on which the source is silent, unless another row of its country has one.
        told = {row.country for row, fact in zip(rows, self.cells, strict=True) if fact}
        self.dashes = [words("" if row.country in told else "–") for row in rows]
        self._shares_time = len({fact.when for fact in self.found}) == 1
        self._shares_speaker = len({(fact.standing, fact.asserted_by) for fact in self.found}) == 1
        self._shared = [key for key in self.found[0].errata if all(key in fact.errata for fact in self.found)]
        time = glued(page.brief_time(self.found[0])) if self._shares_time else ""
        self.measure = joined([indicator.unit or "", time], ", ")
        self.speaker = page.unless_reported(self.found[0]) if self._shares_speaker else Text()

    @cached_property
    def title(self) -> Text:
        """The name of the indicator, with the marks that all values share."""
        return self.page.marked((self.indicator.name, STRONG), *self.found, errata=self._shared)

    @cached_property
    def label(self) -> Text:
        """The indicator with everything that its values share."""
        return joined([self.title, self.measure, self.speaker])

    def told(self, fact: Observation) -> Text:
        """Return the time and the speaker, as far as they differ between values."""
        time = "" if self._shares_time else glued(self.page.brief_time(fact))
        return joined([time, "" if self._shares_speaker else self.page.unless_reported(fact)])

    def value(self, fact: Observation, *, unit: bool = False) -> Text:
        """Return a value with its own marks, and with its ``unit`` if shown nowhere else."""
        if unit or isinstance(fact.value, str):
            return self.own(fact, amount(fact.value, self.indicator))
        return self.own(fact, digits(fact.value))

    def own(self, fact: Observation, piece: Piece) -> Text:
        """Return ``piece`` with the marks that are not common to all values."""
        return self.page.marked(piece, fact, errata=[key for key in fact.errata if key not in self._shared])

    def texts(self) -> list[Text]:
        """Return the cells: values with their differences below them, or a dash where the source is silent."""
        return [
            Text("\n").join(stacked(self.value(fact), self.told(fact))) if fact else dash
            for fact, dash in zip(self.cells, self.dashes, strict=True)
        ]

    def by_category(self) -> dict[str, list[tuple[int, Observation]]]:
        """Return the positions of the rows with each category, in the order of categories."""
        found: dict[str, list[tuple[int, Observation]]] = {category: [] for category in self.indicator.categories}
        for place, fact in enumerate(self.cells):
            if fact:
                found[str(fact.value)].append((place, fact))
        return {category: rows for category, rows in found.items() if rows}

    def matrix(self) -> list[Text | Cells]:
        """Return the cells in compact form: one line for numbers, or one line of ticks per category."""
        if self.indicator.unit:
            cells = zip(self.cells, self.dashes, strict=True)
            return [[self.label, *(self._compact(fact) if fact else dash for fact, dash in cells)]]
        ticked: dict[str, list[Text]] = {}
        for category, rows in self.by_category().items():
            for place, fact in rows:
                label = joined([category, self.told(fact)])
                ticked.setdefault(label.plain, [label, *self.dashes])[place + 1] = self.own(fact, ("✓", TONE))
        if len(ticked) == 1:
            ((label, *ticks),) = ticked.values()
            return [[joined([words(self.title, ": ", label), self.measure, self.speaker]), *ticks]]
        return [self.label, *([words("  ", label), *ticks] for label, *ticks in ticked.values())]

    def _compact(self, fact: Observation) -> Text:
        """Return a number in short form, ``4.5m``, with what it does not share below it."""
        value = self.value(fact)
        if isinstance(fact.value, int) and MILLION // 10 <= fact.value < 1000 * MILLION and not fact.value % 10_000:
            value = self.own(fact, f"{fact.value / MILLION:.2f}".rstrip("0").rstrip(".") + "m")
        return Text("\n").join(stacked(value, self.told(fact)))

    def bar(self, fact: Observation, length: int) -> Text:
        """Draw a bar to scale, in eighths of a column; the largest number takes ``length`` columns."""
        numbers = [other.value for other in self.found if not isinstance(other.value, str)]
        value, largest = fact.value, max(numbers, default=0)
        if isinstance(value, str) or len(numbers) == 1 or not 0 < value <= largest < 2**1000:
            return Text()
        eighths = max(1, round(8 * length * (value / largest)))
        return words(("█" * (eighths // 8) + _EIGHTHS[eighths % 8], TONE))


def _names(comparison: Comparison) -> list[str]:
    """Return the names of the rows, with their sources if these differ."""
    several = len({row.source for row in comparison.rows}) > 1
    return [f"{row.name} {row.source}" if several else row.name for row in comparison.rows]


def _alone(comparison: Comparison, series: _Series) -> Lines:
    """Show one indicator: numbers with bars if there is room, or categories with their countries."""
    page, names = series.page, _names(comparison)
    if not series.indicator.unit:
        lines = []
        for category, rows in series.by_category().items():
            told = [(series.own(fact, names[place]), series.told(fact)) for place, fact in rows]
            having = joined((after(name, words("(", more, ")") if more else more, " ") for name, more in told), ", ")
            lines.append((f"{category} ({len(rows)})", having))
        yield from page.table(PAIR, lines)
        return
    cells = [
        (words(name), series.value(fact, unit=page.view.spoken), series.told(fact))
        for name, fact in zip(names, series.cells, strict=True)
        if fact
    ]
    taken = [max(map(longest_line, column)) for column in zip(*cells, strict=True)]
    length = page.width - sum(wide + GAP for wide in taken if wide)
    drawn = length >= SHORTEST_BAR and not page.view.spoken
    bars = [series.bar(fact, length) if drawn else Text() for fact in series.found]
    columns = [Column(wraps=12), Column(right=True), Column(), Column(wraps=BODY)]
    yield from page.table(columns, [(*cell[:2], bar, cell[2]) for cell, bar in zip(cells, bars, strict=True)])


def _together(comparison: Comparison, page: Page, found: Sequence[_Series]) -> Lines:
    """Show several indicators in one table, as columns, rows or compact rows; if none fits, one after another."""
    names, codes = _names(comparison), [page.code(row.country) for row in comparison.rows]
    lines = [[series.label, *series.texts()] for series in found]
    for made in (
        _lengthwise(page, names, found) if len(names) >= len(found) else [],
        _crosswise(page, names, lines),
        _crosswise(page, codes, lines),
        _crosswise(page, codes, [line for series in found for line in series.matrix()], gap=1),
    ):
        if made and not page.view.spoken:
            yield from made
            return
    for series in found:
        yield from page.section(series.title, joined([series.measure, series.speaker]))
        yield from _alone(comparison, series)


def _lengthwise(page: Page, names: Sequence[str], found: Sequence[_Series]) -> list[RenderableType]:
    """Return a table with one row per country; nothing if it does not fit."""
    columns, cells = [Column()], [list(map(words, names))]
    for series in found:
        head = Text("\n").join(stacked(series.title, series.measure, series.speaker))
        cells.append(series.texts())
        wide = max(map(longest_line, [*cells[-1], *head.split(" ")]))
        columns.append(Column(head, right=bool(series.indicator.unit), wraps=wide))
    return fitted(columns, list(zip(*cells, strict=True)), page.width)


def _crosswise(page: Page, heads: Sequence[str], lines: Iterable[Text | Cells], gap: int = GAP) -> list[RenderableType]:
    """Return a table with one column per country; nothing if it does not fit.

    Labels that do not fit beside the cells are on a line above them.
    """
    lines = list(lines)
    cells = [line[1:] for line in lines if not isinstance(line, Text)]
    widths = [max([len(head), *(longest_line(row[place]) for row in cells)]) for place, head in enumerate(heads)]
    room = page.width - sum(widths) - gap * len(widths)
    if room < 0:
        return []
    countries = [Column(head, right=True, width=width) for head, width in zip(heads, widths, strict=True)]
    told: list[Text | Cells] = []
    for line in lines:
        if isinstance(line, Text) or line[0].cell_len <= room:
            told.append(line)
        else:
            told += [page.hung(line[0]), (Text(), *line[1:])]
    return fitted([Column(width=room), *countries], told, page.width, gap)
