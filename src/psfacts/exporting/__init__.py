"""A whole fact base into a file, one module a format."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file may be."""

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
