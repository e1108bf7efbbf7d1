"""A whole fact base as tables, for files that hold several."""

from __future__ import annotations

from psfacts.render.rows import Scope, Table, same
from psfacts.render.rows.records import FACT, Facts, entities, errata, indicators
from psfacts.store.store import Store

_SOURCE = (
    *("id", "title", "author", "publisher", "published", "url", "language", "translated_from", "translation"),
    *("length", "sha256"),
)


def facts(store: Store) -> Table:
    """Return the facts, a row each, ``value`` in two columns: a number, or a category."""
    rows = Facts(store.indicators, store.errata, lambda fact: store.locators([fact])[fact.id])
    columns = {name: path for column in FACT for name, path in _split(column).items()}
    return Table.of("fact", "Facts", (_typed(rows.scope(fact)) for fact in store.facts), columns)


def countries(store: Store) -> Table:
    """Return the countries that the base is about."""
    return entities("country", "Countries", store.home_countries())


def all_entities(store: Store) -> Table:
    """Return all entities."""
    return entities("entity", "Entities", store.entities)


def all_indicators(store: Store) -> Table:
    """Return the indicators."""
    return indicators(store.indicators)


def all_errata(store: Store) -> Table:
    """Return the errata."""
    return errata(store.errata, store.locators(store.errata))


def sources(store: Store) -> Table:
    """Return the sources."""
    return Table.of("source", "Sources", map(dict, store.sources), same(*_SOURCE))


def _split(column: str) -> dict[str, str]:
    return same("number", "category") if column == "value" else {column: FACT[column]}


def _typed(scope: Scope) -> Scope:
    value = scope.get("value")
    is_number = isinstance(value, int | float)
    return {**scope, "number": value if is_number else None, "category": None if is_number else value}
