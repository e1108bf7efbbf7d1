"""The records of a fact base as rows.

A row of a fact is complete: every number comes with its unit, the time that it holds for, who stands behind it,
the place in the source, and the errata that it depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from psfacts.model import Entity, Erratum, Fact, Id, Indicator, Kind, Source
from psfacts.render.rows import Table, cell, columns
from psfacts.store.store import Store
from psfacts.text.phrases import in_words

SECTIONS = "section=locators.section section_title=locators.title paragraph=locators.paragraph"
PLACES = f"source=locators.source {SECTIONS}"
"""Columns of places: parallel lists with one item per place."""

PASSAGES = "evidence=evidence.fragment sha256=evidence.sha256"
"""Columns of passages: parallel lists with one item per passage."""


def _fact(own: str) -> dict[str, str]:
    """Return the columns of a fact with its ``own``. ``when`` is the time in words; ``errata`` has ``errata_notes``."""
    time = "when=when.text earliest=when.earliest latest=when.latest inferred=when.inferred"
    return columns(
        f"id kind statement title {own} {time} standing asserted_by {PLACES} "
        f"entities topics errata errata_notes {PASSAGES} context keywords replaces"
    )


FACT = _fact("subject predicate object indicator value unit")
"""Columns of a fact of any kind."""

_OWN = {"observation": "subject indicator value unit", "relation": "subject predicate object"}
KINDS: dict[Kind, dict[str, str]] = {kind: _fact(_OWN.get(kind, "")) for kind in get_args(Kind)}
"""Columns of a fact of one kind."""

TOLD = "when standing asserted_by_names doubts section_title id"
"""Columns for human readers: when a fact held, who says so, what speaks against it, and its place."""

_FEW = {
    "observation": "subject_name indicator_name value unit",
    "relation": "subject_name predicate object_name statement",
}
"""Columns of a fact for human readers, where they are others than its title and statement."""

FEW_OF_ANY = f"kind statement value unit {TOLD}"
"""Columns of a fact of any kind, for human readers."""

CODES = "alpha2=iso.alpha2 alpha3=iso.alpha3 numeric=iso.numeric"
ENTITY = columns(f"id type name short aliases {CODES} capital members role of wikidata")
"""Columns of an entity."""


def facts(found: Iterable[Fact], store: Store) -> Iterator[dict[str, object]]:
    """Return the sources of the rows of facts, with their places and the records that they refer to."""
    for fact in found:
        errata = [*map(store.erratum, fact.errata)]
        yield {
            **vars(fact),
            "unit": store.indicator(fact.indicator).unit if fact.kind == "observation" else None,
            "locators": store.locators([fact])[fact.id],
            "errata_notes": tuple(map(in_words, errata)),
            "doubts": tuple(erratum.id for erratum in errata if erratum.kind == "doubt"),
        }


def by_kind(scopes: Iterable[Mapping[str, object]], kinds: Iterable[Kind] = KINDS) -> Iterator[Table]:
    """Return the tables of facts, one per kind."""
    known = [*scopes]
    for kind in kinds:
        own = [scope for scope in known if scope["kind"] == kind]
        yield Table(kind, f"{kind.capitalize()}s", own, KINDS[kind], f"{_FEW.get(kind, 'title statement')} {TOLD}")


def errata(records: Iterable[Erratum], store: Store) -> Table:
    """Return the table of errata."""
    first = "kind printed reading reason basis certainty"
    scopes = [{**dict(erratum), "locators": store.locators([erratum])[erratum.id]} for erratum in records]
    every = columns(f"id {first} entities {PLACES} {PASSAGES} replaces")
    return Table("erratum", "Errata", scopes, every, f"{first} entities_names section_title id")


def entities(record: str, title: str, records: Sequence[Entity]) -> Table:
    """Return the table of entities, each called a ``record``."""
    return Table(record, title, records, ENTITY, "id type name short alpha2 capital members_names role of_name")


def sources(records: Sequence[Source]) -> Table:
    """Return the table of sources."""
    few = "id title author publisher published url language translated_from"
    return Table("source", "Sources", records, columns(f"{few} translation length sha256"), few)


def indicators(records: Sequence[Indicator], more: str = "", few: str = "") -> Table:
    """Return the table of indicators, with ``more`` columns."""
    every = columns(f"id name description type unit categories aliases membership_of {more}")
    return Table("indicator", "Indicators", records, every, few)


def counted(table: Table, facts: Mapping[Id, int]) -> Table:
    """Return ``table`` with a column for the number of ``facts`` of each record."""
    scopes = [{**dict(scope), "facts": facts[str(cell(scope, "id"))]} for scope in table.scopes]
    return replace(table, scopes=scopes, columns={**table.columns, "facts": "facts"}, few=f"{table.few} facts")
