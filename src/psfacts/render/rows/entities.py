"""The list of the entities as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same
from psfacts.render.rows.records import ENTITY

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.entities import Entities


def tables(answer: Entities) -> tuple[Table, ...]:
    """Return a row an entity."""
    scopes = ({**entity.model_dump(), "facts": answer.facts[entity.id]} for entity in answer.entities)
    few = ("id", "type", "name", "short", "alpha2", "capital", "members_names", "role", "of_name", "facts")
    return (Table.of("entity", "Entities", scopes, {**ENTITY, **same("facts")}, few),)
