"""Metadata for Datasette about a fact base in a .db (https://docs.datasette.io/en/stable/metadata.html)."""

from __future__ import annotations

from pathlib import Path

from psfacts.exporting.sheets import licence_address
from psfacts.render import json
from psfacts.render.sources import link
from psfacts.store import tables
from psfacts.store.store import Store

_TABLES: dict[str, tuple[str, list[object]]] = {
    "facts": (
        "All facts: observations, events, relations and claims",
        ["kind", "standing", {"array": "topics"}, {"array": "asserted_by"}, "subject", "indicator"],
    ),
    "entities": ("Who and what the facts are about", ["type"]),
    "indicators": ("What can be compared", ["type"]),
    "topics": ("What facts belong to", []),
    "errata": ("What is printed, how it is read, and why", ["kind", "basis", "certainty"]),
    "sources": ("The documents that the facts are drawn from", []),
    "sections": ("The parts of the sources", ["source"]),
    "uncited": ("Passages that no fact is drawn from", ["source"]),
    "observations": ("Numbers and categories, with names for ids", ["indicator", "subject", "standing"]),
    "timeline": ("What happened, in order", ["standing"]),
    "relations": ("Who stands how to whom", ["predicate", "subject", "object"]),
    "entity_facts": ("Each entity with each fact about it", ["type", "kind", "standing"]),
}
"""Tables for people: description and facets. Datasette labels a row with its name or title by itself."""

_QUERIES = {
    "facts_about": (
        "What is said of a country, a person, an organization or a place",
        """SELECT facts.id, facts.title, facts.statement, facts.time, facts.standing FROM facts WHERE facts.id IN (
    SELECT fact FROM fact_entities WHERE entity IN (
        SELECT entities.id FROM entities JOIN entities_fts ON entities.rowid = entities_fts.rowid
        WHERE entities_fts MATCH coalesce(nullif(escape_fts(:name), ''), '""')
    )
) ORDER BY facts.source, facts.starts""",
    ),
    "compare": (
        "The values of an indicator, by country",
        """SELECT indicator, subject, value, unit, period, standing, asserted_by, statement FROM observations
WHERE indicator LIKE '%' || :indicator || '%' ORDER BY indicator, number DESC, category, subject""",
    ),
    "silent": (
        "The countries without a value of an indicator, of those that have one of any",
        """SELECT DISTINCT subject FROM observations WHERE subject NOT IN (
    SELECT subject FROM observations WHERE indicator LIKE '%' || :indicator || '%'
) ORDER BY subject""",
    ),
    "happened": (
        "What happened between two days, such as 2022-02-01 and 2022-03-31",
        """SELECT earliest, latest, time, title, statement, fact FROM timeline
WHERE latest >= :since AND earliest <= coalesce(nullif(:until, ''), '9999') ORDER BY earliest, latest""",
    ),
    "said_by": (
        "What somebody is quoted with",
        """SELECT facts.id, entities.name AS by, facts.title, facts.statement, facts.time
FROM facts JOIN json_each(facts.asserted_by) AS said JOIN entities ON entities.id = said.value
WHERE entities.name LIKE '%' || :name || '%' ORDER BY entities.name, facts.source, facts.starts""",
    ),
}
"""Canned queries: what they answer, and their SQL. ``escape_fts`` is a function of Datasette."""


def metadata(store: Store) -> str:
    """Return the metadata for the .db that ``store`` was read from, or else for base.db."""
    name = Path(store.name).stem or "base"  # Datasette calls a database as its file
    described = tables.about(store.meta, store.sources)
    (first, *others) = store.sources
    about = {
        "title": described["title"],
        "description": described["description"],
        "license": store.meta.license,
        "license_url": licence_address(store.meta.license),
        "source": f"{len(store.sources):,} sources" if others else described["source"].removesuffix(f". {first.url}"),
        "source_url": (not others and link(first)) or f"/{name}/sources",
    }
    hidden = {key: {"hidden": True} for key in ("_psfacts", *tables.FULL_TEXT, *tables.LOOKUPS)}
    shown = {key: {"description": described, "facets": facets} for key, (described, facets) in _TABLES.items()}
    queries = {key: {"title": title, "sql": sql} for key, (title, sql) in _QUERIES.items()}
    database = {"tables": {**hidden, **shown}, "queries": queries}
    return json.document({**{key: cell for key, cell in about.items() if cell}, "databases": {name: database}})
