"""A timeline as JSON for TimelineJS (timeline.knightlab.com), which shows it in a web page."""

from __future__ import annotations

import json
from datetime import date
from html import escape

from psfacts.answers.answer import Answer
from psfacts.answers.country import Timeline
from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Event, Source
from psfacts.render import EVERYTHING, View, store_of
from psfacts.render.sources import cited, link
from psfacts.store.store import Store
from psfacts.text.dates import span
from psfacts.text.phrases import in_words


def answer(result: Answer, view: View = EVERYTHING) -> str:  # noqa: ARG001 -- the same for all
    """Return a timeline as one JSON object: a title slide with the sources, and one slide per event.

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
    day, parts = str(earliest), ("year", "month", "day")
    whole = [{"start_date": text} for text in (day[:4], day[:7], day) if span(text) == (earliest, latest)]
    found, *_ = [*whole, {"start_date": day, "end_date": str(latest)}]
    return {name: dict(zip(parts, map(int, text.split("-")), strict=False)) for name, text in found.items()}
