"""A fact base as a data package, version 2: CSV files with a description of every column (https://datapackage.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from psfacts.exporting import sheets
from psfacts.hooks import Progress
from psfacts.loading.files import resource
from psfacts.render import json
from psfacts.render.csv import lines
from psfacts.render.rows import Table
from psfacts.render.sources import cited
from psfacts.store.store import Store

_LICENCE = "LICENSE"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+")

_ABOUT = "Facts, each with its place in the source, who asserts it, and when it held."


def files(store: Store, progress: Progress, *, is_built_in: bool) -> Iterator[tuple[str, Iterable[str]]]:
    """Return the files of the package by name, each as an iterator of text."""
    lists = sheets.tables(store, progress)
    tables = {name: table for name, table in lists.items() if table.rows and name != "countries"}
    for name, table in tables.items():
        yield f"{name}.csv", lines(table.columns, table.rows)
    licence = store.meta.license
    described = {"name" if licence_address(licence) else "title": licence, "path": _LICENCE}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "psfacts",
        "title": "psfacts fact base",
        "description": _ABOUT,
        "version": store.data_version,
        "sources": [{"title": source.title, "path": source.url} for source in store.sources],
        "resources": [_resource(name, table) for name, table in tables.items()],
        **({"licenses": [described]} if licence else {}),
    }
    yield "datapackage.json", [json.document(package)]
    yield "README.md", _readme(store, tables)
    named = " ".join(filter(None, [licence, licence_address(licence)])) or "the fact base does not tell its licence"
    text = resource(_LICENCE).decode() if is_built_in else f"The facts: {named}\nThe sources: their authors'\n"
    yield _LICENCE, [text]


def licence_address(name: str | None) -> str | None:
    """Return the URL of a licence, if it is given by its SPDX identifier."""
    return f"https://spdx.org/licenses/{name}.html" if name and _SPDX.fullmatch(name) else None


def _resource(name: str, table: Table) -> dict[str, object]:
    typed = {column: kind for column, kind in sheets.TYPES.items() if column not in sheets.LISTS}
    fields = [{"name": column, "type": typed.get(column, "string")} for column in table.columns]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": table.title,
        "schema": {"fields": fields, "primaryKey": ["id"]},
    }


def _readme(store: Store, tables: Mapping[str, Table]) -> Iterator[str]:
    yield f"# psfacts fact base, version {store.data_version}\n\n{_ABOUT} `datapackage.json` describes\n"
    yield "every column. Several values in a cell are parted by a semicolon and a blank; text that a spreadsheet\n"
    yield "could run as a formula stands after an apostrophe.\n\n"
    yield from (f"- `{name}.csv`: {len(table.rows):,} {table.title.lower()}\n" for name, table in tables.items())
    yield "\nDrawn from:\n\n"
    yield from (f"    {' '.join(f'{cited(source)} {source.url}'.split())}\n" for source in store.sources)
