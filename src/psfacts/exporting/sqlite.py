"""A fact base written to a SQLite file: for psfacts to ask without reading it whole, and for whoever speaks SQL.

A base comes from a store, or record by record from JSON Lines; memory stays flat either way. Rules between records are
checked in the file, by SQL, before it gets its name: that an id or a name stands for one record, and that what is
referred to is there and of the right kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from psfacts.errors import NotFoundError, OutputError
from psfacts.files import replacing
from psfacts.finding import index
from psfacts.loading import json as loading
from psfacts.loading.jsonl import Lines
from psfacts.loading.messages import invalid
from psfacts.loading.rules import AnyRecord, misfit, outside, passages
from psfacts.model import LISTS, SCHEMA_VERSION, Entity, Erratum, Fact, Id, Indicator, Observation, Source, Uncited
from psfacts.store import tables
from psfacts.store.file import APPLICATION, FILE_VERSION
from psfacts.store.places import Place, place
from psfacts.store.store import Store
from psfacts.text.phrases import quoted

R = TypeVar("R", Source, Entity, Indicator)

BATCH = 2000
"""Records that are written at a time."""

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""

_PRAGMAS = (
    f"application_id = {APPLICATION}",
    f"user_version = {FILE_VERSION}",
    # Nobody else has the file before it is renamed, and what goes wrong leaves nothing behind.
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -65536",
)

_CHECKS = {
    "entities.members: there is no entity {1} for {0}; add it or fix the id": """
        SELECT region, member FROM members WHERE NOT EXISTS (SELECT 1 FROM entities WHERE id = member)""",
    "entities.members: {1} is a region, and cannot be a member of {0}; fix the id": """
        SELECT region, member FROM members JOIN entities ON id = member WHERE type = 'region'""",
    "entities.of: there is no country or organization {1} for {0}; add it or fix the id": """
        SELECT one.id, one.office_of FROM entities AS one WHERE one.office_of IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM entities AS other WHERE other.id = one.office_of AND type IN ('country', 'organization'))""",
    "indicators.membership_of: there is no organization {1} for {0}; add it or fix the id": """
        SELECT id, membership_of FROM indicators WHERE membership_of IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM entities WHERE entities.id = membership_of AND type = 'organization')""",
    "facts.entities: there is no entity {1} for {0}; add it or fix the id": """
        SELECT fact, entity FROM fact_entities WHERE NOT EXISTS (SELECT 1 FROM entities WHERE id = entity)""",
    "facts.errata: there is no erratum {1} for {0}; add it or fix the id": """
        SELECT fact, erratum FROM fact_errata WHERE NOT EXISTS (SELECT 1 FROM errata WHERE id = erratum)""",
    "errata.entities: there is no entity {1} for {0}; add it or fix the id": """
        SELECT erratum, entity FROM errata_entities WHERE NOT EXISTS (SELECT 1 FROM entities WHERE id = entity)""",
    "names: {1} is a name of {0} too; take it from one": """
        SELECT min(id), max(id) FROM names WHERE (SELECT count(*) FROM sources) <= 1
        GROUP BY folded HAVING count(*) > 1""",  # of several sources, each has names of its own
}
"""What SQL finds wrong between records, by the words for it; each gives the id of the record and what it refers to."""


def export_database(base: Store | Lines, path: Path, progress: Progress | None = None, force: bool = False) -> None:
    """Write ``base`` to a new SQLite file ``path``; ``progress`` is told how much is done.

    Raises OutputError where ``path`` exists and ``force`` is not given, or where it cannot be written, and InvalidError
    where ``base`` is not a fact base; nothing is left behind then.
    """
    with replacing(path, force) as temporary:
        try:
            with loading.uncollected(), closing(sqlite3.connect(temporary, isolation_level=None)) as database:
                _write(database, base, progress)
        except sqlite3.Error as error:
            raise OutputError(f"{path}: {error}", "look at the folder and its disk") from None


def _write(database: sqlite3.Connection, base: Store | Lines, progress: Progress | None) -> None:
    for pragma in _PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    database.executescript(index.FACTS + index.WORDS)
    database.execute("BEGIN")
    for sql in tables.FILE.values():
        database.execute(sql)
    writer = _Writer(database)
    version = base.data_version if isinstance(base, Store) else base.meta.data_version
    if isinstance(base, Store):
        writer.add_all(_counted(base, progress))
    else:
        writer.add_checked(base, progress)
    database.executemany("INSERT INTO _psfacts VALUES (?, ?)", writer.about(version).items())
    for sql in f"{tables.FILE_INDEXES}{tables.VIEWS}".split(";"):
        database.execute(sql)
    if isinstance(base, Lines):
        _check(database, base.name)
    index.finish(database, writer.entities())
    database.execute("COMMIT")


def _counted(store: Store, progress: Progress | None) -> Iterator[AnyRecord]:
    lists = (store.sources, store.entities, store.indicators, store.facts, store.errata, store.uncited)
    total = sum(map(len, lists))
    for done, record in enumerate(chain.from_iterable(lists), 1):
        yield record
        if progress and done % BATCH == 0:
            progress(done, total)


class _Writer:
    """Writes records as rows, some thousand at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._rows: dict[str, list[tables.Row]] = {name: [] for name in (*tables.FILE, "fact_text")}
        self._waiting = 0
        self.source = lru_cache(1000)(partial(self._read, "sources", Source))
        self.indicator = lru_cache(1000)(partial(self._read, "indicators", Indicator))
        self.entity = lru_cache(2000)(partial(self._read, "entities", Entity))

    def add_all(self, records: Iterable[AnyRecord]) -> None:
        """Write records that are known to be sound."""
        for record in records:
            self._add(record)
        self._flush()

    def add_checked(self, lines: Lines, progress: Progress | None) -> None:
        """Write the records of a file, each held against the source and the indicator that it has to fit."""
        for where, record, _ in lines.told(progress):
            problem = next(self._problems(record), None)
            if problem:
                raise invalid(lines.name, [f"{where}{problem}"])
            self._add(record)
        self._flush()

    def about(self, version: str) -> dict[str, str]:
        """Return what a file tells about itself."""
        found = self._database.execute("SELECT title, author, publisher, published, url FROM sources ORDER BY id")
        sources = [
            f"{author}: {title}. {publisher}, {day}. {url}"
            for title, author, publisher, day, url in found.fetchmany(20)
        ]
        return {
            "schema_version": str(SCHEMA_VERSION),
            "data_version": version,
            "title": "psfacts fact base",
            "description": "Facts, each with its place in the source, who asserts it, and when it held.",
            "source": "\n".join(sources),
            "license": "The facts: the licence of the base that they come from. The sources: their authors'.",
        }

    def entities(self) -> Iterator[Entity]:
        """Return all entities that are written, by id."""
        for (record,) in self._database.execute("SELECT record FROM entities ORDER BY id"):
            yield Entity.model_validate_json(record)

    def _problems(self, record: AnyRecord) -> Iterator[str]:
        if isinstance(record, Source | Entity | Indicator):
            return
        for where, passage in passages(record):
            source = self._found(self.source, passage.source)
            if source is None:
                yield f"{where}.source: there is no source {quoted(passage.source)}; add it or fix the id"
            elif passage.end > source.length:
                yield f"{where}: {outside(passage, source.length)}"
        if isinstance(record, Observation):
            indicator = self._found(self.indicator, record.indicator)
            if indicator is None:
                yield f".indicator: there is no indicator {quoted(record.indicator)}; add it or fix the id"
            elif what := misfit(record, indicator):
                yield f".value: {what}"

    def _add(self, record: AnyRecord) -> None:
        rows = self._rows
        match record:
            case Source():
                rows["sources"].append(tables.source_file_row(record))
                rows["sections"] += tables.section_rows(record)
            case Entity():
                rows["entities"].append(tables.entity_file_row(record))
                rows["members"] += ((record.id, member) for member in record.members)
                rows["names"] += tables.name_rows(record)
            case Indicator():
                rows["indicators"].append(tables.indicator_file_row(record))
                rows["names"] += tables.name_rows(record)
            case Erratum():
                rows["errata"].append(tables.erratum_file_row(record, self._place(record)))
                rows["errata_entities"] += ((entity, record.id) for entity in record.entities)
                rows["errata_passages"] += tables.passage_rows(record)
            case Uncited():
                rows["uncited"].append(tables.uncited_file_row(record))
            case _:
                rows["facts"].append(tables.fact_file_row(record, self._place(record)))
                rows["fact_entities"] += ((entity, record.id) for entity in record.entities)
                rows["fact_errata"] += ((record.id, erratum) for erratum in record.errata)
                with suppress(NotFoundError):  # what is referred to and not there is told in the end, all at once
                    rows["fact_text"].append(index.fact_row(self, record))
        self._waiting += 1
        if self._waiting >= BATCH:
            self._flush()

    def _flush(self) -> None:
        for table in self._rows:
            self._insert(table)
        self._waiting = 0

    def _insert(self, table: str) -> None:
        """Write the rows that wait for a table."""
        rows = self._rows[table]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 -- only our own words
            rows.clear()

    def _place(self, record: Fact | Erratum) -> Place:
        first = record.evidence[0]
        return place(self.source(first.source), first)

    def _read(self, table: str, kind: type[R], key: Id) -> R:
        """Return a record that is written. Raises NotFoundError where none has the id."""
        self._insert(table)
        row = self._database.execute(f"SELECT record FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608 -- only our own words
        if row is None:
            raise NotFoundError(f"no record of {table} has the id {quoted(key)}")
        return kind.model_validate_json(row[0])

    @staticmethod
    def _found(read: Callable[[Id], R], key: Id) -> R | None:
        """Return a record that is written, or ``None`` where none has the id."""
        try:
            return read(key)
        except NotFoundError:
            return None


def _check(database: sqlite3.Connection, name: str) -> None:
    """Look for what is wrong between records. Raises InvalidError with the first problems of each sort."""
    found = [
        words.format(*(quoted(str(cell)) for cell in row))
        for words, sql in _CHECKS.items()
        for row in database.execute(f"{sql} LIMIT 10")
    ]
    for one, table in enumerate(LISTS):
        for other in LISTS[one + 1 :]:
            sql = f"SELECT id FROM {table} WHERE id IN (SELECT id FROM {other}) LIMIT 10"  # noqa: S608 -- only our words
            found += [
                f"{other} ({key}): the id already belongs to one of {table}; rename one"
                for (key,) in database.execute(sql)
            ]
    if not database.execute("SELECT 1 FROM sources LIMIT 1").fetchone():
        found.append("sources: must not be empty")
    if found:
        raise invalid(name, found)
