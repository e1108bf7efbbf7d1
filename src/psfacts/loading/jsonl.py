"""A fact base as JSON Lines, read record by record: the way in for a base that is too large for memory.

The first line is ``{"list": "meta", "record": {"schema_version": 1, "data_version": "1.0.0"}}``; each further line is a
record and the list it belongs to, the lists in the order of :data:`psfacts.model.LISTS`, each sorted by id, as
``psfacts export base.jsonl`` writes it.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from psfacts.errors import InvalidError
from psfacts.loading import json as loading
from psfacts.loading.files import MAX_BYTES, size
from psfacts.loading.messages import invalid, told
from psfacts.loading.rules import AnyRecord, faults
from psfacts.loading.strictness import is_plain, keys_in
from psfacts.model import LISTS, Entity, Erratum, Fact, FactBase, Indicator, Record, Source, Uncited
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LONGEST = 64 * 2**20
"""Bytes that one line may have."""

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""


class Meta(Record):
    """The versions of a base."""

    schema_version: Literal[1]
    """Version of the model."""

    data_version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    """Version of the data."""


class _Meta(Record):
    list: Literal["meta"]
    record: Meta


class _Source(Record):
    list: Literal["sources"]
    record: Source


class _Entity(Record):
    list: Literal["entities"]
    record: Entity


class _Indicator(Record):
    list: Literal["indicators"]
    record: Indicator


class _Fact(Record):
    list: Literal["facts"]
    record: Fact


class _Erratum(Record):
    list: Literal["errata"]
    record: Erratum


class _Uncited(Record):
    list: Literal["uncited"]
    record: Uncited


_Line = _Meta | _Source | _Entity | _Indicator | _Fact | _Erratum | _Uncited
_LINE: TypeAdapter[_Line] = TypeAdapter(Annotated[_Line, Field(discriminator="list")])


class Lines:
    """The file ``path``, which is not trusted, as records; ``meta`` is known once the file is opened.

    Raises InvalidError, at once or as lines are read, where a line is not as it has to be. What needs more than one
    record to tell, but for the order of the lines, is left to others.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self.size = size(path)
        first = next(self._numbered(), None)
        if first is None:
            raise invalid(self.name, ["empty"])
        line = _read(first[1], self.name, 1)
        if not isinstance(line, _Meta):
            raise invalid(self.name, ["line 1: the first line has to be of the list 'meta'; put it there"])
        self.meta = line.record

    def __iter__(self) -> Iterator[tuple[str, AnyRecord]]:
        """Return the records, each with the place that errors name: its line and its id."""
        return ((place, record) for place, record, _ in self.told())

    def told(self, progress: Progress | None = None) -> Iterator[tuple[str, AnyRecord, int]]:
        """Return the records as iterating does, and each one's list by its number; ``progress`` is told in bytes."""
        before, done = (-1, ""), 0
        for number, data in self._numbered():
            done += len(data)
            if number == 1 or not data.strip():
                continue
            line = _read(data, self.name, number)
            if isinstance(line, _Meta):
                raise invalid(self.name, [f"line {number}: the list 'meta' has one line, the first"])
            place, at = f"line {number} ({line.record.id})", LISTS.index(line.list)
            if (at, line.record.id) <= before:
                raise invalid(self.name, [_misplaced(place, line, before)])
            before = at, line.record.id
            found = [f"{place}{where}: {what}" for where, what in faults(line.record)]
            if found:
                raise invalid(self.name, found)
            yield place, line.record, at
            if progress and number % 1000 == 0:
                progress(done, self.size)

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        with self._path.open("rb") as file:
            number = 0
            while data := file.readline(LONGEST + 1):
                number += 1
                if len(data) > LONGEST:
                    raise invalid(self.name, [f"line {number}: longer than {LONGEST // 2**20} MiB"])
                yield number, data.removeprefix(codecs.BOM_UTF8) if number == 1 else data


def read(path: Path) -> FactBase:
    """Read the whole of ``path`` into memory. Raises InvalidError where it is no fact base."""
    lines = Lines(path)
    if lines.size > MAX_BYTES:
        what = f"larger than {MAX_BYTES // 2**20} MiB; make a .db of it: psfacts export base.db --data {path}"
        raise invalid(lines.name, [what])
    lists: dict[str, list[Any]] = {name: [] for name in LISTS}
    for _, record, at in lines.told():
        lists[LISTS[at]].append(record)
    if not lists["sources"]:
        raise invalid(lines.name, ["sources: must not be empty"])
    values: dict[str, Any] = {name: tuple(records) for name, records in lists.items()}
    base = FactBase.model_construct(None, schema_version=1, data_version=lines.meta.data_version, **values)
    found = loading.problems(base)
    if found:
        raise invalid(lines.name, found)
    return base


def _read(data: bytes, name: str, number: int) -> _Line:
    """Make a line of ``data``, strictly."""
    try:
        line = _LINE.validate_json(data)
    except ValidationError as error:
        raise _wrong(data, name, number, error) from None
    if not is_plain(data, 2 + keys_in(line.record)) or isinstance(line, _Meta):
        _strict(data, name, number)
    return line


def _strict(data: bytes, name: str, number: int) -> object:
    """Parse a line as strict JSON. Raises InvalidError where it is none, or of another version."""
    try:
        document = loading.strict(data, name)
        versions = document.get("record") if isinstance(document, dict) and document.get("list") == "meta" else None
        if isinstance(versions, dict) and "schema_version" in versions:
            loading.check_version(versions["schema_version"], name)
    except InvalidError as error:
        found = [f"line {number}: {one.replace(', in line 1;', ';', 1)}" for one in error.problems]
        raise invalid(name, found, error.hint) from None
    return document


def _wrong(data: bytes, name: str, number: int, error: ValidationError) -> InvalidError:
    """Return what is wrong with a line in the words that are used of whole files."""
    try:
        document = _strict(data, name, number)
    except InvalidError as found:
        return found
    details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        return invalid(name, [f"line {number}: not JSON: {details[0]['ctx']['error']}"])
    return invalid(name, [_told(detail, document, number) for detail in details])


def _told(detail: ErrorDetails, document: object, number: int) -> str:
    """Tell an error as of a file that has nothing but this record, and name the line instead of the list."""
    name, record = (document.get("list"), document.get("record")) if isinstance(document, dict) else (None, None)
    if len(detail["loc"]) < 3 or not isinstance(name, str):
        (what,) = told([detail], document) or ["too short"]
        return f"line {number}: {what}"
    where = name, 0, *detail["loc"][2:]
    (what,) = told([{**detail, "loc": where}], {name: [record]}) or ["too short"]
    return what.replace(f"{name}[0]", f"line {number}", 1)


def _misplaced(place: str, line: _Line, before: tuple[int, str]) -> str:
    if before[0] > LISTS.index(line.list):
        return f"{place}: {line.list} stand after {LISTS[before[0]]}; put the lists in the order {', '.join(LISTS)}"
    assert not isinstance(line, _Meta)  # noqa: S101 -- the caller has seen to it
    if line.record.id == before[1]:
        return f"{place}: the id already belongs to the line before; rename one"
    return f"{place}: stands after {quoted(before[1])}; sort {line.list} by id"
