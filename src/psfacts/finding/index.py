"""The full-text index of a fact base: filled from a store, and asked through a connection, which may be a file's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from typing import TYPE_CHECKING

from psfacts.model import Entity, Fact, Id, Observation, Relation
from psfacts.store import tables
from psfacts.store.connection import Database, connected
from psfacts.text.names import fold, spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

_AT_A_TIME = 5000
"""Rows that are compared at a time."""

_SPELLINGS = 5000
"""How many words that start alike are weighed for a misspelt one."""

_LAST = "\U0010ffff"

_STANDING = {"reported": "reported", "attributed": "said claimed", "assessed": "author view judgement opinion forecast"}


def of(store: Store, facts: Iterable[Fact]) -> Database:
    """Return an index in memory of some ``facts`` of ``store``."""
    database = Database(connected())  # which closes the connection, also where a fact cannot be read
    fill(database.connection, store, facts)
    return database


def fill(database: sqlite3.Connection, store: Store, facts: Iterable[Fact]) -> None:
    """Make the tables for facts in ``database`` and index ``facts`` of ``store``."""
    for sql in tables.full_text("fact_text", "fact_stems"):
        database.execute(sql)
    with database:
        rows = (fact_row(store, fact) for fact in facts)
        database.executemany("INSERT INTO fact_text VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def fill_words(database: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Make the tables for words in ``database``, whose facts are indexed, and index those of ``entities`` as well."""
    for sql in tables.full_text("fact_words", "fact_spellings"):
        database.execute(sql)
    with database:
        finish(database, entities)


def finish(database: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Index the words of the facts, which are in ``fact_text``, and of the names of ``entities``."""
    database.execute("INSERT INTO fact_words SELECT statement || ' ' || headline || ' ' || keywords FROM fact_text")
    names = ((fold(" ".join(spellings(entity))),) for entity in entities)
    database.executemany("INSERT INTO fact_words VALUES (?)", names)


def problems(store: Store) -> Iterator[str]:
    """Return where the full-text tables of a file are not what its records make."""
    # A file of SQLite's own, which goes with the connection.
    with closing(sqlite3.connect("", check_same_thread=False)) as connection:
        connection.execute("PRAGMA cache_size = -65536")
        fill(connection, store, store.facts)
        fill_words(connection, store.entities)
        _fill_searched(connection, store)
        made = Database(connection)
        sql = "SELECT rowid, * FROM fact_text ORDER BY rowid"
        if not _are_equal(store.database.chunks(sql, size=_AT_A_TIME), made.chunks(sql, size=_AT_A_TIME)):
            yield "fact_text: does not hold what the records say"
        for table in ("fact_text", "fact_words", *(f"{table}_fts" for table in tables.SEARCHED)):
            pairs = zip(_index_of(store.database, table), _index_of(made, table), strict=True)
            if not all(_are_equal(theirs, ours) for theirs, ours in pairs):
                yield f"{table}: its index is not what the records make"


def _fill_searched(connection: sqlite3.Connection, store: Store) -> None:
    """Make anew what Datasette searches, of the rows of a file, which are held against the records elsewhere."""
    for table, columns in tables.SEARCHED.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        rows = store.database.stream(f"SELECT rowid, {', '.join(columns)} FROM {table}")  # noqa: S608 -- our own words
        marks = ", ".join("?" * (len(columns) + 1))
        connection.executemany(f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
    for sql in (*tables.full_text(*(f"{table}_fts" for table in tables.SEARCHED)), *tables.fill_searched()):
        connection.execute(sql)


def _index_of(database: Database, table: str) -> Iterator[Iterator[Sequence[object]]]:
    """Return all places of all words in a full-text table, how many words each row and all have, and what it is set to.

    Each word is looked up as a question would: it may be there and not be found.
    """
    database.rows("PRAGMA query_only = OFF")  # or no table could be made that nobody else sees
    for name, kind in (("terms", "row"), ("places", "instance")):
        database.rows(f"CREATE VIRTUAL TABLE temp.{table}_{name} USING fts5vocab(main, {table}, {kind})")
    database.rows("PRAGMA query_only = ON")
    places = f"{table}_terms CROSS JOIN {table}_places USING (term)"
    for part in (places, f"{table}_docsize ORDER BY 1", f"{table}_data WHERE id = 1", f"{table}_config ORDER BY 1"):
        yield database.chunks(f"SELECT * FROM {part}", size=_AT_A_TIME)  # noqa: S608 -- only our own words


def _are_equal(first: Iterable[object], second: Iterable[object]) -> bool:
    return all(one == other for one, other in zip_longest(first, second))


def size(database: Database) -> int:
    """Return how many facts are indexed, or the highest number that one has."""
    rows = database.rows("SELECT rowid FROM fact_text ORDER BY rowid DESC LIMIT 1")
    return int(rows[0][0]) if rows else 0


def matching(database: Database, expression: str, most: int) -> list[Id]:
    """Return facts that match a full-text ``expression``, at most so many, in the order that they are indexed in."""
    return database.ids("SELECT id FROM fact_text WHERE fact_text MATCH ? LIMIT ?", expression, most)


def knows(database: Database, stem: str) -> bool:
    """Return whether ``stem`` occurs in a fact."""
    return bool(database.rows("SELECT 1 FROM fact_stems WHERE term = ? LIMIT 1", stem))


def spelt(database: Database, words: Collection[str]) -> dict[str, int]:
    """Return those of ``words`` that occur in facts or names, each with in how many of them."""
    sql = "SELECT term, doc FROM fact_spellings WHERE term IN (SELECT value FROM json_each(?))"
    return dict(database.rows(sql, json.dumps(list(words))))


def spelt_alike(database: Database, start: str, shortest: int, longest: int) -> dict[str, int]:
    """Return the words of facts and names that start so and are so long; of very many some thousands."""
    sql = """
        SELECT term, doc FROM fact_spellings WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT ?
    """
    return dict(database.rows(sql, start, start + _LAST, shortest, longest, _SPELLINGS))


def quoted(words: str) -> str:
    """Return ``words`` as a phrase of the full-text query language, which would end at a NUL."""
    return '"' + words.replace('"', '""').replace("\0", " ") + '"'


def either(phrases: Iterable[str]) -> str:
    """Return a full-text expression for any of ``phrases``."""
    return " OR ".join(map(quoted, dict.fromkeys(phrases)))


def fact_row(store: Store, fact: Fact) -> tuple[str, ...]:
    """Return the row of ``fact_text``."""
    entities = [store.entity(key) for key in fact.entities]
    names = [name for entity in entities for name in (entity.name, entity.short) if name]
    topics = [topic.replace("-", " ") for topic in fact.topics]
    told = [_STANDING[fact.standing], *(store.entity(key).name for key in fact.asserted_by)]
    if isinstance(fact, Observation):
        indicator = store.indicator(fact.indicator)
        topics += [indicator.name, *indicator.aliases]
    if fact.when:
        told.append(fact.when.text)
    columns = fact.statement, _headline(store, fact), _all(fact.keywords), _all(names), _all(topics), _all(told)
    return *columns, fact.id


def _headline(store: Store, fact: Fact) -> str:
    if fact.title:
        return fact.title
    match fact:
        case Relation():
            return f"{store.entity(fact.subject).name} {fact.predicate} {store.entity(fact.object).name}"
        case Observation():
            return f"{store.entity(fact.subject).name} {store.indicator(fact.indicator).name} {fact.value}"
    return ""


def _all(parts: Iterable[str]) -> str:
    return ". ".join(parts)
