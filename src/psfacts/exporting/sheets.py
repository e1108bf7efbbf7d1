"""A whole fact base as tables, for files that hold several."""

from __future__ import annotations

from psfacts.model import Fact
from psfacts.render.rows import Cell, Table
from psfacts.render.rows.records import FACT, Facts, entities, errata, indicators
from psfacts.store.store import Store

_SOURCE = (
    *("id", "title", "author", "publisher", "published", "url", "language", "translated_from", "translation"),
    *("length", "sha256"),
)


def facts(store: Store) -> Table:
    """Return the facts, a row each, ``value`` in two columns: a number, or a category."""
    rows = Facts(store.indicators, store.errata, lambda fact: store.locators([fact])[fact.id])
    columns = tuple(column for name in FACT for column in (("number", "category") if name == "value" else (name,)))
    return Table.of("fact", "Facts", (_split(rows, fact) for fact in store.facts), columns)


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
    rows = ({name: getattr(source, name) for name in _SOURCE} for source in store.sources)
    return Table.of("source", "Sources", rows, _SOURCE)


def _split(rows: Facts, fact: Fact) -> dict[str, Cell]:
    row = rows.row(fact)
    value = row["value"]
    is_number = isinstance(value, int | float)
    return row | {"number": value if is_number else None, "category": None if is_number else value}
