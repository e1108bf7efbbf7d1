"""Several fact bases as one, independent of their order. Only records that are the same are merged.

The base of the source that was published first comes first, then by the ids of the sources, then by what it holds.

- A source is the same if all of it is; another source of the same id is an error.
- An entity is the same as one of a base before if they share the Wikidata item, or else the ISO code, or else the id,
  and nothing that both tell sets them apart: type, codes, members. It keeps the earlier id and name and has the names
  of both. An indicator is the same if id, type, unit, categories and organization are; a topic, if the id is.
- Whatever else has an id that a base before uses gets that of its source before it: ``grain-2030`` of the source
  ``coast-2031`` becomes ``coast-2031-grain-2030``. An entity or indicator, which has no source, gets the first of its
  base. A fact, erratum or uncited passage that is wholly the same, as when a file is given twice, is one.

A name of two records stays ambiguous; whoever asks for it is given the ids of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from psfacts import model
from psfacts.loading.json import OTHERS, Gathered
from psfacts.loading.problems import REFERENCES, Problems, invalid
from psfacts.model import AnyRecord, Entity, FactBase, Id, Indicator, is_id
from psfacts.text.names import fold, spellings
from psfacts.text.phrases import quoted

Named = tuple[str, FactBase]
"""A base with the name of its file."""


_TELLING = {Entity: ("type", "members"), Indicator: ("type", "unit", "categories", "membership_of")}
"""Fields that records have to share to be the same; others have to share all but the id."""


def merged(bases: Sequence[Named]) -> FactBase:
    """Take ``bases`` as one. Raises InvalidError where that cannot be."""
    made = _Merged(Problems(", ".join(name for name, _ in bases)))
    for name, base in sorted(bases, key=_rank):
        made.join(name, base)
    made.settle()
    licences = {base.license for _, base in bases}
    newest = max((base.data_version for _, base in bases), key=lambda version: [*map(int, version.split("."))])
    shared = any(base.shared_names for _, base in bases) or any(True for _ in made.shared_names())
    licence = licences.pop() if len(licences) == 1 else None
    return made.base(model.Meta(schema_version=1, data_version=newest, shared_names=shared, license=licence))


def _rank(named: Named) -> tuple[list[tuple[date, Id]], str]:
    base = named[1]
    return sorted((source.published, source.id) for source in base.sources), base.model_dump_json()


class _Merged(Gathered):
    """The records of the bases read so far, and the new ids of another base's records."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self._known: dict[str, Id] = {}
        """Entities by Wikidata item and by ISO code."""
        self._new: dict[Id, Id] = {}
        self._taken: set[Id] = set()

    def join(self, file: str, base: FactBase) -> None:
        """Add all records of a base, ids and what refers to them changed where they have to be."""
        records = [(name, record) for name in OTHERS for record in base.lists[name]]
        self._new, self._taken = {}, set()
        for name, record in sorted(records, key=_depth):
            evidence = getattr(record, "evidence", ())
            self._new[record.id] = self._id(file, name, record, evidence[0].source if evidence else base.sources[0].id)
            self._taken.add(self._new[record.id])
        for name, record in records:
            moved = self._moved(record)
            if same := self.get(name, moved.id):
                moved = _united(same, moved)
            self._put(name, moved)
            self._known |= {mark: moved.id for mark in _marks(moved) if mark not in self._known}
        for topic in base.topics:
            self._put("topics", self.get("topics", topic.id) or topic)

    def settle(self) -> None:
        """Make right what no base could know alone: that an id which one replaced lives on in another, and topics."""
        for name in ("facts", "errata"):
            for key, record in self.lists[name].items():
                gone = tuple(replaced for replaced in record.replaces if not self.owner(replaced))
                self.lists[name][key] = record.model_copy(update={"replaces": gone})
        if topics := self.lists["topics"]:
            for key in dict.fromkeys(topic for fact in self.lists["facts"].values() for topic in fact.topics):
                self._put("topics", topics.get(key) or model.Topic(id=key, name=key.replace("-", " ").capitalize()))

    def _id(self, file: str, name: str, record: AnyRecord, source: Id) -> Id:
        """Return the id of a record from now on: that of the same record of a base before, its own, or a new one."""
        key, moved, qualified = record.id, self._moved(record), f"{source}-{record.id}"
        for other in (*(self._known.get(mark, "") for mark in _marks(record)), key, qualified):
            same = self.get(name, other)
            if same and other not in self._taken and _is_same(moved, same):  # two of one file are not one
                return other
        if not self.owner(key) and key not in self._taken:
            return key
        if name == "sources":
            raise invalid(file, f"the source {quoted(key)} is something else in another file; rename one")
        if not is_id(qualified) or self.owner(qualified) or qualified in self._taken:
            what = f"the id {quoted(key)} is used by another file, and {quoted(qualified)} cannot stand for it"
            raise invalid(file, f"{what}; rename it")
        return qualified

    def _moved(self, record: AnyRecord) -> AnyRecord:
        """Return ``record`` with its own id and those that it refers to as they are from now on."""
        changes: dict[str, object] = {}
        for field in ("id", "context", *REFERENCES):
            value = getattr(record, field, None)
            if isinstance(value, str):
                changes[field] = self._new.get(value, value)
            elif value:
                changes[field] = tuple(sorted({self._new.get(key, key) for key in value}))
        return record.model_copy(update=changes)


def _depth(named: tuple[str, AnyRecord]) -> tuple[int, bool]:
    """Return the sort key of a record of a list, by which those that it refers to come before it."""
    name, record = named
    return OTHERS.index(name), isinstance(record, Entity) and record.type in ("person", "region")


def _marks(record: AnyRecord) -> Iterator[str]:
    """Return what the world knows an entity by."""
    if isinstance(record, Entity):
        yield from filter(None, (record.wikidata, record.iso and record.iso.alpha3))


def _is_same(record: AnyRecord, other: AnyRecord) -> bool:
    """Return whether two records of a list are the same, whatever their ids."""
    codes = [(getattr(record, field, None), getattr(other, field, None)) for field in ("iso", "wikidata")]
    if type(record) is not type(other) or any(ours != theirs and ours and theirs for ours, theirs in codes):
        return False
    fields = _TELLING.get(type(record)) or type(record).model_fields.keys() - {"id"}
    return all(getattr(record, field) == getattr(other, field) for field in fields)


def _united(record: AnyRecord, other: AnyRecord) -> AnyRecord:
    """Return ``record`` with what only ``other`` has, and with its names as further names."""
    if not (isinstance(record, Entity | Indicator) and isinstance(other, Entity | Indicator)):
        return record
    known = {fold(label) for label in spellings(record)}
    further: set[str] = {label for label in spellings(other) if fold(label) not in known}
    empty = {key: getattr(other, key) for key in type(record).model_fields if getattr(record, key) is None}
    return record.model_copy(update={**empty, "aliases": tuple(sorted({*record.aliases, *further}))})
