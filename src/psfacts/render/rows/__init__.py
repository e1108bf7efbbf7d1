"""Answers as tables of typed cells: the one projection that JSONL, CSV, TSV and Markdown are all written from.

An answer is one table, or several where it holds records of several sorts. What a cell holds is decided here; a format
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
"""What stands in one column of one row: a value, or a list of values."""

Scope = Mapping[str, object]
"""What a row is made of: the fields of a record, and what goes with it."""

Columns = Mapping[str, str]
"""The columns of a table by name, each with the dotted path to its cells, such as ``when.text``."""

SEPARATOR = "; "
"""Stands between the items of a list in a cell."""

MADE = "_"
"""Begins the name of what is made for a column, and is no field."""

ID = "id"
"""The column of a record's id."""

RECORD = "record"
"""The column that tells of which table a row is, where an answer has several."""


@dataclass(frozen=True)
class Table:
    """Records of one sort.

    Example: ``Table("country", "Countries", ("id", "name"), [("moldova", "Moldova")])``
    """

    record: str
    """What one row is, such as ``fact``."""

    title: str
    """What the rows are, for a heading."""

    columns: tuple[str, ...]
    """Names of the columns, the same for every answer of a type."""

    rows: Sequence[tuple[Cell, ...]]
    """The rows, each with a cell a column."""

    paths: Columns = field(default_factory=dict)
    """The columns with their paths."""

    scopes: Sequence[Scope] = ()
    """What each of the rows is made of."""

    few: tuple[str, ...] = ()
    """The columns for those who read, where the table has more than these."""

    @classmethod
    def of(cls, record: str, title: str, scopes: Iterable[Scope], columns: Columns, few: tuple[str, ...] = ()) -> Table:
        """Make a table of what its rows are made of."""
        known = tuple(scopes)
        cells = [reader(path) for path in columns.values()]
        rows = [tuple(cell(scope) for cell in cells) for scope in known]
        return cls(record, title, tuple(columns), rows, columns, known, few)


def same(*names: str) -> dict[str, str]:
    """Return columns that are called like what they hold."""
    return {name: name for name in names}


@cache
def reader(path: str) -> Callable[[Scope], Cell]:
    """Return what gives the cell at a path: in a list, a value an item; nothing where the path leads nowhere."""
    first, *rest = path.split(".")
    return lambda scope: cast(Cell, reduce(_within, rest, scope.get(first)))


def _within(value: object, name: str) -> object:
    if isinstance(value, tuple):
        return tuple(_within(item, name) for item in value)
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


def tables(answer: Answer, columns: Sequence[str] = (), *, silent: bool = True) -> tuple[Table, ...]:
    """Return all that ``answer`` holds as tables; an answer of the same type always has the same ones.

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
    """Return ``table`` without rows that are no record's, though it is a table of records."""
    if ID not in table.columns:
        return table
    known = [scope for scope in table.scopes if scope.get(ID) is not None]
    return Table.of(table.record, table.title, known, table.paths, table.few)


def joined(parts: Sequence[Table], *, named: bool = True) -> Table:
    """Make one table of several: the columns of all and, where ``named``, before them RECORD; a single one stays."""
    if len(parts) == 1:
        return parts[0]
    columns = tuple(dict.fromkeys([*([RECORD] if named else []), *(name for part in parts for name in part.columns)]))
    cells = ({RECORD: part.record, **dict(zip(part.columns, row, strict=True))} for part in parts for row in part.rows)
    return Table(RECORD, RECORD, columns, [tuple(row.get(column) for column in columns) for row in cells])


def written(value: Scalar) -> str:
    """Return a value as every flat format writes it: nothing for ``None``, dates as ISO 8601 has them."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell_text(cell: Cell, write: Callable[[Scalar], str] = written) -> str:
    """Return a cell as text, the items of a list parted by SEPARATOR; ``write`` writes each value."""
    return SEPARATOR.join(map(write, cell)) if isinstance(cell, tuple) else write(cell)
