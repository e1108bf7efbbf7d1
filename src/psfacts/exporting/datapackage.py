"""A fact base as a data package, version 2: CSV files with a description of every column (https://datapackage.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from psfacts.exporting import licence, sheets
from psfacts.render import json
from psfacts.render.csv import lines
from psfacts.render.rows import Table
from psfacts.render.sources import cited
from psfacts.store.store import Store

_TYPES = {"number": "number", "inferred": "boolean", "length": "integer"}
_TYPES |= dict.fromkeys(("earliest", "latest", "published"), "date")
"""Types of columns that hold no text. A list is text, its items parted by a semicolon and a blank."""

_KEYS = {
    "facts": {"subject": "entities", "object": "entities", "indicator": "indicators"},
    "entities": {"of": "entities"},
    "indicators": {"membership_of": "entities"},
}
"""Columns that hold an id of another file."""

_ABOUT = "Facts, each with its place in the source, who asserts it, and when it held."


def files(store: Store, is_built_in: bool = False) -> Iterator[tuple[str, Iterable[str]]]:
    """Return the files of the package by name, each as an iterator of text."""
    tables = {name: table for name, table in sheets.tables(store).items() if table.rows and name != "countries"}
    for name, table in tables.items():
        yield f"{name}.csv", lines(table.columns, table.rows)
    has_licence = is_built_in or store.meta.license
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "psfacts",
        "title": "psfacts fact base",
        "description": _ABOUT,
        "version": store.data_version,
        "sources": [{"title": source.title, "path": source.url} for source in store.sources],
        "resources": [_resource(name, table, tables) for name, table in tables.items()],
        **({"licenses": [licence.described(store.meta.license)]} if has_licence else {}),
    }
    yield "datapackage.json", [json.document(described)]
    yield "README.md", _readme(store, tables)
    yield licence.FILE, [licence.text(store, is_built_in)]


def _resource(name: str, table: Table, tables: Mapping[str, Table]) -> dict[str, object]:
    keys = [
        {"fields": [column], "reference": {"resource": other if other != name else "", "fields": ["id"]}}
        for column, other in _KEYS.get(name, {}).items()
        if other in tables
    ]
    fields = [{"name": column, "type": _TYPES.get(column, "string")} for column in table.columns]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": ["id"], **({"foreignKeys": keys} if keys else {})},
    }


def _readme(store: Store, tables: Mapping[str, Table]) -> Iterator[str]:
    yield f"# psfacts fact base, version {store.data_version}\n\n{_ABOUT} `datapackage.json` describes\n"
    yield "every column. Several values in a cell are parted by a semicolon and a blank; text that a spreadsheet\n"
    yield "could run as a formula stands after an apostrophe.\n\n"
    yield from (f"- `{name}.csv`: {len(table.rows):,} {table.title.lower()}\n" for name, table in tables.items())
    yield "\nDrawn from:\n\n"
    yield from (f"    {' '.join(f'{cited(source)} {source.url}'.split())}\n" for source in store.sources)
