"""Exports of a whole fact base to files, one module per format."""

from __future__ import annotations

from enum import StrEnum


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
