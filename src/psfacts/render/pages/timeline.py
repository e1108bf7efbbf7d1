"""Events in their order, by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.timeline import Timeline
from psfacts.model import Event
from psfacts.render.pages import facts
from psfacts.render.pages.parts import STRONG, heading, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store


def draw(timeline: Timeline, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the events under their years, then what the marks mean."""
    sheet = Sheet(store, width, timeline.errata, timeline.locators)
    yield words((_title(sheet, timeline), STRONG))
    for _, group in groupby(timeline.events, key=lambda event: event.when.earliest.year):
        events = list(group)
        yield heading(_years(events), width)
        yield facts.events(sheet, events)
    if not timeline.events:
        yield Text()
        yield words("No events.")
    yield from sheet.foot(timeline.events)


def _title(sheet: Sheet, timeline: Timeline) -> str:
    """Return what the timeline was narrowed to."""
    bounds = f" since {timeline.since}" if timeline.since else ""
    bounds += f" until {timeline.until}" if timeline.until else ""
    return "Timeline" + (f" of {sheet.names(timeline.about)}" if timeline.about else "") + bounds


def _years(events: Sequence[Event]) -> str:
    """Return the year that all ``events`` begin in, and where none of them ends in it, the last one too."""
    first = events[0].when.earliest.year
    lasts = [event.when.latest.year for event in events]
    return str(first) if first in lasts else f"{first}–{max(lasts)}"
