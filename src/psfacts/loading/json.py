"""A fact base as one JSON document, read record by record.

:func:`read` and :func:`parse` end in a fact base or in one InvalidError with every problem and its place, a dotted JSON
position such as ``facts[3] (karabakh-ceasefire-2020).when.earliest``.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from pydantic import JsonValue

from psfacts.loading.files import MAX_BYTES, content, gc_paused
from psfacts.loading.gathered import Gathered
from psfacts.loading.messages import Problems, invalid
from psfacts.loading.records import Frame, WrongRecordError, flaws, parsed, read_meta
from psfacts.model import LISTS, FactBase


def read(path: Path) -> FactBase:
    """Read the fact base in the file ``path``. Raises InvalidError if there is no valid one."""
    return parse(content(path), str(path))


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
