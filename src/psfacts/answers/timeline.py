"""Timelines of events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from psfacts.answers.answer import BUILT_IN, Answer, Wanted, asked, backing, unique
from psfacts.model import Erratum, Event, Id
from psfacts.store.groups import with_regions
from psfacts.store.places import Locators
from psfacts.store.resolve import names_in, resolve
from psfacts.store.store import Store
from psfacts.text.names import fold


class Timeline(Answer):
    """Answer to: what happened, in order?"""

    about: tuple[Id, ...]
    """Ids of the entities that the timeline is limited to; empty for all."""

    topics: tuple[Id, ...]
    """Ids of the topics that the timeline is limited to; empty for all."""

    since: date | None
    """First day of the requested period."""

    until: date | None
    """Last day of the requested period."""

    events: tuple[Event, ...]
    """Events by earliest day, then latest day, then place in the source."""

    errata: tuple[Erratum, ...]
    """Errata that the events' readings depend on."""

    locators: Locators
    """Places of the events and errata in the source."""


@asked
def timeline(
    *names: str,
    topics: Collection[Id] = (),
    since: date | None = None,
    until: date | None = None,
    store: Store = BUILT_IN,
) -> Timeline:
    """Return the events that involve any of ``names``, a member of it or a region that it belongs to, by time.

    With ``topics``, only events on any of these.
    A date among ``names`` sets ``since`` and ``until`` to its first and last day, unless an entity has that name.
    An event matches if it may have happened, at least in part, between them (inclusive).

    Raises UsageError if ``since`` is after ``until``, and NotFoundError for an unknown topic.
    """
    if names:
        from psfacts.text import dates  # which most timelines do without

        times = [name for name in names if dates.is_date(name) and not store.by_name(fold(name))]
        since = since or min((dates.span(time)[0] for time in times), default=None)
        until = until or max((dates.span(time)[1] for time in times), default=None)
        names = tuple(name for name in names if name not in times)
    wanted = Wanted(topics=topics, since=since, until=until).resolved(store)
    named = unique(resolve(store, name) for name in names_in(store, names))
    about = [key for entity in named for key in (*with_regions(store, entity), *entity.members)] if named else None
    events = tuple(filter(wanted.matches, store.events(about=about, since=since, until=until)))
    entities, topics = tuple(entity.id for entity in named), tuple(wanted.topics)
    return Timeline(about=entities, topics=topics, since=since, until=until, events=events, **backing(store, events))
