"""Charts as Vega-Lite specifications (https://vega.github.io/vega-lite), for other programs to draw or edit.

The templates of charts are files beside this module, with ``$names`` as placeholders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from textwrap import wrap

from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.loading.files import resource
from psfacts.render import EVERYTHING, View, charts
from psfacts.render.charts import Chart, Mark, Panel
from psfacts.render.json import document, visible_strings
from psfacts.render.svg import SANS, SERIF

_LINE = 90
"""Maximum length of a line under the title."""


def answer(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return the chart of ``result``: one numeric indicator across countries, or events in time.

    Raises UsageError for other answers.
    """
    chart = charts.of(result)
    if chart is None or (chart.indicator and chart.indicator.type != "number"):
        hint = "charts are made of one indicator with numbers, as in compare remittances, and of a timeline"
        raise UsageError(f"this answer of {result.command} is no chart", hint)
    told = [" · ".join(filter(None, [chart.told, chart.speaker])), chart.silence and f"No value {chart.silence}"]
    told += [
        *(" ".join(filter(None, doubt)) for doubt in chart.doubts),
        *(f"Source: {words}" for words, _ in chart.sources),
    ]
    head: dict[str, object] = {
        "sans": SANS,
        "serif": SERIF,
        "title": chart.title,
        "subtitle": [line for words in told for line in wrap(words, _LINE)],
        "description": f"{chart.title}. {chart.in_words}",
    }
    if chart.indicator:
        return document(_filled("comparison", {**head, "values": [*_values(chart)]}))
    values = [*map(_event, chart.marks)]
    events = [value["event"] for value in values]
    panels = [_panel(panel, events, panel == chart.panels[0]) for panel in chart.panels]
    return document(_filled("timeline", {**head, "values": [*values], "panels": panels}))


def _values(chart: Chart) -> Iterator[dict[str, object]]:
    for place, mark in enumerate(chart.marks):
        told = " ".join(filter(None, [mark.told, "?" * mark.is_doubtful, mark.beside]))
        value: dict[str, object] = {"place": place, "country": mark.name, "value": mark.value, "told": told}
        yield {**value, "doubtful": mark.is_doubtful, "fact": mark.fact.id}


def _event(mark: Mark) -> dict[str, object]:
    name = f"{mark.name} {'?' * mark.is_doubtful}".rstrip()
    label, when = " · ".join(filter(None, [name, mark.beside, mark.told])), mark.fact.when
    return {"event": label, "earliest": str(when.earliest), "latest": str(when.latest), "fact": mark.fact.id}


def _panel(panel: Panel, events: list[object], is_first: bool) -> object:
    span: list[object] = [
        {"year": day.year, "month": day.month, "date": day.day, "hours": hours, "utc": True}
        for day, hours in ((panel.first, 0), (panel.last, 24))
    ]
    within = f"datum.latest >= '{panel.first}' && datum.earliest <= '{panel.last}'"
    width, ticks, form = (460, 7, "%b %Y") if panel.in_months else (240, 4, "%Y")
    drawn: dict[str, object] = {"width": width, "ticks": ticks, "format": form, "labels": is_first}
    return _filled("panel", {**drawn, "span": span, "within": within, "events": events})


def _filled(name: str, own: Mapping[str, object]) -> object:
    """Return a template with its placeholders filled in and control characters escaped."""

    def filled(node: dict[str, object]) -> dict[str, object]:
        return {key: own.get(str(value).removeprefix("$"), value) for key, value in node.items()}

    return visible_strings(json.loads(resource(f"render/{name}.vl.json"), object_hook=filled))
