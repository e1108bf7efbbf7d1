"""A citation as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.citation import plain, references
from psfacts.render.rows import Table, same
from psfacts.render.rows.records import PASSAGES, PLACES, fragments

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.cite import Citation

_SOURCE = ("author", "title", "publisher", "published", "url", "language", "translated_from", "translation")

CITATION = {
    **same("id", "citation", "statement"),
    **{name: f"source.{name}" for name in _SOURCE},
    "source": "source.id",
    "source_sha256": "source.sha256",
    **{name: path for name, path in PLACES.items() if name != "source"},
    **PASSAGES,
}
"""Columns of a citation."""


def tables(answer: Citation) -> tuple[Table, ...]:
    """Return the citation, a row a source."""
    scopes = (
        {
            "id": answer.id,
            "citation": line,
            "statement": answer.statement,
            "source": reference.source,
            "locators": reference.locators,
            "evidence": reference.passages,
            "_evidence": fragments(reference.passages),
        }
        for reference, line in zip(references(answer), plain(answer).splitlines(), strict=True)
    )
    return (Table.of("citation", "Citation", scopes, CITATION, ("citation", "statement", "url", "id")),)
