"""A whole fact base as tables, for files with several, and the types of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from psfacts.exporting import counted
from psfacts.hooks import Progress
from psfacts.model import Fact
from psfacts.render.rows import Cell, Columns, Scope, Table, reader, records
from psfacts.render.rows.records import FACT, entities, errata, indicators, sources
from psfacts.store.store import Store


def _number(scope: Scope) -> Cell:
    value = reader("value")(scope)
    return None if isinstance(value, str) else value


def _category(scope: Scope) -> Cell:
    value = reader("value")(scope)
    return value if isinstance(value, str) else None


_TYPED = {"number": _number, "category": _category}
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

LISTS = frozenset(
    (
        *("asserted_by", "source", "section", "section_title", "paragraph", "entities", "topics", "errata"),
        *("errata_notes", "evidence", "sha256", "context", "keywords", "replaces"),
    )
)
"""Columns of facts that hold lists."""


def rows(store: Store, columns: Columns, progress: Progress) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each fact, so that not all are in memory."""
    cells = [*map(reader, columns.values())]
    scopes = facts_of(store, counted(store.facts, len(store.facts), progress))
    return (tuple(cell(scope) for cell in cells) for scope in scopes)


def tables(store: Store) -> dict[str, Table]:
    """Return all records of a base by the names of their lists, and its countries."""
    return {
        "sources": sources(store.sources),
        "countries": entities("country", "Countries", store.home_countries()),
        "entities": entities("entity", "Entities", store.entities),
        "indicators": indicators(store.indicators),
        "facts": Table("fact", "Facts", [*facts_of(store, store.facts)], TYPED),
        "errata": errata(store.errata, store.locators(store.errata)),
    }


def facts_of(store: Store, facts: Iterable[Fact]) -> Iterator[dict[str, object]]:
    """Return the sources of the rows of ``facts``."""
    return records.facts(facts, store.indicator, store.erratum, lambda fact: store.locators([fact])[fact.id])
