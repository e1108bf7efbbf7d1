"""Connections to SQLite that threads may share for reading; SQLite serialises what they ask."""

from __future__ import annotations

import sqlite3


def shared(database: str = ":memory:", *, uri: bool = False, timeout: float = 5.0) -> sqlite3.Connection:
    """Connect to ``database``, to which nothing is written once others have the connection.

    Nothing prepared is kept: Python would give the same statement to two threads that ask the same at the same time,
    and each would take rows from the other.
    """
    return sqlite3.connect(database, timeout=timeout, uri=uri, check_same_thread=False, cached_statements=0)
