"""A whole fact base as tables with typed columns: a Parquet file, a workbook, and a data package.

A data package (https://datapackage.org, version 2) is a folder of CSV files with a description of every column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from psfacts.errors import OutputError, UsageError
from psfacts.hooks import Progress, counted
from psfacts.loading.files import resource
from psfacts.render import json
from psfacts.render.flat import csv_lines
from psfacts.render.rows import Cell, Columns, Scalar, Scope, Table, cell, cell_text
from psfacts.render.rows.answers import FACT, entity_table, errata_table, fact_scopes, indicator_table, source_table
from psfacts.render.sources import cited, link
from psfacts.store.store import Store
from psfacts.text.numbers import exact
from psfacts.text.visible import visible

_SHEETS = ("facts", "indicators", "countries", "errata", "sources")

_LONGEST = 32_767
"""Maximum length of a cell (Excel specifications and limits)."""

_MOST_ROWS = 1_048_575
"""Maximum number of rows below the header of a sheet."""

_MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; longer numbers are written as text."""

_FIRST_DAY = date(1900, 3, 1)
"""First day written as a date: spreadsheets disagree about earlier ones, which are text."""

_WIDE = 60
"""Maximum width of a column."""

_OPTIONS = {
    **dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False),
    "default_format_properties": {"valign": "top"},
    "default_date_format": "yyyy-mm-dd",
}

_LICENCE = "LICENSE"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+")

_ABOUT = "Facts, each with its place in the source, who asserts it, and when it held."

_BATCH = 10_000
"""Number of rows in memory at a time."""

_TYPES = {"date": "date32", "boolean": "bool_", "integer": "int32", "number": "float64"}
"""pyarrow's names of types."""


def _value(types: type | tuple[type, ...], scope: Scope) -> Cell:
    """Return the value of a fact if it is of one of some types."""
    value = cell(scope, "value")
    return value if isinstance(value, types) else None


_TYPED: Columns = {"number": partial(_value, (int, float)), "category": partial(_value, str)}
TYPED: Columns = {
    name: path for column in FACT for name, path in (_TYPED if column == "value" else {column: FACT[column]}).items()
}
"""Columns of facts for formats with typed columns: ``value`` is split into a number and a category."""

TYPES = {
    **dict.fromkeys(("earliest", "latest", "published"), "date"),
    **dict.fromkeys(("length", "paragraph"), "integer"),
    "inferred": "boolean",
    "number": "number",
}
"""Types of columns other than text."""

LISTS = {
    *("asserted_by", "source", "section", "section_title", "paragraph", "entities", "topics", "errata"),
    *("errata_notes", "evidence", "sha256", "context", "keywords", "replaces"),
}
"""Columns of facts that hold lists."""


def rows(store: Store, columns: Columns, progress: Progress) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each fact, so that not all are in memory."""
    return (tuple(cell(scope, path) for path in columns.values()) for scope in _facts(store, progress))


def tables(store: Store, progress: Progress) -> dict[str, Table]:
    """Return all records of a base by the names of their lists, and its countries."""
    return {
        "sources": source_table(store.sources),
        "countries": entity_table("country", "Countries", store.home_countries()),
        "entities": entity_table("entity", "Entities", store.entities),
        "indicators": indicator_table(store.indicators),
        "facts": Table("fact", "Facts", [*_facts(store, progress)], TYPED),
        "errata": errata_table(store.errata, store),
    }


def _facts(store: Store, progress: Progress) -> Iterator[dict[str, object]]:
    """Return the sources of the rows of all facts."""
    return fact_scopes(counted(store.facts, len(store.facts), progress), store)


def write_parquet(path: Path, store: Store, progress: Progress) -> None:
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


def write_workbook(path: Path, store: Store, progress: Progress) -> None:
    """Write ``store`` to the file ``path``, a sheet a list, with frozen headers and filters; sources are linked.

    Raises UsageError if it has more facts than a sheet has rows.
    """
    from xlsxwriter import Workbook

    if (count := len(store.facts)) > _MOST_ROWS:
        raise UsageError(f"a sheet has {_MOST_ROWS:,} rows, and the base has {count:,} facts", "export a .db")
    lists = tables(store, progress)
    links = {key: link(source) for source in store.sources for key in (source.id, source.url)}
    with Workbook(path, _OPTIONS) as workbook:
        workbook.set_properties({"title": "psfacts fact base", "comments": f"version {store.data_version}"})
        head = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"text_wrap": True, "num_format": "@"})
        for table in (lists[name] for name in _SHEETS):
            sheet = workbook.add_worksheet(table.title)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for place, column in enumerate(table.columns):
                values = [column, *(_shown(row[place]) for row in table.rows)]
                sheet.set_column(place, place, min(_WIDE, max(len(str(value)) for value in values) + 2))
                for row, value in enumerate(values):
                    address = links.get(str(value)) if column in ("source", "url") else None
                    if not address or sheet.write_url(row, place, address, string=value):  # not done, as an error tells
                        sheet.write(row, place, value, (text if row else head) if isinstance(value, str) else None)


def _shown(cell: Cell) -> Scalar:
    """Return the value of a cell: numbers and dates if all programs agree about them, or else text."""
    match cell:
        case bool():
            return cell
        case int() | float() if len(str(cell).lstrip("-")) <= _MOST_DIGITS:
            return cell
        case date() if cell >= _FIRST_DAY:
            return cell
    shown = "\n".join(map(visible, cell_text(cell).split("\n")))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def data_package(store: Store, progress: Progress, *, is_built_in: bool) -> Iterator[tuple[str, Iterable[str]]]:
    """Return the files of the package by name, each as an iterator of text."""
    lists = tables(store, progress)
    filled = {name: table for name, table in lists.items() if table.rows and name != "countries"}
    for name, table in filled.items():
        yield f"{name}.csv", csv_lines(table.columns, table.rows)
    licence = store.meta.license
    described = {"name" if licence_address(licence) else "title": licence, "path": _LICENCE}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "psfacts",
        "title": "psfacts fact base",
        "description": _ABOUT,
        "version": store.data_version,
        "sources": [{"title": source.title, "path": source.url} for source in store.sources],
        "resources": [_resource(name, table) for name, table in filled.items()],
        **({"licenses": [described]} if licence else {}),
    }
    yield "datapackage.json", [json.document(package)]
    yield "README.md", _readme(store, filled)
    named = " ".join(filter(None, [licence, licence_address(licence)])) or "the fact base does not tell its licence"
    text = resource(_LICENCE).decode() if is_built_in else f"The facts: {named}\nThe sources: their authors'\n"
    yield _LICENCE, [text]


def licence_address(name: str | None) -> str | None:
    """Return the URL of a licence, if it is given by its SPDX identifier."""
    return f"https://spdx.org/licenses/{name}.html" if name and _SPDX.fullmatch(name) else None


def _resource(name: str, table: Table) -> dict[str, object]:
    typed = {column: kind for column, kind in TYPES.items() if column not in LISTS}
    fields = [{"name": column, "type": typed.get(column, "string")} for column in table.columns]
    schema = {"fields": fields, "primaryKey": ["id"]}
    return {"name": name, "type": "table", "path": f"{name}.csv", "title": table.title, "schema": schema}


def _readme(store: Store, tables: Mapping[str, Table]) -> Iterator[str]:
    yield f"# psfacts fact base, version {store.data_version}\n\n{_ABOUT} `datapackage.json` describes\n"
    yield "every column. Several values in a cell are parted by a semicolon and a blank; text that a spreadsheet\n"
    yield "could run as a formula stands after an apostrophe.\n\n"
    yield from (f"- `{name}.csv`: {len(table.rows):,} {table.title.lower()}\n" for name, table in tables.items())
    yield "\nDrawn from:\n\n"
    yield from (f"    {' '.join(f'{cited(source)} {source.url}'.split())}\n" for source in store.sources)
