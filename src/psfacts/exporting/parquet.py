"""Tables as Parquet files, by way of pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import OutputError, UsageError
from psfacts.render.rows import Cell

if TYPE_CHECKING:
    import pyarrow

_BATCH = 10_000
"""Rows that are held in memory at a time."""

_FEW_DIGITS, _MOST_DIGITS = 38, 76
"""Digits of the two types of decimals."""

_DATES = frozenset({"earliest", "latest"})
LISTS = frozenset(
    (
        *("asserted_by", "source", "section", "section_title", "paragraph", "entities", "topics", "errata"),
        *("errata_notes", "evidence", "sha256", "context", "keywords", "replaces"),
    )
)
"""Columns of facts that hold lists."""


def require() -> None:
    """Raise UsageError where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401 -- only whether it is there
    except ImportError:
        message = "Parquet needs pyarrow, which is not installed"
        raise UsageError(message, "pip install 'psfacts[parquet]'") from None


def write(path: Path, columns: tuple[str, ...], rows: Callable[[], Iterable[tuple[Cell, ...]]]) -> None:
    """Write facts as a Parquet file, with ``value`` in two columns: ``number`` and ``category``.

    A column of Parquet has one type; psfacts says in ``unit`` what a number counts. Numbers are of double precision,
    unless one of them is an integer that these do not hold: then all are decimals. Raises OutputError where there is no
    decimal for them all.
    """
    import pyarrow

    try:
        _write(path, columns, rows(), pyarrow.float64())
    except _InexactError:
        _write(path, columns, rows(), _decimal(path, columns, rows()))


class _InexactError(Exception):
    """An integer is not held by double precision."""


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], number: pyarrow.DataType) -> None:
    import pyarrow.parquet

    schema = _schema(columns, number)
    held = _double if number == pyarrow.float64() else _exact
    remaining = iter(rows)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            records = [dict(_typed(columns, row, held)) for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(records, schema=schema))


def _double(value: float) -> float:
    if isinstance(value, int) and int(float(value)) != value:
        raise _InexactError
    return float(value)


def _exact(value: float) -> Decimal:
    """Return the number that is written in a fact base, not the double next to it."""
    return Decimal(repr(value))


def _decimal(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> pyarrow.DataType:
    """Return the type of decimals that holds all numbers of ``rows``."""
    import pyarrow

    place = columns.index("value")
    digits = scale = 0
    for value in (row[place] for row in rows):
        if isinstance(value, int | float):
            exact = _exact(value)
            digits = max(digits, exact.adjusted() + 1)
            scale = max(scale, -int(exact.as_tuple().exponent))
    if digits + scale > _MOST_DIGITS:
        raise OutputError(f"{path}: the numbers take more digits than Parquet has", "write .csv or .jsonl")
    return (
        pyarrow.decimal128(_FEW_DIGITS, scale)
        if digits + scale <= _FEW_DIGITS
        else pyarrow.decimal256(_MOST_DIGITS, scale)
    )


def _schema(columns: tuple[str, ...], number: pyarrow.DataType) -> pyarrow.Schema:
    import pyarrow as arrow

    def type_of(column: str) -> pyarrow.DataType:
        if column in LISTS:
            return arrow.list_(arrow.int32() if column == "paragraph" else arrow.string())
        if column in _DATES:
            return arrow.date32()
        return {"number": number, "inferred": arrow.bool_()}.get(column, arrow.string())

    return arrow.schema([(column, type_of(column)) for name in columns for column in _split(name)])


def _split(column: str) -> tuple[str, ...]:
    return ("number", "category") if column == "value" else (column,)


def _typed(
    columns: tuple[str, ...], row: tuple[Cell, ...], held: Callable[[float], object]
) -> Iterator[tuple[str, object]]:
    for column, cell in zip(columns, row, strict=True):
        if column != "value":
            yield column, list(cell) if isinstance(cell, tuple) else cell
        elif isinstance(cell, str):
            yield "category", cell
        elif isinstance(cell, int | float):
            yield "number", held(cell)
