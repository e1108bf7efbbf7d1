"""Charts as Vega-Lite specifications (https://vega.github.io/vega-lite), which other programs draw and change.

What all charts of a kind have in common stands beside this module, with ``$names`` for what is their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from pydantic import JsonValue

from psfacts.answers.answer import Answer
from psfacts.answers.compare import Comparison
from psfacts.answers.timeline import Timeline
from psfacts.errors import UsageError
from psfacts.loading.files import resource
from psfacts.model import Erratum
from psfacts.render import charts
from psfacts.render.charts import MOST_DOUBTS, Panel
from psfacts.render.json import document, visible_strings
from psfacts.render.svg import SANS, SERIF

_LINE = 90
"""Characters of a line under the title."""


def answer(result: Answer) -> str:
    """Return the chart that ``result`` is: one indicator with numbers across countries, or events in time.

    Raises UsageError for any other answer.
    """
    match result:
        case Comparison() if len(result.indicators) == 1 and result.rows and result.indicators[0].type == "number":
            return document(_comparison(result))
        case Timeline() if result.events:
            return document(_timeline(result))
    hint = "charts are made of one indicator with numbers, as in compare remittances, and of a timeline"
    raise UsageError(f"this answer of {result.command} is no chart", hint)


def _comparison(found: Comparison) -> JsonValue:
    chart = charts.of_comparison(found)
    values: list[JsonValue] = [
        {
            "place": place,
            "country": bar.name,
            "value": bar.fact.value,
            "told": " ".join(filter(None, [bar.told, "?" * bar.is_doubtful, bar.beside])),
            "doubtful": bar.is_doubtful,
            "fact": bar.fact.id,
        }
        for place, bar in enumerate(chart.bars)
    ]
    told = [" · ".join(filter(None, [chart.told, chart.speaker])), chart.silence and f"No value {chart.silence}"]
    sources = charts.cited(charts.store_of(found), [bar.fact for bar in chart.bars])
    head = _head(chart.indicator.name, chart.in_words, [*told, *_doubts(chart.doubts)], sources)
    return _filled("comparison", head | {"values": values})


def _timeline(found: Timeline) -> JsonValue:
    values: list[JsonValue] = []
    events: list[JsonValue] = []
    for row in charts.rows_of(found):
        events.append(" · ".join(filter(None, [f"{row.event.headline} {row.mark}".rstrip(), row.speaker, row.time])))
        days = {"earliest": str(row.event.when.earliest), "latest": str(row.event.when.latest)}
        values.append({"event": events[-1], **days, "fact": row.event.id})
    told = ["reported unless someone is named; a bar covers the time within which something happened"]
    doubts = _doubts(charts.doubts_of(found.errata))
    sources = charts.cited(charts.store_of(found), found.events)
    head = _head(charts.heading(found), charts.in_words(found), [*told, *doubts], sources)
    panels: list[JsonValue] = [_panel(panel, events, at == 0) for at, panel in enumerate(charts.scale(found.events))]
    return _filled("timeline", head | {"values": values, "panels": panels})


def _panel(panel: Panel, events: list[JsonValue], is_first: bool) -> JsonValue:
    span: list[JsonValue] = [
        {"year": day.year, "month": day.month, "date": day.day, "hours": hours, "utc": True}
        for day, hours in ((panel.first, 0), (panel.last, 24))
    ]
    within = f"datum.latest >= '{panel.first}' && datum.earliest <= '{panel.last}'"
    width, ticks, form = (460, 7, "%b %Y") if panel.in_months else (240, 4, "%Y")
    drawn: dict[str, JsonValue] = {"width": width, "ticks": ticks, "format": form, "labels": is_first}
    return _filled("panel", drawn | {"span": span, "within": within, "events": events})


def _doubts(doubts: Sequence[Erratum]) -> list[str]:
    """Return what speaks against a chart, a few objections in full, of more what they are about."""
    if len(doubts) <= MOST_DOUBTS:
        return [f"? Doubtful, “{doubt.printed}”: {doubt.reading} {charts.objection(doubt)}" for doubt in doubts]
    return [f"? Doubtful: {'; '.join(f'“{doubt.printed}”' for doubt in doubts)}"]


def _head(
    title: str, description: str, told: Iterable[str], sources: Iterable[tuple[str, str]]
) -> dict[str, JsonValue]:
    """Return what all charts begin with; ``told`` and the sources stand below the title, in lines."""
    lines = [*filter(None, told), *(f"Source: {words}" for words, _ in sources)]
    subtitle: list[JsonValue] = [line for words in lines for line in wrap(words, _LINE)]
    fonts: dict[str, JsonValue] = {"sans": SANS, "serif": SERIF}
    return fonts | {"title": title, "subtitle": subtitle, "description": f"{title}. {description}"}


def _filled(name: str, own: Mapping[str, JsonValue]) -> JsonValue:
    """Return what charts have in common with what is their own; nothing in it can act on a screen."""

    def filled(node: JsonValue) -> JsonValue:
        match node:
            case str() if node.startswith("$"):
                return visible_strings(own[node[1:]])
            case list():
                return [*map(filled, node)]
            case dict():
                return {key: filled(value) for key, value in node.items()}
        return node

    return filled(json.loads(resource(f"render/{name}.vl.json")))
