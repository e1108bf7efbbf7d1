"""A fact base as one JSON document, read record by record.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError with every problem and its place, a dotted JSON
position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import cast

from pydantic import JsonValue, ValidationError

from psfacts.loading.files import MAX_BYTES, content
from psfacts.loading.garbage import gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import Problem, Problems, invalid, shown, type_problems
from psfacts.loading.records import TOO_DEEP, Scanner, flaws, parse_value
from psfacts.model import LISTS, SCHEMA_VERSION, FactBase, Meta
from psfacts.text.phrases import quoted

_TOKEN = re.compile(r"[ \t\n\r]*([{}\[\],:])[ \t\n\r]*")


def read(path: Path) -> FactBase:
    """Read the fact base in the file ``path``. Raises InvalidError where there is no usable one."""
    return parse(content(path), str(path))


def parse(data: bytes, name: str) -> FactBase:
    """Make a fact base of ``data``, which came from the file ``name`` and is not trusted.

    Raises InvalidError with all problems: those of the JSON text; else those of the records, and between them.
    """
    with gc_paused():
        text = decoded(data, name)
        try:
            return _base(text, name)
        except RecursionError:
            raise invalid(name, TOO_DEEP) from None
        except ValueError:
            raise invalid(name, syntax_problem(text)) from None


def decoded(data: bytes, name: str) -> str:
    """Return ``data`` as text. Raises InvalidError where it is too large, not UTF-8 or empty."""
    if len(data) > MAX_BYTES:
        raise invalid(name, f"larger than {MAX_BYTES // 2**20} MiB")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise invalid(name, f"not UTF-8: byte {error.start} cannot be decoded", "save it as UTF-8") from None
    if not text or text.isspace():
        raise invalid(name, "empty")
    return text


def document(path: Path) -> JsonValue:
    """Read the strict JSON in the file ``path``, whatever it holds. Raises InvalidError where there is none."""
    name = str(path)
    text = decoded(content(path), name)
    problems = Problems(name)
    try:
        read = parse_value(text)
        problems.add("", flaws(read), read)
    except RecursionError:
        raise invalid(name, TOO_DEEP) from None
    except ValueError:
        raise invalid(name, syntax_problem(text)) from None
    problems.check()
    return cast(JsonValue, read)  # without flaws it holds nothing else


def check_version(version: object, name: str) -> None:
    """Refuse another version before all that follows from it; ``true`` and ``1.0`` equal 1, but are none either."""
    if version != SCHEMA_VERSION or type(version) is not int:
        what = f"this psfacts knows version {SCHEMA_VERSION}, and the file has version {shown(version)}"
        raise invalid(name, f"schema_version: {what}", "use the psfacts that the file was made for")


def _base(text: str, name: str) -> FactBase:
    """Make a fact base of JSON. Raises InvalidError, or ValueError where ``text`` is not JSON."""
    gathered = Gathered(Problems(name), "{}[{}]")
    scanner = Scanner()
    rest: dict[str, str] = {}
    if not text.lstrip().startswith("{"):
        scanner.check(text)
        raise invalid(name, f"must be an object, not {quoted(text)[1:-1]}")
    for key, number, value in _Values(text, scanner):
        if number is not None:
            gathered.add(key, number, value, scanner.is_strict)
        elif key in rest:
            gathered.problems.add("", [Problem((), f"duplicate key {quoted(key)}; keep one")])
        else:
            rest[key] = value
    if "schema_version" in rest:
        check_version(parse_value(rest["schema_version"]), name)
    return gathered.base(_meta(rest, gathered.problems))


def _meta(rest: Mapping[str, str], problems: Problems) -> Meta:
    """Return what a base says of itself, of what it has beside records; lists have become empty ones.

    Raises InvalidError where more than records is wrong: then nothing can be told between these.
    """
    members = (f"{json.dumps(key)}: {value}" for key, value in rest.items() if key not in LISTS)
    text = f"{{{', '.join(members)}}}"
    document, before, meta = parse_value(text), problems.total, None
    problems.add("", flaws(document), document)
    try:
        meta = Meta.model_validate_json(text)
    except ValidationError as error:
        if problems.total == before:
            problems.add("", type_problems(error.errors(include_url=False), document), document)
    problems.add("", _list_problems(rest))
    if meta is None or problems.total > before:
        raise problems.error()
    return meta


def _list_problems(rest: Mapping[str, str]) -> Iterator[Problem]:
    for name in LISTS:
        if name not in rest:
            if FactBase.model_fields[name].is_required():
                yield Problem((name,), "is missing")
        elif rest[name] != "[]":
            yield Problem((name,), f"must be a list, not {quoted(rest[name])[1:-1]}")


class _Values:
    """The JSON of a whole base, taken apart."""

    def __init__(self, text: str, scanner: Scanner) -> None:
        self._text = text
        self._scanner = scanner
        self._at = 0

    def __iter__(self) -> Iterator[tuple[str, int | None, str]]:
        """Return the JSON of each record with its list and number, and of each other value with its key.

        A list of records gives ``[]`` as well. Raises ValueError where the text is not JSON, at the latest at its end.
        """
        self._need("{")
        for key in self._separated("}", self._key):
            if key in LISTS and self._takes("["):
                yield key, None, "[]"
                yield from ((key, number, value) for number, value in enumerate(self._separated("]", self._value)))
            else:
                yield key, None, self._value()
        if self._at < len(self._text):
            raise ValueError("there is more than one value")

    def _separated(self, end: str, read: Callable[[], str]) -> Iterator[str]:
        """Return what is read between commas up to ``end``."""
        if self._takes(end):
            return
        yield read()
        while self._takes(","):
            yield read()
        self._need(end)

    def _key(self) -> str:
        key: str = json.loads(self._value())
        self._need(":")
        return key

    def _value(self) -> str:
        start = self._at
        self._at = self._scanner.end(self._text, start)
        return self._text[start : self._at]

    def _takes(self, token: str) -> bool:
        match = _TOKEN.match(self._text, self._at)
        if not match or match[1] != token:
            return False
        self._at = match.end()
        return True

    def _need(self, token: str) -> None:
        if not self._takes(token):
            raise ValueError(f"{token} is missing")


def syntax_problem(text: str, has_lines: bool = True) -> str:
    """Tell where ``text`` is not JSON; by the column alone if it is one line of a file."""
    try:
        Scanner().check(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}" if has_lines else ""
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            return f"ends too early{', in ' if line else ''}{line}; it may have been cut off"
        what = f"{error.msg[0].lower()}{error.msg[1:]}"
        return f"not JSON: {line}{', ' if line else ''}column {error.colno}: {what}"
    return "not JSON"
