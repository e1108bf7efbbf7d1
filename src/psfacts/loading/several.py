"""Several fact bases taken as one, in whatever order they are given. Nothing is merged but what is the same.

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

from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import Problems, invalid
from psfacts.model import (
    LISTS,
    AnyRecord,
    Entity,
    Erratum,
    Fact,
    FactBase,
    Id,
    Indicator,
    Meta,
    Source,
    Topic,
    Uncited,
)
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import quoted

_LONGEST_ID = 100
_REFERENCES = ("entities", "context", "asserted_by", "members", "errata")
_REFERENCE = ("subject", "object", "of", "membership_of", "indicator")

N = TypeVar("N", Entity, Indicator)
M = TypeVar("M", bound=AnyRecord)

Named = tuple[str, FactBase]
"""A base with the name of its file."""


def merged(bases: Sequence[Named]) -> FactBase:
    """Take ``bases`` as one. Raises InvalidError where that cannot be."""
    made = _Merged()
    for name, base in _in_order(bases):
        _Joined(made, name, base).join()
    made.settle()
    gathered = Gathered(Problems(", ".join(name for name, _ in bases)))
    gathered.add_all({name: records.values() for name, records in made.lists.items()})
    metas = [base for _, base in bases]
    licences = {meta.license for meta in metas}
    return gathered.base(
        Meta(
            schema_version=1,
            data_version=max((meta.data_version for meta in metas), key=_version),
            shared_names=any(meta.shared_names for meta in metas) or any(True for _ in gathered.shared_names()),
            license=licences.pop() if len(licences) == 1 else None,
        )
    )


def _in_order(bases: Sequence[Named]) -> list[Named]:
    ranks = [_rank(base) for _, base in bases]
    ties = Counter(ranks)
    contents = [base.model_dump_json() if ties[rank] > 1 else "" for rank, (_, base) in zip(ranks, bases, strict=True)]
    ranked = sorted(zip(ranks, contents, bases, strict=True), key=lambda one: one[:2])
    return [named for _, _, named in ranked]


def _rank(base: FactBase) -> tuple[date, tuple[Id, ...]]:
    return min(source.published for source in base.sources), tuple(sorted(source.id for source in base.sources))


def _version(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]


class _Merged:
    """What the bases read so far have, by list and id."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[Id, Any]] = {name: {} for name in LISTS}
        self.files: dict[Id, str] = {}
        """The file that each source came from."""
        self.known: dict[str, Id] = {}
        """Entities by Wikidata item and by ISO code."""

    def has(self, key: Id) -> bool:
        """Return whether any record has this id."""
        return any(key in records for name, records in self.lists.items() if name != "topics")

    def settle(self) -> None:
        """Make right what no base could know alone: that an id which one replaced lives on in another, and topics."""
        for name in ("facts", "errata"):
            for key, record in self.lists[name].items():
                gone = tuple(one for one in record.replaces if not self.has(one))
                if gone != record.replaces:
                    self.lists[name][key] = record.model_copy(update={"replaces": gone})
        if topics := self.lists["topics"]:
            for key in dict.fromkeys(topic for fact in self.lists["facts"].values() for topic in fact.topics):
                topics.setdefault(key, Topic(id=key, name=key.replace("-", " ").capitalize()))


class _Joined:
    """One more base, joined to those before it."""

    def __init__(self, made: _Merged, name: str, base: FactBase) -> None:
        self._made = made
        self._name = name
        self._base = base
        self._own = {record.id for name in LISTS if name != "topics" for record in getattr(base, name)}
        self._new: dict[Id, Id] = {}
        self._taken: set[Id] = set()

    def join(self) -> None:
        """Add all records, ids and what refers to them changed where they have to be."""
        lists, base = self._made.lists, self._base
        for source in base.sources:
            self._keep_source(source)
        first = base.sources[0].id
        entities = [(entity, self._twin(entity)) for entity in base.entities]
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
        for topic in base.topics:
            lists["topics"].setdefault(topic.id, topic)
        self._add_all(lists["errata"], base.errata)
        self._add_all(lists["facts"], base.facts)
        self._add_all(lists["uncited"], base.uncited)

    def _keep_source(self, source: Source) -> None:
        made = self._made
        if made.has(source.id) and made.lists["sources"].get(source.id) != source:
            other = made.files.get(source.id, "another file")
            raise invalid(self._name, f"the source {quoted(source.id)} is something else in {other}; rename one")
        made.lists["sources"][source.id] = source
        made.files[source.id] = self._name

    def _twin(self, entity: Entity) -> Entity | None:
        """Return the entity of a base before that ``entity`` is, as far as its own fields tell."""
        for key in (*_marks(entity), entity.id):
            other: Entity | None = self._made.lists["entities"].get(self._made.known.get(key, key))
            if other and other.id not in self._taken and _is_same(other, entity):
                self._taken.add(other.id)  # two that the same file tells apart are not one
                return other
        return None

    def _keep_entity(self, entity: Entity) -> None:
        self._made.lists["entities"][entity.id] = entity
        for mark in _marks(entity):
            self._made.known.setdefault(mark, entity.id)

    def _keep_indicator(self, indicator: Indicator, source: Id) -> None:
        indicators = self._made.lists["indicators"]
        moved, twin = self._moved(indicator), indicators.get(indicator.id)
        fields = ("type", "unit", "categories", "membership_of")
        if twin and all(getattr(twin, field) == getattr(moved, field) for field in fields):
            indicators[twin.id] = _united(twin, moved)
            return
        self._name_it(indicator, None, source)
        moved = self._moved(indicator)
        indicators[moved.id] = moved

    def _add_all(self, records: dict[Id, Any], own: Sequence[Fact | Erratum | Uncited]) -> None:
        for record in own:
            same = records.get(record.id)
            if same is None or self._moved(record) != same:
                self._name_it(record, None, _source_of(record))
        for record in own:
            moved = self._moved(record)
            records[moved.id] = moved

    def _name_it(self, record: AnyRecord, twin: Id | None, source: Id) -> None:
        """Find out by which id a record goes from now on."""
        if twin or self._made.has(record.id):
            self._new[record.id] = twin or self._qualified(record.id, source)

    def _qualified(self, key: Id, source: Id) -> Id:
        new = f"{source}-{key}"
        if len(new) > _LONGEST_ID or self._made.has(new) or new in self._own or new in self._taken:
            what = f"the id {quoted(key)} is used by another file, and {quoted(new)} cannot stand for it; rename it"
            raise invalid(self._name, what)
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
