"""A whole fact base as JSON Lines, from which it can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from psfacts.model import SCHEMA_VERSION, Record
from psfacts.render.json import safe
from psfacts.store.store import Store


def lines(store: Store) -> Iterator[str]:
    """Return one line with the versions, then one a record: the list that it is of, and the record."""
    versions = {"schema_version": SCHEMA_VERSION, "data_version": store.data_version}
    yield _line("meta", json.dumps(versions))
    for name, records in _lists(store).items():
        for record in records:
            yield _line(name, record.model_dump_json())


def count(store: Store) -> int:
    """Return how many lines there are."""
    return 1 + sum(map(len, _lists(store).values()))


def _lists(store: Store) -> dict[str, Sequence[Record]]:
    """Return the lists in the order of the lines: what is referred to stands before most of what refers to it."""
    return {
        "sources": store.sources,
        "entities": store.entities,
        "indicators": store.indicators,
        "facts": store.facts,
        "errata": store.errata,
        "uncited": store.uncited,
    }


def _line(name: str, record: str) -> str:
    return f'{{"list": "{name}", "record": {safe(record)}}}\n'
