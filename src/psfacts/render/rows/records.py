"""The records of a fact base as rows.

A row of a fact is whole in itself: with every number go its unit, the time that it holds for, who stands behind it,
the place in the source, and what had to be read otherwise than it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from psfacts.model import Entity, Erratum, Fact, Indicator, Kind, Passage
from psfacts.render.rows import Cell, Table
from psfacts.store.places import Locator, Locators
from psfacts.text.phrases import in_words

Row = dict[str, Cell]
"""The cells of a row by column."""

_HEAD = ("id", "kind", "statement")
_TAIL = (
    *("when", "earliest", "latest", "inferred", "standing", "asserted_by"),
    *("source", "section", "section_title", "paragraph", "entities", "topics", "errata", "errata_notes"),
    *("evidence", "sha256", "context", "keywords"),
)
FACT = (*_HEAD, "title", "subject", "predicate", "object", "indicator", "value", "unit", *_TAIL)
"""Columns of a fact of any kind. ``when`` is the time in words; the lists from ``source`` to ``paragraph`` go together,
and so do ``errata`` and ``errata_notes``, and ``evidence`` and ``sha256``."""

KINDS: dict[Kind, tuple[str, ...]] = {
    "observation": (*_HEAD, "subject", "indicator", "value", "unit", *_TAIL),
    "event": (*_HEAD, "title", *_TAIL),
    "relation": (*_HEAD, "subject", "predicate", "object", *_TAIL),
    "claim": (*_HEAD, *_TAIL),
}
"""Columns of a fact of one kind."""

ERRATUM = (
    *("id", "kind", "printed", "reading", "reason", "basis", "certainty", "entities"),
    *("source", "section", "section_title", "paragraph", "evidence", "sha256"),
)
"""Columns of an erratum."""

ENTITY = (
    *("id", "type", "name", "short", "aliases", "alpha2", "alpha3", "numeric", "capital"),
    *("members", "role", "of", "wikidata"),
)
"""Columns of an entity."""

INDICATOR = ("id", "name", "description", "type", "unit", "categories", "aliases", "membership_of")
"""Columns of an indicator."""


class Facts:
    """Makes rows of facts, with what they refer to at hand; ``locate`` tells the places of a fact."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        errata: Iterable[Erratum],
        locate: Callable[[Fact], tuple[Locator, ...]],
    ) -> None:
        self._units = {one.id: one.unit for one in indicators}
        self._notes = {one.id: note(one) for one in errata}
        self._locate = locate

    def table(self, kind: Kind, facts: Iterable[Fact]) -> Table:
        """Return the table of those ``facts`` that are of ``kind``."""
        rows = (self.row(fact) for fact in facts if fact.kind == kind)
        return Table.of(kind, f"{kind.capitalize()}s", rows, KINDS[kind])

    def kinds(self, facts: Sequence[Fact]) -> Iterator[Table]:
        """Return the tables of ``facts``, one a kind."""
        return (self.table(kind, facts) for kind in KINDS)

    def row(self, fact: Fact) -> Row:
        """Return the row of ``fact``; what its kind does not have is ``None``."""
        return {
            "id": fact.id,
            "kind": fact.kind,
            "statement": fact.statement,
            **self._own(fact),
            "when": fact.when.text if fact.when else None,
            "earliest": fact.when.earliest if fact.when else None,
            "latest": fact.when.latest if fact.when else None,
            "inferred": fact.when.inferred if fact.when else None,
            "standing": fact.standing,
            "asserted_by": fact.asserted_by,
            **places(self._locate(fact)),
            "entities": fact.entities,
            "topics": fact.topics,
            "errata": fact.errata,
            "errata_notes": tuple(self._notes.get(key) for key in fact.errata),
            **passages(fact.evidence),
            "context": fact.context,
            "keywords": fact.keywords,
        }

    def _own(self, fact: Fact) -> Row:
        """Return the cells that only facts of one kind fill."""
        cells: Row = dict.fromkeys(("title", "subject", "predicate", "object", "indicator", "value", "unit"))
        match fact.kind:
            case "observation":
                unit = self._units[fact.indicator]
                cells |= {"subject": fact.subject, "indicator": fact.indicator, "value": fact.value, "unit": unit}
            case "event":
                cells["title"] = fact.title
            case "relation":
                cells |= {"subject": fact.subject, "predicate": fact.predicate, "object": fact.object}
            case "claim":
                pass
        return cells


def errata(records: Iterable[Erratum], locators: Locators) -> Table:
    """Return the table of errata."""
    return Table.of("erratum", "Errata", (_erratum(one, locators) for one in records), ERRATUM)


def entities(record: str, title: str, records: Iterable[Entity]) -> Table:
    """Return the table of entities, each called a ``record``."""
    return Table.of(record, title, map(entity, records), ENTITY)


def indicators(records: Iterable[Indicator]) -> Table:
    """Return the table of indicators."""
    return Table.of("indicator", "Indicators", map(indicator, records), INDICATOR)


def entity(one: Entity) -> Row:
    """Return the row of an entity."""
    return {
        "id": one.id,
        "type": one.type,
        "name": one.name,
        "short": one.short,
        "aliases": one.aliases,
        "alpha2": one.iso.alpha2 if one.iso else None,
        "alpha3": one.iso.alpha3 if one.iso else None,
        "numeric": one.iso.numeric if one.iso else None,
        "capital": one.capital,
        "members": one.members,
        "role": one.role,
        "of": one.of,
        "wikidata": one.wikidata,
    }


def indicator(one: Indicator) -> Row:
    """Return the row of an indicator."""
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "type": one.type,
        "unit": one.unit,
        "categories": one.categories,
        "aliases": one.aliases,
        "membership_of": one.membership_of,
    }


def places(found: tuple[Locator, ...]) -> Row:
    """Return the places of a record in words: lists that go together, a place an item."""
    return {
        "source": tuple(one.source for one in found),
        "section": tuple(one.section for one in found),
        "section_title": tuple(one.title for one in found),
        "paragraph": tuple(one.paragraph for one in found),
    }


def passages(evidence: Iterable[Passage]) -> Row:
    """Return passages with their digests: lists that go together, a passage an item."""
    cited = tuple(evidence)
    return {"evidence": tuple(map(fragment, cited)), "sha256": tuple(one.sha256 for one in cited)}


def fragment(passage: Passage) -> str:
    """Return a passage as a source with a text fragment (RFC 5147): ``zheng-2022#char=4141,4304``."""
    return f"{passage.source}#char={passage.start},{passage.end}"


def note(erratum: Erratum) -> str:
    """Tell in a line what is printed, how it is read and how sure that is; the reason stands with the erratum."""
    return in_words(erratum)


def _erratum(one: Erratum, locators: Locators) -> Row:
    return {
        "id": one.id,
        "kind": one.kind,
        "printed": one.printed,
        "reading": one.reading,
        "reason": one.reason,
        "basis": one.basis,
        "certainty": one.certainty,
        "entities": one.entities,
        **places(locators[one.id]),
        **passages(one.evidence),
    }


class _WithFacts(Protocol):
    """An answer that holds facts."""

    @property
    def errata(self) -> tuple[Erratum, ...]: ...

    @property
    def locators(self) -> Locators: ...


def facts_of(answer: _WithFacts, measured: Sequence[Indicator]) -> Facts:
    """Return what makes rows of the facts of an answer, of which the observations are ``measured`` by indicators."""
    return Facts(measured, answer.errata, lambda fact: answer.locators[fact.id])
