"""Facts as a Parquet file, by way of pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from psfacts.errors import OutputError
from psfacts.exporting.sheets import LISTS, TYPED, TYPES, rows
from psfacts.hooks import Progress
from psfacts.store.store import Store
from psfacts.text.numbers import exact

_BATCH = 10_000
"""Number of rows in memory at a time."""

_TYPES = {"date": "date32", "boolean": "bool_", "integer": "int32", "number": "float64"}
"""pyarrow's names of types."""


def write(path: Path, store: Store, progress: Progress) -> None:
    """Write the facts of ``store``, in the columns TYPED, as a Parquet file.

    A column of Parquet has one type; psfacts says in ``unit`` what a number counts. Numbers are of double precision,
    unless one of them is an integer that these do not hold: then all are decimals. Raises OutputError where there is no
    decimal for them all.
    """
    import pyarrow.parquet

    numbers = [fact.value for fact in store.facts if fact.kind == "observation" and not isinstance(fact.value, str)]
    converted = float if all(float(number) == number for number in numbers) else exact
    try:
        number = pyarrow.infer_type([*map(converted, numbers)]) if numbers else pyarrow.float64()
    except pyarrow.ArrowInvalid:
        message = f"{path}: the numbers take more digits than Parquet has"
        raise OutputError(message, "write .csv or .jsonl") from None
    types = {name: getattr(pyarrow, _TYPES.get(TYPES.get(name, ""), "string"))() for name in TYPED} | {"number": number}
    schema = pyarrow.schema({name: pyarrow.list_(kind) if name in LISTS else kind for name, kind in types.items()})
    remaining = rows(store, TYPED, progress)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            columns: dict[str, Sequence[object]] = dict(zip(TYPED, zip(*batch, strict=True), strict=True))
            columns["number"] = [
                converted(cell) if isinstance(cell, int | float) else None for cell in columns["number"]
            ]
            writer.write_batch(pyarrow.RecordBatch.from_pydict(columns, schema=schema))
