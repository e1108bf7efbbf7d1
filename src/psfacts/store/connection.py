"""SQLite databases, safe for threads, forking processes and untrusted files."""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from collections.abc import Iterator
from threading import Lock
from typing import Any

from psfacts.errors import InvalidError

_SECONDS = 5.0
"""Time limit of a query to a file in seconds, plus one second for each _BYTES of it."""

_BYTES = 20 * 2**20

_PATIENCE = 1.0
"""Seconds to wait for a file that is being written to."""

_STEPS = 100_000
"""SQLite instructions between checks of the time limit."""

_AT_A_TIME = 32
"""Rows fetched between checks that the file can hold that many."""

_SLACK = 2**20
"""Bytes that a result may have beyond the size of the file."""

_TOO_LONG = "it takes longer than a sound file of its size would"

_ROW = 8
"""Minimum size of a row in bytes."""


class Database:
    """A read-only SQLite database. Queries from several threads run one after another.

    ``name`` is what errors call it. A file is given with its ``size``: what it answers may take no longer, and be no
    more, than a sound file of that size can account for; the pages of one that is not sound may lead in circles.
    """

    def __init__(self, connection: sqlite3.Connection, name: str = "", size: int | None = None) -> None:
        self.connection = connection
        self.name = name
        self._size = size
        self._deadline = 0.0
        self._stopped: BaseException | None = None
        if size is not None:
            is_late = weakref.WeakMethod(self._is_late)  # or the connection would keep what closes it alive
            connection.set_progress_handler(lambda: (ask := is_late()) is not None and ask(), _STEPS)
        weakref.finalize(self, connection.close)

    def rows(self, sql: str, *parameters: str | float | None) -> list[tuple[Any, ...]]:
        """Return all rows of a query. Raises InvalidError if the database cannot be read."""
        return list(self.stream(sql, *parameters))

    def ids(self, sql: str, *parameters: str | float | None) -> list[str]:
        """Return the only column of all rows of a query, which must be text."""
        found = [row[0] for row in self.stream(sql, *parameters)]
        if not all(isinstance(key, str) for key in found):
            raise unreadable(self.name, "a table has an id that is no text")
        return found

    def stream(self, sql: str, *parameters: str | float | None) -> Iterator[tuple[Any, ...]]:
        """Return an iterator over the rows of a query. Raises InvalidError as :meth:`rows` does."""
        taken = 0
        for rows in self.chunks(sql, *parameters, size=_AT_A_TIME):
            if self._size is not None:
                taken += _ROW * len(rows) + sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
                if taken > self._size + _SLACK:
                    raise unreadable(self.name, "it gives more than a file of its size holds")
            yield from rows

    def chunks(self, sql: str, *parameters: str | float | None, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Return the rows of a query in chunks of ``size``, with no limit on their number."""
        cursor: sqlite3.Cursor | None = None
        while True:
            with _LOCK:
                self._deadline = time.monotonic() + _SECONDS + (self._size or 0) / _BYTES
                try:
                    cursor = cursor or self.connection.execute(sql, parameters)
                    rows = cursor.fetchmany(size)
                except UnicodeEncodeError:  # what is no text is nowhere
                    return
                except (sqlite3.Error, UnicodeDecodeError) as error:
                    stopped, self._stopped = self._stopped, None
                    what = _TOO_LONG if str(error) == "interrupted" else error
                    raise stopped or unreadable(self.name, what) from None
            if not rows:
                return
            yield rows

    def _is_late(self) -> bool:
        """Return whether SQLite must stop. It must not raise: an exception, such as on Ctrl-C, would be lost there."""
        try:
            return time.monotonic() > self._deadline
        except BaseException as error:
            self._stopped = error
            return True


def connected(uri: str = ":memory:") -> sqlite3.Connection:
    """Return a connection to a database, by default a new one in memory, which threads may share once it is filled.

    Nothing prepared is kept: Python would give the same statement to two threads that ask the same at the same time,
    and each would take rows from the other.
    """
    return sqlite3.connect(uri, timeout=_PATIENCE, uri=True, check_same_thread=False, cached_statements=0)


def unreadable(name: str, error: object) -> InvalidError:
    """Return the error for a file ``name`` that cannot be read as a fact base."""
    return InvalidError(f"{name}: cannot be read: {error}", "export it again: psfacts export", (str(error),))


_LOCK = Lock()
"""Held by the query that runs."""

if hasattr(os, "register_at_fork"):  # a child would wait for ever for a query of its parent; Windows has no forks
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)
