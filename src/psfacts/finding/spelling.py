"""Misspelt words put right against the words that the base and the vocabulary know, names first."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cached_property

from psfacts.finding.index import quoted
from psfacts.store.connection import shared

_SHORTEST = 4
_LONGEST = 30
_NEAR_NAME = 0.75
_NEAR_WORD = 0.8
_NEAR_OTHERWISE = 0.87
"""For words that start with another letter, which is seldom mistyped."""
_PREFERENCE = 0.04
"""How much nearer a word counts for being of a name, and again for starting with the same letter."""

_SHARING = "SELECT word, is_name FROM spelling WHERE spelling MATCH ? ORDER BY rank LIMIT 30"
"""Words that share most runs of three characters with a word."""

_STARTING = """
    SELECT word, is_name FROM spelling WHERE substr(word, 1, 1) = ? AND length(word) BETWEEN ? AND ?
"""
"""Words that start alike and are about as long: of short words, the misspelt one may share no run."""


class Speller:
    """Puts words right against ``names`` and ``words``, which are indexed when the first is asked for."""

    def __init__(self, names: Callable[[], Iterable[str]], words: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self._words = words

    def nearest(self, word: str) -> str | None:
        """Return the known word that ``word`` is most likely meant to be; ``None`` where none is near enough."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        runs = " OR ".join(quoted(word[at : at + 3]) for at in range(len(word) - 2))
        sharing = self._database.execute(_SHARING, (runs,))
        alike = (word[0], len(word) - 1, len(word) + 1)
        return _best(word, sharing) or _best(word, self._database.execute(_STARTING, alike))

    @cached_property
    def _database(self) -> sqlite3.Connection:
        database = shared()
        weakref.finalize(self, database.close)
        database.execute("CREATE VIRTUAL TABLE spelling USING fts5(word, is_name UNINDEXED, tokenize='trigram')")
        names = dict.fromkeys(self._names(), True)
        words = names | {word: False for word in self._words() if word not in names}
        with database:
            rows = ((word, is_name) for word, is_name in words.items() if word.isalpha())
            database.executemany("INSERT INTO spelling VALUES (?, ?)", rows)
        return database


def _best(word: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    best, highest = None, 0.0
    for like, is_name in candidates:
        matcher.set_seq1(like)
        starts_alike = like[0] == word[0]
        least = (_NEAR_NAME if is_name else _NEAR_WORD) if starts_alike else _NEAR_OTHERWISE
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least or matcher.ratio() < least:
            continue
        nearness = matcher.ratio() + _PREFERENCE * (is_name + starts_alike)
        if nearness > highest:
            best, highest = like, nearness
    return best
