"""The records of a fact base while it is read from a file, and all their problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from psfacts.loading.messages import Problem, Problems, labelled
from psfacts.loading.records import WrongRecordError, read
from psfacts.loading.rules import UNREAD, kind_of, record_problems
from psfacts.model import LISTS, AnyRecord, FactBase, Id, Meta
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, quoted

OTHERS = ("sources", "entities", "indicators", "errata", "facts", "uncited")
"""Lists whose ids must not overlap, all but topics; those that others refer to come first."""


class Gathered:
    """A fact base in the making: the valid records of ``lists`` and those read so far, and what is wrong with them.

    It is what rules know of other records.
    """

    def __init__(self, problems: Problems, lists: Mapping[str, Iterable[AnyRecord]] | None = None) -> None:
        self.problems = problems
        self.lists: dict[str, dict[Id, Any]] = {name: {} for name in LISTS}
        self._places: dict[tuple[str, Id], str] = {}
        self._unread: set[Id] = set()
        self.topic_names: set[Id] = set()
        """The ids of the declared topics."""
        for name, records in (lists or {}).items():
            for number, record in enumerate(records):
                self._add(name, f"{name}[{number}]", record)

    def read(self, name: str, place: str, document: object) -> None:
        """Make a record of its parsed JSON, and add it to a list."""
        try:
            self._add(name, place, read(name, document))
        except WrongRecordError as error:
            self.problems.add(place, error.problems, document)
            if isinstance(document, dict) and isinstance(key := document.get("id"), str):
                (self.topic_names if name == "topics" else self._unread).add(key)

    def _add(self, name: str, place: str, record: AnyRecord) -> None:
        key = record.id
        if owner := self.owner(key, ("topics",) if name == "topics" else OTHERS):
            what = f"the id already belongs to {self._labelled(owner, self.lists[owner][key])}; rename one"
            self.problems.add(place, [Problem((), what)], record)
        else:
            self._put(name, record, place)

    def _put(self, name: str, record: AnyRecord, place: str = "") -> None:
        self.lists[name][record.id] = record
        if name == "topics":
            self.topic_names.add(record.id)
        self._places[name, record.id] = place or name

    def owner(self, key: Id, names: Iterable[str] = OTHERS) -> str | None:
        """Return the list that has a record with this id."""
        return next((name for name in names if key in self.lists[name]), None)

    def base(self, meta: Meta) -> FactBase:
        """Return the fact base. Raises InvalidError with all problems."""
        if not self.lists["sources"] and not self.problems.total:
            self.problems.add("sources", [Problem((), "must not be empty")])
        self.check(meta)
        self.problems.check()
        lists = {name: tuple(records.values()) for name, records in self.lists.items()}
        return FactBase.model_construct(None, **{**dict(meta), **lists})  # of which all is valid

    def check(self, meta: Meta) -> None:
        """Add the problems of the records and between them."""
        for (name, key), place in self._places.items():
            record = self.lists[name][key]
            self.problems.add(place, record_problems(record, self), record)
            self.problems.add(place, self._replaced(record), record)
        if not meta.shared_names and len(self.lists["sources"]) <= 1:  # each of several sources has names of its own
            for name, record, problem in self.shared_names():
                self.problems.add(self._places[name, record.id], [problem], record)

    def _replaced(self, record: AnyRecord) -> Iterator[Problem]:
        for key in record.__dict__.get("replaces", ()):
            if (kind := self.kind(key)) and kind != UNREAD:
                yield Problem(("replaces",), f"{quoted(key)} is {a(kind)}; take it out")

    def kind(self, key: Id) -> str | None:
        """Return the kind of a record; UNREAD if it could not be read, and may be of any."""
        if name := self.owner(key):
            return kind_of(name, self.lists[name][key])
        return UNREAD if key in self._unread else None

    def get(self, name: str, key: Id) -> AnyRecord | None:
        """Return the record of a list with this id."""
        return self.lists[name].get(key)

    def shared_names(self) -> Iterator[tuple[str, AnyRecord, Problem]]:
        """Return the names that an earlier record has, too, each with the list and the record."""
        owners: dict[str, tuple[str, AnyRecord]] = {}
        for name in ("entities", "indicators"):
            for record in self.lists[name].values():
                for folded, label in {fold(label): label for label in reversed(labels(record))}.items():
                    owner, other = owners.setdefault(folded, (name, record))
                    if folded and other is not record:
                        what = f"{quoted(label)} is a name of {self._labelled(owner, other)} too; take it from one"
                        yield name, record, Problem((), what)

    def _labelled(self, name: str, record: AnyRecord) -> str:
        return labelled(self._places[name, record.id], record)
