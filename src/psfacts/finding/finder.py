"""The search itself: a query read, looked up, ranked and judged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from psfacts.finding import index
from psfacts.finding.asked import asked
from psfacts.finding.evidence import MOST, Lookup
from psfacts.finding.judging import Judge
from psfacts.finding.names import Names
from psfacts.finding.query import Query, Reader
from psfacts.finding.ranking import Ranker, Scored
from psfacts.finding.roles import Roles
from psfacts.finding.spelling import Speller
from psfacts.finding.stemming import Stemmer
from psfacts.model import Fact
from psfacts.store.connection import Database
from psfacts.text.names import spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

Marks = tuple[tuple[int, int], ...]

_WORDS = 10_000
"""Of how many words it is remembered whether the base has them."""


class Found(NamedTuple):
    """All that a query has to do with, before anybody says which of it is shown."""

    query: Query
    ranked: tuple[Scored, ...]
    """The best first."""
    judge: Judge
    is_cut: bool
    """Whether more facts share words of the query than were looked at."""


class Finder:
    """A store made ready to be searched: its full-text index, and the words that queries are understood by."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.database if store.is_of_file else index.of(store, store.facts)
        self._has_words = store.is_of_file
        self._lock = Lock()
        self._stemmer = Stemmer()
        knows = lru_cache(maxsize=_WORDS)(partial(index.knows, self._database))
        speller = Speller(
            lambda words: index.spelt(self._words, words),
            lambda start, shortest, longest: index.spelt_alike(self._words, start, shortest, longest),
        )
        self._reader = Reader(Names(store), self._stemmer, knows, speller.nearest)
        self._lookup = Lookup(store, self._database)

    @property
    def _words(self) -> Database:
        """The database, with the words of the base: in memory they are indexed when the first misspelt one is met."""
        with self._lock:
            if not self._has_words:
                index.fill_words(self._database.connection, self._store.entities)
                self._has_words = True
        return self._database

    def read(self, text: str) -> Query:
        """Understand ``text``, whatever it is."""
        return self._reader.read(text)

    def find(self, text: str) -> Found:
        """Read ``text`` and rank the facts that have most to do with it."""
        query = self.read(text)
        usage = asked().usage(query.stems, query.entities)
        evidence, facts = self._lookup.evidence(query, usage)
        roles = Roles(self._store, query)
        ranked = Ranker(query, evidence, usage, roles, self._stemmer).ranked(facts)
        return Found(query, tuple(ranked), Judge(self._store, query, evidence, usage, roles), len(facts) >= MOST)

    def marks(self, query: Query, facts: Sequence[Fact]) -> list[Marks]:
        """Return where in each statement the words of ``query`` stand, or others that mean the same."""
        words = [word for concept in query.concepts for word in (concept.text, *concept.synonyms)]
        words += [name for key in query.entities for name in spellings(self._store.entity(key))]
        if not words:
            return [() for _ in facts]
        return self._stemmer.marks([fact.statement for fact in facts], index.either(words))
