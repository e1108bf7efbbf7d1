"""Matching a user's copies of articles to sources, and their passages to places in a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain

from psfacts.article.alignment import Alignment
from psfacts.article.readings import readings
from psfacts.article.text import Copy, look
from psfacts.errors import InvalidError
from psfacts.model import Id, Passage, Source
from psfacts.store.store import Store
from psfacts.text.names import fold

_ENOUGH = 20
"""One in so many characters that are known of a source must be found in a text that is taken for a copy of it."""

_FEW = 12
"""Number of passages of each source to look for when matching a text."""

_LONGEST = 20
"""A text that is longer than a source by this factor, and by more than a few pages, is taken for no copy of it."""

_PAGES = 20_000
"""Length of a few pages in characters."""

_SIMILAR = 2
"""A changed copy is at most so many times as long as its source, or as short."""

_WORD = 4
"""Minimum length of a significant word."""

_NAMED = 3
"""Maximum number of sources named in a message."""


def passages(store: Store) -> dict[Id, list[Passage]]:
    """Return all that is known of each source: what is cited, what is set aside, and where errata are printed."""
    known: dict[Id, list[Passage]] = {source.id: [] for source in store.sources}
    for record in (*store.facts, *store.errata, *store.uncited):
        for passage in record.evidence:
            known[passage.source].append(passage)
    return known


def sources_of(store: Store, copies: Sequence[Copy]) -> dict[Id, Copy]:
    """Return the copy of each source, by id: the one with its digest, or else with most of its passages.

    Raises InvalidError if a text is a copy of no source, or two are copies of the same.
    """
    by_digest = {source.sha256: source for source in store.sources}
    found: dict[Id, Copy] = {}
    for copy in sorted(copies, key=lambda copy: copy.sha256 not in by_digest):
        source = by_digest.get(copy.sha256) or _likest(store, copy, found)
        if source is None:
            raise no_copy(store)
        if source.id in found:
            raise InvalidError(f"two of the articles are copies of {source.id}", "give one copy of each source")
        found[source.id] = copy
    return found


def aligned(store: Store, source: Source, copy: Copy) -> Alignment:
    """Find all that is known of ``source`` in a ``copy`` of it. Raises InvalidError where that is hardly anything."""
    is_identical = copy.sha256 == source.sha256
    found = Alignment(copy.text, store.kept(passages)[source.id], source.length, is_identical=is_identical)
    if not is_identical and found.share * _ENOUGH < 1 and not _resembles(store, source, copy):
        raise no_copy(store)
    return found


def no_copy(store: Store) -> InvalidError:
    """Return the error for a text that is not a copy of any source."""
    sources = [f"{source.title} ({source.publisher}, {source.published})" for source in store.sources]
    more = f" and {len(sources) - _NAMED} more" if len(sources) > _NAMED else ""
    return InvalidError(
        "the article has none, or hardly any, of the passages that the facts cite",
        f"give the text that the fact base was drawn from: {', '.join(sources[:_NAMED])}{more}",
    )


def _likest(store: Store, copy: Copy, taken: Collection[Id]) -> Source | None:
    """Return the source of which a few passages, looked for everywhere, are found most; else one that is not taken."""
    fitting = [source for source in store.sources if len(copy.text) <= _LONGEST * source.length + _PAGES]
    if len(store.sources) == 1:
        return next(iter(fitting), None)
    known = store.kept(passages)
    few = {source.id: known[source.id][:: len(known[source.id]) // _FEW + 1] for source in fitting}
    for reading in readings(copy.text):
        if found := look(reading.text, 0, len(reading.text), chain.from_iterable(few.values())):
            shares = {key: sum(map(found.__contains__, some)) / max(1, len(some)) for key, some in few.items()}
            return max(fitting, key=lambda source: shares[source.id])
    free = (source for source in fitting if source.id not in taken)
    return next((source for source in free if _resembles(store, source, copy)), None)


def _resembles(store: Store, source: Source, copy: Copy) -> bool:
    """Return whether a text in which nothing is found may yet be a changed copy of a source.

    Of a few sentences each may be changed; but the text is then about as long, and has most of the words of
    the statements.
    """
    if not source.length / _SIMILAR <= len(copy.text) <= source.length * _SIMILAR:
        return False
    words = store.kept(_words)[source.id]
    return 2 * len(words & set(fold(copy.text).split())) >= len(words) > 0


def _words(store: Store) -> dict[Id, set[str]]:
    """Return the significant words of the statements about each source."""
    words: dict[Id, set[str]] = defaultdict(set)
    for fact in store.facts:
        telling = {word for word in fold(fact.statement).split() if len(word) >= _WORD}
        for key in {passage.source for passage in fact.evidence}:
            words[key] |= telling
    return words
