"""The records of a fact base as rows.

A row of a fact is complete: every number comes with its unit, the time that it holds for, who stands behind it,
the place in the source, and the errata that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from psfacts.model import Entity, Erratum, Fact, Id, Indicator, Kind, Passage, Source
from psfacts.render.rows import Columns, Scope, Table, same
from psfacts.store.places import Locator, Locators
from psfacts.text.phrases import in_words

PLACES = {
    "source": "locators.source",
    "section": "locators.section",
    "section_title": "locators.title",
    "paragraph": "locators.paragraph",
}
"""Columns of places: parallel lists with one item per place."""

PASSAGES = {"evidence": "_evidence", "sha256": "evidence.sha256"}
"""Columns of passages: parallel lists with one item per passage."""

_HEAD = same("id", "kind", "statement", "title")
_TAIL = {
    "when": "when.text",
    "earliest": "when.earliest",
    "latest": "when.latest",
    "inferred": "when.inferred",
    **same("standing", "asserted_by"),
    **PLACES,
    **same("entities", "topics", "errata", "errata_notes"),
    **PASSAGES,
    **same("context", "keywords", "replaces"),
}
FACT = {**_HEAD, **same("subject", "predicate", "object", "indicator", "value", "unit"), **_TAIL}
"""Columns of a fact of any kind. ``when`` is the time in words, and ``errata`` goes with ``errata_notes``."""

KINDS: dict[Kind, dict[str, str]] = {
    "observation": {**_HEAD, **same("subject", "indicator", "value", "unit"), **_TAIL},
    "event": {**_HEAD, **_TAIL},
    "relation": {**_HEAD, **same("subject", "predicate", "object"), **_TAIL},
    "claim": {**_HEAD, **_TAIL},
}
"""Columns of a fact of one kind."""

TOLD = ("when", "standing", "asserted_by_names", "doubts", "section_title", "id")
"""Columns for human readers: when a fact held, who says so, what speaks against it, and its place."""

FEW: dict[Kind, tuple[str, ...]] = {
    "observation": ("subject_name", "indicator_name", "value", "unit", *TOLD),
    "event": ("title", "statement", *TOLD),
    "relation": ("subject_name", "predicate", "object_name", "statement", *TOLD),
    "claim": ("title", "statement", *TOLD),
}
"""Columns of a fact of one kind, for human readers."""

FEW_OF_ANY = ("kind", "statement", "value", "unit", *TOLD)
"""Columns of a fact of any kind, for human readers."""

ERRATUM = {
    **same("id", "kind", "printed", "reading", "reason", "basis", "certainty", "entities"),
    **PLACES,
    **PASSAGES,
    **same("replaces"),
}
"""Columns of an erratum."""

ENTITY = {
    **same("id", "type", "name", "short", "aliases"),
    "alpha2": "iso.alpha2",
    "alpha3": "iso.alpha3",
    "numeric": "iso.numeric",
    **same("capital", "members", "role", "of", "wikidata"),
}
"""Columns of an entity."""

INDICATOR = same("id", "name", "description", "type", "unit", "categories", "aliases", "membership_of")
"""Columns of an indicator."""

SOURCE = same(
    *("id", "title", "author", "publisher", "published", "url", "language", "translated_from", "translation"),
    *("length", "sha256"),
)
"""Columns of a source."""


class Facts:
    """Makes rows of facts, using the records that they refer to; ``locate`` returns the places of a fact."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        errata: Iterable[Erratum],
        locate: Callable[[Fact], tuple[Locator, ...]],
    ) -> None:
        self._units = {indicator.id: indicator.unit for indicator in indicators}
        known = tuple(errata)
        self._notes = {erratum.id: in_words(erratum) for erratum in known}
        self._doubts = {erratum.id for erratum in known if erratum.kind == "doubt"}
        self._locate = locate

    def kinds(self, facts: Sequence[Fact]) -> Iterator[Table]:
        """Return the tables of ``facts``, one per kind."""
        return (self.table(kind, facts) for kind in KINDS)

    def table(self, kind: Kind, facts: Iterable[Fact]) -> Table:
        """Return the table of those ``facts`` that are of ``kind``."""
        scopes = (self.scope(fact) for fact in facts if fact.kind == kind)
        return Table.of(kind, f"{kind.capitalize()}s", scopes, KINDS[kind], FEW[kind])

    def scope(self, fact: Fact) -> Scope:
        """Return the source of the row of ``fact``; a value is also given by type, as a number or as a category."""
        value = fact.value if fact.kind == "observation" else None
        return {
            **vars(fact),
            "_number": None if isinstance(value, str) else value,
            "_category": value if isinstance(value, str) else None,
            "unit": self._units[fact.indicator] if fact.kind == "observation" else None,
            "locators": self._locate(fact),
            "errata_notes": tuple(self._notes.get(key) for key in fact.errata),
            "doubts": tuple(key for key in fact.errata if key in self._doubts),
            "_evidence": fragments(fact.evidence),
        }


def facts_of(indicators: Iterable[Indicator], errata: Iterable[Erratum], locators: Locators) -> Facts:
    """Return the maker of rows for the facts of an answer with these ``locators``."""
    return Facts(indicators, errata, lambda fact: locators[fact.id])


def errata(records: Iterable[Erratum], locators: Locators) -> Table:
    """Return the table of errata."""
    scopes = (
        {**dict(erratum), "locators": locators[erratum.id], "_evidence": fragments(erratum.evidence)}
        for erratum in records
    )
    few = ("kind", "printed", "reading", "reason", "basis", "certainty", "entities_names", "section_title", "id")
    return Table.of("erratum", "Errata", scopes, ERRATUM, few)


def entities(record: str, title: str, records: Iterable[Entity], facts: Mapping[Id, int] | None = None) -> Table:
    """Return the table of entities, each called a ``record``, with the number of ``facts`` about it."""
    few = ("id", "type", "name", "short", "alpha2", "capital", "members_names", "role", "of_name")
    return _counted(Table.of(record, title, map(dict, records), ENTITY, few), facts)


def indicators(records: Iterable[Indicator], more: Columns | None = None, few: tuple[str, ...] = ()) -> Table:
    """Return the table of indicators, with ``more`` columns."""
    return Table.of("indicator", "Indicators", map(dict, records), {**INDICATOR, **(more or {})}, few)


def sources(records: Iterable[Source], facts: Mapping[Id, int] | None = None) -> Table:
    """Return the table of sources, with the number of ``facts`` from each."""
    few = ("id", "title", "author", "publisher", "published", "url", "language", "translated_from")
    return _counted(Table.of("source", "Sources", map(dict, records), SOURCE, few), facts)


def _counted(table: Table, facts: Mapping[Id, int] | None) -> Table:
    """Return ``table`` with a column for the number of ``facts`` of each record."""
    if facts is None:
        return table
    scopes = ({**scope, "facts": facts[str(scope["id"])]} for scope in table.scopes)
    return Table.of(table.record, table.title, scopes, {**table.paths, "facts": "facts"}, (*table.few, "facts"))


def fragments(evidence: Iterable[Passage]) -> tuple[str, ...]:
    """Return passages as sources with text fragments (RFC 5147): ``zheng-2022#char=4141,4304``."""
    return tuple(f"{passage.source}#char={passage.start},{passage.end}" for passage in evidence)
