"""A fact base as JSON, in one document or in lines, read record by record.

:func:`parse` and :func:`read_lines` end in a fact base or in one InvalidError with every problem and its
place, such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.

The first of JSON Lines is ``{"list": "meta", "record": {"schema_version": 1, "data_version": "1.0.0"}}``; each further
line is a record and the list it belongs to, the lists in the order of :data:`psfacts.model.LISTS`, as ``psfacts export
base.jsonl`` writes it. It is the way in for a base that is too large for memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import JsonValue

from psfacts.hooks import STEP, Progress
from psfacts.loading.files import MAX_BYTES, content, opened
from psfacts.loading.problems import UNREAD, Problem, Problems, invalid, kind_of, labelled, record_problems
from psfacts.loading.records import Frame, WrongJsonError, flaws, parsed, read, read_meta, read_text
from psfacts.model import LISTS, AnyRecord, FactBase, Id, Meta, Record
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, quoted

LONGEST = 64 * 2**20
"""Maximum size of a line in bytes."""


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
        if record := read(name, document, self.problems, place):
            self._add(name, place, record)
        elif isinstance(document, dict) and isinstance(key := document.get("id"), str):
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
            self.problems.add(place, (*record_problems(record, self), *self._replaced(record)), record)
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


def parse(data: bytes, name: str) -> FactBase:
    """Parse a fact base from untrusted ``data`` of the file ``name``.

    Raises InvalidError with all problems: those of the JSON text; else those of the records, and between them.
    """
    gathered = Gathered(Problems(name))
    document = _parsed(data, name)
    lists = document if isinstance(document, dict) else {}
    for key in LISTS:
        if isinstance(records := lists.get(key), list):
            lists[key] = ()
            for number, record in enumerate(records):
                records[number] = None  # so that its JSON can go
                gathered.read(key, f"{key}[{number}]", record)
    return gathered.base(read_meta(Frame, document, gathered.problems))


def document(path: Path) -> JsonValue:
    """Read any strict JSON in the file ``path``. Raises InvalidError if there is none."""
    problems = Problems(str(path))
    document = _parsed(content(path), problems.name)
    problems.add("", flaws(document), document)
    problems.check()
    return cast(JsonValue, document)  # without flaws it holds nothing else


def _parsed(data: bytes, name: str) -> object:
    """Return the parsed JSON. Raises InvalidError if it is too large or not JSON."""
    if len(data) > MAX_BYTES:
        raise invalid(name, f"larger than {MAX_BYTES // 2**20} MiB")
    try:
        return parsed(data)
    except WrongJsonError as error:
        raise invalid(name, str(error)) from None


class Line(Record):
    """A line of a file."""

    list: Literal["meta", "sources", "entities", "indicators", "topics", "facts", "errata", "uncited"]
    """The list that its record belongs to."""

    record: Any
    """The parsed JSON of the record."""


class Lines:
    """The file ``path``, which is not trusted, as records, to be read once; ``data`` is what it holds, if known.

    ``meta`` is from its first line. Raises InvalidError if that is not there.
    """

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.name = str(path)
        self.problems = Problems(self.name)
        self.size = path.stat().st_size if data is None else len(data)
        self._done = 0
        self.documents = self._read(path, data)
        """The JSON of each record, with its list and its place in messages; problems of other lines are collected."""
        name, place, document = next(self.documents, ("", "", None))
        self.problems.check()
        if name != "meta":
            wrong = f"{place}: the first line has to be of the list 'meta'; put it there"
            raise invalid(self.name, wrong if name else "empty")
        self.meta = read_meta(Meta, document, self.problems, place)

    def records(self, progress: Progress | None = None) -> Iterator[tuple[str, str, AnyRecord]]:
        """Return the records, each with its list and place; ``progress`` is in bytes.

        What needs more than one record to tell is left to others. Raises InvalidError at the first line that is wrong.
        """
        for number, (name, place, document) in enumerate(self.documents):
            self.problems.check()
            if record := read(name, document, self.problems, place):
                yield name, place, record
            if progress and number % STEP == 0:
                progress(self._done, self.size)
        self.problems.check()

    def _read(self, path: Path, data: bytes | None) -> Iterator[tuple[str, str, object]]:
        order, reached = ("meta", *LISTS), 0
        with opened(path) if data is None else io.BytesIO(data) as file:
            for number, text in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
                place = f"line {number}"
                if len(text) > LONGEST:
                    raise invalid(self.name, f"{place}: longer than {LONGEST // 2**20} MiB")
                self._done += len(text)
                line = read_text(Line, text, self.problems, place) if text.strip() else None
                if line and order.index(line.list) < reached:
                    what = f"{line.list} come too late; put the lists in the order {', '.join(order)}"
                    self.problems.add(place, [Problem((), what)])
                elif line:
                    reached = max(1, order.index(line.list))  # there is one meta
                    yield line.list, place, line.record


def read_lines(lines: Lines) -> FactBase:
    """Read all ``lines`` into memory. Raises InvalidError with all their problems."""
    if lines.size > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MiB"
        raise invalid(lines.name, what, f"make a .db of it: psfacts export base.db --data {lines.name}")
    gathered = Gathered(lines.problems)
    for line in lines.documents:
        gathered.read(*line)
    return gathered.base(lines.meta)
