"""The records of a fact base as they come from a file, and all that is wrong with them and between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from psfacts.loading.messages import Problem, Problems, labelled
from psfacts.loading.records import WrongRecordError, read
from psfacts.loading.rules import UNREAD, record_problems
from psfacts.model import (
    LISTS,
    NOUNS,
    AnyRecord,
    Entity,
    FactBase,
    Id,
    Indicator,
    Meta,
    Record,
)
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, quoted

Lists = Mapping[str, Mapping[int, AnyRecord]]
"""Records by list, and by the numbers that tell where in the file they stand."""

Found = tuple[str, int, Problem]
"""A list, the number of a record, and what is wrong with it."""


def problems(base: FactBase) -> tuple[str, ...]:
    """Return what is wrong with the records of ``base`` and between them."""
    gathered = Gathered(Problems(""), "{}[{}]")
    gathered.lists.update({name: dict(enumerate(getattr(base, name))) for name in LISTS})
    gathered.check(base)
    return tuple(gathered.problems.texts)


def whole(meta: Meta, lists: Mapping[str, Sequence[Record]]) -> FactBase:
    """Return the fact base of records that are known to be sound."""
    told = {name: getattr(meta, name) for name in Meta.model_fields}
    return FactBase.model_construct(None, **told, **{name: tuple(lists.get(name, ())) for name in LISTS})


class Gathered:
    """Records as they come, without those that cannot be used; ``place`` names one by its list and number."""

    def __init__(self, problems: Problems, place: str) -> None:
        self.problems = problems
        self.lists: dict[str, dict[int, AnyRecord]] = {name: {} for name in LISTS}
        self._place = place
        self._unread: set[Id] = set()
        self._wrong: set[str] = set()

    def add(self, name: str, number: int, text: str, is_strict: bool) -> None:
        """Add a record by its JSON, which a Scanner found to be strict or not."""
        try:
            self.lists[name][number] = read(name, text, is_strict)
        except WrongRecordError as error:
            self._wrong.add(name)
            if self.problems.is_full:
                self.problems.total += error.count()
            else:
                self.problems.add(self._place.format(name, number), error.problems(), error.document)
            if isinstance(error.key, str):
                self._unread.add(error.key)

    def base(self, meta: Meta) -> FactBase:
        """Return all as a fact base. Raises InvalidError with all problems."""
        if not self.lists["sources"] and "sources" not in self._wrong:
            self.problems.add("sources", [Problem((), "must not be empty")])
        self.check(meta)
        self.problems.check()
        return whole(meta, {name: tuple(records.values()) for name, records in self.lists.items()})

    def check(self, meta: Meta) -> None:
        """Add what is wrong with the records by themselves and between them."""
        known = _Index(self.lists, self._unread)
        for name, records in self.lists.items():
            for number, record in records.items():
                for problem in record_problems(record, known):
                    self.problems.add(self._place.format(name, number), [problem], record)
        for name, number, problem in self._between(meta, known):
            self.problems.add(self._place.format(name, number), [problem], self.lists[name][number])

    def _between(self, meta: Meta, known: _Index) -> Iterator[Found]:
        """Return what is wrong with ids and names, which stand for one record alone."""
        yield from self._repeated_ids({"topics": self.lists["topics"]})
        yield from self._repeated_ids({name: self.lists[name] for name in LISTS if name != "topics"})
        for name in ("facts", "errata"):
            for number, record in self.lists[name].items():
                for key in record.__dict__["replaces"]:
                    if (kind := known.kind(key)) and kind != UNREAD:
                        yield name, number, Problem(("replaces",), f"{quoted(key)} is {a(kind)}; take it out")
        if not meta.shared_names and len(self.lists["sources"]) <= 1:  # each of several sources has names of its own
            yield from self.shared_names()

    def _repeated_ids(self, lists: Lists) -> Iterator[Found]:
        ids = {record.id for records in lists.values() for record in records.values()}
        if len(ids) == sum(map(len, lists.values())):
            return
        owners: dict[Id, tuple[str, int]] = {}
        for name, records in lists.items():
            for number, record in records.items():
                owner = owners.setdefault(record.id, (name, number))
                if owner != (name, number):
                    yield name, number, Problem((), f"the id already belongs to {self._called(*owner)}; rename one")

    def shared_names(self) -> Iterator[Found]:
        """Return the names that are of a record before as well."""
        owners: dict[str, tuple[str, int]] = {}
        for name in ("entities", "indicators"):
            for number, record in self.lists[name].items():
                for folded, label in _names(record):
                    owner = owners.setdefault(folded, (name, number))
                    if owner != (name, number):
                        what = f"{quoted(label)} is a name of {self._called(*owner)} too; take it from one"
                        yield name, number, Problem((), what)

    def _called(self, name: str, number: int) -> str:
        return labelled(self._place.format(name, number), self.lists[name][number])


def _names(record: AnyRecord) -> Iterator[tuple[str, str]]:
    """Return each form that the names of a record fold to, with the first name that does."""
    if isinstance(record, Entity | Indicator):
        folded = {fold(label): label for label in reversed(labels(record))}
        yield from ((key, label) for key, label in folded.items() if key)


class _Index:
    """What rules ask of records in memory; an id of which the record could not be read may be of any kind."""

    def __init__(self, lists: Lists, unread: Collection[Id]) -> None:
        kinds = dict.fromkeys(unread, UNREAD)
        for name, records in lists.items():
            if name != "topics":
                kinds |= {
                    record.id: record.type if isinstance(record, Entity) else NOUNS[name] for record in records.values()
                }
        self._asked = {name: {one.id: one for one in lists[name].values()} for name in ("sources", "indicators")}
        self.kind = kinds.get
        declared = [topic.id for topic in lists["topics"].values()]
        self.topics: Collection[Id] = {*declared, *unread} if declared else ()

    def get(self, name: str, key: Id) -> AnyRecord | None:
        """Return the source or indicator with this id."""
        return self._asked[name].get(key)
