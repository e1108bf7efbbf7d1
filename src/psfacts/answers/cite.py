"""Citations: what a bibliography needs to name the place that a fact stands in."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.fact import fact as facts_by_id
from psfacts.model import Fact, Id, Passage, Source, Text
from psfacts.store.places import Locator
from psfacts.store.store import Store


class Citation(Answer):
    """Answer to: how is this fact cited?"""

    id: Id
    """Id of the fact, or of the source, that is cited."""

    statement: Text | None
    """What the fact says; ``None`` for a source as a whole."""

    source: Source
    """The source, or the first of several."""

    sources: tuple[Source, ...]
    """All sources that the fact rests on, in the order of its passages."""

    passages: tuple[Passage, ...]
    """The passages that the fact cites; none for a source as a whole."""

    locators: tuple[Locator, ...]
    """Their places in words, repetitions dropped."""


@asked
def cite(key: str, *, store: Store = BUILT_IN) -> Citation:
    """Return what is needed to cite the fact, or the source, with the id ``key``.

    Raises NotFoundError where there is neither.
    """
    if store.has("sources", key):
        source = store.source(key)
        return Citation(id=key, statement=None, source=source, sources=(source,), passages=(), locators=())
    cited: Fact = facts_by_id(key, store=store).facts[0]
    sources = tuple(map(store.source, dict.fromkeys(passage.source for passage in cited.evidence)))
    return Citation(
        id=cited.id,
        statement=cited.statement,
        source=sources[0],
        sources=sources,
        passages=cited.evidence,
        locators=store.locators([cited])[cited.id],
    )
