"""The page of a comparison: bars, categories, or a table in whichever form fits.

The time, speaker and doubts that all values of an indicator share are shown once; where they differ, each cell
has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from psfacts.answers.country import Comparison, Row
from psfacts.model import Indicator, Observation
from psfacts.render.pages import BODY, Page, facts, parts
from psfacts.render.pages.parts import GAP, STRONG, TONE, Cells, Column, Lines, glued, joined, signed, stacked, words
from psfacts.text.phrases import counted, listed, number

SHORTEST_BAR = 8
"""Minimum length of the longest bar, in columns; below it, no bars are drawn."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")

_SILENCE = "–"
"""Mark of a missing value."""

FEW = 2
"""Maximum number of countries named in the title of a page."""


def compare(comparison: Comparison, page: Page) -> Lines:
    """Show the values, each with its time and speaker, then what has no values."""
    every = comparison.indicators
    told = [indicator for indicator in every if any(row.values[indicator.id] for row in comparison.rows)]
    found = [_Series(page, indicator, comparison.rows) for indicator in told]
    if len(every) != 1:
        yield from page.head(_places(comparison, page), counted(len(found), "indicator"))
        yield from _together(comparison, page, found)
        is_silent = any(cell.plain == _SILENCE for series in found for cell in series.cells)
        yield from [words(f"{_SILENCE} no value in the source")] if is_silent else []
    elif not found:
        yield from page.head(every[0].name)
    else:
        yield from page.head(found[0].title, found[0].measure, found[0].speaker, ruled=True)
        yield from [] if every[0].unit else [words(every[0].description)]
        yield from (*_alone(comparison, found[0]), Text())
    absent = [page.name(key) for key in comparison.silent]
    absent += [indicator.name for indicator in every if told and indicator not in told]
    if absent:
        many = f"{len(absent)}: " if len(absent) > 1 else ""
        yield words(f"No value in the source for {many}{', '.join(absent)}")
    for series in found if page.full else ():
        values = page.rows(facts.under_value(page, fact) for fact in series.found)
        yield from page.section(series.indicator.name, (words(series.indicator.description), Text(), *values))
    picture = page.way("picture", *(f"-o {indicator.id}.svg" for indicator in told if len(every) == 1))
    yield from page.foot(picture, page.way("data", *["--format csv" for _ in found[:1]]))


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
        self.facts = [row.values[indicator.id] for row in rows]
        self.found = [fact for fact in self.facts if fact]
        self._shares_time = len({fact.when for fact in self.found}) == 1
        self._shares_speaker = len({(fact.standing, fact.asserted_by) for fact in self.found}) == 1
        self._shared = [key for key in self.found[0].errata if all(key in fact.errata for fact in self.found)]
        self.title = page.marked((indicator.name, STRONG), *self.found, errata=self._shared)
        time = glued(page.brief_time(self.found[0])) if self._shares_time else ""
        self.measure = joined([indicator.unit or "", time], ", ")
        self.speaker = page.unless_reported(self.found[0]) if self._shares_speaker else Text()
        self.label = joined([self.title, self.measure, self.speaker])
        # A row without a value is one on which the source is silent, unless another row of its country has one.
        told = {row.country for row, fact in zip(rows, self.facts, strict=True) if fact}
        dashes = [words("" if row.country in told or page.view.spoken else _SILENCE) for row in rows]
        self.cells = [self._cell(fact) if fact else dash for fact, dash in zip(self.facts, dashes, strict=True)]

    def told(self, fact: Observation) -> Text:
        """Return the time and the speaker, as far as they differ between values."""
        time = "" if self._shares_time else glued(self.page.brief_time(fact))
        return joined([time, "" if self._shares_speaker else self.page.unless_reported(fact)])

    def own(self, fact: Observation, text: str) -> Text:
        """Return a value, or the name of what has it, with the marks that are not common to all values."""
        return self.page.marked(text, fact, errata=[key for key in fact.errata if key not in self._shared])

    def value(self, fact: Observation, million: str = " million") -> str:
        """Return a value, with its unit where it is read aloud."""
        return facts.value(self.page, fact) if self.page.view.spoken else number(fact.value, million)

    def _cell(self, fact: Observation) -> Text:
        """Return a value in short form, ``4.5m``, above what differs between values."""
        return stacked(self.own(fact, self.value(fact, "m")), self.told(fact))

    def by_category(self, names: Sequence[str]) -> dict[str, Text]:
        """Return the categories with their numbers of values, each with those of ``names`` that have it."""
        found: dict[str, list[Text]] = {category: [] for category in self.indicator.categories}
        for name, fact in zip(names, self.facts, strict=True):
            if fact:
                told = self.told(fact)
                found[str(fact.value)].append(signed(self.own(fact, name), words("(", told, ")") if told else ""))
        return {f"{category} ({len(having)})": joined(having, ", ") for category, having in found.items() if having}

    def below(self, codes: Sequence[str]) -> list[Cells]:
        """Return the label, then the values, or a line per category with the ``codes`` of its countries."""
        if self.indicator.unit:
            return [[self.label], [Text(), *self.cells]]
        categories = self.by_category(codes).items()
        return [[self.label], *([words("  ", category, ": ", having)] for category, having in categories)]

    def column(self) -> Column:
        """Return the column of the values, wide enough for each of them and for each word of its head."""
        head = stacked(self.title, self.measure, self.speaker)
        wide = max(map(parts.longest_line, [*self.cells, *head.split(" ")]))
        return Column(head, right=bool(self.indicator.unit), wraps=wide)


def _names(comparison: Comparison) -> list[str]:
    """Return the names of the rows, with their sources if these differ."""
    several = len({row.source for row in comparison.rows}) > 1
    return [f"{row.name} {row.source}" if several else row.name for row in comparison.rows]


def _alone(comparison: Comparison, series: _Series) -> Lines:
    """Show one indicator: numbers with bars if there is room, or categories with their countries."""
    page, names = series.page, _names(comparison)
    if not series.indicator.unit:
        yield from page.pairs(series.by_category(names).items())
        return
    pairs = [(name, fact) for name, fact in zip(names, series.facts, strict=True) if fact]
    cells = [(words(name), series.own(fact, series.value(fact)), series.told(fact)) for name, fact in pairs]
    found = [fact.value for _, fact in pairs if not isinstance(fact.value, str)]
    taken = [max(map(parts.longest_line, column)) for column in zip(*cells, strict=True)]
    length, largest = page.width - sum(wide + GAP for wide in taken if wide), max(found)
    # Of numbers that are larger still, the share may be too large for a float.
    is_drawn = not page.view.spoken and length >= SHORTEST_BAR and len(found) > 1 and largest < 2**1000
    bars = [_bar(length * (value / largest)) if is_drawn and value > 0 else "" for value in found]
    columns = [Column(wraps=12), Column(right=True), Column(), Column(wraps=BODY)]
    yield from page.table(columns, [(*cell[:2], (bar, TONE), cell[2]) for cell, bar in zip(cells, bars, strict=True)])


def _bar(length: float) -> str:
    """Return a bar of so many columns, drawn in eighths of one."""
    whole, eighths = divmod(max(1, round(8 * length)), 8)
    return "█" * whole + _EIGHTHS[eighths]


def _together(comparison: Comparison, page: Page, found: Sequence[_Series]) -> Lines:
    """Show several indicators in the first table that fits, or each with its values below; aloud, in a line each.

    Indicators are columns, unless they outnumber countries. Where there is no room beside the values, labels stand
    above them; where there is none for names, categories have lines of their own, too.
    """
    names, codes = _names(comparison), [page.code(row.country) for row in comparison.rows]
    lines = [[series.label, *series.cells] for series in found]
    by_name, by_code = ([Column(head, right=True) for head in heads] for heads in (names, codes))
    tables: list[tuple[Sequence[Column], Sequence[Cells]]] = [
        ([Column(wraps=BODY), *by_name], lines),
        ([Column(), *by_name], [line for label, *cells in lines for line in ([label], [Text(), *cells])]),
        ([Column(), *by_code], [line for series in found for line in series.below(codes)]),
    ]
    if len(names) >= len(found):
        rows = zip(map(words, names), *(series.cells for series in found), strict=True)
        tables.insert(0, ([Column(), *(series.column() for series in found)], list(rows)))
    made = (parts.fitted(columns, told, page.width) for columns, told in tables if not page.view.spoken)
    yield from next(filter(None, made), None) or page.table([Column(), *by_name], lines)
