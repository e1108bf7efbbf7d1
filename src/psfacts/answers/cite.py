"""Citations: the source of a fact and the place in it, for a bibliography."""

from __future__ import annotations

from psfacts.answers.answer import BUILT_IN, Answer, asked
from psfacts.answers.fact import fact as facts_by_id
from psfacts.model import Fact, Id, Passage, Source, Text
from psfacts.store.places import Locator
from psfacts.store.store import Store


class Citation(Answer):
    """Answer to: how is this fact cited?"""

    id: Id
    """Id of the cited fact or source."""

    statement: Text | None
    """Statement of the fact; ``None`` for a source as a whole."""

    source: Source
    """The source, or the first of several."""

    sources: tuple[Source, ...]
    """All sources of the fact, in the order of its passages."""

    passages: tuple[Passage, ...]
    """The passages that the fact cites; none for a source as a whole."""

    locators: tuple[Locator, ...]
    """Their places in words, without duplicates."""


@asked
def cite(key: str, *, store: Store = BUILT_IN) -> Citation:
    """Return the citation of the fact or source with the id ``key``.

    Raises NotFoundError if there is neither.
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
