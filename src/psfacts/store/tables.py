"""The tables that a fact base is asked through, each said once: its columns, and how a record gives them.

A database in memory has those columns that answers ask; a file has all of them, for people and programs that query it
by themselves, and the whole records. The order of the source is that of ``source, starts, ends, id``: the place of a
record's first passage.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from psfacts.model import AnyRecord, Entity, Erratum, Fact, Indicator, Meta, Source, Topic, Uncited, When
from psfacts.store.places import Place
from psfacts.text.names import fold, labels

Cell = str | int | float | None
Row = tuple[Cell, ...]
R_contra = TypeVar("R_contra", bound=AnyRecord, contravariant=True)

_NAMED = 20
"""Sources that a file names where it tells about itself."""

LAYOUT = 3
"""The number of this layout (SQLite's user_version); a file of another is refused."""


class Column(NamedTuple, Generic[R_contra]):
    """A column of a list: its name, its type in SQL, and how a record gives it, if its place in the text does not."""

    name: str
    type: str
    cell: Callable[[R_contra], Cell] | None
    is_asked: bool = False
    """Whether answers ask for it."""


class Lookup(NamedTuple, Generic[R_contra]):
    """A table that leads to records: of its columns, the first ``keys`` are its key, or else all."""

    name: str
    columns: dict[str, str]
    rows: Callable[[R_contra], Iterable[Row]]
    keys: int | None = None
    is_asked: bool = True

    @property
    def sql(self) -> str:
        """The statement that makes it."""
        told = [f"{name} {kind}" for name, kind in self.columns.items()]
        return _create(self.name, [*told, f"PRIMARY KEY ({', '.join([*self.columns][: self.keys])})"], " WITHOUT ROWID")

    @property
    def search(self) -> str:
        """The question whether it has a row."""
        return f"SELECT 1 FROM {self.name} WHERE {' AND '.join(f'{name} = ?' for name in self.columns)}"  # noqa: S608 -- only our own words


class Table(NamedTuple, Generic[R_contra]):
    """The records of a list."""

    name: str
    columns: tuple[Column[R_contra], ...]
    lookups: tuple[Lookup[R_contra], ...] = ()
    constraint: str = ""

    @property
    def sql(self) -> str:
        """The statement that makes it in a file."""
        told = [f"{column.name} {column.type}" for column in self.columns]
        return _create(self.name, [*told, "record TEXT NOT NULL", *filter(None, [self.constraint])])

    def row(self, record: R_contra, place: Place | None = None) -> Row:
        """Return the row of a record in a file."""
        return (*self.cells(record, place), record.model_dump_json())

    def cells(self, record: R_contra, place: Place | None = None) -> Row:
        """Return the row of a record in a file, without the record itself."""
        section, paragraph = place or (None, None)
        stands = iter((section.id if section else None, paragraph))
        return tuple([column.cell(record) if column.cell else next(stands) for column in self.columns])


def insertion(table: str, columns: int) -> str:
    """Return the statement that adds a row."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 -- only our own words


def _create(name: str, parts: Iterable[str], end: str = "") -> str:
    lines = ",\n    ".join(parts)
    return f"CREATE TABLE {name} (\n    {lines}\n){end}"


_NEEDED = "TEXT NOT NULL"


def _field(name: str, kind: str = _NEEDED, field: str = "", is_asked: bool = False) -> Column[Any]:
    """Return the column of a field that a record has as it is."""
    return Column(name, kind, attrgetter(field or name), is_asked)


def _of_kind(name: str, kind: str, is_asked: bool = False) -> Column[Any]:
    """Return the column of a field that not every kind of record has."""
    return Column(name, kind, lambda record: record.__dict__.get(name), is_asked)  # pydantic's own way is slow


def _of_code(name: str) -> Column[Entity]:
    return Column(name, "TEXT", lambda entity: getattr(entity.iso, name, None))


_array = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one for each cell


def _list(name: str, kind: str = _NEEDED) -> Column[Any]:
    """Return the column of a field that is a list: a JSON array, which Datasette counts and json_each reads."""
    return Column(name, kind, lambda record: _array(getattr(record, name)))


def _of_when(cell: Callable[[When], Cell]) -> Callable[[Fact], Cell]:
    return lambda fact: cell(fact.when) if fact.when else None


def _number(fact: Fact) -> int | float | None:
    """Return a fact's number; SQLite holds integers of 64 bits, and what is larger is still whole in the record."""
    value = fact.value if fact.kind == "observation" else None
    if isinstance(value, str) or value is None:
        return None
    return float(value) if abs(value) >= 2**63 else value


def _category(fact: Fact) -> str | None:
    return fact.value if fact.kind == "observation" and isinstance(fact.value, str) else None


_ID = _field("id", "TEXT PRIMARY KEY", is_asked=True)
_SOURCE = f"{_NEEDED} REFERENCES sources (id)"
_ENTITY = f"{_NEEDED} REFERENCES entities (id)"
_FACT = f"{_NEEDED} REFERENCES facts (id)"
_ERRATUM = f"{_NEEDED} REFERENCES errata (id)"
_STANDS: tuple[Column[Any], ...] = (Column("section", _NEEDED, None), Column("paragraph", "INTEGER", None))
_IN_SECTION = "FOREIGN KEY (source, section) REFERENCES sections (source, id)"
_FROM: Column[Fact | Erratum] = Column("source", _SOURCE, lambda record: record.evidence[0].source, is_asked=True)
_EXTENT: tuple[Column[Fact | Erratum], ...] = (
    Column("starts", "INTEGER NOT NULL", lambda record: record.evidence[0].start, is_asked=True),
    Column("ends", "INTEGER NOT NULL", lambda record: record.evidence[-1].end, is_asked=True),
)


def _items(name: str, columns: dict[str, str], field: str, is_asked: bool = True) -> Lookup[Any]:
    """Return the table that leads from each item of a field to the record."""
    return Lookup(
        name, columns, lambda record: ((item, record.id) for item in getattr(record, field)), is_asked=is_asked
    )


_SECTIONS: Lookup[Source] = Lookup(
    "sections",
    {"source": _SOURCE, "id": _NEEDED, "title": _NEEDED, "starts": "INTEGER NOT NULL"},
    lambda source: ((source.id, section.id, section.title, section.start) for section in source.sections),
    keys=2,
    is_asked=False,
)
_NAMES: Lookup[Entity | Indicator] = Lookup(
    "names",
    {"folded": _NEEDED, "id": _NEEDED},
    lambda record: ((folded, record.id) for folded in sorted({fold(label) for label in labels(record)})),
)
_FACT_ERRATA: Lookup[Fact] = Lookup(
    "fact_errata",
    {"fact": _FACT, "erratum": _ERRATUM},
    lambda fact: ((fact.id, erratum) for erratum in fact.errata),
    is_asked=False,
)
_ERRATA_PASSAGES: Lookup[Erratum] = Lookup(
    "errata_passages",
    {"source": _SOURCE, "starts": "INTEGER NOT NULL", "ends": "INTEGER NOT NULL", "erratum": _ERRATUM},
    lambda erratum: ((passage.source, passage.start, passage.end, erratum.id) for passage in erratum.evidence),
)
_MEMBERS = _items("members", {"member": _ENTITY, "region": _ENTITY}, "members")
_FACT_ENTITIES = _items("fact_entities", {"entity": _ENTITY, "fact": _FACT}, "entities")
_FACT_TOPICS = _items("fact_topics", {"topic": _NEEDED, "fact": _FACT}, "topics", is_asked=False)
_SUCCESSORS = _items("successors", {"replaced": _NEEDED, "id": _NEEDED}, "replaces")
_ERRATA_ENTITIES = _items("errata_entities", {"entity": _ENTITY, "erratum": _ERRATUM}, "entities")

SOURCES: Table[Source] = Table(
    "sources",
    (
        *(_ID, _field("title"), _field("author"), _field("publisher")),
        Column[Source]("published", _NEEDED, lambda source: source.published.isoformat()),
        *(_field("url"), _field("language"), _field("translated_from", "TEXT"), _field("translation", "TEXT")),
        *(_field("length", "INTEGER NOT NULL"), _field("sha256")),
    ),
    (_SECTIONS,),
)
ENTITIES: Table[Entity] = Table(
    "entities",
    (
        *(_ID, _field("type", is_asked=True), _field("name", is_asked=True), _field("short", "TEXT"), _list("aliases")),
        *(_of_code("alpha2"), _of_code("alpha3"), _of_code("numeric")),
        *(_field("capital", "TEXT"), _field("role", "TEXT")),
        *(_field("office_of", "TEXT REFERENCES entities (id)", "of"), _field("wikidata", "TEXT")),
        Column[Entity]("size", "INTEGER NOT NULL", lambda entity: len(entity.members), is_asked=True),
    ),
    (_MEMBERS, _NAMES),
)
INDICATORS: Table[Indicator] = Table(
    "indicators",
    (
        *(_ID, _field("name"), _field("description"), _field("type"), _field("unit", "TEXT")),
        _field("membership_of", "TEXT REFERENCES entities (id)", is_asked=True),
    ),
    (_NAMES,),
)
TOPICS: Table[Topic] = Table("topics", (_ID, _field("name")))
FACTS: Table[Fact] = Table(
    "facts",
    (
        *(_ID, _field("kind", is_asked=True), _field("title", "TEXT"), _field("statement"), _field("standing")),
        _list("asserted_by"),
        Column("earliest", "TEXT", _of_when(lambda when: when.earliest.isoformat()), is_asked=True),
        Column("latest", "TEXT", _of_when(lambda when: when.latest.isoformat()), is_asked=True),
        Column("time", "TEXT", _of_when(lambda when: when.text)),
        Column("inferred", "INTEGER", _of_when(lambda when: int(when.inferred))),
        _of_kind("subject", "TEXT REFERENCES entities (id)", is_asked=True),
        _of_kind("indicator", "TEXT REFERENCES indicators (id)", is_asked=True),
        Column("value", "", lambda fact: _number(fact) if _category(fact) is None else _category(fact)),
        Column("number", "NUMERIC", _number),
        Column("category", "TEXT", _category),
        *(_of_kind("predicate", "TEXT"), _of_kind("object", "TEXT REFERENCES entities (id)")),
        *(_list("topics"), _list("keywords")),
        *(_FROM, *_STANDS, *_EXTENT),
    ),
    (_FACT_ENTITIES, _FACT_ERRATA, _FACT_TOPICS, _SUCCESSORS),
    _IN_SECTION,
)
ERRATA: Table[Erratum] = Table(
    "errata",
    (
        *(_ID, _field("kind"), _field("printed"), _field("reading"), _field("reason")),
        *(_field("basis"), _field("certainty"), _FROM, *_STANDS, *_EXTENT),
    ),
    (_ERRATA_ENTITIES, _ERRATA_PASSAGES, _SUCCESSORS),
    _IN_SECTION,
)
UNCITED: Table[Uncited] = Table(
    "uncited",
    (
        *(_ID, _field("reason"), _field("source", _SOURCE, "passage.source")),
        *(_field("starts", "INTEGER NOT NULL", "passage.start"), _field("ends", "INTEGER NOT NULL", "passage.end")),
    ),
)

TABLES: dict[str, Table[Any]] = {
    table.name: table for table in (SOURCES, ENTITIES, INDICATORS, TOPICS, FACTS, ERRATA, UNCITED)
}
"""The tables of all lists."""

LOOKUPS: dict[str, Lookup[Any]] = {one.name: one for table in TABLES.values() for one in table.lookups}
"""All tables that lead to records."""


INDEXES = (
    "CREATE INDEX facts_by_indicator ON facts (indicator, subject) WHERE kind = 'observation'",
    "CREATE INDEX facts_by_subject ON facts (subject, indicator) WHERE kind = 'observation'",
)
"""The indexes that memory has as well."""

FILE_INDEXES = (
    *INDEXES,
    "CREATE INDEX facts_by_time ON facts (earliest, latest)",
    "CREATE INDEX events_by_time ON facts (earliest, latest) WHERE kind = 'event'",
    "CREATE INDEX members_by_region ON members (region)",
    "CREATE INDEX entities_by_name ON entities (name)",
    "CREATE INDEX indicators_by_organization ON indicators (membership_of) WHERE membership_of IS NOT NULL",
    "CREATE INDEX facts_by_place ON facts (source, starts)",
)

_SAY_SO = """(
        SELECT group_concat(sayers.name, ', ') FROM json_each(facts.asserted_by) AS said
        JOIN entities AS sayers ON sayers.id = said.value
    ) AS asserted_by"""
"""The names of those who say so."""

VIEWS = tuple(
    sql.format(asserted_by=_SAY_SO)
    for sql in (
        """CREATE VIEW observations AS
SELECT facts.id AS fact, indicators.name AS indicator, entities.name AS subject, facts.value, facts.number,
    facts.category, indicators.unit, facts.time AS period, facts.earliest, facts.latest, facts.standing,
    {asserted_by}, facts.statement, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts JOIN indicators ON indicators.id = facts.indicator JOIN entities ON entities.id = facts.subject
    JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'observation'""",
        """CREATE VIEW timeline AS
SELECT facts.earliest, facts.latest, facts.time, facts.inferred, facts.title, facts.statement, facts.standing,
    {asserted_by}, facts.id AS fact, sources.title AS source, sections.title AS section, facts.paragraph
FROM facts JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'event' ORDER BY facts.earliest, facts.latest, facts.source, facts.starts""",
        """CREATE VIEW relations AS
SELECT facts.id AS fact, subjects.name AS subject, facts.predicate, objects.name AS object, facts.time AS period,
    facts.standing, {asserted_by}, facts.statement, sources.title AS source, sections.title AS section,
    facts.paragraph
FROM facts JOIN entities AS subjects ON subjects.id = facts.subject
    JOIN entities AS objects ON objects.id = facts.object
    JOIN sources ON sources.id = facts.source
    JOIN sections ON sections.source = facts.source AND sections.id = facts.section
WHERE facts.kind = 'relation'""",
        """CREATE VIEW entity_facts AS
SELECT entities.name AS entity, entities.type, facts.kind, facts.statement, facts.time, facts.standing,
    {asserted_by}, facts.id AS fact, entities.id AS entity_id
FROM fact_entities JOIN entities ON entities.id = fact_entities.entity JOIN facts ON facts.id = fact_entities.fact""",
    )
)
"""What a person would ask a file for; answers do not use them."""

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How full text is split and stemmed: https://www.sqlite.org/fts5.html#tokenizers"""

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
"""The full-text tables of a file, some of which are made in memory too, by name."""

ABOUT = "CREATE TABLE _psfacts (\n    key TEXT PRIMARY KEY,\n    value TEXT NOT NULL\n) WITHOUT ROWID"
"""The table of what a file tells about itself."""


def full_text(*names: str) -> Iterator[str]:
    """Return the statements that make some of the full-text tables."""
    return (f"CREATE VIRTUAL TABLE {name} USING {FULL_TEXT[name]}" for name in names)


def fill_searched() -> Iterator[str]:
    """Return the statements that fill the full-text tables of SEARCHED, once the rows are there."""
    return (f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')" for table in SEARCHED)  # noqa: S608 -- our own words


def in_memory(database: sqlite3.Connection, lists: Mapping[str, Collection[AnyRecord]]) -> None:
    """Make what answers ask of a base in memory, and fill it with the records of its ``lists``."""
    for lookup in LOOKUPS.values():
        if lookup.is_asked:
            database.execute(lookup.sql)
    for table in TABLES.values():
        records = lists[table.name]
        asked = [(column, column.cell) for column in table.columns if column.is_asked and column.cell]
        if len(asked) > 1:  # answers that ask for nothing but the id need no table
            columns = (f"{column.name} {column.type}" for column, _ in asked)
            database.execute(_create(table.name, columns, " WITHOUT ROWID"))
            rows = (tuple([cell(record) for _, cell in asked]) for record in records)
            database.executemany(insertion(table.name, len(asked)), rows)
        for lookup in table.lookups:
            if lookup.is_asked:
                found = sorted(row for record in records for row in lookup.rows(record))
                database.executemany(insertion(lookup.name, len(lookup.columns)), found)
    for sql in INDEXES:
        database.execute(sql)


def in_file() -> Iterator[str]:
    """Return the statements that make the tables of a file, before its rows."""
    yield from full_text(*FULL_TEXT)
    yield ABOUT
    yield from (table.sql for table in TABLES.values())
    yield from (lookup.sql for lookup in LOOKUPS.values())


def about(meta: Meta, sources: Iterable[Source]) -> dict[str, str]:
    """Return what a file tells about itself: of a base with these ``sources``, of which it names the first."""
    named = (
        f"{one.author}: {one.title}. {one.publisher}, {one.published.isoformat()}. {one.url}"
        for one in islice(sources, _NAMED)
    )
    licence = meta.license or "the licence of the base that they come from"
    told = {
        "schema_version": str(meta.schema_version),
        "data_version": meta.data_version,
        "shared_names": "true" if meta.shared_names else "false",
        "title": "psfacts fact base",
        "description": "Facts, each with its place in the source, who asserts it, and when it held.",
        "source": "\n".join(named),
        "license": f"The facts: {licence}. The sources: their authors'.",
    }
    return {**told, "license_id": meta.license} if meta.license else told
