"""Choosing columns by name: those of a table, nested values, and names for ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from psfacts.errors import NotFoundError, UsageError
from psfacts.model import Record
from psfacts.render.rows import MADE, RECORD, Cell, Scope, Table, reader
from psfacts.store.store import Store
from psfacts.text.names import did_you_mean, near
from psfacts.text.phrases import quoted

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
    columns = tuple(dict.fromkeys(wanted))
    found = []
    for part in parts:
        within = cache(partial(_within, part))  # which goes through all rows
        found.append((part, [_reader(part, name, store, within) for name in columns]))
    for place, name in enumerate(columns):
        if not any(readers[place] for _, readers in found):
            raise _unknown(name, parts)
    return tuple(
        Table(part.record, part.title, columns, [tuple(read and read(row) for read in readers) for row in part.scopes])
        for part, readers in found
        if any(readers)
    )


def brief(part: Table, store: Store | None) -> Table:
    """Return ``part`` with few columns for human readers: names instead of ids, and no digests."""
    columns = part.few or [NAMED.get(name, name) for name in part.columns if name not in _DIGESTS]
    return chosen([part], columns[:MOST], store)[0]


def _reader(
    part: Table, name: str, store: Store | None, within: Callable[[], Mapping[str, None]]
) -> Callable[[Scope], Cell] | None:
    """Return a function that gives the cells of a column; ``None`` if the part has no such column."""
    if name == RECORD:
        return lambda _: part.record
    if name in part.paths:
        return reader(part.paths[name])
    named = next((column for column in part.paths if NAMED.get(column) == name), None)
    if named:
        return _names(named, reader(part.paths[named]), store)
    return reader(name) if name in part.paths.values() or name in part.few or name in within() else None


def _names(column: str, ids: Callable[[Scope], Cell], store: Store | None) -> Callable[[Scope], Cell]:
    """Return a function that gives the names for the ids of a column; an id without a record is kept."""

    def name(key: object) -> str | None:
        if not isinstance(key, str) or store is None:
            return None if key is None else str(key)
        try:
            if column == "source":
                return store.source(key).title
            return store.indicator(key).name if column.startswith("indicator") else store.entity(key).name
        except NotFoundError:
            return key

    def read(scope: Scope) -> Cell:
        cell = ids(scope)
        return tuple(map(name, cell)) if isinstance(cell, tuple) else name(cell)

    return read


def _within(part: Table) -> dict[str, None]:
    """Return the dotted paths to all values in the sources of the rows."""
    paths = dict.fromkeys(path for scope in part.scopes for path in _paths(scope))
    # What is a record in one row and nothing in another is no value.
    records = {path[:at] for path in paths for at, character in enumerate(path) if character == "."}
    return {path: None for path in paths if path not in records}


def _paths(value: object, path: str = "") -> Iterator[str]:
    match value:
        case Record() | Mapping():
            for key, item in dict(value).items():
                if not key.startswith(MADE):
                    yield from _paths(item, f"{path}.{key}" if path else key)
        case tuple() if any(isinstance(item, Record) for item in value):
            for item in value:
                yield from _paths(item, path)
        case _:
            yield path


def known(parts: Sequence[Table]) -> list[str]:
    """Return the names of all columns of ``parts``."""
    found = dict.fromkeys([RECORD] if len(parts) > 1 else [])
    for part in parts:
        for column in part.columns:
            found |= dict.fromkeys([column, NAMED[column]] if column in NAMED else [column])
        found |= _within(part)
    return list(found)


def _unknown(name: str, parts: Sequence[Table]) -> UsageError:
    """Return the error for an unknown column, which lists the available ones."""
    columns = known(parts)
    there_are = f"there are: {', '.join(columns)}"
    hint = " ".join(filter(None, (did_you_mean(near(name, ([column] for column in columns))), there_are)))
    return UsageError(f"there is no column {quoted(name)}", hint)
