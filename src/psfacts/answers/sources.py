"""The sources as a list."""

from __future__ import annotations

from collections import Counter

from psfacts.answers.answer import ALL, BUILT_IN, Answer, Wanted, asked, part
from psfacts.model import Frozen, Id, Source
from psfacts.store.store import Store


class Sources(Answer):
    """Answer to: what are the facts drawn from?"""

    total: int
    """How many sources there are of those asked for; ``sources`` may be a part of them."""

    sources: tuple[Source, ...]
    """Sources by id."""

    facts: Frozen[Id, int]
    """How many of the facts asked for cite each of them, by its id."""


@asked
def sources(wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0, store: Store = BUILT_IN) -> Sources:
    """List the sources of the facts that are ``wanted``; a part as :func:`facts` does."""
    counts = Counter(key for fact in wanted.facts(store) for key in {passage.source for passage in fact.evidence})
    found = [source for source in store.sources if wanted == ALL or counts[source.id]]
    shown = part(found, limit, offset)
    return Sources(total=len(found), sources=shown, facts={source.id: counts[source.id] for source in shown})
