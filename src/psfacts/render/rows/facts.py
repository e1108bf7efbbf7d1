"""The list of the facts as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import FACT, FEW_OF_ANY, facts_of

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.facts import Facts


def tables(answer: Facts) -> tuple[Table, ...]:
    """Return a row a fact."""
    facts = facts_of(answer, answer.indicators)
    return (Table.of("fact", "Facts", map(facts.scope, answer.facts), FACT, FEW_OF_ANY),)
