"""Several fact bases taken as one. Nothing is merged but what is the same.

- A source is the same if all of it is; another source of the same id is an error.
- An entity is the same as one of an earlier file if they share the Wikidata item, or else the ISO code, or else the id,
  and nothing that both tell sets them apart: type, codes, members. It keeps the earlier id and name and has the names
  of both. An indicator is the same if id, type, unit, categories and organization are.
- Whatever else has an id that an earlier file uses gets that of its source before it: ``grain-2030`` of the source
  ``coast-2031`` becomes ``coast-2031-grain-2030``. An entity or indicator, which has no source, gets the first of its
  file. A fact, erratum or uncited passage that is wholly the same, as when a file is given twice, is one.

A name that stands for two records is left to whoever asks: it is told that it may be either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from psfacts.loading.messages import invalid
from psfacts.model import Entity, Erratum, Fact, FactBase, Id, Indicator, Source, Uncited
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import quoted

_LONGEST_ID = 100
_REFERENCES = ("entities", "context", "asserted_by", "members", "errata")
_REFERENCE = ("subject", "object", "of", "membership_of", "indicator")

N = TypeVar("N", Entity, Indicator)
R = TypeVar("R", Fact, Erratum, Uncited)
M = TypeVar("M", bound=Entity | Indicator | Fact | Erratum | Uncited)


def merged(bases: Sequence[tuple[str, FactBase]]) -> FactBase:
    """Take ``bases``, each with the name of its file, as one. Raises InvalidError where that cannot be."""
    made = _Merged()
    for name, base in bases:
        _Joined(made, name, base).join()
    first = bases[0][1]
    return FactBase.model_construct(
        None,
        schema_version=first.schema_version,
        data_version=first.data_version,
        sources=_sorted(made.sources),
        entities=_sorted(made.entities),
        indicators=_sorted(made.indicators),
        facts=_sorted(made.facts),
        errata=_sorted(made.errata),
        uncited=_sorted(made.uncited),
    )


def _sorted(records: dict[Id, Any]) -> tuple[Any, ...]:
    return tuple(records[key] for key in sorted(records))


@dataclass
class _Merged:
    """What the files read so far have, by list and id."""

    sources: dict[Id, Source] = field(default_factory=dict)
    entities: dict[Id, Entity] = field(default_factory=dict)
    indicators: dict[Id, Indicator] = field(default_factory=dict)
    facts: dict[Id, Fact] = field(default_factory=dict)
    errata: dict[Id, Erratum] = field(default_factory=dict)
    uncited: dict[Id, Uncited] = field(default_factory=dict)
    known: dict[str, Id] = field(default_factory=dict)
    """Entities by Wikidata item and by ISO code."""

    def has(self, key: Id) -> bool:
        """Return whether any record has this id."""
        lists = (self.sources, self.entities, self.indicators, self.facts, self.errata, self.uncited)
        return any(key in one for one in lists)


class _Joined:
    """One more base, joined to those before it."""

    def __init__(self, made: _Merged, name: str, base: FactBase) -> None:
        self._made = made
        self._name = name
        self._base = base
        self._own = {one.id for records in _all(base) for one in records}
        self._new: dict[Id, Id] = {}
        self._taken: set[Id] = set()

    def join(self) -> None:
        """Add all records, ids and what refers to them changed where they have to be."""
        made, base = self._made, self._base
        for source in base.sources:
            if made.has(source.id) and made.sources.get(source.id) != source:
                what = f"the source {quoted(source.id)} is something else in a file before; rename one"
                raise invalid(self._name, [what])
            made.sources[source.id] = source
        first = base.sources[0].id
        entities = [(one, self._twin(one)) for one in base.entities]
        for entity, twin in entities:
            self._name_it(entity, twin.id if twin else None, first)
        for entity, twin in entities:
            moved = self._moved(entity)
            if twin and moved.members == twin.members:  # only now are members known by their new ids
                moved = _united(twin, moved)
            elif twin:
                self._new[entity.id] = self._qualified(entity.id, first)
                moved = self._moved(entity)
            self._keep_entity(moved)
        for indicator in base.indicators:
            self._keep_indicator(indicator, first)
        self._add_all(made.errata, base.errata)
        self._add_all(made.facts, base.facts)
        self._add_all(made.uncited, base.uncited)

    def _twin(self, entity: Entity) -> Entity | None:
        """Return the entity of an earlier file that ``entity`` is, as far as its own fields tell."""
        for key in (*_marks(entity), entity.id):
            other = self._made.entities.get(self._made.known.get(key, key))
            if other and other.id not in self._taken and _is_same(other, entity):
                self._taken.add(other.id)  # two that the same file tells apart are not one
                return other
        return None

    def _keep_entity(self, entity: Entity) -> None:
        self._made.entities[entity.id] = entity
        for mark in _marks(entity):
            self._made.known.setdefault(mark, entity.id)

    def _keep_indicator(self, indicator: Indicator, source: Id) -> None:
        moved, twin = self._moved(indicator), self._made.indicators.get(indicator.id)
        fields = ("type", "unit", "categories", "membership_of")
        if twin and all(getattr(twin, one) == getattr(moved, one) for one in fields):
            self._made.indicators[twin.id] = _united(twin, moved)
            return
        self._name_it(indicator, None, source)
        moved = self._moved(indicator)
        self._made.indicators[moved.id] = moved

    def _add_all(self, records: dict[Id, R], own: Iterable[R]) -> None:
        own = tuple(own)
        for one in own:
            same = records.get(one.id)
            if same is None or self._moved(one) != same:
                self._name_it(one, None, _source_of(one))
        for one in own:
            moved = self._moved(one)
            records[moved.id] = moved

    def _name_it(self, record: Entity | Indicator | Fact | Erratum | Uncited, twin: Id | None, source: Id) -> None:
        """Find out by which id a record goes from now on."""
        if twin or self._made.has(record.id):
            self._new[record.id] = twin or self._qualified(record.id, source)

    def _qualified(self, key: Id, source: Id) -> Id:
        new = f"{source}-{key}"
        if len(new) > _LONGEST_ID or self._made.has(new) or new in self._own or new in self._taken:
            what = f"the id {quoted(key)} is used by a file before, and {quoted(new)} cannot stand for it; rename it"
            raise invalid(self._name, [what])
        self._taken.add(new)
        return new

    def _moved(self, record: M) -> M:
        """Return ``record`` with its own id and those that it refers to as they are from now on."""
        changes: dict[str, Any] = {"id": self._new.get(record.id, record.id)}
        for name in _REFERENCE:
            if key := getattr(record, name, None):
                changes[name] = self._new.get(key, key)
        for name in _REFERENCES:
            if keys := getattr(record, name, ()):
                changes[name] = tuple(sorted({self._new.get(key, key) for key in keys}))
        new = {key: value for key, value in changes.items() if value != getattr(record, key)}
        return cast(M, record.model_copy(update=new)) if new else record


def _all(base: FactBase) -> Iterator[Sequence[Any]]:
    yield from (base.sources, base.entities, base.indicators, base.facts, base.errata, base.uncited)


def _marks(entity: Entity) -> Iterator[str]:
    """Return what the world knows an entity by; capital letters keep it apart from ids."""
    if entity.wikidata:
        yield entity.wikidata
    if entity.iso:
        yield entity.iso.alpha3


def _is_same(one: Entity, other: Entity) -> bool:
    pairs = ((one.iso, other.iso), (one.wikidata, other.wikidata))
    return one.type == other.type and all(first == second or not (first and second) for first, second in pairs)


def _united(one: N, other: N) -> N:
    """Return ``one`` with what only ``other`` tells, and with its names as further names."""
    known = {fold(label) for label in spellings(one)}
    further: set[str] = {label for label in spellings(other) if fold(label) not in known}
    empty = {key: getattr(other, key) for key in type(one).model_fields if getattr(one, key) is None}
    return one.model_copy(update={**empty, "aliases": tuple(sorted({*one.aliases, *further}))})


def _source_of(record: Fact | Erratum | Uncited) -> Id:
    return record.passage.source if isinstance(record, Uncited) else record.evidence[0].source
