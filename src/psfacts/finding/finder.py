"""The search itself: a query read, looked up, ranked and judged."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from psfacts.finding import index
from psfacts.finding.evidence import Lookup
from psfacts.finding.index import quoted
from psfacts.finding.judging import Judge
from psfacts.finding.lexicon import Lexicon
from psfacts.finding.query import Query, Reader
from psfacts.finding.ranking import Ranker, Scored
from psfacts.finding.spelling import Speller
from psfacts.finding.stemming import Stemmer
from psfacts.model import Fact
from psfacts.store.connection import shared
from psfacts.text.names import spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

Marks = tuple[tuple[int, int], ...]

_WORDS = 10_000
"""Of how many words it is remembered whether the base has them."""


@dataclass(frozen=True)
class Found:
    """All that a query has to do with, before anybody says which of it is shown."""

    query: Query
    ranked: tuple[Scored, ...]
    """The best first."""
    judge: Judge


class Finder:
    """A store made ready to be searched: its full-text index, and the words that queries are understood by."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.connection if index.exists(store.connection) else self._filled(store)
        self._stemmer = Stemmer()
        knows = lru_cache(maxsize=_WORDS)(partial(index.knows, self._database))
        self._lexicon = Lexicon(store.entities, store.indicators, self._stemmer, knows)
        speller = Speller(lambda: self._lexicon.names, self._words)
        self._reader = Reader(self._lexicon, self._stemmer, knows, speller.nearest)
        self._lookup = Lookup(store, self._database)

    def _filled(self, store: Store) -> sqlite3.Connection:
        database = shared()
        weakref.finalize(self, database.close)
        index.fill(database, store)
        return database

    def _words(self) -> Iterator[str]:
        """Return all known words that are of no name of the base."""
        yield from self._lexicon.words
        yield from index.spellings_of_words(self._database)

    def find(self, text: str) -> Found:
        """Read ``text`` and rank all facts that have anything to do with it."""
        query = self._reader.read(text)
        evidence = self._lookup.evidence(query)
        facts = {key: self._store.fact(key) for one in evidence for key in one.quality}
        facts |= {fact.id: fact for fact in self._dated(query)}
        ranked = Ranker(self._store, query, evidence).ranked(facts.values())
        return Found(query, tuple(ranked), Judge(self._store, query, evidence, self._lookup.roles.is_common))

    def marks(self, query: Query, facts: Sequence[Fact]) -> list[Marks]:
        """Return where in each statement the words of ``query`` stand, or others that mean the same."""
        words = [word for one in query.concepts for word in (one.text, *one.meaning.synonyms)]
        names = [one.meaning.entity for one in query.concepts]
        words += [name for key in names if key for name in spellings(self._store.entity(key))]
        if not words:
            return [() for _ in facts]
        expression = " OR ".join(map(quoted, dict.fromkeys(words)))
        return self._stemmer.marks([fact.statement for fact in facts], expression)

    def _dated(self, query: Query) -> tuple[Fact, ...]:
        """Return the facts of the time that ``query`` names; without a year, the events only."""
        if query.period is None:
            return ()
        if query.period.bounds:
            return self._store.dated(*query.period.bounds)
        return tuple(fact for fact in self._store.events() if query.period.meets(fact.when))
