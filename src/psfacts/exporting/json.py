"""A whole fact base as JSON: one document for people and diffs, equal for equal bases, or a line for each record."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import JsonValue

from psfacts.model import LISTS, Meta
from psfacts.render.json import safe
from psfacts.store.store import Store

WIDTH = 140
"""Preferred maximum width of a formatted fact base."""

SETS = ("aliases", "asserted_by", "context", "entities", "errata", "keywords", "members", "replaces", "topics")
"""Lists in a record whose order has no meaning."""

FACT = (
    *("id", "kind", "indicator", "subject", "value", "predicate", "object"),
    *("title", "statement", "when", "standing", "asserted_by", "entities", "context", "topics"),
    *("evidence", "errata", "replaces", "keywords"),
)
"""Keys of a fact in order: its content first, search words last, keys that are not known before them."""


_RANKS = {key: rank for rank, key in enumerate(FACT[:-1])} | {FACT[-1]: len(FACT)}


def text(store: Store) -> str:
    """Return ``store`` as the text of a JSON file."""
    lists = {name: [record.model_dump(mode="json") for record in store.lists[name]] for name in LISTS}
    return formatted(in_order({**_meta(store), **lists})) + "\n"


def lines(store: Store) -> Iterator[str]:
    """Return a line with the base's metadata, then one per record: the name of its list, and the record."""
    yield _line("meta", json.dumps(_meta(store)))
    for name in LISTS:
        for record in store.lists[name]:
            yield _line(name, record.model_dump_json())


def _meta(store: Store) -> dict[str, JsonValue]:
    return store.meta.model_dump(mode="json", include=set(Meta.model_fields), exclude_defaults=True)


def _line(name: str, record: str) -> str:
    return f'{{"list": "{name}", "record": {safe(record)}}}\n'


def in_order(base: JsonValue) -> JsonValue:
    """Return a copy of ``base`` in order: facts and evidence by place, other records by id, sets by code point."""
    if not isinstance(base, dict):
        return base
    return {
        key: sorted(map(_record, value), key=_place if key == "facts" else id_of) if isinstance(value, list) else value
        for key, value in base.items()
    }


def id_of(record: JsonValue) -> str:
    """Return the id of a record, or an empty string."""
    return str(record.get("id", "")) if isinstance(record, dict) else ""


def span_of(passage: JsonValue) -> tuple[str, int, int]:
    """Return the source, the start and the end of a passage; of what is none, the first possible ones."""
    match passage:
        case {"source": str(source), "start": int(start), "end": int(end)}:
            return source, start, end
    return "", 0, 0


def _place(fact: JsonValue) -> tuple[str, int, int, str]:
    """Return the sort key of a fact: the place of its first passage, and its id."""
    evidence = fact.get("evidence") if isinstance(fact, dict) else None
    return *span_of(evidence[0] if isinstance(evidence, list) and evidence else None), id_of(fact)


def _record(record: JsonValue) -> JsonValue:
    if not isinstance(record, dict):
        return record
    keys = sorted(record, key=lambda key: _RANKS.get(key, len(_RANKS) - 1)) if "statement" in record else record
    ordered = {key: record[key] for key in keys}
    for key, items in ordered.items():
        if isinstance(items, list) and key in SETS:
            ordered[key] = [*sorted(set(map(str, items)))]
        elif isinstance(items, list) and key == "evidence":
            ordered[key] = sorted(items, key=span_of)
    return ordered


def formatted(value: JsonValue, column: int = 0, indent: int = 0, key: str = "") -> str:
    """Return ``value`` as JSON for people and diffs: whatever fits on a line of WIDTH columns is on one.

    ``column`` is where the value starts, ``indent`` where its line does, and ``key`` what it is called.
    """
    flat = json.dumps(value, ensure_ascii=False)
    fits = key == "keywords" or (indent and column + len(flat) < WIDTH)
    if not isinstance(value, dict | list) or not value or fits:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        items = [(f"{json.dumps(name, ensure_ascii=False)}: ", name, item) for name, item in value.items()]
    else:
        items = [("", "", item) for item in value]
    lines = (f"{' ' * inner}{head}{formatted(item, inner + len(head), inner, name)}" for head, name, item in items)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(lines), f"{' ' * indent}{closing}"])
