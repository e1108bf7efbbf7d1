"""Export to a SQLite file, which psfacts can query without reading it whole, as can any SQL program.

A base comes from a store, or record by record from JSON Lines; memory stays flat either way. What the records of lines
refer to may come later, and is looked for in the end, in the file, before it gets its name.

Datasette shows such a file with metadata beside it (https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from psfacts.exporting.sheets import licence_address
from psfacts.files import Target, replacing
from psfacts.finding import index
from psfacts.hooks import Progress, counted, unreported
from psfacts.loading.files import gc_paused
from psfacts.loading.json import Lines
from psfacts.loading.problems import REFERENCES, Problems, misplaced, record_problems
from psfacts.model import AnyRecord, BaseFact
from psfacts.render import json
from psfacts.render.sources import link
from psfacts.store import tables
from psfacts.store.connection import Database
from psfacts.store.file import APPLICATION, File, problems_between
from psfacts.store.store import Store

BATCH = 2000
"""Number of records written at a time."""

_PRAGMAS = (
    f"application_id = {APPLICATION}",
    f"user_version = {tables.LAYOUT}",
    # Nobody else has the file before it is renamed, and what goes wrong leaves nothing behind.
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -65536",
)

_PENDING = "CREATE TEMP TABLE pending (place TEXT, key TEXT, field TEXT)"
"""Places of references to records not written yet, with the fields that refer to them."""

_TABLES: dict[str, tuple[str, list[object]]] = {
    "facts": (
        "All facts: observations, events, relations and claims",
        ["kind", "standing", {"array": "topics"}, {"array": "asserted_by"}, "subject", "indicator"],
    ),
    "entities": ("Who and what the facts are about", ["type"]),
    "indicators": ("What can be compared", ["type"]),
    "topics": ("What facts belong to", []),
    "errata": ("What is printed, how it is read, and why", ["kind", "basis", "certainty"]),
    "sources": ("The documents that the facts are drawn from", []),
    "sections": ("The parts of the sources", ["source"]),
    "uncited": ("Passages that no fact is drawn from", ["source"]),
    "observations": ("Numbers and categories, with names for ids", ["indicator", "subject", "standing"]),
    "timeline": ("What happened, in order", ["standing"]),
    "relations": ("Who stands how to whom", ["predicate", "subject", "object"]),
    "entity_facts": ("Each entity with each fact about it", ["type", "kind", "standing"]),
}
"""Tables for people: description and facets. Datasette labels a row with its name or title by itself."""

_QUERIES = {
    "facts_about": (
        "What is said of a country, a person, an organization or a place",
        """SELECT facts.id, facts.title, facts.statement, facts.time, facts.standing FROM facts WHERE facts.id IN (
    SELECT fact FROM fact_entities WHERE entity IN (
        SELECT entities.id FROM entities JOIN entities_fts ON entities.rowid = entities_fts.rowid
        WHERE entities_fts MATCH coalesce(nullif(escape_fts(:name), ''), '""')
    )
) ORDER BY facts.source, facts.starts""",
    ),
    "compare": (
        "The values of an indicator, by country",
        """SELECT indicator, subject, value, unit, period, standing, asserted_by, statement FROM observations
WHERE indicator LIKE '%' || :indicator || '%' ORDER BY indicator, number DESC, category, subject""",
    ),
    "silent": (
        "The countries without a value of an indicator, of those that have one of any",
        """SELECT DISTINCT subject FROM observations WHERE subject NOT IN (
    SELECT subject FROM observations WHERE indicator LIKE '%' || :indicator || '%'
) ORDER BY subject""",
    ),
    "happened": (
        "What happened between two days, such as 2022-02-01 and 2022-03-31",
        """SELECT earliest, latest, time, title, statement, fact FROM timeline
WHERE latest >= :since AND earliest <= coalesce(nullif(:until, ''), '9999') ORDER BY earliest, latest""",
    ),
    "said_by": (
        "What somebody is quoted with",
        """SELECT facts.id, entities.name AS by, facts.title, facts.statement, facts.time
FROM facts JOIN json_each(facts.asserted_by) AS said JOIN entities ON entities.id = said.value
WHERE entities.name LIKE '%' || :name || '%' ORDER BY entities.name, facts.source, facts.starts""",
    ),
}
"""Canned queries: what they answer, and their SQL. ``escape_fts`` is a function of Datasette."""


def export_database(base: Store | Lines, target: Target, progress: Progress = unreported, force: bool = False) -> None:
    """Write ``base`` to a new SQLite file ``target``, and report ``progress``.

    Raises OutputError where ``target`` exists and ``force`` is not given, or where it cannot be written, and
    InvalidError where ``base`` is not a fact base; nothing is left behind then.
    """
    with replacing(target, force) as temporary:
        try:
            # Whoever asks it is thrown away by any thread.
            opened = sqlite3.connect(temporary, isolation_level=None, check_same_thread=False)
            with gc_paused(), closing(opened) as connection:
                _write(connection, base, progress)
        except sqlite3.Error as error:
            raise OSError(str(error)) from None


def _write(connection: sqlite3.Connection, base: Store | Lines, progress: Progress) -> None:
    for sql in (*(f"PRAGMA {pragma}" for pragma in _PRAGMAS), "BEGIN", *tables.in_file(), _PENDING):
        connection.execute(sql)
    writer = _Writer(connection, base)
    if isinstance(base, Store):
        records = ((name, record) for name, listed in base.lists.items() for record in listed)
        for name, record in counted(records, base.size, progress):
            writer.add(name, record)
    else:
        writer.add_lines(base, progress)
    writer.flush()
    for sql in (*tables.FILE_INDEXES, *tables.VIEWS, *tables.fill_searched()):
        connection.execute(sql)
    writer.problems.tell(problems_between(writer.database, base.meta))
    writer.problems.check()
    index.finish(connection, writer.base.entities)
    connection.executemany(tables.insertion("_psfacts", 2), tables.about(base.meta, writer.base.sources).items())
    connection.execute("COMMIT")


class _Writer:
    """Writes records as rows, some thousand at a time; rules ask it for what is written so far."""

    def __init__(self, connection: sqlite3.Connection, base: Store | Lines) -> None:
        self.problems = Problems(base.name)
        self.database = Database(connection)
        self._written = File(self.database, base.meta)
        self.base = base if isinstance(base, Store) else self._written
        names = (*tables.TABLES, *tables.LOOKUPS, "fact_text", "pending")
        self._rows: dict[str, list[tables.Row]] = {name: [] for name in names}

    def add(self, name: str, record: AnyRecord) -> None:
        """Add a record of the list ``name``."""
        table = tables.TABLES[name]
        self._rows[name].append((*table.cells(record, self.base.place_of(record)), record.model_dump_json()))
        for lookup in table.lookups:
            self._rows[lookup.name] += lookup.rows(record)
        if isinstance(record, BaseFact):
            self._rows["fact_text"].append(index.fact_row(self.base, record))
        if len(self._rows[name]) >= BATCH:
            self.flush()

    def add_lines(self, lines: Lines, progress: Progress) -> None:
        """Add the records of a file, which is not trusted."""
        for name, records in groupby(lines.records(progress), itemgetter(0)):
            for _, where, record in records:
                for problem in record_problems(record, self._written):
                    if problem.missing and (name == "entities" or problem.location == ("errata",)):  # may yet come
                        row = problem.where(where, record), problem.missing, str(problem.location[0])
                        self._rows["pending"].append(row)
                    else:
                        self.problems.add(where, [problem], record)
                self.problems.check()
                self.add(name, record)
            self.flush()  # since records of the next list may refer to these
        for where, key, field in self.database.stream("SELECT place, key, field FROM pending"):
            if (kind := self._written.kind(key)) not in REFERENCES[field]:
                self.problems.tell([f"{where}: {misplaced(key, kind, REFERENCES[field])}"])

    def flush(self) -> None:
        """Write pending rows. Raises InvalidError if an id is duplicated in a list."""
        for table, rows in self._rows.items():
            if rows:
                before = self.database.connection.total_changes
                try:
                    self.database.connection.executemany(tables.insertion(table, len(rows[0])), rows)
                except sqlite3.IntegrityError:
                    key, *_ = rows[self.database.connection.total_changes - before]  # the rows before it are written
                    self.problems.tell([f"{table} ({key}): the id already belongs to another record; rename one"])
                    self.problems.check()
                rows.clear()
        self._written.kind.cache_clear()  # which has what was not written yet


def metadata(store: Store) -> str:
    """Return the metadata for the .db that ``store`` was read from, or else for base.db."""
    name = Path(store.name).stem or "base"  # Datasette calls a database as its file
    described = tables.about(store.meta, store.sources)
    (first, *others) = store.sources
    about = {
        "title": described["title"],
        "description": described["description"],
        "license": store.meta.license,
        "license_url": licence_address(store.meta.license),
        "source": f"{len(store.sources):,} sources" if others else described["source"].removesuffix(f". {first.url}"),
        "source_url": (not others and link(first)) or f"/{name}/sources",
    }
    hidden = {key: {"hidden": True} for key in ("_psfacts", *tables.FULL_TEXT, *tables.LOOKUPS)}
    shown = {key: {"description": described, "facets": facets} for key, (described, facets) in _TABLES.items()}
    queries = {key: {"title": title, "sql": sql} for key, (title, sql) in _QUERIES.items()}
    database = {"tables": {**hidden, **shown}, "queries": queries}
    return json.document({**{key: cell for key, cell in about.items() if cell}, "databases": {name: database}})
