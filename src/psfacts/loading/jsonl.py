"""A fact base as JSON Lines, read record by record: the way in for a base that is too large for memory.

The first line is ``{"list": "meta", "record": {"schema_version": 1, "data_version": "1.0.0"}}``; each further line is a
record and the list it belongs to, the lists in the order of :data:`psfacts.model.LISTS`, as
``psfacts export base.jsonl`` writes it.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from psfacts.hooks import Progress
from psfacts.loading.files import MAX_BYTES, opened
from psfacts.loading.garbage import gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.json import syntax_problem
from psfacts.loading.messages import TOO_DEEP, Problem, Problems, invalid, shown
from psfacts.loading.records import Scanner, WrongRecordError, flaws, read, read_meta
from psfacts.model import LISTS, AnyRecord, FactBase

LONGEST = 64 * 2**20
"""Maximum size of a line in bytes."""


class Line(NamedTuple):
    """A line of a file with a record."""

    list: str
    place: str
    record: object
    """The parsed JSON of the record, as far as it can be read."""
    is_strict: bool


class Lines:
    """The file ``path``, which is not trusted, as records; ``data`` is what it holds where it cannot be read twice.

    ``meta`` is from its first line. Raises InvalidError if that is not there.
    """

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.name = str(path)
        self._path = path
        self._data = data
        self.size = path.stat().st_size if data is None else len(data)
        problems = Problems(self.name)
        first = next(self._read(problems), None)
        problems.check()
        if first is None:
            raise invalid(self.name, "empty")
        if (first.list, first.place) != ("meta", "line 1"):
            raise invalid(self.name, "line 1: the first line has to be of the list 'meta'; put it there")
        self.meta = read_meta("meta", first.record, first.is_strict, problems, "line 1")

    def records(self, progress: Progress | None = None) -> Iterator[tuple[str, str, AnyRecord]]:
        """Return the records, each with its list and its place in messages; ``progress`` is in bytes.

        What needs more than one record to tell is left to others. Raises InvalidError at the first line that is wrong.
        """
        problems = Problems(self.name)
        for line in self.lines(problems, progress):
            problems.check()
            try:
                yield line.list, line.place, read(line.list, line.record, line.is_strict)
            except WrongRecordError as error:
                problems.add(line.place, error.problems(), error.document)
                problems.check()
        problems.check()

    def lines(self, problems: Problems, progress: Progress | None = None) -> Iterator[Line]:
        """Return the lines with records; the problems of other lines are added to ``problems``."""
        reached = 0
        for line in self._read(problems, progress):
            if line.list == "meta":
                if line.place != "line 1":
                    problems.add(line.place, [Problem((), "the list 'meta' has one line, the first")])
            elif (at := LISTS.index(line.list)) < reached:
                what = f"{line.list} stand after {LISTS[reached]}; put the lists in the order {', '.join(LISTS)}"
                problems.add(line.place, [Problem((), what)])
            else:
                reached = at
                yield line

    def _read(self, problems: Problems, progress: Progress | None = None) -> Iterator[Line]:
        done, scanner = 0, Scanner()
        with opened(self._path) if self._data is None else nullcontext(io.BytesIO(self._data)) as file:
            for number, data in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
                if len(data) > LONGEST:
                    raise invalid(self.name, f"line {number}: longer than {LONGEST // 2**20} MiB")
                done += len(data)
                if progress and number % 1000 == 0:
                    progress(done, self.size)
                text = data.removeprefix(codecs.BOM_UTF8) if number == 1 else data
                found = _line(f"line {number}", text, scanner) if text.strip() else ()
                if isinstance(found, Line):
                    yield found
                else:
                    problems.add(f"line {number}", found)


def _line(place: str, data: bytes, scanner: Scanner) -> Line | Sequence[Problem]:
    """Return a line as its list and record, or the problem of the line."""
    try:
        document = scanner.parsed(data.decode())
    except UnicodeDecodeError as error:
        return [Problem((), f"not UTF-8: byte {error.start} cannot be decoded")]
    except RecursionError:
        return [Problem((), TOO_DEEP)]
    except json.JSONDecodeError as error:
        return [Problem((), syntax_problem(error, has_lines=False))]
    found = () if scanner.is_strict else flaws(document)
    problems = [flaw for flaw in found if flaw.location[:1] != ("record",)] or [*_line_problems(document)]
    if problems or not isinstance(document, dict):
        return problems
    return Line(document["list"], place, document["record"], scanner.is_strict)


def _line_problems(line: object) -> Iterator[Problem]:
    """Return the problems of the keys of a line."""
    if not isinstance(line, dict):
        yield Problem((), f"must be an object, not {shown(line)}")
        return
    keys = ("list", "record")
    yield from (Problem((key,), "is missing") for key in keys if key not in line)
    yield from (Problem((key,), "is not a known key; take it out") for key in line if key not in keys)
    if line.get("list", "meta") not in ("meta", *LISTS):
        yield Problem(("list",), f"must be one of meta, {', '.join(LISTS)}, not {shown(line['list'])}")


def read_whole(lines: Lines) -> FactBase:
    """Read all ``lines`` into memory. Raises InvalidError with all their problems."""
    if lines.size > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MiB"
        raise invalid(lines.name, what, f"make a .db of it: psfacts export base.db --data {lines.name}")
    with gc_paused():
        gathered = Gathered(Problems(lines.name))
        for line in lines.lines(gathered.problems):
            gathered.add(*line)
        return gathered.base(lines.meta)
