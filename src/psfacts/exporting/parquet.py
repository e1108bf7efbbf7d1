"""Facts as a Parquet file, by way of pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import OutputError
from psfacts.exporting.sheets import TYPED
from psfacts.render.rows import Cell

if TYPE_CHECKING:
    import pyarrow

Rows = Iterable[tuple[Cell, ...]]

_BATCH = 10_000
"""Number of rows in memory at a time."""

LISTS = frozenset(
    (
        *("asserted_by", "source", "section", "section_title", "paragraph", "entities", "topics", "errata"),
        *("errata_notes", "evidence", "sha256", "context", "keywords", "replaces"),
    )
)
"""Columns of facts that hold lists."""

_TYPES = {"earliest": "date32", "latest": "date32", "inferred": "bool_", "paragraph": "int32"}
"""Columns that hold no text; ``number`` holds what fits."""


def write(path: Path, rows: Callable[[], Rows]) -> None:
    """Write the rows of facts, in the columns TYPED, as a Parquet file.

    A column of Parquet has one type; psfacts says in ``unit`` what a number counts. Numbers are of double precision,
    unless one of them is an integer that these do not hold: then all are decimals. Raises OutputError where there is no
    decimal for them all.
    """
    import pyarrow

    try:
        _write(path, rows(), pyarrow.float64(), _double)
    except _InexactError:
        place = [*TYPED].index("number")
        exact = [_exact(number) for row in rows() if isinstance(number := row[place], int | float)]
        try:
            decimals = pyarrow.infer_type(exact)
        except pyarrow.ArrowInvalid:
            message = f"{path}: the numbers take more digits than Parquet has"
            raise OutputError(message, "write .csv or .jsonl") from None
        _write(path, rows(), decimals, _exact)


class _InexactError(Exception):
    """An integer is not held by double precision."""


def _double(value: float) -> float:
    if isinstance(value, int) and int(float(value)) != value:
        raise _InexactError
    return float(value)


def _exact(value: float) -> Decimal:
    """Return the number that is written in a fact base, not the double next to it."""
    return Decimal(repr(value))


def _write(path: Path, rows: Rows, number: pyarrow.DataType, held: Callable[[float], object]) -> None:
    import pyarrow.parquet

    types = {name: getattr(pyarrow, _TYPES.get(name, "string"))() for name in TYPED} | {"number": number}
    fields = {name: pyarrow.list_(kind) if name in LISTS else kind for name, kind in types.items()}
    remaining = iter(rows)
    with pyarrow.parquet.ParquetWriter(path, pyarrow.schema(fields), compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            columns = dict(zip(fields, map(list, zip(*batch, strict=True)), strict=True))
            columns["number"] = [held(cell) if isinstance(cell, int | float) else None for cell in columns["number"]]
            arrays = [pyarrow.array(columns[name], kind) for name, kind in fields.items()]
            writer.write_batch(pyarrow.record_batch(arrays, schema=pyarrow.schema(fields)))
