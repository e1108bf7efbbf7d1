"""Answers as tables of typed cells, from which JSONL, CSV, TSV and Markdown are written.

An answer is one table, or several if it has several kinds of records. The contents of cells are decided here; a format
only writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import methodcaller
from typing import cast

from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.model import Record
from psfacts.store.store import Store
from psfacts.text.names import near
from psfacts.text.phrases import did_you_mean, quoted

Scalar = str | int | float | bool | date | None
"""One value; ``None`` where there is nothing."""

Cell = Scalar | tuple[Scalar, ...]
"""The contents of a table cell: a value, or a list of values."""

Scope = Mapping[str, object] | Record
"""The source of a row: a record, or the fields of one with related values."""

Read = Callable[[Scope], Cell]
"""A function that returns a cell of a row."""

Columns = Mapping[str, str | Read]
"""Columns of a table by name: each a dotted path such as ``when.text``, or a function."""

RECORD = "record"
"""The column with the kind of record, for answers of several tables."""


@dataclass(frozen=True)
class Table:
    """A table of records of one kind.

    Example: ``Table("country", "Countries", answer.countries, columns("id name alpha2=iso.alpha2"))``
    """

    record: str
    """Noun for a row, such as ``fact``."""

    title: str
    """Heading of the table."""

    scopes: Sequence[Scope]
    """The source of each row."""

    columns: Columns
    """The columns, the same for all answers of a type."""

    few: str = ""
    """Names of the columns for human readers, if fewer than all."""

    @cached_property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """The rows, with one cell per column."""
        return [tuple(cell(scope, path) for path in self.columns.values()) for scope in self.scopes]

    def has_record(self, scope: Scope) -> bool:
        """Return whether a row has a record, rather than the silence of the source, if it is a table of records."""
        return "id" not in self.columns or cell(scope, "id") is not None


def columns(names: str) -> dict[str, str]:
    """Return columns by their names, each with its path if that is another: ``id name when=when.text``."""
    pairs = (name.partition("=") for name in names.split())
    return {name: path or name for name, _, path in pairs}


def cell(scope: Scope, path: str | Read) -> Cell:
    """Return the cell at a path: for a list, a value per item; ``None`` if there is nothing.

    Counts, such as the number of records in each list, become ``facts: 12``.
    """
    found = reduce(_within, path.split("."), cast(object, scope)) if isinstance(path, str) else path(scope)
    return tuple(f"{name}: {count}" for name, count in found.items()) if isinstance(found, dict) else cast(Cell, found)


def _within(value: object, name: str) -> object:
    if isinstance(value, tuple):
        return tuple(_within(item, name) for item in value)
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def tables(answer: Answer, wanted: Sequence[str] = (), *, silent: bool = True) -> tuple[Table, ...]:
    """Return the contents of ``answer`` as tables; all answers of a type have the same tables.

    With ``wanted`` columns all tables have these and no others, and one that has none of them is left out. Without
    ``silent`` there are no rows for that on which the source is silent. Raises UsageError where no table has such a
    column.
    """
    from psfacts.render.rows import answers

    found: tuple[Table, ...] = tuple(getattr(answers, answer.command)(answer))
    if not silent:
        found = tuple(replace(table, scopes=[*filter(table.has_record, table.scopes)]) for table in found)
    return chosen(found, wanted, answer.store) if wanted else found


def joined(parts: Sequence[Table], *, named: bool = True) -> Table:
    """Join tables into one with all their columns and, if ``named``, RECORD first; a single one stays as it is."""
    if len(parts) == 1:
        return parts[0]
    columns = dict.fromkeys([*([RECORD] if named else []), *(name for part in parts for name in part.columns)])
    rows = [{RECORD: part.record, **dict(zip(part.columns, row, strict=True))} for part in parts for row in part.rows]
    return Table(RECORD, RECORD, rows, {name: methodcaller("get", name) for name in columns})


MOST = 10
"""Maximum number of columns for human readers."""

_ONE = ("country", "subject", "object", "of", "profile", "entity", "membership_of", "indicator", "source")
_SEVERAL = ("asserted_by", "entities", "context", "regions", "members", "subjects", "indicators")
NAMED = {**{name: f"{name}_name" for name in _ONE}, **{name: f"{name}_names" for name in _SEVERAL}}
"""Columns with ids, each with the column of the corresponding names."""

_DIGESTS = ("sha256", "source_sha256", "evidence")
"""Columns for programs only."""


def chosen(parts: Sequence[Table], wanted: Sequence[str], store: Store | None) -> tuple[Table, ...]:
    """Return ``parts`` with the ``wanted`` columns, leaving out parts that have none of them.

    Raises UsageError if no part has one of them.
    """
    found = [(part, offered(part, store)) for part in parts]
    for name in wanted:
        if not any(name in columns for _, columns in found):
            names = dict.fromkeys(column for _, columns in found for column in columns)
            hint = f"{did_you_mean(near(name, ([column] for column in names)))} there are: {', '.join(names)}"
            raise UsageError(f"there is no column {quoted(name)}", hint.lstrip())
    kept = ((part, columns) for part, columns in found if not columns.keys().isdisjoint(wanted))
    # A column that a part does not have is at no path, where there is nothing.
    return tuple(replace(part, columns={name: columns.get(name, "") for name in wanted}) for part, columns in kept)


def brief(part: Table, store: Store | None) -> Table:
    """Return ``part`` with few columns for human readers: names instead of ids, and no digests."""
    names = part.few.split() or [NAMED.get(name, name) for name in part.columns if name not in _DIGESTS]
    kept = [name for name in names if len(names) <= MOST or name != "section_title"]
    return chosen([part], kept[:MOST], store)[0]


def offered(part: Table, store: Store | None = None) -> Columns:
    """Return the columns of a table, those of names for ids, and the values within its rows."""
    found: dict[str, str | Read] = {RECORD: lambda _: part.record}
    for name, path in part.columns.items():
        found[name] = path
        if name in NAMED:
            found[NAMED[name]] = _names(name, path, store)
    more = [path for path in (*part.columns.values(), *part.few.split()) if isinstance(path, str)]
    within = dict.fromkeys([*more, *(path for scope in part.scopes for path in _paths(scope))])
    # What is a record in one row and nothing in another is no value.
    records = {path.rpartition(".")[0] for path in within}
    return found | {path: path for path in within if path not in found.keys() | records}


def _names(column: str, path: str | Read, store: Store | None) -> Read:
    """Return a function that returns the names for the ids in a column; without a ``store``, the ids."""

    def name(key: Scalar) -> Scalar:
        if store is None or not isinstance(key, str):
            return key
        if column == "source":
            return store.source(key).title
        return (store.indicator(key) if column.startswith("indicator") else store.entity(key)).name

    def read(scope: Scope) -> Cell:
        ids = cell(scope, path)
        return tuple(map(name, ids)) if isinstance(ids, tuple) else name(ids)

    return read


def _paths(value: object, path: str = "") -> Iterator[str]:
    match value:
        case Record() | dict():
            for key, item in dict(value).items():
                yield from _paths(item, f"{path}.{key}" if path else key)
        case (Record(), *_):
            for item in value:
                yield from _paths(item, path)
        case _:
            yield path


def written(value: Scalar) -> str:
    """Return a value as text for flat formats: empty for ``None``, ISO 8601 for dates."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell_text(cell: Cell, write: Callable[[Scalar], str] = written) -> str:
    """Return a cell as text, with semicolons between the items of a list; ``write`` converts each value."""
    return "; ".join(map(write, cell)) if isinstance(cell, tuple) else write(cell)
