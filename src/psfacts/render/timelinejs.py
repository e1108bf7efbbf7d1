"""A timeline as JSON for TimelineJS (timeline.knightlab.com), which shows it in a web page."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from html import escape

from pydantic import JsonValue

from psfacts.answers.answer import Answer
from psfacts.answers.timeline import Timeline
from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Event, Source
from psfacts.render.charts import store_of
from psfacts.render.sources import published
from psfacts.store.store import Store
from psfacts.text.phrases import in_words


def answer(result: Answer) -> str:
    """Return a timeline as one JSON object: a title slide that names the sources, and a slide an event.

    TimelineJS takes its texts for HTML, so all words of the data are escaped. Raises UsageError where ``result`` is no
    timeline, and NotFoundError where it has no events, without any of which TimelineJS shows nothing.
    """
    if not isinstance(result, Timeline):
        raise UsageError(f"this answer of {result.command} is no timeline", "give another --format, or ask timeline")
    if not result.events:
        raise NotFoundError("there are no events, and without any TimelineJS shows nothing")
    store = store_of(result)
    slides: list[JsonValue] = [_slide(event, result, store) for event in result.events]
    content: dict[str, JsonValue] = {
        "title": {"text": {"headline": _headline(store.sources), "text": _sources(store.sources)}},
        "events": slides,
    }
    return json.dumps(content, indent=2) + "\n"


def _headline(sources: Sequence[Source]) -> str:
    return escape(sources[0].title) if len(sources) == 1 else f"Events from {len(sources)} sources"


def _sources(sources: Sequence[Source]) -> str:
    return "".join(
        f"<p>{_linked(f'{one.author}: {one.title}. {one.publisher}, {published(one)}.', one)}</p>" for one in sources
    )


def _linked(text: str, source: Source) -> str:
    """Return ``text`` as a link to the source, where its address is one of the web."""
    if not source.url.lower().startswith(("http://", "https://")):
        return escape(text)
    return f'<a href="{escape(source.url)}">{escape(text)}</a>'


def _slide(event: Event, timeline: Timeline, store: Store) -> JsonValue:
    start, end = dates(event.when.earliest, event.when.latest)
    slide: dict[str, JsonValue] = {"unique_id": event.id, "start_date": start}
    if end:
        slide["end_date"] = end
    # TimelineJS strips markup from this field, entities turned into characters, and then shows what is left as HTML.
    slide["display_date"] = escape(escape(event.when.text + (" (in part concluded)" if event.when.inferred else "")))
    slide["group"] = escape(_group(event, store))
    slide["text"] = {"headline": escape(event.headline), "text": "".join(_paragraphs(event, timeline, store))}
    return slide


def _group(event: Event, store: Store) -> str:
    """Return the name of the first topic: slides of one group stand in a row of their own."""
    return next((topic.name for topic in store.topics if topic.id == event.topics[0]), event.topics[0])


def _paragraphs(event: Event, timeline: Timeline, store: Store) -> list[str]:
    """Return the statement, who says so and where, and what is read otherwise than it is printed."""
    stands = ", ".join((event.standing, *(store.entity(key).name for key in event.asserted_by)))
    places = "; ".join(
        _linked(f"{one.title}, paragraph {one.paragraph}" if one.paragraph else one.title, store.source(one.source))
        for one in timeline.locators[event.id]
    )
    lines = (f"{escape(f'{stands} · {event.id} · ')}{places}",)
    notes = [f"{in_words(erratum)}. {erratum.reason}" for erratum in timeline.errata if erratum.id in event.errata]
    return [f"<p>{line}</p>" for line in (escape(event.statement), *lines, *map(escape, notes))]


def dates(earliest: date, latest: date) -> tuple[dict[str, JsonValue], dict[str, JsonValue] | None]:
    """Return a period as TimelineJS has it: one date where it is a whole day, month or year, else two days."""
    if earliest == latest:
        return _day(earliest), None
    if (earliest.month, earliest.day) == (1, 1) and latest == date(earliest.year, 12, 31):
        return {"year": earliest.year}, None
    if earliest.day == 1 and latest == earliest.replace(day=monthrange(earliest.year, earliest.month)[1]):
        return {"year": earliest.year, "month": earliest.month}, None
    return _day(earliest), _day(latest)


def _day(day: date) -> dict[str, JsonValue]:
    return {"year": day.year, "month": day.month, "day": day.day}
