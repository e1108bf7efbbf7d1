"""Opening fact bases: the built-in one, a file or pipe in any format, or several files as one base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from psfacts.files import is_regular
from psfacts.loading.files import content, gc_paused, resource
from psfacts.model import FactBase
from psfacts.store.store import Store

_DATABASE = b"SQLite format 3\0"

_LINES = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"list"\s*:')
"""Beginning of a JSON Lines file: a fact base in one document has no such key."""


@gc_paused()
def open_store(paths: Sequence[Path]) -> Store:
    """Return the store of the fact base in ``paths``, or of the built-in one if there are none.

    A single ``.db`` is opened and read on demand; anything else is read whole, and several files are one
    base by the rules of :mod:`psfacts.loading.several`. The first bytes or the ending ``.jsonl`` tell the format.

    Raises InvalidError if a file is not a fact base, or the files cannot be one.
    """
    if not paths:
        # To start quickly, only its types are checked: tests hold it to the rest.
        return Store.of(FactBase.model_validate_json(resource("data/facts.json")))
    if len(paths) > 1:
        from psfacts.loading.several import merged

        return Store.of(merged([(str(path), read(path)) for path in paths]))
    if is_database(paths[0]):
        from psfacts.store.file import open_file

        return open_file(paths[0])
    return Store.of(read(paths[0]))


@gc_paused()
def read(path: Path) -> FactBase:
    """Read the whole fact base in the file ``path``, in any format. Raises InvalidError if there is none."""
    from psfacts.loading.json import Gathered, Lines, parse, read_lines
    from psfacts.loading.problems import Problems, invalid

    if is_database(path):
        from psfacts.store.file import open_file

        file = open_file(path)
        return Gathered(Problems(file.name), file.lists).base(file.meta)
    data = None if is_lines(path) else content(path)
    if data is None or _LINES.match(data):
        return read_lines(Lines(path, data))
    if data.startswith(_DATABASE):
        raise invalid(str(path), "a .db cannot be read from a pipe", "give the path of the file")
    return parse(data, str(path))


def is_lines(path: Path) -> bool:
    """Return whether to read a file as JSON Lines, valid or not."""
    return path.suffix.lower() in (".jsonl", ".ndjson") and is_regular(path)


def is_database(path: Path) -> bool:
    """Return whether a file begins like a SQLite file; false if it cannot be read, which the reader reports."""
    with suppress(OSError, ValueError):
        if is_regular(path):
            with path.open("rb") as file:
                return file.read(len(_DATABASE)) == _DATABASE
    return False
