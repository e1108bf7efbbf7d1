"""The entities as a list."""

from __future__ import annotations

from collections import Counter

from psfacts.answers.answer import ALL, BUILT_IN, Answer, Wanted, asked, part
from psfacts.model import Entity, EntityType, Frozen, Id
from psfacts.store.store import Store


class Entities(Answer):
    """Answer to: who and what are the facts about?"""

    total: int
    """How many entities there are of those asked for; ``entities`` may be a part of them."""

    entities: tuple[Entity, ...]
    """Entities by name."""

    facts: Frozen[Id, int]
    """How many of the facts asked for name each of them, by its id."""


@asked
def entities(
    kind: EntityType | None = None,
    wanted: Wanted = ALL,
    *,
    limit: int | None = None,
    offset: int = 0,
    store: Store = BUILT_IN,
) -> Entities:
    """List the entities of one ``kind`` or of all that the ``wanted`` facts name; a part as :func:`facts` does."""
    counts = Counter(key for fact in wanted.facts(store) for key in fact.entities)
    named = (
        entity for entity in store.entities if kind in (None, entity.type) and (wanted == ALL or counts[entity.id])
    )
    found = sorted(named, key=lambda entity: (entity.name, entity.id))
    shown = part(found, limit, offset)
    return Entities(total=len(found), entities=shown, facts={entity.id: counts[entity.id] for entity in shown})
