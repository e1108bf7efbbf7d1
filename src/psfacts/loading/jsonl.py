"""A fact base as JSON Lines, read record by record: the way in for a base that is too large for memory.

The first line is ``{"list": "meta", "record": {"schema_version": 1, "data_version": "1.0.0"}}``; each further line is a
record and the list it belongs to, the lists in the order of :data:`psfacts.model.LISTS`, as
``psfacts export base.jsonl`` writes it.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from psfacts.errors import InvalidError
from psfacts.loading.files import MAX_BYTES, opened
from psfacts.loading.garbage import gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.json import check_version, syntax_problem
from psfacts.loading.messages import Problem, Problems, invalid, shown, type_problems
from psfacts.loading.records import TOO_DEEP, Scanner, WrongRecordError, flaws, parse_value, read
from psfacts.model import LISTS, AnyRecord, FactBase, Meta

LONGEST = 64 * 2**20
"""Bytes that one line may have."""

PLACE = "line {1}"
"""Names a record in messages."""

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""

_START = re.compile(r'\s*\{\s*"list"\s*:\s*"([a-z]+)"\s*,\s*"record"\s*:\s*', re.ASCII)


class Line(NamedTuple):
    """A line of a file that has a record."""

    list: str
    number: int
    text: str
    """The JSON of the record."""
    is_strict: bool


class Lines:
    """The file ``path``, which is not trusted, as records; ``data`` is what it holds where it cannot be read twice.

    ``meta`` is what it says of itself. Raises InvalidError where the first line does not say that.
    """

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.name = str(path)
        self._path = path
        self._data = data
        self.size = path.stat().st_size if data is None else len(data)
        self._scanner = Scanner()
        problems = Problems(self.name)
        first = next(self._read(problems), None)
        problems.check()
        if first is None:
            raise invalid(self.name, "empty")
        if first.number > 1 or first.list != "meta":
            raise invalid(self.name, "line 1: the first line has to be of the list 'meta'; put it there")
        self.meta = self._meta(first)

    def records(self, progress: Progress | None = None) -> Iterator[tuple[str, str, AnyRecord]]:
        """Return the records, each with its list and its place in messages; ``progress`` is told in bytes.

        What needs more than one record to tell is left to others. Raises InvalidError at the first line that is wrong.
        """
        problems = Problems(self.name)
        for line in self.lines(problems, progress):
            problems.check()
            place = PLACE.format(line.list, line.number)
            try:
                record = read(line.list, line.text, line.is_strict)
            except WrongRecordError as error:
                problems.add(place, error.problems(), error.document)
                raise problems.error() from None
            yield line.list, place, record
        problems.check()

    def lines(self, problems: Problems, progress: Progress | None = None) -> Iterator[Line]:
        """Return the lines that have records; what is wrong with the others is added to ``problems``."""
        reached = -1
        for line in self._read(problems, progress):
            if line.list == "meta":
                if line.number > 1:
                    problems.add(f"line {line.number}", [Problem((), "the list 'meta' has one line, the first")])
            elif (at := LISTS.index(line.list)) < reached:
                what = f"{line.list} stand after {LISTS[reached]}; put the lists in the order {', '.join(LISTS)}"
                problems.add(f"line {line.number}", [Problem((), what)])
            else:
                reached = at
                yield line

    def _read(self, problems: Problems, progress: Progress | None = None) -> Iterator[Line]:
        done = 0
        for number, data in self._numbered():
            done += len(data)
            if progress and number % 1000 == 0:
                progress(done, self.size)
            found = self._taken_apart(number, data) if data.strip() else ()
            if isinstance(found, Line):
                yield found
            else:
                problems.add(f"line {number}", found)

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        with self._opened() as file:
            number = 0
            while data := file.readline(LONGEST + 1):
                number += 1
                if len(data) > LONGEST:
                    raise invalid(self.name, f"line {number}: longer than {LONGEST // 2**20} MiB")
                yield number, data.removeprefix(codecs.BOM_UTF8) if number == 1 else data

    def _opened(self) -> AbstractContextManager[BinaryIO]:
        return opened(self._path) if self._data is None else nullcontext(io.BytesIO(self._data))

    def _taken_apart(self, number: int, data: bytes) -> Line | Sequence[Problem]:
        """Return a line as its list and the JSON of its record, or what is wrong with the line as such."""
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            return [Problem((), f"not UTF-8: byte {error.start} cannot be decoded")]
        try:
            start = _START.match(text)
            if start and (start[1] in LISTS or start[1] == "meta"):
                end = self._scanner.end(text, start.end())
                if text[end:].strip() == "}":
                    return Line(start[1], number, text[start.end() : end], self._scanner.is_strict)
            document = parse_value(text)
            problems = [*flaws(document)]
        except RecursionError:
            return [Problem((), TOO_DEEP)]
        except ValueError:
            return [Problem((), syntax_problem(text, has_lines=False))]
        if isinstance(document, dict):
            problems = problems or [*_line_problems(document)]
            return problems or Line(document["list"], number, json.dumps(document["record"]), is_strict=True)
        return problems or [Problem((), f"must be an object, not {shown(document)}")]

    def _meta(self, line: Line) -> Meta:
        problems = Problems(self.name)
        document = parse_value(line.text)
        problems.add("line 1", flaws(document), document)
        problems.check()
        if isinstance(document, dict) and "schema_version" in document:
            try:
                check_version(document["schema_version"], self.name)
            except InvalidError as error:
                raise invalid(self.name, f"line 1: {error.problems[0]}", error.hint) from None
        try:
            return Meta.model_validate_json(line.text)
        except ValidationError as error:
            problems.add("line 1", type_problems(error.errors(include_url=False), document), document)
        raise problems.error()


def _line_problems(document: dict[str, object]) -> Iterator[Problem]:
    """Return what is wrong with the keys of a line."""
    for key in ("list", "record"):
        if key not in document:
            yield Problem((key,), "is missing")
    for key in document:
        if key not in ("list", "record"):
            yield Problem((key,), "is not a known key; take it out")
    name = document.get("list")
    if "list" in document and name not in ("meta", *LISTS):
        yield Problem(("list",), f"must be one of meta, {', '.join(LISTS)}, not {shown(name)}")


def read_whole(lines: Lines) -> FactBase:
    """Read all ``lines`` into memory. Raises InvalidError with all that is wrong with them."""
    if lines.size > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MiB"
        raise invalid(lines.name, what, f"make a .db of it: psfacts export base.db --data {lines.name}")
    with gc_paused():
        problems = Problems(lines.name)
        gathered = Gathered(problems, PLACE)
        for line in lines.lines(problems):
            gathered.add(*line)
        return gathered.base(lines.meta)
