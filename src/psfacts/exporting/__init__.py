"""Exports of a whole fact base to files, one module per format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from psfacts.hooks import Progress

T = TypeVar("T")

STEP = 100
"""Number of records between reports of progress."""


class Kind(StrEnum):
    """Format of an export."""

    CSV = "csv"
    DATAPACKAGE = "datapackage"
    DATASETTE = "datasette"
    DB = "db"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    PARQUET = "parquet"
    TIMELINEJS = "timelinejs"
    XLSX = "xlsx"


def unreported(done: int, total: int) -> None:
    """Report no progress."""


def counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Yield ``items``, and report how many of about ``total`` are done."""
    for done, item in enumerate(items, 1):
        yield item
        if done % STEP == 0:
            progress(min(done, total), total)
