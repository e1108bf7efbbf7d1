"""A fact base in a SQLite file, which is not trusted.

It is opened for reading only, with nothing of its own run: all of its schema has to be what
:mod:`psfacts.store.tables` makes. Records are read and checked as from any other file, and have to agree with their
rows. What is not asked for is not read; :func:`audit` reads all, including rows that no answer reaches.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from urllib.parse import quote

from psfacts.errors import InvalidError
from psfacts.loading.files import opened
from psfacts.loading.problems import Problem, Problems, invalid, record_problems
from psfacts.loading.records import read_meta, read_text
from psfacts.model import LISTS, SCHEMA_VERSION, AnyRecord, Id, Meta
from psfacts.store import tables
from psfacts.store.connection import Database, connected, unreadable
from psfacts.store.store import Store
from psfacts.text.phrases import quoted

APPLICATION = 0x70736661
"""SQLite's application_id of our files: ``psfa``."""

_LONGEST = 64 * 2**20
"""Maximum size of a record in bytes."""

_SHORTEST = 2**20
"""Minimum of the limit on the length of a query, in bytes."""

_KEPT = 20_000
"""Number of records that are cached."""

_AGAIN = "export it again: psfacts export"
_HEADER = (
    (68, 4, APPLICATION, "a SQLite database, but no fact base that psfacts wrote"),
    (60, 4, tables.LAYOUT, f"its tables are of layout {{}}, and this psfacts reads {tables.LAYOUT}"),
    (56, 4, 1, "its text is not UTF-8"),
    (18, 2, 0x0101, "in WAL mode, which cannot be read without writing; run PRAGMA journal_mode = DELETE"),
)
"""Numbers in the header of a file, each with its place, its size and the problem if it is another."""

_TWICE = f"SELECT max(kind), id, min(kind) FROM ({tables.IDS}) GROUP BY id HAVING count(*) > 1"  # noqa: S608 -- our words
"""Query for ids of more than one record."""

_REPLACED = f"SELECT successors.id, replaced, kind FROM successors JOIN ({tables.IDS}) AS ids ON ids.id = replaced"  # noqa: S608 -- as above
"""Query for replaced records that are still there."""

_NAMES = "SELECT max(id), folded, min(id) FROM names GROUP BY folded HAVING count(*) > 1"
"""Query for names of more than one record."""

_MOST = 10
"""Maximum number of problems that SQLite's integrity check reports."""


class File(Store):
    """The store of a ``database`` with the tables of a file, which is not trusted.

    A record that is invalid, or does not agree with its row, raises InvalidError when it is read.
    """

    def __init__(self, database: Database, meta: Meta) -> None:
        lists = {list_name: Rows(self, list_name) for list_name in LISTS}
        super().__init__(database, lists, lru_cache(_KEPT)(self._read), meta)
        self.kind = lru_cache(_KEPT)(self._kind)

    def _read(self, name: str, key: Id) -> AnyRecord | None:
        rows = self.database.rows(f"SELECT * FROM {name} WHERE id = ?", key)  # noqa: S608 -- only our own words
        return next((self.record(name, row) for row in rows), None)

    def _kind(self, key: Id) -> str | None:
        return next(iter(self.database.ids(f"SELECT kind FROM ({tables.IDS}) WHERE id = ?", key)), None)  # noqa: S608 -- our words

    def record(self, name: str, row: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- a record of the list
        """Return the record of a row of a list."""
        *cells, text = row
        problems = Problems(self.name)
        record = read_text(name, text.encode() if isinstance(text, str) else b"", problems, name, {"id": row[0]})
        problems.check()
        problems.add(name, record_problems(record, self), record)
        if not problems.total and tables.TABLES[name].cells(record, self.place_of(record)) != tuple(cells):
            problems.add(name, [Problem((), "the record and its row do not agree")], record)
        problems.check()
        return record


class Rows(Sequence[Any]):
    """The records of a list of a file in the order of writing, read on demand."""

    def __init__(self, file: File, name: str) -> None:
        self._file = file
        self._name = name

    def __len__(self) -> int:
        ((count,),) = self._file.database.rows(f"SELECT count(*) FROM {self._name}")  # noqa: S608 -- our own word
        return int(count)

    def __iter__(self) -> Iterator[Any]:
        return (self._file.record(self._name, row) for row in self.raw())

    def __getitem__(self, index: int | slice) -> Any:  # noqa: ANN401 -- a record, or some
        return tuple(self)[index]

    def raw(self) -> Iterator[tuple[Any, ...]]:
        """Return all rows as they are in the file."""
        return self._file.database.stream(f"SELECT * FROM {self._name} ORDER BY rowid")  # noqa: S608 -- our own word


def open_file(path: Path) -> File:
    """Return the store of the SQLite file ``path``. Raises InvalidError if it is not ours or cannot be read."""
    name = str(path)
    with opened(path) as file:
        size = _checked_size(file, name)
        try:
            real = path.resolve()
        except OSError:  # the working directory is gone
            real = Path(f"/proc/self/fd/{file.fileno()}").resolve()
        connection = _connection(real, name)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(_LONGEST, max(size, _SHORTEST)))
    database = Database(connection, name, size)
    for sql in ("PRAGMA trusted_schema = OFF", "PRAGMA query_only = ON", "PRAGMA cell_size_check = ON", "BEGIN"):
        database.rows(sql)
    found, expected = _schema(database), _expected_schema()
    for kind, part, *_ in (*sorted(expected - found, key=str), *sorted(found - expected, key=str)):
        raise invalid(name, f"the {kind} {quoted(str(part))} is not as psfacts makes it", _AGAIN)
    return File(database, _meta(database))


def _checked_size(file: BinaryIO, name: str) -> int:
    """Check the header of a file (https://www.sqlite.org/fileformat.html, 1.3) before SQLite does; return the size."""
    head, size = file.read(100), os.fstat(file.fileno()).st_size
    page = int.from_bytes(head[16:18])
    if len(head) < 100 or size < (65536 if page == 1 else page) * int.from_bytes(head[28:32]):
        raise invalid(name, "ends too early; it may have been cut off")
    for at, length, expected, problem in _HEADER:
        if (found := int.from_bytes(head[at : at + length])) != expected:
            raise invalid(name, problem.format(found), _AGAIN)
    return size


def _connection(path: Path, name: str) -> sqlite3.Connection:
    for ending in ("-journal", "-wal"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists() and not beside.is_file():  # SQLite would wait for a writer to a pipe
            raise invalid(name, f"{quoted(beside.name)} stands beside it, and is no regular file")
    try:
        return connected(f"{uri(path)}?mode=ro")
    except sqlite3.Error as error:
        raise unreadable(name, error) from None


def uri(path: PurePath) -> str:
    """Return the URI of a file for SQLite; that of a network share has no host, which SQLite does not allow."""
    return "file://" + quote("/" * (not path.as_posix().startswith("/")) + path.as_posix(), errors="surrogateescape")


def _meta(database: Database) -> Meta:
    found = {key: str(value) for key, value in database.rows("SELECT key, value FROM _psfacts")}
    version = found.get("schema_version")
    meta = {
        "schema_version": SCHEMA_VERSION if version == str(SCHEMA_VERSION) else version,
        "data_version": found.get("data_version"),
        "shared_names": found.get("shared_names") == "true",
        "license": found.get("license_id"),
    }
    return read_meta(Meta, meta, Problems(database.name))


def _schema(database: Database) -> Counter[tuple[object, ...]]:
    """Return the schema of a database: type, name, table and SQL of each part.

    The SQL of the tables that FTS5 keeps its indexes in differs between versions of SQLite; of them, it is the columns.
    """
    parts = database.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    columns = {name: tuple(database.rows(f"PRAGMA table_xinfo({name})")) for _, name, *_ in parts if name in _SHADOWS}
    return Counter((kind, name, owner, columns.get(name, sql)) for kind, name, owner, sql in parts)


@cache
def _expected_schema() -> Counter[tuple[object, ...]]:
    """Return the schema that a file must have."""
    connection = connected()
    connection.executescript(";\n".join((*tables.in_file(), *tables.FILE_INDEXES, *tables.VIEWS)))
    return _schema(Database(connection))


_SHADOWS = frozenset(
    f"{name}_{part}" for name in tables.FULL_TEXT for part in ("data", "idx", "content", "docsize", "config")
)
"""Names of the tables that FTS5 keeps its indexes in."""


def audit(file: File, problems: Problems) -> dict[str, int]:
    """Add all problems of the records of a file and its index tables, and return the number of records by list."""
    found = file.database.ids(f"PRAGMA integrity_check({_MOST})")
    problems.tell(f"the database: {text}" for text in found if text != "ok")
    counts, made = dict.fromkeys(LISTS, 0), Counter[str]()
    for name in LISTS:
        for row in Rows(file, name).raw():
            counts[name] += 1
            try:
                record = file.record(name, row)
                for lookup in tables.TABLES[name].lookups:
                    made[lookup.name] += _mark(lookup.rows(record))
            except InvalidError as error:
                problems.add_from(error)
    for lookup_name in tables.LOOKUPS if not problems.total else ():
        there = file.database.stream(f"SELECT * FROM {lookup_name}")  # noqa: S608 -- only our own words
        if _mark(there) != made[lookup_name]:
            problems.tell([f"{lookup_name}: has other rows than the records make"])
    problems.tell(problems_between(file.database, file.meta))
    described = dict(file.database.rows("SELECT key, value FROM _psfacts"))
    if described != tables.about(file.meta, file.sources):
        problems.tell(["_psfacts: does not tell what the records do"])
    return counts


def _mark(rows: Iterable[tuple[Any, ...]]) -> int:
    """Return a number that only the same rows have, in any order, as far as nobody knows this process's hashes."""
    return sum(hash(str(row)) for row in rows)


def problems_between(database: Database, meta: Meta) -> Iterator[str]:
    """Return the problems of ids and names, which must be unique, as for a base in memory."""
    for kind, key, other in database.rows(_TWICE):
        yield f"{kind} ({key}): the id already belongs to another record, of the kind {other}; rename one"
    for key, replaced, kind in database.rows(_REPLACED):
        yield f"{key}.replaces: {quoted(str(replaced))} is the id of a record, of the kind {kind}; take it out"
    ((sources,),) = database.rows("SELECT count(*) FROM sources")
    if not sources:
        yield "sources: must not be empty"
    if sources == 1 and not meta.shared_names:
        for key, folded, other in database.rows(_NAMES):
            yield f"{key}: {quoted(str(folded))} is a name of {other} too; take it from one"
