"""Stems of words, as SQLite's tokenizer makes them for the full-text index, so that both sides of a search agree."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Sequence
from itertools import accumulate
from threading import Lock

from psfacts.store.tables import TOKENIZER

_MARK = "\ue000"
"""A private character that text has no use for."""


class Stemmer:
    """Asks SQLite for the stems of words, by indexing them for a moment and reading the index back."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute(f"CREATE VIRTUAL TABLE said USING fts5(word, content='', tokenize='{TOKENIZER}')")
        self._database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(said, instance)")
        self._database.execute(f"CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='{TOKENIZER}')")
        self._lock = Lock()

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stem of each of ``words``; the word itself where SQLite sees none or several in it."""
        stems = list(words)
        with self._lock:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO said(rowid, word) VALUES (?, ?)", enumerate(words))
            for row, offset, stem in self._database.execute("SELECT doc, offset, term FROM stems"):
                stems[row] = stem if offset == 0 else words[row]
            self._database.execute("ROLLBACK")
        return stems

    def marks(self, texts: Sequence[str], expression: str) -> list[tuple[tuple[int, int], ...]]:
        """Return for each of ``texts`` start and end of the runs of words that a full-text ``expression`` finds."""
        marked = dict.fromkeys(range(len(texts)), "")
        sql = "SELECT rowid, highlight(shown, 0, ?, ?) FROM shown WHERE shown MATCH ?"
        with self._lock:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO shown(rowid, text) VALUES (?, ?)", enumerate(texts))
            marked |= dict(self._database.execute(sql, (_MARK, _MARK, expression)))
            self._database.execute("ROLLBACK")
        return [() if _MARK in text else _spans(marked[row]) for row, text in enumerate(texts)]


def _spans(marked: str) -> tuple[tuple[int, int], ...]:
    """Return the places of what stands between marks, as they are without the marks."""
    ends = list(accumulate(map(len, marked.split(_MARK))))
    return tuple(zip(ends[:-1:2], ends[1::2], strict=True))
