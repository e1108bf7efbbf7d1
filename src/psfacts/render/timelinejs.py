"""A timeline as JSON for TimelineJS (timeline.knightlab.com), which shows it in a web page."""

from __future__ import annotations

import json
from datetime import date
from html import escape

from psfacts.answers.answer import Answer
from psfacts.answers.timeline import Timeline
from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Event, Source
from psfacts.render import EVERYTHING, View
from psfacts.render.charts import store_of
from psfacts.render.sources import cited, link
from psfacts.store.store import Store
from psfacts.text.months import last_of_month
from psfacts.text.phrases import in_words

Date = dict[str, int]
"""A year, a month of it or a day."""


def answer(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return a timeline as one JSON object: a title slide that names the sources, and a slide an event.

    TimelineJS takes its texts for HTML, so all words of the data are escaped. Raises UsageError where ``result`` is no
    timeline, and NotFoundError where it has no events, without any of which TimelineJS shows nothing.
    """
    if not isinstance(result, Timeline):
        raise UsageError(f"this answer of {result.command} is no timeline", "give another --format, or ask timeline")
    if not result.events:
        raise NotFoundError("there are no events, and without any TimelineJS shows nothing")
    store = store_of(result)
    first, *others = store.sources
    headline = f"Events from {len(others) + 1} sources" if others else escape(first.title)
    sources = "".join(f"<p>{_linked(cited(source), source)}</p>" for source in store.sources)
    slides = [_slide(event, result, store) for event in result.events]
    content = {"title": {"text": {"headline": headline, "text": sources}}, "events": slides}
    return json.dumps(content, indent=2) + "\n"


def _slide(event: Event, timeline: Timeline, store: Store) -> dict[str, object]:
    """Return an event: the statement, who says so and where, and what is read otherwise than it is printed.

    Slides of one group, here the first topic, stand in a row of their own.
    """
    start, end = dates(event.when.earliest, event.when.latest)
    time = event.when.text + (" (in part concluded)" if event.when.inferred else "")
    topics = {topic.id: topic.name for topic in store.topics}
    stands = ", ".join((event.standing, *(store.entity(key).name for key in event.asserted_by)))
    places = "; ".join(
        _linked(f"{place.title}, paragraph {place.paragraph}" if place.paragraph else place.title, source)
        for place in timeline.locators[event.id]
        for source in [store.source(place.source)]
    )
    notes = [f"{in_words(erratum)}. {erratum.reason}" for erratum in timeline.errata if erratum.id in event.errata]
    lines = [escape(event.statement), escape(f"{stands} · {event.id} · ") + places, *map(escape, notes)]
    return {
        "unique_id": event.id,
        "start_date": start,
        **({"end_date": end} if end else {}),
        # TimelineJS strips markup from this field, entities turned into characters, and shows what is left as HTML.
        "display_date": escape(escape(time)),
        "group": escape(topics.get(event.topics[0], event.topics[0])),
        "text": {"headline": escape(event.headline), "text": "".join(f"<p>{line}</p>" for line in lines)},
    }


def _linked(text: str, source: Source) -> str:
    """Return ``text`` as a link to the source, where its address is one of the web."""
    address = link(source)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def dates(earliest: date, latest: date) -> tuple[Date, Date | None]:
    """Return a period as TimelineJS has it: one date where it is a whole day, month or year, else two days."""
    first, last = ({"year": day.year, "month": day.month, "day": day.day} for day in (earliest, latest))
    if earliest == latest:
        return first, None
    if (earliest, latest) == (date(earliest.year, 1, 1), date(earliest.year, 12, 31)):
        return {"year": earliest.year}, None
    if (earliest, latest) == (earliest.replace(day=1), last_of_month(earliest)):
        return {"year": earliest.year, "month": earliest.month}, None
    return first, last
