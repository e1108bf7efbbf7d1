"""A whole fact base as JSON Lines, which can be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator

from psfacts.model import LISTS, Meta
from psfacts.render.json import safe
from psfacts.store.store import Store


def lines(store: Store) -> Iterator[str]:
    """Return a line with the base's metadata, then one per record: the name of its list, and the record."""
    meta = store.meta.model_dump(include=set(Meta.model_fields), exclude_defaults=True)
    yield _line("meta", json.dumps(meta))
    for name in LISTS:
        for record in store.records(name):
            yield _line(name, record.model_dump_json())


def count(store: Store) -> int:
    """Return the number of lines."""
    return 1 + sum(len(store.records(name)) for name in LISTS)


def _line(name: str, record: str) -> str:
    return f'{{"list": "{name}", "record": {safe(record)}}}\n'
