"""The full-text index of a fact base: filled from a store, and asked through a connection, which may be a file's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from psfacts.finding.stemming import TOKENIZER
from psfacts.model import Entity, Fact, Id, Indicator, Observation, Relation
from psfacts.text.names import spellings

if TYPE_CHECKING:
    from psfacts.store.store import Store

_SCHEMA = f"""
CREATE VIRTUAL TABLE fact_text USING fts5(
    statement, headline, keywords, names, topics, told, id UNINDEXED, tokenize='{TOKENIZER}'
);
CREATE VIRTUAL TABLE fact_stems USING fts5vocab(fact_text, row);
CREATE VIRTUAL TABLE entity_text USING fts5(names, office, place, id UNINDEXED, tokenize='{TOKENIZER}');
CREATE VIRTUAL TABLE entity_stems USING fts5vocab(entity_text, row);
CREATE VIRTUAL TABLE fact_words USING fts5(words, content='', detail=none, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE fact_spellings USING fts5vocab(fact_words, row);
"""
_WEIGHTS = "4.0, 4.0, 3.0, 2.0, 1.5, 1.0"
"""How much a word counts in each column of ``fact_text``, for BM25."""

_MOST = 1000
"""Facts that one word is looked up in, the best by BM25 first: words that more facts share tell little."""

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
    """Make the full-text tables in ``database`` and index all facts and entities of ``store``."""
    create(database)
    with database:
        database.executemany(
            "INSERT INTO fact_text VALUES (?, ?, ?, ?, ?, ?, ?)", (fact_row(store, fact) for fact in store.facts)
        )
        finish(database, store, store.entities)


def create(database: sqlite3.Connection) -> None:
    """Make the full-text tables."""
    database.executescript(_SCHEMA)


def finish(database: sqlite3.Connection, known: Known, entities: Iterable[Entity]) -> None:
    """Index ``entities``, and the words of the facts, which are in ``fact_text``."""
    sql = "INSERT INTO fact_words SELECT statement || ' ' || headline || ' ' || keywords FROM fact_text"
    database.execute(sql)
    database.executemany("INSERT INTO entity_text VALUES (?, ?, ?, ?)", (_entity_row(known, one) for one in entities))


def exists(database: sqlite3.Connection) -> bool:
    """Return whether ``database`` has the full-text tables."""
    sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('fact_text', 'entity_text', 'fact_words')"
    (count,) = database.execute(sql).fetchone()
    return bool(count == 3)


def spellings_of_words(database: sqlite3.Connection) -> list[str]:
    """Return all words of the facts as they are spelt, folded."""
    return [word for (word,) in database.execute("SELECT term FROM fact_spellings")]


def matches(database: sqlite3.Connection, expression: str) -> dict[Id, float]:
    """Return the facts that match a full-text ``expression``, each with its BM25 score; higher is better."""
    sql = f"""
        SELECT id, -bm25(fact_text, {_WEIGHTS}) AS score FROM fact_text
        WHERE fact_text MATCH ? ORDER BY score DESC LIMIT {_MOST}
    """  # noqa: S608 -- only our own words; what is looked for is a parameter
    return dict(database.execute(sql, (expression,)))


def entities(database: sqlite3.Connection, expression: str) -> list[Id]:
    """Return the entities of which a name, the office or its place matches a full-text ``expression``."""
    return [key for (key,) in database.execute("SELECT id FROM entity_text WHERE entity_text MATCH ?", (expression,))]


def knows(database: sqlite3.Connection, stem: str) -> bool:
    """Return whether ``stem`` occurs in the index."""
    sql = "SELECT 1 FROM fact_stems WHERE term = ? UNION ALL SELECT 1 FROM entity_stems WHERE term = ? LIMIT 1"
    return database.execute(sql, (stem, stem)).fetchone() is not None


def quoted(words: str) -> str:
    """Return ``words`` as a phrase of the full-text query language, which would end at a NUL."""
    return '"' + words.replace('"', '""').replace("\0", " ") + '"'


def fact_row(known: Known, fact: Fact) -> tuple[str, ...]:
    """Return the row of ``fact_text``."""
    entities = [known.entity(key) for key in fact.entities]
    names = [name for one in entities for name in (one.name, one.short) if name]
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


def _entity_row(known: Known, entity: Entity) -> tuple[str, ...]:
    place = known.entity(entity.of).name if entity.of else ""
    return _all(spellings(entity)), entity.role or "", place, entity.id


def _all(parts: Iterable[str]) -> str:
    return ". ".join(parts)
