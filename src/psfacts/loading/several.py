"""Several fact bases as one, independent of their order. Only records that are the same are merged.

The base of the source that was published first comes first, then by the ids of the sources, then by what it holds.

- A source is the same if all of it is; another source of the same id is an error.
- An entity is the same as one of a base before if they share the Wikidata item, or else the ISO code, or else the id,
  and nothing that both tell sets them apart: type, codes, members. It keeps the earlier id and name and has the names
  of both. An indicator is the same if id, type, unit, categories and organization are; a topic, if the id is.
- Whatever else has an id that a base before uses gets that of its source before it: ``grain-2030`` of the source
  ``coast-2031`` becomes ``coast-2031-grain-2030``. An entity or indicator, which has no source, gets the first of its
  base. A fact, erratum or uncited passage that is wholly the same, as when a file is given twice, is one.

A name that stands for two records is left to whoever asks: it is told that it may be either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from psfacts import model
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import Problems, invalid
from psfacts.loading.rules import REFERENCES
from psfacts.model import LISTS, AnyRecord, Entity, FactBase, Id, Indicator, is_id
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import quoted

N = TypeVar("N", Entity, Indicator)
M = TypeVar("M", bound=AnyRecord)

Named = tuple[str, FactBase]
"""A base with the name of its file."""


def merged(bases: Sequence[Named]) -> FactBase:
    """Take ``bases`` as one. Raises InvalidError where that cannot be."""
    made = _Merged()
    for name, base in _in_order(bases):
        made.join(name, base)
    made.settle()
    gathered = Gathered(Problems(", ".join(name for name, _ in bases)))
    gathered.add_all({name: records.values() for name, records in made.lists.items()})
    metas = [base for _, base in bases]
    licences = {meta.license for meta in metas}
    return gathered.base(
        model.Meta(
            schema_version=1,
            data_version=max((meta.data_version for meta in metas), key=_version),
            shared_names=any(meta.shared_names for meta in metas) or any(True for _ in gathered.shared_names()),
            license=licences.pop() if len(licences) == 1 else None,
        )
    )


def _in_order(bases: Sequence[Named]) -> list[Named]:
    ties = Counter(_rank(base) for _, base in bases)

    def rank(named: Named) -> tuple[date, tuple[Id, ...], str]:
        base = named[1]
        return *_rank(base), base.model_dump_json() if ties[_rank(base)] > 1 else ""

    return sorted(bases, key=rank)


def _rank(base: FactBase) -> tuple[date, tuple[Id, ...]]:
    return min(source.published for source in base.sources), tuple(sorted(source.id for source in base.sources))


def _version(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


class _Merged:
    """The records of the bases read so far, by list and id, and the new ids of another base's records."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[Id, Any]] = {name: {} for name in LISTS}
        self._files: dict[Id, str] = {}
        """The file that each source came from."""
        self._known: dict[str, Id] = {}
        """Entities by Wikidata item and by ISO code."""
        self._name = ""
        self._own: set[Id] = set()
        self._new: dict[Id, Id] = {}
        self._taken: set[Id] = set()

    def join(self, name: str, base: FactBase) -> None:
        """Add all records of a base, ids and what refers to them changed where they have to be."""
        self._name, self._new, self._taken = name, {}, set()
        self._own = {record.id for name in LISTS if name != "topics" for record in getattr(base, name)}
        for source in base.sources:
            self._keep_source(source)
        self._keep_entities(base.entities, base.sources[0].id)
        for indicator in base.indicators:
            self._keep_indicator(indicator, base.sources[0].id)
        for topic in base.topics:
            self.lists["topics"].setdefault(topic.id, topic)
        for kept in ("errata", "facts", "uncited"):
            records = self.lists[kept]
            for record in getattr(base, kept):
                if records.get(record.id) != self._moved(record):
                    self._name_it(record, _source_of(record))
            records |= {moved.id: moved for moved in map(self._moved, getattr(base, kept))}

    def settle(self) -> None:
        """Make right what no base could know alone: that an id which one replaced lives on in another, and topics."""
        for name in ("facts", "errata"):
            for key, record in self.lists[name].items():
                gone = tuple(replaced for replaced in record.replaces if not self._has(replaced))
                if gone != record.replaces:
                    self.lists[name][key] = record.model_copy(update={"replaces": gone})
        if topics := self.lists["topics"]:
            for key in dict.fromkeys(topic for fact in self.lists["facts"].values() for topic in fact.topics):
                topics.setdefault(key, model.Topic(id=key, name=key.replace("-", " ").capitalize()))

    def _has(self, key: Id) -> bool:
        """Return whether any record has this id."""
        return any(key in records for name, records in self.lists.items() if name != "topics")

    def _keep_source(self, source: model.Source) -> None:
        if self._has(source.id) and self.lists["sources"].get(source.id) != source:
            other = self._files.get(source.id, "another file")
            raise invalid(self._name, f"the source {quoted(source.id)} is something else in {other}; rename one")
        self.lists["sources"][source.id] = source
        self._files[source.id] = self._name

    def _keep_entities(self, entities: Sequence[Entity], source: Id) -> None:
        twins = [self._twin(entity) for entity in entities]
        for entity, twin in zip(entities, twins, strict=True):
            if twin:
                self._new[entity.id] = twin.id
            else:
                self._name_it(entity, source)
        for entity, twin in zip(entities, twins, strict=True):
            moved = self._moved(entity)
            if twin and moved.members == twin.members:  # only now are members known by their new ids
                moved = _united(twin, moved)
            elif twin:
                self._new[entity.id] = self._qualified(entity.id, source)
                moved = self._moved(entity)
            self.lists["entities"][moved.id] = moved
            for mark in _marks(moved):
                self._known.setdefault(mark, moved.id)

    def _twin(self, entity: Entity) -> Entity | None:
        """Return the entity of a base before that ``entity`` is, as far as its own fields tell."""
        for key in (*_marks(entity), entity.id):
            other: Entity | None = self.lists["entities"].get(self._known.get(key, key))
            if other and other.id not in self._taken and _is_same(other, entity):
                self._taken.add(other.id)  # two that the same file tells apart are not one
                return other
        return None

    def _keep_indicator(self, indicator: Indicator, source: Id) -> None:
        moved, twin = self._moved(indicator), self.lists["indicators"].get(indicator.id)
        fields = ("type", "unit", "categories", "membership_of")
        if twin and all(getattr(twin, field) == getattr(moved, field) for field in fields):
            moved = _united(twin, moved)
        else:
            self._name_it(indicator, source)
            moved = self._moved(indicator)
        self.lists["indicators"][moved.id] = moved

    def _name_it(self, record: AnyRecord, source: Id) -> None:
        """Give a record another id if its own is used."""
        if self._has(record.id):
            self._new[record.id] = self._qualified(record.id, source)

    def _qualified(self, key: Id, source: Id) -> Id:
        new = f"{source}-{key}"
        if not is_id(new) or self._has(new) or new in self._own or new in self._taken:
            what = f"the id {quoted(key)} is used by another file, and {quoted(new)} cannot stand for it; rename it"
            raise invalid(self._name, what)
        self._taken.add(new)
        return new

    def _moved(self, record: M) -> M:
        """Return ``record`` with its own id and those that it refers to as they are from now on."""
        changes: dict[str, object] = {}
        for field in ("id", "context", *REFERENCES):
            moved = value = getattr(record, field, None)
            if isinstance(value, str):
                moved = self._new.get(value, value)
            elif value:
                moved = tuple(sorted({self._new.get(key, key) for key in value}))
            if moved != value:
                changes[field] = moved
        return cast(M, record.model_copy(update=changes)) if changes else record


def _marks(entity: Entity) -> Iterator[str]:
    """Return what the world knows an entity by; capital letters keep it apart from ids."""
    yield from filter(None, (entity.wikidata, entity.iso and entity.iso.alpha3))


def _is_same(entity: Entity, other: Entity) -> bool:
    pairs = ((entity.iso, other.iso), (entity.wikidata, other.wikidata))
    return entity.type == other.type and all(ours == theirs or not (ours and theirs) for ours, theirs in pairs)


def _united(record: N, other: N) -> N:
    """Return ``record`` with what only ``other`` tells, and with its names as further names."""
    known = {fold(label) for label in spellings(record)}
    further: set[str] = {label for label in spellings(other) if fold(label) not in known}
    empty = {key: getattr(other, key) for key in type(record).model_fields if getattr(record, key) is None}
    return record.model_copy(update={**empty, "aliases": tuple(sorted({*record.aliases, *further}))})


def _source_of(record: model.Fact | model.Erratum | model.Uncited) -> Id:
    return record.passage.source if isinstance(record, model.Uncited) else record.evidence[0].source
