"""A whole fact base as tables, for files with several, and the types of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from psfacts.hooks import Progress, counted
from psfacts.render.rows import Cell, Columns, Scope, Table, cell
from psfacts.render.rows.answers import FACT, entity_table, errata_table, fact_scopes, indicator_table, source_table
from psfacts.store.store import Store


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
