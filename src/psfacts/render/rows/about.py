"""What is known about an entity, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import entities, errata, facts_of, indicators

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.about import About


def tables(answer: About) -> tuple[Table, ...]:
    """Return the entity, its indicators, its facts by kind, and the errata."""
    return (
        entities("entity", "Entity", [answer.entity]),
        indicators(answer.indicators),
        *facts_of(answer, answer.indicators).kinds(answer.facts),
        errata(answer.errata, answer.locators),
    )
