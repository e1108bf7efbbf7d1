"""Charts as Vega-Lite specifications (https://vega.github.io/vega-lite), which other programs draw and change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import wrap

from pydantic import JsonValue

from psfacts.answers.answer import Answer
from psfacts.answers.compare import Comparison
from psfacts.answers.timeline import Timeline
from psfacts.errors import UsageError
from psfacts.model import Erratum
from psfacts.render import charts, json
from psfacts.render.charts import Panel
from psfacts.render.svg import LIGHT, MOST_DOUBTS, SANS, SERIF
from psfacts.text.visible import visible

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LINE = 90
"""Characters of a line under the title."""
_WIDTHS = {False: 240, True: 460}
"""How wide years are drawn, and months."""

Spec = dict[str, JsonValue]


def answer(result: Answer) -> str:
    """Return the chart that ``result`` is: one indicator with numbers across countries, or events in time.

    Raises UsageError for any other answer.
    """
    match result:
        case Comparison() if len(result.indicators) == 1 and result.rows and result.indicators[0].type == "number":
            return json.document(_comparison(result))
        case Timeline() if result.events:
            return json.document(_timeline(result))
    hint = "charts are made of one indicator with numbers, as in compare remittances, and of a timeline"
    raise UsageError(f"this answer of {result.command} is no chart", hint)


def _comparison(found: Comparison) -> Spec:
    chart = charts.of_comparison(found)
    silent = f"No value in the source for {len(chart.silent)}: {', '.join(chart.silent)}" if chart.silent else ""
    told = [" · ".join(filter(None, [*chart.told, chart.speaker])), silent, *_doubts(chart.doubts)]
    sources = charts.cited(charts.store_of(found), [bar.fact for bar in chart.bars])
    doubtful: JsonValue = {"condition": {"test": "datum.doubtful", "value": LIGHT["tint"]}, "value": LIGHT["tone"]}
    return _head(chart.indicator.name, told, sources, chart.in_words()) | {
        "data": {
            "values": [
                {
                    "place": place,
                    "country": visible(bar.name),
                    "value": bar.fact.value,
                    "told": visible(
                        " ".join(filter(None, [bar.told, "?" * (bar.fact.id in chart.doubtful), bar.beside]))
                    ),
                    "doubtful": bar.fact.id in chart.doubtful,
                    "fact": bar.fact.id,
                }
                for place, bar in enumerate(chart.bars)
            ]
        },
        "width": 480,
        "height": {"step": 40},
        "encoding": {"y": {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0.25}}},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": LIGHT["tone"], "strokeWidth": 2},
                "encoding": {"x": {"field": "value", "type": "quantitative", "axis": None}, "fill": doubtful},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 16, "fontWeight": "bold"},
                "encoding": {"x": {"field": "value", "type": "quantitative"}, "text": {"field": "told"}},
            },
            {
                "mark": {"type": "text", "align": "right", "dx": -12, "fontSize": 16},
                "encoding": {"x": {"value": 0}, "text": {"field": "country"}},
            },
        ],
    }


def _timeline(found: Timeline) -> Spec:
    store = charts.store_of(found)
    doubts = [erratum for erratum in found.errata if erratum.kind == "doubt"]
    doubtful = charts.doubtful(found.events, doubts)
    title = ": ".join(["Timeline", *filter(None, [", ".join(store.entity(key).name for key in found.about)])])
    told = ["reported unless someone is named; a bar covers the time within which something happened"]
    values: list[JsonValue] = []
    labels: list[JsonValue] = []
    for event in found.events:
        says = charts.says(store, event)
        speaker = "" if says == "reported" else f" · {says}"
        mark = " ?" if event.id in doubtful else ""
        labels.append(visible(f"{event.headline}{mark}{speaker} · {charts.brief(event.when)}"))
        days = {"earliest": event.when.earliest.isoformat(), "latest": event.when.latest.isoformat()}
        values.append({"event": labels[-1], **days, "fact": event.id})
    words = ". ".join(f"{event.when.text}: {event.headline} ({charts.says(store, event)})" for event in found.events)
    sources = charts.cited(store, found.events)
    panels = charts.scale(found.events)
    return _head(title, [*told, *_doubts(doubts)], sources, words) | {
        "data": {"values": values},
        "transform": [
            {"calculate": "toDate(datum.earliest + 'T00:00:00Z')", "as": "from"},
            {"calculate": "toDate(datum.latest + 'T23:59:59Z')", "as": "to"},
        ],
        "hconcat": [_panel(panel, labels, is_first=panel is panels[0]) for panel in panels],
        "spacing": 30,
    }


def _panel(panel: Panel, labels: list[JsonValue], *, is_first: bool) -> Spec:
    """Return events on one stretch of time: a bar over the time in which each may have happened, a dot for a day."""
    rows: JsonValue = {"labelLimit": 700, "labelFontSize": 13, "labelPadding": 8, "domain": False, "ticks": False}
    time: JsonValue = {
        "format": "%b %Y" if panel.in_months else "%Y",
        "title": None,
        "orient": "top",
        "grid": True,
        "tickCount": 7 if panel.in_months else 4,
    }
    span: JsonValue = {"type": "utc", "domain": [_time(panel.first, 0), _time(panel.last, 24)]}
    within = f"datum.latest >= '{panel.first}' && datum.earliest <= '{panel.last}'"
    y: Spec = {"field": "event", "type": "nominal", "title": None, "scale": {"domain": labels}}
    return {
        "width": _WIDTHS[panel.in_months],
        "height": {"step": 24},
        "transform": [{"filter": within}],
        "encoding": {
            "y": y | {"axis": rows if is_first else None},
            "x": {"field": "from", "type": "temporal", "scale": span, "axis": time},
        },
        "layer": [
            {
                "transform": [{"filter": "datum.earliest != datum.latest"}],
                "mark": {"type": "bar", "clip": True, "fill": LIGHT["tint"], "stroke": LIGHT["tone"], "height": 11},
                "encoding": {"x2": {"field": "to"}},
            },
            {
                "transform": [{"filter": "datum.earliest == datum.latest"}],
                "mark": {"type": "circle", "color": LIGHT["tone"], "opacity": 1, "size": 90},
            },
        ],
    }


def _time(day: date, hours: int) -> JsonValue:
    return {"year": day.year, "month": day.month, "date": day.day, "hours": hours, "utc": True}


def _doubts(doubts: Sequence[Erratum]) -> list[str]:
    """Return what speaks against a chart, a few objections in full, of more what they are about."""
    if len(doubts) <= MOST_DOUBTS:
        return [f"? Doubtful, “{doubt.printed}”: {doubt.reading} {charts.objection(doubt)}" for doubt in doubts]
    return [f"? Doubtful: {'; '.join(f'“{doubt.printed}”' for doubt in doubts)}"]


def _head(title: str, told: Iterable[str], sources: Sequence[tuple[str, str]], description: str) -> Spec:
    """Return what all charts begin with; ``told`` and the sources stand below the title, in lines."""
    lines = [*filter(None, told), *(f"Source: {words}" for words, _ in sources)]
    subtitle: list[JsonValue] = [visible(line) for words in lines for line in wrap(words, _LINE)]
    return {
        "$schema": _SCHEMA,
        "description": visible(f"{title}. {description}"),
        "title": {
            "text": visible(title),
            "subtitle": subtitle,
            "anchor": "start",
            "font": SERIF,
            "fontSize": 26,
            "subtitleFontSize": 14,
            "offset": 16,
        },
        "config": {"font": SANS, "view": {"stroke": None}},
        "padding": 24,
    }
