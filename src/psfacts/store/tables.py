"""The tables of a fact base, each defined once: its columns, and how they are filled from records.

A database in memory has those columns that answers ask; a file has all of them, for people and programs that query it
by themselves, and the whole records. The order of the source is that of ``source, starts, ends, id``: the place of a
record's first passage.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter
from typing import Any

from psfacts.model import NOUNS, AnyRecord, Fact, Meta, Source
from psfacts.store.places import Locator
from psfacts.text.names import fold, labels

Cell = str | int | float | None
Row = tuple[Cell, ...]
Rows = Callable[[Any], Iterable[Row]]

_NAMED = 20
"""Maximum number of sources named in the description of a file."""

LAYOUT = 3
"""Version of this layout (SQLite's user_version); files of other versions are refused."""


class Lookup:
    """An index table of the records of ``lists``, with ``columns`` in SQL.

    ``rows`` returns the rows of a record. The first ``keys`` of the columns are the key, by default all.
    """

    def __init__(self, name: str, lists: str, columns: str, rows: Rows, keys: int | None = None) -> None:
        self.name, self.lists, self.rows = name, lists.split(), rows
        self.columns = _columns(columns)
        key = f"PRIMARY KEY ({', '.join([*self.columns][:keys])})"
        self.sql = f"{_create(f'IF NOT EXISTS {name}', [*self.columns.values(), key])} WITHOUT ROWID"
        """The statement that creates it."""


class Table:
    """The table of a list, with ``columns`` in SQL, and its index tables."""

    def __init__(self, name: str, columns: str) -> None:
        self.columns = _columns(columns)
        self.lookups = [lookup for lookup in LOOKUPS.values() if name in lookup.lists]
        end = ["FOREIGN KEY (source, section) REFERENCES sections (source, id)"] if "section" in self.columns else []
        self.sql = _create(name, [*self.columns.values(), "record TEXT NOT NULL", *end])
        """The statement that creates it in a file."""

    def cells(self, record: AnyRecord, place: Locator | None) -> Row:
        """Return the row of a record in a file, without the record itself."""
        placed: dict[str, Cell] = {"section": place.section, "paragraph": place.paragraph} if place else {}
        return tuple([placed[name] if name in placed else _CELLS[name](record) for name in self.columns])


def insertion(table: str, columns: int) -> str:
    """Return the statement that inserts a row."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 -- only our own words


def _create(name: str, parts: Iterable[str]) -> str:
    lines = ",\n    ".join(parts)
    return f"CREATE TABLE {name} (\n    {lines}\n)"


def _columns(sql: str) -> dict[str, str]:
    """Return the declarations of columns in SQL, separated by commas, by name."""
    return {column.split()[0]: column for column in map(str.lstrip, sql.split(","))}


# One encoder for all, as json.dumps would make one for each cell; most lists are like many others.
_array = lru_cache(5000)(json.JSONEncoder(ensure_ascii=False).encode)
_WRITTEN: dict[type, Callable[[Any], Cell]] = {tuple: _array, date: date.isoformat, bool: int}
"""Conversions of types that SQLite lacks; a list becomes a JSON array, which Datasette and json_each understand."""


def _cell(field: str, inner: str, record: AnyRecord) -> Cell:
    """Return the value at a path of fields in a record; ``None`` if its kind has no such field."""
    value = record.__dict__.get(field)  # pydantic's own way is slow
    if inner:
        value = getattr(value, inner, None)
    written = _WRITTEN.get(type(value))
    return written(value) if written else value


def _value(fact: Fact) -> Cell:
    """Return a fact's value. Integers over 64 bits do not fit SQLite; the stored record still has them exactly."""
    value: str | float | None = fact.__dict__.get("value")
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


_TEXT, _INTEGER = "TEXT NOT NULL", "INTEGER NOT NULL"
_SOURCE, _ENTITY, _FACT, _ERRATUM = (
    f"{_TEXT} REFERENCES {table} (id)" for table in ("sources", "entities", "facts", "errata")
)
_MAYBE_ENTITY = "TEXT REFERENCES entities (id)"
_STANDS = f"source {_SOURCE}, section {_TEXT}, paragraph INTEGER, starts {_INTEGER}, ends {_INTEGER}"


def _items(name: str, lists: str, columns: str, items: Callable[[Any], Iterable[str]]) -> Lookup:
    """Return the index table from each item of a record to the record."""
    return Lookup(name, lists, columns, lambda record: [(item, record.id) for item in dict.fromkeys(items(record))])


_LOOKUPS = (
    Lookup(
        "sections",
        "sources",
        f"source {_SOURCE}, id {_TEXT}, title {_TEXT}, starts {_INTEGER}",
        lambda source: [(source.id, section.id, section.title, section.start) for section in source.sections],
        keys=2,
    ),
    _items("members", "entities", f"member {_ENTITY}, region {_ENTITY}", attrgetter("members")),
    _items("names", "entities indicators", f"folded {_TEXT}, id {_TEXT}", lambda record: map(fold, labels(record))),
    _items("fact_entities", "facts", f"entity {_ENTITY}, fact {_FACT}", attrgetter("entities")),
    Lookup(
        "fact_errata",
        "facts",
        f"fact {_FACT}, erratum {_ERRATUM}",
        lambda fact: [(fact.id, key) for key in fact.errata],
    ),
    _items("fact_topics", "facts", f"topic {_TEXT}, fact {_FACT}", attrgetter("topics")),
    _items("successors", "facts errata", f"replaced {_TEXT}, id {_TEXT}", attrgetter("replaces")),
    _items("errata_entities", "errata", f"entity {_ENTITY}, erratum {_ERRATUM}", attrgetter("entities")),
    Lookup(
        "errata_passages",
        "errata",
        f"source {_SOURCE}, starts {_INTEGER}, ends {_INTEGER}, erratum {_ERRATUM}",
        lambda erratum: [(passage.source, passage.start, passage.end, erratum.id) for passage in erratum.evidence],
    ),
)
LOOKUPS = {lookup.name: lookup for lookup in _LOOKUPS}
"""All index tables."""

_COLUMNS = {
    "sources": f"""id TEXT PRIMARY KEY, title {_TEXT}, author {_TEXT}, publisher {_TEXT}, published {_TEXT},
        url {_TEXT}, language {_TEXT}, translated_from TEXT, translation TEXT, length {_INTEGER}, sha256 {_TEXT}""",
    "entities": f"""id TEXT PRIMARY KEY, type {_TEXT}, name {_TEXT}, short TEXT, aliases {_TEXT}, alpha2 TEXT,
        alpha3 TEXT, numeric TEXT, capital TEXT, role TEXT, office_of {_MAYBE_ENTITY}, wikidata TEXT,
        size {_INTEGER}""",
    "indicators": f"""id TEXT PRIMARY KEY, name {_TEXT}, description {_TEXT}, type {_TEXT}, unit TEXT,
        membership_of {_MAYBE_ENTITY}""",
    "topics": f"id TEXT PRIMARY KEY, name {_TEXT}",
    "facts": f"""id TEXT PRIMARY KEY, kind {_TEXT}, title TEXT, statement {_TEXT}, standing {_TEXT},
        asserted_by {_TEXT}, earliest TEXT, latest TEXT, time TEXT, inferred INTEGER, subject {_MAYBE_ENTITY},
        indicator TEXT REFERENCES indicators (id), value , number NUMERIC, category TEXT, predicate TEXT,
        object {_MAYBE_ENTITY}, topics {_TEXT}, keywords {_TEXT}, {_STANDS}""",
    "errata": f"""id TEXT PRIMARY KEY, kind {_TEXT}, printed {_TEXT}, reading {_TEXT}, reason {_TEXT}, basis {_TEXT},
        certainty {_TEXT}, {_STANDS}""",
    "uncited": f"id TEXT PRIMARY KEY, reason {_TEXT}, source {_SOURCE}, starts {_INTEGER}, ends {_INTEGER}",
}
_ASKED = {
    "entities": ("id", "type", "name"),
    "indicators": ("id", "membership_of"),
    "facts": ("id", "kind", "earliest", "latest", "subject", "indicator", "source", "starts", "ends"),
}
"""The columns that answers ask, and a database in memory has."""

TABLES = {name: Table(name, sql) for name, sql in _COLUMNS.items()}
"""The tables of all lists."""

IDS = " UNION ALL ".join(
    f"SELECT id, {'type' if name == 'entities' else repr(noun)} AS kind FROM {name}"  # noqa: S608 -- only our own words
    for name, noun in NOUNS.items()
    if name != "topics"
)
"""Query for all ids, of which none may be there twice, and the kinds of their records."""

_ELSEWHERE = {name: ("when", name) for name in ("earliest", "latest", "inferred")}
_ELSEWHERE |= {name: ("iso", name) for name in ("alpha2", "alpha3", "numeric")}
_ELSEWHERE |= {"office_of": ("of", ""), "time": ("when", "text")}
"""Columns that are not named like a field, with the path to their values."""

_CELLS: dict[str, Callable[[Any], Cell]] = {
    **{name: partial(_cell, *_ELSEWHERE.get(name, (name, ""))) for table in TABLES.values() for name in table.columns},
    "size": lambda entity: len(entity.members),
    "value": _value,
    "number": lambda fact: None if isinstance(value := _value(fact), str) else value,
    "category": lambda fact: value if isinstance(value := _value(fact), str) else None,
    "source": lambda record: record.evidence[0].source,
    "starts": lambda record: record.evidence[0].start,
    "ends": lambda record: record.evidence[-1].end,
}
"""Functions that compute the columns from records."""

_BY_SUBJECT = "CREATE INDEX facts_by_subject ON facts (subject, indicator) WHERE kind = 'observation'"
FILE_INDEXES = (
    "CREATE INDEX facts_by_indicator ON facts (indicator, subject) WHERE kind = 'observation'",
    _BY_SUBJECT,
    "CREATE INDEX facts_by_time ON facts (earliest, latest)",
    "CREATE INDEX events_by_time ON facts (earliest, latest) WHERE kind = 'event'",
    "CREATE INDEX members_by_region ON members (region)",
    "CREATE INDEX entities_by_name ON entities (name)",
    "CREATE INDEX indicators_by_organization ON indicators (membership_of) WHERE membership_of IS NOT NULL",
    "CREATE INDEX facts_by_place ON facts (source, starts)",
)

_PLACED = """JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind ="""
_ASSERTED_BY = """(
        SELECT group_concat(sayers.name, ', ') FROM json_each(facts.asserted_by) AS said
        JOIN entities AS sayers ON sayers.id = said.value
    ) AS asserted_by"""

VIEWS = tuple(
    sql.format(asserted_by=_ASSERTED_BY, placed=_PLACED)
    for sql in (
        """CREATE VIEW observations AS
SELECT facts.id AS fact, indicators.name AS indicator, entities.name AS subject, facts.value, facts.number,
    facts.category, indicators.unit, facts.time AS period, facts.earliest, facts.latest, facts.standing,
    {asserted_by}, facts.statement, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts JOIN indicators ON indicators.id = facts.indicator JOIN entities ON entities.id = facts.subject
    {placed} 'observation'""",
        """CREATE VIEW timeline AS
SELECT facts.earliest, facts.latest, facts.time, facts.inferred, facts.title, facts.statement, facts.standing,
    {asserted_by}, facts.id AS fact, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts {placed} 'event' ORDER BY facts.earliest, facts.latest, facts.source, facts.starts""",
        """CREATE VIEW relations AS
SELECT facts.id AS fact, subjects.name AS subject, facts.predicate, objects.name AS object, facts.time AS period,
    facts.standing, {asserted_by}, facts.statement, sources.title AS source, sections.title AS section,
    facts.paragraph
FROM facts JOIN entities AS subjects ON subjects.id = facts.subject
    JOIN entities AS objects ON objects.id = facts.object
    {placed} 'relation'""",
        """CREATE VIEW entity_facts AS
SELECT entities.name AS entity, entities.type, facts.kind, facts.statement, facts.time, facts.standing,
    {asserted_by}, facts.id AS fact, entities.id AS entity_id
FROM fact_entities JOIN entities ON entities.id = fact_entities.entity JOIN facts ON facts.id = fact_entities.fact""",
    )
)
"""Views for people who query a file; answers do not use them."""

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Tokenizer of full-text tables: https://www.sqlite.org/fts5.html#tokenizers"""

SEARCHED = {
    "facts": ("title", "statement", "keywords", "asserted_by", "topics"),
    "entities": ("name", "short", "aliases", "alpha2", "alpha3", "capital", "role"),
}
"""The tables that Datasette and sqlite-utils search, each with its columns: they look for who has it as ``content``."""

FULL_TEXT = {
    "fact_text": f"""fts5(
    statement, headline, keywords, names, topics, told, id UNINDEXED, tokenize='{TOKENIZER}'
)""",
    "fact_stems": "fts5vocab(fact_text, row)",
    "fact_words": "fts5(words, content='', detail=none, tokenize='unicode61 remove_diacritics 2')",
    "fact_spellings": "fts5vocab(fact_words, row)",
    **{
        f"{table}_fts": f"""fts5(
    {", ".join(columns)}, content="{table}", tokenize='{TOKENIZER}'
)"""
        for table, columns in SEARCHED.items()
    },
}
"""Full-text tables of a file by name; some are also made in memory."""

ABOUT = "CREATE TABLE _psfacts (\n    key TEXT PRIMARY KEY,\n    value TEXT NOT NULL\n) WITHOUT ROWID"
"""The table that describes a file."""


def full_text(*names: str) -> Iterator[str]:
    """Return the statements that create some of the full-text tables."""
    return (f"CREATE VIRTUAL TABLE {name} USING {FULL_TEXT[name]}" for name in names)


def fill_searched() -> Iterator[str]:
    """Return the statements that fill the full-text tables of SEARCHED, once the rows are there."""
    return (f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')" for table in SEARCHED)  # noqa: S608 -- our own words


def in_memory(database: sqlite3.Connection, lists: Mapping[str, Collection[AnyRecord]]) -> None:
    """Create the tables that answers need in memory, and fill them with the records of ``lists``."""
    for name, columns in _ASKED.items():
        database.execute(f"{_create(name, map(TABLES[name].columns.__getitem__, columns))} WITHOUT ROWID")
        rows = (tuple([_CELLS[column](record) for column in columns]) for record in lists[name])
        database.executemany(insertion(name, len(columns)), rows)
    for name, table in TABLES.items():
        for lookup in table.lookups:
            database.execute(lookup.sql)
            rows = (row for record in lists[name] for row in lookup.rows(record))
            database.executemany(insertion(lookup.name, len(lookup.columns)), rows)
    database.execute(_BY_SUBJECT)  # each country of a long list is asked for its memberships


def in_file() -> tuple[str, ...]:
    """Return the statements that create the tables of a file, to run before inserting rows."""
    filled = (*(table.sql for table in TABLES.values()), *(lookup.sql for lookup in LOOKUPS.values()))
    return (*full_text(*FULL_TEXT), ABOUT, *filled)


def about(meta: Meta, sources: Iterable[Source]) -> dict[str, str]:
    """Return the description of a file for a base with these ``sources``, of which the first are named."""
    licence = meta.license or "the licence of the base that they come from"
    return {
        "schema_version": str(meta.schema_version),
        "data_version": meta.data_version,
        "shared_names": "true" if meta.shared_names else "false",
        "title": "psfacts fact base",
        "description": "Facts, each with its place in the source, who asserts it, and when it held.",
        "source": "\n".join(
            f"{source.author}: {source.title}. {source.publisher}, {source.published}. {source.url}"
            for source in islice(sources, _NAMED)
        ),
        "license": f"The facts: {licence}. The sources: their authors'.",
        **({"license_id": meta.license} if meta.license else {}),
    }
