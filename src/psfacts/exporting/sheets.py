"""A whole fact base as tables, for files with several."""

from __future__ import annotations

from collections.abc import Iterator

from psfacts.render.rows import Cell, Columns, Table, reader
from psfacts.render.rows.records import FACT, Facts, entities, errata, indicators, sources
from psfacts.store.store import Store

_TYPED = {"number": "_number", "category": "_category"}
TYPED = {
    name: path for column in FACT for name, path in (_TYPED if column == "value" else {column: FACT[column]}).items()
}
"""Columns of facts for formats with typed columns: ``value`` is split into a number and a category."""


def rows(store: Store, columns: Columns = FACT) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each fact, so that not all are in memory."""
    cells = [reader(path) for path in columns.values()]
    return (tuple(cell(scope) for cell in cells) for scope in map(_facts(store).scope, store.facts))


def tables(store: Store) -> dict[str, Table]:
    """Return all records of a base by the names of their lists, and its countries."""
    return {
        "sources": sources(store.sources),
        "countries": entities("country", "Countries", store.home_countries()),
        "entities": entities("entity", "Entities", store.entities),
        "indicators": indicators(store.indicators),
        "facts": Table.of("fact", "Facts", map(_facts(store).scope, store.facts), TYPED),
        "errata": errata(store.errata, store.locators(store.errata)),
    }


def _facts(store: Store) -> Facts:
    return Facts(store.indicators, store.errata, lambda fact: store.locators([fact])[fact.id])
