"""A fact base as JSON, in one document or in lines, read record by record.

:func:`parse` and :func:`read_lines` end in a fact base or in one InvalidError with every problem and its
place, such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.

The first of JSON Lines is ``{"list": "meta", "record": {"schema_version": 1, "data_version": "1.0.0"}}``; each further
line is a record and the list it belongs to, the lists in the order of :data:`psfacts.model.LISTS`, as ``psfacts export
base.jsonl`` writes it. It is the way in for a base that is too large for memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import JsonValue

from psfacts.hooks import Progress
from psfacts.loading.files import MAX_BYTES, content, gc_paused, opened
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import Problem, Problems, invalid
from psfacts.loading.records import Frame, WrongRecordError, flaws, parsed, read, read_meta
from psfacts.model import LISTS, AnyRecord, FactBase, Meta, Record

LONGEST = 64 * 2**20
"""Maximum size of a line in bytes."""

_STEP = 1000
"""Number of records between reports of progress."""


def parse(data: bytes, name: str) -> FactBase:
    """Parse a fact base from untrusted ``data`` of the file ``name``.

    Raises InvalidError with all problems: those of the JSON text; else those of the records, and between them.
    """
    with gc_paused():
        gathered = Gathered(Problems(name))
        document = _parsed(data, gathered.problems)
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
    document = _parsed(content(path), problems)
    problems.add("", flaws(document), document)
    problems.check()
    return cast(JsonValue, document)  # without flaws it holds nothing else


def _parsed(data: bytes, problems: Problems) -> object:
    """Return the parsed JSON. Raises InvalidError if it is too large or not JSON."""
    if len(data) > MAX_BYTES:
        raise invalid(problems.name, f"larger than {MAX_BYTES // 2**20} MiB")
    try:
        return parsed(data)
    except WrongRecordError as error:
        problems.add("", error.problems)
        raise problems.error() from None


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
        self._lines = self._read(path, data)
        place, first = next(self._lines, ("", None))
        self.problems.check()
        if first is None:
            raise invalid(self.name, "empty")
        if first.list != "meta":
            raise invalid(self.name, f"{place}: the first line has to be of the list 'meta'; put it there")
        self.meta = read_meta(Meta, first.record, self.problems, place)

    def records(self, progress: Progress | None = None) -> Iterator[tuple[str, str, AnyRecord]]:
        """Return the records, each with its list and its place in messages; ``progress`` is in bytes.

        What needs more than one record to tell is left to others. Raises InvalidError at the first line that is wrong.
        """
        for number, (name, place, document) in enumerate(self.documents()):
            self.problems.check()
            try:
                yield name, place, read(name, document)
            except WrongRecordError as error:
                self.problems.add(place, error.problems, document)
            if progress and number % _STEP == 0:
                progress(self._done, self.size)
        self.problems.check()

    def documents(self) -> Iterator[tuple[str, str, object]]:
        """Return the JSON of the records, each with its list and place; problems of other lines are collected."""
        reached = 0
        for place, line in self._lines:
            if line.list == "meta" or LISTS.index(line.list) < reached:
                what = f"{line.list} come too late; put the lists in the order meta, {', '.join(LISTS)}"
                self.problems.add(place, [Problem((), what)])
            else:
                reached = LISTS.index(line.list)
                yield line.list, place, line.record

    def _read(self, path: Path, data: bytes | None) -> Iterator[tuple[str, Line]]:
        with opened(path) if data is None else io.BytesIO(data) as file:
            for number, text in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
                place = f"line {number}"
                if len(text) > LONGEST:
                    raise invalid(self.name, f"{place}: longer than {LONGEST // 2**20} MiB")
                self._done += len(text)
                try:
                    if text.strip():
                        yield place, read(Line, parsed(text, is_line=True))
                except WrongRecordError as error:
                    self.problems.add(place, error.problems)


def read_lines(lines: Lines) -> FactBase:
    """Read all ``lines`` into memory. Raises InvalidError with all their problems."""
    if lines.size > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MiB"
        raise invalid(lines.name, what, f"make a .db of it: psfacts export base.db --data {lines.name}")
    with gc_paused():
        gathered = Gathered(lines.problems)
        for line in lines.documents():
            gathered.read(*line)
        return gathered.base(lines.meta)
