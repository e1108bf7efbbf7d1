"""A fact base as a data package, version 2: CSV files with a description of every column (https://datapackage.org)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psfacts.exporting import licence, sheets
from psfacts.render import json
from psfacts.render.csv import lines
from psfacts.render.rows import Table
from psfacts.render.sources import published
from psfacts.store.store import Store

if TYPE_CHECKING:
    from pydantic import JsonValue

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    **dict.fromkeys(["earliest", "latest", "published"], "date"),
    **dict.fromkeys(["number"], "number"),
    **dict.fromkeys(["inferred"], "boolean"),
    **dict.fromkeys(["length"], "integer"),
}
"""Types of columns that hold no text. A list is text, its items parted by a semicolon and a blank."""

_KEYS = {
    "facts": [("subject", "entities"), ("object", "entities"), ("indicator", "indicators")],
    "entities": [("of", "entities")],
    "indicators": [("membership_of", "entities")],
}
"""Columns that hold an id of another file."""


def files(store: Store, is_built_in: bool = False) -> Iterator[tuple[str, Iterator[str]]]:
    """Return the files of the package by name, each in pieces."""
    tables = {
        "sources": sheets.sources(store),
        "entities": sheets.all_entities(store),
        "indicators": sheets.all_indicators(store),
        "facts": sheets.facts(store),
        "errata": sheets.all_errata(store),
    }
    filled = {name: table for name, table in tables.items() if table.rows}
    for name, table in filled.items():
        yield f"{name}.csv", lines(table.columns, table.rows)
    has_licence = is_built_in or store.meta.license
    described = {"licenses": [licence.described(store.meta.license)]} if has_licence else {}
    yield "datapackage.json", iter([json.document({**_description(store, filled), **described})])
    yield "README.md", iter(_readme(store, filled))
    yield licence.FILE, iter([licence.text(store, is_built_in)])


def _description(store: Store, tables: dict[str, Table]) -> dict[str, JsonValue]:
    return {
        "$schema": _PROFILE,
        "name": "psfacts",
        "title": "psfacts fact base",
        "description": "Facts, each with its place in the source, who asserts it, and when it held.",
        "version": store.data_version,
        "sources": [{"title": source.title, "path": source.url} for source in store.sources],
        "resources": [_resource(name, table, tables) for name, table in tables.items()],
    }


def _resource(name: str, table: Table, tables: dict[str, Table]) -> JsonValue:
    keys: list[JsonValue] = [
        {"fields": [column], "reference": {"resource": other if other != name else "", "fields": ["id"]}}
        for column, other in _KEYS.get(name, ())
        if other in tables
    ]
    schema: dict[str, JsonValue] = {
        "fields": [{"name": column, "type": _TYPES.get(column, "string")} for column in table.columns],
        "primaryKey": ["id"],
        "foreignKeys": keys,
    }
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {key: value for key, value in schema.items() if value},
    }


def _readme(store: Store, tables: dict[str, Table]) -> Iterator[str]:
    yield f"# psfacts fact base, version {store.data_version}\n\n"
    yield "Facts, each with its place in the source, who asserts it, and when it held. `datapackage.json` describes\n"
    yield "every column. Several values in a cell are parted by a semicolon and a blank; text that a spreadsheet\n"
    yield "could run as a formula stands after an apostrophe.\n\n"
    yield from (f"- `{name}.csv`: {len(table.rows):,} {table.title.lower()}\n" for name, table in tables.items())
    yield "\nDrawn from:\n\n"
    for source in store.sources:
        words = f"{source.author}: {source.title}. {source.publisher}, {published(source)}. {source.url}"
        yield f"    {' '.join(words.split())}\n"
