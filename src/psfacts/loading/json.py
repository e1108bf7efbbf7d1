"""A fact base as one JSON document, read record by record.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError with every problem and its place, a dotted JSON
position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import cast

from pydantic import JsonValue

from psfacts.loading.files import MAX_BYTES, content
from psfacts.loading.garbage import gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import TOO_DEEP, Problems, invalid, shown
from psfacts.loading.records import Scanner, flaws, read_meta
from psfacts.model import LISTS, FactBase


def read(path: Path) -> FactBase:
    """Read the fact base in the file ``path``. Raises InvalidError if there is no valid one."""
    return parse(content(path), str(path))


def parse(data: bytes, name: str) -> FactBase:
    """Parse a fact base from untrusted ``data`` of the file ``name``.

    Raises InvalidError with all problems: those of the JSON text; else those of the records, and between them.
    """
    with gc_paused():
        document, is_strict = _parsed(data, name)
        if not isinstance(document, dict):
            raise invalid(name, f"must be an object, not {shown(document)}")
        gathered = Gathered(Problems(name))
        for key in LISTS:
            if isinstance(records := document.get(key), list):
                document[key] = []
                records.reverse()  # so that each can go once it is read
                for number in range(len(records)):
                    gathered.add(key, f"{key}[{number}]", records.pop(), is_strict)
        return gathered.base(read_meta("frame", document, is_strict, gathered.problems))


def document(path: Path) -> JsonValue:
    """Read any strict JSON in the file ``path``. Raises InvalidError if there is none."""
    name = str(path)
    problems = Problems(name)
    document, _ = _parsed(content(path), name)
    problems.add("", flaws(document), document)
    problems.check()
    return cast(JsonValue, document)  # without flaws it holds nothing else


def _parsed(data: bytes, name: str) -> tuple[object, bool]:
    """Return the parsed JSON, and whether it is strict. Raises InvalidError if it is too large or not JSON."""
    if len(data) > MAX_BYTES:
        raise invalid(name, f"larger than {MAX_BYTES // 2**20} MiB")
    scanner = Scanner()
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        if not text or text.isspace():
            raise invalid(name, "empty")
        return scanner.parsed(text), scanner.is_strict
    except UnicodeDecodeError as error:
        raise invalid(name, f"not UTF-8: byte {error.start} cannot be decoded", "save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise invalid(name, syntax_problem(error)) from None
    except RecursionError:
        raise invalid(name, TOO_DEEP) from None


def syntax_problem(error: json.JSONDecodeError, has_lines: bool = True) -> str:
    """Return the problem of a text that is not JSON; with the column only, if it is one line of a file."""
    line = f"line {error.lineno}" if has_lines else ""
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"ends too early{', in ' if line else ''}{line}; it may have been cut off"
    what = f"{error.msg[0].lower()}{error.msg[1:]}"
    return f"not JSON: {line}{', ' if line else ''}column {error.colno}: {what}"
