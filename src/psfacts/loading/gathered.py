"""The records of a fact base while it is read from a file, and all their problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from psfacts.loading.messages import Problem, Problems, labelled
from psfacts.loading.records import WrongRecordError, read
from psfacts.loading.rules import UNREAD, kind_of, record_problems
from psfacts.model import LISTS, AnyRecord, Entity, FactBase, Id, Indicator, Meta
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, quoted


class Entry(NamedTuple):
    """A record of a list, and its place in the file."""

    list: str
    place: str
    record: AnyRecord


class Gathered:
    """A fact base in the making: the valid records of ``lists`` and those read so far, and what is wrong with them.

    It is what rules know of other records.
    """

    def __init__(self, problems: Problems, lists: Mapping[str, Iterable[AnyRecord]] | None = None) -> None:
        self.problems = problems
        self._entries: list[Entry] = []
        self._owners: dict[Id, Entry] = {}
        """The first entry with each id, but for topics, which have ids of their own."""
        self._topics: dict[Id, Entry] = {}
        self._unread: set[Id] = set()
        for name, records in (lists or {}).items():
            for number, record in enumerate(records):
                self._add(Entry(name, f"{name}[{number}]", record))

    def read(self, name: str, place: str, document: object) -> None:
        """Make a record of its parsed JSON, and add it to a list."""
        try:
            self._add(Entry(name, place, read(name, document)))
        except WrongRecordError as error:
            self.problems.add(place, error.problems, document)
            if isinstance(document, dict) and isinstance(key := document.get("id"), str):
                self._unread.add(key)

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._named_alike(entry).setdefault(entry.record.id, entry)

    def _named_alike(self, entry: Entry) -> dict[Id, Entry]:
        return self._topics if entry.list == "topics" else self._owners

    def _of(self, *names: str) -> list[Entry]:
        return [entry for entry in self._entries if entry.list in names]

    def base(self, meta: Meta) -> FactBase:
        """Return the fact base. Raises InvalidError with all problems."""
        if not self._of("sources") and not self.problems.total:
            self.problems.add("sources", [Problem((), "must not be empty")])
        self.check(meta)
        self.problems.check()
        told = {name: getattr(meta, name) for name in Meta.model_fields}
        lists = {name: tuple(entry.record for entry in self._of(name)) for name in LISTS}
        return FactBase.model_construct(None, **told, **lists)  # of which all is valid

    def check(self, meta: Meta) -> None:
        """Add the problems of the records and between them."""
        for entry in self._entries:
            self.problems.add(entry.place, record_problems(entry.record, self), entry.record)
            self.problems.add(entry.place, self._wrong_ids(entry), entry.record)
        if not meta.shared_names and len(self._of("sources")) <= 1:  # each of several sources has names of its own
            for entry, problem in self.shared_names():
                self.problems.add(entry.place, [problem], entry.record)

    def _wrong_ids(self, entry: Entry) -> Iterator[Problem]:
        owner = self._named_alike(entry)[entry.record.id]
        if owner is not entry:
            yield Problem((), f"the id already belongs to {labelled(owner.place, owner.record)}; rename one")
        for key in entry.record.__dict__.get("replaces", ()):
            if (kind := self.kind(key)) and kind != UNREAD:
                yield Problem(("replaces",), f"{quoted(key)} is {a(kind)}; take it out")

    def kind(self, key: Id) -> str | None:
        """Return the kind of a record; UNREAD if it could not be read, and may be of any."""
        if owner := self._owners.get(key):
            return kind_of(owner.list, owner.record)
        return UNREAD if key in self._unread else None

    def get(self, name: str, key: Id) -> AnyRecord | None:
        """Return the record of a list with this id."""
        owner = self._owners.get(key)
        return owner.record if owner and owner.list == name else None

    def has_topic(self, key: Id) -> bool:
        """Return whether facts may have a topic, as all do if none is declared."""
        return not self._topics or key in self._topics or key in self._unread

    def shared_names(self) -> Iterator[tuple[Entry, Problem]]:
        """Return the names that an earlier record has, too."""
        owners: dict[str, Entry] = {}
        for entry in self._of("entities", "indicators"):
            named = labels(cast(Entity | Indicator, entry.record))
            for folded, label in {fold(label): label for label in reversed(named)}.items():
                owner = owners.setdefault(folded, entry)
                if folded and owner is not entry:
                    what = f"{quoted(label)} is a name of {labelled(owner.place, owner.record)} too; take it from one"
                    yield entry, Problem((), what)
