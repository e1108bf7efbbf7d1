"""A user's copy of an article, and which source of a fact base it is a copy of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from psfacts.article.copy import Copy
from psfacts.article.text import digest
from psfacts.errors import InvalidError
from psfacts.model import Passage, Source
from psfacts.store.store import Store

_ENOUGH = 20
"""One in so many passages must be found in a text that is taken for a copy."""

_SAMPLE = 12
"""How many passages are looked for everywhere, before a text is taken for no copy."""

_LONGEST = 20
"""A text that is longer than a source by this factor, and by more than a few pages, is taken for no copy of it."""

_PAGES = 20_000
"""Characters of a few pages."""

Progress = Callable[[int, int], None]
"""Is told how many passages of how many were looked for."""


def of_source(passages: Iterable[Passage], source: Source) -> list[Passage]:
    """Return those of ``passages`` that stand in ``source``."""
    return [one for one in passages if one.source == source.id]


def _passages(store: Store, source: Source) -> list[Passage]:
    """Return what is cited of ``source``, the longest passages first: where they stand, shorter ones are told apart."""
    cited = {passage for fact in store.facts for passage in of_source(fact.evidence, source)}
    return sorted(cited, key=lambda one: (one.start - one.end, one.start, one.end))


def find_all(store: Store, source: Source, copy: Copy, progress: Progress | None = None) -> None:
    """Look for all that is cited of ``source``, so that the copy knows what stands next to what is missing."""
    passages = _passages(store, source)
    for done, passage in enumerate(passages, 1):
        copy.find(passage)
        if progress:
            progress(done, len(passages))


def source_of(store: Store, copy: Copy) -> Source:
    """Return which source ``copy`` is a copy of: the one with its digest, else the one of which it has most.

    Raises InvalidError where it has hardly a passage of any.
    """
    known = digest(copy.text)
    for source in store.sources:
        if known == source.sha256:
            return source
    shares = [(_share(_passages(store, one), one, copy), number) for number, one in enumerate(store.sources)]
    best, number = max(shares, key=lambda pair: (pair[0], -pair[1]))
    if best * _ENOUGH >= 1:
        return store.sources[number]
    raise InvalidError(
        "the article has none, or hardly any, of the passages that the facts cite",
        "give the text that the fact base was drawn from: "
        + ", ".join(f"{one.title} ({one.publisher}, {one.published})" for one in store.sources),
    )


def _share(passages: Sequence[Passage], source: Source, copy: Copy) -> float:
    """Return the share of ``passages`` found at their places, or of a sample found anywhere."""
    if not passages or len(copy.text) > _LONGEST * source.length + _PAGES:
        return 0.0
    in_place = sum(copy.near(one) is not None for one in passages) / len(passages)
    if in_place * _ENOUGH >= 1:
        return in_place
    sample = passages[:: max(1, len(passages) // _SAMPLE)]
    return sum(copy.find(one) is not None for one in sample) / len(sample)
