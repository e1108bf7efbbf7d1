"""The list of the sources as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.sources import Sources

_COLUMNS = same(
    *("id", "title", "author", "publisher", "published", "url", "language", "translated_from", "translation"),
    *("length", "sha256", "facts"),
)


def tables(answer: Sources) -> tuple[Table, ...]:
    """Return a row a source."""
    scopes = ({**dict(source), "facts": answer.facts[source.id]} for source in answer.sources)
    few = ("id", "title", "author", "publisher", "published", "url", "language", "translated_from", "facts")
    return (Table.of("source", "Sources", scopes, _COLUMNS, few),)
