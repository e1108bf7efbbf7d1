"""A fact base as one JSON document, read record by record.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError with every problem and its place, a dotted JSON
position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import cast

from pydantic import JsonValue

from psfacts.loading.files import MAX_BYTES, content
from psfacts.loading.garbage import gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import TOO_DEEP, Problem, Problems, invalid
from psfacts.loading.records import Scanner, flaws, read_meta
from psfacts.model import LISTS, FactBase
from psfacts.text.phrases import quoted

_TOKEN = re.compile(r"[ \t\n\r]*([{}\[\],:])[ \t\n\r]*")


def read(path: Path) -> FactBase:
    """Read the fact base in the file ``path``. Raises InvalidError where there is no usable one."""
    return parse(content(path), str(path))


def parse(data: bytes, name: str) -> FactBase:
    """Make a fact base of ``data``, which came from the file ``name`` and is not trusted.

    Raises InvalidError with all problems: those of the JSON text; else those of the records, and between them.
    """
    text = decoded(data, name)
    with gc_paused(), _syntax_told(name, text):
        return _base(text, name)


def document(path: Path) -> JsonValue:
    """Read the strict JSON in the file ``path``, whatever it holds. Raises InvalidError where there is none."""
    name = str(path)
    text, problems = decoded(content(path), name), Problems(name)
    with _syntax_told(name, text):
        document = Scanner().whole(text)
        problems.add("", flaws(document), document)
    problems.check()
    return cast(JsonValue, document)  # without flaws it holds nothing else


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


@contextmanager
def _syntax_told(name: str, text: str) -> Iterator[None]:
    """Say where ``text`` is not JSON."""
    try:
        yield
    except RecursionError:
        raise invalid(name, TOO_DEEP) from None
    except ValueError:
        raise invalid(name, syntax_problem(text)) from None


def _base(text: str, name: str) -> FactBase:
    """Make a fact base of JSON. Raises InvalidError, or ValueError where ``text`` is not JSON."""
    gathered = Gathered(Problems(name))
    values = _Values(text)
    rest: dict[str, str] = {}
    if not values.takes("{"):
        Scanner().whole(text)
        raise invalid(name, f"must be an object, not {quoted(text)[1:-1]}")
    for _ in values.items("}"):
        key = values.key()
        if key in rest:
            gathered.problems.add("", [Problem((), f"duplicate key {quoted(key)}; keep one")])
        if key in LISTS and values.takes("["):
            rest[key] = "[]"
            for number in values.items("]"):
                gathered.add(key, f"{key}[{number}]", *values.value())
        else:
            rest[key], *_ = values.value()
    values.end()
    members = (f"{json.dumps(key)}: {value}" for key, value in rest.items())
    return gathered.base(read_meta("frame", f"{{{', '.join(members)}}}", gathered.problems))


class _Values:
    """The JSON of a whole base, taken apart. What is not there as it has to be raises ValueError."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scanner = Scanner()
        self._at = 0

    def items(self, end: str) -> Iterator[int]:
        """Count what stands between commas up to ``end``; each has to be read before the next is asked for."""
        if self.takes(end):
            return
        for number in count():
            yield number
            if not self.takes(","):
                break
        self._need(end)

    def key(self) -> str:
        """Read a key."""
        _, _, key = self.value()
        self._need(":")
        if not isinstance(key, str):
            raise ValueError("a key is a string")
        return key

    def value(self) -> tuple[str, bool, object]:
        """Return the JSON of a value, whether it is strict, and what it is."""
        start = self._at
        document, self._at = self._scanner.value(self._text, start)
        return self._text[start : self._at], self._scanner.is_strict, document

    def takes(self, token: str) -> bool:
        """Go on behind ``token`` if it is there."""
        match = _TOKEN.match(self._text, self._at)
        if not match or match[1] != token:
            return False
        self._at = match.end()
        return True

    def end(self) -> None:
        """Look that nothing follows."""
        if self._at < len(self._text):
            raise ValueError("there is more than one value")

    def _need(self, token: str) -> None:
        if not self.takes(token):
            raise ValueError(f"{token} is missing")


def syntax_problem(text: str, has_lines: bool = True) -> str:
    """Tell where ``text`` is not JSON; by the column alone if it is one line of a file."""
    try:
        Scanner().whole(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}" if has_lines else ""
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            return f"ends too early{', in ' if line else ''}{line}; it may have been cut off"
        what = f"{error.msg[0].lower()}{error.msg[1:]}"
        return f"not JSON: {line}{', ' if line else ''}column {error.colno}: {what}"
    return "not JSON"
