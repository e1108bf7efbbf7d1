"""Facts with the words that they cite, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    FACT,
    Row,
    facts_of,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.fact import CitedPassage, FactRecords


def tables(answer: FactRecords) -> tuple[Table, ...]:
    """Return a row a fact."""
    facts = facts_of(answer, answer.indicators)
    rows = (facts.row(fact) | _words([one for one in answer.passages if one.fact == fact.id]) for fact in answer.facts)
    return (Table.of("fact", "Facts", rows, (*FACT, *_WORDS)),)


_WORDS = ("words", "found_by", "paragraph_words")
"""Lists that go with ``evidence``: the cited words, the reading that it took to find them, and their paragraph."""


def _words(passages: list[CitedPassage]) -> Row:
    """Return the words of passages; no item where no article is at hand."""
    excerpts = [one.excerpt for one in passages]
    if not any(excerpts):
        return dict.fromkeys(_WORDS, ())
    return {
        "words": tuple(one.text if one else None for one in excerpts),
        "found_by": tuple(one.reading if one else None for one in excerpts),
        "paragraph_words": tuple("".join(part.text for part in one.segments) if one else None for one in excerpts),
    }
