"""The list of the topics as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.topics import Topics


def tables(answer: Topics) -> tuple[Table, ...]:
    """Return a row a topic."""
    return (Table.of("topic", "Topics", map(dict, answer.topics), same("id", "name", "facts")),)
