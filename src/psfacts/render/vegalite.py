"""Charts as Vega-Lite specifications (https://vega.github.io/vega-lite), for other programs to draw or edit.

The templates of charts are files beside this module, with ``$names`` as placeholders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from textwrap import wrap

from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.loading.files import resource
from psfacts.render import EVERYTHING, View, charts
from psfacts.render.charts import Mark, Panel, run_on
from psfacts.render.json import document, visible_strings
from psfacts.render.svg import SANS, SERIF

_LINE = 90
"""Maximum length of a line under the title."""


def answer(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return the chart of ``result``: one numeric indicator across countries, or events in time.

    Raises UsageError for other answers.
    """
    chart = charts.of(result)
    if chart is None:
        hint = "charts are made of one indicator with numbers, as in compare remittances, and of a timeline"
        raise UsageError(f"this answer of {result.command} is no chart", hint)
    texts = [run_on(" · ", chart.subtitle, chart.speaker), chart.silence]
    texts += [run_on(" ", *doubt) for doubt in chart.doubts] + [f"Source: {words}" for words, _ in chart.sources]
    values = [_event(mark) if chart.panels else _value(place, mark) for place, mark in enumerate(chart.marks)]
    events = [value.get("event") for value in values]
    spec = {
        "sans": SANS,
        "serif": SERIF,
        "title": chart.title,
        "subtitle": [line for text in texts for line in wrap(text, _LINE)],
        "description": f"{chart.title}. {chart.in_words}",
        "values": values,
        "panels": [_panel(panel, events, chart.panels) for panel in chart.panels],
    }
    return document(visible_strings(_filled("timeline" if chart.panels else "comparison", spec)))


def _value(place: int, mark: Mark) -> dict[str, object]:
    text = run_on(" ", mark.text, "?" * bool(mark.doubts), mark.aside)
    value = {"place": place, "country": mark.name, "value": mark.value, "told": text}
    return {**value, "doubtful": bool(mark.doubts), "fact": mark.fact.id}


def _event(mark: Mark) -> dict[str, object]:
    name, when = run_on(" ", mark.name, "?" * bool(mark.doubts)), mark.fact.when
    label = run_on(" · ", name, mark.aside, mark.text)
    return {"event": label, "earliest": str(when.earliest), "latest": str(when.latest), "fact": mark.fact.id}


def _panel(panel: Panel, events: Sequence[object], panels: Sequence[Panel]) -> object:
    width, ticks = (460, 7) if panel == panels[-1] else (240, 4)
    span = [{"expr": f"toDate('{moment}Z')"} for moment in (f"{panel.first}T00:00:00", f"{panel.last}T23:59:59")]
    within = f"datum.latest >= '{panel.first}' && datum.earliest <= '{panel.last}'"
    size = {"width": width, "ticks": ticks, "labels": panel == panels[0]}
    return _filled("panel", {**size, "span": span, "within": within, "events": events})


def _filled(name: str, values: Mapping[str, object]) -> object:
    """Return a template with its placeholders filled in."""

    def filled(node: dict[str, object]) -> dict[str, object]:
        return {key: values.get(str(value).removeprefix("$"), value) for key, value in node.items()}

    return json.loads(resource(f"render/{name}.vl.json"), object_hook=filled)
