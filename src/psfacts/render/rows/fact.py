"""Facts with the words that they cite, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Scope, Table, same
from psfacts.render.rows.records import FACT, FEW_OF_ANY, facts_of

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.fact import CitedPassage, FactRecords

_WORDS = ("words", "found_by", "paragraph_words")
"""Lists that go with ``evidence``: the cited words, the reading that it took to find them, and their paragraph."""


def tables(answer: FactRecords) -> tuple[Table, ...]:
    """Return a row a fact."""
    facts = facts_of(answer, answer.indicators)
    scopes = (
        {**facts.scope(fact), **_words([passage for passage in answer.passages if passage.fact == fact.id])}
        for fact in answer.facts
    )
    return (Table.of("fact", "Facts", scopes, {**FACT, **same(*_WORDS)}, FEW_OF_ANY),)


def _words(passages: list[CitedPassage]) -> Scope:
    """Return the words of passages; no item where no article is at hand."""
    excerpts = [passage.excerpt for passage in passages]
    if not any(excerpts):
        return dict.fromkeys(_WORDS, ())
    return {
        "words": tuple(excerpt.text if excerpt else None for excerpt in excerpts),
        "found_by": tuple(excerpt.reading if excerpt else None for excerpt in excerpts),
        "paragraph_words": tuple(
            "".join(segment.text for segment in excerpt.segments) if excerpt else None for excerpt in excerpts
        ),
    }
