"""The records of a fact base while it is read from a file, and all their problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import cast

from psfacts.loading.messages import Problem, Problems, labelled
from psfacts.loading.records import WrongRecordError, read
from psfacts.loading.rules import UNREAD, kind_of, record_problems
from psfacts.model import LISTS, AnyRecord, Entity, FactBase, Id, Indicator, Meta
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, quoted

Placed = tuple[str, AnyRecord]
"""A record with its place in the file."""

Found = tuple[str, AnyRecord, Problem]
"""A place, the record there, and its problem."""

_OTHERS = tuple(name for name in LISTS if name != "topics")
"""Lists whose ids must not overlap."""

_NAMED = ("entities", "indicators")


def problems(base: FactBase) -> tuple[str, ...]:
    """Return the problems of the records of ``base`` and between them."""
    gathered = Gathered(Problems(""))
    gathered.add_all({name: getattr(base, name) for name in LISTS})
    gathered.check(base)
    return tuple(gathered.problems.texts)


def whole(meta: Meta, lists: Mapping[str, Iterable[AnyRecord]]) -> FactBase:
    """Return the fact base of records that are known to be valid."""
    told = {name: getattr(meta, name) for name in Meta.model_fields}
    return FactBase.model_construct(None, **told, **{name: tuple(lists.get(name, ())) for name in LISTS})


class Gathered:
    """Records read so far, by list and place, without invalid ones."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._lists: dict[str, dict[str, AnyRecord]] = {name: {} for name in LISTS}
        self._unread: set[Id] = set()
        self._wrong: set[str] = set()

    def add(self, name: str, place: str, document: object, is_strict: bool) -> None:
        """Parse a record with :func:`psfacts.loading.records.read`, and add it to a list."""
        try:
            self._lists[name][place] = read(name, document, is_strict)
        except WrongRecordError as error:
            self._wrong.add(name)
            self.problems.add(place, error.problems(), document)
            if isinstance(document, dict) and isinstance(key := document.get("id"), str):
                self._unread.add(key)

    def add_all(self, lists: Mapping[str, Iterable[AnyRecord]]) -> None:
        """Add records of the right types."""
        for name, records in lists.items():
            self._lists[name] = {f"{name}[{number}]": record for number, record in enumerate(records)}

    def base(self, meta: Meta) -> FactBase:
        """Return the fact base. Raises InvalidError with all problems."""
        if not self._lists["sources"] and "sources" not in self._wrong:
            self.problems.add("sources", [Problem((), "must not be empty")])
        self.check(meta)
        self.problems.check()
        return whole(meta, {name: records.values() for name, records in self._lists.items()})

    def check(self, meta: Meta) -> None:
        """Add the problems of the records and between them."""
        known = _Index(self._lists, self._unread)
        for place, record in self._placed(LISTS):
            self.problems.add(place, record_problems(record, known), record)
        for place, record, problem in self._between(meta, known):
            self.problems.add(place, [problem], record)

    def shared_names(self) -> Iterator[Found]:
        """Return the names that an earlier record has, too."""
        named = ((folded, label, placed) for placed in self._placed(_NAMED) for folded, label in _names(placed[1]))
        for label, (place, record), owner in _repeated(named):
            what = f"{quoted(label)} is a name of {labelled(*owner)} too; take it from one"
            yield place, record, Problem((), what)

    def _placed(self, names: Iterable[str]) -> Iterator[Placed]:
        return chain.from_iterable(self._lists[name].items() for name in names)

    def _between(self, meta: Meta, known: _Index) -> Iterator[Found]:
        """Return the problems of ids and names, which must be unique."""
        for lists in (["topics"], _OTHERS):
            ids = ((placed[1].id, "", placed) for placed in self._placed(lists))
            for _, (place, record), owner in _repeated(ids):
                yield place, record, Problem((), f"the id already belongs to {labelled(*owner)}; rename one")
        for place, record in self._placed(("facts", "errata")):
            for key in record.__dict__["replaces"]:
                if (kind := known.kind(key)) and kind != UNREAD:
                    yield place, record, Problem(("replaces",), f"{quoted(key)} is {a(kind)}; take it out")
        if not meta.shared_names and len(self._lists["sources"]) <= 1:  # each of several sources has names of its own
            yield from self.shared_names()


def _repeated(named: Iterable[tuple[str, str, Placed]]) -> Iterator[tuple[str, Placed, Placed]]:
    """Return the keys that have more than one owner, with the first owner of each."""
    owners: dict[str, Placed] = {}
    for key, label, placed in named:
        owner = owners.setdefault(key, placed)
        if owner is not placed:
            yield label, placed, owner


def _names(record: AnyRecord) -> Iterable[tuple[str, str]]:
    """Return the folded names of a record, each with the first name that folds to it."""
    named = cast(Entity | Indicator, record)
    return {folded: label for label in reversed(labels(named)) if (folded := fold(label))}.items()


class _Index:
    """Index of records in memory for rules; the id of an unreadable record may be of any kind."""

    def __init__(self, lists: Mapping[str, Mapping[str, AnyRecord]], unread: Collection[Id]) -> None:
        self._records = {name: {record.id: record for record in lists[name].values()} for name in LISTS}
        kinds = dict.fromkeys(unread, UNREAD)
        for name in _OTHERS:
            kinds |= {key: kind_of(name, record) for key, record in self._records[name].items()}
        self.kind = kinds.get
        self.topics: Collection[Id] = {*self._records["topics"], *unread} if lists["topics"] else ()

    def get(self, name: str, key: Id) -> AnyRecord | None:
        """Return the record of a list with this id."""
        return self._records[name].get(key)
