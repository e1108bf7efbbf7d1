"""Countries side by side: bars, categories, or a table in whichever form fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.compare import Comparison
from psfacts.render.pages import shown, tables
from psfacts.render.pages.layout import BODY, Page, way
from psfacts.render.pages.parts import GAP, after, joined, words
from psfacts.render.pages.series import Line, Series
from psfacts.render.pages.tables import Cells, Column, longest_line
from psfacts.text.amounts import amount
from psfacts.text.phrases import counted, listed

SHORTEST_BAR = 8
"""Columns of the screen below which no bar is drawn."""

FEW = 2
"""How many indicators or countries a page is called by."""


def draw(comparison: Comparison, page: Page) -> Iterator[RenderableType]:
    """Show the values, each with when it held and who says so, then for whom and what there is none."""
    every = [Series.of(page, indicator, comparison.rows) for indicator in comparison.indicators]
    series = [one for one in every if one.found]
    if not series:
        yield from page.head(listed([one.indicator.name for one in every]) or "No indicators")
    elif len(every) == 1:
        yield from page.head(series[0].title, series[0].measure, series[0].speaker)
        if not series[0].indicator.unit:
            yield words(series[0].indicator.description)
        yield from page.rule()
        yield from _alone(comparison, series[0])
    else:
        places, indicators = _title(comparison, page), [one.indicator.name for one in series]
        head = (listed(indicators), places) if len(series) <= FEW else (places, counted(len(series), "indicator"))
        yield from page.head(*head)
        yield from _together(comparison, page, series)
    without = [one.indicator.name for one in every if not one.found and series]
    for absent in ([page.name(key) for key in comparison.silent], without):
        if absent:
            many = f"{len(absent)}: " if len(absent) > 1 else ""
            yield Text()
            yield words(f"No value in the source for {many}{', '.join(absent)}")
    if page.full:
        for one in series:
            yield from page.section(one.indicator.name)
            yield words(one.indicator.description)
            yield Text()
            yield from page.rows(
                [
                    shown.row(page, fact, page.name(fact.subject), amount(fact.value, one.indicator))
                    for fact in one.found
                ]
            )
    dashes = not page.view.spoken and any(any(one.silent) for one in series) and len(series) > 1
    pictures = [way("picture", f"-o {one.indicator.id}.svg") for one in every if len(every) == 1 and one.found]
    told = [words("– no value in the source")] if dashes else []
    yield from page.foot(*told, *pictures, way("data", "--format csv"))


def _title(comparison: Comparison, page: Page) -> str:
    """Return what is compared: few countries by name, more as the region that they are, or as so many countries."""
    countries = dict.fromkeys([*(row.country for row in comparison.rows), *comparison.silent])
    if len(countries) <= FEW:
        return listed([page.name(key) for key in countries])
    regions = (entity.name for entity in page.store.entities if set(entity.members) == set(countries))
    return next(regions, f"{len(countries)} countries")


def _names(comparison: Comparison) -> list[str]:
    """Return the names of the rows, with their sources where these differ."""
    several = len({row.source for row in comparison.rows}) > 1
    return [f"{row.name} {row.source}" if several else row.name for row in comparison.rows]


def _alone(comparison: Comparison, one: Series) -> Iterator[RenderableType]:
    """Show one indicator: numbers with bars, or categories with the countries that have each."""
    names = _names(comparison)
    if one.indicator.unit:
        yield from _bars(names, one)
        return
    yield from one.page.table(
        [Column(), Column(wraps=BODY, grows=True)],
        [
            (words(f"{category} ({len(places)})"), joined((_having(names, one, place) for place in places), ", "))
            for category, places in one.by_category().items()
        ],
    )


def _having(names: Sequence[str], one: Series, place: int) -> Text:
    """Return the name of one that has a category, with what its value does not share with the others."""
    fact = one.cells[place]
    told = one.told(fact) if fact else Text()
    name = one.own(fact, names[place]) if fact else Text()
    return after(name, words("(", told, ")") if told else told, " ")


def _bars(names: Sequence[str], one: Series) -> Iterator[RenderableType]:
    """Show numbers in their order, with bars as long as there is room for."""
    page = one.page
    cells = [
        (words(name), one.value(fact, unit=page.view.spoken), one.told(fact))
        for name, fact in zip(names, one.cells, strict=True)
        if fact
    ]
    taken = [max(map(longest_line, column)) for column in zip(*cells, strict=True)]
    length = page.width - sum(wide + GAP for wide in taken if wide)
    drawn = length >= SHORTEST_BAR and not page.view.spoken
    bars = [one.bar(fact, length) if drawn else Text() for fact in one.found]
    yield from page.table(
        [Column(wraps=12), Column(right=True), Column(), Column(wraps=BODY)],
        [(name, value, bar, told) for (name, value, told), bar in zip(cells, bars, strict=True)],
    )


def _together(comparison: Comparison, page: Page, series: Sequence[Series]) -> Iterator[RenderableType]:
    """Show several indicators in one table: as its columns, as its rows, or with a row a category; else in turn."""
    names = _names(comparison)
    codes = [page.code(row.country) for row in comparison.rows]
    lines: list[Text | Line] = [(one.label, one.texts()) for one in series]
    for made in (
        _lengthwise(page, names, series) if len(names) >= len(series) else [],
        _crosswise(page, names, lines),
        _crosswise(page, codes, lines),
        _crosswise(page, codes, [line for one in series for line in one.matrix()], gap=1),
    ):
        if made:
            yield from made
            return
    for one in series:
        yield from page.section(one.title, joined([one.measure, one.speaker]))
        yield from _alone(comparison, one)


def _lengthwise(page: Page, names: Sequence[str], series: Sequence[Series]) -> list[RenderableType]:
    """Return a table with a row a country; nothing where it does not fit."""
    if page.view.spoken:
        return []
    texts = [one.texts() for one in series]
    heads = [Text("\n").join(text for text in (one.title, one.measure, one.speaker) if text) for one in series]
    columns = [
        Column(),
        *(
            Column(head, right=bool(one.indicator.unit), wraps=max(map(longest_line, [*cells, *head.split(" ")])))
            for one, head, cells in zip(series, heads, texts, strict=True)
        ),
    ]
    made = tables.table(columns, list(zip(map(words, names), *texts, strict=True)), page.width)
    return [made] if made else []


def _crosswise(page: Page, heads: Sequence[str], lines: Sequence[Text | Line], gap: int = GAP) -> list[RenderableType]:
    """Return a table with a column a country; nothing where it does not fit.

    Labels that have no room beside the cells stand in a line above them.
    """
    cells = [line[1] for line in lines if not isinstance(line, Text)]
    widths = [max([len(head), *(longest_line(row[place]) for row in cells)]) for place, head in enumerate(heads)]
    room = page.width - sum(widths) - gap * len(widths)
    if page.view.spoken or room < 0:
        return []
    label = Column(width=room) if room < BODY else Column(wraps=BODY, grows=True)
    countries = [Column(head, right=True, width=width) for head, width in zip(heads, widths, strict=True)]
    laid: list[Cells | Text] = []
    for line in lines:
        if isinstance(line, Text):
            laid.append(line)
        elif room >= BODY or line[0].cell_len <= room:
            laid.append((line[0], *line[1]))
        else:
            laid += [line[0], (Text(), *line[1])]
    return tables.spanned([label, *countries], laid, page.width, gap)
