"""Answers as tables of typed cells: the one projection that JSONL, CSV, TSV and Markdown are all written from.

An answer is one table, or several where it holds records of several sorts. What a cell holds is decided here; a format
only writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from psfacts.answers.answer import Answer

Scalar = str | int | float | bool | date | None
"""One value; ``None`` where there is nothing."""

Cell = Scalar | tuple[Scalar, ...]
"""What stands in one column of one row: a value, or a list of values."""

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

    @classmethod
    def of(cls, record: str, title: str, rows: Iterable[dict[str, Cell]], columns: Iterable[str]) -> Table:
        """Make a table of rows whose cells are keyed by column."""
        names = tuple(columns)
        return cls(record, title, names, [tuple(row[name] for name in names) for row in rows])


def tables(answer: Answer) -> tuple[Table, ...]:
    """Return all that ``answer`` holds as tables; an answer of the same type always has the same ones."""
    module = import_module(f"psfacts.render.rows.{answer.command}")
    projection: Callable[[Answer], tuple[Table, ...]] = module.tables
    return projection(answer)


def joined(parts: Sequence[Table]) -> Table:
    """Make one table of several: the columns of all, and before them RECORD; a single table stays as it is."""
    if len(parts) == 1:
        return parts[0]
    columns = tuple(dict.fromkeys(column for part in parts for column in part.columns))
    return Table(RECORD, RECORD, (RECORD, *columns), [row for part in parts for row in _spread(part, columns)])


def _spread(part: Table, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """Return the rows of ``part`` under more columns than it has."""
    places = [part.columns.index(column) if column in part.columns else None for column in columns]
    for row in part.rows:
        yield (part.record, *(None if place is None else row[place] for place in places))


def written(one: Scalar) -> str:
    """Return a value as every flat format writes it: nothing for ``None``, dates as ISO 8601 has them."""
    match one:
        case None:
            return ""
        case bool():
            return "true" if one else "false"
        case date():
            return one.isoformat()
        case _:
            return str(one)
