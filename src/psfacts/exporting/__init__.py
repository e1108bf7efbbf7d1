"""Exports of a whole fact base to files: formats of tables in one module, each of the others in its own."""

from __future__ import annotations

from enum import StrEnum

Kind = StrEnum("Kind", "CSV DATAPACKAGE DATASETTE DB HTML JSON JSONL MARKDOWN PARQUET TIMELINEJS XLSX")
"""Formats of an export."""
