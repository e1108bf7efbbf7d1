"""A fact base in a SQLite file, opened to be asked. The file is not trusted.

It is opened for reading only, with nothing of its own run: its tables have to be those of
:mod:`psfacts.store.tables` to the letter, and triggers are refused. Records are validated as they are read, and have to
agree with their rows and with the records that they refer to. What is not asked for is not read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from pydantic import TypeAdapter, ValidationError

from psfacts.errors import InvalidError
from psfacts.loading.rules import AnyRecord, faults, misfit, outside, passages, references, unmet
from psfacts.model import (
    FACT,
    SCHEMA_VERSION,
    Entity,
    Erratum,
    Fact,
    Id,
    Indicator,
    Observation,
    Source,
    Uncited,
)
from psfacts.store import tables
from psfacts.store.connection import shared
from psfacts.store.places import Place, place
from psfacts.store.store import FAILURES, Lists, Store, unreadable
from psfacts.text.phrases import quoted

APPLICATION = 0x70736661
"""``psfa``, by which a file is known as ours (SQLite's application_id)."""

FILE_VERSION = 1
"""Version of the tables (SQLite's user_version)."""

_LONGEST = 64 * 2**20
"""Bytes that one record may have."""

_KEPT = 20_000
"""How many records of a list are kept at hand."""

_PATIENCE = 1.0
"""Seconds to wait for a file that is being written to."""

_HINT = "make it anew with psfacts export"
_ENTITIES = ("country", "organization", "person", "place", "group", "region")
_LIST_OF = {**dict.fromkeys(_ENTITIES, "entities"), "source": "sources", "indicator": "indicators", "erratum": "errata"}

R = TypeVar("R", bound=AnyRecord)


def opened(path: Path) -> Store:
    """Open the fact base in the SQLite file ``path``.

    Raises InvalidError where it is not ours or cannot be read; what is wrong with a record is raised when it is read.
    """
    name = str(path)
    _check_header(path, name)
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        database = shared(uri, uri=True, timeout=_PATIENCE)
    except FAILURES as error:
        raise unreadable(name, error) from None
    try:
        return Store(database, _lists(database, name), name)
    except BaseException:
        database.close()
        raise


def expected() -> dict[tuple[str, str], str]:
    """Return what the tables and indexes of a file have to be, by type and name, in SQL."""
    indexes = [one.strip() for one in tables.FILE_INDEXES.split(";") if one.strip()]
    named = {("index", one.split()[2]): one for one in indexes}
    return {("table", key): sql for key, sql in tables.FILE.items()} | named


def _invalid(name: str, what: str) -> InvalidError:
    return InvalidError(f"{name}: {what}", _HINT, (what,))


def _check_header(path: Path, name: str) -> None:
    """Look at the first bytes of the file (https://www.sqlite.org/fileformat.html, 1.3) before SQLite does."""
    try:
        with path.open("rb") as file:
            head, size = file.read(100), path.stat().st_size
    except OSError as error:
        raise _invalid(name, error.strerror or str(error)) from None
    if len(head) < 100:
        raise _invalid(name, "ends too early; it may have been cut off")
    if int.from_bytes(head[68:72]) != APPLICATION:
        raise _invalid(name, "a SQLite database, but no fact base that psfacts wrote")
    version = int.from_bytes(head[60:64])
    if version != FILE_VERSION:
        raise _invalid(name, f"user_version: this psfacts knows version {FILE_VERSION}, and the file has {version}")
    if head[18:20] != b"\x01\x01":
        raise _invalid(name, "in WAL mode, which cannot be read without writing; run PRAGMA journal_mode = DELETE")
    page = int.from_bytes(head[16:18])
    if size < (65536 if page == 1 else page) * int.from_bytes(head[28:32]):
        raise _invalid(name, "ends too early; it may have been cut off")


def _lists(database: sqlite3.Connection, name: str) -> Lists:
    try:
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            database.execute(f"PRAGMA {pragma}")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        database.execute("BEGIN")
        found = {(kind, key): sql for kind, key, sql in database.execute("SELECT type, name, sql FROM sqlite_schema")}
        for (kind, key), sql in expected().items():
            if found.get((kind, key)) != sql:
                raise _invalid(name, f"the {kind} {key} is not as psfacts makes it")
        if any(kind == "trigger" for kind, _ in found):
            raise _invalid(name, "has triggers, which no fact base has")
        meta: dict[str, str] = dict(database.execute("SELECT key, value FROM _psfacts"))
    except FAILURES as error:
        raise unreadable(name, error) from None
    if meta.get("schema_version") != str(SCHEMA_VERSION):
        version = quoted(str(meta.get("schema_version")))
        raise _invalid(name, f"schema_version: this psfacts knows version {SCHEMA_VERSION}, and the file has {version}")
    file = _File(database, name)
    return Lists(
        data_version=str(meta.get("data_version", "0")),
        sources=file.sources,
        entities=file.entities,
        indicators=file.indicators,
        facts=file.facts,
        errata=file.errata,
        uncited=file.uncited,
    )


class _File:
    """The lists of a file, and what its records are held against."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self.database = database
        self.name = name
        self.kinds: dict[tuple[str, Id], str | None] = {}
        self.sources = _Rows(self, "sources", TypeAdapter(Source), tables.source_file_row)
        self.entities = _Rows(self, "entities", TypeAdapter(Entity), tables.entity_file_row)
        self.indicators = _Rows(self, "indicators", TypeAdapter(Indicator), tables.indicator_file_row)
        self.facts = _Rows(self, "facts", FACT, lambda one: tables.fact_file_row(one, self._place(one)))
        self.errata = _Rows(
            self, "errata", TypeAdapter(Erratum), lambda one: tables.erratum_file_row(one, self._place(one))
        )
        self.uncited = _Rows(self, "uncited", TypeAdapter(Uncited), tables.uncited_file_row)

    def problems(self, record: AnyRecord) -> Iterator[str]:
        """Return what is wrong with a record in itself, and with what it refers to."""
        yield from (f"{where}: {what}" for where, what in faults(record))
        for where, ids, wanted in references(record):
            for key in ids:
                if what := unmet(key, self._kind(key, wanted), wanted):
                    yield f"{where}: {what}"
        if not isinstance(record, Source | Entity | Indicator):
            for where, passage in passages(record):
                if passage.source in self.sources and passage.end > self.sources[passage.source].length:
                    yield f"{where}: {outside(passage, self.sources[passage.source].length)}"
        if isinstance(record, Observation) and (what := misfit(record, self.indicators[record.indicator])):
            yield f".value: {what}"

    def _place(self, record: Fact | Erratum) -> Place:
        first = record.evidence[0]
        return place(self.sources[first.source], first)

    def _kind(self, key: Id, wanted: Collection[str]) -> str | None:
        """Return the kind of the record ``key`` in the list that those of the ``wanted`` kinds stand in."""
        table = _LIST_OF[next(iter(wanted))]
        if (table, key) not in self.kinds:
            if len(self.kinds) >= _KEPT:
                self.kinds.clear()
            column = "type" if table == "entities" else f"'{next(iter(wanted))}'"
            sql = f"SELECT {column} FROM {table} WHERE id = ?"  # noqa: S608 -- only our own words
            row = self.database.execute(sql, (key,)).fetchone()
            self.kinds[table, key] = row[0] if row else None
        return self.kinds[table, key]


class _Rows(Generic[R]):
    """One list of a file. The records that were read last are kept."""

    def __init__(self, file: _File, table: str, adapter: TypeAdapter[R], row_of: Callable[[R], tables.Row]) -> None:
        self._file = file
        self._table = table
        self._adapter = adapter
        self._row_of = row_of
        self._read: dict[Id, R] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._read or bool(self._rows("SELECT 1 FROM {} WHERE id = ?", str(key)))

    def __getitem__(self, key: Id) -> R:
        if key not in self._read:
            rows = self._rows("SELECT * FROM {} WHERE id = ?", key)
            if not rows:
                raise _invalid(self._file.name, f"{self._table}: there is no {quoted(key)}, which is referred to")
            if len(self._read) >= _KEPT:
                self._read.pop(next(iter(self._read)))
            self._read[key] = self.record(rows[0])
        return self._read[key]

    def listed(self) -> Sequence[R]:
        """Return all records by id, each read when it is its turn."""
        return _Listed(self)

    def each(self) -> Iterator[R]:
        """Read all records by id, and keep none."""
        try:
            for row in self._file.database.execute(f"SELECT * FROM {self._table} ORDER BY id"):  # noqa: S608 -- our word
                yield self.record(row)
        except FAILURES as error:
            raise unreadable(self._file.name, error) from None

    def part(self, first: int, count: int) -> list[R]:
        """Read ``count`` records, or as many as there are, from the one with the number ``first`` on."""
        sql = "SELECT * FROM {} ORDER BY id LIMIT ? OFFSET ?"
        return [self.record(row) for row in self._rows(sql, count, first)]

    def count(self) -> int:
        """Count the records."""
        ((count,),) = self._rows("SELECT count(*) FROM {}")
        return int(count)

    def record(self, row: tuple[Any, ...]) -> R:
        """Make the record of a row. Raises InvalidError where it is not one, or does not agree with the row."""
        place = f"{self._table} ({quoted(str(row[0]))})"
        try:
            record = self._adapter.validate_json(row[-1] if isinstance(row[-1], str) else "")
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = "".join(f".{step}" for step in first["loc"])
            raise _invalid(self._file.name, f"{place}{where}: {first['msg']}") from None
        try:
            problem = next(self._file.problems(record), None)
            if problem is None and self._row_of(record)[:-1] != row[:-1]:
                problem = ": the record and its row do not agree"
        except FAILURES as error:
            raise unreadable(self._file.name, error) from None
        if problem:
            raise _invalid(self._file.name, f"{place}{problem}")
        return record

    def _rows(self, sql: str, *parameters: str | int) -> list[tuple[Any, ...]]:
        try:
            return self._file.database.execute(sql.format(self._table), parameters).fetchall()
        except FAILURES as error:
            raise unreadable(self._file.name, error) from None


class _Listed(Sequence[R]):
    """All records of a list, none of them read before its turn."""

    def __init__(self, rows: _Rows[R]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[R]:
        return self._rows.each()

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...

    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        if isinstance(index, slice):
            return tuple(self)[index]
        found = self._rows.part(index if index >= 0 else index + len(self), 1) if index >= -len(self) else []
        if not found:
            raise IndexError(index)
        return found[0]
