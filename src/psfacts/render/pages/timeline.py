"""Events in their order, drawn on one axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.timeline import Timeline
from psfacts.model import Event
from psfacts.render import times
from psfacts.render.pages import shown
from psfacts.render.pages.layout import Page, way
from psfacts.render.pages.parts import TONE, glued, joined, words
from psfacts.text.phrases import counted

WIDE = 110
"""Columns of the screen from which on countries are called by their names."""


def draw(timeline: Timeline, page: Page) -> Iterator[RenderableType]:
    """Show an event a line, with how precise its time is and whom it concerns."""
    found = timeline.events
    span = f"{found[0].when.text} to {times.month(found[-1].when.latest)}" if len(found) > 1 else ""
    key = joined((words((sign, TONE), f" {precision}") for precision, sign in times.SIGNS.items()), "  ")
    told = joined([counted(len(found), "event"), span], ", ")
    yield from page.head(_title(timeline, page), told, Text() if page.view.spoken or not found else key)
    yield from page.rule() if found else ()
    rows = shown.events(page, found)
    if not page.full:
        rows = [replace(row, aside=_whom(page, event)) for row, event in zip(rows, found, strict=True)]
    yield from page.rows(rows, right=True, alone=True)
    yield from page.foot(*([way("picture", "-o timeline.svg")] if found else []))


def _title(timeline: Timeline, page: Page) -> str:
    """Return what the timeline was narrowed to."""
    bounds = f" since {timeline.since}" if timeline.since else ""
    bounds += f" until {timeline.until}" if timeline.until else ""
    return "Timeline" + (f" of {page.names(timeline.about)}" if timeline.about else "") + bounds


def _whom(page: Page, event: Event) -> Text:
    """Return the countries and regions that an event concerns, by their codes where there is little room."""
    spelt = page.view.spoken or page.width >= WIDE
    keys = [key for key in event.entities if page.store.entity(key).type in ("country", "region")]
    told = [words(page.name(key)) if spelt else glued(page.code(key)) for key in keys]
    return joined(told, ", " if spelt else " ")
