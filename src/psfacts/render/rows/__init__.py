"""Answers as tables of typed cells, from which JSONL, CSV, TSV and Markdown are written.

An answer is one table, or several if it has several kinds of records. The contents of cells are decided here; a format
only writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from typing import cast

from psfacts.answers.answer import Answer

Scalar = str | int | float | bool | date | None
"""One value; ``None`` where there is nothing."""

Cell = Scalar | tuple[Scalar, ...]
"""The contents of a table cell: a value, or a list of values."""

Scope = Mapping[str, object]
"""The source of a row: the fields of a record and related values."""

Columns = Mapping[str, str]
"""Columns of a table, mapping names to dotted paths such as ``when.text``."""

SEPARATOR = "; "
"""Separator of the items of a list in a cell."""

MADE = "_"
"""Prefix of computed values that are not fields."""

ID = "id"
"""The column of a record's id."""

RECORD = "record"
"""The column with the kind of record, for answers of several tables."""


@dataclass(frozen=True)
class Table:
    """A table of records of one kind.

    Example: ``Table("country", "Countries", ("id", "name"), [("moldova", "Moldova")])``
    """

    record: str
    """Noun for a row, such as ``fact``."""

    title: str
    """Heading of the table."""

    columns: tuple[str, ...]
    """Names of the columns, the same for all answers of a type."""

    rows: Sequence[tuple[Cell, ...]]
    """The rows, with one cell per column."""

    paths: Columns = field(default_factory=dict)
    """The columns with their paths."""

    scopes: Sequence[Scope] = ()
    """The source of each row."""

    few: tuple[str, ...] = ()
    """The columns for human readers, if fewer than all."""

    @classmethod
    def of(cls, record: str, title: str, scopes: Iterable[Scope], columns: Columns, few: tuple[str, ...] = ()) -> Table:
        """Make a table from the sources of its rows."""
        known = tuple(scopes)
        cells = [reader(path) for path in columns.values()]
        rows = [tuple(cell(scope) for cell in cells) for scope in known]
        return cls(record, title, tuple(columns), rows, columns, known, few)


def same(*names: str) -> dict[str, str]:
    """Return columns whose names are also their paths."""
    return {name: name for name in names}


@cache
def reader(path: str) -> Callable[[Scope], Cell]:
    """Return a function that gives the cell at a path: for a list, one value per item; ``None`` if there is nothing."""
    first, *rest = path.split(".")
    return lambda scope: cast(Cell, reduce(_within, rest, scope.get(first)))


def _within(value: object, name: str) -> object:
    if isinstance(value, tuple):
        return tuple(_within(item, name) for item in value)
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def tables(answer: Answer, columns: Sequence[str] = (), *, silent: bool = True) -> tuple[Table, ...]:
    """Return the contents of ``answer`` as tables; all answers of a type have the same tables.

    With ``columns`` all tables have these and no others, and one that has none of them is left out. Without ``silent``
    there are no rows for that on which the source is silent. Raises UsageError where no table has such a column.
    """
    from psfacts.render.rows import answers
    from psfacts.render.rows import columns as choosing

    found: tuple[Table, ...] = tuple(getattr(answers, answer.command)(answer))
    if not silent:
        found = tuple(map(_told, found))
    return choosing.chosen(found, columns, answer.store) if columns else found


def _told(table: Table) -> Table:
    """Return ``table`` without rows that lack a record, if it is a table of records."""
    if ID not in table.columns:
        return table
    known = [scope for scope in table.scopes if scope.get(ID) is not None]
    return Table.of(table.record, table.title, known, table.paths, table.few)


def joined(parts: Sequence[Table], *, named: bool = True) -> Table:
    """Join tables into one with all their columns and, if ``named``, RECORD first; a single one stays as it is."""
    if len(parts) == 1:
        return parts[0]
    columns = tuple(dict.fromkeys([*([RECORD] if named else []), *(name for part in parts for name in part.columns)]))
    cells = ({RECORD: part.record, **dict(zip(part.columns, row, strict=True))} for part in parts for row in part.rows)
    return Table(RECORD, RECORD, columns, [tuple(row.get(column) for column in columns) for row in cells])


def written(value: Scalar) -> str:
    """Return a value as text for flat formats: empty for ``None``, ISO 8601 for dates."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell_text(cell: Cell, write: Callable[[Scalar], str] = written) -> str:
    """Return a cell as text, with list items joined by SEPARATOR; ``write`` converts each value."""
    return SEPARATOR.join(map(write, cell)) if isinstance(cell, tuple) else write(cell)
