"""Tables as Parquet files, by way of pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import UsageError
from psfacts.render.rows import Cell

if TYPE_CHECKING:
    import pyarrow

_BATCH = 10_000
"""Rows that are held in memory at a time."""

_DATES = frozenset({"earliest", "latest"})
_LISTS = frozenset(
    {
        *(
            "asserted_by",
            "source",
            "section",
            "section_title",
            "paragraph",
            "entities",
            "context",
            "topics",
            "keywords",
        ),
        *("errata", "errata_notes", "evidence", "sha256"),
    }
)


def require() -> None:
    """Raise UsageError where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401 -- only whether it is there
    except ImportError:
        message = "Parquet needs pyarrow, which is not installed"
        raise UsageError(message, "pip install 'psfacts[parquet]'") from None


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> None:
    """Write facts as a Parquet file, with ``value`` in two columns: ``number`` and ``category``.

    A column of Parquet has one type; psfacts says in ``unit`` what a number counts.
    """
    import pyarrow.parquet

    schema = _schema(columns)
    remaining = iter(rows)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            records = [dict(_typed(columns, row)) for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(records, schema=schema))


def _schema(columns: tuple[str, ...]) -> pyarrow.Schema:
    import pyarrow as arrow

    def type_of(column: str) -> pyarrow.DataType:
        if column in _LISTS:
            return arrow.list_(arrow.int32() if column == "paragraph" else arrow.string())
        if column in _DATES:
            return arrow.date32()
        return {"number": arrow.float64(), "inferred": arrow.bool_()}.get(column, arrow.string())

    return arrow.schema([(column, type_of(column)) for name in columns for column in _split(name)])


def _split(column: str) -> tuple[str, ...]:
    return ("number", "category") if column == "value" else (column,)


def _typed(columns: tuple[str, ...], row: tuple[Cell, ...]) -> Iterator[tuple[str, object]]:
    for column, cell in zip(columns, row, strict=True):
        if column != "value":
            yield column, list(cell) if isinstance(cell, tuple) else cell
        elif isinstance(cell, str):
            yield "category", cell
        elif isinstance(cell, int | float):
            yield "number", float(cell)
