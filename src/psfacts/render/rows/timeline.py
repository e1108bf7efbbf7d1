"""A timeline as a table: a row an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import facts_of

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.timeline import Timeline


def tables(answer: Timeline) -> tuple[Table, ...]:
    """Return a row an event."""
    return (facts_of(answer, ()).table("event", answer.events),)
