"""The full-text index of a fact base: filled from a store, and asked through a connection, which may be a file's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Protocol

from psfacts.finding.stemming import TOKENIZER
from psfacts.model import Entity, Fact, Id, Indicator, Observation, Relation
from psfacts.text.names import fold, spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

FACTS = f"""
CREATE VIRTUAL TABLE fact_text USING fts5(
    statement, headline, keywords, names, topics, told, id UNINDEXED, tokenize='{TOKENIZER}'
);
CREATE VIRTUAL TABLE fact_stems USING fts5vocab(fact_text, row);
"""
"""What facts are looked up by."""

WORDS = """
CREATE VIRTUAL TABLE fact_words USING fts5(words, content='', detail=none, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE fact_spellings USING fts5vocab(fact_words, row);
"""
"""How the words of facts and names are spelt."""

_WEIGHTS = "4.0, 4.0, 3.0, 2.0, 1.5, 1.0"
"""How much a word counts in each column of ``fact_text``, for BM25."""

_STANDING = {"reported": "reported", "attributed": "said claimed", "assessed": "author view judgement opinion forecast"}


class Known(Protocol):
    """What has the records that facts and entities refer to, as a store has."""

    def entity(self, key: Id) -> Entity:
        """Return the entity with this id."""
        ...

    def indicator(self, key: Id) -> Indicator:
        """Return the indicator with this id."""
        ...


def fill(database: sqlite3.Connection, store: Store) -> None:
    """Make the tables for facts in ``database`` and index all facts of ``store``."""
    database.executescript(FACTS)
    with database:
        rows = (fact_row(store, fact) for fact in store.facts)
        database.executemany("INSERT INTO fact_text VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def finish(database: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Index the words of the facts, which are in ``fact_text``, and of the names of ``entities``."""
    database.execute("INSERT INTO fact_words SELECT statement || ' ' || headline || ' ' || keywords FROM fact_text")
    names = ((fold(" ".join(spellings(entity))),) for entity in entities)
    database.executemany("INSERT INTO fact_words VALUES (?)", names)


def exists(database: sqlite3.Connection) -> bool:
    """Return whether ``database`` has the full-text tables."""
    sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('fact_text', 'fact_words')"
    (count,) = database.execute(sql).fetchone()
    return bool(count == 2)


def size(database: sqlite3.Connection) -> int:
    """Return how many facts are indexed, or the highest number that one has."""
    row = database.execute("SELECT rowid FROM fact_text ORDER BY rowid DESC LIMIT 1").fetchone()
    return int(row[0]) if row else 0


def matching(database: sqlite3.Connection, expression: str, most: int) -> list[Id]:
    """Return facts that match a full-text ``expression``, at most so many, in the order that they are indexed in."""
    sql = "SELECT id FROM fact_text WHERE fact_text MATCH ? LIMIT ?"
    return [key for (key,) in database.execute(sql, (expression, most))]


def scored(database: sqlite3.Connection, expression: str) -> dict[Id, float]:
    """Return all facts that match a full-text ``expression``, each with its BM25 score; higher is better."""
    sql = f"SELECT id, -bm25(fact_text, {_WEIGHTS}) FROM fact_text WHERE fact_text MATCH ?"  # noqa: S608 -- our own words
    return dict(database.execute(sql, (expression,)))


def knows(database: sqlite3.Connection, stem: str) -> bool:
    """Return whether ``stem`` occurs in a fact."""
    return database.execute("SELECT 1 FROM fact_stems WHERE term = ? LIMIT 1", (stem,)).fetchone() is not None


def spelt(database: sqlite3.Connection, words: Collection[str]) -> dict[str, int]:
    """Return those of ``words`` that occur in facts or names, each with in how many of them."""
    sql = "SELECT term, doc FROM fact_spellings WHERE term IN (SELECT value FROM json_each(?))"
    return dict(database.execute(sql, (json.dumps(list(words)),)))


def spelt_between(database: sqlite3.Connection, first: str, last: str, most: int) -> dict[str, int]:
    """Return the words of facts and names between two words, at most so many."""
    sql = "SELECT term, doc FROM fact_spellings WHERE term >= ? AND term < ? LIMIT ?"
    return dict(database.execute(sql, (first, last, most)))


def quoted(words: str) -> str:
    """Return ``words`` as a phrase of the full-text query language, which would end at a NUL."""
    return '"' + words.replace('"', '""').replace("\0", " ") + '"'


def either(phrases: Iterable[str]) -> str:
    """Return a full-text expression for any of ``phrases``."""
    return " OR ".join(map(quoted, dict.fromkeys(phrases)))


def fact_row(known: Known, fact: Fact) -> tuple[str, ...]:
    """Return the row of ``fact_text``."""
    entities = [known.entity(key) for key in fact.entities]
    names = [name for entity in entities for name in (entity.name, entity.short) if name]
    topics = [topic.replace("-", " ") for topic in fact.topics]
    told = [_STANDING[fact.standing], *(known.entity(key).name for key in fact.asserted_by)]
    if isinstance(fact, Observation):
        indicator = known.indicator(fact.indicator)
        topics += [indicator.name, *indicator.aliases]
    if fact.when:
        told.append(fact.when.text)
    columns = fact.statement, _headline(known, fact), _all(fact.keywords), _all(names), _all(topics), _all(told)
    return *columns, fact.id


def _headline(known: Known, fact: Fact) -> str:
    if fact.title:
        return fact.title
    match fact:
        case Relation():
            return f"{known.entity(fact.subject).name} {fact.predicate} {known.entity(fact.object).name}"
        case Observation():
            return f"{known.entity(fact.subject).name} {known.indicator(fact.indicator).name} {fact.value}"
    return ""


def _all(parts: Iterable[str]) -> str:
    return ". ".join(parts)
