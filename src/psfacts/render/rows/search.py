"""The answer to a search, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    FACT,
    Row,
    facts_of,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.search import Hit, Search


def tables(answer: Search) -> tuple[Table, ...]:
    """Return hits, related facts, what is missing, what was corrected, the answer in a line, and the ways on."""
    facts = facts_of(answer, answer.indicators)

    def hits(found: tuple[Hit, ...]) -> Iterator[Row]:
        for one in found:
            marks = tuple(f"{start}-{end}" for start, end in one.marks)
            yield {"score": one.score, "marks": marks, **facts.row(one.fact)}

    missing = [(one.text, one.words, one.entities, one.indicators) for one in answer.missing]
    corrections = [(one.written, one.read) for one in answer.corrections]
    told = [(one.kind, one.text, one.fact, one.entity) for one in (answer.answer,) if one]
    return (
        Table.of("hit", "Hits", hits(answer.hits), ("score", *FACT, "marks")),
        Table.of("related", "Related", hits(answer.related), ("score", *FACT, "marks")),
        Table("missing", "Missing", ("text", "words", "entities", "indicators"), missing),
        Table("correction", "Corrections", ("written", "read"), corrections),
        Table("answer", "Answer", ("kind", "text", "fact", "entity"), told),
        Table("way", "Ways on", ("command",), [(command,) for command in answer.ways]),
    )
