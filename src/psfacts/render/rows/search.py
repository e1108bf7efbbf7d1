"""The answer to a search, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.render.rows import Scope, Table, same
from psfacts.render.rows.records import FACT, FEW_OF_ANY, facts_of

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.search import Hit, Search


def tables(answer: Search) -> tuple[Table, ...]:
    """Return hits, related facts, what is missing, what was corrected, the answer in a line, and the ways on."""
    facts = facts_of(answer, answer.indicators)
    columns = {**same("score"), **FACT, **same("marks")}
    few = ("score", *FEW_OF_ANY)

    def hits(found: tuple[Hit, ...]) -> Iterator[Scope]:
        for hit in found:
            marks = tuple(f"{start}-{end}" for start, end in hit.marks)
            yield {"score": hit.score, "marks": marks, **facts.scope(hit.fact)}

    told = [dict(answer.answer)] if answer.answer else []
    return (
        Table.of("hit", "Hits", hits(answer.hits), columns, few),
        Table.of("related", "Related", hits(answer.related), columns, few),
        Table.of("missing", "Missing", map(dict, answer.missing), same("text", "words", "entities", "indicators")),
        Table.of("correction", "Corrections", map(dict, answer.corrections), same("written", "read")),
        Table.of("answer", "Answer", told, same("kind", "text", "fact", "entity")),
        Table.of("way", "Ways on", ({"command": command} for command in answer.ways), same("command")),
    )
