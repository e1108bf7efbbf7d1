"""Contents of charts, independent of how they are drawn: values and events with doubts, and the scale of a timeline.

Other programs draw or edit them as Vega-Lite specifications (https://vega.github.io/vega-lite), and show timelines in a
web page with TimelineJS (timeline.knightlab.com).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from textwrap import wrap
from typing import NamedTuple

from psfacts.answers.answer import Answer
from psfacts.answers.country import Comparison, Timeline
from psfacts.errors import NotFoundError, UsageError
from psfacts.loading.files import resource
from psfacts.model import Erratum, Event, Fact, Indicator, Observation, Source, Value
from psfacts.render import EVERYTHING, View, store_of, times
from psfacts.render.json import document, visible_strings
from psfacts.render.sources import cited, link, reference
from psfacts.store.store import Store
from psfacts.text.months import MONTHS, last_of_month
from psfacts.text.phrases import counted, in_words, listed, number, sureness, verb_of

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, 'Noto Serif', serif"

SIGN = "\u00a0?"
"""The sign of doubt, kept on one line with the word before it."""

_MOST_DOUBTS = 3
"""Maximum number of doubts that a picture explains in full."""

_DENSE = 3
"""Minimum number of events in a year for a panel of its months."""
_MOST_MONTHS = 24
"""Maximum number of months in a panel of months."""
_MARGIN = 5
"""Years drawn before the end of the first event; events that began earlier are open to the left."""
_LINE = 90
"""Maximum length of a line under the title of a specification."""
_STEPS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))
"""Months between two ticks."""
_MOST_TICKS = 6


class Panel(NamedTuple):
    """A period on one scale, from the first to the last day inclusive."""

    first: date
    last: date

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Return the tick days with their labels: years, and months between them where there is room."""
        first = 12 * self.first.year + self.first.month - 1
        count = _months(self.first, self.last)
        step = next(step for step in _STEPS if count <= step * _MOST_TICKS)
        for month in range(-(-first // step) * step, first + count + 1, step):
            day = date(month // 12, month % 12 + 1, 1)
            label = [MONTHS[day.month - 1][:3]] * (step < 12) + [str(day.year)] * (day.month == 1)
            yield day, " ".join(label)


def scale(events: Sequence[Event]) -> tuple[Panel, ...]:
    """Return the panels of a timeline: the years before the densest one, then months from its start.

    There is one panel if no year is dense or too much follows it, and none without events.
    """
    if not events:
        return ()
    whens = [event.when for event in events]
    begin = max(min(when.earliest for when in whens).year, min(when.latest for when in whens).year - _MARGIN)
    first, last = date(begin, 1, 1), last_of_month(max(when.latest for when in whens))
    counts = Counter(when.earliest.year for when in whens if when.earliest.year == when.latest.year)
    count, year = max(((count, year) for year, count in counts.items()), default=(0, 1))
    dense = date(year, 1, 1)
    if count < _DENSE or dense <= first or _months(dense, last) >= _MOST_MONTHS:
        return (Panel(first, last),)
    return Panel(first, dense - timedelta(days=1)), Panel(dense, last)


def _months(first: date, last: date) -> int:
    """Return the number of months between the months of two days."""
    return 12 * (last.year - first.year) + last.month - first.month


class Mark(NamedTuple):
    """A mark in a chart, which represents a fact."""

    fact: Observation | Event
    name: str
    """Label: a country, or the headline of an event."""
    text: str
    """The value, such as ``30%`` or ``4.5 million``, or the time in short form."""
    aside: str
    """The time of a value and who says so, unless the same for all marks."""
    doubts: Sequence[Erratum]
    value: Value | None = None
    """The value of an observation."""


class Chart(NamedTuple):
    """The contents of a chart."""

    title: str
    subtitle: str
    """Common to all marks: the unit, the time, that they are reported."""
    marks: Sequence[Mark]
    sources: Sequence[tuple[str, str]]
    """Citations of the sources, each with its URL."""
    speaker: str = ""
    """Who says so, if the same for all marks."""
    silence: str = ""
    """The countries without a value, as a sentence."""
    panels: Sequence[Panel] = ()
    """The panels of a timeline; none if the marks are values."""

    @property
    def sign(self) -> str:
        """The sign of doubt that the title has if all values are doubtful."""
        return SIGN if not self.panels and all(mark.doubts for mark in self.marks) else ""

    def sign_of(self, mark: Mark) -> str:
        """Return the sign of doubt of a mark, unless the title has it for all."""
        return SIGN if mark.doubts and not self.sign else ""

    @property
    def in_words(self) -> str:
        """The whole chart in words."""
        marks = (f"{mark.name} {run_on(', ', mark.text, mark.aside)}" for mark in self.marks)
        return f"{run_on(' · ', self.subtitle, self.speaker)}: {'; '.join(marks)}."

    @property
    def doubts(self) -> Iterator[tuple[str, str, str]]:
        """Doubts about marks: introduction, text, and certainty; many are shortened."""
        noun = "event" if self.panels else "value"
        doubts = {doubt.id: doubt for mark in self.marks for doubt in mark.doubts}.values()
        if len(doubts) > _MOST_DOUBTS:
            against = "; ".join(f"“{doubt.printed}”" for doubt in doubts)
            count = counted(sum(bool(mark.doubts) for mark in self.marks), noun)
            yield f"? Doubtful, {count}.", f"Something speaks against: {against}.", ""
            return
        # If all bars are outlined, that sets none apart.
        outlined = "" if self.panels or self.sign else " (outlined)"
        for doubt in doubts:
            names = [mark.name for mark in self.marks if doubt in mark.doubts]
            whose = f"all {counted(len(names), noun)}" if 1 < len(names) == len(self.marks) else listed(names)
            yield f"? Doubtful, {whose}{outlined}.", doubt.reading, f"This objection is {sureness(doubt)}."


def run_on(between: str, *texts: str | None) -> str:
    """Join the texts that are not empty."""
    return between.join(filter(None, texts))


def of(found: Answer) -> Chart | None:
    """Return the chart of an answer; ``None`` if it cannot be drawn as one."""
    match found:
        case Comparison(indicators=(Indicator(type="number") as indicator,), rows=(_, *_)):
            return _of_values(found, indicator, store_of(found))
        case Timeline(events=(_, *_)):
            return _of_events(found, store_of(found))
    return None


def _of_values(found: Comparison, indicator: Indicator, store: Store) -> Chart:
    facts = [value for row in found.rows for value in row.values.values() if value]
    whens, speakers = {fact.when.text for fact in facts}, {_speaker(store, fact) for fact in facts}
    time, speaker = (values.pop() if len(values) == 1 else None for values in (whens, speakers))
    percent = "%" * (indicator.unit or "").startswith("%")
    marks = []
    for fact in facts:
        aside = run_on(", ", "" if time else fact.when.text, "" if speaker is not None else _speaker(store, fact))
        name = store.entity(fact.subject).name
        marks.append(Mark(fact, name, number(fact.value) + percent, aside, _doubts(fact, found), fact.value))
    says = {None: "reported unless someone is named", "": "reported"}.get(speaker)
    silent = sorted(store.entity(key).name for key in found.silent)
    silence = f"No value in the source for {len(silent)}: {', '.join(silent)}" if silent else ""
    subtitle = run_on(" · ", indicator.unit, time, says)
    return Chart(indicator.name, subtitle, marks, _cited(facts, found, store), speaker or "", silence)


def _of_events(found: Timeline, store: Store) -> Chart:
    names = [store.entity(key).name for key in found.about] + [store.topic_names.get(key, key) for key in found.topics]
    whens = [(event.when, store.source(event.evidence[0].source).published) for event in found.events]
    title = f"Timeline: {listed(names)}" if names else "Timeline"
    subtitle = f"{counted(len(whens), 'event')}, {times.reach(whens)} · reported unless someone is named"
    marks = [
        Mark(event, event.headline, times.brief(*when), _speaker(store, event), _doubts(event, found))
        for event, when in zip(found.events, whens, strict=True)
    ]
    return Chart(title, subtitle, marks, _cited(found.events, found, store), panels=scale(found.events))


def _doubts(fact: Fact, found: Comparison | Timeline) -> list[Erratum]:
    return [erratum for erratum in found.errata if erratum.kind == "doubt" and erratum.id in fact.errata]


def _speaker(store: Store, fact: Fact) -> str:
    """Return who says a fact: ``World Bank says``, ``author’s view``, or nothing if it is reported."""
    if fact.standing != "attributed":
        return "author’s view" if fact.standing == "assessed" else ""
    speakers = [store.entity(key) for key in fact.asserted_by]
    return f"{listed([speaker.short or speaker.name for speaker in speakers])} {verb_of(speakers)}"


def _cited(facts: Sequence[Fact], found: Comparison | Timeline, store: Store) -> list[tuple[str, str]]:
    """Return citations of the sources of ``facts`` with their URLs, and the place if all facts share one."""
    places = {place for fact in facts for place in found.locators[fact.id]}
    only = places.pop() if len(places) == 1 else None
    where = f", {only.section}" + (f", par.\u00a0{only.paragraph}" if only.paragraph else "") if only else ""
    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    return [(f"{reference(source)}{where}", link(source)) for source in map(store.source, keys)]


def vega_lite(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return the chart of ``result`` as a specification: one numeric indicator across countries, or events in time.

    Its template is a file beside this module, with ``$names`` as placeholders.

    Raises UsageError for other answers.
    """
    chart = of(result)
    if chart is None:
        hint = "charts are made of one indicator with numbers, as in compare remittances, and of a timeline"
        raise UsageError(f"this answer of {result.command} is no chart", hint)
    texts = [run_on(" · ", chart.subtitle, chart.speaker), chart.silence]
    texts += [run_on(" ", *doubt) for doubt in chart.doubts] + [f"Source: {words}" for words, _ in chart.sources]
    values = [_event(mark) if chart.panels else _value(place, mark) for place, mark in enumerate(chart.marks)]
    events = [value.get("event") for value in values]
    lines = [line for text in texts for line in wrap(text, _LINE)]
    told = {"title": chart.title, "subtitle": lines, "description": f"{chart.title}. {chart.in_words}"}
    panels = [_panel(panel, events, chart.panels) for panel in chart.panels]
    spec = {"sans": SANS, "serif": SERIF, **told, "values": values, "panels": panels}
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


def timelinejs(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return a timeline as JSON for TimelineJS: a title slide with the sources, and one slide per event.

    TimelineJS treats texts as HTML, so all data is escaped. Raises UsageError if ``result`` is not a
    timeline, and NotFoundError if it has no events, since TimelineJS then shows nothing.
    """
    if not isinstance(result, Timeline):
        raise UsageError(f"this answer of {result.command} is no timeline", "give another --format, or ask timeline")
    if not result.events:
        raise NotFoundError("there are no events, and without any TimelineJS shows nothing")
    store = store_of(result)
    headline = f"Events from {len(store.sources)} sources" if store.has_many_sources else escape(store.sources[0].title)
    sources = "".join(f"<p>{_linked(cited(source), source)}</p>" for source in store.sources)
    slides = [_slide(event, result, store) for event in result.events]
    return json.dumps({"title": {"text": {"headline": headline, "text": sources}}, "events": slides}, indent=2) + "\n"


def _slide(event: Event, timeline: Timeline, store: Store) -> dict[str, object]:
    """Return the slide of an event: the statement, who says so and where, and the errata.

    Slides with the same group, which is their first topic, share a row.
    """
    # TimelineJS strips markup from this field, entities turned into characters, and shows what is left as HTML.
    time = escape(escape(event.when.text + (" (in part concluded)" if event.when.inferred else "")))
    speakers = ", ".join((event.standing, *(store.entity(key).name for key in event.asserted_by)))
    found = [(store.source(place.source), place.title, place.paragraph) for place in timeline.locators[event.id]]
    places = "; ".join(_linked(title + f", paragraph {at}" * bool(at), source) for source, title, at in found)
    notes = [f"{in_words(erratum)}. {erratum.reason}" for erratum in timeline.errata if erratum.id in event.errata]
    lines = [escape(event.statement), escape(f"{speakers} · {event.id} · ") + places, *map(escape, notes)]
    text = {"headline": escape(event.headline), "text": "".join(f"<p>{line}</p>" for line in lines)}
    group = escape(store.topic_names.get(event.topics[0], event.topics[0]))
    days = dates(event.when.earliest, event.when.latest)
    return {"unique_id": event.id, **days, "display_date": time, "group": group, "text": text}


def _linked(text: str, source: Source) -> str:
    """Return ``text`` as a link to the source, if it has a web address."""
    address = link(source)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def dates(earliest: date, latest: date) -> dict[str, dict[str, int]]:
    """Return a period for TimelineJS: one date if it is a whole day, month or year, otherwise two days."""
    from psfacts.text.dates import span  # which other charts do without

    day, parts = str(earliest), ("year", "month", "day")
    whole = [{"start_date": text} for text in (day[:4], day[:7], day) if span(text) == (earliest, latest)]
    found, *_ = [*whole, {"start_date": day, "end_date": str(latest)}]
    return {name: dict(zip(parts, map(int, text.split("-")), strict=False)) for name, text in found.items()}
