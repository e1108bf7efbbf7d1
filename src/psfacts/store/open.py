"""Where a fact base comes from: the package, a file of any form, or several files taken as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psfacts.loading import json as loading
from psfacts.model import LISTS, SCHEMA_VERSION, FactBase
from psfacts.store.store import Store


def store(paths: Sequence[Path]) -> Store:
    """Return the fact base in ``paths``, ready to be asked; the built-in one where there are none.

    A single ``.db`` is opened and read as far as it is asked; anything else is read whole, and several files are one
    base by the rules of :mod:`psfacts.loading.several`. What a file is, its first bytes or the ending ``.jsonl`` tell.

    Raises InvalidError where a file is no fact base, or where files cannot be one.
    """
    if len(paths) == 1 and _is_database(paths[0]):
        return _opened(paths[0])
    with loading.uncollected():
        return Store.of(_whole(paths))


def _whole(paths: Sequence[Path]) -> FactBase:
    if not paths:
        return loading.read()
    if len(paths) == 1:
        return read(paths[0])
    from psfacts.loading.several import merged

    return merged([(str(path), read(path)) for path in paths])


def read(path: Path) -> FactBase:
    """Read the whole fact base in the file ``path``, of any form. Raises InvalidError where there is none."""
    if is_lines(path):
        from psfacts.loading.jsonl import read as read_lines

        return read_lines(path)
    if not _is_database(path):
        return loading.read(path)
    opened = _opened(path)
    lists: dict[str, Any] = {name: tuple(getattr(opened, name)) for name in LISTS}
    return FactBase.model_construct(None, schema_version=SCHEMA_VERSION, data_version=opened.data_version, **lists)


def is_lines(path: Path) -> bool:
    """Return whether a file is to be read as JSON Lines."""
    return path.suffix.lower() in (".jsonl", ".ndjson")


_MAGIC = b"SQLite format 3\0"


def _is_database(path: Path) -> bool:
    """Return whether a file starts as those of SQLite do; what cannot be read is told by who reads it."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def _opened(path: Path) -> Store:
    from psfacts.store.file import opened

    return opened(path)
